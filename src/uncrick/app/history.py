"""A person's history out of the records: the facts of the last weeks, or of everything by the week."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from uncrick.app.plans import plan_in_force, problems_of
from uncrick.care.urge import WEEKS
from uncrick.files.library import read_library
from uncrick.plan.past import night_of
from uncrick.report.history import History, history_of
from uncrick.report.past import Held, Holding, Hurt, Past, Popped, Rated, Stopped, Tried, bucket_of, told_by
from uncrick.store.database import Database
from uncrick.store.past import (
    Window,
    load_begun,
    load_first_day,
    load_held,
    load_hurts,
    load_popped,
    load_ratings,
    load_session_days,
    load_stopped,
    load_tried,
)
from uncrick.store.plans import KeptPlan, load_decisions, load_plans
from uncrick.store.urges import load_urges

USUAL_WEEKS: Final = 12
"""What a history shows unless more is asked for. Our default: about the time between two visits, by the day."""

HELD_DAYS: Final = 182
"""Holds and ranges are told of so many days at most, so that five years of them do not keep anybody waiting. Ours."""

MOST_WEEKS: Final = 600


def history(db: Database, person: str, last: date, weeks: int | None = USUAL_WEEKS) -> History:
    """Return the history of a person (their id) up to *last*. weeks : how many, None for all there is."""
    with db.reading() as c:
        first = last - timedelta(days=7 * min(weeks, MOST_WEEKS) - 1) if weeks else load_first_day(c, person) or last
        first = min(first, last)
        held_from = max(first, last - timedelta(days=HELD_DAYS - 1))
        past = _past(c, Window(person, first, last, told_by(first, last)), held_from)
    return history_of(past, read_library().measures, held_from)


def _past(c: Connection, window: Window, held_from: date) -> Past:
    days = load_session_days(c, window)
    sessions: dict[date, int] = {}
    for on, n in days:
        at = bucket_of(on, window.by)
        sessions[at] = sessions.get(at, 0) + n
    held = Window(window.person, held_from, window.last, window.by)
    urges_from = datetime.combine(window.last - timedelta(days=max(7 * WEEKS, 1)), time(), UTC)
    kept = load_plans(c, window.person)
    return Past(
        first=window.first,
        last=window.last,
        by=window.by,
        sessions=sessions,
        session_days=tuple(on for on, _ in days),
        rated=tuple(Rated(*row) for row in load_ratings(c, window)),
        tried=tuple(Tried(*row) for row in load_tried(c, window)),
        begun=load_begun(c, window),
        held=tuple(Held(*row) for row in load_held(c, held)),
        stopped=tuple(Stopped(*row) for row in load_stopped(c, window)),
        hurts=tuple(
            Hurt(on, exercise, level, place, tuple(kinds), action)
            for on, exercise, level, place, kinds, action in load_hurts(c, window)
        ),
        popped=tuple(Popped(*row) for row in load_popped(c, window)),
        urges=tuple(one.urge for one in load_urges(c, window.person, urges_from)),
        changes=tuple(
            (one.on_day, one.decision)
            for plan in reversed(kept)
            for one in load_decisions(c, plan.id, window.first, changes_only=True)
            if one.on_day <= window.last
        ),
        plans=tuple(_holding(one, window) for one in reversed(kept) if _holds_in(one, window) and not problems_of(one)),
    )


def _holds_in(kept: KeptPlan, window: Window) -> bool:
    ended = _day(kept.ended_at) if kept.ended_at else window.last
    return _day(kept.added_at) <= window.last and ended >= window.first


def _holding(kept: KeptPlan, window: Window) -> Holding:
    """Return a plan and its days; the day on which another took its place belongs to the other."""
    ended = _day(kept.ended_at) - timedelta(days=1) if kept.ended_at else window.last
    first = max(_day(kept.added_at), window.first)
    return Holding(plan_in_force(kept, "", first), first, min(ended, window.last))


def _day(at: datetime) -> date:
    return night_of(at.astimezone())
