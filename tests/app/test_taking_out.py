"""Records can be taken out and put back exactly, copied and put back, and are really gone when they are erased."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store import chance
from tests.store.conftest import cluster
from tests.store.samples import DAY, NOON, a_key, a_person, a_plan, a_session
from uncrick.app.taking_out import backup, erase, export_records, import_records, restore
from uncrick.care.pain import PainRecord
from uncrick.care.screening import Answer
from uncrick.errors import ProblemsError
from uncrick.files import records_zip
from uncrick.plan.progress import Decision, Standing
from uncrick.plan.record import Amount
from uncrick.store import erase as erasing
from uncrick.store.answers import save_answers, save_clearance, save_condition
from uncrick.store.database import Database, open_database
from uncrick.store.owned import load_rows, tables
from uncrick.store.pain import save_pain
from uncrick.store.people import delete_person, load_people, save_person
from uncrick.store.plans import save_decisions, save_known_key, save_plan, save_standings
from uncrick.store.sessions import load_session, save_session
from uncrick.store.settled import save_settled
from uncrick.store.urges import save_urge

__all__ = ["cluster"]

law = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def rows_of(db: Database) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table."""
    with db.reading() as c:
        return {table.name: list(load_rows(c, table)) for table in tables()}


def fill(db: Database, person: str = "kim", word: str = "warm room") -> None:
    """Keep something of everything of one person; *word* stands in the note of the session."""
    plan, session = a_plan(f"plan-{person}", person), f"s-{person}"
    amount = Amount("bridge", 1, 5, 5.0)
    with db.writing() as c:
        save_person(c, a_person(person, person.title()))
        save_plan(c, plan)
        save_known_key(c, a_key(person))
        save_standings(c, person, plan.id, {"p1": Standing(amount, (amount,), 1, raised_on=DAY)})
        save_decisions(c, plan.id, DAY, [Decision("p1", "same", amount, amount, "not_yet", (("clean", 1),))])
        save_session(c, replace(a_session(session, person, plan=plan.id), note=word))
        save_settled(c, plan.id, [session])
        save_answers(c, person, [Answer("bladder", "no", NOON, "w1")])
        save_pain(c, person, PainRecord(f"p-{person}", NOON, DAY, "after", 3, session, "low back", ("dull",)))


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Iterator[tuple[Database, Database]]:
    """Two databases, for laws that empty them themselves."""
    folder = tmp_path_factory.mktemp("two")
    both = open_database(folder / "here.db"), open_database(folder / "there.db")
    yield both
    for database in both:
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def there(request, tmp_path) -> Iterator[Database]:
    """Another database, of each kind, to put records in."""
    where = tmp_path / "there.db" if request.param == "sqlite" else request.getfixturevalue("cluster").new_database()
    database = open_database(where)
    yield database
    database.close()


@pytest.fixture
def here(tmp_path) -> Iterator[Database]:
    """A database with something of everything of two people."""
    database = open_database(tmp_path / "kept" / "uncrick.db")
    fill(database, "kim")
    fill(database, "lou")
    yield database
    database.close()


