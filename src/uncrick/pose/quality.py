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

    leap : a joint that moves more than this many trunk lengths between two frames is a swap of sides or of persons, not
    a movement; such frames are set aside. After more than *leap_s* it may have moved further, by half of it a *leap_s*,
    and at most by *far*. Our default: a fast walker's hip moves 0.1 trunk lengths a frame, swapped shoulders 0.7.
    bent : neither trunk nor a bone becomes so many times longer or shorter between frames; shoulders, hips in the room
    change by 1.3 at most in all our recordings, by 1.7 to 10 where somebody else gets in the way.
    size : once frames were set aside, or the body was lost, only a trunk that is longer or shorter in the picture by no
    more than this factor is the same body. forget_s : so long after it was last seen anybody may be the next body.
    doubt_s : for so long after a frame was set aside nothing is to be told from how fast something moved: what went
    before may have been somebody else already. What is looked back on, 0.7 s (CLINICAL 3.3).
    """

    found_s: float = 0.2
    lost_s: float = 0.5
    leap: float = 0.5
    leap_s: float = 0.1
    far: float = 1.0
    bent: float = 1.5
    size: float = 1.2
    forget_s: float = 2.0
    doubt_s: float = 0.7


class PresenceState(NamedTuple):
    """seen_s : when a body was last seen and believed. since_s : when the present run of seeing it began.

    joints, bones, trunk_px : its own, as they were then; the trunk as last known. leapt_s : when a frame was last set
    aside for what cannot be the same body.
    """

    is_there: bool
    seen_s: float
    since_s: float
    joints: tuple[Sequence[float], ...] = ()
    bones: tuple[float, ...] = ()
    trunk_px: float = math.nan
    leapt_s: float = -math.inf


class Presented(NamedTuple):
    """usable : the frame shows the body and may be judged. found, lost : it just came or went.

    leapt : the frame is set aside because it cannot be the same body, the first one for a while.
    """

    usable: bool
    found: bool = False
    lost: bool = False
    leapt: bool = False


class Joints(NamedTuple):
    """One time: shoulders and hips in px, (x, y, ...), NaN where unseen.

    bones : from shoulder to shoulder and from hip to hip in the room, m; empty where the room is not known.
    """

    t_s: float
    points: tuple[Sequence[float], ...]
    bones: tuple[float, ...] = ()


def joints_of(t_s: float, points: Sequence[Sequence[float]], room: Sequence[Sequence[float]] = ()) -> Joints:
    """Pick shoulders and hips from *points*, the landmarks in their order, and measure them in the *room*."""
    bones = (math.dist(room[_A], room[_B]), math.dist(room[_C], room[_D])) if room else ()
    return Joints(t_s, (points[_A], points[_B], points[_C], points[_D]), bones)


def step(settings: Presence, state: PresenceState | None, x: Joints) -> tuple[PresenceState, Presented]:
    """Take one frame's joints; return whether the frame may be judged, and whether the body just came or went."""
    t_s, joints, bones = x
    if state is None:
        state = PresenceState(False, -math.inf, t_s)
    seen = joints[0][0] == joints[0][0] or joints[1][0] == joints[1][0]
    trunk = _trunk_px(joints)
    leaps = seen and _leaps(settings, state, x, trunk)
    if leaps or not seen:
        leapt = leaps and not is_doubted(settings, state, t_s)
        state = state._replace(leapt_s=t_s) if leaps else state
        if state.is_there and t_s - state.seen_s > settings.lost_s:
            return state._replace(is_there=False), Presented(False, lost=True, leapt=leapt)
        return state, Presented(False, leapt=leapt)
    since_s = t_s if t_s - state.seen_s > settings.lost_s else state.since_s
    is_there = state.is_there or t_s - since_s >= settings.found_s
    known = trunk if trunk > 0 else state.trunk_px
    now = PresenceState(is_there, t_s, since_s, joints, bones, known, state.leapt_s)
    return now, Presented(True, found=is_there and not state.is_there)


def is_doubted(settings: Presence, state: PresenceState, t_s: float) -> bool:
    """Whether a frame was set aside so shortly before *t_s* that no speed can be told."""
    return t_s - state.leapt_s <= settings.doubt_s


def _trunk_px(joints: tuple[Sequence[float], ...]) -> float:
    """Length of the longer side of the trunk, NaN where no side is seen."""
    left, right = _apart(joints[0], joints[2]), _apart(joints[1], joints[3])
    return left if left > right or right != right else right


def _leaps(settings: Presence, state: PresenceState, x: Joints, now_px: float) -> bool:
    """Whether *x* cannot be the body last seen: too far away for the time between, of other bones, of another size.

    now_px : its trunk's length.
    """
    away_s, trunk = x.t_s - state.seen_s, state.trunk_px
    if not trunk > 0 or away_s > settings.forget_s:
        return False
    limit = trunk * min(settings.far, settings.leap * max(1.0, (1 + away_s / settings.leap_s) / 2))
    for a, b in zip(state.joints, x.points, strict=True):
        if abs(a[0] - b[0]) > limit or abs(a[1] - b[1]) > limit:
            return True
    for was, now in zip(state.bones, x.bones, strict=False):
        if now > settings.bent * was or was > settings.bent * now:
            return True
    unsure = state.leapt_s > state.seen_s or away_s > settings.lost_s
    most = settings.size if unsure else settings.bent
    return now_px > most * trunk or trunk > most * now_px


def _apart(a: Sequence[float], b: Sequence[float]) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])
