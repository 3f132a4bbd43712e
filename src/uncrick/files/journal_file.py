"""The journal of a running session: JSON lines, only ever added to, brought safely to disk each second."""

import json
import os
import threading
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

SYNC_S = 1.0
"""At most about this much of a session is lost when the power goes; a killed program loses nothing."""


def state_folder() -> Path:
    """Return the folder in which this person's running and finished sessions are kept."""
    return user_state_path("uncrick", appauthor=False)


class Syncer:
    """Brings files to the disk from a thread of its own, because that takes milliseconds in which nobody may wait."""

    def __init__(self, every_s: float = SYNC_S) -> None:
        self._every_s = every_s
        self._dirty: set[int] = set()
        self._lock = threading.Lock()
        self._urgent = threading.Event()
        self._news = threading.Event()
        self._thread: threading.Thread | None = None
        self.n_synced = 0

    def soil(self, file: int, *, at_once: bool) -> None:
        """Say that *file* (a descriptor) has something new: it is synced within a second, or *at_once*."""
        with self._lock:
            self._dirty.add(file)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
                self._thread.start()
        if at_once:
            self._urgent.set()
        self._news.set()

    def forget(self, file: int) -> None:
        """Sync *file* now, here, and think of it no more; afterwards it may be closed."""
        with self._lock:
            self._dirty.discard(file)
            os.fsync(file)

    def _run(self) -> None:
        while True:
            self._news.wait()  # a program that has nothing to write sleeps
            self._news.clear()
            self._urgent.wait(self._every_s)
            self._urgent.clear()
            with self._lock:
                dirty = list(self._dirty)
            for file in dirty:
                self._sync(file)

    def _sync(self, file: int) -> None:
        """Sync *file* through a descriptor of its own, so that the lock is not held and the file may be closed."""
        with self._lock:
            if file not in self._dirty:
                return
            self._dirty.discard(file)
            own = os.dup(file)
        try:
            os.fsync(own)
            self.n_synced += 1
        finally:
            os.close(own)


SYNCER = Syncer()
"""The one of this program."""


class Journal:
    """One session's file, open for adding lines."""

    def __init__(self, path: Path, syncer: Syncer = SYNCER) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self._syncer = syncer
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        if _is_torn(path):
            os.write(self._file, b"\n")

    def add(self, record: Mapping[str, Any], *, at_once: bool = False) -> None:
        """Add one line: with the system now, on the disk within a second, or *at_once* what must not be lost."""
        os.write(self._file, json.dumps(record, separators=(",", ":")).encode() + b"\n")
        self._syncer.soil(self._file, at_once=at_once)

    def close(self, *, finished: bool = False) -> None:
        """Close the file; a *finished* session moves from ``running`` to ``sessions``."""
        self._syncer.forget(self._file)
        os.close(self._file)
        if finished:
            folder = self.path.parent.parent / "sessions"
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.replace(folder / self.path.name)


def journal_age_s(path: Path) -> float:
    """Return how long ago something was last written to a journal, s."""
    return time.time() - path.stat().st_mtime


def read_journal(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a journal; one that was torn by a crash is left out."""
    records = []
    for line in path.read_bytes().splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            records.append(record)
    return records


def journal_person(path: Path) -> str | None:
    """Return whose session a journal's head says it is, empty for nobody's; None where it has no head."""
    with path.open("rb") as file:
        try:
            head = json.loads(file.readline(100_000))
        except ValueError:
            return None
    return str(head.get("person", "")) if isinstance(head, dict) else None


def find_journals(folder: Path) -> list[Path]:
    """Return the journals of sessions that are not finished, the newest first."""
    return sorted((folder / "running").glob("*.jsonl"), key=lambda p: p.stat().st_mtime, reverse=True)


def find_kept(folder: Path, sessions: Collection[str] | None, people: Collection[str]) -> list[Path]:
    """Return the journals, running and finished, of *sessions* (ids) and of what their head says is of *people* (ids).

    sessions : None for everything that is kept in *folder*, of whatever kind, save the token of the page's address.
    """
    if sessions is None:
        return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "token")
    kept = [p for name in ("running", "sessions") for p in sorted((folder / name).glob("*")) if p.is_file()]
    return [p for p in kept if p.stem in sessions or journal_person(p) in people]


def _is_torn(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if file.tell() == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
