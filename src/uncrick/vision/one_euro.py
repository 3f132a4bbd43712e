"""A low-pass filter that lets go when things move: steady while a body rests, no lag when it turns."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from uncrick.pose.frame import Floats


@dataclass(frozen=True, slots=True)
class OneEuro:
    """Settings. Cut-off frequency = min_cutoff_hz + beta x speed; speed itself is smoothed at speed_cutoff_hz.

    Source: casiez2012.
    """

    min_cutoff_hz: float
    beta: float
    speed_cutoff_hz: float = 1.0


class OneEuroState(NamedTuple):
    """What is remembered: the last time, value and speed."""

    t_s: float
    value: Floats
    speed: Floats


class Sample(NamedTuple):
    """One input: time, values of any shape, and the length that counts as 1 for the speed."""

    t_s: float
    value: Floats
    unit: float


def step(settings: OneEuro, state: OneEuroState | None, x: Sample) -> tuple[OneEuroState, Floats]:
    """Return the smoothed values. The first sample, and one that is not later than the last, passes as it is."""
    if state is None or x.t_s <= state.t_s:
        return OneEuroState(x.t_s, x.value, x.value * 0), x.value
    dt_s = x.t_s - state.t_s
    speed_now = (x.value - state.value) / (x.unit * dt_s)
    speed = state.speed + weight(settings.speed_cutoff_hz, dt_s) * (speed_now - state.speed)
    cutoff_hz = settings.min_cutoff_hz + settings.beta * abs(speed)
    value = state.value + weight(cutoff_hz, dt_s) * (x.value - state.value)
    return OneEuroState(x.t_s, value, speed), value


def weight(cutoff_hz: Floats | float, dt_s: float) -> Floats | float:
    """Return how much of a new value a first-order low-pass of this cut-off takes after *dt_s*."""
    r = 2 * math.pi * dt_s * cutoff_hz
    return r / (r + 1)
