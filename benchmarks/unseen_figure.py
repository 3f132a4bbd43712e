"""A jointed figure painted from any side: pixels for recordings that nobody made, whose joints are known exactly.

It is made of balls along its bones, shaded and hidden behind one another as bodies are, in a room with a chair or none.
It is no person, but the landmark model takes it for one: its landmarks lie 5 to 10 px (median) from its true joints,
those of the rendered people 4 to 8. It reads turns to the right by 4 deg less than turns to the left.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from uncrick.crack.compiled import entry

Point = NDArray[np.float64]
Joints = Mapping[str, Point]
"""Joint name -> (3,) m: x to the person's left, y to their back, z up."""
Bytes = NDArray[np.uint8]
Colour = tuple[int, int, int]

LIGHT = np.array([-0.35, -0.55, -0.75])
"""Where the light comes from, in the camera's axes (right, down, away)."""
SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the camera stands. yaw_deg : 0 in front of the person, 90 at their left."""

    yaw_deg: float = 0.0
    distance_m: float = 2.35
    height_m: float = 1.1
    target: tuple[float, float, float] = (0.0, 0.0, 0.74)
    hfov_deg: float = 62.0
    width_px: int = 640
    height_px: int = 480

    def axes(self) -> tuple[Point, Point]:
        """Return where it stands (3,) and its right, down and away as rows (3, 3)."""
        yaw = math.radians(self.yaw_deg)
        aim = np.array(self.target)
        place = aim + np.array([self.distance_m * math.sin(yaw), -self.distance_m * math.cos(yaw), 0.0])
        place[2] = self.height_m
        away = (aim - place) / np.linalg.norm(aim - place)
        right = np.cross(away, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        return place, np.array([right, np.cross(away, right), away])

    def project(self, points: Point) -> Point:
        """Return (N, 3): x and y in px of the picture, and how far away, m."""
        place, axes = self.axes()
        seen = (points - place) @ axes.T
        focal = self.width_px / 2 / math.tan(math.radians(self.hfov_deg) / 2)
        shown = seen[:, :2] / seen[:, 2:] * focal + [self.width_px / 2, self.height_px / 2]
        return np.column_stack([shown, seen[:, 2]])


@dataclass(frozen=True, slots=True)
class Look:
    """What the figure wears, and how stout it is."""

    skin: Colour = (150, 175, 215)
    hair: Colour = (40, 55, 80)
    shirt: Colour = (120, 70, 50)
    trousers: Colour = (70, 60, 55)
    shoes: Colour = (40, 40, 45)
    stout: float = 1.0


class Balls(NamedTuple):
    """centres : (N, 3) m. radii : (N,) m. colours : (N, 3)."""

    centres: Point
    radii: Point
    colours: Point


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: figures, things made of balls too, and the camera."""

    figures: tuple[tuple[Joints, Look], ...]
    camera: Camera = field(default_factory=Camera)
    things: tuple[Balls, ...] = ()


def painted(scene: Scene) -> Bytes:
    """Return the picture of *scene*, blue, green, red."""
    camera = scene.camera
    picture = _room(camera).copy()
    depth = np.full(picture.shape[:2], np.inf)
    for balls in (*scene.things, *(figure_balls(joints, look) for joints, look in scene.figures)):
        _paint(picture, depth, balls, camera)
    return np.asarray(cv2.GaussianBlur(np.clip(picture, 0, 255).astype(np.uint8), (3, 3), 0.6), np.uint8)


def figure_balls(joints: Joints, look: Look) -> Balls:
    """Return the figure's body as balls."""
    parts = [*_trunk(joints, look), *_head(joints, look)]
    for side in SIDES:
        parts += _limbs(joints, look, side)
    centres, radii, colours = zip(*parts, strict=True)
    return Balls(np.concatenate(centres), np.concatenate(radii), np.concatenate(colours))


Part = tuple[Point, Point, Point]


