"""How far a value has gone in the last 0.7 s: the only measure of speed that survives a camera's jitter."""

import math
from dataclasses import dataclass
from typing import NamedTuple


class Moment(NamedTuple):
    """A value at a time; NaN where not seen."""

    t_s: float
    value: float


@dataclass(frozen=True, slots=True)
class Traverse:
    """over_s : the time over which displacement is taken; spacing_s : how densely the past is kept.

    Source: simulation in CLINICAL 3.3: differentiating the angle alarms on 80-99 % of correct slow turns instead.
    """

    over_s: float = 0.7
    spacing_s: float = 0.03


TraverseState = tuple[Moment, ...]


def step(settings: Traverse, state: TraverseState | None, x: Moment) -> tuple[TraverseState, float]:
    """Take one value; return its signed displacement over the last *over_s*, NaN while it is not seen.

    When less than that has been seen, the displacement is from the first value there is.
    """
    if x.value != x.value:
        return state or (), math.nan
    oldest = x.t_s - settings.over_s - 1e-6
    if not state:
        return (x,), 0.0
    first = 0
    while first < len(state) and state[first].t_s < oldest:
        first += 1
    kept = state[first:]
    moved = x.value - kept[0].value if kept else 0.0
    if not kept or x.t_s - kept[-1].t_s >= settings.spacing_s:
        kept = (*kept, x)
    return kept, moved


def rise_within(state: TraverseState, x: Moment, within_s: float, direction: float) -> float:
    """Return how far *x* lies beyond the least (in *direction*, +1 or -1) of the values in the last *within_s*."""
    since_s = x.t_s - within_s - 1e-6
    least = math.inf
    for moment in reversed(state):
        if moment.t_s < since_s:
            break
        value = direction * moment.value
        least = value if value < least else least
    return direction * x.value - least if least < math.inf else 0.0
