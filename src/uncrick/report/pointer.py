"""Pointing out a measure on a line figure: its line or its angle, against the person's own neutral."""

import math
from typing import Final

from uncrick.motion.angle import wrapped_deg
from uncrick.report.facts import KeyFrame
from uncrick.report.spots import Place, Spot, is_known, spot

ABOVE: Final = (230.0, 42.0, 36.0)
"""Middle and radius of the view from above, in the figure's own coordinates."""


def pointer_svg(key: KeyFrame, place: Place) -> str:
    """Draw what the measure of *key* reads, dashed where it was at the neutral.

    Returns an empty text when a point of the measure is not known.
    """
    names, near = key.measure.points, key.layout.near
    spots = [place.at(spot(key.frame, name, near)) for name in names]
    before = [place.at(spot(key.rest, name, near)) for name in names] if key.rest is not None else []
    if not all(map(is_known, spots)):
        return ""
    before = before if all(map(is_known, before)) else []
    match key.measure.kind:
        case "turn" | "yaw":
            drawn = _turn(spots, before) + _from_above(key)
        case "inclination" | "pitch":
            drawn = _lean(key, spots)
        case "bend":
            drawn = _bend(spots)
        case "angle":
            drawn = _angle(spots)
        case "distance":
            drawn = _distance(spots, before)
        case "rise":
            drawn = _ring(spots[0]) + (_ring(before[0], "was") if before else "")
    return f'<g class="pointer">{drawn}</g>'


def _line(a: Spot, b: Spot, kind: str = "now") -> str:
    return f'<path class="{kind}" d="M{a[0]:.1f} {a[1]:.1f} L{b[0]:.1f} {b[1]:.1f}"/>'


def _ring(spot: Spot, kind: str = "now") -> str:
    return f'<circle class="{kind}" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="13"/>'


def _arc(middle: Spot, radius: float, from_deg: float, to_deg: float) -> str:
    """Draw an arc the short way round; angles in the figure: 0 to the right, 90 down."""
    sweep = wrapped_deg(to_deg - from_deg)
    (ax, ay), (bx, by) = _polar(middle, radius, from_deg), _polar(middle, radius, to_deg)
    turn = 1 if sweep > 0 else 0
    return f'<path class="arc" d="M{ax:.1f} {ay:.1f} A{radius:.1f} {radius:.1f} 0 0 {turn} {bx:.1f} {by:.1f}"/>'


def _polar(middle: Spot, radius: float, angle_deg: float) -> Spot:
    a = math.radians(angle_deg)
    return middle[0] + radius * math.cos(a), middle[1] + radius * math.sin(a)


def _heading_deg(a: Spot, b: Spot) -> float:
    return math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))


def _turn(spots: list[Spot], before: list[Spot]) -> str:
    was = ""
    if before:
        dx = (spots[0][0] + spots[1][0] - before[0][0] - before[1][0]) / 2
        dy = (spots[0][1] + spots[1][1] - before[0][1] - before[1][1]) / 2
        was = _line((before[0][0] + dx, before[0][1] + dy), (before[1][0] + dx, before[1][1] + dy), "was")
    return was + _line(spots[0], spots[1])


def _from_above(key: KeyFrame) -> str:
    """Draw the turn as seen from above, the camera below: the person's left is to the right of the picture."""
    x, y, radius = ABOVE
    turn, error = key.number.value, key.number.error
    if turn != turn:
        return ""
    ends = [_polar((x, y), radius, -turn + extra) for extra in (0.0, 180.0)]
    low, high = (_polar((x, y), radius, -turn + e) for e in (error, -error))
    band = f"M{x} {y} L{low[0]:.1f} {low[1]:.1f} A{radius} {radius} 0 0 0 {high[0]:.1f} {high[1]:.1f} Z"
    nose = _polar((x, y), 15.0, 90.0 - turn)
    return (
        f'<g class="above"><circle class="disc" cx="{x}" cy="{y}" r="{radius}"/><path class="band" d="{band}"/>'
        + _line((x - radius, y), (x + radius, y), "was")
        + _line(ends[0], ends[1])
        + _arc((x, y), radius * 0.72, 0.0, -turn)
        + f'<circle class="head" cx="{x}" cy="{y}" r="13"/>'
        + f'<circle class="nose" cx="{nose[0]:.1f}" cy="{nose[1]:.1f}" r="4"/>'
        + f'<text x="278" y="{y + radius + 20:.0f}">from above</text></g>'
    )


def _lean(key: KeyFrame, spots: list[Spot]) -> str:
    """Draw the line, where it was at the neutral, and the angle between the two at the lower end."""
    (a, b), value = spots, key.number.value
    length = math.dist(a, b)
    heading = _heading_deg(a, b)
    if length == 0 or value != value:
        return _line(a, b)
    forward = key.layout.facing if key.measure.kind == "inclination" else (1.0 if b[0] < a[0] else -1.0)
    was = heading - forward * value
    radius = 0.62 * length
    return _line(a, _polar(a, 1.12 * length, was), "was") + _line(a, b) + _arc(a, radius, was, heading)


def _bend(spots: list[Spot]) -> str:
    a, b, c = spots
    length, straight = math.dist(b, c), _heading_deg(a, b)
    on = _line(b, _polar(b, 1.2 * length, straight), "was")
    return on + _line(a, b) + _line(b, c) + _arc(b, 0.7 * length, straight, _heading_deg(b, c))


def _angle(spots: list[Spot]) -> str:
    a, b, c = spots
    radius = 0.45 * min(math.dist(a, b), math.dist(b, c))
    return _line(a, b) + _line(b, c) + _arc(b, radius, _heading_deg(b, a), _heading_deg(b, c))


def _distance(spots: list[Spot], before: list[Spot]) -> str:
    """Draw the distance as a line with a stop at each end; the neutral's own dashed below it."""
    drawn = _span(spots[0], spots[-1], "now")
    if before:
        drawn = _span(before[0], before[-1], "was") + drawn
    return drawn


def _span(a: Spot, b: Spot, kind: str) -> str:
    across = _heading_deg(a, b) + 90
    ends = (_line(_polar(p, 11, across), _polar(p, -11, across), kind) for p in (a, b))
    return _line(a, b, kind) + "".join(ends)
