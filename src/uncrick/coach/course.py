"""The course of one repetition: which way each bone points, from rest to rest, whoever does it and however fast."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from uncrick.coach.segment import Span
from uncrick.coach.shape import JOINTS
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import mirrored_name

N_PHASES: Final = 16
"""Moments of a repetition at which bones are compared, evenly spread from its start to its end."""

_AT = {name: i for i, name in enumerate(JOINTS)}
_HIPS, _SHOULDERS = len(JOINTS), len(JOINTS) + 1

BONES: Final = (
    ("trunk", _HIPS, _SHOULDERS),
    ("head", _SHOULDERS, _AT["nose"]),
    ("shoulders", _AT["shoulder_right"], _AT["shoulder_left"]),
    *(
        (f"{bone}_{side}", _AT[f"{near}_{side}"] if near else _HIPS, _AT[f"{far}_{side}"])
        for side in ("left", "right")
        for bone, near, far in (
            ("upper_arm", "shoulder", "elbow"),
            ("forearm", "elbow", "wrist"),
            ("thigh", "", "knee"),
            ("shank", "knee", "ankle"),
        )
    ),
)
"""Name, from, to: joints of a shape, then the middle of the hips and of the shoulders."""

TRUNK: Final = 0
N_BONES: Final = len(BONES)
_FROM, _TO = (np.array([bone[i] for bone in BONES]) for i in (1, 2))
_MIRROR = np.array([[bone[0] for bone in BONES].index(mirrored_name(bone[0])) for bone in BONES])
_LEVEL = 0.5
"""Cosine: a shoulder line steeper than 60 deg says nothing about which way a person faces."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One repetition.

    directions : (16, 11, 3) unit vectors of `BONES` in the order of the phases, the person turned to face the camera;
        NaN where a joint was never seen.
    duration_s : s. jerk : ln of the dimensionless jerk of the joints that move most, higher is less smooth;
        NaN for a repetition of fewer than five samples. Source: hogan2009.
    """

    directions: Floats
    duration_s: float
    jerk: float


def course_of(t_s: Sequence[float], shapes: Sequence[Floats], span: Span) -> Course:
    """Return the course of the repetition that lasted for *span*, from the samples around it: n times, (n, 13, 3)."""
    times, places = np.asarray(t_s), np.asarray(shapes)
    at_s = np.linspace(span.start_s, span.end_s, N_PHASES)
    i = np.clip(np.searchsorted(times, at_s, side="right") - 1, 0, max(len(times) - 2, 0))
    j = np.minimum(i + 1, len(times) - 1)
    part = np.clip((at_s - times[i]) / np.maximum(times[j] - times[i], 1e-9), 0.0, 1.0)[:, None, None]
    within = (times >= span.start_s) & (times <= span.end_s)
    directions = bone_directions(facing(places[i] * (1 - part) + places[j] * part))
    return Course(directions, span.end_s - span.start_s, log_jerk(places[within]))


def facing(shapes: Floats) -> Floats:
    """Return (n, 13, 3) shapes turned about the vertical until the shoulders are square to the camera at both ends.

    Not turned where the shoulder line is nearer to upright than to level, as in lying on the side.
    """
    left, right = _AT["shoulder_left"], _AT["shoulder_right"]
    line = shapes[[0, -1], left] - shapes[[0, -1], right]
    x, y, z = line.mean(axis=0).tolist()
    flat = math.hypot(x, z)
    if not flat > _LEVEL * math.hypot(flat, y):
        return shapes
    cos, sin = x / flat, z / flat
    out: Floats = shapes @ np.array([[cos, 0.0, -sin], [0.0, 1.0, 0.0], [sin, 0.0, cos]])
    return out


def bone_directions(shapes: Floats) -> Floats:
    """Return (..., 11, 3) unit vectors along `BONES`, NaN where an end was not seen or both are in one place."""
    hips = np.zeros_like(shapes[..., :1, :])
    shoulders = (shapes[..., 1:2, :] + shapes[..., 2:3, :]) / 2
    points = np.concatenate([shapes, hips, shoulders], axis=-2)
    return _unit(points[..., _TO, :] - points[..., _FROM, :])


def mirrored(directions: Floats) -> Floats:
    """Return (..., 11, 3) directions as in a mirror: sides swapped, x reversed, the shoulder line from the right."""
    out: Floats = directions[..., _MIRROR, :] * np.array([-1.0, 1.0, 1.0])
    out[..., 2, :] *= -1
    return out


def angles_deg(a: Floats, b: Floats) -> Floats:
    """Return the angle between unit vectors, (..., 3) and (..., 3) to (...) degrees; exact for small angles too."""
    chord = np.sqrt(np.square(a - b).sum(axis=-1))
    out: Floats = np.degrees(2 * np.arcsin(np.clip(chord / 2, 0.0, 1.0)))
    return out


def difference_deg(a: Floats, b: Floats) -> float:
    """Return by how much the bones of two courses point differently, averaged over bones and phases; NaN if none."""
    angles = angles_deg(a, b)
    seen = np.isfinite(angles)
    return float(angles[seen].mean()) if seen.any() else math.nan


def excursion_deg(directions: Floats) -> Floats:
    """Return (..., 11) how far each bone turns at most from where it is at the ends of (..., 16, 11, 3) directions."""
    ends = directions[..., [0, 1, -2, -1], :, :]
    rest = _unit(np.median(ends, axis=-3))
    out: Floats = angles_deg(directions, rest[..., None, :, :]).max(axis=-2)
    return out


def nearer_side(directions: Floats, to: Floats) -> Floats:
    """Return *directions* or their mirror image, whichever differs less from *to*: either side is done alike."""
    other = mirrored(directions)
    return other if difference_deg(other, to) < difference_deg(directions, to) else directions


def middle_course(courses: Sequence[Floats]) -> Floats:
    """Return the median directions of several courses, of unit length again."""
    return _unit(np.median(np.stack(courses), axis=0))


def log_jerk(shapes: Floats) -> float:
    """Return ln(integral of squared jerk x duration^5 / path^2), the median of the four joints that go farthest.

    shapes : (n, 13, 3) at even times. It does not depend on tempo or size. NaN for fewer than five samples.
    Source: hogan2009.
    """
    n = len(shapes)
    if n < 5:
        return math.nan
    path = np.sqrt(np.square(np.diff(shapes, axis=0)).sum(axis=2)).sum(axis=0)
    squared_jerk = np.square(np.diff(shapes, n=3, axis=0)).sum(axis=(0, 2))
    reach = np.sqrt(np.square(shapes - shapes[0]).sum(axis=2)).max(axis=0)
    seen = np.flatnonzero(np.isfinite(reach) & (path > 0))
    if not len(seen):
        return math.nan
    far = seen[np.argsort(-reach[seen], kind="stable")][:4]
    return float(np.median(np.log(squared_jerk[far] * n**5 / np.square(path[far]) + 1e-9)))


def _unit(vectors: Floats) -> Floats:
    length = np.sqrt(np.square(vectors).sum(axis=-1, keepdims=True))
    out: Floats = vectors / np.where(length > 0, length, np.nan)
    return out
