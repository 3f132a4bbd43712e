"""The counter that needs no exercise: it counts what repeats itself, and cuts it into repetitions."""

import dataclasses
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coach.moving_body import body, hills, raises
from uncrick.coach import periodic
from uncrick.coach.periodic import Periodic
from uncrick.files.uiprmd_file import parts_of, recorded, session_of
from uncrick.pose.clip import Clip, clip_from_frames, mirrored_clip
from uncrick.pose.frame import empty_frame
from uncrick.pose.landmark import INDEX

SETTINGS = Periodic()
DATA = Path(__file__).parent / "data"


def watched(frames, state=None):
    events, t_s = [], 0.0
    for frame in frames:
        state, more = periodic.step(SETTINGS, state, frame)
        events += more
        t_s = frame.t_s
    return state, events, t_s


def seen_in(frames):
    state, events, t_s = watched(frames)
    return [*events, *periodic.finish(SETTINGS, state, t_s)]


def counted(clip):
    events = seen_in(clip.frames())
    return events[-1].n if events else 0


def told(events):
    """Every repetition as it was told last."""
    out = []
    for event in events:
        out = [*out[: event.n - len(event.spans)], *event.spans]
    return out


def taken(clip, which):
    return dataclasses.replace(
        clip,
        t_s=clip.t_s[which],
        image_px=clip.image_px[which],
        world_m=clip.world_m[which],
        visibility=clip.visibility[which],
    )


@pytest.mark.parametrize("limbs", [("arm_right",), ("leg_left",), ("arm_left", "arm_right"), ("leg_right", "arm_left")])
@pytest.mark.parametrize("n", [1, 3, 12])
def test_it_counts_whatever_moves(limbs, n):
    """Arms, legs, both: so many repetitions, so many counted."""
    assert n == counted(raises(n, limbs))


def test_a_person_who_stands_still_does_nothing():
    """Jitter alone is never counted."""
    t_s = np.arange(1800) / 30

    assert seen_in(body(t_s, np.zeros(1800), jitter_m=0.01).frames()) == []


@pytest.mark.parametrize("n", [3, 14])
def test_boundaries_lie_in_the_middle_of_rests(n):
    """Each repetition is told from rest to rest, within a tenth of a second."""
    got = told(seen_in(raises(n, period_s=2.5).frames()))

    inner = [s.start_s for s in got[1:]]
    assert inner == pytest.approx([2.5 * i for i in range(1, n)], abs=0.1)
    assert [s.end_s for s in got[:-1]] == inner


def test_a_repetition_is_told_before_the_next_begins():
    """The count goes up by one with each repetition, before the rest after it is half over."""
    _, events, _ = watched(raises(6, period_s=3.0, rest=0.5).frames())

    assert [e.n for e in events] == [1, 2, 3, 4, 5, 6]
    assert all(e.t_s < 3.0 * e.n for e in events)


@pytest.mark.parametrize("fps", [5, 12.5, 60, 240])
def test_any_frame_rate(fps):
    """From 5 to 240 frames a second the count is the same."""
    assert counted(raises(5, fps=fps)) == 5


@pytest.mark.parametrize("period_s", [1.2, 4.0, 10.0, 20.0])
def test_any_tempo(period_s):
    """Played slower or faster, the count is the same."""
    assert counted(raises(6, period_s=period_s)) == 6


@settings(max_examples=15, deadline=None)
@given(st.floats(0.6, 3.0), st.floats(0.3, 3.0), st.integers(0, 1))
def test_scale_tempo_mirror(scale, tempo, mirror):
    """A body of any size, at any tempo, on either side: the same count."""
    clip = raises(4, ("arm_right", "leg_right"))
    other = dataclasses.replace(clip, t_s=clip.t_s * tempo, world_m=clip.world_m * scale)

    assert counted(mirrored_clip(other) if mirror else other) == 4


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 300))
def test_cut_the_stream_anywhere(cut):
    """A state kept and gone on from, even twice, leads to the same events as the whole stream."""
    frames = list(raises(4).frames())
    _, expected, _ = watched(frames)

    state, first, _ = watched(frames[:cut])
    _, second, _ = watched(frames[cut:], state)
    _, again, _ = watched(frames[cut:], state)

    assert expected == first + second
    assert second == again


def test_dropped_frames():
    """One frame in ten missing changes nothing."""
    clip = raises(8)

    assert counted(taken(clip, np.random.default_rng(1).random(len(clip)) > 0.1)) == 8


def test_gaps_of_half_a_second():
    """Half a second unseen every five seconds changes nothing."""
    clip = raises(8)

    assert counted(taken(clip, clip.t_s % 5 > 0.5)) == 8


def test_five_degrees_of_jitter():
    """Joints that jitter by 5 degrees of a limb 0.3 m long, 26 mm, are counted all the same."""
    assert counted(raises(8, top_deg=60, jitter_m=0.026)) == 8


def test_nobody_there_and_time_going_backwards():
    """Empty frames, repeated frames and backward time stamps neither raise nor count."""
    frames = list(raises(5).frames())
    worse = []
    for i, frame in enumerate(frames):
        worse += [frame, dataclasses.replace(frame, t_s=frame.t_s - 0.05)]
        worse += [empty_frame(frame.t_s + 0.01)] if i % 7 == 0 else []

    assert seen_in(worse)[-1].n == 5
    assert seen_in([empty_frame(i / 30) for i in range(90)]) == []
    assert periodic.finish(SETTINGS, None, 0.0) == ()


def test_a_joint_that_appears_late():
    """Legs that come into the picture after a while are not taken for a movement."""
    clip = raises(6)
    world = clip.world_m.copy()
    for name in ("knee_left", "knee_right", "ankle_left", "ankle_right", "foot_index_left", "foot_index_right"):
        world[:200, INDEX[name]] = np.nan

    assert counted(dataclasses.replace(clip, world_m=world)) == 6


