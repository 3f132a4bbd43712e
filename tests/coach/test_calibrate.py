"""Waiting for a still second in the start position, and saying so when it does not come."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.clips.replaying import clip_of
from tests.coach.twisting_body import Body, frame, in_time, nobody, of, still, turning, twist, watched
from uncrick.coach.events import CueRaised, HoldCompleted, NeutralSet, RepetitionCounted, StopRaised, Unseen
from uncrick.coach.watch import compile_watch
from uncrick.files.library import read_library
from uncrick.pose.landmark import INDEX

SHOULDERS = [INDEX["shoulder_left"], INDEX["shoulder_right"]]
HALF_BODY = ("hip_left", "hip_right", "knee_left", "knee_right", "ankle_left", "ankle_right")


def test_the_neutral_is_taken_after_a_still_second():
    """Somebody who sits still from the beginning has a neutral within a second."""
    (neutral,) = of(watched(twist(), still(0, 3)), NeutralSet)

    assert 0.6 < neutral.t_s < 1.1


def test_nobody_has_no_neutral():
    """An empty room for ten seconds brings nothing at all."""
    assert watched(twist(), nobody(0, 10)) == []


def test_who_comes_late_is_waited_for():
    """Somebody who walks in after eight seconds, sideways through the picture, is calibrated when they sit."""
    walking = [frame(8 + i / 15, Body(at_px=(60 + 9 * i, 300.0))) for i in range(30)]
    frames = in_time(nobody(0, 8), walking, still(10, 13))

    (neutral,) = of(watched(twist(), frames), NeutralSet)

    assert 10.5 < neutral.t_s < 11.2


def test_moving_about_for_six_seconds_is_said_once():
    """Who never sits still is told, once, that there was no still second in the start position."""
    swaying = turning(*((i, 25.0 * (-1) ** i) for i in range(20)))

    events = watched(twist(), swaying)

    assert of(events, NeutralSet) == []
    assert [(u.measure, u.why) for u in of(events, Unseen)] == [
        ("start", "not still for a second in the start position")
    ]
    assert of(events, Unseen)[0].t_s == pytest.approx(6.0, abs=0.3)


def test_sitting_still_but_not_in_the_start_position_is_said():
    """Somebody who sits turned away gets no neutral, but a sentence after six seconds; turned straight they do."""
    frames = in_time(still(0, 8, turn_deg=45.0), turning((8, 45), (9, 0), (12, 0)))

    events = watched(twist(), frames)

    assert [(u.measure, u.why) for u in of(events, Unseen)] == [("start", "not in the start position")]
    assert 9.0 < of(events, NeutralSet)[0].t_s < 11.0


def test_a_body_that_is_cut_off_is_said():
    """Shoulders without hips cannot be judged, and the person is told what must be in the picture."""
    events = watched(twist(), still(0, 8, hidden=HALF_BODY))

    assert of(events, NeutralSet) == []
    assert [(u.measure, u.why) for u in of(events, Unseen)] == [
        ("body", "shoulders and hips are not all in the picture")
    ]


def test_a_slow_turn_from_the_first_frame_on_is_judged_against_straight_ahead():
    """Who begins to turn at once, as slowly as is asked for, reads the true turn within the error of 4 deg."""
    (held,) = of(watched(twist(), turning((0, 0), (3, 40), (9, 40), (12, 0), (14, 0))), HoldCompleted)

    assert held.peak == pytest.approx(40, abs=4)


@pytest.mark.parametrize("size", [0.6, 1.7])
def test_a_body_of_another_size_in_the_picture_takes_a_new_neutral(size):
    """Moving the chair or the camera changes the size by more than 15 %: at rest the neutral is taken again."""
    moving = [frame(3 + i / 15, Body(size=1 + (size - 1) * i / 15)) for i in range(16)]
    knots = ((4.2, 0.0), (7.0, 0.0), (10.0, 40.0), (16.0, 40.0), (19.0, 0.0), (20.0, 0.0))

    events = watched(twist(), in_time(still(0, 3), moving, turning(*knots, size=size)))

    first, second = of(events, NeutralSet)
    assert 4.0 < second.t_s < 5.6
    (held,) = of(events, HoldCompleted)
    assert held.peak == pytest.approx(40, abs=1)
    assert first.t_s < 1.1


def test_a_little_nearer_is_the_same_neutral():
    """Ten percent larger is within a person's own sway, and keeps the neutral."""
    growing = [frame(3 + i / 15, Body(size=1 + 0.1 * i / 15)) for i in range(16)]

    assert len(of(watched(twist(), in_time(still(0, 3), growing, still(4, 8, size=1.1))), NeutralSet)) == 1


def test_no_neutral_is_taken_in_the_stretch():
    """Somebody who has moved nearer while turned gets the new neutral when they are back at rest."""
    into, back = turning((0, 0), (2, 0), (5, 40), (6, 40)), turning((10, 40), (13, 0), (16, 0), size=1.4)
    nearer = [frame(6 + i / 15, Body(turn_deg=40, size=1 + 0.4 * i / 30)) for i in range(31)]

    events = watched(twist(), in_time(into, nearer, still(8, 10, turn_deg=40.0, size=1.4), back))

    _, second = of(events, NeutralSet)
    assert second.t_s > 11.5


