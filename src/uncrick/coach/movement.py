"""A movement as far as it is known: its rest, the joints that tell of it, and every time it went out and came back."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from uncrick.coach import excursion, tuning
from uncrick.coach.excursion import Excursion, Hysteresis, Tracked, Turn
from uncrick.coach.tuning import Tuning
from uncrick.pose.frame import Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """How a movement is found in samples.

    least : an excursion below this part of the median height is no repetition.
    rest_moves : how far the rest follows the latest pause between two repetitions, 0 not at all, 1 all the way.
    other_end : the stream began this much nearer to the far end of the movement than to its rest, and the body stays
        longer there: they are exchanged.
    opposite : part of two neighbouring peaks' heights together that they lie apart when the rest is between them.
    stay : part of the time from peak to peak below which the body only passes through the rest.
    n_passes : how often rest and joint weights, each of which needs the other, are worked out in turn.
    """

    hysteresis: Hysteresis = field(default_factory=Hysteresis)
    tuning: Tuning = field(default_factory=Tuning)
    least: float = 0.2
    rest_moves: float = 0.5
    other_end: float = 1.5
    opposite: float = 0.8
    stay: float = 0.3
    n_passes: int = 2


class Movement(NamedTuple):
    """The movement as known. rest, weights : (13, 3) m and (13,). rest_now : the rest after the latest pause.

    half_period : samples, 0 unknown.
    """

    rest: Floats
    rest_now: Floats
    weights: Floats
    tracked: Tracked = Tracked()
    half_period: int = 0


class Samples(NamedTuple):
    """t_s : n times. shapes : n of (13, 3). trunk : the length that distances are divided by, in the shapes' unit.

    begun : the shape the stream began in while that start is among the samples, else None.
    """

    t_s: Sequence[float]
    shapes: Sequence[Floats] | Floats
    trunk: float
    begun: Floats | None


def distance(shapes: Floats, rest: Floats, weights: Floats, trunk: float) -> Floats:
    """Return (...,) how far (..., 13, 3) shapes are from *rest*, in trunk lengths."""
    out: Floats = tuning.joint_distances(shapes, rest) @ weights / trunk
    return out


def repetitions(finding: Finding, found: Sequence[Excursion]) -> list[Excursion]:
    """Return the excursions high enough to be repetitions."""
    if not found:
        return []
    least = finding.least * median([e.height for e in found])
    return [e for e in found if e.height >= least]


def follow(finding: Finding, movement: Movement, samples: Samples) -> tuple[Movement, Turn]:
    """Take the newest of *samples*; the rest follows the pause that ends with it, if one does."""
    t_s, shapes, trunk, _ = samples
    now = float(distance(shapes[-1], movement.rest_now, movement.weights, trunk))
    tracked, _, turn = excursion.scan(finding.hysteresis, movement.tracked, t_s[-1:], (now,))
    movement = movement._replace(tracked=tracked)
    if turn is Turn.LEFT and tracked.found:
        pause = shapes[bisect.bisect_left(t_s, tracked.found[-1].back_s) :]
        movement = movement._replace(rest_now=_moved(finding, movement.rest_now, pause))
    return movement, turn


def work_out(finding: Finding, movement: Movement, samples: Samples) -> tuple[Movement, Floats]:
    """Return the movement worked out anew from all *samples*, and their (n,) distances from rest."""
    shapes = np.nan_to_num(np.array(samples.shapes))
    samples = samples._replace(shapes=shapes)
    half = tuning.half_period(shapes)
    lag = max(3, round(finding.tuning.lag * half))
    if not half:
        lag = max(1, round(finding.tuning.lag_s / float(np.median(np.diff(samples.t_s)))))
    rest = np.nan_to_num(movement.rest)
    for i in range(finding.n_passes):
        weights = tuning.joint_weights(finding.tuning, tuning.joint_distances(shapes, rest), lag)
        movement = Movement(rest, rest, weights, half_period=half)
        movement, distances = _replay(finding, movement, samples)
        if i + 1 < finding.n_passes:
            rest = _rest(finding, movement, samples)
    return movement, distances


def _replay(finding: Finding, movement: Movement, samples: Samples) -> tuple[Movement, Floats]:
    """Follow the movement through all samples, as `follow` would have; return also their distances."""
    t_s, trunk, shapes = samples.t_s, samples.trunk, np.asarray(samples.shapes)
    n, at = len(t_s), 0
    distances = distance(shapes, movement.rest_now, movement.weights, trunk)
    tracked, rest = Tracked(), movement.rest_now
    while at < n:
        tracked, taken, turn = excursion.scan(finding.hysteresis, tracked, t_s[at:], distances[at:].tolist())
        at += taken
        if turn is Turn.LEFT and tracked.found:
            rest = _moved(finding, rest, shapes[bisect.bisect_left(t_s, tracked.found[-1].back_s) : at])
            distances[at:] = distance(shapes[at:], rest, movement.weights, trunk)
    return movement._replace(tracked=tracked, rest_now=rest), distances


def _moved(finding: Finding, rest: Floats, pause: Sequence[Floats] | Floats) -> Floats:
    """Return *rest* moved towards the middle of a pause, (n, 13, 3): there a body is at rest if it is at all."""
    middle = len(pause) // 2
    near = pause[max(middle - 1, 0) : middle + 2]
    here: Floats = sum(near[1:], near[0]) / len(near)
    return (1 - finding.rest_moves) * rest + finding.rest_moves * here


def _rest(finding: Finding, movement: Movement, samples: Samples) -> Floats:
    """Return the median of the shapes in the middle of the pauses, unless the rest is found to be elsewhere."""
    t_s, begun, shapes = samples.t_s, samples.begun, np.asarray(samples.shapes)
    kept = repetitions(finding, movement.tracked.found)
    if not kept:
        return movement.rest
    peaks = shapes[np.searchsorted(t_s, [e.peak_s for e in kept])]
    if _passed_through(finding, movement, kept, peaks):
        ends = np.stack([np.median(peaks[i::2], axis=0) for i in (0, 1)])
        longer: Floats = ends[int(np.argmax(_stays(movement.weights, shapes, ends)))]
        return longer
    backs = [0 if begun is None else -1, *np.searchsorted(t_s, [e.back_s for e in kept]).tolist()]
    lefts = np.searchsorted(t_s, [e.left_s for e in kept]).tolist()
    middles = [(back + left) // 2 for back, left in zip(backs, lefts, strict=False) if back >= 0]
    if not middles:
        return movement.rest
    near = np.array([m + i for m in middles for i in (-1, 0, 1)]).clip(0, len(t_s) - 1)
    rest: Floats = np.median(shapes[near], axis=0)
    if begun is None or len(kept) < 2:
        return rest
    far: Floats = np.median(peaks, axis=0)
    ends = np.stack([rest, far])
    from_rest, from_far = tuning.joint_distances(ends, np.nan_to_num(begun)) @ movement.weights
    at_rest, at_far = _stays(movement.weights, shapes, ends)
    return far if from_rest > finding.other_end * from_far and at_far > at_rest else rest


def _passed_through(finding: Finding, movement: Movement, kept: Sequence[Excursion], peaks: Floats) -> bool:
    """Whether the rest is only a place on the way: the body goes through it to the other side without staying.

    So it is when the stream began on the way. Peaks on either side of the rest lie as far apart as both heights
    together; a rest between two sides, as in turning left and right, is told from it by the time spent there.
    """
    if len(kept) < 3:
        return False
    heights = tuning.joint_distances(peaks, movement.rest) @ movement.weights
    apart = tuning.joint_distances(peaks[1:], peaks[:-1]) @ movement.weights
    stays = np.array([(b.left_s - a.back_s) / (b.peak_s - a.peak_s) for a, b in pairwise(kept)])
    passed = (apart > finding.opposite * (heights[1:] + heights[:-1])) & (stays < finding.stay)
    return bool(passed.mean() > 0.5)


def _stays(weights: Floats, shapes: Floats, ends: Floats) -> Floats:
    """Return (2,) in how many of the (n, 13, 3) shapes the body is near each of the two *ends* of its movement."""
    near = 0.3 * float(tuning.joint_distances(ends[0], ends[1]) @ weights)
    return np.array([float((tuning.joint_distances(shapes, end) @ weights < near).sum()) for end in ends])
