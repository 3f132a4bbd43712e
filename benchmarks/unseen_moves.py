"""Movements nobody recorded: the true joints of the rendered people, put into other times, shapes and mistakes."""

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from unseen_figure import Joints, Point

ABOVE = ("nose", "ear", "eye", "shoulder", "elbow", "wrist")
Ways = Sequence[tuple[float, float]]
"""Knots (t_s, value), joined by minimum-jerk movements (flash1985)."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a rendered recording. amplitude : what it was told to do, a frame."""

    joints: tuple[Joints, ...]
    amplitude: Point


@cache
def truth_of(path: Path) -> Truth:
    """Read the joints of a recording from its table."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [key.removesuffix("_x") for key in rows[0] if key.endswith("_x")]
    joints = [{_landmark(n): np.array([float(row[f"{n}_{a}"]) for a in "xyz"]) for n in names} for row in rows]
    return Truth(tuple(joints), np.array([float(row["cmd_amp"]) for row in rows]))


def _landmark(joint: str) -> str:
    side, _, part = joint.rpartition("_")
    return f"{part}_{side}" if side else part


def along(path: Ways, t_s: float) -> float:
    """Return the value of *path* at a time: at rest before its first knot and after its last."""
    if t_s <= path[0][0]:
        return path[0][1]
    for (t0, a), (t1, b) in pairwise(path):
        if t_s < t1:
            u = (t_s - t0) / (t1 - t0)
            return a + (b - a) * (10 * u**3 - 15 * u**4 + 6 * u**5)
    return path[-1][1]


def posed(truth: Truth, amplitude: float) -> Joints:
    """Return the pose at which the recording first has this amplitude, between its frames."""
    a = truth.amplitude
    sign = 1.0 if amplitude >= 0 else -1.0
    over = np.nonzero(sign * a >= sign * amplitude - 1e-9)[0]
    i = int(over[0]) if len(over) else int(np.argmax(sign * a))
    if i == 0 or a[i] == a[i - 1]:
        return truth.joints[i]
    u = min(1.0, max(0.0, (amplitude - a[i - 1]) / (a[i] - a[i - 1])))
    return {n: truth.joints[i - 1][n] * (1 - u) + truth.joints[i][n] * u for n in truth.joints[0]}


def turned(joints: Joints, deg: float, names: Sequence[str] = ABOVE, middle: str = "shoulder") -> Joints:
    """Turn these parts about the vertical through the middle of a pair, to the person's left."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return _moved(joints, names, np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]), middle_of(joints, middle))