def bone(a: Point, b: Point, radii_m: tuple[float, float], colour: Colour, n: int = 12) -> Part:
    """Return balls from *a* to *b*, their radius going from one to the other."""
    u = np.linspace(0, 1, n)[:, None]
    return a * (1 - u) + b * u, np.linspace(*radii_m, n), np.tile(np.array(colour, float), (n, 1))


def _limbs(joints: Joints, look: Look, side: str) -> Iterator[Part]:
    shoulder, elbow, wrist = (joints[f"{name}_{side}"] for name in ("shoulder", "elbow", "wrist"))
    hip, knee, ankle = (joints[f"{name}_{side}"] for name in ("hip", "knee", "ankle"))
    k = look.stout
    half = (shoulder + elbow) / 2
    yield bone(shoulder, half, (0.062 * k, 0.052 * k), look.shirt)
    yield bone(half, elbow, (0.047 * k, 0.042 * k), look.skin)
    yield bone(elbow, wrist, (0.042 * k, 0.028), look.skin)
    along = _unit(wrist - elbow)
    yield bone(wrist + 0.03 * along, wrist + 0.13 * along, (0.036, 0.026), look.skin, 6)
    yield bone(hip, knee, (0.085 * k, 0.06 * k), look.trousers, 16)
    yield bone(knee, ankle, (0.058 * k, 0.04), look.trousers, 16)
    ahead = _ahead(joints)
    shank = _unit(ankle - knee)
    toes = _unit(ahead - shank * float(ahead @ shank))
    yield bone(ankle + 0.02 * shank - 0.05 * toes, ankle + 0.035 * shank + 0.15 * toes, (0.042, 0.034), look.shoes, 8)


def _ahead(joints: Joints) -> Point:
    """Where the pelvis faces."""
    across = _unit(joints["hip_left"] - joints["hip_right"])
    up = _middle(joints, "shoulder") - _middle(joints, "hip")
    return _unit(np.cross(up, across))


def _trunk(joints: Joints, look: Look) -> Iterator[Part]:
    k = look.stout
    top, low = _middle(joints, "shoulder"), _middle(joints, "hip")
    wide = 0.5 * (joints["shoulder_left"] - joints["shoulder_right"])
    narrow = 0.5 * (joints["hip_left"] - joints["hip_right"])
    for part in np.linspace(-0.75, 0.75, 5):
        a, b = top + part * wide, low + part * narrow * 1.25
        yield bone(a - 0.02 * _unit(top - low), b, (0.095 * k, 0.1 * k), look.shirt, 18)
    yield bone(joints["hip_left"], joints["hip_right"], (0.1 * k, 0.1 * k), look.trousers, 8)
    yield bone(top, _middle(joints, "ear") - 0.04 * _unit(_middle(joints, "ear") - top), (0.056, 0.052), look.skin, 8)


def _head(joints: Joints, look: Look) -> Iterator[Part]:
    ears = _middle(joints, "ear")
    across = _unit(joints["ear_left"] - joints["ear_right"])
    front = _unit((joints["nose"] - ears) - across * float((joints["nose"] - ears) @ across))
    up = np.cross(front, across)
    up = up if float(up @ (ears - _middle(joints, "shoulder"))) > 0 else -up
    up = _unit(up + 0.15 * front)
    middle = ears + 0.015 * up + 0.025 * front
    yield bone(middle + 0.045 * up, middle - 0.065 * up + 0.02 * front, (0.079, 0.058), look.skin, 8)
    yield bone(middle + 0.06 * up - 0.02 * front, middle + 0.02 * up - 0.045 * front, (0.083, 0.08), look.hair, 8)
    nose = joints["nose"]
    yield bone(nose - 0.012 * front + 0.03 * up, nose - 0.006 * front, (0.01, 0.017), look.skin, 4)
    for side in SIDES:
        eye, ear = joints[f"eye_{side}"], joints[f"ear_{side}"]
        yield bone(ear + 0.02 * up, ear - 0.02 * up, (0.018, 0.014), look.skin, 3)
        brow = eye + 0.022 * up
        yield bone(eye, eye + 0.004 * front, (0.016, 0.016), (235, 235, 235), 2)
        yield bone(eye + 0.009 * front, eye + 0.01 * front, (0.0095, 0.0095), (30, 30, 30), 2)
        yield bone(brow - 0.015 * across, brow + 0.015 * across, (0.0065, 0.0065), look.hair, 4)
    mouth = nose - 0.045 * up - 0.022 * front
    yield bone(mouth - 0.02 * across, mouth + 0.02 * across, (0.009, 0.009), (90, 90, 170), 5)


