"""The explicit solver: its order, its dense output, its event, its caps."""

import numpy as np
import pytest

from uncrick.crack.compiled import entry, kernel
from uncrick.crack.gates_film import observed_order
from uncrick.crack.solve import DONE, EVENT, STUCK, TOO_MANY_STEPS, Accuracy, Run, dormand_prince


@kernel
def _swinging(t, y, params, dy):
    dy[0] = y[1]
    dy[1] = -y[0]


@kernel
def _down(t, y, params):
    return y[0] - 0.5


@kernel
def _exploding(t, y, params, dy):
    dy[0] = y[0] * y[0]


_swing, _swing_down, _explode = dormand_prince(_swinging), dormand_prince(_swinging, _down), dormand_prince(_exploding)


@entry
def _run_swing(run):
    return _swing((), run)


@entry
def _run_swing_down(run):
    return _swing_down((), run)


@entry
def _run_explode(run):
    return _explode((), run)


def test_order():
    """Halving the step makes the error of the explicit solver 32 times smaller, within a factor of 1.25."""
    assert observed_order("dormand_prince") == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("rtol", [1e-4, 1e-7, 1e-10])
def test_dense_output(rtol):
    """Between its steps the solution is as good as at them."""
    times = np.linspace(0.0, 20.0, 777)

    path = _run_swing(Run((1.0, 0.0), times, Accuracy(rtol, rtol)))

    assert path.status == DONE
    assert np.abs(path.ys[:, 0] - np.cos(times)).max() < 60 * rtol


def test_event_ends_the_run():
    """The run ends where the event's value falls through zero, and later times stay NaN."""
    times = np.linspace(0.0, 10.0, 101)

    path = _run_swing_down(Run((1.0, 0.0), times, Accuracy(1e-11, 1e-12)))

    assert path.status == EVENT
    assert path.t_end == pytest.approx(np.pi / 3, abs=1e-9)
    assert np.isfinite(path.ys[times < path.t_end]).all()
    assert np.isnan(path.ys[times > path.t_end]).all()


def test_step_cap():
    """A run that would take too long stops at its cap of steps and says so."""
    path = _run_swing(Run((1.0, 0.0), np.array([0.0, 1e6]), Accuracy(1e-9, 1e-9, n_steps_max=500)))

    assert (path.status, path.n_steps) == (TOO_MANY_STEPS, 500)


def test_a_solution_that_ceases_to_exist():
    """An explosion in finite time ends the run with 'stuck', at the time of the explosion, never in an endless loop."""
    path = _run_explode(Run((1.0,), np.array([0.0, 2.0]), Accuracy(1e-9, 1e-9)))

    assert path.status == STUCK
    assert path.t_end == pytest.approx(1.0, abs=1e-6)
