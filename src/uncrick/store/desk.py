"""The desk in the records: spells of sitting, what became of owed breaks, breaks that were begun, changes of position.

An id follows from person, kind and moment, so that the same fact saved twice is there once. The companion's journal is
the truth; these rows are for the history, for taking out, and for deleting.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal, TypeVar, get_args

from sqlalchemy import Connection, Index, Table, select

from uncrick.desk.day import BreakFact, ChangeFact, OwedFact, SpellFact
from uncrick.desk.found import Became, Held, Why
from uncrick.store.columns import METADATA, choice, key, link, moment, number, offset, tree, truth, words
from uncrick.store.moments import kept_at, told_at
from uncrick.store.rows import put

_T = TypeVar("_T")

SPELLS = Table(
    "desk_spells",
    METADATA,
    key(),
    link("person", "people.id"),
    moment("at"),
    offset(),
    moment("ended_at"),
    number("sat_s"),
    number("unseen_s"),
    choice("why", Why),
    Index(None, "person", "at"),
)

OWED = Table(
    "desk_owed",
    METADATA,
    key(),
    link("person", "people.id"),
    moment("at"),
    offset(),
    choice("became", Became),
    truth("offered"),
    choice("held", ("", *get_args(Held))),
    Index(None, "person", "at"),
)

BREAKS = Table(
    "desk_breaks",
    METADATA,
    key(),
    link("person", "people.id"),
    moment("at"),
    offset(),
    moment("ended_at"),
    tree("what", list[str]),
    choice("ending", Literal["done", "left", "pain"]),
    Index(None, "person", "at"),
)

CHANGES = Table(
    "desk_changes",
    METADATA,
    key(),
    link("person", "people.id"),
    moment("at"),
    offset(),
    choice("to_position", Literal["standing", "sitting", "moved"]),
    words("by"),
    Index(None, "person", "at"),
)


def save_spells(c: Connection, person: str, spells: Iterable[SpellFact]) -> None:
    """Keep spells that have ended; one that goes on is left out."""
    put(c, SPELLS, [
        _row(person, "spell", s.began) | {"ended_at": s.ended, "sat_s": s.sat_s, "unseen_s": s.unseen_s, "why": s.why}
        for s in spells if s.why is not None
    ])  # fmt: skip


def load_spells(c: Connection, person: str, since: datetime | None = None) -> tuple[SpellFact, ...]:
    """Return somebody's spells, the oldest first."""
    return _load(
        c, SPELLS, (person, since),
        lambda r: SpellFact(told_at(r), _ended(r), r["sat_s"], r["unseen_s"], r["why"]),
    )  # fmt: skip


def save_owed(c: Connection, person: str, owed: Iterable[OwedFact]) -> None:
    """Keep what became of owed breaks."""
    put(c, OWED, [
        _row(person, "owed", o.at) | {"became": o.became, "offered": o.offered, "held": o.held} for o in owed
    ])  # fmt: skip


def load_owed(c: Connection, person: str, since: datetime | None = None) -> tuple[OwedFact, ...]:
    """Return what became of somebody's owed breaks, the oldest first."""
    return _load(c, OWED, (person, since), lambda r: OwedFact(told_at(r), r["became"], r["offered"], r["held"]))


def save_breaks(c: Connection, person: str, breaks: Iterable[BreakFact]) -> None:
    """Keep breaks that were begun."""
    put(c, BREAKS, [
        _row(person, "break", b.began) | {"ended_at": b.ended, "what": list(b.what), "ending": b.ending} for b in breaks
    ])  # fmt: skip


def load_breaks(c: Connection, person: str, since: datetime | None = None) -> tuple[BreakFact, ...]:
    """Return somebody's breaks, the oldest first."""
    return _load(c, BREAKS, (person, since), lambda r: BreakFact(told_at(r), _ended(r), tuple(r["what"]), r["ending"]))


def save_changes(c: Connection, person: str, changes: Iterable[ChangeFact]) -> None:
    """Keep changes of position."""
    put(c, CHANGES, [_row(person, "change", x.at) | {"to_position": x.to, "by": x.by} for x in changes])


def load_changes(c: Connection, person: str, since: datetime | None = None) -> tuple[ChangeFact, ...]:
    """Return somebody's changes of position, the oldest first."""
    return _load(c, CHANGES, (person, since), lambda r: ChangeFact(told_at(r), r["to_position"], r["by"]))


def _row(person: str, kind: str, at: datetime) -> dict[str, Any]:
    name = f"{person} {kind} {at.astimezone(UTC).isoformat()}"
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_OID, name)), "person": person} | kept_at(at)


def _ended(row: Mapping[str, Any]) -> datetime:
    """Return the end by the clock that the person had at the beginning."""
    ended: datetime = row["ended_at"]
    return ended.astimezone(timezone(timedelta(minutes=row["utc_offset_min"])))


def _load(
    c: Connection, table: Table, whose: tuple[str, datetime | None], value: Callable[[Mapping[str, Any]], _T]
) -> tuple[_T, ...]:
    person, since = whose
    found = select(table).where(table.c.person == person)
    if since is not None:
        found = found.where(table.c.at >= since)
    return tuple(value(row._asdict()) for row in c.execute(found.order_by(table.c.at, table.c.id)))
