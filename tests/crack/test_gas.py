"""Gases: the fluid's own mix, and leftovers that must dissolve, the large ones slowly."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncrick.crack.gas import (
    GASES,
    P_AMB_PA,
    VAPOUR_PA,
    Gas,
    Leftover,
    dissolving_course,
    dissolving_time_s,
    epstein_plesset_time_s,
    free_inventory,
    radius_for_time_m,
)

NONE = Gas("none", 0.0, 0.0, 2.4e-9)


def test_oxygen_window():
    """The tensions in tissue with the vapour sum to less than the air's pressure, so every free bubble dissolves."""
    assert sum(gas.tension_pa for gas in GASES) + VAPOUR_PA < P_AMB_PA


def test_free_inventory():
    """Joint fluid holds about three quarters CO2 among its free gas, a fifth nitrogen, a thirtieth oxygen."""
    assert free_inventory() == pytest.approx({"CO2": 0.747, "N2": 0.217, "O2": 0.036}, abs=1e-3)


@pytest.mark.parametrize(("um", "minutes"), [(50, 2.0), (100, 10.1), (136, 20.1), (200, 46.7), (400, 203.9)])
def test_dissolving_times(um, minutes):
    """Leftovers of 50 to 400 um last 2 to 204 minutes."""
    assert dissolving_time_s(Leftover(um * 1e-6)) / 60 == pytest.approx(minutes, rel=5e-3)


@settings(max_examples=25, deadline=None)
@given(st.floats(2e-6, 1e-3), st.floats(0.05, 0.95), st.floats(1e-6, 3e-4))
def test_one_gas_against_the_formula(radius_m, share, henry):
    """One gas, any size, any saturation: the time is Epstein's and Plesset's."""
    gas = Gas("one", share * P_AMB_PA, henry, 2.4e-9)
    leftover = Leftover(radius_m, (1.0, 0.0, 0.0), (gas, NONE, NONE), P_AMB_PA, 0.0, 0.0)

    assert dissolving_time_s(leftover) == pytest.approx(epstein_plesset_time_s(leftover), rel=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.floats(10e-6, 500e-6), st.floats(1.01, 2.0))
def test_larger_lasts_longer(radius_m, factor):
    """A larger bubble lasts longer, by more than the square of its size, since skin tension squeezes the small."""
    short, long = dissolving_time_s(Leftover(radius_m)), dissolving_time_s(Leftover(factor * radius_m))

    assert long > short * factor**2 * 0.999


def test_co2_leaves_first():
    """Within the first tenth of its life the bubble has lost most of its CO2; nitrogen is what stays."""
    life_s = dissolving_time_s(Leftover(136e-6))

    course = dissolving_course(Leftover(136e-6), np.linspace(0.0, 0.9 * life_s, 10))

    assert course[0, 1:] == pytest.approx([0.67, 0.28, 0.05])
    assert course[1, 1] < 0.1
    assert course[-1, 2] > 0.8
    assert (np.diff(course[:, 0]) < 0).all()


def test_oversaturated_never_dissolves():
    """In fluid that holds more gas than the pressure allows, a large bubble never dissolves, and the search ends."""
    gas = Gas("soda", 2 * P_AMB_PA, 2.4e-4, 2.4e-9)

    assert math.isinf(dissolving_time_s(Leftover(100e-6, (1.0, 0.0, 0.0), (gas, NONE, NONE))))


def test_calibration():
    """The radius found for 20 minutes dissolves in 20 minutes."""
    assert dissolving_time_s(Leftover(radius_for_time_m(1200.0))) == pytest.approx(1200.0, rel=1e-4)
