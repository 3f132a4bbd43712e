"""A key frame as a line figure: the body in plain strokes, left and right told apart, the measure pointed out."""

import math
from html import escape
from typing import Final, NamedTuple

from uncrick.pose.frame import Frame
from uncrick.pose.landmark import INDEX, NAMES
from uncrick.report.facts import KeyFrame
from uncrick.report.number import error_text, number_text, value_text, way_text
from uncrick.report.pointer import pointer_svg
from uncrick.report.spots import Place, Spot, is_known, path, spot

WIDTH: Final = 280.0
"""Width of a figure's own coordinates: on a page 320 px wide it is drawn at 0.87, and 18.5 becomes 16 px."""

HEADER: Final = 62.0
TALLEST: Final = 290.0
MARGIN: Final = 24.0

VISIBLE: Final = 0.5
"""Below this visibility a limb is drawn faint. Source: the engine's own limit, coach/watch.py."""

HEAD: Final = 0.22
"""Radius of the head as a part of the trunk's length. Source: winter2009 (segment lengths of a standing adult)."""

ARM: Final = ("shoulder", "elbow", "wrist", "index")
LEG: Final = ("hip", "knee", "ankle", "foot_index")
TRUNK: Final = ("shoulder_left", "shoulder_right", "hip_right", "hip_left")


class _Limb(NamedTuple):
    """One arm or leg. depth : mean distance from the camera, larger is further."""

    side: str
    trail: list[Spot]
    depth: float
    faint: bool


def line_figure(key: KeyFrame) -> str:
    """Draw *key* as an SVG element for use inside a page: as wide as it may be, colours from the page's variables."""
    place = _placed([key.frame] if key.rest is None else [key.frame, key.rest], HEADER)
    drawn = [_ghost(key.rest, place) if key.rest is not None else "", *_body(key.frame, place)]
    drawn += [pointer_svg(key, place), *_badges(key.frame, place), _header(key)]
    size = f'viewBox="0 0 {WIDTH:.0f} {place.height:.0f}"'
    return f'<svg class="figure" role="img" {size} aria-label="{escape(says(key))}">{"".join(drawn)}</svg>'


def body_figure(frame: Frame, label: str) -> str:
    """Draw a body of which nothing is measured. label : the words for those who cannot see it."""
    place = _placed([frame], 0.0)
    size = f'viewBox="0 0 {WIDTH:.0f} {place.height:.0f}"'
    drawn = "".join([*_body(frame, place), *_badges(frame, place)])
    return f'<svg class="figure" role="img" {size} aria-label="{escape(label)}">{drawn}</svg>'


def says(key: KeyFrame) -> str:
    """Say in words what the figure shows."""
    measure = f"{key.measure.name.replace('_', ' ')} {number_text(key.number)}"
    return f"{key.title}: line figure of the body at {key.t_s:.1f} s, {measure}."


def _header(key: KeyFrame) -> str:
    """Write what the measure reads: value and way, then error and name."""
    value, error = value_text(key.number) + way_text(key.number), error_text(key.number)
    name = f"± {error} {key.measure.name.replace('_', ' ')}"
    return (
        f'<text class="value" x="2" y="31">{escape(value)}</text><text class="name" x="2" y="56">{escape(name)}</text>'
    )


def _placed(frames: list[Frame], header: float) -> Place:
    """Fit all bodies, the first one's head included, into the figure below *header*."""
    both = [place for frame in frames for name in NAMES if is_known(place := spot(frame, name))]
    radius = _head_radius(frames[0])
    low_x, high_x = min(p[0] for p in both) - radius / 2, max(p[0] for p in both) + radius / 2
    low_y, high_y = min(p[1] for p in both) - radius, max(p[1] for p in both) + radius / 4
    room = WIDTH - 2 * MARGIN
    scale = min(room / max(high_x - low_x, 1e-6), TALLEST / max(high_y - low_y, 1e-6))
    height = max((high_y - low_y) * scale, 150.0)
    dx = WIDTH / 2 - scale * (low_x + high_x) / 2
    dy = header + 14 + height / 2 - scale * (low_y + high_y) / 2
    return Place(scale, dx, dy, header + height + 28)


def _head_radius(frame: Frame) -> float:
    """Radius of the head, px; 0 when the trunk is not known."""
    length = math.dist(spot(frame, "shoulder_mid"), spot(frame, "hip_mid"))
    return HEAD * length if math.isfinite(length) else 0.0


def _head(frame: Frame) -> Spot:
    """Return the middle of the head, px: between the ears, at the one that is known, or at the nose."""
    ears = [place for name in ("ear_mid", "ear_left", "ear_right", "nose") if is_known(place := spot(frame, name))]
    return ears[0] if ears else (math.nan, math.nan)


