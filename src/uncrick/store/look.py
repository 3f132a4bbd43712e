"""Looking at a database file before anything opens it for writing: is it ours, whole, and not from a newer version.

Only SQLite itself may open the file. A program that opens and closes it by other means loses the locks of every
connection that it has to it (sqlite_howtocorrupt, 2.2): another program would then take the log away under them.
"""

import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

from uncrick.errors import Problem, ProblemsError
from uncrick.store.fault import DAMAGED, sentence_of
from uncrick.store.revisions import HEAD, REVISIONS

TRIES = 5
"""How often a file is looked at that changes meanwhile: another program may just be closing it."""


def look_at(path: Path) -> str:
    """Return the revision of the database in *path*, and change nothing, not even beside it.

    Raises ProblemsError with one sentence for what is no database, somebody else's, damaged, or from a newer version.
    """
    _check_size(path)
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


def _check_size(path: Path) -> None:
    try:
        is_empty, is_file = path.stat().st_size == 0, path.is_file()
    except OSError as error:
        raise ProblemsError([Problem(str(path), f"cannot be read: {(error.strerror or '').lower()}")]) from None
    if not is_file:
        raise ProblemsError([Problem(str(path), "is no file", "name another")])
    if is_empty:
        says = "is empty, wanted a database"
        raise ProblemsError([Problem(str(path), says, "delete it to begin anew, or: uncrick restore FILE")])


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
