"""From when to when a repetition lasts: the rest between two of them is shared out in halves."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from uncrick.pose.frame import Floats


@dataclass(frozen=True, slots=True)
class Segmenting:
    """level : part of the lower of two neighbouring peaks below which the body counts as resting between them.

    pause : a rest longer than this part of a usual repetition is a pause; neither repetition takes more of it than half
        a usual rest.
    """

    level: float = 0.4
    pause: float = 1.0


class Span(NamedTuple):
    """One repetition, from the middle of the rest before it to the middle of the rest after it."""

    start_s: float
    end_s: float


class Rest(NamedTuple):
    """The time between two repetitions in which the body is near rest."""

    from_s: float
    to_s: float


def rest_between(t_s: Floats, distance: Floats, level: float) -> Rest:
    """Return when the distance is first and last below *level* of the lower peak above the valley, by interpolation.

    t_s, distance : (n,) from one peak to the next, both included.
    """
    if len(t_s) < 2:
        return Rest(float(t_s[0]), float(t_s[0]))
    valley = float(distance.min())
    threshold = valley + level * (min(float(distance[0]), float(distance[-1])) - valley)
    below = np.flatnonzero(distance <= threshold)
    first, last = int(below[0]), int(below[-1])
    return Rest(
        _crossing(t_s, distance, threshold, max(first - 1, 0)),
        _crossing(t_s, distance, threshold, min(last, len(t_s) - 2)),
    )


def _crossing(t_s: Floats, distance: Floats, threshold: float, i: int) -> float:
    """Return when the line from sample i to sample i + 1 passes *threshold*."""
    rise = float(distance[i + 1] - distance[i])
    part = (threshold - float(distance[i])) / rise if rise else 0.0
    return float(t_s[i]) + min(max(part, 0.0), 1.0) * float(t_s[i + 1] - t_s[i])


def spans(
    settings: Segmenting, t_s: Floats, distance: Floats, peaks: Sequence[int], opening_s: float
) -> tuple[Span, ...]:
    """Return the span of each repetition.

    t_s, distance : (n,) unsmoothed. peaks : the sample of each repetition's peak, rising.
    opening_s : where the first repetition starts when that is known, else NaN; then half a usual rest before it.
    The last repetition ends half a usual rest after it came back, or with the samples.
    """
    if not peaks:
        return ()
    first, last = peaks[0], peaks[-1]
    before = rest_between(t_s[: first + 1], _with_peak(distance[: first + 1], distance[first]), settings.level)
    after = rest_between(t_s[last:], _with_peak(distance[last:][::-1], distance[last])[::-1], settings.level)
    rests = [rest_between(t_s[a : b + 1], distance[a : b + 1], settings.level) for a, b in itertools.pairwise(peaks)]
    half_s = _usual_half_rest_s(rests, after.from_s - before.to_s)
    ends = _ends(settings, t_s, peaks, rests, half_s)
    start_s = opening_s if opening_s == opening_s else max(float(t_s[0]), before.to_s - half_s)
    return tuple(
        Span(a, b)
        for a, b in zip(
            [start_s, *(b for _, b in ends)],
            [*(a for a, _ in ends), min(float(t_s[-1]), after.from_s + half_s)],
            strict=True,
        )
    )


def _with_peak(distance: Floats, peak: float) -> Floats:
    """Return the distance with its first value set to *peak*: the edge of a stream searched like a rest."""
    out: Floats = distance.copy()
    out[0] = peak
    return out


def _usual_half_rest_s(rests: Sequence[Rest], busy_s: float) -> float:
    """Return half the median rest; without any, half of what a smooth there-and-back rests below 0.4 of its height."""
    if rests:
        return float(np.median([r.to_s - r.from_s for r in rests])) / 2
    return 0.77 * busy_s / 2


def _ends(
    settings: Segmenting, t_s: Floats, peaks: Sequence[int], rests: Sequence[Rest], half_s: float
) -> list[tuple[float, float]]:
    """Return where each repetition but the last ends and the next one starts."""
    if not rests:
        return []
    pause_s = settings.pause * float(np.median(np.diff(t_s[list(peaks)])))
    return [
        (r.from_s + half_s, r.to_s - half_s)
        if r.to_s - r.from_s > max(pause_s, 2 * half_s)
        else ((r.from_s + r.to_s) / 2,) * 2
        for r in rests
    ]
