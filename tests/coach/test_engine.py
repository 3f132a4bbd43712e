"""The whole watching of one exercise: from frames to events, and never an error."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.clips.replaying import clip_of
from tests.coach.twisting_body import Body, frame, in_time, nobody, of, still, turning, twist, watched
from uncrick.coach import engine
from uncrick.coach.events import (
    BodyFound,
    BodyLost,
    CueRaised,
    HoldBroken,
    HoldCompleted,
    NeutralSet,
    PhaseEntered,
    RepetitionCounted,
    StopRaised,
    Unseen,
)
from uncrick.coach.watch import compile_watch
from uncrick.files.library import read_library
from uncrick.pose.frame import Frame, empty_frame

LEFT = [(0.0, 0.0), (2.0, 0.0), (5.0, 40.0), (11.0, 40.0), (14.0, 0.0), (16.0, 0.0)]
RIGHT = [(16.0, 0.0), (19.0, -40.0), (25.0, -40.0), (28.0, 0.0), (30.0, 0.0)]
ABRUPT = [(0.0, 0.0), (2.0, 0.0), (2.4, 40.0), (8.0, 40.0), (11.0, 0.0), (13.0, 0.0)]
PUSHED = [(0.0, 0.0), (2.0, 0.0), (5.0, 30.0), (8.0, 30.0), (8.4, 40.0), (12.0, 40.0)]


def test_a_set_of_both_sides_is_told_from_beginning_to_end():
    """Body, neutral, phases, both holds with their times and depths, and one repetition, each once and in order."""
    events = watched(twist(), turning(*LEFT, *RIGHT[1:]))

    assert [type(e) for e in events if not isinstance(e, PhaseEntered)] == [
        BodyFound, NeutralSet, HoldCompleted, HoldCompleted, RepetitionCounted
    ]  # fmt: skip
    left, right = of(events, HoldCompleted)
    assert (left.side, right.side) == ("left", "right")
    assert (left.start_s, left.end_s, right.start_s, right.end_s) == pytest.approx((5, 11, 19, 25), abs=0.15)
    assert (left.peak, right.peak) == pytest.approx((40, -40), abs=1)
    assert [p.phase for p in of(events, PhaseEntered)] == ["middle", "left", "middle", "right", "middle"]


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_the_frame_rate_changes_nothing(fps):
    """At 10 to 60 frames/s the same set gives the same holds and the same count, and no cue."""
    events = watched(twist(), turning(*LEFT, *RIGHT[1:], fps=fps))

    assert [h.hold_s for h in of(events, HoldCompleted)] == pytest.approx([6.0, 6.0], abs=0.2)
    assert [r.n for r in of(events, RepetitionCounted)] == [1]
    assert of(events, CueRaised, StopRaised, Unseen) == []


def test_a_hold_shorter_than_asked_is_broken():
    """Six seconds are enough where five are asked for, and broken off where ten are."""
    assert len(of(watched(twist(5.0), turning(*LEFT)), HoldCompleted)) == 1
    (broken,) = of(watched(twist(10.0), turning(*LEFT)), HoldBroken, HoldCompleted)

    assert isinstance(broken, HoldBroken)
    assert broken.hold_s == pytest.approx(6.0, abs=0.2)


def test_a_hold_short_by_no_more_than_its_error_is_complete():
    """Six seconds complete a hold of 6.15 s: the measurement is no better than 0.2 s."""
    assert len(of(watched(twist(6.15), turning(*LEFT)), HoldCompleted)) == 1


def test_a_hold_that_is_on_at_the_end_is_told_then():
    """Who is still holding when the stream ends gets that hold told."""
    events = watched(twist(), turning(*LEFT[:4]))

    (held,) = of(events, HoldCompleted)
    assert events[-1] == held
    assert held.end_s == pytest.approx(11.0)


def test_twenty_seconds_of_sitting_still_bring_nothing():
    """Nothing is counted, held or said of somebody who only sits."""
    events = watched(twist(), still(0, 20))

    assert [type(e) for e in events] == [BodyFound, NeutralSet, PhaseEntered]


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
@pytest.mark.parametrize("side", ["left", "right"])
def test_an_abrupt_turn_stops_the_set(fps, side):
    """A turn of 40 deg in 0.4 s raises one stop before it is a second old, on its side."""
    sign = 1 if side == "left" else -1

    (stop,) = of(watched(twist(), turning(*((t, sign * v) for t, v in ABRUPT), fps=fps)), StopRaised)

    assert (stop.reason, stop.says) == ("abrupt", "chair_spinal_twist.abrupt")
    assert stop.side in (side, "")
    assert 2.0 < stop.t_s < 2.6


def test_a_second_push_stops_the_set():
    """Ten degrees further in 0.4 s during the hold raise a stop within half a second; in four seconds they do not."""
    (stop,) = of(watched(twist(), turning(*PUSHED)), StopRaised)
    creeping = turning(*PUSHED[:4], (12.0, 40.0), (14.0, 40.0))

    assert (stop.reason, stop.side) == ("second_push", "left")
    assert 8.0 < stop.t_s < 8.6
    assert of(watched(twist(), creeping), StopRaised) == []


def passed_by(frames: list[Frame], from_s: float, to_s: float) -> list[Frame]:
    """Let every second frame of a time show other shoulders, turned by 80 deg and half as wide in the room."""
    others = {i for i, f in enumerate(frames) if from_s <= f.t_s < to_s and i % 2}
    narrow = np.array([[0.4, 1.0, 0.4]])
    out = list(frames)
    for i in others:
        other = frame(frames[i].t_s, Body(turn_deg=80.0))
        out[i] = Frame(other.t_s, other.image_px, other.world_m * narrow, other.visibility)
    return out


def test_somebody_who_passes_stops_nothing():
    """While the landmarks leap to somebody else and back, no turn is abrupt and no push is one; that is said once."""
    frames = passed_by(turning(*LEFT, *RIGHT[1:]), 7.0, 8.0)

    events = watched(twist(), frames)

    assert of(events, StopRaised, CueRaised) == []
    assert [(u.measure, u.t_s) for u in of(events, Unseen)] == [("speed", pytest.approx(7.0, abs=0.15))]
    assert [h.hold_s for h in of(events, HoldCompleted)] == pytest.approx([6.0, 6.0], abs=0.2)
    assert [r.n for r in of(events, RepetitionCounted)] == [1]


def test_somebody_who_stands_in_front_is_not_taken_for_the_person():
    """Somebody larger, turned away, for a second and a half: lost and found, but neutral and hold are still theirs."""
    own = turning(*LEFT, *RIGHT[1:])
    frames = [f if not 6.5 < f.t_s < 8 else frame(f.t_s, Body(turn_deg=-85.0, size=1.6)) for f in own]

    events = watched(twist(), frames)

    assert of(events, StopRaised, CueRaised) == []
    assert len(of(events, NeutralSet)) == 1
    assert len(of(events, BodyFound)) == 2
    assert [h.hold_s for h in of(events, HoldCompleted)] == pytest.approx([6.0, 6.0], abs=0.2)


def test_a_turn_is_judged_again_soon_after_somebody_passed():
    """A second after the last leap an abrupt turn stops the set as ever."""
    frames = passed_by(turning((0, 0), (4, 0), (4.4, 40), (8, 40)), 2.0, 3.0)

    assert [s.reason for s in of(watched(twist(), frames), StopRaised)] == ["abrupt"]


def test_after_a_stop_nothing_is_counted_or_said():
    """A whole clean repetition after a stop, with a fault in it, brings neither a count nor a cue nor a second stop."""
    after = [(t + 13.0, v) for t, v in (*LEFT, *RIGHT[1:])]
    frames = in_time(turning(*ABRUPT), turning(*after, feet=0.3), turning(*((t + 43.0, v) for t, v in ABRUPT)))

    events = watched(twist(), frames)
    rest = events[[type(e) for e in events].index(StopRaised) + 1 :]

    assert of(rest, StopRaised, RepetitionCounted, CueRaised) == []
    assert len(of(rest, HoldCompleted)) >= 2
    assert all(e.after_stop for e in of(rest, HoldCompleted, HoldBroken, PhaseEntered))


def test_a_fault_at_rest_is_said_after_1_2_s():
    """A foot off the floor in the start position is corrected, with the sentence's key."""
    (cue,) = of(watched(twist(), in_time(still(0, 3), still(3, 6, feet=0.3))), CueRaised)

    assert (cue.cue, cue.severity, cue.says) == ("feet_lift", "correct", "chair_spinal_twist.feet_lift")
    assert cue.t_s == pytest.approx(3 + 1.2, abs=0.25)


