"""One round bubble: what is known exactly, and what must hold whatever its size."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncrick.crack.bubble import (
    RAYLEIGH_FACTOR,
    Bubble,
    blake_threshold_pa,
    collapse_time_s,
    end_radius_m,
    natural_frequency_hz,
    radius_over_time,
)
from uncrick.crack.gates_bubble import scipy_radius_m, simulated_frequency_hz
from uncrick.crack.lanes import N_LANES
from uncrick.crack.solve import DONE, Accuracy


def test_rayleigh_factor():
    """The factor of the collapse time is sqrt(3/2)/3 B(5/6, 1/2) = 0.9146813565."""
    assert pytest.approx(0.9146813565, abs=5e-11) == RAYLEIGH_FACTOR


def test_full_bubble_never_collapses():
    """A bubble whose gas balances the liquid stays where it is, and has no collapse time."""
    bubble = Bubble(drive_pa=0.0)

    path = radius_over_time(bubble, np.linspace(0.0, 1e-3, 50), Accuracy())

    assert path.ys[:, 0] == pytest.approx(1.0, abs=1e-12)
    assert math.isnan(collapse_time_s(bubble, Accuracy()))


def test_driven_bubble_against_scipy():
    """The driven bubble follows SciPy's solution of the equation written in SI units."""
    times_s = np.linspace(0.0, 2e-4, 201)

    path = radius_over_time(Bubble(), times_s, Accuracy(1e-11, 1e-13))

    assert path.ys[:, 0] == pytest.approx(scipy_radius_m(Bubble(), times_s) / 130e-6, abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(st.floats(5e-6, 2e-3), st.floats(1.05, 1.6))
def test_ringing(radius_m, kappa):
    """A hardly pushed bubble of any size rings at its natural frequency."""
    bubble = Bubble(radius_m, drive_pa=0.0, mu_pa_s=0.0, sound_speed_m_s=math.inf, kappa=kappa)

    assert simulated_frequency_hz(bubble) == pytest.approx(natural_frequency_hz(bubble), rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.floats(20e-6, 500e-6), st.floats(0.0, 0.5))
def test_finite_sound_speed_only_takes_energy(radius_m, share):
    """With sound radiated the bubble never springs back further than without."""
    still = Bubble(radius_m, drive_pa=0.0, mu_pa_s=0.0, gas_pa=101_300.0 * (1.0 + share))
    times_s = np.linspace(0.0, 30.0 / natural_frequency_hz(still), 400)

    radiating = radius_over_time(still, times_s, Accuracy(1e-8, 1e-10)).ys[:, 0]
    silent = radius_over_time(replace(still, sound_speed_m_s=math.inf), times_s, Accuracy(1e-8, 1e-10)).ys[:, 0]

    assert radiating.max() <= silent.max() + 1e-6


def test_many_drives_as_one_by_one():
    """Runs over more drives than are followed side by side end where each drive alone ends."""
    drives_pa = np.linspace(-70e3, 0.0, N_LANES + 5)

    together = end_radius_m(Bubble(), drives_pa, 2e-4, Accuracy(1e-9, 1e-12))

    for drive_pa, end_m in zip(drives_pa, together, strict=True):
        alone = radius_over_time(replace(Bubble(), drive_pa=float(drive_pa)), np.array([0.0, 2e-4]), Accuracy())
        assert alone.status == DONE
        assert end_m == pytest.approx(alone.ys[-1, 0] * 130e-6, rel=1e-6)


def test_a_drive_that_cannot_be_followed():
    """An empty bubble that collapses to nothing ends as NaN beside one that goes on; so does one out of steps."""
    empty, drives_pa = Bubble(gas_pa=0.0, sigma_n_m=0.0, mu_pa_s=0.0, sound_speed_m_s=math.inf), np.array([0.0, -150e3])

    ends_m = end_radius_m(empty, drives_pa, 3e-5, Accuracy())
    too_soon_m = end_radius_m(empty, drives_pa, 3e-5, Accuracy(n_steps_max=50))

    assert ends_m == pytest.approx([math.nan, 0.6529 * 130e-6], rel=1e-4, nan_ok=True)
    assert np.isnan(too_soon_m).all()


@settings(max_examples=50, deadline=None)
@given(st.floats(0.5e-6, 100e-6))
def test_blake_is_the_lowest_pressure_of_rest(radius_m):
    """No radius rests at a lower liquid pressure than Blake's."""
    gas_pa = 101_325.0 - 6280.0 + 0.1 / radius_m
    r = np.geomspace(radius_m, 300 * radius_m, 20_001)

    resting_pa = 6280.0 + gas_pa * (radius_m / r) ** 3 - 0.1 / r

    assert blake_threshold_pa(radius_m, 101_325.0, 6280.0, 0.05) == pytest.approx(resting_pa.min(), rel=1e-4, abs=1.0)
