"""Records can be taken out and put in elsewhere, exactly, in a form that others can read."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from tests.app.filled import cluster, emptied, fill, here, law, rows_of, there, two
from tests.store import chance
from tests.store.samples import DAY, a_plan
from uncrick.app.taking_out import export_records, import_records
from uncrick.store.answers import save_answers, save_clearance, save_condition
from uncrick.store.pain import save_pain
from uncrick.store.people import save_person
from uncrick.store.plans import save_decisions, save_plan, save_standings
from uncrick.store.sessions import save_session
from uncrick.store.urges import save_urge

__all__ = ["cluster", "here", "there", "two"]


@law
@given(
    person=chance.people,
    session=chance.sessions,
    pain=chance.pains,
    urge=chance.urges,
    answers=st.lists(chance.answers, max_size=3),
    told=st.tuples(chance.conditions, chance.clearances),
    standing=chance.standings,
    decision=chance.decisions,
)
def test_what_is_taken_out_goes_in_exactly(
    two, tmp_path, person, session, pain, urge, answers, told, standing, decision
):
    """Whatever is kept, an export put into an empty database gives the same rows, and the same export again."""
    here, there = emptied(two[0]), emptied(two[1])
    id_ = person.id
    with here.writing() as c:
        save_person(c, person)
        save_plan(c, a_plan("plan-1", id_))
        save_session(c, replace(session, person=id_, plan="plan-1"))
        save_pain(c, id_, replace(pain, session=session.id))
        save_urge(c, id_, urge)
        save_answers(c, id_, answers)
        save_condition(c, id_, told[0])
        save_clearance(c, id_, told[1])
        save_standings(c, id_, "plan-1", {"p1": standing})
        save_decisions(c, "plan-1", DAY, [decision])

    export_records(here, tmp_path / "a.zip")
    import_records(there, tmp_path / "a.zip")
    export_records(there, tmp_path / "b.zip")

    assert rows_of(there) == rows_of(here)
    assert lines_of(tmp_path / "b.zip") == lines_of(tmp_path / "a.zip")


def lines_of(path: Path) -> dict[str, bytes]:
    """Return the records of an archive, by file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("records/")}


def test_records_move_between_both_kinds_of_database(here, there, tmp_path):
    """What comes out of a file goes into a file or a server, all of it, and the second time nothing is added."""
    moved = export_records(here, tmp_path / "out.zip")

    added = import_records(there, tmp_path / "out.zip")
    again = import_records(there, tmp_path / "out.zip")

    assert rows_of(there) == rows_of(here)
    assert added == moved
    assert again.n == 0
    assert moved.rows["people"] == 2
    assert all(moved.rows[name] for name in ("sets", "holds", "stops", "hurts", "pops", "pains", "settled"))


def test_one_person_is_taken_out_alone(here, there, tmp_path):
    """An export of one person holds none of the other, in no file of it."""
    export_records(here, tmp_path / "out.zip", ["kim"])

    import_records(there, tmp_path / "out.zip")

    assert {row["id"] for row in rows_of(there)["people"]} == {"kim"}
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert not [name for name in archive.namelist() if b"lou" in archive.read(name).lower()]


def test_every_line_fits_its_schema_and_its_table(here, tmp_path):
    """Each JSON line fits the JSON Schema in the archive, and the CSV has the same columns and as many rows."""
    export_records(here, tmp_path / "out.zip")

    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        head = json.loads(archive.read("uncrick.json"))
        for name, listed in head["tables"].items():
            schema = json.loads(archive.read(f"schema/{name}.schema.json"))
            rows = [json.loads(line) for line in archive.read(f"records/{name}.jsonl").splitlines()]
            sheet = list(csv.reader(io.StringIO(archive.read(f"csv/{name}.csv").decode())))
            for row in rows:
                jsonschema.validate(row, schema)
            assert sheet[0] == list(schema["properties"])
            assert len(sheet) - 1 == len(rows) == listed["rows"]
    assert (tmp_path / "out.zip").stat().st_mode & 0o777 == 0o600


def test_a_spreadsheet_runs_nothing(here, tmp_path):
    """A note that a spreadsheet would take for a formula is text there, and as it was in the records."""
    fill(here, "kim", word="=HYPERLINK(0)")

    export_records(here, tmp_path / "out.zip")

    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert b"'=HYPERLINK(0)" in archive.read("csv/sessions.csv")
        assert b'"=HYPERLINK(0)"' in archive.read("records/sessions.jsonl")