BUTTERFLY = clip_of("butterfly_stretch_two")


def butterfly():
    """Return the watching of an exercise that needs no room coordinates to be judged, only for its neutral."""
    library = read_library()
    return compile_watch(library.exercises["butterfly_stretch"], library.measures)


def moved(from_s: float, later_s: float, size: float) -> list:
    """Return the frames of the butterfly's start, *later_s* later and *size* times as large in the picture."""
    return [replace(f, t_s=f.t_s + later_s, image_px=f.image_px * size) for f in BUTTERFLY.frames() if f.t_s >= from_s]


def test_who_leaves_and_comes_back_takes_a_new_neutral():
    """Gone for five seconds and back in the start position, a person is calibrated anew and judged by that."""
    frames = in_time([f for f in BUTTERFLY.frames() if f.t_s < 1.5], nobody(1.6, 6.5), moved(0.0, 7.0, 1.0))

    events = watched(butterfly(), frames)

    assert [n.t_s for n in of(events, NeutralSet)] == pytest.approx([0.73, 7.73], abs=0.2)
    assert len(of(events, HoldCompleted)) == 2


def test_who_comes_nearer_takes_a_new_neutral_in_every_exercise():
    """Sitting down again a fifth nearer to the camera is a new neutral, and both holds are found by it."""
    frames = in_time([f for f in BUTTERFLY.frames() if f.t_s < 1.3], moved(0.0, 1.4, 1.2))

    events = watched(butterfly(), frames)

    assert len(of(events, NeutralSet)) == 2
    assert [h.hold_s for h in of(events, HoldCompleted)] == pytest.approx([5.0, 5.0], abs=0.25)


def noisy(depth_px: float, room_m: float, *knots) -> list:
    """Return frames of a turn in which depth jitters in the picture, and that of the shoulders in the room."""
    rng = np.random.default_rng(5)
    frames = turning(*knots)
    for one in frames:
        one.image_px[:, 2] += rng.normal(0, depth_px, 33)
        one.world_m[SHOULDERS, 2] += rng.normal(0, room_m, 2)
    return frames


def test_rules_switch_off_when_the_picture_jitters_and_say_so():
    """With jitter above its limit neither an abrupt turn nor a push is judged, and both are said to be unseen."""
    abrupt = ((0, 0), (3, 0), (3.4, 40), (8, 40), (11, 0), (12, 0))

    calm, wild = watched(twist(), noisy(1.0, 0.001, *abrupt)), watched(twist(), noisy(22.0, 0.03, *abrupt))

    assert len(of(calm, StopRaised)) == 1
    assert of(calm, Unseen) == []
    assert of(wild, StopRaised) == []
    said = {u.measure: u.why for u in of(wild, Unseen)}
    assert "fast turns are not judged" in said["speed"]
    assert "pushes are not judged" in said["push"]


def rocking():
    """Return the watching of the rocking stretch and its recording."""
    library = read_library()
    return compile_watch(library.exercises["rocking_floor_stretch"], library.measures), clip_of(
        "rocking_floor_stretch_five"
    )


def test_a_swing_that_begins_at_once_is_judged_from_its_beginning():
    """Rocking that is already on in the first frame has no still second: its middle stands in, and no rock is lost."""
    watch, clip = rocking()
    moving = [replace(f, t_s=f.t_s - 1.0) for f in clip.frames() if f.t_s >= 1.0]

    events = watched(watch, moving)

    (neutral,) = of(events, NeutralSet)
    assert 2.5 < neutral.t_s < 3.0
    counted = of(events, RepetitionCounted)
    assert [c.n for c in counted] == [1, 2, 3, 4, 5]
    assert counted[0].t_s == pytest.approx(3.867 - 1.0, abs=0.1)
    assert of(events, StopRaised, CueRaised) == []


def test_a_swing_that_begins_after_a_rest_uses_the_still_second():
    """With a still second before the rocking the neutral is taken then."""
    watch, clip = rocking()

    (neutral,) = of(watched(watch, clip.frames()), NeutralSet)

    assert neutral.t_s < 1.2
    assert not math.isnan(neutral.t_s)


@pytest.mark.parametrize(("aside_deg", "expected"), [(0.0, []), (15.0, []), (30.0, ["view"])])
def test_a_camera_that_stands_far_aside_is_said(aside_deg, expected):
    """Beyond 20 degrees a turn may read too deep: that is said with the neutral, and by how much."""
    events = watched(twist(), still(0, 3, turn_deg=aside_deg, hips_deg=0.8 * aside_deg))

    assert len(of(events, NeutralSet)) == 1
    assert [u.measure for u in of(events, Unseen)] == expected
    assert all("11 deg too deep" in u.why for u in of(events, Unseen))