def emptied(db: Database) -> Database:
    with db.writing() as c:
        for person in load_people(c):
            delete_person(c, person.id)
    return db


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


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None], *, rehash: bool = True) -> Path:
    """Write an archive anew after *change* to its files; rehash : its head says what is in it now."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    if rehash:
        head = json.loads(files["uncrick.json"])
        for name in head["tables"]:
            data = files.get(f"records/{name}.jsonl", b"")
            head["tables"][name] = {
                "rows": len(data.splitlines()),
                "sha256": records_zip.hashlib.sha256(data).hexdigest(),
            }
        files["uncrick.json"] = json.dumps(head).encode()
    other = path.with_name("other.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return other


def edit(table: str, **changes: object) -> Callable[[dict[str, bytes]], None]:
    """Return a change of the first row of a table; a value that is Ellipsis takes the column away."""

    def change(files: dict[str, bytes]) -> None:
        name = f"records/{table}.jsonl"
        first, *rest = files[name].splitlines(keepends=True)
        row = json.loads(first) | changes
        kept = {key: value for key, value in row.items() if value is not ...}
        files[name] = b"".join([json.dumps(kept).encode() + b"\n", *rest])

    return change


def problems_of(db: Database, path: Path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        import_records(db, path)
    return [str(problem) for problem in caught.value.problems]


TAMPERED = {
    "unknown column": (edit("sessions", secret=1), "no column 'secret'"),
    "missing column": (edit("sessions", note=...), "column 'note' is missing"),
    "wrong kind": (edit("sets", n_done="five"), 'n_done: found "five", wanted a whole number'),
    "a truth for a number": (edit("sets", n_done=True), "n_done: found true"),
    "out of bounds": (edit("sessions", pain_before=11), "pain_before: found 11, wanted a whole number from 0 to 10"),
    "unknown word": (edit("sets", outcome="won"), 'outcome: found "won", wanted one of: done'),
    "no day": (edit("sessions", on_day="28.11."), 'on_day: found "28.11.", wanted a day like'),
    "no time": (edit("people", made_at="yesterday"), 'made_at: found "yesterday", wanted a time like'),
    "a year far out": (edit("sessions", on_day="0001-01-01"), "found the year 1"),
    "a huge number": (edit("holds", hold_s=10**400), "hold_s: found 1000"),
    "nothing": (edit("sets", exercise=None), "exercise: found nothing"),
    "a tree of another kind": (edit("standings", state={"amount": []}), "state: "),
    "a tree too deep": (edit("pains", kinds=json.loads("[" * 50 + "]" * 50)), "kinds: is nested more than"),
    "a character of no text": (edit("sessions", note="a\0b"), "note: holds a character that no text has"),
    "half a character": (edit("sessions", note="\ud800"), "note: holds a character that no text has"),
    "nobody's row": (edit("sessions", person="eve"), "person: no such row in people: 'eve'"),
    "another text": (edit("plans", text="id: evil\n"), "sha256: is not that of the text"),
}


@pytest.mark.parametrize(("change", "says"), TAMPERED.values(), ids=TAMPERED)
def test_a_tampered_archive_is_refused_whole(here, two, tmp_path, change, says):
    """A line that was changed is a problem with its file and line, and nothing at all is put in."""
    there = emptied(two[1])
    export_records(here, tmp_path / "out.zip")

    found = problems_of(there, rewritten(tmp_path / "out.zip", change))

    assert [line for line in found if says in line and "other.zip:records/" in line and ".jsonl:1 " in line], found
    assert not any(rows_of(there).values())


def test_all_problems_are_told_at_once(here, two, tmp_path):
    """Several lines in several files that are wrong are all told, each with its place."""
    there = emptied(two[1])
    export_records(here, tmp_path / "out.zip")

    def change(files):
        edit("sets", outcome="won")(files)
        edit("people", name=5)(files)
        files["records/holds.jsonl"] += b"{broken\n"

    found = problems_of(there, rewritten(tmp_path / "out.zip", change))

    assert [sum(word in line for line in found) for word in ('"won"', "name: found 5", "is no JSON object")] == [
        1,
        1,
        1,
    ]


def test_too_many_problems_are_counted(here, two, tmp_path):
    """Of thousands of wrong lines the first are shown, and how many more there are."""
    export_records(here, tmp_path / "out.zip")

    def change(files):
        files["records/urges.jsonl"] = b"[]\n" * 5_000

    found = problems_of(emptied(two[1]), rewritten(tmp_path / "out.zip", change))

    assert len(found) == records_zip.MOST_PROBLEMS + 1
    assert found[-1].endswith("has 4,800 problems more")


def drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.pop(name)


def put(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: data})


UNFIT = {
    "changed without its hash": (edit("sessions", note="other"), False, "is not what uncrick.json says was written"),
    "a table gone": (drop("records/sets.jsonl"), False, "records/sets.jsonl  is missing"),
    "a table that nobody knows": (put("records/spells.jsonl", b""), True, "is not listed in uncrick.json"),
    "no head": (drop("uncrick.json"), False, "it is no archive of records"),
    "another head": (put("uncrick.json", b'{"tables": {}}'), False, "is not the head of an archive of version 1"),
    "a head that is none": (put("uncrick.json", b"[" * 100_000), False, "is not the head of an archive"),
    "a newer head": (
        put("uncrick.json", b'{"uncrick_records": 1, "revision": "9999", "tables": {}}'),
        False,
        "was written by a newer version of Uncrick",
    ),
    "a line twice": (
        lambda files: files.update({"records/people.jsonl": files["records/people.jsonl"] * 2}),
        True,
        "has the key of an earlier line",
    ),
    "a name twice": (put("records/urges.jsonl", b'{"id": "a", "id": "b"}\n'), True, "is no JSON object"),
    "NaN": (put("records/urges.jsonl", b'{"id": NaN}\n'), True, "is no JSON object"),
}


@pytest.mark.parametrize(("change", "rehash", "says"), UNFIT.values(), ids=UNFIT)
def test_an_archive_that_is_not_whole_is_refused(here, two, tmp_path, change, rehash, says):
    """An archive whose files do not belong together is refused with a sentence, and nothing is put in."""
    there = emptied(two[1])
    export_records(here, tmp_path / "out.zip")

    found = problems_of(there, rewritten(tmp_path / "out.zip", change, rehash=rehash))

    assert [line for line in found if says in line], found
    assert not any(rows_of(there).values())


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_archive_is_refused(here, two, tmp_path, part):
    """An archive that was cut short, or holds nothing, is no archive."""
    export_records(here, tmp_path / "out.zip")
    data = (tmp_path / "out.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: int(len(data) * part)])

    assert "is no zip archive, or it was cut short" in problems_of(emptied(two[1]), tmp_path / "cut.zip")[0]


@law
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_a_changed_byte_loses_nothing_unseen(two, tmp_path, at, byte):
    """One byte of an archive changed anywhere: either all of it is told, or what goes in is exactly what was there."""
    here, there = emptied(two[0]), emptied(two[1])
    fill(here)
    export_records(here, tmp_path / "out.zip")
    data = bytearray((tmp_path / "out.zip").read_bytes())
    data[int(len(data) * at)] ^= byte
    (tmp_path / "changed.zip").write_bytes(data)

    try:
        import_records(there, tmp_path / "changed.zip")
    except ProblemsError:
        assert not any(rows_of(there).values())
    else:
        assert rows_of(there) == rows_of(here)


def test_a_bomb_is_not_unpacked(two, tmp_path, monkeypatch):
    """An archive that would unpack to more than is allowed is refused when the limit is reached, whatever it says."""
    monkeypatch.setattr(records_zip, "MOST_BYTES", 1_000_000)
    head = {"uncrick_records": 1, "revision": "0001", "tables": {"people": {}, "sessions": {}}}
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("uncrick.json", json.dumps(head))
        archive.writestr("records/people.jsonl", b"{}\n" * 3_000_000)
        archive.writestr("records/sessions.jsonl", b"0" * 9_000_000)
    assert (tmp_path / "bomb.zip").stat().st_size < 200_000

    (*_, last) = problems_of(emptied(two[1]), tmp_path / "bomb.zip")

    assert "unpacks to more than the 1,000,000 bytes" in last


def test_too_many_files_are_refused(two, tmp_path):
    """An archive of thousands of files is refused before any is read."""
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for n in range(records_zip.MOST_FILES + 1):
            archive.writestr(f"{n}.txt", b"")

    assert "holds 501 files" in problems_of(emptied(two[1]), tmp_path / "many.zip")[0]


def test_a_row_that_differs_is_a_problem(here, tmp_path):
    """What is in the database is never changed by an import: a row that says something else is told."""
    export_records(here, tmp_path / "out.zip")
    fill(here, "kim", word="cold room")
    before = rows_of(here)

    found = problems_of(here, tmp_path / "out.zip")

    assert ["is in the database already, and differs (sessions)" in line for line in found] == [True]
    assert rows_of(here) == before


def test_a_row_of_somebody_else_is_a_problem(two, tmp_path):
    """A session whose id another person's session has is told, and nothing is put in."""
    here, there = emptied(two[0]), emptied(two[1])
    for db, person in ((here, "kim"), (there, "lou")):
        with db.writing() as c:
            save_person(c, a_person(person))
            save_session(c, a_session("same", person))
    export_records(here, tmp_path / "out.zip")

    found = problems_of(there, tmp_path / "out.zip")

    assert any("is in the database already, and differs (sessions)" in line for line in found)
    assert [row["id"] for row in rows_of(there)["people"]] == ["lou"]


