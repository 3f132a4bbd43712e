"""An exercise as it is watched under caution: half of the own range is enough, slower is fast already, no "further"."""

from collections.abc import Mapping
from dataclasses import replace

from uncrick.exercise.definition import REPETITION_S, Condition, Cue, Exercise, When, outward
from uncrick.motion.measure import Measure

NEUTRAL_AT = {"subtract": 0.0, "ratio": 1.0}
"""What a measure reads at the person's own neutral, by how it is zeroed; others cannot be shortened beforehand."""


def gentle_exercise(
    exercise: Exercise, book: Mapping[str, Measure], depth: float = 1.0, speed: float = 1.0
) -> Exercise:
    """Return *exercise* watched for somebody who goes *depth* of the own range, at *speed* of the speed limits.

    depth, speed : parts, at most 1. Phases and the hold of a measure that is zeroed on the neutral move towards it;
    of other measures they stay, so that a movement that is too small for the camera goes by the clock, self-reported.
    Cues that ask for more of the hold's own measure are left out. No limit of a stop becomes wider.
    """
    if depth >= 1.0 and speed >= 1.0:
        return exercise
    held = exercise.hold
    cues = [replace(cue, when=_slower(cue.when, speed)) for cue in exercise.cues]
    if depth >= 1.0 or held is None:
        return replace(exercise, cues=tuple(cues))
    rest = _rest_of(book, held.measure)
    phases = exercise.phases
    if rest is not None:
        phases = tuple(replace(p, when=_nearer(p.when, held.measure, rest, depth)) for p in phases)
    kept = tuple(cue for cue in cues if not _asks_for_more(exercise, cue))
    return replace(exercise, cues=kept, phases=phases, hold=replace(held, deep=held.deep * depth))


def sees_part(exercise: Exercise, book: Mapping[str, Measure]) -> bool:
    """Whether a camera can tell part of the own range of *exercise* from too little of it."""
    return exercise.hold is not None and _rest_of(book, exercise.hold.measure) is not None


def _rest_of(book: Mapping[str, Measure], name: str) -> float | None:
    measure = book[name]
    return 0.0 if measure.kind == "turn" else NEUTRAL_AT.get(measure.zero)


def _slower(when: When, speed: float) -> When:
    """Return *when* with its limits of speed at *speed* of themselves; a least time grows by as much."""
    return tuple(tuple(_slower_one(c, speed) for c in group) for group in when)


def _slower_one(condition: Condition, speed: float) -> Condition:
    if condition.op == "moves":
        return replace(condition, value=condition.value * speed)
    if condition.measure == REPETITION_S and condition.op == "below":
        return replace(condition, value=condition.value / speed)
    return condition


def _nearer(when: When, measure: str, rest: float, depth: float) -> When:
    """Return *when* with the limits of *measure* at *depth* of their way from the neutral."""
    return tuple(
        tuple(replace(c, value=rest + depth * (c.value - rest)) if c.measure == measure else c for c in group)
        for group in when
    )


def _asks_for_more(exercise: Exercise, cue: Cue) -> bool:
    """Whether a cue says that the hold is not deep enough."""
    if exercise.hold is None or cue.severity == "stop":
        return False
    inward = {"below" if outward(exercise, p) > 0 else "above" for p in exercise.phases if p.hold}
    asked = [c for group in cue.when for c in group if c.measure == exercise.hold.measure]
    return any(c.op in inward for c in asked) and bool(cue.phases)
