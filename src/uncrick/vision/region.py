"""The slanted square around a person, in which the landmark model looks."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from uncrick.pose.frame import Floats
from uncrick.vision.picture import Matrix

SCALE: Final = 1.25
"""Room left around the circle that holds the body. Source: bazarevsky2020 and the published graph."""


@dataclass(frozen=True, slots=True)
class Region:
    """A square in the upright picture.

    x_px, y_px : centre. side_px : length of a side. angle_deg : how far it is turned clockwise as seen, 0 upright.
    """

    x_px: float
    y_px: float
    side_px: float
    angle_deg: float


def region_from_points(hip_px: Floats, rim_px: Floats) -> Region:
    """Return the square around the circle with centre *hip_px* through *rim_px*, turned so that the rim is up.

    hip_px, rim_px : (2,) px. Source: bazarevsky2020, "two virtual keypoints".
    """
    right, down = (float(d) for d in rim_px - hip_px)
    side_px = 2 * SCALE * math.hypot(right, down)
    return Region(float(hip_px[0]), float(hip_px[1]), side_px, math.degrees(math.atan2(right, -down)))


def crop_to_picture(region: Region, size_px: int) -> Matrix:
    """Return the (3, 3) matrix from column, row of a crop of *size_px* to x, y of the picture.

    Landmarks in the crop are lengths (0 at its left edge), so the middle of the first pixel is at 0.5.
    """
    scale = region.side_px / size_px
    cos, sin = (f(math.radians(region.angle_deg)) * scale for f in (math.cos, math.sin))
    middle = (size_px - 1) / 2
    return np.array(
        [
            [cos, -sin, region.x_px - 0.5 - middle * (cos - sin)],
            [sin, cos, region.y_px - 0.5 - middle * (sin + cos)],
            [0, 0, 1],
        ]
    )


def points_to_picture(region: Region, points: Floats, size_px: int) -> Floats:
    """Turn (N, 3) points of the crop into the picture's px: x, y where they are, z in the same scale."""
    scale = region.side_px / size_px
    rotation = turn_matrix(region.angle_deg) * scale
    out = np.empty_like(points)
    out[:, :2] = (points[:, :2] - size_px / 2) @ rotation.T + [region.x_px, region.y_px]
    out[:, 2] = points[:, 2] * scale
    return out


def turn_matrix(angle_deg: float) -> Floats:
    """Return the (2, 2) matrix that turns x right, y down clockwise as seen."""
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    return np.array([[cos, -sin], [sin, cos]])