def test_a_copy_is_the_database(here, tmp_path):
    """A backup opens and holds every row, is for its owner alone, and does not overwrite anything."""
    copied = backup(here, tmp_path / "copy.db")

    assert (copied.n_people, copied.n_sessions) == (2, 2)
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    other = open_database(tmp_path / "copy.db")
    assert rows_of(other) == rows_of(here)
    other.close()
    with pytest.raises(ProblemsError, match="is there already"):
        backup(here, tmp_path / "copy.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.db", "kept"]


def test_a_copy_is_put_back_while_the_database_is_open(here, tmp_path):
    """A restore gives the rows of the copy, also to a program that has the database open; what was there is kept."""
    before = rows_of(here)
    backup(here, tmp_path / "copy.db")
    fill(here, "ada")

    restored = restore(tmp_path / "copy.db", here.path)

    assert rows_of(here) == before
    kept = open_database(restored.kept)
    assert "ada" in {row["id"] for row in rows_of(kept)["people"]}
    kept.close()
    with here.reading() as c:
        assert c.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    fill(here, "eve")


def test_a_damaged_database_is_put_aside(here, tmp_path):
    """A restore over a damaged file works, and the damaged file lies beside it byte for byte."""
    before = rows_of(here)
    backup(here, tmp_path / "copy.db")
    here.close()
    here.path.write_bytes(b"dear diary")

    restored = restore(tmp_path / "copy.db", here.path)

    assert restored.kept.read_bytes() == b"dear diary"
    again = open_database(here.path)
    assert rows_of(again) == before
    again.close()


