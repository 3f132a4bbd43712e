"""A body's shape ten times a second: the joints' places from the hips, averaged over the frames of a tenth."""

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from uncrick.pose.frame import Floats, Frame
from uncrick.pose.landmark import INDEX, mirrored_name

JOINTS: Final = (
    "nose",
    "shoulder_left", "shoulder_right", "elbow_left", "elbow_right", "wrist_left", "wrist_right",
    "knee_left", "knee_right", "ankle_left", "ankle_right", "foot_index_left", "foot_index_right",
)  # fmt: skip
"""The landmarks a shape is made of. The hips are its origin; face and fingers only repeat nose and wrists."""

N_JOINTS: Final = len(JOINTS)
MIRROR: Final = tuple(JOINTS.index(mirrored_name(name)) for name in JOINTS)
"""For each joint the place of its twin: ``shape[MIRROR]`` swaps the sides."""

_TAKE = np.array([INDEX[name] for name in (*JOINTS, "hip_left", "hip_right")])
_ONES = np.ones((N_JOINTS, 3))
_SHOULDERS = (JOINTS.index("shoulder_left"), JOINTS.index("shoulder_right"))


@dataclass(frozen=True, slots=True)
class Sampling:
    """period_s : frames within one period become one sample; slower streams give one sample a frame.

    Ten a second follow a joint through a repetition of half a second; averaging makes the sample independent of the
    frame rate and takes the edge off jitter.
    """

    period_s: float = 0.1


class Sample(NamedTuple):
    """t_s : mean time of its frames. shape : (13, 3) from the hips, m (px where the source has no metres).

    A joint out of sight stays where it was last seen; NaN until it was seen once.
    """

    t_s: float
    shape: Floats


class SamplingState(NamedTuple):
    """The sample being gathered (sums over *n* frames), when the last frame came, and where joints were last seen."""

    start_s: float
    n: int
    t_sum_s: float
    shape_sum: Floats
    last_s: float
    seen: Floats


def shape_of(frame: Frame) -> Floats:
    """Return the (13, 3) places of `JOINTS` from the middle of the hips, NaN where unseen, all NaN without hips.

    In metres where the source gives them, else in pixels with depth 0.
    """
    points: Floats = frame.world_m.take(_TAKE, axis=0)
    if not math.isfinite(points[-1, 0]):
        points = frame.image_px.take(_TAKE, axis=0)
        points[:, 2] = 0.0
    shape: Floats = points[:N_JOINTS] - (points[-2] + points[-1]) * 0.5
    return shape


def has_gap(shape: Floats) -> bool:
    """Return whether a number of *shape* is NaN. The product costs half of numpy's own ways to ask, once a frame."""
    return math.isnan(float(np.vdot(shape, _ONES)))


def trunk_length(shape: Floats) -> float:
    """Return the distance from the hips to the middle of the shoulders, in the shape's unit; NaN where unseen."""
    left, right = _SHOULDERS
    x, y, z = ((shape[left] + shape[right]) * 0.5).tolist()
    return math.sqrt(x * x + y * y + z * z)


def mirrored(shapes: Floats) -> Floats:
    """Return (..., 13, 3) shapes as seen in a mirror: sides swapped, x reversed."""
    out: Floats = shapes[..., MIRROR, :] * np.array([-1.0, 1.0, 1.0])
    return out


def step(settings: Sampling, state: SamplingState | None, frame: Frame) -> tuple[SamplingState | None, Sample | None]:
    """Take one frame; return the sample it completes, if it does.

    Frames without hips, and frames that are not later than the one before, are passed over.
    """
    if state is not None and not frame.t_s > state.last_s:
        return state, None
    shape = shape_of(frame)
    if has_gap(shape):
        if np.isnan(shape[:, 0]).all() or not math.isfinite(frame.t_s):
            return state, None
        if state is not None:
            shape = np.where(np.isnan(shape), state.seen, shape)
    t_s = frame.t_s
    if state is None:
        return SamplingState(t_s, 1, t_s, shape, t_s, shape), None
    if t_s - state.start_s < settings.period_s - 1e-6:
        total = state.shape_sum + shape
        return SamplingState(state.start_s, state.n + 1, state.t_sum_s + t_s, total, t_s, shape), None
    whole = math.floor((t_s - state.start_s) / settings.period_s + 1e-6)
    start_s = state.start_s + whole * settings.period_s
    return SamplingState(start_s, 1, t_s, shape, t_s, shape), gathered(state)


def gathered(state: SamplingState) -> Sample:
    """Return the sample of the frames gathered so far."""
    return Sample(state.t_sum_s / state.n, state.shape_sum / state.n)
