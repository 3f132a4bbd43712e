"""What becomes of a stretch: both theories, no crack, and the published bands."""

import math
from dataclasses import replace

import numpy as np
import pytest

from uncrick.crack.bands import band_gates, calibrated_radius_m, median_leftover_m, share_still_there
from uncrick.crack.joint import COMPLIANT, STIFF, Joint
from uncrick.crack.outcome import StretchFailedError, course_of, first_fall, follow, outcome_of, sound_pa
from uncrick.crack.solve import Accuracy

ACCURACY = Accuracy(1e-6, 1e-6, 400_000)


def outcome(joint):
    path = follow(joint, ACCURACY)
    return outcome_of(joint, course_of(joint, path), path)


def test_stiff_capsule_growth_is_heard():
    """A capsule that hardly gives keeps most of its cavity, and the growth is the louder."""
    found = outcome(STIFF)

    assert (found.verdict, found.sound_from) == ("crack", "growth")
    assert found.left > 0.5


def test_compliant_capsule_collapse_is_heard():
    """A capsule that gives lets the fluid back: nearly nothing is left, and the collapse is far louder."""
    found = outcome(COMPLIANT)

    assert (found.verdict, found.sound_from) == ("crack", "collapse")
    assert found.left < 0.05
    assert found.collapse_over_growth_db > 20


def test_a_thick_film_flows():
    """A film of 200 um with a gentle, slow pull yields without a cavity."""
    found = outcome(Joint(gap_um=200.0, force_n=5.0, ramp_s=1.0))

    assert found.verdict == "no cavity"
    assert math.isnan(found.peak_hz)
    assert math.isnan(found.collapse_over_growth_db)


def test_the_median_joint_lies_in_every_band():
    """The median joint agrees with everything measured, and two of the six bands are marked as used to choose it."""
    bands = band_gates(outcome(Joint()))

    assert [b.case for b in bands if not b.passed] == []
    assert [b.case for b in bands if b.chosen] == ["B3", "B6"]


def test_a_joint_off_the_bands_fails_them():
    """The bands can fail: a joint with a very giving capsule is outside at least one."""
    assert any(not b.passed for b in band_gates(outcome(replace(COMPLIANT, capsule_mm3_kpa=10.0))))


def test_quiet_time_is_fitted():
    """The knuckle's 20 minutes belong to a bubble of 136 um; two thirds of leftovers outlast them by choice."""
    assert calibrated_radius_m() * 1e6 == pytest.approx(135.8, abs=0.1)
    assert share_still_there(median_leftover_m()) == pytest.approx(2 / 3, abs=0.01)
    assert share_still_there(calibrated_radius_m()) == pytest.approx(0.5, abs=0.01)


def test_a_run_that_failed_is_no_outcome():
    """A path that did not reach the end raises with the place and the reason."""
    path = follow(Joint(), Accuracy(1e-7, 1e-7, 50))

    with pytest.raises(StretchFailedError, match=r"used up its steps at .* ms"):
        course_of(Joint(), path)


def test_first_fall():
    """The collapse begins where a big cavity has lost a tenth, not where the nucleus rang."""
    ringing = [1e-6, 2e-6, 1e-6, 2e-6]

    assert first_fall(np.array([*ringing, 0.5, 1.0, 0.95, 0.85, 0.2, 0.9])) == 7
    assert first_fall(np.array([*ringing, 0.5, 1.0, 0.95])) == 7


def test_the_microphone_twice_as_far():
    """Twice as far from the source the pressure is half, and nothing else changes."""
    path = follow(Joint(), ACCURACY)
    course = course_of(Joint(), path)

    near = sound_pa(Joint(distance_m=0.06, depth_mm=40.0), course)
    far = sound_pa(Joint(distance_m=0.16, depth_mm=40.0), course)

    assert far == pytest.approx(near / 2, rel=1e-9, abs=1e-15)
