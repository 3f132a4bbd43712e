"""`uncrick export`, `import`, `backup`, `restore` and `erase` as a person meets them."""

import json

import pytest
from typer.testing import CliRunner

from tests.store.samples import a_person, a_session
from uncrick.cli.main import app
from uncrick.store.database import VARIABLE, open_database
from uncrick.store.people import load_people, save_person
from uncrick.store.sessions import save_session

RUN = CliRunner()


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of this test's own, with Kim's and Lou's records in it and nobody else's anywhere."""
    path = tmp_path / "uncrick.db"
    monkeypatch.setenv(VARIABLE, str(path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    database = open_database(path)
    with database.writing() as c:
        for id_ in ("kim", "lou"):
            save_person(c, a_person(id_, id_.title()))
            save_session(c, a_session(f"s-{id_}", id_))
    database.close()
    return tmp_path


def names(path) -> list[str]:
    database = open_database(path)
    with database.reading() as c:
        found = [person.name for person in load_people(c)]
    database.close()
    return found


def test_records_go_out_and_in(place):
    """An export says how many rows it wrote, and an import puts them into another database."""
    out, other = place / "out.zip", place / "other.db"

    exported = RUN.invoke(app, ["export", str(out), "--json"])
    imported = RUN.invoke(app, ["import", str(out), "--database", str(other)])
    again = RUN.invoke(app, ["import", str(out), "--database", str(other)])

    assert (exported.exit_code, imported.exit_code, again.exit_code) == (0, 0, 0)
    assert json.loads(exported.stdout)["sessions"] == 2
    assert "people    2" in imported.stdout
    assert "it is not encrypted" in exported.stderr
    assert "all of it was here already" in again.stderr
    assert names(other) == ["Kim", "Lou"]


def test_one_person_goes_out_alone(place):
    """--person takes one; an unknown name is wrong use, with the nearest known one."""
    assert RUN.invoke(app, ["export", str(place / "kim.zip"), "--person", "Kim"]).exit_code == 0
    wrong = RUN.invoke(app, ["export", str(place / "x.zip"), "--person", "Kym"])

    assert wrong.exit_code == 2
    assert "did you mean 'Kim'?" in wrong.stderr
    assert not (place / "x.zip").exists()


def test_a_file_that_is_no_archive_is_a_sentence(place):
    """Importing something else says so and changes nothing."""
    (place / "diary.txt").write_text("dear diary")

    done = RUN.invoke(app, ["import", str(place / "diary.txt")])

    assert done.exit_code == 1
    assert "is no zip archive" in done.stderr


def test_a_copy_is_made_and_put_back(place):
    """A backup says what is in it; a restore says where what was there before is kept."""
    copied = RUN.invoke(app, ["backup", str(place / "copy.db")])
    RUN.invoke(app, ["erase", "--person", "Lou", "--yes"])
    restored = RUN.invoke(app, ["restore", str(place / "copy.db"), "--json"])

    assert "2 people, 2 sessions" in copied.stdout
    assert json.loads(restored.stdout)["kept"].startswith(str(place / "uncrick.before_restore."))
    assert names(place / "uncrick.db") == ["Kim", "Lou"]


def test_erasing_asks_for_the_name(place):
    """Erasing wants the person's name typed; another word deletes nothing."""
    refused = RUN.invoke(app, ["erase", "--person", "Kim"], input="yes\n")
    assert (refused.exit_code, names(place / "uncrick.db")) == (1, ["Kim", "Lou"])

    done = RUN.invoke(app, ["erase", "--person", "Kim"], input="Kim\n")
    assert (done.exit_code, names(place / "uncrick.db")) == (0, ["Lou"])
    assert "deleted: 1 person with all records" in done.stderr

    assert RUN.invoke(app, ["erase", "--everybody"], input="everybody\n").exit_code == 0
    assert names(place / "uncrick.db") == []
    assert RUN.invoke(app, ["erase", "--yes"]).exit_code == 1


def test_several_people_must_be_told_apart(place):
    """With several people here, erasing without a name deletes nothing and says who there is."""
    done = RUN.invoke(app, ["erase", "--yes"])

    assert done.exit_code == 2
    assert "name one of: Kim, Lou" in done.stderr
    assert names(place / "uncrick.db") == ["Kim", "Lou"]


def test_doctor_tells_of_the_database(place):
    """`uncrick doctor` says where the database is, how large, which revision, and whether it is whole."""

    def told() -> dict[str, str]:
        rows = [json.loads(line) for line in RUN.invoke(app, ["doctor", "--json"]).stdout.splitlines()]
        return next(row for row in rows if row["what"] == "database")

    whole = told()
    (place / "uncrick.db").write_bytes(b"dear diary")
    broken = told()
    (place / "uncrick.db").unlink()
    none = told()

    assert whole["state"] == "fine"
    assert str(place / "uncrick.db") in whole["says"]
    assert "bytes, whole, revision" in whole["says"]
    assert "2 people" in whole["says"]
    assert (broken["state"], "is no database" in broken["says"]) == ("broken", True)
    assert (none["state"], "none yet" in none["says"]) == ("fine", True)
    assert not (place / "uncrick.db").exists()
