"""Excursions: out and back, with hysteresis."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coach.moving_body import hills
from uncrick.coach.excursion import Excursion, Hysteresis, Tracked, Turn, scan, usual_height

SETTINGS = Hysteresis()


def all_of(t_s, distance, state=None, settings=SETTINGS):
    state, at = state or Tracked(), 0
    while at < len(t_s):
        state, n, _ = scan(settings, state, t_s[at:], distance[at:])
        at += n
    return state


@pytest.mark.parametrize("n", [1, 2, 7])
def test_every_hill_is_an_excursion(n):
    """So many hills, so many excursions, each peaking in the middle of its hill."""
    t_s, out = hills(n, period_s=3.0, fps=10)

    found = all_of(t_s.tolist(), out.tolist()).found

    assert n == len(found)
    assert [e.peak_s for e in found] == pytest.approx([1.5 + 3 * i for i in range(n)], abs=0.3)
    assert all(e.left_s < e.peak_s < e.back_s for e in found)


def test_a_dip_on_the_way_is_not_the_way_back():
    """An excursion that falls by less than the part asked for is still on."""
    distance = [0.0, 0.5, 1.0, 0.6, 1.0, 0.5, 0.0, 0.0]

    found = all_of([float(i) for i in range(8)], distance).found

    assert [(e.peak_s, e.back_s) for e in found] == [(4.0, 6.0)]


def test_what_is_small_beside_the_usual_is_not_noticed():
    """After large excursions a small one does not count; at the start, above the floor, it does."""
    small, large = [0.0, 0.15, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]

    at_first = all_of([float(i) for i in range(4)], small)
    later = all_of([float(i) for i in range(12)], large + large + small)

    assert len(at_first.found) == 1
    assert len(later.found) == 2


def test_noise_below_the_floor_is_nothing():
    """Jitter below the floor is never an excursion."""
    distance = [0.03 * (i % 2) for i in range(100)]

    assert all_of([i / 10 for i in range(100)], distance).found == ()


def test_a_long_break_ends_an_excursion_uncounted():
    """Who leaves the picture while out and comes back at rest has not come back from that excursion."""
    state = all_of([0.0, 0.5, 1.0], [0.0, 1.0, 1.0])

    after = all_of([9.0, 9.5], [0.0, 0.0], state)

    assert state.out
    assert not after.out
    assert after.found == ()


def test_usual_height_is_the_median_of_the_latest():
    """Old excursions no longer count towards the usual height."""
    found = [Excursion(0, 0, 0, h) for h in (9, 9, 1, 2, 3, 4, 5)]

    assert usual_height(SETTINGS, found) == 3
    assert usual_height(SETTINGS, []) == 0
    assert usual_height(Hysteresis(n_usual=4), found[2:6]) == 2.5


@given(st.lists(st.floats(0, 2), min_size=1, max_size=60), st.data())
def test_cut_anywhere(distance, data):
    """Handing samples in one by one, or in two parts, finds the same as all at once."""
    t_s = [i / 10 for i in range(len(distance))]
    cut = data.draw(st.integers(0, len(distance)))

    whole = all_of(t_s, distance)
    parts = all_of(t_s[cut:], distance[cut:], all_of(t_s[:cut], distance[:cut]))

    assert repr(whole) == repr(parts)  # NaN are equal in print


def test_scan_stops_at_each_turn():
    """A scan says where the excursion was noticed and where it was over."""
    t_s, distance = [0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 0.0, 0.0]

    state, n, turn = scan(SETTINGS, Tracked(), t_s, distance)
    after, more, back = scan(SETTINGS, state, t_s[n:], distance[n:])

    assert (n, turn) == (2, Turn.LEFT)
    assert (more, back) == (1, Turn.BACK)
    assert math.isclose(1.0, after.found[0].height, abs_tol=0.01)
