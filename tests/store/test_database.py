"""Opening the file: made for its owner alone, upgraded with a copy kept, and left as it is where something is wrong."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from tests.store.samples import a_person, a_session
from uncrick.errors import ProblemsError
from uncrick.store import database as database_file
from uncrick.store.database import VARIABLE, database_place, open_database
from uncrick.store.migrate import copies_of
from uncrick.store.people import load_people, save_person
from uncrick.store.revisions import FOLDER, HEAD, REVISIONS
from uncrick.store.sessions import load_sessions, save_session


@pytest.fixture
def filled(tmp_path) -> Path:
    """A closed database with Kim and a hundred sessions in it."""
    path = tmp_path / "kept" / "uncrick.db"
    database = open_database(path)
    with database.writing() as c:
        save_person(c, a_person())
        for n in range(100):
            save_session(c, a_session(f"s{n}"))
    database.close()
    return path


def folder_of(path: Path) -> dict[str, bytes]:
    """Return every file beside *path*, itself included, with its bytes."""
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


def older(path: Path) -> Path:
    """Make a database in *path* as the first version did, with Kim in it."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as c:
        config.attributes["connection"] = c
        command.upgrade(config, REVISIONS[0])
        save_person(c, a_person())
    engine.dispose()
    return path


def test_a_new_file_is_for_its_owner_alone(tmp_path):
    """The file and the folder that is made for it can be read by their owner only, and nothing is left beside it."""
    path = tmp_path / "new" / "uncrick.db"

    open_database(path).close()

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["uncrick.db"]


def test_the_file_is_kept_carefully(file_db):
    """Write-ahead log, foreign keys, every writing brought to the disk, and what is deleted is overwritten."""
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "secure_delete": 1, "trusted_schema": 0}

    with file_db.reading() as c:
        found = {name: c.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}

    assert found == wanted


def test_opening_again_changes_nothing(filled):
    """A database that is only read is, byte for byte, what it was."""
    before = folder_of(filled)

    database = open_database(filled)
    with database.reading() as c:
        assert len(load_sessions(c, "kim")) == 100
    database.close()

    assert folder_of(filled) == before


def make_newer(path: Path) -> None:
    with sqlite3.connect(path) as c:
        c.execute("UPDATE alembic_version SET version_num = '9999'")
    c.close()


