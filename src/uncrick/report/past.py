"""What lies behind a person, as rows of plain facts by day or week: what a history is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from uncrick.care.urge import Urge
from uncrick.plan.progress import Decision
from uncrick.plan.record import Plan

By = Literal["day", "week"]
Rating = Literal["before", "after", "next_morning"]

DAYS_BY_DAY: Final = 92
"""A longer time is told by the week. Our default: three months of single days still fit a page."""


class Rated(NamedTuple):
    """Ratings of pain of one kind on one day or in one week (*on* is its Monday): how many, their sum, their ends."""

    on: date
    moment: Rating
    n: int
    total: float
    least: float
    greatest: float


class Tried(NamedTuple):
    """Sets of one exercise that came to the same end. n : sets. asked, done : repetitions."""

    exercise: str
    outcome: str
    reason: str
    n: int
    n_asked: int
    n_done: int
    n_easier: int


class Held(NamedTuple):
    """Holds of one exercise to one side. n : holds. hold_s, asked_s : sums, s. seen : by a camera, else by the clock.

    n_peaks, total, least, greatest : of the deepest values of *measure* in *unit*; None where no camera saw them.
    """

    on: date
    exercise: str
    side: str
    seen: bool
    measure: str
    unit: str
    n: int
    hold_s: float
    asked_s: float
    n_peaks: int
    total: float | None
    least: float | None
    greatest: float | None


class Stopped(NamedTuple):
    """One stop, its reason as a key of words, and whether the camera or the person raised it."""

    on: date
    exercise: str
    reason: str
    side: str
    source: str


class Hurt(NamedTuple):
    """Pain during a session, as it was answered."""

    on: date
    exercise: str
    level: int | None
    place: str
    kinds: tuple[str, ...]
    action: str


class Popped(NamedTuple):
    """A pop that was the person's back, and whether it hurt."""

    on: date
    exercise: str
    hurt: bool


class Holding(NamedTuple):
    """A plan and the days on which it held."""

    plan: Plan
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Past:
    """All of it from *first* to *last*. sessions : by day or week, how many sessions.

    session_days : days with a session, of which the next morning could be rated. begun : on how many days an exercise
    was begun. Breaks at the desk count as tried and held, not as sessions.
    """

    first: date
    last: date
    by: By
    sessions: Mapping[date, int]
    session_days: tuple[date, ...]
    rated: tuple[Rated, ...] = ()
    tried: tuple[Tried, ...] = ()
    begun: Mapping[str, int] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    hurts: tuple[Hurt, ...] = ()
    popped: tuple[Popped, ...] = ()
    urges: tuple[Urge, ...] = ()
    changes: tuple[tuple[date, Decision], ...] = ()
    plans: tuple[Holding, ...] = ()


def told_by(first: date, last: date) -> By:
    """Return whether a stretch of time is told by the day or by the week."""
    return "day" if (last - first).days < DAYS_BY_DAY else "week"


def bucket_of(on: date, by: By) -> date:
    """Return the day, or the Monday of its week."""
    return on if by == "day" else on - timedelta(days=on.weekday())


def buckets(first: date, last: date, by: By) -> tuple[date, ...]:
    """Return every day, or every week's Monday, from *first* to *last*."""
    at, step = bucket_of(first, by), 1 if by == "day" else 7
    return tuple(at + timedelta(days=i) for i in range(0, (last - at).days + 1, step))
