"""All sessions of this program, by id: opened, found again after a restart, and put away."""

import secrets
import time
from pathlib import Path

from uncrick.app.live import Live, restore
from uncrick.app.session import FIRST_FOUR, Book, Wish, open_book
from uncrick.files.journal_file import find_journals, journal_age_s, state_folder

FORGET_S = 12 * 3600.0
"""A session that was left for longer is not offered again. Source: ours; a session lasts minutes."""

MOST = 4096
"""More sessions at once than any machine serves in time (benchmarks/live_sessions.py)."""


class Sessions:
    """The sessions that are running. folder : where they are written down, None for nowhere."""

    def __init__(self, folder: Path | None = None, *, keeps: bool = True) -> None:
        self.book: Book = open_book()
        self.folder = (folder or state_folder()) if keeps else None
        self._running: dict[str, Live] = {}

    def new_id(self) -> str:
        """Return an id for a session: when, and chance."""
        return f"{int(time.time() * 1000):011x}-{secrets.token_hex(6)}"

    def latest(self) -> str | None:
        """Return the id of the newest session that can be gone on with, None when there is none."""
        if self.folder is None:
            return None
        for path in find_journals(self.folder):
            if journal_age_s(path) < FORGET_S:
                return path.stem
        return None

    def find(self, session: str) -> Live | None:
        """Return a session that runs, or one from before a restart."""
        if session in self._running:
            return self._running[session]
        path = self._path(session)
        if path is None or not path.is_file():
            return None
        try:
            live = restore(self.book, path)
        except ValueError:  # written by another version: kept aside, so that it can still be read by a person
            path.rename(path.with_suffix(".unreadable"))
            return None
        if live is not None:
            self._running[session] = live
        return live

    def forget(self, session: str) -> None:
        """Think no more of a session whose page is gone and that has nothing to go on with."""
        live = self._running.get(session)
        if live is not None and live.state.stage in ("waiting", "ended"):
            del self._running[session]

    def begin(self, session: str, wishes: tuple[Wish, ...] = ()) -> Live | None:
        """Open a new session, written down from its first moment; None when there are too many."""
        if len(self._running) >= MOST:
            return None
        live = Live(self.book, wishes or tuple(Wish(name) for name in FIRST_FOUR))
        path = self._path(session)
        if path is not None:
            live.write_to(path)
        self._running[session] = live
        return live

    def put_away(self, session: str) -> None:
        """Close a session that is over, or that the person does not want to go on with."""
        live = self._running.pop(session, None)
        if live is not None:
            live.close(finished=True)

    def close(self) -> None:
        """Close all, when the program ends."""
        for live in self._running.values():
            live.close(finished=live.state.stage == "ended")
        self._running.clear()

    def _path(self, session: str) -> Path | None:
        return self.folder / "running" / f"{session}.jsonl" if self.folder is not None else None