def leaned(joints: Joints, deg: float, names: Sequence[str] = ABOVE) -> Joints:
    """Lean these parts forward about the hips."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return _moved(joints, names, np.array([[1, 0, 0], [0, c, -s], [0, s, c]]), middle_of(joints, "hip"))


def _moved(joints: Joints, names: Sequence[str], turn: Point, about: Point) -> Joints:
    return {n: turn @ (p - about) + about if n.startswith(tuple(names)) else p for n, p in joints.items()}


def lifted(joints: Joints, side: str, up_m: float) -> Joints:
    """Lift a foot, and its knee by a little less."""
    up = {f"ankle_{side}": np.array([0, 0, up_m]), f"knee_{side}": np.array([0, 0, 0.7 * up_m])}
    return {n: p + up.get(n, 0.0) for n, p in joints.items()}


def arms_as(joints: Joints, other: Joints) -> Joints:
    """Return *joints* with the arms pointing where those of *other* point."""
    out = dict(joints)
    for side in ("left", "right"):
        for upper, lower in (("shoulder", "elbow"), ("elbow", "wrist")):
            out[f"{lower}_{side}"] = out[f"{upper}_{side}"] + other[f"{lower}_{side}"] - other[f"{upper}_{side}"]
    return out


@dataclass(frozen=True, slots=True)
class Shape:
    """Another body: its height and the length of its parts against those of the rendered one."""

    height: float = 1.0
    trunk: float = 1.0
    shoulders: float = 1.0
    hips: float = 1.0
    arms: float = 1.0


def shaped(joints: Joints, shape: Shape) -> Joints:
    """Return the same pose of another body; it sits where the other one sat."""
    out = dict(joints)
    shoulder, hip = middle_of(joints, "shoulder"), middle_of(joints, "hip")
    rise = (shape.trunk - 1) * (shoulder - hip)
    for name in joints:
        if name.startswith(ABOVE):
            out[name] = out[name] + rise
    for side in ("left", "right"):
        wider = (shape.shoulders - 1) * (joints[f"shoulder_{side}"] - shoulder)
        upper = joints[f"elbow_{side}"] - joints[f"shoulder_{side}"]
        lower = joints[f"wrist_{side}"] - joints[f"elbow_{side}"]
        out[f"shoulder_{side}"] = joints[f"shoulder_{side}"] + rise + wider
        out[f"elbow_{side}"] = out[f"shoulder_{side}"] + shape.arms * upper
        out[f"wrist_{side}"] = out[f"elbow_{side}"] + shape.arms * lower
        broad = (shape.hips - 1) * (joints[f"hip_{side}"] - hip)
        for name in (f"hip_{side}", f"knee_{side}", f"ankle_{side}"):
            out[name] = out[name] + broad
    return {n: p * shape.height for n, p in out.items()}


def swaying(joints: Joints, t_s: float) -> Joints:
    """Let the trunk breathe and sway by some millimetres, as somebody who sits still does."""
    sway = np.array([0.003 * math.sin(1.9 * t_s), 0.004 * math.sin(1.3 * t_s + 1), 0.002 * math.sin(1.5 * t_s)])
    return {n: p + sway if n.startswith(ABOVE) else p for n, p in joints.items()}


def walking(t_s: float, at: Callable[[float], tuple[float, float]]) -> Joints:
    """Return somebody who walks where *at* says, (x, y) m, facing the way they go."""
    x, y = at(t_s)
    ahead = np.array(at(t_s + 0.05)) - np.array((x, y))
    heading = math.degrees(math.atan2(ahead[0], -ahead[1])) if np.hypot(*ahead) > 1e-4 else 0.0
    stand = standing()
    swing = 25 * math.sin(2 * math.pi * t_s / 1.1)
    for side, sign in (("left", 1), ("right", -1)):
        stand = _swung(stand, side, sign * swing)
    around = turned(stand, heading, tuple(stand), "hip")
    return {n: p + np.array([x, y, 0.0]) for n, p in around.items()}


def _swung(joints: Joints, side: str, deg: float) -> Joints:
    def forward(names: tuple[str, ...], about: str, by_deg: float) -> Joints:
        c, s = math.cos(math.radians(by_deg)), math.sin(math.radians(by_deg))
        turn, middle = np.array([[1, 0, 0], [0, c, s], [0, -s, c]]), joints[about]
        return {n: turn @ (joints[n] - middle) + middle for n in names}

    legs = forward((f"knee_{side}", f"ankle_{side}"), f"hip_{side}", deg)
    arms = forward((f"elbow_{side}", f"wrist_{side}"), f"shoulder_{side}", -deg)
    return {**joints, **legs, **arms}


def standing() -> Joints:
    """Return somebody who stands upright at the origin."""
    half = {
        "shoulder": (0.18, 0.0, 1.42), "elbow": (0.22, 0.02, 1.13), "wrist": (0.23, -0.03, 0.88),
        "hip": (0.1, 0.0, 0.93), "knee": (0.1, -0.01, 0.5), "ankle": (0.1, 0.02, 0.09),
        "ear": (0.073, -0.02, 1.62), "eye": (0.031, -0.1, 1.64),
    }  # fmt: skip
    joints = {"nose": np.array([0.0, -0.13, 1.6])}
    for name, (x, y, z) in half.items():
        joints[f"{name}_left"], joints[f"{name}_right"] = np.array([x, y, z]), np.array([-x, y, z])
    return joints


def middle_of(joints: Joints, name: str) -> Point:
    """Return the point midway between both sides."""
    return (joints[f"{name}_left"] + joints[f"{name}_right"]) / 2
