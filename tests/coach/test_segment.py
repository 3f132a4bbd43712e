"""Segments: the rest between two repetitions is shared out in halves."""

import numpy as np
import pytest

from tests.coach.moving_body import hills
from uncrick.coach.segment import Segmenting, rest_between, spans


def test_a_rest_is_where_the_distance_is_low():
    """Rest begins and ends where the line crosses the level, between samples."""
    t_s = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    distance = np.array([1.0, 0.0, 0.0, 0.0, 1.0])

    assert pytest.approx(rest_between(t_s, distance, 0.4)) == (0.6, 3.4)


@pytest.mark.parametrize("rest", [0.1, 0.4, 0.6])
def test_boundaries_lie_in_the_middle_of_rests(rest):
    """However long the rests, repetitions are cut in their middle."""
    t_s, out = hills(4, period_s=3.0, rest=rest, fps=10)
    peaks = [15, 45, 75, 105]

    got = spans(Segmenting(), t_s, out, peaks, np.nan)

    assert [s.start_s for s in got[1:]] == pytest.approx([3, 6, 9], abs=0.05)
    assert [s.end_s for s in got[:-1]] == pytest.approx([3, 6, 9], abs=0.05)
    assert pytest.approx(got[0].start_s, abs=0.2) == 0
    assert pytest.approx(got[-1].end_s, abs=0.2) == 12


def test_a_known_opening_is_kept():
    """Where the repetition before ended, the first one starts."""
    t_s, out = hills(2, period_s=3.0, fps=10)

    assert spans(Segmenting(), t_s, out, [15, 45], 0.4)[0].start_s == 0.4


def test_a_pause_belongs_to_no_repetition():
    """After a long pause a repetition does not begin a minute ago."""
    t_s, out = hills(4, period_s=3.0, fps=10)
    t_s = np.concatenate([t_s[:61], t_s[61:] + 20])

    got = spans(Segmenting(), t_s, out, [15, 45, 75, 105], np.nan)

    assert got[1].end_s == pytest.approx(6, abs=0.2)
    assert got[2].start_s == pytest.approx(26, abs=0.2)


def test_no_repetition_no_span():
    """Without peaks there are no spans; with one there is one, inside the samples."""
    t_s, out = hills(1, period_s=3.0, fps=10)

    (only,) = spans(Segmenting(), t_s, out, [15], np.nan)

    assert spans(Segmenting(), t_s, out, [], np.nan) == ()
    assert (only.start_s, only.end_s) == pytest.approx((0, 3), abs=0.65)
