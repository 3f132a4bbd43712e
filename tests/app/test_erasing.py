"""What is erased is really gone, from every file, and of nobody else."""

import json
from pathlib import Path

import pytest

from tests.app.filled import cluster, fill, here, rows_of
from uncrick.app.taking_out import backup, erase, restore
from uncrick.errors import ProblemsError
from uncrick.store import erase as erasing
from uncrick.store.database import open_database
from uncrick.store.people import load_people
from uncrick.store.sessions import load_session

__all__ = ["cluster", "here"]


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
