"""A database of each kind: a fresh SQLite file, and a fresh database on a PostgreSQL of the tests' own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.cluster import Cluster, find_tools
from uncrick.store.database import Database, open_database


@pytest.fixture(scope="session")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    """A PostgreSQL server for this run of the tests, in a folder that goes with it."""
    tools = find_tools()
    if tools is None:
        pytest.skip("PostgreSQL is not installed: neither on PATH nor in /usr/lib/postgresql")
    folder = Path(tmp_path_factory.mktemp("pg"))
    running = Cluster(tools, folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def open_again(request, tmp_path) -> Callable[[], Database]:
    """A function that opens one and the same database, new at first."""
    if request.param == "sqlite":
        return lambda: open_database(tmp_path / "kept" / "uncrick.db")
    url = request.getfixturevalue("cluster").new_database()
    return lambda: open_database(url)


@pytest.fixture
def db(open_again) -> Iterator[Database]:
    """A new, open database of each kind."""
    database = open_again()
    yield database
    database.close()


@pytest.fixture
def file_db(tmp_path) -> Iterator[Database]:
    """A new database in a file."""
    database = open_database(tmp_path / "uncrick.db")
    yield database
    database.close()
