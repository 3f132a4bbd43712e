"""A copy of the database as one file, looked through before it counts; and putting one back."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from uncrick.errors import Problem, ProblemsError
from uncrick.store.database import Database, open_database
from uncrick.store.fault import DAMAGED, faults_told
from uncrick.store.look import look_at
from uncrick.store.migrate import copies_of, copy_database, new_file

ENDS = ("", "-wal", "-shm")
"""The files that a database consists of while it is open."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was looked through. path : where it is. kept : what was there before, None for nothing."""

    path: Path
    size_bytes: int
    n_people: int
    n_sessions: int
    kept: Path | None = None


def back_up(database: Database, target: Path) -> Copied:
    """Copy the open database into a new file for its owner alone, whoever writes meanwhile.

    Raises ProblemsError where the file is there already, or for a server, of which `pg_dump` makes copies.
    """
    path = _file_of(database)
    if target.exists():
        raise ProblemsError([Problem(str(target), "is there already", "name another file")])
    with faults_told(str(target)), new_file(target) as new:
        copy_database(path, new)
        copied = look_through(new)
        _to_disk(new)
        new.replace(target)
    return Copied(target, copied.size_bytes, copied.n_people, copied.n_sessions)


def put_back(source: Path, target: Path, now: datetime | None = None) -> Copied:
    """Make the copy in *source* the database in *target*; what was there is kept beside it.

    The copy is looked through and upgraded aside first, so that nothing of *target* is touched by one that is not
    whole. A *target* that is whole takes it in as one writing, so that other programs may have it open; one that is
    damaged is put aside with its log.
    """
    look_through(source)
    with faults_told(str(target)), new_file(target) as new:
        copy_database(source, new)
        open_database(new).close()
        for copy in copies_of(new):
            copy.unlink()
        copied = look_through(new)
        kept = _make_way(target, now or datetime.now(UTC))
        if target.exists():
            with closing(sqlite3.connect(new)) as whole, closing(sqlite3.connect(target, timeout=10)) as there:
                whole.backup(there)
                there.execute("PRAGMA journal_mode = WAL")
        else:
            new.replace(target)
    return Copied(target, target.stat().st_size, copied.n_people, copied.n_sessions, kept)


def look_through(path: Path) -> Copied:
    """Read every page of a database and every link in it. Raises ProblemsError unless it is whole and ours alone."""
    look_at(path)
    with closing(sqlite3.connect(f"file:{path.resolve().as_uri()[7:]}?mode=ro", uri=True)) as c:
        try:
            found = c.execute("PRAGMA integrity_check(1)").fetchall()
            lost = c.execute("PRAGMA foreign_key_check").fetchall()
            n_people, n_sessions = (c.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED)
        except sqlite3.DatabaseError as error:
            raise ProblemsError([Problem(str(path), *DAMAGED)]) from error
        foreign = c.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchall()
    if found != [("ok",)] or lost:
        raise ProblemsError([Problem(str(path), *DAMAGED)])
    if foreign:
        says = f"holds something that Uncrick never writes: '{foreign[0][0]}'"
        raise ProblemsError([Problem(str(path), says, "use a copy that 'uncrick backup' made")])
    return Copied(path, path.stat().st_size, n_people, n_sessions)


COUNTED = ("people", "sessions")


def _make_way(target: Path, now: datetime) -> Path | None:
    """Keep what is in *target* beside it; take it away if it is not whole."""
    if not target.exists():
        return None
    kept = target.with_name(f"{target.stem}.before_restore.{now.strftime('%Y%m%dT%H%M%S%f')}{target.suffix}")
    try:
        look_at(target)
    except ProblemsError:
        for end in ENDS:
            if Path(f"{target}{end}").exists():
                Path(f"{target}{end}").replace(f"{kept}{end}")
        return kept
    copy_database(target, kept)
    return kept


def _file_of(database: Database) -> Path:
    if database.path is None:
        says = "is a server, of which no copy is made from here"
        raise ProblemsError([Problem(database.where, says, "use pg_dump, and pg_restore to put it back")])
    return database.path


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
