"""The history of a person as facts: pain with its missing days, ranges, holds, what was asked and done, stops.

No score, no streak, no verdict: every number is a count, a sum or a reading that was kept, and where there are too few
to say anything, that is what is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from uncrick.care.urge import Trend, trend
from uncrick.motion.measure import Measure
from uncrick.plan.record import Amount, is_asked_on
from uncrick.report.past import By, Held, Holding, Hurt, Past, Popped, Rating, Stopped, bucket_of, buckets

ENOUGH: Final = 3
"""Readings of one kind below which nothing is drawn: two points make a line whatever happened. Our default."""

RATINGS: Final[tuple[Rating, ...]] = ("before", "after", "next_morning")
DONE: Final = "done"


class Point(NamedTuple):
    """One day or week: readings and how many there could have been; mean and ends, None where there was no reading."""

    on: date
    n: int
    n_asked: int
    mean: float | None
    least: float | None
    greatest: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Readings of one kind over time. key : names the kind. error : of one reading, 0 for what somebody rated."""

    key: str
    unit: str
    error: float
    points: tuple[Point, ...]

    @property
    def n(self) -> int:
        """Return how many readings there are."""
        return sum(p.n for p in self.points)

    @property
    def n_missing(self) -> int:
        """Return how many readings there could have been, but are not."""
        return sum(max(p.n_asked - p.n, 0) for p in self.points)

    @property
    def is_enough(self) -> bool:
        """Whether anything can be said of it."""
        return sum(p.n > 0 for p in self.points) >= ENOUGH


@dataclass(frozen=True, slots=True)
class RangeFact:
    """How far an exercise's holds went, as the camera read them, by side. says : what the measure is."""

    exercise: str
    measure: str
    says: str
    unit: str
    error: float
    sides: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class HoldFact:
    """Holds of one exercise. n_seen, n_told : by a camera, and by the clock alone; mean_s None where there is none."""

    exercise: str
    n_seen: int
    seen_mean_s: float | None
    n_told: int
    told_mean_s: float | None
    asked_mean_s: float | None


@dataclass(frozen=True, slots=True)
class DoneFact:
    """What was asked and done of one exercise.

    n_days_asked : days on which a plan asked for it, None where no plan did. n_days : days on which it was begun.
    sets and repetitions : of all its sets. ends : how often its sets came to each end but done, with the reason.
    """

    exercise: str
    n_days_asked: int | None
    n_days: int
    n_sets: int
    n_sets_done: int
    n_asked: int
    n_done: int
    n_easier: int
    ends: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A change of dose. on : the day it was decided. before, after : amounts. rule, inputs : why."""

    on: date
    exercise: str
    change: str
    before: Amount
    after: Amount
    rule: str
    inputs: tuple[tuple[str, float | str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """All facts from *first* to *last*, by the day or the week. n_days : days with a session. n_sessions : of all.

    sessions : sessions by day or week, as a series of its own. held_from : from when holds and ranges are told.
    """

    first: date
    last: date
    by: By
    n_sessions: int
    n_days: int
    sessions: Series
    pain: tuple[Series, ...]
    ranges: tuple[RangeFact, ...]
    holds: tuple[HoldFact, ...]
    held_from: date
    done: tuple[DoneFact, ...]
    stops: tuple[Stopped, ...]
    hurts: tuple[Hurt, ...]
    pops: tuple[Popped, ...]
    urges: Trend
    n_urges: int
    changes: tuple[ChangeFact, ...]


def history_of(past: Past, measures: Mapping[str, Measure], held_from: date | None = None) -> History:
    """Return the facts of *past*. measures : by name, for their errors. held_from : first day of its holds."""
    every = buckets(past.first, past.last, past.by)
    return History(
        first=past.first,
        last=past.last,
        by=past.by,
        n_sessions=sum(past.sessions.values()),
        n_days=len(past.session_days),
        sessions=Series("sessions", "n", 0.0, tuple(_count(on, past.sessions.get(on, 0)) for on in every)),
        pain=tuple(_pain(past, moment, every) for moment in RATINGS),
        ranges=tuple(_ranges(past, measures, every)),
        holds=tuple(_holds(past)),
        held_from=held_from or past.first,
        done=tuple(_done(past)),
        stops=past.stopped,
        hurts=past.hurts,
        pops=past.popped,
        urges=trend(past.urges, past.last),
        n_urges=len(past.urges),
        changes=tuple(
            ChangeFact(on, d.after.exercise, d.change, d.before, d.after, d.rule, d.inputs) for on, d in past.changes
        ),
    )


def weekly(series: Series) -> Series:
    """Return a series of days by the week, each week with all of its readings; one of weeks stays as it is."""
    weeks: dict[date, list[Point]] = {}
    for p in series.points:
        weeks.setdefault(bucket_of(p.on, "week"), []).append(p)
    return replace(series, points=tuple(_week(on, points) for on, points in weeks.items()))


def _week(on: date, points: list[Point]) -> Point:
    n, n_asked = sum(p.n for p in points), sum(p.n_asked for p in points)
    if not n:
        return Point(on, 0, n_asked, None, None, None)
    mean = sum(p.n * (p.mean or 0.0) for p in points) / n
    least = min(p.least for p in points if p.least is not None)
    return Point(on, n, n_asked, mean, least, max(p.greatest for p in points if p.greatest is not None))


def _count(on: date, n: int) -> Point:
    return Point(on, n, n, float(n), float(n), float(n))


def _pain(past: Past, moment: Rating, every: Iterable[date]) -> Series:
    """Return the ratings of one kind, with the days on which there could have been one.

    Before and after belong to each session; the next morning to the day after each day with a session.
    """
    asked: dict[date, int] = {}
    if moment == "next_morning":
        for day in past.session_days:
            if day + timedelta(days=1) <= past.last:
                on = bucket_of(day + timedelta(days=1), past.by)
                asked[on] = asked.get(on, 0) + 1
    else:
        asked = dict(past.sessions)
    rated = {r.on: r for r in past.rated if r.moment == moment}
    points = []
    for on in every:
        r = rated.get(on)
        if r is None:
            points.append(Point(on, 0, asked.get(on, 0), None, None, None))
        else:
            points.append(Point(on, r.n, max(asked.get(on, 0), r.n), r.total / r.n, r.least, r.greatest))
    return Series(moment, "n", 0.0, tuple(points))


def _ranges(past: Past, measures: Mapping[str, Measure], every: tuple[date, ...]) -> Iterable[RangeFact]:
    """Yield how far each exercise's holds went: only what a camera read counts."""
    seen = [h for h in past.held if h.n_peaks and h.measure]
    for exercise, name in dict.fromkeys((h.exercise, h.measure) for h in seen):
        here = [h for h in seen if (h.exercise, h.measure) == (exercise, name)]
        measure = measures.get(name)
        error = measure.error if measure else 0.0
        sides = tuple(
            Series(side, here[0].unit, error, _peaks([h for h in here if h.side == side], every))
            for side in dict.fromkeys(h.side for h in here)
        )
        yield RangeFact(exercise, name, measure.says if measure else name, here[0].unit, error, sides)


