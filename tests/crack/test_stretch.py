"""A stretch: what is conserved, what it becomes in the limit, and that two solvers agree."""

import numpy as np
import pytest

from uncrick.crack.fallback import follow_by_scipy
from uncrick.crack.gates_film import film_bubble_radius
from uncrick.crack.joint import COMPLIANT, STIFF, Joint, stretch_of
from uncrick.crack.outcome import REST, course_of, follow, outcome_of
from uncrick.crack.solve import DONE, TOO_MANY_STEPS, Accuracy, Run
from uncrick.crack.stretch import energies_j, run_stretch


def test_nothing_moves_without_force():
    """A joint that nobody pulls stays as it is, nucleus and all."""
    s = stretch_of(Joint())._replace(force_n=0.0)

    path = run_stretch(s, Run(REST, np.linspace(0.0, 100.0, 50), Accuracy(1e-8, 1e-8)))

    assert path.ys == pytest.approx(np.tile(REST, (50, 1)), abs=1e-6)


def test_friction_only_loses_energy():
    """With the force at its full value from the start, a viscous, damped stretch never gains energy."""
    s = stretch_of(Joint())._replace(ramp_s=1e-15, heat_w_m_k=0.0, diffusivity_m2_s=(0.0, 0.0, 0.0))

    path = run_stretch(s, Run(REST, np.linspace(0.0, 15.0, 4001), Accuracy(1e-8, 1e-8)))
    reached = np.isfinite(path.ys[:, 0])
    energy_j = energies_j(path.ys[reached], s)

    assert reached.sum() > 1000
    assert np.diff(energy_j).max() < 1e-7 * np.ptp(energy_j)


def test_film_becomes_open_liquid():
    """As the gap grows against the bubble the film model tends to Rayleigh-Plesset, in proportion to R/h."""
    times_s = np.linspace(0.0, 15e-6, 100)

    far, farther = (np.abs(np.subtract(*film_bubble_radius(x, times_s))).max() for x in (1e3, 1e5))

    assert far == pytest.approx(100 * farther, rel=0.05)


@pytest.mark.parametrize("joint", [STIFF, Joint(), COMPLIANT])
def test_scipy_agrees(joint):
    """SciPy's Radau comes to the same crack: pitch, loudness, opening, what is left."""
    accuracy = Accuracy(1e-6, 1e-6, 200_000)
    ours, theirs = follow(joint, accuracy), follow_by_scipy(joint, accuracy)
    assert (ours.status, theirs.status) == (DONE, DONE)

    a = outcome_of(joint, course_of(joint, ours), ours)
    b = outcome_of(joint, course_of(joint, theirs), theirs)

    assert (a.verdict, a.sound_from) == (b.verdict, b.sound_from)
    assert a.peak_hz == pytest.approx(b.peak_hz, rel=2e-3)
    assert a.level_db == pytest.approx(b.level_db, abs=0.1)
    assert (a.opened_mm, a.left) == pytest.approx((b.opened_mm, b.left), rel=1e-4)


def test_finer_steps_change_nothing_that_is_told():
    """A hundred times finer steps change the pitch, the loudness and the opening by less than is shown."""
    outcomes = []
    for rtol in (1e-6, 1e-8):
        path = follow(Joint(), Accuracy(rtol, rtol, 400_000))
        outcomes.append(outcome_of(Joint(), course_of(Joint(), path), path))
    coarse, fine = outcomes

    assert coarse.peak_hz == pytest.approx(fine.peak_hz, rel=1e-3)
    assert coarse.level_db == pytest.approx(fine.level_db, abs=0.05)
    assert coarse.opened_mm == pytest.approx(fine.opened_mm, rel=1e-5)


def test_a_capped_run_stops():
    """A stretch with too few steps allowed stops and says so, with SciPy too."""
    assert follow(Joint(), Accuracy(1e-7, 1e-7, 50)).status == TOO_MANY_STEPS
    assert follow_by_scipy(Joint(), Accuracy(1e-6, 1e-6, 20)).status == TOO_MANY_STEPS
