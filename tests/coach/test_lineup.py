"""Several exercises watched at once: choosing the one that is done, and saying when it is not the one asked for."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clips.replaying import clip_of, replayed
from tests.coach.test_engine import wild_frames
from tests.coach.twisting_body import in_time, nobody, of, still, turning
from uncrick.coach import lineup
from uncrick.coach.events import (
    BodyFound,
    BodyLost,
    HoldCompleted,
    NeutralSet,
    RepetitionCounted,
    StopRaised,
    Unseen,
)
from uncrick.coach.lineup import Lineup
from uncrick.coach.watch import compile_watch
from uncrick.exercise.definition import Condition
from uncrick.files.library import read_library
from uncrick.pose.landmark import INDEX

FOUR = ("butterfly_stretch", "chair_spinal_twist", "rocking_floor_stretch", "rounded_back_stretch")
CLIPS = {
    "chair_spinal_twist": "chair_spinal_twist_both_sides",
    "butterfly_stretch": "butterfly_stretch_two",
    "rounded_back_stretch": "rounded_back_stretch_two",
    "rocking_floor_stretch": "rocking_floor_stretch_five",
}
TWIST = [(0.0, 0.0), (2.0, 0.0), (5.0, 40.0), (11.0, 40.0), (14.0, 0.0), (16.0, 0.0)]


def line(asked: str = "") -> Lineup:
    """Return the lineup of the four stretches."""
    library = read_library()
    watches = tuple(compile_watch(library.exercises[id_], library.measures) for id_ in FOUR)
    return Lineup(watches, FOUR.index(asked) if asked else -1)


def told(settings_: Lineup, frames):
    """Return every event with the frame's time, and the summary."""
    state, events = None, []
    for frame in frames:
        state, seen = lineup.step(settings_, state, frame)
        events += [(frame.t_s, e) for e in seen.events]
    last, summary = lineup.finish(settings_, state)
    return [*events, *((math.inf, e) for e in last)], summary


def kinds(events, *wanted):
    """Return the events of these kinds, without their frames' times."""
    return of([e for _, e in events], *wanted)


@pytest.mark.parametrize("exercise", FOUR)
def test_each_stretch_is_recognised_and_told_as_if_it_had_been_asked_for(exercise):
    """Without being asked for, a recording of each stretch gives the very events of its own engine."""
    events, summary = told(line(), clip_of(CLIPS[exercise]).frames())

    alone, whole = replayed(clip_of(CLIPS[exercise]), exercise)
    assert sorted(map(str, kinds(events, object))) == sorted(map(str, alone))
    assert summary == whole


def test_events_are_held_back_until_it_is_clear():
    """Until the first hold has ended only the body is told; then all that came before is told at once, in order."""
    events, _ = told(line(), turning(*TWIST))

    early = [e for t_s, e in events if t_s < 11]
    assert [type(e) for e in early] == [BodyFound]
    neutral_told_s = next(t_s for t_s, e in events if isinstance(e, NeutralSet))
    hold_told_s = next(t_s for t_s, e in events if isinstance(e, HoldCompleted))
    assert neutral_told_s == hold_told_s > 11
    own = [e.t_s for _, e in events if not isinstance(e, BodyFound | HoldCompleted)]
    assert own == sorted(own)


def test_an_exercise_that_was_asked_for_is_told_as_it_happens():
    """Nothing is held back of what was asked for."""
    events, _ = told(line("chair_spinal_twist"), turning(*TWIST))

    assert all(t_s == pytest.approx(e.t_s, abs=0.01) for t_s, e in events if t_s < math.inf)
    assert kinds(events, NeutralSet)[0].t_s < 1.2


def test_a_stop_makes_it_clear_at_once():
    """An abrupt turn is told in the frame that raised it, also while nobody had been asked what they do."""
    events, summary = told(line(), turning((0, 0), (2, 0), (2.4, 40), (3, 40)))

    t_s, stop = next((t_s, e) for t_s, e in events if isinstance(e, StopRaised))
    assert t_s == stop.t_s < 2.6
    assert summary is not None and summary.exercise == "chair_spinal_twist"


def test_of_two_that_were_held_the_one_further_into_its_stretch_is_told():
    """Elbows that close look a little like a turn: the exercise whose own depth was reached wins, not the first one."""
    library = read_library()
    twist = library.exercises["chair_spinal_twist"]
    deep = replace(twist, id="meant_deeper", hold=replace(twist.hold, deep=60.0))
    watches = tuple(compile_watch(exercise, library.measures) for exercise in (deep, twist))

    _, summary = told(Lineup(watches), turning(*TWIST))

    assert summary.exercise == "chair_spinal_twist"


def test_while_another_is_held_more_deeply_it_stays_open():
    """A hold that ends while another exercise is being held more deeply decides nothing; that one's end does."""
    library = read_library()
    twist = library.exercises["chair_spinal_twist"]
    early = replace(
        twist,
        id="ends_early",
        hold=replace(twist.hold, deep=60.0),
        phases=tuple(
            replace(p, when=((Condition("trunk_rotation", "above", 39.0),),)) if p.name == "left" else p
            for p in twist.phases
        ),
    )
    watches = tuple(compile_watch(exercise, library.measures) for exercise in (early, twist))
    frames = list(turning((0, 0), (2, 0), (5, 42), (9, 42), (10, 30), (14, 30), (16, 0), (18, 0)))

    events, summary = told(Lineup(watches), frames)

    assert summary.exercise == "chair_spinal_twist"
    assert next(t_s for t_s, e in events if isinstance(e, HoldCompleted)) > 14


