"""New records for a test at the price of copying a file: making their tables takes longer than most of the tests.

The folders whose tests open records in their own process take `records_copied` into their conftest. tests/store makes
each of its databases itself, and so does every program that a test starts.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from uncrick.store import database


@pytest.fixture(scope="session")
def new_records() -> Iterator[Path]:
    """Return a database as a person's own is when it was just made."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        database.open_database(path).close()
        yield path


@pytest.fixture(autouse=True, scope="package")
def records_copied(new_records: Path) -> Iterator[None]:
    """Let every database that is made here be a copy of the new one."""

    def copied(path: Path) -> None:
        with database.new_file(path) as new:
            shutil.copyfile(new_records, new)
            with contextlib.suppress(FileExistsError):
                os.link(new, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_make_file", copied)
        yield
