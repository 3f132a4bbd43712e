"""Really gone: rows deleted, the file written anew without them, the log emptied, and no older copy left beside it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, select, text

from uncrick.errors import Problem, ProblemsError
from uncrick.store.database import BUSY_MS, Database
from uncrick.store.fault import faults_told
from uncrick.store.migrate import copies_of
from uncrick.store.owned import tables
from uncrick.store.people import PEOPLE, delete_person
from uncrick.store.sessions import SESSIONS


def sessions_of_people(c: Connection, people: Sequence[str]) -> frozenset[str]:
    """Return the ids of all sessions of *people*, by which their journals are named."""
    return frozenset(c.execute(select(SESSIONS.c.id).where(SESSIONS.c.person.in_(people))).scalars())


def delete_people(c: Connection, people: Sequence[str] | None) -> None:
    """Delete *people* (None: everybody) and every row of theirs."""
    for id_ in c.execute(select(PEOPLE.c.id)).scalars().all() if people is None else people:
        delete_person(c, id_)


def wipe(database: Database) -> list[Path]:
    """Leave nothing on the disk of what was deleted, and return the older copies that went with it.

    A file is written anew without the gaps, its log is emptied. Of a server, tables are cleaned up; its log and its
    backups are its keeper's. Raises ProblemsError while another program is in the middle of something.
    """
    if database.path is None:
        _wipe_server(database)
        return []
    with faults_told(database.where):
        database.engine.dispose()
        with closing(sqlite3.connect(database.path, timeout=BUSY_MS / 1000, isolation_level=None)) as c:
            c.execute("PRAGMA secure_delete = ON")
            c.execute("VACUUM")
            busy, _, _ = c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    copies = copies_of(database.path)
    for copy in copies:
        for end in ("", "-wal", "-shm"):
            Path(f"{copy}{end}").unlink(missing_ok=True)
    if busy:
        says = "is being read by another program, so its log still holds what was deleted"
        raise ProblemsError([Problem(database.where, says, "close the other program, then erase once more")])
    return copies


def _wipe_server(database: Database) -> None:
    with faults_told(database.where), database.engine.connect() as c:
        outside = c.execution_options(isolation_level="AUTOCOMMIT")
        for table in tables():
            outside.execute(text(f'VACUUM (FULL) "{table.name}"'))
