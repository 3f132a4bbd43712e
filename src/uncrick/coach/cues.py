"""Choosing the one thing to say: faults that last, in order of weight, and silence in the wrong moments."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from uncrick.coach.phases import Holds, Values, compile_when
from uncrick.exercise.definition import Cue, Exercise

SEVERITY_ORDER = {"stop": 0, "correct": 1, "tip": 2}

EASIER = "easier"
"""The cue that comes instead of a third time: it offers the easier form."""


Watched = tuple[tuple[int, Holds], ...]
"""The places of the cues that may come up, each with whether its fault is there."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The exercise's cues, heaviest first, with the timing rules. Source of the times: EXPERIENCE 1 (our defaults).

    within : what is watched in each phase that some cue names; in any other phase it is what is watched *anywhere*.
    quiet_s : silence after a cue. at_most : times one cue is said in a set before the easier form is offered.
    keep_s : how long a fault that is over is still worth a word. last_s : no cue this close to the end of a hold.
    settle_s : how long a fault must be gone before it counts as a new one.
    """

    cues: tuple[Cue, ...]
    anywhere: Watched
    within: Mapping[str, Watched]
    quiet_s: float = 6.0
    at_most: int = 2
    keep_s: float = 3.0
    last_s: float = 2.0
    settle_s: float = 0.5


class Fault(NamedTuple):
    """A fault that came and is not settled yet; `place` is that of its cue.

    since_s : when it came. last_s : when it was last there. told : whether it was said.
    """

    place: int
    since_s: float
    last_s: float
    told: bool = False


class CueState(NamedTuple):
    """faults : those that are there or just over, heaviest first. said : how often each cue was, by its place.

    quiet_until_s : see `Cues`.
    """

    faults: tuple[Fault, ...]
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
    faulty = [compile_when(cue.when, index) for cue in ordered]
    within = {
        phase: tuple((i, faulty[i]) for i, cue in enumerate(ordered) if not cue.phases or phase in cue.phases)
        for phase in {"", *(name for cue in ordered for name in cue.phases)}
    }
    return Cues(ordered, within[""], within)


def step(settings: Cues, state: CueState | None, x: Judged) -> tuple[CueState, Chosen | None]:
    """Take one frame's judgement; return what to say, at most one thing. A stop is never held back.

    Said is the heaviest fault that is there and has lasted; if none is there or coming up, the heaviest just over.
    """
    state = state or CueState((), (0,) * len(settings.cues))
    watched = settings.within.get(x.phase, settings.anywhere)
    there = [i for i, is_faulty in watched if is_faulty(x.values)]
    if not there and not state.faults:
        return state, None
    state = CueState(_brought_up(settings, state.faults, there, x.t_s), state.said, state.quiet_until_s)
    due = [fault for fault in state.faults if _is_due(settings, state, fault, x.t_s)]
    if not due:
        return state, None
    if settings.cues[due[0].place].severity == "stop":
        return _said(settings, state, due[0], x.t_s)
    if not x.speakable or x.t_s < state.quiet_until_s:
        return state, None
    untold = [fault for fault in state.faults if fault.last_s == x.t_s and not fault.told]
    now = [fault for fault in untold if fault in due]
    if untold and not now:
        return state, None
    return _said(settings, state, (now or due)[0], x.t_s)


def _brought_up(settings: Cues, faults: tuple[Fault, ...], there: list[int], t_s: float) -> tuple[Fault, ...]:
    """Bring the clocks of all faults up to date: those that are *there* now, and those that may be over."""
    known = {fault.place: fault for fault in faults}
    for i in there:
        known[i] = known[i]._replace(last_s=t_s) if i in known else Fault(i, t_s, t_s)
    return tuple(known[i] for i in sorted(known) if i in there or not _is_settled(settings, known[i], t_s))


def _is_settled(settings: Cues, fault: Fault, t_s: float) -> bool:
    """Whether a fault has been gone for so long that it would count as a new one."""
    worth_a_word = _has_lasted(settings, fault) and not fault.told
    return t_s - fault.last_s > (settings.keep_s if worth_a_word else settings.settle_s)


def _has_lasted(settings: Cues, fault: Fault) -> bool:
    return fault.last_s - fault.since_s >= settings.cues[fault.place].for_s - 1e-6


def _is_due(settings: Cues, state: CueState, fault: Fault, t_s: float) -> bool:
    """Whether a fault that came has lasted, was not told yet, and may still be; a stop only while it is there."""
    if fault.told or state.said[fault.place] > settings.at_most:
        return False
    stops = settings.cues[fault.place].severity == "stop"
    return _has_lasted(settings, fault) and not (stops and fault.last_s != t_s)


def _said(settings: Cues, state: CueState, fault: Fault, t_s: float) -> tuple[CueState, Chosen]:
    i, n = fault.place, state.said[fault.place]
    faults = tuple(f._replace(told=True) if f is fault else f for f in state.faults)
    said = (*state.said[:i], n + 1, *state.said[i + 1 :])
    offer = n == settings.at_most and settings.cues[i].severity != "stop"
    return CueState(faults, said, t_s + settings.quiet_s), Chosen(settings.cues[i], offer)
