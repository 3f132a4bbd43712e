"""The kinds of columns that records are made of: each with its bounds, which the database and the export both keep."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, get_args

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    Text,
)
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
"""All tables; a file of a slice adds its own."""


class Utc(TypeDecorator[datetime]):
    """A moment: any zone goes in, UTC is kept and comes out, to a microsecond."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC. Raises ValueError for one without a zone: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def key(name: str = "id") -> Column[str]:
    """Return a column of an id that is the table's key, or part of it."""
    return Column(name, Text, primary_key=True)


def link(name: str, to: str, *, in_key: bool = False) -> Column[str]:
    """Return a column that names a row of another table (``table.column``) and goes when that row goes."""
    return Column(name, Text, ForeignKey(to, ondelete="CASCADE"), primary_key=in_key, nullable=False)


def loose_link(name: str, to: str) -> Column[str]:
    """Return a column that may name a row of another table, and is emptied when that row goes."""
    return Column(name, Text, ForeignKey(to, ondelete="SET NULL"), nullable=True)


def words(name: str) -> Column[str]:
    """Return a column of text; empty for none."""
    return Column(name, Text, nullable=False)


def choice(name: str, of: object) -> Column[str]:
    """Return a column of one of a few words: the arguments of a Literal, or any collection of words.

    Types and the import keep to them. The database does not, because a table would have to be rebuilt for a new word.
    """
    allowed = get_args(of) or (tuple(of) if isinstance(of, Iterable) else ())
    return Column(name, Text, nullable=False, info={"one_of": tuple(str(word) for word in allowed)})


def whole(
    name: str, least: int = 0, most: int = 2**31 - 1, *, in_key: bool = False, empty: bool = False
) -> Column[int]:
    """Return a column of a whole number between two bounds. empty : it may be unknown (None)."""
    check = CheckConstraint(f"{name} BETWEEN {least} AND {most}", name=name)
    return Column(name, Integer, check, primary_key=in_key, nullable=empty, info={"least": least, "most": most})


def level(name: str, *, empty: bool = True) -> Column[int]:
    """Return a column of a rating from 0 to 10; None when it was not rated."""
    return whole(name, 0, 10, empty=empty)


def number(name: str, *, empty: bool = False) -> Column[float]:
    """Return a column of a finite number. empty : it may be unknown (None)."""
    return Column(name, Double, nullable=empty)


def truth(name: str) -> Column[bool]:
    """Return a column of yes or no."""
    return Column(name, Boolean, nullable=False)


def moment(name: str, *, empty: bool = False) -> Column[datetime]:
    """Return a column of a moment in UTC."""
    return Column(name, Utc, nullable=empty)


def offset(name: str = "utc_offset_min") -> Column[int]:
    """Return a column of how far the person's clock was ahead of UTC at that moment, in minutes."""
    return whole(name, 1 - 24 * 60, 24 * 60 - 1)


def day(name: str, *, in_key: bool = False, empty: bool = False) -> Column[Any]:
    """Return a column of a day by the person's own clock."""
    return Column(name, Date, primary_key=in_key, nullable=empty)


def tree(name: str, of: object = Any) -> Column[Any]:
    """Return a column of a small JSON value. of : the type that it has as Python reads it, lists for tuples."""
    return Column(name, JSON(none_as_null=False), nullable=False, info={"tree": of})


def offset_min(at: datetime) -> int:
    """Return how far the zone of *at* is ahead of UTC at that moment, in whole minutes."""
    ahead = at.utcoffset()
    if ahead is None:
        raise ValueError(f"a time without a zone: {at}")
    return round(ahead.total_seconds() / 60)
