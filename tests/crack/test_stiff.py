"""The stiff solver: its order, and a stiff equation that the explicit one cannot afford."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from uncrick.crack.compiled import entry, kernel
from uncrick.crack.gates_film import observed_order
from uncrick.crack.solve import DONE, TOO_MANY_STEPS, Accuracy, Run, dormand_prince
from uncrick.crack.stiff import rosenbrock


@kernel
def _van_der_pol(t, y, params, dy):
    dy[0] = y[1]
    dy[1] = ((1.0 - y[0] * y[0]) * y[1] - y[0]) / 1e-6


_stiffly, _explicitly = rosenbrock(_van_der_pol), dormand_prince(_van_der_pol)


@entry
def _run_stiffly(run):
    return _stiffly((), run)


@entry
def _run_explicitly(run):
    return _explicitly((), run)


def test_order():
    """Halving the step makes the error of the stiff solver 16 times smaller, within a factor of 1.25."""
    assert observed_order("rosenbrock") == pytest.approx(4.0, abs=0.3)


@pytest.mark.slow
def test_van_der_pol_against_scipy():
    """A relaxation oscillation of stiffness 1e6 agrees with SciPy's Radau in thousands of steps, not millions."""
    times = np.array([0.0, 0.5, 1.0, 1.5, 2.0])

    def slope(t, y):
        return y[1], ((1.0 - y[0] ** 2) * y[1] - y[0]) / 1e-6

    oracle = solve_ivp(slope, (0.0, 2.0), [2.0, -0.66], "Radau", times, rtol=1e-9, atol=1e-9).y.T

    path = _run_stiffly(Run((2.0, -0.66), times, Accuracy(1e-7, 1e-7)))

    assert path.status == DONE
    assert path.n_steps < 5_000
    assert path.ys == pytest.approx(oracle, rel=1e-3, abs=1e-3)


@pytest.mark.slow
def test_the_explicit_solver_runs_out_of_steps_on_it():
    """The same equation uses up a hundred thousand explicit steps before a tenth of the way."""
    path = _run_explicitly(Run((2.0, -0.66), np.array([0.0, 2.0]), Accuracy(1e-6, 1e-6, n_steps_max=100_000)))

    assert path.status == TOO_MANY_STEPS
    assert path.t_end < 0.2
