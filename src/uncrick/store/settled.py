"""Sessions that an evening has been decided from for good, and the days that evenings are counted by."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection, Index, Table, extract, select

from uncrick.coach.record import SessionRecord
from uncrick.store.columns import METADATA, link
from uncrick.store.plans import DECISIONS, PLANS
from uncrick.store.rows import put
from uncrick.store.sessions import SESSIONS, STOPS, sessions_of

ONE_DAY = timedelta(days=1)

SETTLED = Table(
    "settled",
    METADATA,
    link("session", "sessions.id", in_key=True),
    link("plan", "plans.id"),
    Index(None, "plan"),
)
"""By session and not by day, because days repeat and are passed over when clocks and time zones change."""


def save_settled(c: Connection, plan: str, sessions: Iterable[str]) -> None:
    """Keep that *sessions* (ids) of a plan have been decided from. plan : the id it is kept under."""
    put(c, SETTLED, [{"session": session, "plan": plan} for session in sessions])


def load_pending(c: Connection, plan: str) -> tuple[SessionRecord, ...]:
    """Return the sessions of a plan that nothing was decided from for good yet, the oldest first."""
    settled = select(SETTLED.c.session).where(SETTLED.c.plan == plan)
    found = select(SESSIONS).where(SESSIONS.c.plan == plan, SESSIONS.c.id.not_in(settled))
    return sessions_of(c, found.order_by(SESSIONS.c.on_day, SESSIONS.c.started_at, SESSIONS.c.id))


def load_nights(c: Connection, person: str, turns_h: int, *, stopped: bool = False) -> frozenset[date]:
    """Return the evenings of somebody's sessions, by the clock they had then; or only of those with a stop.

    turns_h : the hour until which the night belongs to the day before. The database works out the hour: over years
    that is quicker than to read every moment here.
    """
    columns = SESSIONS.c
    utc_min = 60 * extract("hour", columns.started_at) + extract("minute", columns.started_at)
    is_early = (utc_min + columns.utc_offset_min + 2 * 1440) % 1440 < 60 * turns_h
    found = select(columns.on_day, is_early).where(columns.person == person).distinct()
    if stopped:
        found = found.where(columns.id.in_(select(STOPS.c.session)) | columns.ending.not_in(("", "done")))
    else:
        found = found.where(columns.kind == "session")
    return frozenset(on - ONE_DAY if early else on for on, early in c.execute(found).all())


def load_decided_days(c: Connection, person: str, rules: Iterable[str]) -> frozenset[date]:
    """Return the days on which any of *rules* decided something about somebody's plans."""
    plans = select(PLANS.c.id).where(PLANS.c.person == person)
    found = select(DECISIONS.c.on_day).where(DECISIONS.c.plan.in_(plans), DECISIONS.c.rule.in_(tuple(rules)))
    return frozenset(c.execute(found.distinct()).scalars())