def test_a_copy_is_put_where_nothing_was(here, tmp_path):
    """A restore on a new computer makes the database."""
    backup(here, tmp_path / "copy.db")

    assert restore(tmp_path / "copy.db", tmp_path / "new" / "uncrick.db").kept is None

    there = open_database(tmp_path / "new" / "uncrick.db")
    assert rows_of(there) == rows_of(here)
    there.close()


@pytest.mark.parametrize("harm", ["cut", "text", "trigger", "orphan"])
def test_a_copy_that_is_not_whole_is_not_put_back(here, tmp_path, harm):
    """A copy that is cut, no database, or holds what Uncrick never writes is refused; the database stays as it is."""
    import sqlite3

    copy = tmp_path / "copy.db"
    backup(here, copy)
    if harm == "cut":
        copy.write_bytes(copy.read_bytes()[:50_000])
    elif harm == "text":
        copy.write_text("dear diary")
    else:
        c = sqlite3.connect(copy)
        c.execute(
            "CREATE TRIGGER t AFTER INSERT ON sessions BEGIN DELETE FROM people; END"
            if harm == "trigger"
            else "UPDATE sessions SET person = 'nobody'"
        )
        c.commit()
        c.close()
    before = rows_of(here)

    with pytest.raises(ProblemsError):
        restore(copy, here.path)

    assert rows_of(here) == before
    assert [p.name for p in here.path.parent.iterdir() if "before" in p.name] == []


