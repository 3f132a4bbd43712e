"""What a set came to: repetitions, holds, stops, cues, how much was seen, and the range of every measure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from uncrick.coach.events import (
    CueRaised,
    Event,
    HoldBroken,
    HoldCompleted,
    NeutralSet,
    RepetitionCounted,
    StopRaised,
    Unseen,
)
from uncrick.coach.watch import Seen, Watch
from uncrick.exercise.definition import Side


@dataclass(frozen=True, slots=True)
class HoldSeen:
    """One hold of a set. peak : deepest value of the hold's measure, in its unit, with its sign."""

    side: Side
    start_s: float
    end_s: float
    hold_s: float
    peak: float
    completed: bool
    after_stop: bool


@dataclass(frozen=True, slots=True)
class StopSeen:
    """One stop of a set."""

    t_s: float
    reason: str
    side: Side


@dataclass(frozen=True, slots=True)
class SetSummary:
    """What was seen of one exercise from *start_s* to *end_s*.

    n_reps : repetitions before a stop; what came after it is in *holds* only, and marked.
    measure, unit : what *peak* of the holds is.
    seen_fraction : part of the frames in which the measure that is judged was seen.
    ranges : least and greatest smoothed value of each measure, with its name; only of measures that were seen.
    neutral_s : when the neutral was taken, NaN for never.
    """

    exercise: str
    start_s: float
    end_s: float
    n_reps: int
    holds: tuple[HoldSeen, ...]
    stops: tuple[StopSeen, ...]
    cues: tuple[tuple[str, int], ...]
    unseen: tuple[Unseen, ...]
    measure: str
    unit: str
    seen_fraction: float
    ranges: tuple[tuple[str, float, float], ...]
    neutral_s: float


class SummaryState(NamedTuple):
    """What is gathered while the set runs."""

    start_s: float
    end_s: float
    n_frames: int = 0
    n_seen: int = 0
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    events: tuple[Event, ...] = ()


def step(watch: Watch, state: SummaryState | None, seen: Seen) -> tuple[SummaryState, None]:
    """Take what one frame brought."""
    reading = seen.reading
    state = state or SummaryState(reading.t_s, reading.t_s)
    values = reading.values
    low, high = state.low, state.high
    if values:
        low = tuple(map(_lesser, low, values)) if low else values
        high = tuple(map(_greater, high, values)) if high else values
    n_seen = state.n_seen + bool(values and values[watch.main] == values[watch.main])
    events = (*state.events, *seen.events) if seen.events else state.events
    return SummaryState(state.start_s, reading.t_s, state.n_frames + 1, n_seen, low, high, events), None


def _lesser(a: float, b: float) -> float:
    """The lesser of two values; what is unseen (NaN) gives way."""
    return b if b < a or a != a else a


def _greater(a: float, b: float) -> float:
    return b if b > a or a != a else a


def summarise(watch: Watch, state: SummaryState | None, last: Iterable[Event] = ()) -> SetSummary:
    """Make the summary of a set; *last* are the events of its end (`engine.finish`)."""
    state = state or SummaryState(math.nan, math.nan)
    events = (*state.events, *last)
    cues: dict[str, int] = {}
    for event in events:
        if isinstance(event, CueRaised):
            cues[event.cue] = cues.get(event.cue, 0) + 1
    rows = zip(watch.measures, state.low, state.high, strict=False)
    main = watch.measures[watch.main]
    return SetSummary(
        exercise=watch.exercise.id,
        start_s=state.start_s,
        end_s=state.end_s,
        n_reps=max([e.n for e in events if isinstance(e, RepetitionCounted)], default=0),
        holds=tuple(_hold_seen(e) for e in events if isinstance(e, HoldCompleted | HoldBroken)),
        stops=tuple(StopSeen(e.t_s, e.reason, e.side) for e in events if isinstance(e, StopRaised)),
        cues=tuple(cues.items()),
        unseen=tuple(e for e in events if isinstance(e, Unseen)),
        measure=main.name,
        unit=main.unit,
        seen_fraction=state.n_seen / state.n_frames if state.n_frames else 0.0,
        ranges=tuple((m.name, low, high) for m, low, high in rows if low == low),
        neutral_s=next((e.t_s for e in events if isinstance(e, NeutralSet)), math.nan),
    )


def _hold_seen(event: HoldCompleted | HoldBroken) -> HoldSeen:
    completed = isinstance(event, HoldCompleted)
    return HoldSeen(event.side, event.start_s, event.end_s, event.hold_s, event.peak, completed, event.after_stop)


def summary_record(summary: SetSummary) -> dict[str, Any]:
    """Return the summary as the last JSON line's object. *peak_deg* is null where the hold's measure is no angle."""
    return {
        "t_s": _rounded(summary.end_s),
        "event": "set_summary",
        "exercise": summary.exercise,
        "n_repetitions": summary.n_reps,
        "holds": [_hold_record(summary, hold) for hold in summary.holds],
        "stops": [{"t_s": _rounded(s.t_s), "reason": s.reason, "side": s.side} for s in summary.stops],
        "cues": dict(summary.cues),
        "seen_fraction": _rounded(summary.seen_fraction),
        "range": {name: [_rounded(low), _rounded(high)] for name, low, high in summary.ranges},
        "unseen": [{"t_s": _rounded(u.t_s), "measure": u.measure, "why": u.why} for u in summary.unseen],
        "neutral_s": _rounded(summary.neutral_s),
    }


def nothing_record(end_s: float) -> dict[str, Any]:
    """Return the last JSON line's object of a recording in which no exercise was recognised."""
    nothing: dict[str, Any] = {"n_repetitions": 0, "holds": [], "stops": [], "cues": {}}
    head = {"t_s": _rounded(end_s), "event": "set_summary", "exercise": None}
    return {**head, **nothing, "seen_fraction": 0.0, "range": {}, "unseen": [], "neutral_s": None}


def _hold_record(summary: SetSummary, hold: HoldSeen) -> dict[str, Any]:
    record: dict[str, Any] = {
        "side": hold.side,
        "start_s": _rounded(hold.start_s),
        "end_s": _rounded(hold.end_s),
        "hold_s": _rounded(hold.hold_s),
        "peak_deg": _rounded(hold.peak) if summary.unit == "deg" else None,
        "peak": _rounded(hold.peak),
        "measure": summary.measure,
        "unit": summary.unit,
        "completed": hold.completed,
    }
    if hold.after_stop:
        record["after_stop"] = True
    return record


def _rounded(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None
