"""Counting repetitions: every asked phase visited, in any order, and back to rest."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from uncrick.exercise.definition import Exercise, Side


@dataclass(frozen=True, slots=True)
class Counting:
    """each : phases of one repetition. rest : the phase that ends it; empty for a swing, which ends where it began.

    passed : those of *each* that are visited by entering them, having no hold.
    still_s, still_range : a swing that moves less than the range for so long has ended, and counts if it was whole.
    """

    each: tuple[str, ...]
    rest: str
    sides: tuple[Side, ...]
    still_s: float = 1.0
    still_range: float = 5.0
    passed: tuple[str, ...] = ()


class CountState(NamedTuple):
    """n : repetitions so far. visited : phases of the present one. entered_s : when each of them was last entered.

    repetition_s : time between the last two entries of the same phase. anchor, moved_s : where and when the measure
    last moved on.
    """

    n: int = 0
    visited: frozenset[str] = frozenset()
    entered_s: tuple[tuple[str, float], ...] = ()
    repetition_s: float = math.nan
    anchor: float = math.nan
    moved_s: float = -math.inf


class Tick(NamedTuple):
    """What the counter hears of one frame.

    entered : the phase just entered, or empty. held : the phase whose hold is on, or empty.
    value : the measure that swings, NaN unseen.
    """

    t_s: float
    entered: str = ""
    held: str = ""
    value: float = math.nan


def compile_counting(exercise: Exercise) -> Counting:
    """Return how to count repetitions of *exercise*."""
    repetition = exercise.repetition
    phases = [exercise.phase(name) for name in repetition.each]
    passed = tuple(p.name for p in phases if not p.hold)
    return Counting(repetition.each, repetition.rest, tuple(p.side for p in phases), passed=passed)


def step(settings: Counting, state: CountState | None, x: Tick) -> tuple[CountState, bool]:
    """Take one tick; return whether a repetition was completed.

    A phase with a hold is visited by holding it, any other by entering it.
    """
    state = state or CountState()
    if settings.rest:
        return _with_rest(settings, state, x)
    return _swinging(settings, state, x)


def repetition_side(settings: Counting) -> Side:
    """Return the side a repetition is done on: empty when it takes both or none."""
    return settings.sides[0] if len(settings.sides) == 1 else ""


def _with_rest(settings: Counting, state: CountState, x: Tick) -> tuple[CountState, bool]:
    if x.held in settings.each and x.held not in state.visited:
        state = state._replace(visited=state.visited | {x.held})
    if x.entered in settings.passed:
        state = state._replace(visited=state.visited | {x.entered})
    if x.entered != settings.rest or state.visited != frozenset(settings.each):
        return state, False
    return state._replace(n=state.n + 1, visited=frozenset()), True


def _swinging(settings: Counting, state: CountState, x: Tick) -> tuple[CountState, bool]:
    whole = state.visited == frozenset(settings.each)
    if not abs(x.value - state.anchor) < settings.still_range:
        state = state._replace(anchor=x.value, moved_s=x.t_s)
    if x.entered in settings.each:
        entered = dict(state.entered_s)
        last_s = entered.get(x.entered, math.nan)
        entered[x.entered] = x.t_s
        visited = frozenset({x.entered}) if whole else state.visited | {x.entered}
        n = state.n + whole
        return state._replace(
            n=n, visited=visited, entered_s=tuple(entered.items()), repetition_s=x.t_s - last_s
        ), whole
    if whole and x.t_s - state.moved_s >= settings.still_s:
        return state._replace(n=state.n + 1, visited=frozenset(), entered_s=()), True
    return state, False
