"""What a person can do with their records: take them out, put them in, copy them, put a copy back, delete them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert

from uncrick.app.desk_keeping import forget_days
from uncrick.app.desk_offer import desk_person
from uncrick.errors import Problem, ProblemsError
from uncrick.files.journal_file import find_kept, state_folder
from uncrick.files.records_zip import Listed, ReadRecords, read_records, shortened, write_records
from uncrick.store.copying import Copied, back_up, put_back
from uncrick.store.database import Database, database_place
from uncrick.store.erase import delete_people, sessions_of_people, wipe
from uncrick.store.owned import is_keyed, key_of, load_rows, load_same, tables
from uncrick.store.plain import Plain, plain_row, row_of_plain, schema_of
from uncrick.store.revisions import HEAD, REVISIONS

__all__ = ["Copied", "Erased", "Moved", "backup", "erase", "export_records", "import_records", "restore"]

Rows = list[tuple[str, dict[str, Any]]]
"""Where each row was written, and the row."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of each table were written, or were put in; those that were there already are not counted."""

    rows: dict[str, int]

    @property
    def n(self) -> int:
        """Of all tables together."""
        return sum(self.rows.values())


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone besides the rows: journals of sessions, and copies that were made before upgrades and restores."""

    n_people: int
    journals: tuple[Path, ...]
    copies: tuple[Path, ...]


def export_records(db: Database, out: Path, people: Sequence[str] | None = None) -> Moved:
    """Write everything that is kept of *people* (ids, None: everybody) into one zip, from one state of the database."""
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    with db.reading() as c:
        listed = [Listed(t.name, tuple(t.columns.keys()), _plain_rows(c, t, people), schema_of(t)) for t in tables()]
        return Moved(write_records(out, HEAD, made_at, listed))


def import_records(db: Database, path: Path) -> Moved:
    """Put the records of an archive into the database, exactly as they were.

    Rows that are there already stay; one that is there and differs is a problem, as is everything else that is wrong.
    Raises ProblemsError with all of it, and then nothing was put in.
    """
    read = read_records(path, [table.name for table in tables()])
    rows, problems = _checked(read, path)
    if problems:
        raise ProblemsError(shortened(problems, str(path)))
    added: dict[str, int] = {}
    with db.writing() as c:
        for table in tables():
            new, differ = _new_rows(c, table, rows[table.name])
            problems += differ
            if new and not problems:
                c.execute(insert(table), new)
            added[table.name] = len(new)
        if problems:
            raise ProblemsError(shortened(problems, str(path)))
    return Moved(added)


def backup(db: Database, out: Path) -> Copied:
    """Copy the whole database into one file, looked through from end to end."""
    return back_up(db, out)


def restore(source: Path, where: str | Path | None = None) -> Copied:
    """Make a copy the database of *where*; what was there before is kept beside it, even if it is damaged."""
    place = database_place(where)
    if not isinstance(place, Path):
        raise ProblemsError([Problem(str(source), "cannot be put into a server from here", "use pg_restore")])
    if place.exists() and source.exists() and place.samefile(source):
        raise ProblemsError([Problem(str(source), "is the database itself", "name the copy that is to be put back")])
    return put_back(source, place)


def erase(db: Database, people: Sequence[str] | None = None, folder: Path | None = None) -> Erased:
    """Delete *people* (ids, None: everybody) for good: rows, journals of their sessions, and older copies of the file.

    folder : where journals are, None for the usual place. Copies are of everybody, so they all go.
    """
    desk = desk_person(db, folder)
    with db.writing() as c:
        everybody = [row["id"] for row in load_rows(c, tables()[0])]
        gone = everybody if people is None else [id_ for id_ in everybody if id_ in people]
        sessions = sessions_of_people(c, gone)
        delete_people(c, gone)
    journals = find_kept(folder or state_folder(), None if people is None else sessions, gone)
    for journal in journals:
        journal.unlink(missing_ok=True)
    if people is None or desk in gone:
        journals += forget_days(folder)
    return Erased(len(gone), tuple(journals), tuple(wipe(db)))


def _plain_rows(c: Connection, table: Table, people: Sequence[str] | None) -> Iterable[Plain]:
    return (plain_row(table, row) for row in load_rows(c, table, people))


def _checked(read: ReadRecords, path: Path) -> tuple[dict[str, Rows], list[Problem]]:
    """Return the rows of every table, and everything that is wrong with the archive."""
    if read.revision not in REVISIONS:
        says = f"was written by a newer version of Uncrick (revision {read.revision[:20]}, known is {HEAD})"
        raise ProblemsError([Problem(str(path), says, "update Uncrick, then import again")])
    problems = list(read.problems)
    rows: dict[str, Rows] = {}
    keys: dict[str, set[tuple[Any, ...]]] = {}
    for table in tables():
        rows[table.name] = []
        keys[table.name] = set()
        found = read.tables.get(table.name)
        if found is None:
            if read.revision == HEAD and not any(f"/{table.name}.jsonl" in p.where for p in problems):
                problems.append(Problem(f"{path}:records/{table.name}.jsonl", "is missing"))
            continue
        for line, plain in found.rows:
            where = f"{found.where}:{line}"
            row, wrong = row_of_plain(table, plain)
            wrong = wrong or _links_wrong(table, row, keys)
            problems += [Problem(where, says) for says in wrong]
            if not wrong:
                rows[table.name].append((where, row))
            if is_keyed(table, row):  # a row with another fault is still there for those that name it
                keys[table.name].add(key_of(table, row))
    return rows, problems


def _links_wrong(table: Table, row: dict[str, Any], keys: dict[str, set[tuple[Any, ...]]]) -> list[str]:
    """Return what is wrong with a row among the others: its key is there, or what it names is not."""
    wrong = ["has the key of an earlier line"] if key_of(table, row) in keys[table.name] else []
    for link in sorted(table.foreign_keys, key=lambda k: k.parent.name):
        value = row[link.parent.name]
        if value is not None and (value,) not in keys[link.column.table.name]:
            wrong.append(f"{link.parent.name}: no such row in {link.column.table.name}: '{value[:40]}'")
    if table.name == "plans" and hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]:
        wrong.append("sha256: is not that of the text")
    return wrong


def _new_rows(c: Connection, table: Table, rows: Rows) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the rows that are not there yet, and a problem for each that is there and says something else."""
    there = load_same(c, table, (key_of(table, row) for _, row in rows))
    new, problems = [], []
    for where, row in rows:
        kept = there.get(key_of(table, row))
        if kept is None:
            new.append(row)
        elif plain_row(table, kept) != plain_row(table, row):
            problems.append(Problem(where, f"is in the database already, and differs ({table.name})"))
    return new, problems