def test_nothing_is_said_on_the_way_in():
    """A foot that lifts on a slow way in is corrected only when the hold has begun."""
    knots = ((0, 0), (2, 0), (8, 40), (18, 40))
    frames = [f if f.t_s < 5 else lifted for f, lifted in zip(turning(*knots), turning(*knots, feet=0.3), strict=True)]

    (cue,) = of(watched(twist(12.0), frames), CueRaised)

    assert cue.cue == "feet_lift"
    assert cue.t_s > 7.0


def test_nothing_is_said_in_the_last_two_seconds_of_an_asked_hold():
    """A foot that lifts 2.5 s before the end of the asked hold is due in its last 2 s, and waits for its end."""
    holding = turning((0, 0), (2, 0), (5, 40), (10.5, 40))
    frames = in_time(holding, turning((10.5, 40), (18, 40), feet=0.3))

    (cue,) = of(watched(twist(8.0), frames), CueRaised)

    assert cue.t_s == pytest.approx(13.0, abs=0.3)


def test_turned_hips_and_a_fast_turn_are_told_by_their_own_cues():
    """Hips that go along are hips_turn; 32 deg in 0.7 s are moving_fast and no stop."""
    hips = watched(twist(), in_time(still(0, 3), still(3, 6, hips_deg=15.0)))
    fast = watched(twist(), turning((0, 0), (2, 0), (2.95, 34), (8, 34)))

    assert [c.cue for c in of(hips, CueRaised)] == ["hips_turn"]
    assert [c.cue for c in of(fast, CueRaised)] == ["moving_fast"]
    assert of(fast, StopRaised) == []


