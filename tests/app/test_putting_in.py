"""What is put in is checked whole before anything is kept: tampered, cut, too large, or somebody else's."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.filled import cluster, emptied, fill, here, law, rows_of, there, two
from tests.store.samples import a_person, a_session
from uncrick.app.taking_out import export_records, import_records
from uncrick.errors import ProblemsError
from uncrick.files import records_zip
from uncrick.store.database import Database
from uncrick.store.people import save_person
from uncrick.store.sessions import save_session

__all__ = ["cluster", "here", "there", "two"]


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