def _peaks(held: Iterable[Held], every: tuple[date, ...]) -> tuple[Point, ...]:
    found: dict[date, Point] = {}
    for h in held:
        if h.total is None or h.least is None or h.greatest is None:
            continue
        before = found.get(h.on)
        n = h.n_peaks + (before.n if before else 0)
        total = h.total + (before.n * (before.mean or 0.0) if before else 0.0)
        least = min(h.least, before.least) if before and before.least is not None else h.least
        greatest = max(h.greatest, before.greatest) if before and before.greatest is not None else h.greatest
        found[h.on] = Point(h.on, n, n, total / n, least, greatest)
    return tuple(found.get(on, Point(on, 0, 0, None, None, None)) for on in every)


def _holds(past: Past) -> Iterable[HoldFact]:
    for exercise in dict.fromkeys(h.exercise for h in past.held):
        here = [h for h in past.held if h.exercise == exercise]
        seen, told = [h for h in here if h.seen], [h for h in here if not h.seen]
        n_seen, n_told = sum(h.n for h in seen), sum(h.n for h in told)
        yield HoldFact(
            exercise,
            n_seen,
            sum(h.hold_s for h in seen) / n_seen if n_seen else None,
            n_told,
            sum(h.hold_s for h in told) / n_told if n_told else None,
            sum(h.asked_s for h in here) / (n_seen + n_told) if here else None,
        )


def _done(past: Past) -> Iterable[DoneFact]:
    """Yield what was asked and done, exercises of the plan first, in its order."""
    asked = asked_days(past.plans)
    for exercise in dict.fromkeys((*asked, *(t.exercise for t in past.tried))):
        here = [t for t in past.tried if t.exercise == exercise]
        ends: dict[tuple[str, str], int] = {}
        for t in here:
            if t.outcome != DONE:
                ends[t.outcome, t.reason] = ends.get((t.outcome, t.reason), 0) + t.n
        yield DoneFact(
            exercise,
            len(asked[exercise]) if exercise in asked else None,
            past.begun.get(exercise, 0),
            sum(t.n for t in here),
            sum(t.n for t in here if t.outcome == DONE),
            sum(t.n_asked for t in here),
            sum(t.n_done for t in here),
            sum(t.n_easier for t in here),
            tuple(sorted((outcome, reason, n) for (outcome, reason), n in ends.items())),
        )


def asked_days(plans: Iterable[Holding]) -> dict[str, frozenset[date]]:
    """Return the days on which the plans asked for each exercise, as the plans were written."""
    found: dict[str, set[date]] = {}
    for plan, first, last in plans:
        begin = max(first, plan.from_on)
        end = min(last, plan.until) if plan.until else last
        for i in range((end - begin).days + 1):
            on = begin + timedelta(days=i)
            for p in plan.prescriptions:
                if is_asked_on(p, on):
                    found.setdefault(p.amount.exercise, set()).add(on)
    return {exercise: frozenset(days) for exercise, days in found.items()}
