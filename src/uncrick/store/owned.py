"""Whose a row is: every row of one person, or of all, table by table and in the order in which they can be put back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, true, tuple_

from uncrick.store.tables import METADATA

PEOPLE = "people"

AT_ONCE = 500
"""Keys that one question asks for; both databases take far more."""

Key = tuple[Any, ...]


def tables() -> Sequence[Table]:
    """Return every table, each after those that it names."""
    return METADATA.sorted_tables


def is_of(table: Table, people: Sequence[str] | None) -> ColumnElement[bool]:
    """Return the condition that a row belongs to one of *people*, None for everybody.

    A row without a person of its own belongs to whoever the row belongs to that it goes with.
    """
    if people is None:
        return true()
    if table.name == PEOPLE:
        return table.c.id.in_(people)
    links = [key for key in sorted(table.foreign_keys, key=lambda k: k.parent.name) if key.ondelete == "CASCADE"]
    for link in links:
        if link.column.table.name == PEOPLE:
            return link.parent.in_(people)
    above = links[0].column.table
    return links[0].parent.in_(select(links[0].column).where(is_of(above, people)))


def load_rows(c: Connection, table: Table, people: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that belong to *people*, in the order of their keys."""
    for row in c.execute(select(table).where(is_of(table, people)).order_by(*table.primary_key.columns)):
        yield row._asdict()


def key_of(table: Table, row: Mapping[str, Any]) -> Key:
    """Return what tells a row of a table from all others."""
    return tuple(row[column.name] for column in table.primary_key)


def is_keyed(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether a row has its key."""
    return all(isinstance(row.get(column.name), str | int | date) for column in table.primary_key)


def load_same(c: Connection, table: Table, keys: Iterable[Key]) -> dict[Key, dict[str, Any]]:
    """Return the rows of a table that have any of *keys*, whoever they belong to."""
    found: dict[Key, dict[str, Any]] = {}
    columns = tuple_(*table.primary_key.columns)
    listed = list(keys)
    for some in (listed[i : i + AT_ONCE] for i in range(0, len(listed), AT_ONCE)):
        for row in c.execute(select(table).where(columns.in_(some))):
            found[key_of(table, row._asdict())] = row._asdict()
    return found
