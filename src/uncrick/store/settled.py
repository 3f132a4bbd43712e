"""Sessions that an evening has been decided from for good, and the days that evenings are counted by."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, Index, Table, select

from uncrick.coach.record import SessionRecord
from uncrick.store.columns import METADATA, link
from uncrick.store.plans import DECISIONS, PLANS
from uncrick.store.rows import put
from uncrick.store.sessions import SESSIONS, STOPS, sessions_of

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


def load_starts(c: Connection, person: str, *, stopped: bool = False) -> tuple[tuple[datetime, int], ...]:
    """Return when somebody's sessions began, with their offset from UTC in minutes; or only those with a stop."""
    columns = SESSIONS.c
    found = select(columns.started_at, columns.utc_offset_min).where(columns.person == person)
    if stopped:
        found = found.where(columns.id.in_(select(STOPS.c.session)) | columns.ending.not_in(("", "done")))
    else:
        found = found.where(columns.kind == "session")
    return tuple((at, offset_min) for at, offset_min in c.execute(found))


def load_decided_days(c: Connection, person: str, rules: Iterable[str]) -> frozenset[date]:
    """Return the days on which any of *rules* decided something about somebody's plans."""
    plans = select(PLANS.c.id).where(PLANS.c.person == person)
    found = select(DECISIONS.c.on_day).where(DECISIONS.c.plan.in_(plans), DECISIONS.c.rule.in_(tuple(rules)))
    return frozenset(c.execute(found.distinct()).scalars())