def test_a_body_that_goes_is_lost_and_found_again_and_its_neutral_forgotten():
    """Gone for half a second is lost; back after two seconds it is a new body, with a neutral of its own."""
    frames = in_time(still(0, 3), nobody(3, 6), still(6, 9, at_px=(200.0, 250.0), size=0.8))

    events = watched(twist(), frames)

    assert [type(e) for e in events if not isinstance(e, PhaseEntered)] == [
        BodyFound, NeutralSet, BodyLost, BodyFound, NeutralSet
    ]  # fmt: skip
    assert of(events, BodyLost)[0].t_s == pytest.approx(3.5, abs=0.2)


@pytest.mark.parametrize("back", [(), turning((12.0, 0.0), (16.0, 0.0))])
def test_a_hold_of_somebody_who_went_is_told_as_long_as_it_was_seen(back):
    """Who leaves the picture four seconds into a hold, for good or for a while, has held for those four seconds."""
    (held,) = of(
        watched(twist(), in_time(turning(*LEFT[:3], (9.0, 40.0)), nobody(9, 12), back)), HoldBroken, HoldCompleted
    )

    assert held.hold_s == pytest.approx(4.0, abs=0.2)
    assert held.end_s == pytest.approx(9.0, abs=0.1)


@pytest.mark.parametrize(("gone_s", "expected"), [(1.5, 1), (2.5, 2)])
def test_who_is_back_within_two_seconds_keeps_their_neutral(gone_s, expected):
    """A body is lost after half a second; the same one, back soon, is judged as before, and anybody later is new."""
    events = watched(twist(), in_time(still(0, 3), nobody(3, 3 + gone_s), still(3 + gone_s, 7)))

    assert len(of(events, BodyLost)) == 1
    assert len(of(events, NeutralSet)) == expected


def test_a_short_gap_loses_nobody():
    """Nobody for 0.4 s in the middle of a hold changes neither the hold nor the neutral."""
    whole = turning(*LEFT)
    gone = [f if not 7.0 < f.t_s < 7.4 else empty_frame(f.t_s) for f in whole]

    events = watched(twist(), gone)

    assert len(of(events, BodyFound)) == len(of(events, NeutralSet)) == len(of(events, HoldCompleted)) == 1
    assert of(events, BodyLost, Unseen) == []


def test_a_measure_out_of_sight_for_a_second_is_said_once():
    """Hidden ankles cannot be judged: that is said once, a second later, and again only after they were seen."""
    feet = ("ankle_left", "ankle_right", "knee_left", "knee_right")
    frames = in_time(still(0, 3), still(3, 6, hidden=feet), still(6, 8), still(8, 11, hidden=feet))

    said = of(watched(twist(), frames), Unseen)

    assert [(u.measure, u.why) for u in said] == [("ankle_rise", "out of sight")] * 2
    assert [u.t_s for u in said] == pytest.approx([4.0, 9.0], abs=0.25)