def test_a_server_is_copied_by_its_own_tools(cluster, tmp_path):
    """Of a server no copy is made from here: a sentence says which tool does."""
    url = cluster.new_database()
    db = open_database(url)

    with pytest.raises(ProblemsError, match="pg_dump"):
        backup(db, tmp_path / "copy.db")
    with pytest.raises(ProblemsError, match="pg_restore"):
        restore(tmp_path / "copy.db", url)
    db.close()


MARK = "mark-6f1d2c-erase-me"


def files_with(folder: Path, word: str) -> list[str]:
    """Return every file below *folder* in which the bytes of *word* stand."""
    return [p.name for p in sorted(folder.rglob("*")) if p.is_file() and word.encode() in p.read_bytes()]


def journal(folder: Path, session: str, **head: str) -> Path:
    path = folder / "sessions" / f"{session}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"session": session, **head}) + "\n" + json.dumps({"note": MARK}) + "\n")
    return path


def test_what_is_erased_is_in_no_file(tmp_path):
    """After erasing a person, a word of theirs is in no file: no database, log, copy, or journal."""
    state = tmp_path / "state"
    db = open_database(tmp_path / "kept" / "uncrick.db")
    fill(db, "lou", word="lou stays")
    for n in range(40):
        fill(db, f"kim{n}", word=MARK * 50)
    backup(db, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", db.path)
    (tmp_path / "copy.db").unlink()
    journal(state, "s-kim0")
    journal(state, "left", person="kim1")
    (state / "sessions" / "s-lou.jsonl").write_text('{"session": "s-lou"}\n')
    assert len(files_with(tmp_path, MARK)) >= 4

    gone = erase(db, [f"kim{n}" for n in range(40)], state)

    assert files_with(tmp_path, MARK) == []
    assert (gone.n_people, len(gone.journals), len(gone.copies)) == (40, 2, 1)
    assert files_with(tmp_path, "lou stays") == ["uncrick.db"]
    assert (state / "sessions" / "s-lou.jsonl").exists()
    with db.reading() as c:
        assert load_session(c, "s-lou") is not None
    db.close()


def test_everybody_is_erased(here, tmp_path):
    """Erasing everybody leaves no row and no journal of any kind, but a database that works."""
    state = tmp_path / "state"
    journal(state, "x")
    (state / "desk").mkdir()
    (state / "desk" / "day.jsonl").write_text(MARK)
    (state / "token").write_text("the page's address")

    erase(here, None, state)

    assert not any(rows_of(here).values())
    assert [p.name for p in state.rglob("*") if p.is_file()] == ["token"]
    fill(here)


def test_an_erasing_that_cannot_be_finished_is_said(here, tmp_path, monkeypatch):
    """While another program reads, the log cannot be emptied: that is told, and a second time finishes it."""
    monkeypatch.setattr(erasing, "BUSY_MS", 100)
    other = open_database(here.path)
    with other.reading() as c:
        load_people(c)
        with pytest.raises(ProblemsError) as caught:
            erase(here, ["kim"], tmp_path / "state")
    other.close()

    assert "erase once more" in str(caught.value)
    erase(here, [], tmp_path / "state")
    assert files_with(here.path.parent, "s-kim") == []


def test_a_person_is_erased_from_a_server(cluster, tmp_path):
    """On PostgreSQL the rows go and the tables are rewritten."""
    db = open_database(cluster.new_database())
    fill(db, "kim")
    fill(db, "lou")

    erase(db, ["kim"], tmp_path)

    assert {row["person"] for row in rows_of(db)["sessions"]} == {"lou"}
    db.close()
