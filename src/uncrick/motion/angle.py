"""The plane and space geometry behind the measures, on plain points; every result is in degrees."""

import math
from collections.abc import Sequence

Point = Sequence[float]


def joint_angle_deg(proximal: Point, vertex: Point, distal: Point) -> float:
    """Angle at *vertex* between the two segments that meet there, in the picture plane.

    proximal, vertex, distal : (x, y, ...) in one unit.
    Returns degrees, 0 folded to 180 straight. NaN where a point is NaN or two points coincide.
    Source: winter2009 (docs/sources.bib).
    """
    ax, ay = proximal[0] - vertex[0], proximal[1] - vertex[1]
    bx, by = distal[0] - vertex[0], distal[1] - vertex[1]
    if (ax == 0 and ay == 0) or (bx == 0 and by == 0):
        return math.nan
    return abs(math.degrees(math.atan2(ax * by - ay * bx, ax * bx + ay * by)))


def inclination_deg(lower: Point, upper: Point, facing: float) -> float:
    """Lean of the segment *lower* -> *upper* away from the picture's upright.

    facing : +1 when forward is to the right of the picture, -1 when it is to the left.
    Returns degrees in (-180, 180], 0 upright, + forward. NaN where a point is NaN.
    """
    return math.degrees(math.atan2(facing * (upper[0] - lower[0]) + 0.0, lower[1] - upper[1]))  # + 0.0: -0.0 is 0.0


def bend_deg(lower: Point, middle: Point, upper: Point, facing: float) -> float:
    """Forward bend of the segment *middle* -> *upper* against *lower* -> *middle*, in the picture plane.

    Returns degrees in (-180, 180], 0 in line, + bent forward; *facing* as in `inclination_deg`. NaN where a point is.
    """
    bend = inclination_deg(middle, upper, facing) - inclination_deg(lower, middle, facing)
    return wrapped_deg(bend)


def pitch_deg(foot_end: Point, head_end: Point) -> float:
    """Tilt of a lying segment against the floor line, whichever way the head points.

    Returns degrees in [-90, 90], + head end up. NaN where a point is NaN.
    """
    return math.degrees(math.atan2(foot_end[1] - head_end[1], abs(head_end[0] - foot_end[0])))


def yaw_deg(right: Point, left: Point) -> float:
    """Turn of the segment *right* -> *left* about the vertical, seen from above.

    right, left : (x, y, z) with z away from the camera.
    Returns degrees in (-180, 180], 0 square to the camera, + when the person's left side is further away: a turn to
    the person's left. NaN where a point is NaN.
    """
    return math.degrees(math.atan2(left[2] - right[2] + 0.0, left[0] - right[0]))


def deep_yaw_deg(yaw: float, gain: float) -> float:
    """Yaw of a line whose depth is multiplied by *gain*: a camera's model draws depth out of proportion.

    yaw : degrees, as seen. Returns degrees in (-180, 180]; NaN where *yaw* is.
    """
    turn = math.radians(yaw)
    return math.degrees(math.atan2(gain * math.sin(turn), math.cos(turn)))


def foreshortened_turn_deg(width: float, neutral_width: float, neutral_turn_deg: float) -> float:
    """Size of the turn of a line about the vertical, from how much narrower it looks than at the person's neutral.

    width, neutral_width : px, the line's horizontal extent now and at neutral.
    neutral_turn_deg : turn of the line against the camera at neutral, 0 when it was square.
    Returns degrees against the camera, 0 square to 180, without a sign; a line wider than it can be counts as square.
    NaN where an input is NaN. Source: own measurement (docs/measures.md).
    """
    if not neutral_width > 0:
        return math.nan
    ratio = width * math.cos(math.radians(neutral_turn_deg)) / neutral_width
    return math.degrees(math.acos(min(1.0, max(-1.0, ratio)))) if ratio == ratio else math.nan


def wrapped_deg(angle_deg: float) -> float:
    """Return the same direction in (-180, 180]; NaN stays NaN."""
    return angle_deg - 360.0 * math.ceil((angle_deg - 180.0) / 360.0) if angle_deg == angle_deg else angle_deg
