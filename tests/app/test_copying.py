"""A copy is the database to the row; it is put back whole or not at all."""

import pytest

from tests.app.filled import cluster, fill, here, rows_of, there
from uncrick.app.taking_out import backup, restore
from uncrick.errors import ProblemsError
from uncrick.store.database import open_database

__all__ = ["cluster", "here", "there"]


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
