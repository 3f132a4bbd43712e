"""Going out from rest and coming back: excursions of one distance over time, found as it happens."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Hysteresis:
    """When a distance counts as gone out, and when as come back. Heights are measured from the last low.

    smooth_s : time constant of the low-pass on the distance.
    floor : least height, in the distance's unit (trunk lengths), of anything that counts.
    leave : part of the usual height after which an excursion is on. Usual: the median of the last *n_usual*.
    back : part of its own height an excursion must fall again to be over.
    gap_s : a longer break in the stream ends an excursion without counting it.
    """

    floor: float = 0.08
    smooth_s: float = 0.1
    leave: float = 0.3
    back: float = 0.6
    n_usual: int = 5
    gap_s: float = 2.0


class Excursion(NamedTuple):
    """Once out and back. left_s, peak_s, back_s : when it was noticed leaving, was farthest, was found to be back."""

    left_s: float
    peak_s: float
    back_s: float
    height: float


class Tracked(NamedTuple):
    """What is remembered: the smoothed distance and its time, the low or the excursion that is on, and all found.

    low : lowest distance since the last excursion. left_s, peak_s, peak : of the excursion that is on.
    """

    t_s: float = math.nan
    smoothed: float = math.nan
    out: bool = False
    low: float = math.inf
    left_s: float = math.nan
    peak_s: float = math.nan
    peak: float = -math.inf
    found: tuple[Excursion, ...] = ()


class Turn(Enum):
    """What the last sample was: an excursion began, one ended, or nothing of note."""

    NONE = 0
    LEFT = 1
    BACK = 2


def usual_height(settings: Hysteresis, found: Sequence[Excursion]) -> float:
    """Return the median height of the latest excursions, 0 without any."""
    heights = sorted(e.height for e in found[-settings.n_usual :])
    n = len(heights)
    return (heights[(n - 1) // 2] + heights[n // 2]) / 2 if n else 0.0


def scan(
    settings: Hysteresis, state: Tracked, t_s: Sequence[float], distance: Sequence[float]
) -> tuple[Tracked, int, Turn]:
    """Take samples until one of them is a turn, or to the end; return how many were taken and what the last one was.

    Live, one sample is handed in; a replay hands in what it has, as the caller may change the distance at a turn.
    """
    last_s, smoothed, out, low, left_s, peak_s, peak, found = state
    threshold = max(settings.floor, settings.leave * usual_height(settings, found))
    for i, (now_s, value) in enumerate(zip(t_s, distance, strict=True)):
        gap_s = now_s - last_s
        smoothed = (
            smoothed + (1 - math.exp(-gap_s / settings.smooth_s)) * (value - smoothed) if gap_s == gap_s else value
        )
        last_s = now_s
        if out and gap_s > settings.gap_s:
            out, low = False, smoothed
        if not out:
            low = min(low, smoothed)
            if smoothed > low + threshold:
                left = Tracked(now_s, smoothed, True, low, now_s, now_s, smoothed, found)
                return left, i + 1, Turn.LEFT
        elif smoothed > peak:
            peak, peak_s = smoothed, now_s
        elif peak - smoothed > settings.back * (peak - low):
            done = (*found, Excursion(left_s, peak_s, now_s, peak - low))
            return Tracked(now_s, smoothed, False, smoothed, found=done), i + 1, Turn.BACK
    return Tracked(last_s, smoothed, out, low, left_s, peak_s, peak, found), len(t_s), Turn.NONE
