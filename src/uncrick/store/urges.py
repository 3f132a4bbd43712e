"""Urges to pop, as they were logged, and what was offered instead."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Index, Table, select

from uncrick.care.urge import Swap, Urge
from uncrick.store.columns import METADATA, key, level, link, moment, offset, tree
from uncrick.store.moments import kept_at, told_at
from uncrick.store.rows import put

URGES = Table(
    "urges",
    METADATA,
    key(),
    link("person", "people.id"),
    moment("at"),
    offset(),
    level("urge", empty=False),
    level("stiffness", empty=False),
    level("after"),
    tree("swap", Swap),
    Index(None, "person", "at"),
)


NO_SWAP = Swap((), 0.0)


@dataclass(frozen=True, slots=True)
class KeptUrge:
    """One urge with the minute that was offered instead, an empty one where nothing was."""

    id: str
    urge: Urge
    swap: Swap = NO_SWAP


def save_urge(c: Connection, person: str, kept: KeptUrge) -> None:
    """Keep an urge, or how it was after the swap."""
    urge, swap = kept.urge, kept.swap
    row = {"id": kept.id, "person": person, "urge": urge.urge, "stiffness": urge.stiffness, "after": urge.after}
    offered = {"parts": [list(part) for part in swap.parts], "lasts_s": swap.lasts_s}
    put(c, URGES, [row | kept_at(urge.at) | {"swap": offered}])


def load_urges(c: Connection, person: str, since: datetime | None = None) -> tuple[KeptUrge, ...]:
    """Return somebody's urges, the oldest first."""
    found = select(URGES).where(URGES.c.person == person)
    if since is not None:
        found = found.where(URGES.c.at >= since)
    rows = (row._asdict() for row in c.execute(found.order_by(URGES.c.at, URGES.c.id)))
    return tuple(
        KeptUrge(
            row["id"],
            Urge(told_at(row), row["urge"], row["stiffness"], row["after"]),
            Swap(tuple((part[0], part[1]) for part in row["swap"]["parts"]), row["swap"]["lasts_s"]),
        )
        for row in rows
    )
