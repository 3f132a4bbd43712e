"""Where in the exercise the person is: a table of phases, each entered when its own condition holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from uncrick.exercise.definition import Condition, Exercise, When


class Values(NamedTuple):
    """What conditions are judged on, at one time.

    now : smoothed values by index. moved : displacement of the speed measure over 0.7 s. pushed : rise within a hold.
    low, high : least and greatest since the last turning point, by index.
    """

    now: tuple[float, ...]
    moved: float = 0.0
    pushed: float = 0.0
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


Holds = Callable[[Values], bool]
"""Whether a condition is fulfilled; what is not seen (NaN) fulfils nothing."""


def compile_when(when: When, index: Mapping[str, int]) -> Holds:
    """Return *when* as one function; *index* has every measure's place in `Values.now`.

    It holds when any of its groups does, and a group when all of its conditions do.
    """
    groups = [_joined(_both, [_condition(c, index[c.measure]) for c in group], empty=True) for group in when]
    return _joined(_either, groups, empty=False)


def _joined(join: Callable[[Holds, Holds], Holds], parts: list[Holds], *, empty: bool) -> Holds:
    return reduce(join, parts) if parts else lambda _: empty


def _both(one: Holds, other: Holds) -> Holds:
    return lambda values: one(values) and other(values)


def _either(one: Holds, other: Holds) -> Holds:
    return lambda values: one(values) or other(values)


def _condition(condition: Condition, at: int) -> Holds:
    limit = condition.value
    match condition.op:
        case "above":
            return lambda values: values.now[at] > limit
        case "below":
            return lambda values: values.now[at] < limit
        case "moves":
            return lambda values: abs(values.moved) >= limit
        case "pushes":
            return lambda values: values.pushed >= limit
        case "rises":
            return lambda values: values.now[at] - values.low[at] >= limit
        case "falls":
            return lambda values: values.high[at] - values.now[at] >= limit


@dataclass(frozen=True, slots=True)
class Phases:
    """The exercise's phases in order, each with the condition that opens it, and the places of measures that swing."""

    names: tuple[str, ...]
    opens: tuple[Holds, ...]
    swinging: tuple[int, ...]


class PhasesState(NamedTuple):
    """phase : index of the present phase, -1 before the first. low, high : since the phase began, of all measures."""

    phase: int = -1
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


def compile_phases(exercise: Exercise, index: Mapping[str, int]) -> Phases:
    """Compile the phase table of *exercise*."""
    swings: set[int] = set()
    for phase in exercise.phases:
        swings |= {index[c.measure] for group in phase.when for c in group if _swings(c)}
    opens = tuple(compile_when(phase.when, index) for phase in exercise.phases)
    return Phases(tuple(p.name for p in exercise.phases), opens, tuple(sorted(swings)))


def _swings(condition: Condition) -> bool:
    return condition.op in ("rises", "falls")


def step(settings: Phases, state: PhasesState | None, values: Values) -> tuple[PhasesState, bool]:
    """Take the values of one time; return whether another phase was entered.

    A phase is left only by entering another one, so the gap between two conditions is the hysteresis.
    """
    state = state or PhasesState()
    if settings.swinging:
        state = _with_turning_points(settings, state, values.now)
        values = Values(values.now, values.moved, values.pushed, state.low, state.high)
    for i, holds in enumerate(settings.opens):
        if i != state.phase and holds(values):
            return PhasesState(i, values.now, values.now) if settings.swinging else PhasesState(i), True
    return state, False


def _with_turning_points(settings: Phases, state: PhasesState, now: tuple[float, ...]) -> PhasesState:
    if not state.low:
        return PhasesState(state.phase, now, now)
    low, high = state.low, state.high
    for i in settings.swinging:
        v = now[i]
        if v == v:
            low = low if low[i] <= v else (*low[:i], v, *low[i + 1 :])
            high = high if high[i] >= v else (*high[:i], v, *high[i + 1 :])
    return state if low is state.low and high is state.high else PhasesState(state.phase, low, high)
