"""The past as sums by day or week, counted where it lies: years of holds never leave the database one by one."""

from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from uncrick.store.pain import PAINS
from uncrick.store.sessions import HOLDS, HURTS, POPS, SESSIONS, SETS, STOPS

By = Literal["day", "week"]


class Window:
    """Whose past, from which day to which, and by the day or the week."""

    def __init__(self, person: str, first: date, last: date, by: By) -> None:
        self.person = person
        self.first = first
        self.last = last
        self.by = by

    def sessions(self, breaks: bool = True) -> ColumnElement[bool]:
        """Return which sessions count: neither running ones nor the minute instead of a pop. breaks : those as well."""
        s = SESSIONS.c
        whose = (s.person == self.person) & s.on_day.between(self.first, self.last) & (s.state != "running")
        return whose & (s.kind.in_(("session", "break")) if breaks else s.kind == "session")

    def bucket(self, c: Connection, on_day: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the day as it is kept, or the Monday of its week."""
        if self.by == "day":
            return on_day
        if c.dialect.name == "sqlite":
            return type_coerce(func.date(on_day, "weekday 0", "-6 days"), Date)
        return cast(func.date_trunc("week", on_day), Date)


def load_session_days(c: Connection, window: Window) -> tuple[tuple[date, int], ...]:
    """Return each day with a session, and how many it had."""
    on = SESSIONS.c.on_day
    found = select(on, func.count()).where(window.sessions(breaks=False)).group_by(on).order_by(on)
    return tuple((row[0], row[1]) for row in c.execute(found))


def load_ratings(c: Connection, window: Window) -> tuple[tuple[Any, ...], ...]:
    """Return how often pain was rated before, after and the next morning: bucket, moment, n, sum, least, greatest.

    A session's own two ratings and those that stand alone are both counted, each once.
    """
    alone = select(PAINS.c.on_day, PAINS.c.moment, PAINS.c.level).where(
        (PAINS.c.person == window.person)
        & PAINS.c.on_day.between(window.first, window.last)
        & PAINS.c.level.is_not(None)
        & (
            PAINS.c.moment.in_(("next_morning",))
            | (PAINS.c.moment.in_(("before", "after")) & PAINS.c.session.is_(None))
        )
    )
    own = [
        select(SESSIONS.c.on_day, literal(moment), column).where(window.sessions(breaks=False) & column.is_not(None))
        for moment, column in (("before", SESSIONS.c.pain_before), ("after", SESSIONS.c.pain_after))
    ]
    every = union_all(alone, *own).subquery()
    on, moment, level = every.c[0], every.c[1], every.c[2]
    at = window.bucket(c, on)
    found = select(at, moment, func.count(), func.sum(level), func.min(level), func.max(level))
    return _rows(c, found.group_by(at, moment).order_by(at, moment))


def load_tried(c: Connection, window: Window) -> tuple[tuple[Any, ...], ...]:
    """Return the sets: exercise, outcome, reason, how many, repetitions asked and done, how many made easier."""
    sets = SETS.c
    keys = (sets.exercise, sets.outcome, sets.reason)
    easier = func.sum(case((sets.easier, 1), else_=0))
    found = select(*keys, func.count(), func.sum(sets.n_asked), func.sum(sets.n_done), easier)
    found = found.join(SESSIONS, SESSIONS.c.id == sets.session).where(window.sessions())
    return _rows(c, found.group_by(*keys).order_by(*keys))


def load_begun(c: Connection, window: Window) -> dict[str, int]:
    """Return on how many days each exercise was begun."""
    found = select(SETS.c.exercise, func.count(SESSIONS.c.on_day.distinct()))
    found = found.join(SESSIONS, SESSIONS.c.id == SETS.c.session).where(window.sessions()).group_by(SETS.c.exercise)
    return {row[0]: row[1] for row in c.execute(found)}


def load_held(c: Connection, window: Window) -> tuple[tuple[Any, ...], ...]:
    """Return the holds: bucket, exercise, side, seen, measure, unit, how many, seconds held and asked, their peaks."""
    at, holds = window.bucket(c, SESSIONS.c.on_day), HOLDS.c
    keys = (at, SETS.c.exercise, holds.side, holds.seen, holds.measure, holds.unit)
    peaks = (func.count(holds.peak), func.sum(holds.peak), func.min(holds.peak), func.max(holds.peak))
    found = select(*keys, func.count(), func.sum(holds.hold_s), func.sum(holds.asked_s), *peaks)
    found = found.select_from(HOLDS).join(SESSIONS, SESSIONS.c.id == holds.session)
    found = found.join(SETS, (SETS.c.session == holds.session) & (SETS.c.n == holds.set_n)).where(window.sessions())
    return _rows(c, found.group_by(*keys).order_by(*keys))


def load_stopped(c: Connection, window: Window) -> tuple[tuple[Any, ...], ...]:
    """Return every stop: day, exercise, reason, side, source."""
    s = STOPS.c
    found = select(SESSIONS.c.on_day, s.exercise, s.reason, s.side, s.source)
    found = found.join(SESSIONS, SESSIONS.c.id == s.session).where(window.sessions())
    return _rows(c, found.order_by(SESSIONS.c.on_day, SESSIONS.c.started_at, s.n))


def load_hurts(c: Connection, window: Window) -> tuple[tuple[Any, ...], ...]:
    """Return every pain during a session: day, exercise, level, place, kinds, action."""
    h = HURTS.c
    found = select(SESSIONS.c.on_day, h.exercise, h.level, h.place, h.kinds, h.action)
    found = found.join(SESSIONS, SESSIONS.c.id == h.session).where(window.sessions())
    return _rows(c, found.order_by(SESSIONS.c.on_day, SESSIONS.c.started_at, h.n))


def load_popped(c: Connection, window: Window) -> tuple[tuple[Any, ...], ...]:
    """Return every pop that was the person's back: day, exercise, whether it hurt."""
    p = POPS.c
    found = select(SESSIONS.c.on_day, p.exercise, p.hurt)
    found = found.join(SESSIONS, SESSIONS.c.id == p.session).where(window.sessions())
    return _rows(c, found.order_by(SESSIONS.c.on_day, SESSIONS.c.started_at, p.n))


def load_first_day(c: Connection, person: str) -> date | None:
    """Return the first day with a session or a rating, None where there is neither."""
    days = [
        c.execute(select(func.min(table.c.on_day)).where(table.c.person == person)).scalar()
        for table in (SESSIONS, PAINS)
    ]
    return min((day for day in days if day is not None), default=None)


def _rows(c: Connection, found: Select[Any]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in c.execute(found))
