"""The desk's pictures: a day as a band of time with spells, breaks and changes of position, for a template to draw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from uncrick.app.desk_words import BECAME, ENDED_BY, HELD
from uncrick.desk.day import DayFacts
from uncrick.desk.found import TAKEN

WIDTH: Final = 1000.0
"""Length of a band in the drawing's own units; it is stretched to the page."""

USUAL: Final = (8, 18)
"""Hours that a band shows at least; more when something lies outside. Our default."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a band. kind : "seen" or "timed"."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a band. kind : "taken", "skipped" or "changed"."""

    x: float
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table beside a band."""

    start: str
    end: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Band:
    """A day drawn. says : the day in one sentence, which is all that the picture shows. hours : where and which."""

    on: date
    name: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    hours: tuple[int, ...]
    says: str
    rows: tuple[Row, ...]
    day: DayFacts


def bands_of(days: Sequence[DayFacts]) -> tuple[Band, ...]:
    """Return a band for each day, all over the same hours, so that they can be laid above one another."""
    first, last = _hours(days)
    return tuple(_band(day, first, last) for day in days)


def _hours(days: Iterable[DayFacts]) -> tuple[int, int]:
    first, last = USUAL
    for day in days:
        for moment in _moments(day):
            hour = _hour(day.on, moment)
            first, last = min(first, int(hour)), max(last, -int(-hour // 1))
    return max(first, 0), min(last, 24)


def _moments(day: DayFacts) -> Iterable[datetime]:
    for spell in day.spells:
        yield from (spell.began, spell.ended)
    yield from (o.at for o in day.owed)
    yield from (b.began for b in day.breaks)
    yield from (c.at for c in day.changes)


def _hour(on: date, moment: datetime) -> float:
    midnight = datetime.combine(on, time(), moment.tzinfo)
    return (moment - midnight) / timedelta(hours=1)


def _band(day: DayFacts, first: int, last: int) -> Band:
    def x(moment: datetime) -> float:
        share = (_hour(day.on, moment) - first) / (last - first)
        return round(min(max(share, 0.0), 1.0) * WIDTH, 1)

    bars = [
        Bar(x(s.began), max(x(s.ended) - x(s.began), 2.0), "timed" if s.unseen_s > s.sat_s else "seen")
        for s in day.spells
    ]
    marks = [Mark(x(o.at), "taken" if o.became in TAKEN else "skipped") for o in day.owed]
    unowed = [
        b
        for b in day.breaks
        if b.ending == "done" and not any(abs((o.at - b.ended).total_seconds()) < 5 for o in day.owed)
    ]
    marks += [Mark(x(b.ended), "taken") for b in unowed]
    marks += [Mark(x(c.at), "changed") for c in day.changes]
    step = 2 if last - first > 8 else 1
    hours = tuple(range(first, last + 1, step))
    return Band(day.on, f"{day.on:%A}", tuple(bars), tuple(marks), hours, day_sentence(day), tuple(_rows(day)), day)


def day_sentence(day: DayFacts) -> str:
    """Return the day in one sentence; facts, no score."""
    if not day.spells and not day.owed and not day.breaks:
        return "Nothing is written of this day."
    sat = f"{spoken_length(day.sat_s)} seen sitting in {len(day.spells)} spell{'s' * (len(day.spells) != 1)}"
    timed = f", and {spoken_length(day.unseen_s)} timed without being seen" if day.unseen_s >= 60 else ""
    longest = f"; the longest {spoken_length(day.longest_s)}" if day.spells else ""
    breaks = f"{len(day.owed)} break{'s' * (len(day.owed) != 1)} owed, {day.n_taken} taken"
    changes = f"{len(day.changes)} change{'s' * (len(day.changes) != 1)} of position"
    return f"{sat}{timed}{longest}. {breaks}. {changes}."


def spoken_length(length_s: float) -> str:
    """Return a length as hours and minutes."""
    minutes = round(length_s / 60)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"


def _rows(day: DayFacts) -> Iterable[Row]:
    rows: list[tuple[datetime, Row]] = []
    for s in day.spells:
        timed = f", {spoken_length(s.unseen_s)} of it timed without being seen" if s.unseen_s >= 60 else ""
        ended = f"; {ENDED_BY[s.why]}" if s.why else "; goes on"
        detail = f"{spoken_length(s.sat_s + s.unseen_s)}{timed}{ended}"
        rows.append((s.began, Row(_at(s.began), _at(s.ended), "Sitting", detail)))
    for o in day.owed:
        held = f", kept back: {HELD[o.held]}" if o.held else ""
        rows.append((o.at, Row(_at(o.at), "", "Owed break", f"{BECAME[o.became]}{held}")))
    for b in day.breaks:
        endings = {"done": "done", "left": "left before its end", "pain": "stopped because it hurt"}
        what = ", ".join(b.what).replace("_", " ") or "a break"
        rows.append((b.began, Row(_at(b.began), _at(b.ended), "Break", f"{what}: {endings[b.ending]}")))
    for c in day.changes:
        to = {"standing": "stood up", "sitting": "sat down", "moved": "moved in the seat"}[c.to]
        by = "said by you" if c.by == "said" else f"seen by {c.by}"
        rows.append((c.at, Row(_at(c.at), "", "Position", f"{to}, {by}")))
    return [row for _, row in sorted(rows, key=lambda r: r[0])]


def _at(when: datetime) -> str:
    return f"{when:%H:%M}"
