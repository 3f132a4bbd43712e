"""Whether somebody is there, and whether this frame can be the same body as the last one."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from uncrick.pose.frame import Frame
from uncrick.pose.landmark import INDEX

_JOINTS = tuple(INDEX[n] for n in ("shoulder_left", "shoulder_right", "hip_left", "hip_right"))


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
    joints: tuple[tuple[float, float], ...] = ()


class Presented(NamedTuple):
    """usable : the frame shows the body and may be judged. found, lost : it just came or went."""

    usable: bool
    found: bool = False
    lost: bool = False


def step(settings: Presence, state: PresenceState | None, frame: Frame) -> tuple[PresenceState, Presented]:
    """Take one frame and say whether it may be judged, and whether the body just came or went."""
    if state is None:
        state = PresenceState(False, -math.inf, frame.t_s)
    t_s = frame.t_s
    joints = _joints(frame)
    usable = joints is not None and not _leaps(settings, state, t_s, joints)
    if not usable or joints is None:
        if state.is_there and t_s - state.seen_s > settings.lost_s:
            return PresenceState(False, -math.inf, t_s), Presented(False, lost=True)
        return state, Presented(False)
    since_s = t_s if t_s - state.seen_s > settings.lost_s else state.since_s
    found = not state.is_there and t_s - since_s >= settings.found_s
    return PresenceState(state.is_there or found, t_s, since_s, joints), Presented(state.is_there or found, found=found)


def _joints(frame: Frame) -> tuple[tuple[float, float], ...] | None:
    """Return shoulders and hips in px, or None when not even one shoulder was seen."""
    rows = frame.image_px.tolist()
    joints = tuple((rows[i][0], rows[i][1]) for i in _JOINTS)
    return joints if joints[0][0] == joints[0][0] or joints[1][0] == joints[1][0] else None


def _leaps(settings: Presence, state: PresenceState, t_s: float, joints: tuple[tuple[float, float], ...]) -> bool:
    if not state.joints or t_s - state.seen_s > settings.leap_s:
        return False
    old = state.joints
    trunk = max(math.dist(old[0], old[2]), math.dist(old[1], old[3]))
    if not trunk > 0:
        return False
    limit = settings.leap * trunk
    return any(math.dist(a, b) > limit for a, b in zip(old, joints, strict=True))
