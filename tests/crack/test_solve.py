"""The explicit solver: its order, its dense output, its event, its caps."""

import numpy as np
import pytest

from uncrick.crack.compiled import entry, kernel
from uncrick.crack.gates_film import observed_order
from uncrick.crack.solve import DONE, EVENT, STUCK, TOO_MANY_STEPS, Accuracy, Run, dormand_prince


@kernel
def _moving(t, y, params, dy):
    """A swing, or, with the first parameter at 1, an explosion: one system, because each is compiled for itself."""
    explodes = params[0]
    dy[0] = y[1] + explodes * y[0] * y[0]
    dy[1] = (explodes - 1.0) * y[0]


@kernel
def _down(t, y, params):
    return y[0] - params[1]


_move = dormand_prince(_moving, _down)


@entry
def _run(params, run):
    return _move(params, run)


SWING, SWING_DOWN, EXPLOSION = (0.0, -9.0), (0.0, 0.5), (1.0, -9.0)
"""Whether it explodes, and below where it ends."""


def test_order():
    """Halving the step makes the error of the explicit solver 32 times smaller, within a factor of 1.25."""
    assert observed_order("dormand_prince") == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("rtol", [1e-4, 1e-7, 1e-10])
def test_dense_output(rtol):
    """Between its steps the solution is as good as at them."""
    times = np.linspace(0.0, 20.0, 777)

    path = _run(SWING, Run((1.0, 0.0), times, Accuracy(rtol, rtol)))

    assert path.status == DONE
    assert np.abs(path.ys[:, 0] - np.cos(times)).max() < 60 * rtol


def test_event_ends_the_run():
    """The run ends where the event's value falls through zero, and later times stay NaN."""
    times = np.linspace(0.0, 10.0, 101)

    path = _run(SWING_DOWN, Run((1.0, 0.0), times, Accuracy(1e-11, 1e-12)))

    assert path.status == EVENT
    assert path.t_end == pytest.approx(np.pi / 3, abs=1e-9)
    assert np.isfinite(path.ys[times < path.t_end]).all()
    assert np.isnan(path.ys[times > path.t_end]).all()


def test_step_cap():
    """A run that would take too long stops at its cap of steps and says so."""
    path = _run(SWING, Run((1.0, 0.0), np.array([0.0, 1e6]), Accuracy(1e-9, 1e-9, n_steps_max=500)))

    assert (path.status, path.n_steps) == (TOO_MANY_STEPS, 500)


def test_a_solution_that_ceases_to_exist():
    """An explosion in finite time ends the run with 'stuck', at the time of the explosion, never in an endless loop."""
    path = _run(EXPLOSION, Run((1.0, 0.0), np.array([0.0, 2.0]), Accuracy(1e-9, 1e-9)))

    assert path.status == STUCK
    assert path.t_end == pytest.approx(1.0, abs=1e-6)
