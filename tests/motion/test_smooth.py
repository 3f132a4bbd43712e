"""The running mean of 0.17 s: it takes the edge off jitter, bridges gaps, and never lags."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.motion import smooth
from uncrick.motion.smooth import Sample, Smooth
from uncrick.step import run

NAN = math.nan


def smoothed(samples):
    """Run samples through the smoothing; return what comes out."""
    return list(run(smooth.step, Smooth(), samples))


def test_six_frames_at_30_a_second_are_averaged():
    """At 30 frames/s the mean is over six samples, five intervals apart, and stamped with their mean time."""
    out = smoothed([Sample(i / 30, (float(i == 5),)) for i in range(14)])

    assert [o.values[0] for o in out[5:11]] == pytest.approx([1 / 6] * 6)
    assert out[7].t_s == pytest.approx(4.5 / 30)
    assert out[4].values == out[11].values == (0.0,)


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_a_ramp_is_not_delayed(fps):
    """A value that rises steadily comes out on the same line, because value and time are averaged alike."""
    for out in smoothed([Sample(i / fps, (3.0 * i / fps,)) for i in range(fps)]):
        assert out.values[0] == pytest.approx(3.0 * out.t_s)


def test_a_gap_shorter_than_the_window_is_bridged_and_a_longer_one_is_not():
    """Up to five unseen samples at 30 frames/s (0.17 s) are filled by the seen ones; with the sixth nothing is left."""
    out = smoothed([Sample(i / 30, (NAN if 5 <= i < 11 else 7.0,)) for i in range(15)])

    assert [o.values[0] for o in out[5:10]] == [7.0] * 5
    assert math.isnan(out[10].values[0])
    assert out[11].values[0] == 7.0


def test_each_measure_is_bridged_for_itself():
    """A measure out of sight takes none of the others with it."""
    out = smoothed([Sample(0.0, (1.0, 10.0)), Sample(0.05, (NAN, 20.0))])

    assert out[1].values == (1.0, 15.0)


def test_what_is_older_than_the_window_is_forgotten():
    """After a pause the mean begins anew."""
    out = smoothed([Sample(0.0, (1.0,)), Sample(1.0, (5.0,))])

    assert out[1] == Sample(1.0, (5.0,))


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=40))
def test_a_mean_never_leaves_the_range_of_what_it_averages(values):
    """Smoothing makes no new extremes."""
    for out in smoothed([Sample(i / 30, (v,)) for i, v in enumerate(values)]):
        assert min(values) - 1e-9 <= out.values[0] <= max(values) + 1e-9


def test_a_step_changes_no_state_it_was_given():
    """The state may be kept and gone on from again."""
    state, _ = smooth.step(Smooth(), None, Sample(0.0, (1.0,)))

    first = smooth.step(Smooth(), state, Sample(0.1, (2.0,)))

    assert smooth.step(Smooth(), state, Sample(0.1, (2.0,))) == first
