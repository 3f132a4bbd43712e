"""Making a database, and bringing an older one up to date: whole or not at all, with a copy of a file made before."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from uncrick.errors import Problem, ProblemsError
from uncrick.store.revisions import FOLDER, HEAD, REVISIONS

APPLICATION_ID = 0x556E6372
"""``Uncr`` in the file's head, by which ``file`` and others can tell whose it is. Source: sqlite_fileformat."""


def revision_of(c: Connection) -> str | None:
    """Return the revision of a database, None for one that holds nothing of ours."""
    if not inspect(c).has_table("alembic_version"):
        return None
    return c.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def upgrade(c: Connection) -> None:
    """Bring the records to the newest revision within the transaction of *c*."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = c
    command.upgrade(config, "head")


def is_older(revision: str | None) -> bool:
    """Whether a database of *revision* wants an upgrade; one of an unknown revision does not, it is refused."""
    return revision is None or (revision in REVISIONS and revision != HEAD)


def copy_before_upgrade(path: Path, now: datetime | None = None) -> Path:
    """Copy the database in *path* beside it before it is changed, and return where the copy is."""
    at = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S")
    copy = path.with_name(f"{path.stem}.before_{HEAD}.{at}{path.suffix}")
    copy_database(path, copy)
    return copy


def copies_of(path: Path) -> list[Path]:
    """Return the copies that were made of *path* before upgrades and restores, the oldest first."""
    return sorted(
        path.parent.glob(f"{path.stem}.before_*{path.suffix}"), key=lambda p: p.name.rpartition(".before_")[2]
    )


def copy_database(source: Path, target: Path) -> None:
    """Copy a database, whoever writes to it meanwhile, into a new file that only its owner may read.

    The copy is whole or not there. Raises sqlite3.Error where it cannot be made.
    """
    with new_file(target) as new:
        copied = sqlite3.connect(new)
        original = sqlite3.connect(source, timeout=10)
        try:
            original.backup(copied)
            copied.execute("PRAGMA journal_mode = DELETE")
        finally:
            original.close()
            copied.close()
        new.replace(target)


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give an empty file beside *target* that only its owner may read; what is left of it goes at the end."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        says = f"cannot be made: {(error.strerror or '').lower()}"
        raise ProblemsError([Problem(str(target), says, "check that its folder exists and may be written")]) from None
    os.close(handle)
    new = Path(name)
    try:
        yield new
    finally:
        for left in (new, *(Path(f"{new}{end}") for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)
