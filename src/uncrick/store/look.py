"""Looking at a database file before anything opens it for writing: is it ours, whole, and not from a newer version."""

import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

from uncrick.errors import Problem, ProblemsError
from uncrick.store.fault import DAMAGED, sentence_of
from uncrick.store.revisions import HEAD, REVISIONS

MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins. Source: sqlite_fileformat."""

TRIES = 5
"""How often a file is looked at that changes meanwhile: another program may just be closing it."""


def look_at(path: Path) -> str:
    """Return the revision of the database in *path*, and change nothing, not even beside it.

    Raises ProblemsError with one sentence for what is no database, somebody else's, damaged, or from a newer version.
    """
    _check_beginning(path)
    for _ in range(TRIES):
        before = _stamp(path)
        try:
            return check_revision(path, _read(path))
        except sqlite3.DatabaseError as error:
            if before == _stamp(path):
                raise _damaged(path, error) from error
            time.sleep(0.05)
    raise ProblemsError([Problem(str(path), *DAMAGED)])


def check_revision(path: Path, revision: str | None) -> str:
    """Return *revision* if this version knows it. None: the file has no records of ours."""
    if revision is None:
        raise ProblemsError([Problem(str(path), "is a database, but not one of Uncrick's", "name another file")])
    if revision not in REVISIONS:
        says = f"was written by a newer version of Uncrick (its records are of revision {revision}, known is {HEAD})"
        raise ProblemsError([Problem(str(path), says, "update Uncrick; the file was left as it is")])
    return revision


def _check_beginning(path: Path) -> None:
    try:
        with path.open("rb") as file:
            beginning = file.read(len(MAGIC))
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be read: {(error.strerror or '').lower()}")]) from None
    if not beginning:
        says = "is empty, wanted a database"
        raise ProblemsError([Problem(str(path), says, "delete it to begin anew, or: uncrick restore FILE")])
    if beginning != MAGIC:
        raise ProblemsError([Problem(str(path), "is no database", "name another file, or: uncrick restore FILE")])


def _read(path: Path) -> str | None:
    """Return the revision of a whole database. Without a log beside it nothing is locked and nothing made."""
    alone = not Path(f"{path}-wal").exists()
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro" + "&immutable=1" * alone, uri=True, timeout=10)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found is None or found[0] != "ok":
            raise sqlite3.DatabaseError(str(found and found[0]))
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"alembic_version", "people"} <= tables:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row is not None else None
    finally:
        connection.close()


def _stamp(path: Path) -> tuple[int, int, bool]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, Path(f"{path}-wal").exists()


def _damaged(path: Path, error: sqlite3.DatabaseError) -> ProblemsError:
    return ProblemsError([Problem(str(path), *(sentence_of(error) or DAMAGED))])
