"""A joint's numbers: each with its range and unit, and every wrong one named."""

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.crack.joint import BY_NAME, PARAMETERS, Joint, check_joint, joint_values, joint_with, stretch_of


def test_table_and_joint_agree():
    """Every number of a joint is in the table, in the same order, with the same default, inside its own range."""
    assert [p.name for p in PARAMETERS] == [f.name for f in fields(Joint)]
    assert joint_values(Joint()) == {p.name: p.default for p in PARAMETERS}
    assert check_joint(joint_values(Joint())) == []


@pytest.mark.parametrize("name", list(BY_NAME))
@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf, -math.inf, 1e30])
def test_absurd_values(name, value):
    """A negative, endless, absurd or missing number is refused with its allowed range and its unit."""
    (problem,) = check_joint({name: value})

    assert problem.where == name
    assert f"{BY_NAME[name].low:g} to {BY_NAME[name].high:g} {BY_NAME[name].unit}" in problem.says


def test_every_problem_at_once():
    """Three wrong numbers give three problems, a mistyped name a suggestion."""
    problems = check_joint({"force_n": 0.0, "ramp_s": -1.0, "capsule": 3.0})

    assert [p.where for p in problems] == ["force_n", "ramp_s", "capsule"]
    assert "capsule_mm3_kpa" in problems[2].says


def test_a_nucleus_larger_than_the_gap():
    """A nucleus that does not fit between the facets is refused, against the default of what was not given too."""
    (problem,) = check_joint({"nucleus_um": 6.0})

    assert "does not fit" in problem.says
    assert check_joint({"nucleus_um": 6.0, "gap_um": 20.0}) == []


@given(st.sampled_from(PARAMETERS), st.floats(0.0, 1.0))
def test_any_allowed_value_makes_equations(parameter, share):
    """Any number within its range gives equations without a single value that is not a number."""
    value = parameter.low + share * (parameter.high - parameter.low)

    stretch = stretch_of(joint_with(Joint(), {parameter.name: value}))

    assert all(math.isfinite(x) for x in (*stretch.film, stretch.volume0_m3, stretch.damping_n_s_m, *stretch.moles0))


def test_nucleus_starts_at_rest():
    """The nucleus's gas, vapour and skin balance the air's pressure."""
    s = stretch_of(Joint())

    p_pa = sum(s.moles0) * s.rt_j_mol / s.volume0_m3 + s.p_vapour_pa

    assert p_pa == pytest.approx(s.p_amb_pa + 2 * s.film.sigma_n_m / 2e-6, rel=1e-12)
