"""Where in the exercise the person is: a table of phases, each entered when its own condition holds."""

from collections.abc import Mapping
from dataclasses import dataclass
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


class Test(NamedTuple):
    """A condition with its measure's place among the values."""

    at: int
    op: str
    value: float


Tests = tuple[tuple[Test, ...], ...]


def compile_when(when: When, index: Mapping[str, int]) -> Tests:
    """Return *when* with every measure replaced by its place in `Values.now`."""
    return tuple(tuple(Test(index[c.measure], c.op, c.value) for c in group) for group in when)


def holds(tests: Tests, values: Values) -> bool:
    """Whether any group of *tests* is fulfilled; what is not seen (NaN) fulfils nothing."""
    for group in tests:
        for test in group:
            if not _fulfilled(test, values):
                break
        else:
            return True
    return False


def _fulfilled(test: Test, values: Values) -> bool:
    at, op, limit = test
    if op == "above":
        return values.now[at] > limit
    if op == "below":
        return values.now[at] < limit
    if op == "moves":
        return abs(values.moved) >= limit
    if op == "pushes":
        return values.pushed >= limit
    if op == "rises":
        return values.now[at] - values.low[at] >= limit
    return values.high[at] - values.now[at] >= limit


@dataclass(frozen=True, slots=True)
class Phases:
    """The exercise's phases in order, each with its compiled condition, and the places of measures that swing."""

    names: tuple[str, ...]
    tests: tuple[Tests, ...]
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
    tests = tuple(compile_when(phase.when, index) for phase in exercise.phases)
    return Phases(tuple(p.name for p in exercise.phases), tests, tuple(sorted(swings)))


def _swings(condition: Condition) -> bool:
    return condition.op in ("rises", "falls")


def step(settings: Phases, state: PhasesState | None, values: Values) -> tuple[PhasesState, bool]:
    """Take the values of one time; return whether another phase was entered.

    A phase is left only by entering another one, so the gap between two conditions is the hysteresis.
    """
    state = state or PhasesState()
    if settings.swinging:
        state = _with_turning_points(settings, state, values.now)
        values = values._replace(low=state.low, high=state.high)
    for i, tests in enumerate(settings.tests):
        if i != state.phase and holds(tests, values):
            return PhasesState(i, values.now, values.now) if settings.swinging else PhasesState(i), True
    return state, False


def _with_turning_points(settings: Phases, state: PhasesState, now: tuple[float, ...]) -> PhasesState:
    if not state.low:
        return state._replace(low=now, high=now)
    low, high = list(state.low), list(state.high)
    for i in settings.swinging:
        v = now[i]
        if v == v:
            low[i] = v if not low[i] <= v else low[i]
            high[i] = v if not high[i] >= v else high[i]
    return state._replace(low=tuple(low), high=tuple(high))
