"""Sessions that an evening has been decided from for good, and the days that evenings are counted by."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Connection, Index, Integer, Select, Table, Text, bindparam, case, cast, func, select

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

    turns_h : the hour until which the night belongs to the day before. The database works out the hour and gives all
    days in one row: over years, that is much quicker than a row a day.
    """
    late, early = c.execute(_nights(turns_h, stopped), {"of": person}).one()
    return frozenset(_days(late)) | frozenset(on - ONE_DAY for on in _days(early))


@cache
def _nights(turns_h: int, stopped: bool) -> Select[str, str]:
    """Return the question for the days of late and of early sessions of the person ``of``."""
    columns = SESSIONS.c
    written = cast(columns.started_at, Text)  # 2026-11-28 19:00:00, in UTC on both databases
    hour, minute = (cast(func.substr(written, at, 2), Integer) for at in (12, 15))
    is_early = (60 * hour + minute + columns.utc_offset_min + 2 * 1440) % 1440 < 60 * turns_h
    on_day = cast(columns.on_day, Text)
    late, early = (func.aggregate_strings(case((is_early == early, on_day)), ",") for early in (False, True))
    found = select(late, early).where(columns.person == bindparam("of"))
    if stopped:
        return found.where(columns.id.in_(select(STOPS.c.session)) | columns.ending.not_in(("", "done")))
    return found.where(columns.kind == "session")


def _days(listed: str | None) -> Iterable[date]:
    return map(date.fromisoformat, listed.split(",")) if listed else ()


def load_decided_days(c: Connection, person: str, rules: Iterable[str]) -> frozenset[date]:
    """Return the days on which any of *rules* decided something about somebody's plans."""
    plans = select(PLANS.c.id).where(PLANS.c.person == person)
    found = select(DECISIONS.c.on_day).where(DECISIONS.c.plan.in_(plans), DECISIONS.c.rule.in_(tuple(rules)))
    return frozenset(c.execute(found.distinct()).scalars())
