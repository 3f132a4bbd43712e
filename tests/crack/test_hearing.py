"""Grouping pops into cracks, and counting only watched moments."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from uncrick.crack.hearing import ONE_CRACK_S, group_pops, within
from uncrick.crack.pop import Knock, Pop


def pop(t_s, probability=0.85):
    return Pop(Knock(t_s, 30.0, 3.0, 15.0, 30.0, 20.0, -5.0, -10.0), probability, 0)


def test_pops_close_together_are_one_crack():
    """Three pops within 200 ms of each other are one crack; the next, a second later, another."""
    cracks = group_pops([pop(1.0, 0.6), pop(1.05, 0.9), pop(1.2), pop(2.2)])

    assert [len(crack.pops) for crack in cracks] == [3, 1]
    assert (cracks[0].t_s, cracks[0].probability) == (1.0, 0.9)


def test_an_unlikely_crack_does_not_count():
    """Pops of which none is likely enough are no crack; one likely pop carries the others."""
    assert group_pops([pop(1.0, 0.6), pop(1.05, 0.79)]) == []
    assert [len(crack.pops) for crack in group_pops([pop(1.0, 0.6), pop(1.05, 0.8)])] == [2]


@given(st.lists(st.floats(0.0, 100.0), max_size=30))
def test_grouping_keeps_every_pop(times_s):
    """Every pop is in one crack, in order, and cracks lie further apart than their pops."""
    pops = [pop(t_s) for t_s in sorted(times_s)]

    cracks = group_pops(pops)

    assert [p for crack in cracks for p in crack.pops] == pops
    assert all(b.t_s - a.pops[-1].t_s > ONE_CRACK_S for a, b in itertools.pairwise(cracks))


def test_only_watched_moments_count():
    """With moments given only the pops within them count; without any, all."""
    pops = [pop(1.0), pop(5.0), pop(9.0)]

    assert within(pops, [(4.0, 6.0), (8.9, 9.0)]) == pops[1:]
    assert within(pops, []) == pops