def _trail(frame: Frame, names: tuple[str, ...], place: Place) -> list[Spot]:
    return [place.at(known) for name in names if is_known(known := spot(frame, name))]


def _sided(names: tuple[str, ...], side: str) -> tuple[str, ...]:
    return tuple(f"{name}_{side}" for name in names)


def _ghost(rest: Frame, place: Place) -> str:
    """Draw the resting body behind the present one, in a thin dashed line."""
    trails = [_trail(rest, _sided(names, side), place) for names in (ARM[:3], LEG) for side in ("left", "right")]
    trails.append(_trail(rest, (*TRUNK, TRUNK[0]), place))
    drawn = "".join(path(trail) for trail in trails if len(trail) > 1)
    head, radius = _head(rest), _head_radius(rest) * place.scale
    x, y = place.at(head)
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>' if is_known(head) else ""
    return f'<g class="rest"><path d="{drawn}"/>{circle}</g>'


def _body(frame: Frame, place: Place) -> list[str]:
    """Draw the body from far to near: limbs behind the trunk, trunk, head, limbs before it."""
    limbs = sorted(_limbs(frame, place), key=lambda limb: -limb.depth)
    trunk_depth = _depth(frame, TRUNK)
    far = [_limb(limb) for limb in limbs if limb.depth > trunk_depth]
    near = [_limb(limb) for limb in limbs if not limb.depth > trunk_depth]
    return [*far, *_middle(frame, place), *near]


def _limbs(frame: Frame, place: Place) -> list[_Limb]:
    limbs = []
    for names in (_sided(part, side) for part in (ARM, LEG) for side in ("left", "right")):
        faint = min(frame.visibility[INDEX[name]] for name in names[:3]) < VISIBLE
        trail = _trail(frame, names, place)
        if len(trail) > 1:
            limbs.append(_Limb(names[0].rpartition("_")[2], trail, _depth(frame, names), bool(faint)))
    return limbs


def _depth(frame: Frame, names: tuple[str, ...]) -> float:
    """Mean distance from the camera of the named points; 0 where none is known."""
    known = [z for name in names if (z := float(frame.image_px[INDEX[name], 2])) == z]
    return sum(known) / len(known) if known else 0.0


def _limb(limb: _Limb) -> str:
    d = path(limb.trail)
    joints = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>' for x, y in limb.trail[1:3])
    faint = " faint" if limb.faint else ""
    return f'<g class="limb {limb.side}{faint}"><path class="halo" d="{d}"/><path d="{d}"/>{joints}</g>'


def _middle(frame: Frame, place: Place) -> list[str]:
    """Draw trunk, neck and head, with a dot for the nose that tells where the face looks."""
    trunk, head, radius = _trail(frame, TRUNK, place), _head(frame), _head_radius(frame) * place.scale
    drawn = [f'<path class="trunk" d="{path(trunk)} Z"/>'] if len(trunk) > 2 else []
    if not is_known(head) or radius == 0:
        return drawn
    x, y = place.at(head)
    drawn.append(f'<path class="neck" d="{path([place.at(spot(frame, "shoulder_mid")), (x, y)])}"/>')
    drawn.append(f'<circle class="head" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
    nose = spot(frame, "nose")
    if is_known(nose):
        nx, ny = place.at(nose)
        reach = min(1.0, radius / max(math.dist((x, y), (nx, ny)), 1e-6))
        drawn.append(f'<circle class="nose" cx="{x + (nx - x) * reach:.1f}" cy="{y + (ny - y) * reach:.1f}" r="4"/>')
    return drawn


def _badges(frame: Frame, place: Place) -> list[str]:
    """Letter left and right where the two are furthest apart: knees, feet, wrists or elbows."""
    pairs = [_trail(frame, _sided((name,), "left") + _sided((name,), "right"), place) for name in _BADGED]
    whole = [pair for pair in pairs if len(pair) == 2]
    if not whole:
        return []
    a, b = max(whole, key=lambda pair: math.dist(*pair))
    if math.dist(a, b) < 26:
        apart = 13 if a[1] > b[1] else -13
        a, b = (a[0], (a[1] + b[1]) / 2 + apart), (b[0], (a[1] + b[1]) / 2 - apart)
    return [
        f'<g class="badge {side}"><circle cx="{x:.1f}" cy="{y:.1f}" r="12"/>'
        f'<text x="{x:.1f}" y="{y + 6.4:.1f}">{side[0].upper()}</text></g>'
        for side, (x, y) in (("left", a), ("right", b))
    ]


_BADGED = ("knee", "foot_index", "wrist", "elbow")
