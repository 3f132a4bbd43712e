"""Choosing the one thing to say: faults that last, in order of weight, and silence in the wrong moments."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from uncrick.coach.phases import Tests, Values, compile_when, holds
from uncrick.exercise.definition import Cue, Exercise

SEVERITY_ORDER = {"stop": 0, "correct": 1, "tip": 2}

EASIER = "easier"
"""The cue that comes instead of a third time: it offers the easier form."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The exercise's cues, heaviest first, with the timing rules. Source of the times: EXPERIENCE 1 (our defaults).

    quiet_s : silence after a cue. at_most : times one cue is said in a set before the easier form is offered.
    keep_s : how long a cue that may not be said yet is worth saying. last_s : no cue this close to the end of a hold.
    settle_s : how long a fault must be gone before it counts as a new one.
    """

    cues: tuple[Cue, ...]
    tests: tuple[Tests, ...]
    quiet_s: float = 6.0
    at_most: int = 2
    keep_s: float = 3.0
    last_s: float = 2.0
    settle_s: float = 0.5


class CueState(NamedTuple):
    """For each cue: since when it has been true, when it was last true, whether this time was reported, times said.

    waiting : index of the cue that waits to be said, -1 for none; *waiting_s* since when. quiet_until_s : see `Cues`.
    """

    since_s: tuple[float, ...]
    last_s: tuple[float, ...]
    reported: tuple[bool, ...]
    said: tuple[int, ...]
    waiting: int = -1
    waiting_s: float = math.nan
    quiet_until_s: float = -math.inf


class Judged(NamedTuple):
    """What cues are chosen from. speakable : false on the way into a stretch and near the end of a hold."""

    t_s: float
    phase: str
    values: Values
    speakable: bool


class Chosen(NamedTuple):
    """The cue to raise now, and whether it is the offer of the easier form instead. None for silence."""

    cue: Cue
    offer: bool = False


def compile_cues(exercise: Exercise, index: Mapping[str, int]) -> Cues:
    """Compile the cues of *exercise*, heaviest first."""
    ordered = tuple(sorted(exercise.cues, key=lambda c: (SEVERITY_ORDER[c.severity], c.rank)))
    return Cues(ordered, tuple(compile_when(c.when, index) for c in ordered))


def step(settings: Cues, state: CueState | None, x: Judged) -> tuple[CueState, Chosen | None]:
    """Take one frame's judgement; return what to say, at most one thing. A stop is never held back."""
    n = len(settings.cues)
    state = state or CueState((math.nan,) * n, (-math.inf,) * n, (False,) * n, (0,) * n)
    state, due = _update(settings, state, x)
    if due >= 0 and settings.cues[due].severity == "stop":
        return state, Chosen(settings.cues[due])
    if due >= 0 and (state.waiting < 0 or due <= state.waiting):
        state = state._replace(waiting=due, waiting_s=x.t_s)
    if state.waiting < 0:
        return state, None
    if x.t_s - state.waiting_s > settings.keep_s:
        return state._replace(waiting=-1), None
    if not x.speakable or x.t_s < state.quiet_until_s:
        return state, None
    return _say(settings, state, x.t_s)


def _update(settings: Cues, state: CueState, x: Judged) -> tuple[CueState, int]:
    """Bring the clocks of all cues up to date; return the heaviest that has just lasted long enough, -1 for none."""
    since, last, reported = state.since_s, state.last_s, state.reported
    due = -1
    for i, cue in enumerate(settings.cues):
        active = (not cue.phases or x.phase in cue.phases) and holds(settings.tests[i], x.values)
        if not active:
            if since[i] == since[i] and x.t_s - last[i] > settings.settle_s:
                since, reported = _with(since, i, math.nan), _with(reported, i, False)
            continue
        last = _with(last, i, x.t_s)
        if since[i] != since[i]:
            since = _with(since, i, x.t_s)
        if not reported[i] and x.t_s - since[i] >= cue.for_s - 1e-6:
            reported = _with(reported, i, True)
            due = i if due < 0 else due
    if last is state.last_s and since is state.since_s:
        return state, due
    return state._replace(since_s=since, last_s=last, reported=reported), due


def _with(row: tuple, i: int, value: object) -> tuple:  # type: ignore[type-arg]
    return (*row[:i], value, *row[i + 1 :])


def _say(settings: Cues, state: CueState, t_s: float) -> tuple[CueState, Chosen | None]:
    i = state.waiting
    said = state.said[i]
    state = state._replace(waiting=-1)
    if said > settings.at_most:
        return state, None
    state = state._replace(said=_with(state.said, i, said + 1), quiet_until_s=t_s + settings.quiet_s)
    return state, Chosen(settings.cues[i], offer=said == settings.at_most)