def test_a_measure_that_was_hidden_at_the_start_says_so():
    """Ankles first seen after the neutral was taken stay unjudged, because there is nothing to compare them with."""
    feet = ("ankle_left", "ankle_right")
    frames = in_time(still(0, 3, hidden=feet), still(3, 6))

    said = of(watched(twist(), frames), Unseen)

    assert [(u.measure, u.why) for u in said] == [("ankle_rise", "not seen at the start")]


def test_a_reading_shows_phase_values_and_the_hold():
    """A screen gets the phase, the values in their order, and how long the hold has lasted; NaN when there is none."""
    readings = []
    watched(twist(), turning(*LEFT), lambda seen: readings.append(seen.reading))

    at_rest = min(readings, key=lambda r: abs(r.t_s - 1.9))
    holding = min(readings, key=lambda r: abs(r.t_s - 9.0))
    assert (at_rest.phase, holding.phase) == ("middle", "left")
    assert math.isnan(at_rest.hold_s)
    assert holding.hold_s == pytest.approx(4.0, abs=0.3)
    assert holding.values[twist().main] == pytest.approx(40, abs=0.5)
    assert not readings[0].usable and readings[0].values == ()


@pytest.mark.parametrize("t_s", [math.nan, math.inf, -math.inf, 2.0, 1.0, -5.0])
def test_a_frame_that_is_not_later_is_passed_over(t_s):
    """A time that stands still, runs backwards or is none changes nothing of what follows."""
    frames = turning(*LEFT)
    at = next(i for i, f in enumerate(frames) if f.t_s >= 2.0)
    strange = frame(t_s, Body(turn_deg=-60.0, at_px=(0.0, 0.0)))

    assert watched(twist(), [*frames[: at + 1], strange, *frames[at + 1 :]]) == watched(twist(), frames)


LIBRARY = read_library()
WATCHES = [compile_watch(e, LIBRARY.measures) for e in LIBRARY.exercises.values() if e.by_sight]
RECORDED = [list(clip_of(w.exercise.proof[0]).frames())[:40] for w in WATCHES]
anything = st.one_of(st.floats(), st.sampled_from([0.0, -0.0, math.nan, math.inf, -math.inf, 1e308, -1e308, 1e-308]))
wild_points = arrays.arrays(np.float64, (33, 3), elements=anything, fill=anything)
wild_frames = st.builds(Frame, anything, wild_points, wild_points, arrays.arrays(np.float64, 33, elements=anything))


@given(st.sampled_from(range(len(WATCHES))), st.lists(wild_frames, max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_frame_raises(which, frames):
    """Frames of any numbers at any times are judged without an error, by every exercise."""
    watched(WATCHES[which], frames)


@given(
    st.sampled_from(range(len(WATCHES))),
    st.lists(
        st.tuples(st.integers(0, 39), st.integers(0, 32), st.integers(0, 2), st.booleans(), anything), max_size=30
    ),
    st.lists(st.tuples(st.integers(0, 39), anything), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_no_spoilt_recording_raises(which, spoilt, times):
    """A recording of the exercise with wild numbers in some landmarks and times is judged without an error."""
    frames = [Frame(f.t_s, f.image_px.copy(), f.world_m.copy(), f.visibility) for f in RECORDED[which]]
    for at, landmark, axis, in_room, value in spoilt:
        (frames[at].world_m if in_room else frames[at].image_px)[landmark, axis] = value
    for at, t_s in times:
        frames[at] = Frame(t_s, frames[at].image_px, frames[at].world_m, frames[at].visibility)

    watched(WATCHES[which], frames)


@pytest.mark.parametrize("value", [0.0, 1e308, math.inf])
@pytest.mark.parametrize("which", range(len(WATCHES)))
def test_landmarks_that_all_fall_together_raise_nothing(which, value):
    """A second of landmarks in one single place is no body that could be judged, and no error."""
    points = np.full((33, 3), value)
    frames = [Frame(i / 15, points, points, np.ones(33)) for i in range(80)]

    assert of(watched(WATCHES[which], frames), HoldCompleted, RepetitionCounted, StopRaised, CueRaised) == []


def test_a_step_changes_no_state_it_was_given():
    """A state is kept and gone on from twice, and says the same both times."""
    frames, state = turning(*LEFT), None
    for one in frames[:60]:
        state, _ = engine.step(twist(), state, one)

    first = _from(state, frames[60:])

    assert first == _from(state, frames[60:])
    assert of(first, HoldCompleted)


def _from(state, frames):
    events = []
    for one in frames:
        state, seen = engine.step(twist(), state, one)
        events += seen.events
    return events
