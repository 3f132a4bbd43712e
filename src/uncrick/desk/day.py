"""A day at the desk as facts: when one sat, what became of owed breaks, how often the position changed. No score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles
from typing import Final, Literal

from uncrick.desk.found import (
    TAKEN,
    Became,
    BreakDone,
    BreakResolved,
    Found,
    Held,
    Nudged,
    PositionChanged,
    SpellEnded,
    Why,
)

ENOUGH_DAYS: Final = 5
"""Days of each kind that a comparison needs before it says anything. Our default."""

LEAST_S: Final = 60.0
"""Spells shorter than this are not drawn or counted. Our default."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something found. now_s, at : when it was found, on both clocks, so that its times can be told by the wall."""

    found: Found
    now_s: float
    at: datetime

    def local(self, t_s: float) -> datetime:
        """Return the wall clock at *t_s*, as it was set when this was found."""
        return self.at - timedelta(seconds=self.now_s - t_s)


@dataclass(frozen=True, slots=True)
class SpellFact:
    """One spell of sitting. unseen_s : timed without being seen. why : what ended it, None while it goes on."""

    began: datetime
    ended: datetime
    sat_s: float
    unseen_s: float
    why: Why | None


@dataclass(frozen=True, slots=True)
class OwedFact:
    """What became of an owed break, and what had kept it back."""

    at: datetime
    became: Became
    offered: bool
    held: Held | Literal[""]


@dataclass(frozen=True, slots=True)
class BreakFact:
    """A break that was begun."""

    began: datetime
    ended: datetime
    what: tuple[str, ...]
    ending: Literal["done", "left", "pain"]


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A change of position, and who says so."""

    at: datetime
    to: Literal["standing", "sitting", "moved"]
    by: str


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One date. n_shown : nudges shown."""

    on: date
    spells: tuple[SpellFact, ...] = ()
    owed: tuple[OwedFact, ...] = ()
    breaks: tuple[BreakFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    n_shown: int = 0

    @property
    def sat_s(self) -> float:
        """Time seen sitting, s."""
        return sum(s.sat_s for s in self.spells)

    @property
    def unseen_s(self) -> float:
        """Time timed without being seen, s."""
        return sum(s.unseen_s for s in self.spells)

    @property
    def longest_s(self) -> float:
        """The longest spell, timed parts included, s; 0 without any."""
        return max((s.sat_s + s.unseen_s for s in self.spells), default=0.0)

    @property
    def n_taken(self) -> int:
        """Owed breaks that were taken, and breaks done that nobody owed."""
        taken = sum(o.became in TAKEN for o in self.owed)
        done = sum(b.ending == "done" for b in self.breaks)
        return taken + max(done - sum(o.became == "done" for o in self.owed), 0)

    @property
    def n_skipped(self) -> int:
        """Owed breaks that were not taken, whatever the reason."""
        return sum(o.became not in TAKEN for o in self.owed)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything found, as facts by the wall clock, spells whole."""

    spells: tuple[SpellFact, ...]
    owed: tuple[OwedFact, ...]
    breaks: tuple[BreakFact, ...]
    changes: tuple[ChangeFact, ...]
    shown: tuple[datetime, ...]


def parts_of(facts: Iterable[Fact]) -> Parts:
    """Return what was found as facts by the wall clock."""
    spells: list[SpellFact] = []
    owed: list[OwedFact] = []
    breaks: list[BreakFact] = []
    changes: list[ChangeFact] = []
    shown: list[datetime] = []
    for fact in facts:
        match fact.found:
            case SpellEnded() as s:
                spells.append(SpellFact(fact.local(s.began_s), fact.local(s.t_s), s.sat_s, s.unknown_s, s.why))
            case BreakResolved() as r:
                owed.append(OwedFact(fact.local(r.t_s), r.became, r.offered, r.held))
            case BreakDone() as b:
                breaks.append(BreakFact(fact.local(b.began_s), fact.local(b.t_s), b.what, b.ending))
            case PositionChanged() as p:
                changes.append(ChangeFact(fact.local(p.t_s), p.to, p.by))
            case Nudged(phase="small") as n:
                shown.append(fact.local(n.t_s))
            case _:
                pass
    return Parts(tuple(spells), tuple(owed), tuple(breaks), tuple(changes), tuple(shown))


def day_of(on: date, facts: Iterable[Fact], sitting: SpellFact | None = None) -> DayFacts:
    """Return the facts of the date *on*. sitting : the spell that goes on now, if any.

    A spell across midnight is shared out between both dates by the time it has in each.
    """
    parts = parts_of(facts)
    whole = (*parts.spells, sitting) if sitting is not None else parts.spells
    spells = [part for spell in whole for part in _within(spell, on) if part.sat_s + part.unseen_s >= LEAST_S]
    return DayFacts(
        on,
        tuple(sorted(spells, key=lambda s: s.began)),
        tuple(o for o in parts.owed if o.at.date() == on),
        tuple(b for b in parts.breaks if b.ended.date() == on),
        tuple(c for c in parts.changes if c.at.date() == on),
        sum(at.date() == on for at in parts.shown),
    )


def _within(spell: SpellFact, on: date) -> list[SpellFact]:
    """Return the part of a spell that lies on a date, none or one."""
    zone = spell.began.tzinfo
    first, last = datetime.combine(on, time(), zone), datetime.combine(on + timedelta(days=1), time(), zone)
    began, ended = max(spell.began, first), min(spell.ended, last)
    whole_s = (spell.ended - spell.began).total_seconds()
    if began >= ended or whole_s <= 0:
        return []
    share = (ended - began).total_seconds() / whole_s
    why = spell.why if ended == spell.ended else None
    return [SpellFact(began, ended, spell.sat_s * share, spell.unseen_s * share, why)]


@dataclass(frozen=True, slots=True)
class Rated:
    """What the person noted on a date: the mean of its urges to pop and of its stiffness, 0-10; None when not noted."""

    on: date
    urge: float | None
    stiffness: float | None


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a comparison. middle, low, high : median and quartiles."""

    n_days: int
    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Days whose longest spell was short against days whose longest was long. split_s : what parts them.

    Both None where there is too little data to say. clear : whether the middle halves do not overlap; it is no cause.
    """

    what: Literal["urge", "stiffness"]
    split_s: float
    short: Side | None
    long: Side | None
    n_days: int

    @property
    def clear(self) -> bool:
        """Whether the middle halves of both lie apart."""
        return bool(self.short and self.long and (self.short.high < self.long.low or self.long.high < self.short.low))


def compare(days: Sequence[DayFacts], rated: Iterable[Rated], what: Literal["urge", "stiffness"]) -> Compared:
    """Return how what the person noted differs between days of short and of long spells, split at the own median."""
    by_day = {d.on: d.longest_s for d in days if d.spells}
    pairs: list[tuple[float, float]] = []
    for r in rated:
        value = r.urge if what == "urge" else r.stiffness
        if value is not None and r.on in by_day:
            pairs.append((by_day[r.on], value))
    if len(pairs) < 2 * ENOUGH_DAYS:
        return Compared(what, 0.0, None, None, len(pairs))
    split_s = median(longest for longest, _ in pairs)
    short = [value for longest, value in pairs if longest <= split_s]
    long = [value for longest, value in pairs if longest > split_s]
    if min(len(short), len(long)) < ENOUGH_DAYS:
        return Compared(what, split_s, None, None, len(pairs))
    return Compared(what, split_s, _side(short), _side(long), len(pairs))


def _side(values: list[float]) -> Side:
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return Side(len(values), middle, low, high)
