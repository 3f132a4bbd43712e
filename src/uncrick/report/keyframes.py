"""Which frames of a set are worth a picture: the deepest moment of every hold, or both ends of a swing."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from uncrick.coach.events import Event, NeutralSet
from uncrick.coach.summary import HoldSeen
from uncrick.coach.watch import Watch
from uncrick.motion.measure import Layout, Measure, Sight, reader, sight_of
from uncrick.motion.neutral import layout_of
from uncrick.pose.frame import Frame
from uncrick.pose.landmark import mirrored_name
from uncrick.report.facts import KeyFrame
from uncrick.report.number import measured
from uncrick.report.recording import Recording, Shot


class Rested(NamedTuple):
    """A neutral as a picture: when it was taken, a frame of the still moment, and how the camera saw the person."""

    t_s: float
    frame: Frame | None
    layout: Layout


class Scene(NamedTuple):
    """What key frames are chosen from. judged : the shots in which the main measure was read."""

    watch: Watch
    judged: tuple[Shot, ...]
    rested: tuple[Rested, ...]


def scene_of(watch: Watch, events: Sequence[Event], recording: Recording) -> Scene:
    """Gather the shots that were judged, and every neutral that was taken."""
    bodies = [shot.frame for shot in recording.shots if shot.frame.has_body]
    judged = tuple(shot for shot in recording.shots if _read(watch, shot) == _read(watch, shot))
    rested = tuple(_rested(watch, e.t_s, bodies) for e in events if isinstance(e, NeutralSet))
    return Scene(watch, judged, rested)


def hold_key(scene: Scene, n: int, hold: HoldSeen) -> KeyFrame | None:
    """Return the picture of a hold: the frame that reads nearest its deepest value. None if no frame was kept."""
    inside = [s for s in scene.judged if hold.start_s <= s.reading.t_s <= hold.end_s]
    if not inside:
        return None
    middle_s = (hold.start_s + hold.end_s) / 2
    shot = min(inside, key=lambda s: (abs(_read(scene.watch, s) - hold.peak), abs(s.reading.t_s - middle_s)))
    return _key(scene, shot, f"Hold {n}{', ' + hold.side if hold.side else ''}", hold.peak)


def swing_keys(scene: Scene) -> tuple[KeyFrame, ...]:
    """Return the pictures of both ends of a swing, its greatest and its least; none when nothing was read."""
    if scene.watch.exercise.hold or not scene.judged:
        return ()
    shots = [pick(scene.judged, key=lambda s: _read(scene.watch, s)) for pick in (max, min)]
    titles = ("Greatest", "Least")
    return tuple(_key(scene, s, title, _read(scene.watch, s)) for s, title in zip(shots, titles, strict=True))


def spread(recording: Recording) -> tuple[Frame, ...]:
    """Return up to three frames with a body, spread over the recording."""
    bodies = [shot.frame for shot in recording.shots if shot.frame.has_body]
    places = {int(part * len(bodies)) for part in (1 / 6, 1 / 2, 5 / 6)} if bodies else set()
    return tuple(bodies[i] for i in sorted(places))


def _read(watch: Watch, shot: Shot) -> float:
    """Return the main measure of a shot, NaN when it was not read."""
    reading = shot.reading
    return reading.values[watch.main] if reading.usable and reading.values else math.nan


def _key(scene: Scene, shot: Shot, title: str, value: float) -> KeyFrame:
    """Make a key frame. A reading is the mean of a short past, so its picture is the frame nearest its time."""
    t_s = shot.reading.t_s
    frame = min((s.frame for s in scene.judged), key=lambda f: abs(f.t_s - t_s))
    before = [r for r in scene.rested if r.t_s <= frame.t_s] or list(scene.rested[:1])
    rested = before[-1] if before else Rested(math.nan, None, Layout())
    visible = sight_of(frame, scene.watch.limits.visibility_min)
    measure = side_read(scene.watch.measures[scene.watch.main], visible, rested.layout)
    return KeyFrame(title, t_s, frame, rested.frame, rested.layout, measure, measured(measure, value))


def side_read(measure: Measure, sight: Sight, layout: Layout) -> Measure:
    """Return a measure that takes either side as a measure of the side it took in *sight*; any other as it is."""
    if measure.take is None:
        return measure
    one = replace(measure, take=None)
    other = replace(one, points=tuple(map(mirrored_name, one.points)), over=tuple(map(mirrored_name, one.over)))
    a, b = (reader(side, layout)(sight).value for side in (one, other))
    return one if b != b or (a == a and (a >= b) == (measure.take == "larger")) else other


def _rested(watch: Watch, t_s: float, bodies: Sequence[Frame]) -> Rested:
    """Return the neutral that was taken at *t_s*, from the still moment before it."""
    window = [f for f in bodies if t_s - watch.stillness.still_s - 1e-6 <= f.t_s <= t_s]
    if not window:
        return Rested(t_s, None, Layout())
    sights = [sight_of(f, watch.limits.visibility_min) for f in window]
    return Rested(t_s, window[len(window) // 2], layout_of(sights))
