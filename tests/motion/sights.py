"""Frames of a few named points, for tests of measures; everything else is out of sight."""

import math
from collections.abc import Mapping

import numpy as np

from uncrick.motion.measure import Measure, Sight, sight_of
from uncrick.pose.frame import Frame
from uncrick.pose.landmark import INDEX, N_LANDMARKS

Place = tuple[float, ...]


def frame_of(image: Mapping[str, Place], world: Mapping[str, Place] | None = None, t_s: float = 0.0) -> Frame:
    """Return a frame in which only the named points are seen; places may leave the depth out."""
    arrays = []
    for places in (image, world or {}):
        array = np.full((N_LANDMARKS, 3), math.nan)
        for name, place in places.items():
            array[INDEX[name], : len(place)] = place
        arrays.append(array)
    seen = np.zeros(N_LANDMARKS)
    seen[[INDEX[name] for name in (*image, *(world or {}))]] = 1.0
    return Frame(t_s, *arrays, seen)


def sight(image: Mapping[str, Place], world: Mapping[str, Place] | None = None) -> Sight:
    """Return the sight of such a frame."""
    return sight_of(frame_of(image, world), 0.5)


def measure(kind: str, *points: str, **fields) -> Measure:
    """Return a measure that differs from the plainest one in *fields*."""
    plain = {"unit": "deg", "view": "any", "says": "", "source": "", "error": 1.0}
    return Measure("it", kind, points, **(plain | fields))
