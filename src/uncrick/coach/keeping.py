"""From what was played and seen to the record of a session: sets told apart, holds with their depth, stops and pain."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple

from uncrick.coach.played import (
    FeltAfter,
    HoldDone,
    PainReported,
    Played,
    PopNoted,
    SessionEnded,
    SetEnded,
    StageEntered,
)
from uncrick.coach.program import Program
from uncrick.coach.record import (
    HoldRecord,
    HurtRecord,
    PopRecord,
    SessionHead,
    SessionRecord,
    SessionState,
    SetRecord,
    StopRecord,
    Watched,
)
from uncrick.coach.summary import HoldSeen, StopSeen
from uncrick.exercise.definition import Side

NOT_REACHED = "not_reached"
"""The reason of a set that the session ended before."""


@dataclass(frozen=True, slots=True)
class SetSeen:
    """What a camera saw of one set, or of a part of it. start_s, end_s : s of the session's clock.

    clock_s : the session's clock less the camera's, by which *holds* and *stops* are timed.
    """

    exercise: str
    start_s: float
    end_s: float
    clock_s: float
    n_reps: int
    fraction: float
    measure: str
    unit: str
    holds: tuple[HoldSeen, ...] = ()
    stops: tuple[StopSeen, ...] = ()
    ranges: tuple[tuple[str, float, float], ...] = ()
    cues: tuple[tuple[str, int], ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()


class Told(NamedTuple):
    """Everything that happened in a session. now_s : the last moment of it, s. pain_before : 0-10 or None."""

    played: Sequence[Played]
    seen: Sequence[SetSeen]
    pain_before: int | None
    state: SessionState
    now_s: float


@dataclass
class _Try:
    """One set while the events are read."""

    at: int
    exercise: str
    begin_s: float
    ended: SetEnded | None = None
    holds: list[HoldDone] = field(default_factory=list)


@dataclass
class _Read:
    """What the events have come to so far."""

    tries: list[_Try] = field(default_factory=list)
    hurts: list[HurtRecord] = field(default_factory=list)
    pops: list[PopRecord] = field(default_factory=list)
    ended: SessionEnded | None = None
    after: FeltAfter | None = None
    began_s: float | None = None
    pain_side: Side = ""


def record_of(head: SessionHead, program: Program, told: Told) -> SessionRecord:
    """Return the record of a session, running or over: the same events give the same record."""
    read = _Read()
    for event in told.played:
        _take(read, program, event)
    seen_at = [(_try_of(read, one), one) for one in told.seen]
    sets = [_set(head, program, n, one, [s for m, s in seen_at if m == n]) for n, one in enumerate(read.tries)]
    holds = [h for n, one in enumerate(read.tries) for h in _holds(n, one, [s for m, s in seen_at if m == n])]
    over = told.state != "running"
    lasted_s = (read.ended.t_s if read.ended else told.now_s) - (read.began_s or 0.0)
    after = read.after
    return SessionRecord(
        id=head.id,
        person=head.person,
        plan=head.plan,
        kind=head.kind,
        started_at=head.started_at,
        ended_at=head.started_at + timedelta(seconds=max(lasted_s, 0.0)) if over else None,
        on_day=head.on_day,
        utc_offset_min=head.utc_offset_min,
        state=told.state,
        ending=read.ended.ending if read.ended else "",
        pain_before=told.pain_before,
        pain_after=after.pain if after else None,
        felt_right=after.felt_right if after else "",
        note=after.note if after else "",
        watched=_watched(read),
        sets=(*sets, *(_unreached(head, program, sets) if over else ())),
        holds=tuple(holds),
        stops=_stops(read, seen_at),
        hurts=tuple(read.hurts),
        pops=tuple(read.pops),
    )


def _take(read: _Read, program: Program, event: Played) -> None:
    """Read one event; its time is counted from the first."""
    began_s = read.began_s = event.t_s if read.began_s is None else read.began_s
    at_s, set_n = event.t_s - began_s, len(read.tries) - 1
    match event:
        case StageEntered(stage="get_ready"):
            _begin(read, program, event)
        case StageEntered(stage="pain"):
            read.pain_side = event.side
        case HoldDone() if read.tries:
            read.tries[-1].holds.append(event)
        case SetEnded():
            if not read.tries or read.tries[-1].at != event.at or read.tries[-1].ended is not None:
                read.tries.append(_Try(event.at, event.exercise, event.t_s))
            read.tries[-1].ended = event
        case PainReported():
            kinds = tuple(kind for kind in event.kinds.split(",") if kind)
            answers = (event.exercise, read.pain_side, event.stage, event.where, event.level, kinds, event.action)
            read.hurts.append(HurtRecord(len(read.hurts), set_n, at_s, *answers))
        case PopNoted():
            read.pops.append(PopRecord(len(read.pops), set_n, at_s, event.exercise, event.pain))
        case SessionEnded():
            read.ended = event
        case FeltAfter():
            read.after = event


def _begin(read: _Read, program: Program, event: StageEntered) -> None:
    """Begin a set; one in which nothing was done yet is begun anew, as after a press by mistake."""
    begin_s = event.t_s
    if read.tries and read.tries[-1].ended is None and not read.tries[-1].holds:
        dropped = read.tries.pop()
        begin_s = dropped.begin_s if dropped.at == event.at else begin_s
    read.tries.append(_Try(event.at, program.sets[event.at].exercise, begin_s))


def _try_of(read: _Read, seen: SetSeen) -> int:
    """Return which set *seen* belongs to: the last of its exercise that had begun by then, -1 for none."""
    began = [n for n, one in enumerate(read.tries) if one.exercise == seen.exercise and one.begin_s <= seen.start_s]
    return began[-1] if began else -1


def _set(head: SessionHead, program: Program, n: int, one: _Try, seen: Sequence[SetSeen]) -> SetRecord:
    asked, ended = program.sets[one.at], one.ended
    easier = ended is not None and ended.easier
    hold_s = asked.easier_hold_s if easier else asked.hold_s
    easier = easier or asked.eased
    whole_s = sum(s.end_s - s.start_s for s in seen)
    weighed = [(s.end_s - s.start_s) / whole_s * s.fraction for s in seen] if whole_s > 0 else []
    return SetRecord(
        n=n,
        at=one.at,
        exercise=one.exercise,
        prescription=_prescription(head, one.at),
        n_asked=asked.n_reps * len(asked.sides),
        n_done=ended.n_reps if ended else len(one.holds),
        hold_asked_s=one.holds[-1].asked_s if one.holds else hold_s,
        outcome=ended.outcome if ended else "left",
        reason=ended.reason if ended else "",
        easier=easier,
        seen=ended.seen if ended else bool(one.holds) and all(h.seen for h in one.holds),
        seen_fraction=sum(weighed) if weighed else None,
        n_seen=sum(s.n_reps for s in seen),
        ranges=_ranges(seen),
        cues=_cues(seen),
        unseen=tuple(dict.fromkeys(u for s in seen for u in s.unseen)),
    )


def _unreached(head: SessionHead, program: Program, sets: Sequence[SetRecord]) -> list[SetRecord]:
    """Return the asked sets that the session ended before, so that nothing asked vanishes from the record."""
    begun = {one.at for one in sets}
    left = [at for at in range(len(program.sets)) if at not in begun]
    empty = [
        _set(head, program, len(sets) + i, _Try(at, program.sets[at].exercise, 0.0), ()) for i, at in enumerate(left)
    ]
    return [replace(one, reason=NOT_REACHED) for one in empty]


def _prescription(head: SessionHead, at: int) -> str:
    return head.prescriptions[at] if at < len(head.prescriptions) else ""


def _ranges(seen: Iterable[SetSeen]) -> tuple[tuple[str, float, float], ...]:
    """Return the widest of each measure over all parts."""
    widest: dict[str, tuple[float, float]] = {}
    for name, low, high in (row for one in seen for row in one.ranges):
        before = widest.get(name, (low, high))
        widest[name] = (min(low, before[0]), max(high, before[1]))
    return tuple((name, low, high) for name, (low, high) in widest.items())


def _cues(seen: Iterable[SetSeen]) -> tuple[tuple[str, int], ...]:
    counted: dict[str, int] = {}
    for name, count in (row for one in seen for row in one.cues):
        counted[name] = counted.get(name, 0) + count
    return tuple(counted.items())


def _holds(set_n: int, one: _Try, seen: Sequence[SetSeen]) -> list[HoldRecord]:
    """Return the holds of a set; those that were seen with the deepest value that the camera had during them."""
    records = []
    for n, hold in enumerate(one.holds):
        record = HoldRecord(set_n, n, hold.side, hold.hold_s, hold.asked_s, hold.seen, hold.completed)
        found = [(s, h) for s in seen for h in s.holds if hold.seen and _is_same(hold, h, s.clock_s)]
        if found:
            part, deepest = max(found, key=lambda pair: abs(pair[1].peak))
            record = replace(record, peak=deepest.peak, measure=part.measure, unit=part.unit)
        records.append(record)
    return records


def _is_same(hold: HoldDone, seen: HoldSeen, clock_s: float) -> bool:
    """Whether the camera saw *seen* during *hold*, on the same side."""
    overlaps = seen.start_s + clock_s < hold.t_s and seen.end_s + clock_s > hold.t_s - hold.hold_s
    return seen.side == hold.side and overlaps and math.isfinite(seen.peak)


def _stops(read: _Read, seen_at: Sequence[tuple[int, SetSeen]]) -> tuple[StopRecord, ...]:
    """Return all stops in order of time: those a camera raised, and those by which a person said that it hurts."""
    began_s = read.began_s or 0.0
    found = [
        StopRecord(0, h.set_n, h.at_s, h.exercise, ",".join(h.kinds) or "pain", h.side, "person") for h in read.hurts
    ]
    for n, one in enumerate(read.tries):
        if one.ended is not None and one.ended.outcome == "stopped":
            sides = [s.side for m, part in seen_at if m == n for s in part.stops if s.reason == one.ended.reason]
            side = sides[0] if sides else ""
            at_s = one.ended.t_s - began_s
            found.append(StopRecord(0, n, at_s, one.exercise, one.ended.reason, side, "camera"))
    return tuple(replace(stop, n=n) for n, stop in enumerate(sorted(found, key=lambda stop: stop.at_s)))


def _watched(read: _Read) -> Watched:
    """Say what the repetitions rest on; a session without any rests on what was said."""
    by_hold = {hold.seen for one in read.tries for hold in one.holds}
    by_set = {one.ended.seen for one in read.tries if one.ended and one.ended.n_reps and not one.holds}
    seen = by_hold | by_set
    if seen == {True, False}:
        return "both"
    return "camera" if seen == {True} else "self_reported"
