"""Somebody on a chair who faces the camera and turns, as the landmark model would see them; the true turn is exact.

The model overstates the depth of turned shoulders and understates their turn in the room; both are drawn so that the
measure `trunk_rotation` reads the very turn that was asked for, and `shoulder_yaw` by 4 % less.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tests.coach.paths import Knot, sampled
from uncrick.coach import engine
from uncrick.coach.events import Event
from uncrick.coach.watch import Seen, Watch, WatchState, compile_watch
from uncrick.files.library import read_library
from uncrick.pose.frame import Frame, empty_frame
from uncrick.pose.landmark import INDEX, N_LANDMARKS

TRUNK_PX = 160.0
REST_PX = {  # from the middle of the hips; y down; the person's left is at the picture's right
    "nose": (0, -230), "ear_left": (15, -225), "ear_right": (-15, -225), "eye_left": (7, -235), "eye_right": (-7, -235),
    "shoulder_left": (58, -160), "shoulder_right": (-58, -160), "elbow_left": (70, -85), "elbow_right": (-70, -85),
    "wrist_left": (45, -40), "wrist_right": (-45, -40), "hip_left": (35, 0), "hip_right": (-35, 0),
    "knee_left": (45, 60), "knee_right": (-45, 60), "ankle_left": (45, 150), "ankle_right": (-45, 150),
    "heel_left": (45, 158), "heel_right": (-45, 158), "foot_index_left": (48, 170), "foot_index_right": (-48, 170),
}  # fmt: skip
MEASURES = read_library().measures
DEPTH_GAIN, ROOM_GAIN = MEASURES["trunk_rotation"].gain, MEASURES["trunk_rotation"].room
HIPS_COPY = MEASURES["pelvis_rotation"].less
ABOVE = ("shoulder", "elbow", "wrist", "nose", "ear", "eye")


@dataclass(frozen=True)
class Body:
    """How the person is at one time: turn of shoulders and hips (deg), a foot off the floor, size, what is hidden."""

    turn_deg: float = 0.0
    hips_deg: float = 0.0
    feet: float = 0.0
    size: float = 1.0
    at_px: tuple[float, float] = (320.0, 300.0)
    hidden: tuple[str, ...] = ()


def frame(t_s: float, body: Body = Body()) -> Frame:
    """Return what the landmark model would say of *body*."""
    image, world = np.full((N_LANDMARKS, 3), math.nan), np.full((N_LANDMARKS, 3), math.nan)
    turn, room = math.radians(body.turn_deg), math.radians(body.turn_deg / ROOM_GAIN)
    hips = math.radians(body.hips_deg + HIPS_COPY * body.turn_deg / ROOM_GAIN)
    for name, (x, y) in REST_PX.items():
        above = name.startswith(ABOVE)
        shown = math.cos(turn) * x + (68 * math.sin(turn) if name == "nose" else 0.0) if above else float(x)
        depth = shown * math.tan(math.radians(body.turn_deg)) / DEPTH_GAIN if above else 0.0
        rise = body.feet * 90 if name.startswith(("ankle_left", "heel_left", "foot_index_left")) else 0.0
        image[INDEX[name]] = (shown, y - rise, depth)
        angle = room if above else hips
        world[INDEX[name]] = (x / 320 * math.cos(angle), y / 320, x / 320 * math.sin(angle))
    image = image * body.size + np.array([*body.at_px, 0.0])
    seen = np.isfinite(image[:, 0]).astype(float)
    seen[[INDEX[name] for name in body.hidden]] = 0.1
    return Frame(t_s, image, world, seen)


def turning(*knots: Knot, fps: float = 15.0, **changes) -> list[Frame]:
    """Return the frames of a body that goes through these (t_s, turn_deg)."""
    return [frame(t_s, replace(Body(**changes), turn_deg=deg)) for t_s, deg in sampled(knots, fps)]


def still(from_s: float, to_s: float, fps: float = 15.0, **changes) -> list[Frame]:
    """Return the frames of a body that does not move."""
    return [frame(t_s, Body(**changes)) for t_s, _ in sampled([(from_s, 0.0), (to_s, 0.0)], fps)]


def nobody(from_s: float, to_s: float, fps: float = 15.0) -> list[Frame]:
    """Return frames in which nobody is seen."""
    return [empty_frame(t_s) for t_s, _ in sampled([(from_s, 0.0), (to_s, 0.0)], fps)]


def in_time(*parts: Sequence[Frame]) -> list[Frame]:
    """Join parts, each going on where the one before it ended: frames that are not later are left out."""
    joined: list[Frame] = []
    for part in parts:
        joined += [f for f in part if not joined or f.t_s > joined[-1].t_s]
    return joined


def twist(asked_hold_s: float | None = None) -> Watch:
    """Return the watching of the chair twist."""
    library = read_library()
    return compile_watch(library.exercises["chair_spinal_twist"], library.measures, asked_hold_s)


def watched(watch: Watch, frames: Iterable[Frame], each: Callable[[Seen], None] | None = None) -> list[Event]:
    """Return every event of *frames*, with those of the end."""
    state: WatchState | None = None
    events: list[Event] = []
    t_s = 0.0
    for one in frames:
        state, seen = engine.step(watch, state, one)
        events += seen.events
        t_s = one.t_s
        if each is not None:
            each(seen)
    return [*events, *engine.finish(watch, state, t_s)]


def of(events: Iterable[Event], *kinds: type) -> list:
    """Return the events of these kinds."""
    return [e for e in events if isinstance(e, kinds)]
