"""Every rating of pain: before a session, when it hurt, after it, the next morning, at rest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Index, Table, select

from uncrick.care.pain import Moment, PainRecord
from uncrick.store.columns import METADATA, choice, day, key, level, link, loose_link, moment, offset, tree, words
from uncrick.store.moments import kept_at, told
from uncrick.store.rows import put, row_of

PAINS = Table(
    "pains",
    METADATA,
    key(),
    link("person", "people.id"),
    loose_link("session", "sessions.id"),
    moment("at"),
    offset(),
    day("on_day"),
    choice("moment", Moment),
    level("level"),
    words("place"),
    tree("kinds", tuple[str, ...]),
    words("action"),
    words("rule"),
    Index(None, "person", "on_day"),
    Index(None, "session"),
)


def save_pain(c: Connection, person: str, pain: PainRecord) -> None:
    """Keep one rating; saved again with the same id it is the same rating."""
    put(c, PAINS, [row_of(PAINS, pain) | kept_at(pain.at) | {"person": person, "kinds": list(pain.kinds)}])


def load_pains(c: Connection, person: str, since: date | None = None) -> tuple[PainRecord, ...]:
    """Return somebody's ratings, the oldest first. since : the first day that counts."""
    found = select(PAINS).where(PAINS.c.person == person)
    if since is not None:
        found = found.where(PAINS.c.on_day >= since)
    rows = c.execute(found.order_by(PAINS.c.on_day, PAINS.c.at, PAINS.c.id)).all()
    return tuple(_pain(row) for row in rows)


def _pain(row: Sequence[Any]) -> PainRecord:
    id_, _, session, at, utc_offset_min, on_day, when, level_, place, kinds, action, rule = row
    at = told(at, utc_offset_min)
    return PainRecord(id_, at, on_day, when, level_, session, place, tuple(kinds), action, rule)
