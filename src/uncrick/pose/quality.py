"""Whether somebody is there, and whether this frame can be the same body as the last one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from uncrick.pose.landmark import INDEX

JOINTS = ("shoulder_left", "shoulder_right", "hip_left", "hip_right")
"""The joints that tell whether this is the same body: `joints_of` in their order."""

_A, _B, _C, _D = (INDEX[n] for n in JOINTS)


@dataclass(frozen=True, slots=True)
class Presence:
    """found_s, lost_s : how long a body must be seen, or missing, before it counts.

    leap : a joint that moves more than this many trunk lengths between two frames (at most *leap_s* apart) is a swap of
    sides or of persons, not a movement; such frames are set aside for up to *lost_s*. Our default: a fast walker's hip
    moves 0.1 trunk lengths a frame, swapped shoulders 0.7.
    """

    found_s: float = 0.2
    lost_s: float = 0.5
    leap: float = 0.5
    leap_s: float = 0.1


class PresenceState(NamedTuple):
    """seen_s : when a body was last seen and believed. since_s : when the present run of seeing it began."""

    is_there: bool
    seen_s: float
    since_s: float
    joints: tuple[Sequence[float], ...] = ()


class Presented(NamedTuple):
    """usable : the frame shows the body and may be judged. found, lost : it just came or went."""

    usable: bool
    found: bool = False
    lost: bool = False


class Joints(NamedTuple):
    """One time: shoulders and hips in px, (x, y, ...), NaN where unseen."""

    t_s: float
    points: tuple[Sequence[float], ...]


def joints_of(t_s: float, points: Sequence[Sequence[float]]) -> Joints:
    """Pick shoulders and hips from *points*, the landmarks in their order."""
    return Joints(t_s, (points[_A], points[_B], points[_C], points[_D]))


def step(settings: Presence, state: PresenceState | None, x: Joints) -> tuple[PresenceState, Presented]:
    """Take one frame's joints; return whether the frame may be judged, and whether the body just came or went."""
    t_s, joints = x
    if state is None:
        state = PresenceState(False, -math.inf, t_s)
    seen = joints[0][0] == joints[0][0] or joints[1][0] == joints[1][0]
    if not seen or _leaps(settings, state, t_s, joints):
        if state.is_there and t_s - state.seen_s > settings.lost_s:
            return PresenceState(False, -math.inf, t_s), Presented(False, lost=True)
        return state, Presented(False)
    since_s = t_s if t_s - state.seen_s > settings.lost_s else state.since_s
    found = not state.is_there and t_s - since_s >= settings.found_s
    return PresenceState(state.is_there or found, t_s, since_s, joints), Presented(True, found=found)


def _leaps(settings: Presence, state: PresenceState, t_s: float, joints: tuple[Sequence[float], ...]) -> bool:
    if not state.joints or t_s - state.seen_s > settings.leap_s:
        return False
    old = state.joints
    trunk = max(math.dist(old[0][:2], old[2][:2]), math.dist(old[1][:2], old[3][:2]))
    if not trunk > 0:
        return False
    limit = settings.leap * trunk
    for a, b in zip(old, joints, strict=True):  # noqa: SIM110 - a generator costs more than this loop
        if abs(a[0] - b[0]) > limit or abs(a[1] - b[1]) > limit:
            return True
    return False