def make_foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as c:
        c.execute("CREATE TABLE people (id TEXT)")
    c.close()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 3000] = b"\xa5" * 3000
    path.write_bytes(data)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "newer": (make_newer, "was written by a newer version of Uncrick"),
    "foreign": (make_foreign, "is a database, but not one of Uncrick's"),
    "text": (lambda path: path.write_text("dear diary"), "is no database"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "cut": (lambda path: os.truncate(path, path.stat().st_size * 2 // 3), "is damaged"),
    "head only": (lambda path: os.truncate(path, 60), "is damaged"),
    "flipped": (flip, "is damaged"),
}


@pytest.mark.parametrize(("damage", "says"), DAMAGES.values(), ids=DAMAGES)
def test_what_cannot_be_opened_is_said_and_left_alone(filled, damage, says):
    """A newer, foreign, damaged, cut or empty file is told in one sentence; no byte of it or beside it changes."""
    damage(filled)
    before = folder_of(filled)

    with pytest.raises(ProblemsError) as caught:
        open_database(filled)

    (problem,) = caught.value.problems
    assert says in problem.says
    assert problem.where == str(filled)
    assert problem.hint
    assert folder_of(filled) == before


def test_a_newer_file_with_its_log_is_left_alone(filled, tmp_path):
    """A newer database whose program was killed keeps its log and its bytes."""
    writer = sqlite3.connect(filled)
    writer.execute("UPDATE alembic_version SET version_num = '9999'")
    writer.commit()
    copied = tmp_path / "killed" / "uncrick.db"
    copied.parent.mkdir()
    copied.write_bytes(filled.read_bytes())
    Path(f"{copied}-wal").write_bytes(Path(f"{filled}-wal").read_bytes())
    writer.close()
    before = {name: data for name, data in folder_of(copied).items() if not name.endswith("-shm")}

    with pytest.raises(ProblemsError, match="newer version"):
        open_database(copied)

    assert {name: data for name, data in folder_of(copied).items() if not name.endswith("-shm")} == before


def test_an_older_file_is_upgraded_and_a_copy_kept(tmp_path):
    """What the first version wrote opens, has the new tables, and lies as it was beside, for its owner alone."""
    path = older(tmp_path / "uncrick.db")

    database = open_database(path)

    with database.reading() as c:
        assert load_people(c) == (a_person(),)
        assert c.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
        assert c.scalar(text("SELECT count(*) FROM urges")) == 0
    database.close()
    (copy,) = copies_of(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as c:
        assert c.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISIONS[0],)
        assert c.execute("SELECT name FROM people").fetchone() == ("Kim",)
        assert c.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    c.close()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    """An exception in the middle of an upgrade undoes all of it; the copy is there, too."""
    path = older(tmp_path / "uncrick.db")
    upgrade = database_file.upgrade

    def broken(c):
        upgrade(c)
        raise RuntimeError("power")

    monkeypatch.setattr(database_file, "upgrade", broken)

    with pytest.raises(RuntimeError, match="power"):
        open_database(path)

    with sqlite3.connect(path) as c:
        assert c.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISIONS[0],)
        assert c.execute("SELECT count(*) FROM sqlite_master WHERE name = 'urges'").fetchone() == (0,)
    c.close()
    assert len(copies_of(path)) == 1


def test_a_new_file_that_cannot_be_made_whole_is_not_there(tmp_path, monkeypatch):
    """When making it fails, no half-made database and nothing else is left."""
    monkeypatch.setattr(database_file, "upgrade", lambda c: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        open_database(tmp_path / "uncrick.db")

    assert list(tmp_path.iterdir()) == []


def test_a_busy_database_is_said(filled, monkeypatch):
    """When another program does not come to an end, that is a sentence, and reading still works."""
    monkeypatch.setattr(database_file, "PRAGMAS", ("PRAGMA busy_timeout = 50",))
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = open_database(filled)

    with pytest.raises(ProblemsError, match="being written by another program"), database.writing() as c:
        save_person(c, a_person("lou"))

    with database.reading() as c:
        assert len(load_people(c)) == 1
    other.close()
    database.close()


def test_a_folder_that_may_not_be_written_is_said(tmp_path):
    """A place where no file can be made gives a sentence."""
    (tmp_path / "file").write_text("")

    with pytest.raises(ProblemsError) as caught:
        open_database(tmp_path / "file" / "uncrick.db")

    assert "file" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://kim@host/db", "found a database of the kind 'mysql'"),
        ("postgresql://kim:sesame@127.0.0.1:1/db", "does not answer"),
        ("://", "found no address of a database"),
    ],
)
def test_an_address_that_leads_nowhere_is_said(url, says):
    """An address of another kind, of nobody, or none at all is one sentence, without the password."""
    with pytest.raises(ProblemsError) as caught:
        open_database(url)

    assert says in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_a_newer_server_is_left_alone(cluster):
    """A clinic's database that a newer version wrote is refused with a sentence."""
    url = cluster.new_database()
    database = open_database(url)
    with database.writing() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()

    with pytest.raises(ProblemsError, match="newer version"):
        open_database(url)


def test_the_place_is_told_by_option_environment_or_habit(tmp_path, monkeypatch):
    """An option comes before the environment, the environment before the person's own folder."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Path(database_place()).name == "uncrick.db"

    monkeypatch.setenv(VARIABLE, "postgresql://kim@host/records")
    assert database_place() == "postgresql://kim@host/records"
    assert database_place(tmp_path / "other.db") == tmp_path / "other.db"
    assert database_place("sqlite:///records.db") == Path("records.db")
