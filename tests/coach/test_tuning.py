"""Tuning: the half period and the joints that tell of the movement."""

import numpy as np
import pytest

from tests.coach.moving_body import hills, raises
from uncrick.coach.shape import JOINTS, N_JOINTS, shape_of
from uncrick.coach.tuning import EVEN, LAGS, Tuning, half_period, joint_distances, joint_weights


def shapes_of(clip):
    return np.array([shape_of(f) for f in clip.frames()])


@pytest.mark.parametrize("period_s", [1.5, 2.5, 6.0])
def test_the_half_period_is_half_the_period(period_s):
    """Whatever the tempo, the change is greatest about half a period later: 0.5 less a little for the rests."""
    shapes = shapes_of(raises(6, period_s=period_s, rest=0.2, fps=10))

    assert 0.4 < half_period(shapes) / (10 * period_s) < 0.56


def test_no_half_period_in_a_standing_body():
    """Too few samples have no period."""
    assert half_period(shapes_of(raises(1, fps=10))[:4]) == 0


def test_the_joints_that_move_together_carry_the_weight():
    """The raised arm outweighs a joint that jumps about on its own and all that rest."""
    t_s, out = hills(5, fps=10)
    rng = np.random.default_rng(3)
    distances = np.abs(rng.normal(0, 0.01, (len(t_s), N_JOINTS)))
    wrist, elbow, ankle = (JOINTS.index(n) for n in ("wrist_right", "elbow_right", "ankle_left"))
    distances[:, wrist] += out
    distances[:, elbow] += 0.5 * out
    distances[:, ankle] += rng.random(len(t_s)) > 0.7

    weights = joint_weights(Tuning(), distances, lag=10)

    assert weights.sum() == pytest.approx(1)
    assert weights[wrist] + weights[elbow] > 0.9
    assert weights[ankle] < 0.05


def test_a_body_that_does_not_move_weighs_all_joints_alike():
    """Without any change there is nothing to choose."""
    assert np.array_equal(EVEN, joint_weights(Tuning(), np.zeros((50, N_JOINTS)), lag=10))


def test_a_joint_never_seen_is_at_no_distance():
    """Distances are zero where either shape has no place for the joint."""
    shape = np.zeros((N_JOINTS, 3))
    shape[0] = np.nan
    shape[1] = (3.0, 0.0, 4.0)

    distances = joint_distances(shape, np.zeros((N_JOINTS, 3)))

    assert distances[:3].tolist() == [0.0, 5.0, 0.0]


def test_lags_rise_by_small_steps():
    """No two lags are the same and none is more than half as long again as the one before."""
    steps = np.array(LAGS[1:]) / np.array(LAGS[:-1])

    assert np.all(steps > 1)
    assert np.all(steps < 1.5)
