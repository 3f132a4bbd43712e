"""Rows into a table, the same way for every table and both databases: saved twice, they are there once."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete

Row = Mapping[str, Any]


def row_of(table: Table, value: object) -> dict[str, Any]:
    """Return those columns of *table* that *value* has as fields of the same name."""
    return {column.name: getattr(value, column.name) for column in table.columns if hasattr(value, column.name)}


def put(c: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert *rows*; one whose key is there already takes that row's place, and nothing that points at it is lost."""
    listed = list(rows)
    if not listed:
        return
    keys = [column.name for column in table.primary_key]
    rest = [column.name for column in table.columns if column.name not in keys]
    insert = _insert(c, table)
    if rest:
        statement = insert.on_conflict_do_update(index_elements=keys, set_={n: insert.excluded[n] for n in rest})
    else:
        statement = insert.on_conflict_do_nothing(index_elements=keys)
    c.execute(statement, [dict(row) for row in listed])


def _insert(c: Connection, table: Table) -> Any:  # noqa: ANN401 - the same methods on a class of each database
    """Return an INSERT that knows what to do about a key that is there; only the dialect in use is imported."""
    if c.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def put_all_of(c: Connection, table: Table, owner: Row, rows: Iterable[Row]) -> None:
    """Make *rows* all that there is of one owner: what was there before and is not among them goes."""
    c.execute(delete(table).where(*(table.c[name] == value for name, value in owner.items())))
    put(c, table, rows)
