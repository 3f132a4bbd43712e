"""The database: one file of this computer, or a PostgreSQL server of a clinic; the same tables, the same functions."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from uncrick.errors import Problem, ProblemsError
from uncrick.store.fault import faults_told
from uncrick.store.look import check_revision, look_at
from uncrick.store.migrate import APPLICATION_ID, copy_before_upgrade, is_older, new_file, revision_of, upgrade
from uncrick.store.tables import METADATA

VARIABLE = "UNCRICK_DATABASE"
"""The environment variable that names another database: a path, or a URL (``postgresql://...``)."""

BUSY_MS = 10_000
"""How long one program waits for another's writing. Our default: a writing takes milliseconds."""

PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
)
"""synchronous FULL: what was said to be kept survives the power going, which in WAL mode NORMAL does not promise
(sqlite_pragma); a session writes a few times a minute, so it costs nothing that anybody notices. secure_delete: what is
deleted is overwritten. trusted_schema: a file that was brought here runs nothing."""

LOCK = 0x556E6372
"""The advisory lock under which a PostgreSQL database is upgraded, so that of two programs one waits."""


class Database:
    """An open database. where : how a person may be told of it, without a password. path : None for a server."""

    def __init__(self, engine: Engine, where: str, path: Path | None) -> None:
        self.where = where
        self.path = path
        self.engine = engine
        if path is None:
            self._reader: Engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        else:
            self._reader = engine
        self._writer = engine.execution_options(uncrick_writes=True)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database, whoever writes meanwhile."""
        with faults_told(self.where), self._reader.connect() as c:
            yield c
            c.rollback()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection of which all is kept at the end, or, on any exception, nothing."""
        with faults_told(self.where), self._writer.begin() as c:
            yield c

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()


def database_place(where: str | Path | None = None) -> str | Path:
    """Return which database is meant: *where*, else what the environment names, else the person's own file."""
    named = where or os.environ.get(VARIABLE) or user_data_path("uncrick", appauthor=False) / "uncrick.db"
    written = str(named)
    if written.startswith("sqlite:///"):
        return Path(written.removeprefix("sqlite:///"))
    return written if "://" in written else Path(written).expanduser()


def open_database(where: str | Path | None = None) -> Database:
    """Open the database, made new where there is none, upgraded where it is older.

    where : a path or a URL, None for the usual one. Raises ProblemsError with one sentence, and changes nothing, where
    it is damaged, of a newer version, or not there to be had.
    """
    place = database_place(where)
    return _open_file(place) if isinstance(place, Path) else _open_server(place)


def _open_file(path: Path) -> Database:
    if not path.exists():
        _make_file(path)
    revision = look_at(path)
    database = Database(_file_engine(path), str(path), path)
    try:
        if is_older(revision):
            with database.writing() as c:
                if is_older(revision_of(c)):
                    copy_before_upgrade(path)
                    upgrade(c)
    except BaseException:
        database.close()
        raise
    return database


def _make_file(path: Path) -> None:
    """Make a new database beside *path* and put it there when it is whole; if another program was first, its stays."""
    with faults_told(str(path)), new_file(path) as new:
        plain = sqlite3.connect(new)
        plain.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        plain.execute("PRAGMA journal_mode = WAL")
        plain.close()
        database = Database(_file_engine(new), str(path), new)
        try:
            with database.writing() as c:
                upgrade(c)
        finally:
            database.close()
        with contextlib.suppress(FileExistsError):
            os.link(new, path)


def _file_engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"isolation_level": None, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begun(c: Connection) -> None:
        writes = c.get_execution_options().get("uncrick_writes", False)
        c.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _open_server(written: str) -> Database:
    url, shown = _server_url(written)
    try:
        engine = create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": 10, "options": "-c timezone=UTC -c datestyle=ISO"}
        )
    except ModuleNotFoundError:
        says = "needs the driver for PostgreSQL, which is not installed"
        raise ProblemsError([Problem(shown, says, "try: pip install 'uncrick[clinic]'")]) from None
    database = Database(engine, shown, None)
    try:
        with database.writing() as c:
            c.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            revision = revision_of(c)
            if revision is not None:
                check_revision(Path(shown), revision)
            if is_older(revision):
                upgrade(c)
    except BaseException:
        database.close()
        raise
    return database


def _server_url(written: str) -> tuple[URL, str]:
    """Return the URL with its driver, and as it may be shown."""
    wanted = "a path, or postgresql://user@host/database"
    try:
        url = make_url(written)
    except ArgumentError:
        raise ProblemsError([Problem(VARIABLE, "found no address of a database", f"wanted {wanted}")]) from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        says = f"found a database of the kind '{url.get_backend_name()}'"
        raise ProblemsError([Problem(VARIABLE, says, f"wanted {wanted}")])
    return url.set(drivername="postgresql+psycopg"), url.set(drivername="postgresql").render_as_string(True)


__all__ = ["METADATA", "Database", "database_place", "open_database"]
