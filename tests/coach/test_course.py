"""The course of a repetition: bone directions from rest to rest."""

import dataclasses

import numpy as np
import pytest

from tests.coach.moving_body import raises
from uncrick.coach import course
from uncrick.coach.course import BONES, N_BONES, N_PHASES, course_of
from uncrick.coach.segment import Span
from uncrick.coach.shape import shape_of
from uncrick.pose.clip import mirrored_clip

NAMES = [name for name, _, _ in BONES]


def course_of_clip(clip, span=None):
    shapes = [shape_of(f) for f in clip.frames()]
    return course_of(clip.t_s.tolist(), shapes, span or Span(float(clip.t_s[0]), float(clip.t_s[-1])))


def turned(clip, yaw_deg):
    c, s = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    return dataclasses.replace(clip, world_m=clip.world_m @ np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]]))


def test_what_moves_shows():
    """A raised arm turns its two bones by what it was raised, to what falls between phases, and no other."""
    got = course.excursion_deg(course_of_clip(raises(1, top_deg=90, jitter_m=0, fps=10)).directions)

    assert got[NAMES.index("upper_arm_right")] == pytest.approx(90, abs=5)
    assert got[NAMES.index("forearm_right")] == pytest.approx(90, abs=5)
    assert np.delete(got, [NAMES.index("upper_arm_right"), NAMES.index("forearm_right")]).max() < 0.1


@pytest.mark.parametrize("yaw_deg", [-70, 30, 160])
def test_it_does_not_matter_which_way_a_person_faces(yaw_deg):
    """Turned about the vertical, the course is the same."""
    clip = raises(1, jitter_m=0, fps=10)

    assert course.difference_deg(
        course_of_clip(clip).directions, course_of_clip(turned(clip, yaw_deg)).directions
    ) == pytest.approx(0, abs=1e-6)


def test_tempo_and_size_do_not_show_in_the_directions():
    """Twice as slow and half as large is the same course, taking twice as long."""
    clip = raises(1, jitter_m=0, fps=10)
    other = dataclasses.replace(clip, t_s=clip.t_s * 2, world_m=clip.world_m / 2)

    a, b = course_of_clip(clip), course_of_clip(other)

    assert course.difference_deg(a.directions, b.directions) == pytest.approx(0, abs=1e-6)
    assert b.duration_s == pytest.approx(2 * a.duration_s)
    assert b.jerk == pytest.approx(a.jerk, abs=0.01)


def test_mirrored_is_the_other_side():
    """The mirror image of a right arm's course is a left arm's; of a mirrored clip, too."""
    right, left = (course_of_clip(raises(1, (limb,), jitter_m=0, fps=10)) for limb in ("arm_right", "arm_left"))
    mirror = course_of_clip(mirrored_clip(raises(1, ("arm_right",), jitter_m=0, fps=10)))

    assert course.difference_deg(course.mirrored(right.directions), left.directions) == pytest.approx(0, abs=1e-6)
    assert course.difference_deg(mirror.directions, left.directions) == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(course.nearer_side(right.directions, left.directions), left.directions, atol=1e-9)


def test_jitter_is_less_smooth():
    """A shaky repetition has a higher jerk than a smooth one."""
    smooth, shaky = (course_of_clip(raises(1, jitter_m=j, fps=10)) for j in (0.0, 0.02))

    assert shaky.jerk > smooth.jerk + 1


def test_a_joint_never_seen_is_left_out():
    """Bones without an end are NaN and do not count in the difference."""
    clip = raises(1, jitter_m=0, fps=10)
    world = clip.world_m.copy()
    world[:, 25:] = np.nan
    halved = course_of_clip(dataclasses.replace(clip, world_m=world))

    assert np.isnan(halved.directions[:, NAMES.index("shank_left")]).all()
    assert course.difference_deg(halved.directions, course_of_clip(clip).directions) == pytest.approx(0, abs=1e-6)


def test_shapes_of_courses():
    """Sixteen phases of eleven bones; angles are exact at 0 and 180."""
    assert course_of_clip(raises(1, fps=10)).directions.shape == (N_PHASES, N_BONES, 3)
    x = np.array([1.0, 0, 0])
    assert course.angles_deg(np.stack([x, x]), np.stack([x, -x])).tolist() == [0, 180]


def test_too_short_for_a_jerk():
    """A repetition of fewer than five samples has no jerk."""
    assert np.isnan(course.log_jerk(np.zeros((4, 13, 3))))