def test_a_joint_that_jumps_about():
    """A foot the tracker loses for a while, again and again, does not count and does not hide what does."""
    clip = raises(8, ("arm_left",))
    world = clip.world_m.copy()
    lost = np.random.default_rng(5).random(len(clip)) > 0.8
    world[lost, INDEX["ankle_right"]] += (0.4, -0.2, 0.3)

    assert counted(dataclasses.replace(clip, world_m=world)) == 8


def test_repetitions_of_different_height():
    """Some repetitions go twice as far as others; all count."""
    assert counted(raises(9, height=(1.0, 0.5, 0.8))) == 9


def test_a_small_fidget_at_the_start_is_taken_back():
    """What counted while nothing was known is taken back, and the event says that the count was revised."""
    t_s, out = hills(5, period_s=2.5)
    fidget_s, fidget = hills(1, period_s=1.5)
    t_all = np.concatenate([fidget_s[:-1], t_s + fidget_s[-1]])
    angle = np.concatenate([14 * fidget[:-1], 110 * out])

    events = seen_in(body(t_all, angle, ("arm_right",), 0.001).frames())

    assert events[-1].n == 5
    assert any(e.revised for e in events)


def test_a_repetition_broken_off_by_the_end():
    """A last repetition that had gone most of the way counts; one that had barely begun does not."""
    clip = raises(5, period_s=2.5, rest=0.3)

    assert counted(taken(clip, clip.t_s < 11.3)) == 5
    assert counted(taken(clip, clip.t_s < 10.55)) == 4


@pytest.mark.parametrize("late_s", [0.6, 0.7, 0.8])
def test_a_stream_that_begins_on_the_way(late_s):
    """Begun in mid-movement, the stream finds out where rest is: the repetitions after the first are not counted twice.

    Where it began is passed through both ways, which a rest is not.
    """
    clip = raises(8, period_s=2.5, rest=0.4)

    got = told(seen_in(taken(clip, clip.t_s >= late_s).frames()))

    assert len(got) in (7, 8)
    assert [s.start_s for s in got[-6:]] == pytest.approx([2.5 * i for i in range(2, 8)], abs=0.15)


def test_a_rest_between_two_sides():
    """Out to one side, rest, out to the other, rest: each going out is told, the rest between them stays the rest."""
    t_s, out = hills(8, period_s=3.0, rest=0.4)
    sides = np.where((t_s // 3).astype(int) % 2 == 0, 1.0, -1.0)

    assert counted(body(t_s, 60 * out * sides, ("arm_right",), 0.004)) == 8


def test_an_hour_of_standing_keeps_the_state_small():
    """However long nothing happens, the samples kept are bounded, and what comes then is counted."""
    still = np.arange(0, 300, 0.1)
    t_s, out = hills(4, fps=10)
    clip = body(np.concatenate([still, t_s + 300]), np.concatenate([0 * still, 90 * out]), jitter_m=0.004)

    state, _, end_s = watched(clip.frames())

    assert len(state.shapes) <= SETTINGS.n_samples
    assert periodic.finish(SETTINGS, state, end_s)[-1].n == 4


def test_two_exercises_one_after_the_other():
    """When another movement follows, it is counted too."""
    first, second = raises(5, ("arm_right",)), raises(5, ("leg_left",))
    both = Clip(
        np.concatenate([first.t_s, second.t_s + 15]),
        *(np.concatenate([getattr(first, k), getattr(second, k)]) for k in ("image_px", "world_m", "visibility")),
        640,
        480,
        "sticks",
    )

    assert counted(both) == 10


def test_a_source_without_metres():
    """Points in the picture alone are enough."""
    clip = raises(6)

    assert counted(dataclasses.replace(clip, world_m=np.full_like(clip.world_m, np.nan))) == 6


def test_the_last_event_tells_all_spans_kept():
    """Spans follow one another without overlap and end within the stream."""
    clip = raises(11)
    got = told(seen_in(clip_from_frames(clip.frames(), 640, 480, "sticks").frames()))

    assert len(got) == 11
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(got))
    assert got[-1].end_s <= clip.t_s[-1]


def recorded_session(movement):
    with np.load(DATA / f"uiprmd_m{movement:02d}.npz") as file:
        arrays = recorded({key: file[key] for key in file.files}, "uiprmd")
    ((subject, correct),) = parts_of(arrays)
    return session_of(arrays, subject, correct, "uiprmd")


@pytest.mark.parametrize("movement", [5, 8])
def test_recorded_people_are_counted_and_cut(movement):
    """Ten recorded repetitions are counted as ten and cut within 0.2 s of where people cut them, most within 0.08 s.

    In one of the two recordings the tracker loses an arm and swaps the legs.
    """
    session = recorded_session(movement)

    got = told(seen_in(session.read.clip.frames()))
    errors = np.abs(np.array(got) - session.bounds / 30)[1:-1]

    assert len(got) == 10
    assert np.median(errors) < 0.08
    assert errors.max() < 0.2


def test_recorded_incorrect_repetitions():
    """Ten incorrect repetitions, some four times as far as others, are counted to within one."""
    assert abs(counted(recorded_session(9).read.clip) - 10) <= 1


def test_courses_go_with_the_spans_kept():
    """Of every repetition kept there is a course, as long as its span."""
    state, _, _ = watched(raises(6).frames())

    got = periodic.courses(state)

    assert len(got) == len(state.spans) == 6
    assert [c.duration_s for c in got] == pytest.approx([s.end_s - s.start_s for s in state.spans])
