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
    keep_s : how long a fault that is over is still worth a word. last_s : no cue this close to the end of a hold.
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
    """The clocks of all cues, by their place.

    since_s : since when the fault has been there, NaN if it is not. last_s : when it was last there.
    told : whether it was said this time. said : how often in the set. quiet_until_s : see `Cues`.
    """

    since_s: tuple[float, ...]
    last_s: tuple[float, ...]
    told: tuple[bool, ...]
    said: tuple[int, ...]
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
    """Take one frame's judgement; return what to say, at most one thing. A stop is never held back.

    Said is the heaviest fault that is there and has lasted; if none is there or coming up, the heaviest just over.
    """
    n = len(settings.cues)
    state = _update(settings, state or CueState((math.nan,) * n, (-math.inf,) * n, (False,) * n, (0,) * n), x)
    due = [i for i, since_s in enumerate(state.since_s) if since_s == since_s and _is_due(settings, state, i, x.t_s)]
    if not due:
        return state, None
    if settings.cues[due[0]].severity == "stop":
        return _said(settings, state, due[0], x.t_s)
    if not x.speakable or x.t_s < state.quiet_until_s:
        return state, None
    there = [i for i in range(n) if state.last_s[i] == x.t_s and not state.told[i]]
    now = [i for i in there if i in due]
    if there and not now:
        return state, None
    return _said(settings, state, (now or due)[0], x.t_s)


def _update(settings: Cues, state: CueState, x: Judged) -> CueState:
    """Bring the clocks of all cues up to date."""
    since, last, told = state.since_s, state.last_s, state.told
    for i, cue in enumerate(settings.cues):
        if (not cue.phases or x.phase in cue.phases) and holds(settings.tests[i], x.values):
            last = _with(last, i, x.t_s)
            since = _with(since, i, x.t_s) if since[i] != since[i] else since
        elif since[i] == since[i]:
            lasted = last[i] - since[i] >= cue.for_s - 1e-6
            keep_s = settings.keep_s if lasted and not told[i] else settings.settle_s
            if x.t_s - last[i] > keep_s:
                since, told = _with(since, i, math.nan), _with(told, i, False)
    if last is state.last_s and since is state.since_s:
        return state
    return state._replace(since_s=since, last_s=last, told=told)


def _is_due(settings: Cues, state: CueState, i: int, t_s: float) -> bool:
    """Whether a fault that came has lasted, was not told yet, and may still be; a stop only while it is there."""
    since_s = state.since_s[i]
    if state.told[i] or state.said[i] > settings.at_most:
        return False
    stops = settings.cues[i].severity == "stop"
    return state.last_s[i] - since_s >= settings.cues[i].for_s - 1e-6 and not (stops and state.last_s[i] != t_s)


def _with(row: tuple, i: int, value: object) -> tuple:  # type: ignore[type-arg]
    return (*row[:i], value, *row[i + 1 :])


def _said(settings: Cues, state: CueState, i: int, t_s: float) -> tuple[CueState, Chosen]:
    n = state.said[i]
    state = state._replace(told=_with(state.told, i, True), said=_with(state.said, i, n + 1))
    offer = n == settings.at_most and settings.cues[i].severity != "stop"
    return state._replace(quiet_until_s=t_s + settings.quiet_s), Chosen(settings.cues[i], offer)
