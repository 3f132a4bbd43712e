"""The movement as known: rest, weights, excursions."""

import numpy as np
import pytest

from tests.coach.moving_body import raises
from uncrick.coach import movement
from uncrick.coach.excursion import Excursion
from uncrick.coach.movement import Finding, Movement, Samples
from uncrick.coach.shape import JOINTS, shape_of
from uncrick.coach.tuning import EVEN

FINDING = Finding()


def worked_out(clip, begun=None):
    shapes = np.array([shape_of(f) for f in clip.frames()])
    start = Movement(shapes[0], shapes[0], EVEN)
    return movement.work_out(FINDING, start, Samples(clip.t_s.tolist(), shapes, 0.5, begun)), shapes


@pytest.mark.parametrize("limbs", [("arm_right",), ("leg_left",), ("arm_left", "arm_right", "leg_right")])
def test_the_limbs_that_move_are_found(limbs):
    """The weights lie on the limbs that move, the excursions are their repetitions."""
    (known, distances), _ = worked_out(raises(5, limbs, fps=10))
    ends = [JOINTS.index(limb.replace("arm", "wrist").replace("leg", "ankle")) for limb in limbs]

    assert len(known.tracked.found) == 5
    assert known.weights[ends].sum() > 0.35
    assert len(distances) == 126


def test_the_rest_is_where_the_pauses_are():
    """The rest is the shape between repetitions, even when the recording begins on the way out."""
    clip = raises(6, rest=0.5, fps=10, jitter_m=0.0)
    standing = shape_of(next(clip.frames()))
    late = raises(6, rest=0.5, fps=10, jitter_m=0.0)
    cut = slice(9, None)
    late = type(late)(late.t_s[cut], late.image_px[cut], late.world_m[cut], late.visibility[cut], 640, 480, "sticks")

    (known, _), shapes = worked_out(late, begun=None)

    assert np.abs(shapes[0] - standing).max() > 0.1
    np.testing.assert_allclose(known.rest, standing, atol=0.03)


def test_the_end_it_began_at_is_the_rest():
    """When the movement began clearly nearer to what was taken for its far end, the ends are exchanged."""
    clip = raises(5, rest=0.5, fps=10, jitter_m=0.0)
    shapes = np.array([shape_of(f) for f in clip.frames()])
    top = shapes[12]
    wrong = Samples(clip.t_s.tolist(), shapes, 0.5, begun=shapes[0])

    known, _ = movement.work_out(FINDING, Movement(top, top, EVEN), wrong)

    np.testing.assert_allclose(known.rest, shapes[0], atol=0.03)


def test_low_excursions_are_no_repetitions():
    """What stays below a part of the median height is not counted."""
    found = [Excursion(0, 0, 0, h) for h in (1.0, 0.1, 0.9, 0.8)]

    assert [e.height for e in movement.repetitions(FINDING, found)] == [1.0, 0.9, 0.8]
    assert movement.repetitions(FINDING, []) == []
