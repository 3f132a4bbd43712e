"""Where the points of a body lie in a frame's picture, by the names that measures use."""

import math
from typing import NamedTuple

from uncrick.motion.measure import Near
from uncrick.pose.frame import Frame
from uncrick.pose.landmark import INDEX

Spot = tuple[float, float]


class Place(NamedTuple):
    """How the picture's px become a figure's own coordinates, and how tall the figure is."""

    scale: float
    dx: float
    dy: float
    height: float

    def at(self, spot: Spot) -> Spot:
        """Return where a point of the picture lies in the figure."""
        return spot[0] * self.scale + self.dx, spot[1] * self.scale + self.dy


def spot(frame: Frame, name: str, near: Near = "left") -> Spot:
    """Return a point's place in px, seen well or not: a landmark, a ``_mid`` or a ``_near`` one. NaN where unknown."""
    if name.endswith("_mid"):
        a, b = (spot(frame, f"{name.removesuffix('_mid')}_{side}") for side in ("left", "right"))
        return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    landmark = name.removesuffix("near") + near if name.endswith("_near") else name
    x, y = frame.image_px[INDEX[landmark], :2]
    return float(x), float(y)


def is_known(place: Spot) -> bool:
    """Whether a point has a place at all."""
    return math.isfinite(place[0]) and math.isfinite(place[1])


def path(trail: list[Spot]) -> str:
    """Write a line through *trail* as SVG path data."""
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in trail)
