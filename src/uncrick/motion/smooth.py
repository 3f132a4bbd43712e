"""The mean of the last 0.17 s of every measure, stamped with the time it is the mean of."""

import math
from dataclasses import dataclass
from typing import NamedTuple

NAN = math.nan


class Sample(NamedTuple):
    """Values of all measures (in their order) at one time; NaN where not seen."""

    t_s: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Smooth:
    """window_s : how much of the past is averaged. 0.17 s is five intervals at 30 frames/s. Source: CLINICAL 3.3."""

    window_s: float = 0.17


SmoothState = tuple[Sample, ...]


def step(settings: Smooth, state: SmoothState | None, x: Sample) -> tuple[SmoothState, Sample]:
    """Take one sample; return the mean over the window, stamped with the mean of its times so that nothing lags.

    A measure that is unseen for less than the window is bridged by the samples that were seen.
    """
    kept = (*_since(state, x.t_s - settings.window_s), x) if state else (x,)
    n = len(kept)
    if n == 1:
        return kept, x
    columns = list(zip(*[s.values for s in kept], strict=True))
    means = [sum(column) / n for column in columns]
    total = sum(means)
    if total != total:
        means = [mean if mean == mean else _mean_of_seen(c) for mean, c in zip(means, columns, strict=True)]
    return kept, Sample(sum([s.t_s for s in kept]) / n, tuple(means))


def _since(state: SmoothState, oldest_s: float) -> SmoothState:
    first = 0
    while first < len(state) and not state[first].t_s > oldest_s:
        first += 1
    return state[first:]


def _mean_of_seen(column: tuple[float, ...]) -> float:
    seen = [v for v in column if v == v]
    return sum(seen) / len(seen) if seen else NAN
