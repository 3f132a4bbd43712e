"""All sessions of this program, by id: opened from tonight's sheet, found again after a restart, kept, put away."""

import secrets
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from uncrick.app.evening import Asking, evening_of
from uncrick.app.live import Live, restore
from uncrick.app.pain import PainDecision, may_begin
from uncrick.app.planning import reason_text
from uncrick.app.recording import FORGET_S, Recorder, keep_left
from uncrick.app.records import Database
from uncrick.app.session import FIRST_FOUR, Book, Wish, open_book
from uncrick.app.whose import NOBODY, Whose, chosen, local_now, whose_of, wishes_of
from uncrick.coach.record import Kind
from uncrick.errors import ProblemsError
from uncrick.files.journal_file import find_journals, journal_age_s, journal_person, state_folder
from uncrick.store.ids import new_id

MOST = 4096
"""More sessions at once than any machine serves in time (benchmarks/live_sessions.py)."""


class Sessions:
    """The sessions that are running. folder : where they are written down, None for nowhere.

    database : where they are kept for good, None for nowhere; then everybody gets the four stretches of the article.
    now : the clock, with the zone of the person.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        keeps: bool = True,
        database: Database | None = None,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        self.book: Book = open_book()
        self.folder = (folder or state_folder()) if keeps else None
        self.database = database
        self.recorder = Recorder(database) if database is not None else None
        self._now = now
        self._running: dict[str, Live] = {}
        if database is not None and self.folder is not None:
            keep_left(database, self.book, self.folder)

    def new_id(self) -> str:
        """Return an id for a session: when, and chance."""
        if self.database is not None:
            return new_id()
        return f"{int(time.time() * 1000):011x}-{secrets.token_hex(6)}"

    def latest(self, person: str = "") -> str | None:
        """Return the id of a person's newest session that can be gone on with, None when there is none."""
        if self.folder is None:
            return None
        for path in find_journals(self.folder):
            if journal_age_s(path) < FORGET_S and self._is_theirs(path, person):
                return path.stem
        return None

    def _is_theirs(self, path: Path, person: str) -> bool:
        """Whether a journal is of a session of *person* that can be gone on with; anybody else's is not opened."""
        if self.database is None:
            return True
        if journal_person(path) != person:
            return False
        live = self._running.get(path.stem) or self._restored(path)
        return live is not None and live.whose.person == person and not live.is_over

    def find(self, session: str) -> Live | None:
        """Return a session that runs, or one from before a restart."""
        if session in self._running:
            return self._running[session]
        path = self._path(session)
        if path is None or not path.is_file():
            return None
        return self._restored(path)

    def _restored(self, path: Path) -> Live | None:
        try:
            live = restore(self.book, path, whose=self._whose)
        except ValueError:  # written by another version: kept aside, so that it can still be read by a person
            path.rename(path.with_suffix(".unreadable"))
            return None
        if live is not None:
            self._run(path.stem, live)
        return live

    def forget(self, session: str) -> None:
        """Think no more of a session whose page is gone and that has nothing to go on with."""
        live = self._running.get(session)
        if live is not None and live.state.stage in ("waiting", "ended"):
            del self._running[session]

    def begin(
        self, session: str, wishes: tuple[Wish, ...] = (), person: str = "", kind: Kind = "session"
    ) -> Live | None:
        """Open a new session, written down from its first moment; None when there are too many.

        person : whose, by the id in the records. Theirs asks for tonight's sheet, and for *wishes* only as far as that
        leaves them open.
        """
        if len(self._running) >= MOST:
            return None
        live = Live(self.book, wishes or tuple(Wish(name) for name in FIRST_FOUR), now=self._now)
        live.id = session
        if person and self.database is not None:
            found = evening_of(self.database, person, self._now(), Asking(kind))
            live.whose = whose_of(found, kind)
            live.want((chosen(found, wishes) if wishes else ()) or wishes_of(found))
        path = self._path(session)
        if path is not None:
            live.write_to(path)
        self._run(session, live)
        return live

    def may_begin(self, session: str, pain: int | None, wishes: tuple[Wish, ...] = ()) -> PainDecision | None:
        """Return why a session cannot begin now, None where it can; then it asks for what is open at this *pain*.

        pain : at rest, 0-10, None for not said. wishes : other stretches than tonight's.
        """
        live = self._running.get(session)
        if live is None or not live.whose.person or self.database is None:
            refusal = may_begin(pain)
            if refusal is None and live is not None and live.state.stage == "waiting" and wishes:
                live.want(wishes)
            return refusal
        if live.state.stage != "waiting":
            return None
        kind = live.whose.kind
        if kind == "break":  # a break stays the break that was chosen, as far as this pain leaves it open
            wishes = wishes or live.wishes
        found = evening_of(self.database, live.whose.person, self._now(), Asking(kind, pain))
        live.whose = whose_of(found, kind)
        level = found.sheet.assessment.level
        if level == "emergency":
            return PainDecision("emergency", found.message, "", ())
        wanted = chosen(found, wishes) if wishes else ()
        wanted = wanted or (() if kind == "break" else wishes_of(found))
        if wanted:
            live.want(wanted)
            return None
        refusal = may_begin(pain, live.whose.care_for(""))
        if refusal is not None:
            return refusal
        left = found.sheet.tonight.left_out
        why = " ".join(dict.fromkeys(reason_text(one.reason)[0] for one in left)) or "Nothing is asked today."
        if level == "clinician":
            return PainDecision("clinician", found.message, why, ())
        return PainDecision("end", "There is nothing for you to do now.", why, ())

    def put_away(self, session: str) -> None:
        """Close a session that is over, or that the person does not want to go on with."""
        live = self._running.pop(session, None)
        if live is not None:
            self._put_away(live)

    def close(self) -> None:
        """Close all, when the program ends."""
        for live in self._running.values():
            if live.state.stage == "ended":
                self._put_away(live)
            else:
                live.close(finished=False)
        self._running.clear()
        if self.recorder is not None:
            self.recorder.close()

    def _put_away(self, live: Live) -> None:
        """Close a session for good. One of the records' goes out of its journal once it is kept, and not before."""
        path = live.journal.path if live.journal is not None else None
        if self.recorder is None or not live.whose.person:
            live.close(finished=True)
            return
        live.keep = None
        live.close(finished=False)
        self.recorder.keep(live, lambda kept: path.unlink(missing_ok=True) if kept and path is not None else None)

    def _run(self, session: str, live: Live) -> None:
        if self.recorder is not None and live.whose.person:
            recorder = self.recorder
            live.keep = lambda one: (recorder.keep(one), None)[1]
        self._running[session] = live

    def _whose(self, person: str) -> Whose:
        """Return whose session a journal's is, with their settings as they are now; nobody's where they are gone."""
        if not person or self.database is None:
            return NOBODY
        try:
            return whose_of(evening_of(self.database, person, self._now()))
        except ProblemsError:
            return NOBODY

    def _path(self, session: str) -> Path | None:
        return self.folder / "running" / f"{session}.jsonl" if self.folder is not None else None
