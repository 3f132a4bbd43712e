"""The urge to pop: a minute of something else from one's own plan, and whether the urge fades over the weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal

SWAP_S = 60.0
"""How long the swap lasts. Source: ours; the article calls popping a habit that does not address the cause."""

WEEKS = 4
"""Weeks that a trend looks at. Our default."""

ENOUGH = 3
"""Urges that a week must have before its middle value says anything. Our default."""

Direction = Literal["fading", "growing", "steady", "too_little"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something from tonight's list that could be done now. lasts_s : of one repetition with its hold and way in.

    most_reps : as many as tonight's sheet asks, after whatever made it less; the minute never asks for more.
    """

    exercise: str
    lasts_s: float
    on_floor: bool
    needs_other: bool = False
    most_reps: int = 99


@dataclass(frozen=True, slots=True)
class Swap:
    """What to do instead for a minute: exercises with repetitions, in order."""

    parts: tuple[tuple[str, int], ...]
    lasts_s: float


@dataclass(frozen=True, slots=True)
class Urge:
    """One urge as it was logged, 0-10. after : the urge after the swap, None when it was not asked or not done."""

    at: datetime
    urge: int
    stiffness: int
    after: int | None = None


@dataclass(frozen=True, slots=True)
class UrgeWeek:
    """The urges of seven days. middle, middle_stiffness : medians, None where there are too few to say."""

    from_on: date
    n_urges: int
    middle: float | None
    middle_stiffness: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The last weeks, oldest first, and which way the urge goes. How often a joint pops is not in it, ever."""

    weeks: tuple[UrgeWeek, ...]
    direction: Direction


def choose_swap(offers: Sequence[Offer], swap_s: float = SWAP_S) -> Swap:
    """Fill about a minute from what tonight allows: in the chair or standing first, at most two different things.

    offers : only exercises that are allowed now. Returns an empty swap, to breathe and walk, where nothing fits.
    """
    fitting = [o for o in sorted(offers, key=lambda o: (o.needs_other, o.on_floor)) if 1 <= o.lasts_s <= swap_s]
    parts: list[tuple[str, int]] = []
    left_s = swap_s
    for offer in fitting[:2]:
        share_s = left_s if offer is fitting[:2][-1] else left_s / 2
        n_reps = min(max(1, int(share_s // offer.lasts_s)), offer.most_reps)
        if n_reps * offer.lasts_s <= left_s:
            parts.append((offer.exercise, n_reps))
            left_s -= n_reps * offer.lasts_s
    return Swap(tuple(parts), swap_s - left_s)


def trend(urges: Iterable[Urge], today: date, n_weeks: int = WEEKS) -> Trend:
    """Return the urges of the *n_weeks* weeks that end *today*.

    Direction: the last week's median against the first week's that has enough; a difference under one point is steady.
    """
    logged = list(urges)
    first = today - timedelta(days=7 * n_weeks - 1)
    weeks = tuple(_week(logged, first + timedelta(days=7 * i)) for i in range(n_weeks))
    known = [w.middle for w in weeks if w.middle is not None]
    if len(known) < 2 or weeks[-1].middle is None:
        return Trend(weeks, "too_little")
    change = known[-1] - known[0]
    return Trend(weeks, "steady" if abs(change) < 1 else "fading" if change < 0 else "growing")


def _week(urges: Iterable[Urge], from_on: date) -> UrgeWeek:
    here = [u for u in urges if 0 <= (u.at.date() - from_on).days < 7]
    enough = len(here) >= ENOUGH
    return UrgeWeek(
        from_on,
        len(here),
        float(median(u.urge for u in here)) if enough else None,
        float(median(u.stiffness for u in here)) if enough else None,
    )