def test_nothing_recognised_has_no_summary():
    """Somebody who only sits does none of the stretches: a body is told of, and nothing else."""
    events, summary = told(line(), in_time(still(0, 8), nobody(8, 10)))

    assert [type(e) for _, e in events] == [BodyFound, BodyLost]
    assert summary is None


def test_no_frame_at_all_is_nothing():
    """A stream without frames ends with nothing to tell."""
    assert lineup.finish(line(), None) == ((), None)


@pytest.mark.parametrize("asked", ["butterfly_stretch", "rounded_back_stretch", "rocking_floor_stretch"])
def test_something_else_is_being_done_is_said_once_with_its_name(asked):
    """Asked for another stretch, a twist is named instead; nothing is counted."""
    events, summary = told(line(asked), clip_of(CLIPS["chair_spinal_twist"]).frames())

    said = [u for u in kinds(events, Unseen) if u.measure == "exercise"]
    assert [u.why for u in said] == [f"something else is being done: chair_spinal_twist, not {asked}"]
    assert kinds(events, HoldCompleted, RepetitionCounted, StopRaised) == []
    assert summary is not None and (summary.exercise, summary.n_reps) == (asked, 0)


def test_who_is_there_for_long_and_never_begins_does_something_else():
    """Five seconds of a body that never comes into the start position end with that sentence; three do not."""
    swaying = turning(*((i, 25.0 * (-1) ** i) for i in range(10)))

    long, _ = told(line("rounded_back_stretch"), swaying)
    short, _ = told(line("rounded_back_stretch"), [f for f in swaying if f.t_s < 3])

    assert [u.why for u in kinds(long, Unseen)][-1] == "something else is being done, not rounded_back_stretch"
    assert kinds(short, Unseen) == []


def test_a_body_that_is_cut_off_is_not_something_else():
    """Who was told that hips are missing is not also told to do something else."""
    hidden = ("hip_left", "hip_right")

    events, _ = told(line("chair_spinal_twist"), still(0, 9, hidden=hidden))

    assert [u.measure for u in kinds(events, Unseen)] == ["body"]


def test_half_a_body_at_the_edge_of_the_picture_is_not_something_else():
    """Who sits with one shoulder and hip out of the picture is said to be cut off, even when they flicker in."""
    frames = [replace(f, visibility=f.visibility.copy()) for f in still(0, 12)]
    for i, one in enumerate(frames):
        if i % 3:
            one.visibility[[INDEX["shoulder_right"], INDEX["hip_right"]]] = 0.0

    events, summary = told(line("chair_spinal_twist"), frames)

    said = [(u.measure, u.why) for u in kinds(events, Unseen)]
    assert said == [("body", "shoulders and hips are not all in the picture")]
    assert summary.n_reps == 0


def test_once_begun_no_other_exercise_is_named():
    """A hold of what was asked for settles it: what looks like another one later is not brought up."""
    twist = list(clip_of(CLIPS["chair_spinal_twist"]).frames())
    shifted = [
        type(f)(f.t_s + 30, f.image_px, f.world_m, f.visibility) for f in clip_of(CLIPS["butterfly_stretch"]).frames()
    ]

    events, _ = told(line("chair_spinal_twist"), [*twist, *nobody(20, 29), *shifted])

    assert [u for u in kinds(events, Unseen) if u.measure == "exercise"] == []
    assert len(kinds(events, RepetitionCounted)) == 1


def test_readings_come_from_every_watch_and_the_told_one_is_shown():
    """A screen is shown the exercise being told, the first one while that is open."""
    state, shown = None, []
    for frame in turning(*TWIST):
        state, seen = lineup.step(line(), state, frame)
        assert len(seen.readings) == 4
        shown.append((seen.exercise, seen.told, seen.reading is seen.readings[seen.told]))

    assert shown[0] == ("", 0, True)
    assert shown[-1] == ("chair_spinal_twist", 1, True)


@given(st.lists(wild_frames, max_size=5), st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_frame_raises(frames, asked):
    """Frames of any numbers at any times are watched to their end without an error."""
    told(line("chair_spinal_twist" if asked else ""), frames)


@pytest.mark.parametrize("t_s", [math.nan, math.inf, -math.inf, 2.0, -7.0])
def test_a_frame_that_is_not_later_is_passed_over(t_s):
    """A strange time in the middle changes nothing of what is told, and a strange first one neither."""
    frames = turning(*TWIST)
    strange = type(frames[0])(t_s, frames[0].image_px, frames[0].world_m, frames[0].visibility)
    plain, _ = told(line("chair_spinal_twist"), frames)

    middle, summary = told(line("chair_spinal_twist"), [*frames[:40], strange, *frames[40:]])

    assert kinds(middle, object) == kinds(plain, object)
    assert summary is not None and summary.end_s == frames[-1].t_s
