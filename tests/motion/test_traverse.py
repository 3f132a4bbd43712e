"""Displacement over 0.7 s: the same at every frame rate, signed, and silent about what is not seen."""

import math

import pytest

from uncrick.motion import traverse
from uncrick.motion.traverse import Moment, Traverse, rise_within
from uncrick.step import run

RATES = (15, 30, 60)


def moved(values_of, fps, duration_s=3.0):
    """Return (t_s, displacement) of a course given as a function of time."""
    moments = [Moment(i / fps, values_of(i / fps)) for i in range(int(duration_s * fps) + 1)]
    return [(round(m.t_s, 3), d) for m, d in zip(moments, run(traverse.step, Traverse(), moments), strict=True)]


def ramp(t_s):
    """Rest for a second, turn by 40 deg in half a second, rest."""
    return 40.0 * min(max((t_s - 1.0) / 0.5, 0.0), 1.0)


@pytest.mark.parametrize("fps", RATES)
def test_displacement_is_the_same_at_every_frame_rate(fps):
    """A turn of 40 deg in 0.5 s reads what was done of it on the way, and 40 at its end, at 15, 30 and 60 frames/s."""
    course = dict(moved(ramp, fps))

    assert course[1.2] == pytest.approx(ramp(1.2))
    assert course[1.6] == pytest.approx(40.0)
    assert max(course.values()) == pytest.approx(40.0)
    assert course[2.6] == pytest.approx(0.0)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("speed", [20.0, -20.0])
def test_a_steady_turn_reads_its_speed_times_0_7_s_with_its_sign(fps, speed):
    """20 deg/s is 14 deg in 0.7 s, whatever the frame rate and the direction; a frame more or less at most."""
    late = [d for t_s, d in moved(lambda t_s: speed * t_s, fps) if t_s > 1.0]

    assert late == pytest.approx([0.7 * speed] * len(late), abs=abs(speed) / fps + 1e-6)


def test_displacement_grows_from_the_first_value_there_is():
    """In the first 0.7 s the displacement is from the beginning, 0 at the very first value."""
    course = moved(lambda t_s: 10.0 * t_s, 30, 0.5)

    assert [d for _, d in course] == pytest.approx([10.0 * t_s for t_s, _ in course], abs=0.01)


def test_what_is_not_seen_has_no_displacement_and_is_not_remembered():
    """NaN gives NaN; what follows is compared with what was seen before."""
    state, _ = traverse.step(Traverse(), None, Moment(0.0, 1.0))
    state, unseen = traverse.step(Traverse(), state, Moment(0.1, math.nan))
    _, after = traverse.step(Traverse(), state, Moment(0.2, 4.0))

    assert math.isnan(unseen)
    assert after == 3.0


def test_unseen_from_the_start_is_unseen():
    """Before the first value there is nothing, and the first value has moved nowhere."""
    state, unseen = traverse.step(Traverse(), None, Moment(0.0, math.nan))
    _, first = traverse.step(Traverse(), state, Moment(0.1, 5.0))

    assert math.isnan(unseen)
    assert first == 0.0


def test_a_gap_longer_than_0_7_s_begins_anew():
    """Where somebody was before a long gap is no displacement now."""
    state, _ = traverse.step(Traverse(), None, Moment(0.0, 0.0))

    _, after = traverse.step(Traverse(), state, Moment(0.8, 50.0))

    assert after == 0.0


def test_the_past_is_kept_no_denser_than_needed():
    """At 240 frames/s no more than one value each 0.03 s is kept."""
    state = None
    for i in range(480):
        state, _ = traverse.step(Traverse(), state, Moment(i / 240, float(i)))

    assert len(state) <= 0.7 / 0.03 + 2


@pytest.mark.parametrize(("direction", "value", "expected"), [(1.0, 9.0, 7.0), (-1.0, -4.0, 9.0)])
def test_a_rise_is_beyond_the_least_of_the_recent_past(direction, value, expected):
    """Outward is up or down; only the last half second counts."""
    past = (Moment(0.0, -50.0), Moment(0.6, 2.0), Moment(0.8, 5.0))

    assert rise_within(past, Moment(1.0, value), 0.5, direction) == pytest.approx(expected)


def test_a_rise_without_a_past_is_none():
    """With nothing seen in the last half second there is nothing to rise from."""
    assert rise_within((Moment(0.0, 1.0),), Moment(2.0, 9.0), 0.5, 1.0) == 0.0
