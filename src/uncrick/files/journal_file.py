"""The journal of a running session: JSON lines, only ever added to, brought safely to disk each second."""

import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_state_path

SYNC_S = 1.0
"""At most this much of a session is lost when the power goes; a killed program loses nothing."""


def state_folder() -> Path:
    """Return the folder in which this person's running and finished sessions are kept."""
    return user_state_path("uncrick", appauthor=False)


class Journal:
    """One session's file, open for adding lines."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self._clock = clock
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._synced_s = clock()
        if _is_torn(path):
            os.write(self._file, b"\n")

    def add(self, record: Mapping[str, Any], *, at_once: bool = False) -> None:
        """Add one line: with the system now, on the disk within a second, or *at_once* what must not be lost."""
        os.write(self._file, json.dumps(record, separators=(",", ":")).encode() + b"\n")
        if at_once or self._clock() - self._synced_s >= SYNC_S:
            os.fsync(self._file)
            self._synced_s = self._clock()

    def close(self, *, finished: bool = False) -> None:
        """Close the file; a *finished* session moves from ``running`` to ``sessions``."""
        os.fsync(self._file)
        os.close(self._file)
        if finished:
            folder = self.path.parent.parent / "sessions"
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.replace(folder / self.path.name)


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


def find_journals(folder: Path) -> list[Path]:
    """Return the journals of sessions that are not finished, the newest first."""
    return sorted((folder / "running").glob("*.jsonl"), key=lambda p: p.stat().st_mtime, reverse=True)


def _is_torn(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        if file.tell() == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
