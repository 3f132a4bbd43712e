"""Which joints tell of the movement and how fast it goes: tuning to the last repetitions."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from uncrick.coach.shape import N_JOINTS
from uncrick.pose.frame import Floats

LAGS: Final = tuple(np.unique(np.round(np.geomspace(3, 250, 40)).astype(int)).tolist())
"""Lags tried for the half period, in samples, each about 12 % longer than the one before."""

EVEN: Final = np.full(N_JOINTS, 1 / N_JOINTS)


@dataclass(frozen=True, slots=True)
class Tuning:
    """How joints are weighed.

    lag : part of the half period over which change is compared. Long enough for the movement to show, short enough
        that one step aside, or a joint the tracker lost for a while, does not outweigh it.
    lag_s : the same while no period is known.
    even : how much the joint that follows the movement worst is held against all others; more evens the weights out.
    """

    lag: float = 0.8
    lag_s: float = 1.2
    even: float = 2.0


def half_period(shapes: Floats) -> int:
    """Return after how many samples the body is first farthest from where it was: half the period; 0 if none is found.

    shapes : (T, 13, 3) evenly spaced. Half a period later a body is on the other side of its movement, whatever the
    movement; the median over time of the summed joint distances makes it robust against pauses and lost joints.
    Source: the first maximum of the structure function, as the average magnitude difference function of
    ross1974, which looks for its minimum.
    """
    earlier = before = 0.0
    for i, lag in enumerate(LAGS):
        if lag > 0.6 * len(shapes):
            break
        step = shapes[lag:] - shapes[:-lag]
        changes = np.sqrt(np.einsum("tjk,tjk->tj", step, step)).sum(axis=1)
        change = float(np.partition(changes, len(changes) // 2)[len(changes) // 2])
        if i >= 2 and before >= earlier and before > change:
            return int(LAGS[i - 1])
        earlier, before = before, change
    return 0


def joint_distances(shapes: Floats, rest: Floats) -> Floats:
    """Return how far each joint is from its place at rest: (..., 13, 3) less (13, 3) gives (..., 13).

    A joint that was never seen is at no distance.
    """
    off = shapes - rest
    out: Floats = np.sqrt(np.einsum("...jk,...jk->...j", off, off))
    if math.isnan(float(np.add.reduce(out, axis=None))):
        out[np.isnan(out)] = 0.0
    return out


def joint_weights(tuning: Tuning, distances: Floats, lag: int) -> Floats:
    """Return (13,) weights, summing to 1, of the joints in the distance from rest.

    distances : (T, 13) from `joint_distances`. lag : samples.
    One common factor is fitted to the joints' changes over *lag*; a joint counts by the square of its share in the
    factor over what the factor leaves unexplained in it. A joint that jumps about on its own, or rests, so counts for
    little. Source: the weights of a one-factor model, lawley1971, with the residual held off zero by *even*.
    """
    enough = len(distances) > 2 * lag
    change = distances[lag:] - distances[:-lag] if enough else distances - distances.mean(axis=0)
    covariance = change.T @ change / len(change)
    own = np.diag(covariance)
    total = float(own.sum())
    if not total > 0 or not math.isfinite(total):
        return EVEN
    weights: Floats = own / total
    for _ in range(6):
        shared = covariance @ weights
        common = max(float(weights @ shared), 1e-12 * total)
        left_over = np.maximum(own - shared * shared / common, 0.0)
        share = np.maximum(shared / common, 0.0)
        weights = share * share / (left_over + tuning.even * left_over.max() + 1e-9 * total)
        weights = weights / weights.sum()
    return weights
