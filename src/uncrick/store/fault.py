"""What a database says when it cannot, as one sentence for a person: full, busy, unreachable, damaged."""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Final

from sqlalchemy.exc import DBAPIError

from uncrick.errors import Problem, ProblemsError

FULL = ("cannot be written: the disk is full", "make room, then try again; what was kept before is still there")
BUSY = ("is being written by another program and did not come free in time", "try again in a moment")
DAMAGED = ("is damaged", "put a copy back with: uncrick restore FILE; the damaged file was left as it is")
NO_DATABASE = ("is no database", "name another file, or: uncrick restore FILE")
READ_ONLY = ("may not be written", "check its permissions and those of its folder")
UNREADABLE = ("could not be read or written: the disk reports an error", "check the disk; a copy may be put back")
NOT_THERE = ("cannot be opened", "check that its folder exists and may be written")
UNREACHABLE = ("does not answer", "check its address, that it runs, and that this computer may come in")

SQLITE: Final = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: NO_DATABASE,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: NOT_THERE,
}
"""SQLite's result codes (the lower eight bits) and what they mean to a person. Source: sqlite_rescode."""

POSTGRES: Final = {"53100": FULL, "55P03": BUSY, "40P01": BUSY, "40001": BUSY, "25006": READ_ONLY, "42501": READ_ONLY}
"""PostgreSQL's states. Source: postgres_errcodes."""

LOST: Final = ("08", "28", "3D", "57", "53")
"""Classes of states in which the server is not there for us: no connection, not let in, no database, going down."""


@contextlib.contextmanager
def faults_told(where: str) -> Iterator[None]:
    """Turn what is the fault of disk, server or neighbour into a ProblemsError; a programmer's errors go on."""
    try:
        yield
    except DBAPIError as error:
        told = sentence_of(error.orig)
        if told is None:
            raise
        raise ProblemsError([Problem(where, *told)]) from error
    except sqlite3.Error as error:
        told = sentence_of(error)
        if told is None:
            raise
        raise ProblemsError([Problem(where, *told)]) from error


def sentence_of(error: BaseException | None) -> tuple[str, str] | None:
    """Return what is wrong and what to do, None for an error that no person can mend."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return SQLITE.get(code & 0xFF) if code is not None else None
    state = getattr(error, "sqlstate", None)
    if state in POSTGRES:
        return POSTGRES[state]
    if state is None and type(error).__name__ == "OperationalError":
        return UNREACHABLE
    return UNREACHABLE if state is not None and state[:2] in LOST else None