def _paint(picture: Point, depth: Point, balls: Balls, camera: Camera) -> None:
    """Paint balls into *picture*, nearest on top: *depth* is kept."""
    place, axes = camera.axes()
    seen = (balls.centres - place) @ axes.T
    focal = camera.width_px / 2 / math.tan(math.radians(camera.hfov_deg) / 2)
    away = seen[:, 2]
    shown = seen[:, :2] / away[:, None] * focal + [camera.width_px / 2, camera.height_px / 2]
    rows = np.column_stack([shown, away, balls.radii, balls.radii / away * focal, balls.colours])
    _paint_balls(picture, depth, rows[away > 0.2], LIGHT / np.linalg.norm(LIGHT))


@entry
def _paint_balls(picture: Point, depth: Point, balls: Point, light: Point) -> None:
    """Each ball is a row: x, y (px), how far away and radius (m), radius (px), colour."""
    height, width = depth.shape
    for i in range(len(balls)):
        x, y, away, radius, r = balls[i, 0], balls[i, 1], balls[i, 2], balls[i, 3], balls[i, 4]
        for v in range(max(0, int(y - r)), min(height, int(y + r) + 2)):
            for u in range(max(0, int(x - r)), min(width, int(x + r) + 2)):
                dx, dy = (u - x) / r, (v - y) / r
                out = 1 - dx * dx - dy * dy
                if out <= 0:
                    continue
                toward = math.sqrt(out)
                if away - radius * toward >= depth[v, u]:
                    continue
                depth[v, u] = away - radius * toward
                shade = 0.55 + 0.45 * max(0.0, dx * light[0] + dy * light[1] - toward * light[2])
                for c in range(3):
                    picture[v, u, c] = shade * balls[i, 5 + c]


_ROOMS: dict[Camera, Point] = {}


def _room(camera: Camera) -> Point:
    """Return the wall and the floor as this camera sees them, with some grain."""
    if camera not in _ROOMS:
        h, w = camera.height_px, camera.width_px
        picture = np.empty((h, w, 3))
        horizon = int(h * 0.62)
        picture[:horizon] = np.linspace(0.92, 1.0, horizon)[:, None, None] * np.array([205, 212, 216])
        picture[horizon:] = np.linspace(0.8, 1.0, h - horizon)[:, None, None] * np.array([120, 150, 175])
        picture += np.random.default_rng(1).normal(0, 3, (h, w, 1))
        _ROOMS[camera] = picture
    return _ROOMS[camera]


def chair(at: tuple[float, float] = (0.0, 0.0)) -> Balls:
    """Return a stool under somebody who sits at *at*."""
    seat = [
        np.array([at[0] + x, at[1] + y, 0.42]) for x in np.linspace(-0.2, 0.2, 9) for y in np.linspace(-0.15, 0.25, 9)
    ]
    legs = [
        np.array([at[0] + x, at[1] + y, z])
        for x in (-0.19, 0.19)
        for y in (-0.14, 0.24)
        for z in np.linspace(0, 0.4, 14)
    ]
    centres = np.array(seat + legs)
    radii = np.array([0.035] * len(seat) + [0.02] * len(legs))
    return Balls(centres, radii, np.tile(np.array([90.0, 120.0, 150.0]), (len(centres), 1)))


def _middle(joints: Joints, name: str) -> Point:
    return (joints[f"{name}_left"] + joints[f"{name}_right"]) / 2


def _unit(v: Point) -> Point:
    return v / max(float(np.linalg.norm(v)), 1e-9)
