"""The guided session: its order, its clock, its stops, and the laws that hold however it is driven."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncrick.coach import events as seen
from uncrick.coach import person, player
from uncrick.coach.played import HoldDone, Played, SessionEnded, SetEnded, Sounded, Spoken, StageEntered
from uncrick.coach.program import Asked, Program, Timing, program_of
from uncrick.coach.screen import remaining_s, screen_of
from uncrick.coach.stages import PlayerState
from uncrick.files.library import read_library

FOUR = ("chair_spinal_twist", "butterfly_stretch", "rounded_back_stretch", "rocking_floor_stretch")
ANSWER = person.PainDecided(0.0, "go_on", "care.rest")


def four() -> Program:
    """Return the session of the four stretches with their own doses."""
    library = read_library()
    return program_of(library.exercises[name] for name in FOUR)


def asked(exercise: str, **changes) -> Asked:
    """Return a short set."""
    plain = {
        "exercise": exercise, "n_reps": 1, "hold_s": 5.0, "easier_hold_s": 3.0, "move_s": 2.0, "rest_s": 3.0,
        "both_sides": False, "view": "front", "equipment": (), "tracked": True, "floor": False,
    }  # fmt: skip
    return Asked(**(plain | changes))


def play(program: Program, *inputs: person.Input, state: PlayerState | None = None) -> tuple[PlayerState, list[Played]]:
    """Give *inputs* one after the other; return the last state and all events."""
    events: list[Played] = []
    for x in inputs:
        state, more = player.step(program, state, x)
        events += more
    assert state is not None
    return state, events


def of(events: list[Played], kind: type) -> list:
    """Return the events of one kind."""
    return [e for e in events if isinstance(e, kind)]


def test_the_four_stretches_run_by_the_clock_alone() -> None:
    """Without a camera the four stretches run from start to end, every hold on its side, none of it as seen."""
    program = four()

    state, events = play(program, person.Begun(0.0), person.Tick(3600.0))

    holds = [(program.sets[h.at].exercise, h.side) for h in of(events, HoldDone)]
    assert holds == (
        [("chair_spinal_twist", side) for side in ("left", "right", "left", "right")]
        + [("butterfly_stretch", "")] * 5
        + [("rounded_back_stretch", "")] * 5
    )
    assert not any(h.seen for h in of(events, HoldDone))
    assert [(s.outcome, s.n_reps, s.n_asked) for s in of(events, SetEnded)] == [
        ("done", 4, 4), ("done", 5, 5), ("done", 5, 5), ("done", 8, 8),
    ]  # fmt: skip
    assert of(events, SessionEnded)[0].ending == "done"
    assert state.stage == "after"


def test_the_stages_of_one_repetition_come_in_order() -> None:
    """A set gets ready, shows, moves in, holds, releases, changes sides, and ends."""
    program = Program((asked("twist", both_sides=True),))

    _, events = play(program, person.Begun(0.0), person.Tick(600.0))

    assert [(e.stage, e.side) for e in of(events, StageEntered)] == [
        ("get_ready", ""), ("show", ""), ("move_in", "left"), ("hold", "left"), ("release", "left"),
        ("other_side", "right"), ("move_in", "right"), ("hold", "right"), ("release", "right"), ("after", ""),
    ]  # fmt: skip


def test_the_time_left_is_the_time_it_takes() -> None:
    """What the screen says is left at the beginning is what the session takes by the clock."""
    program = four()
    state, _ = play(program, person.Begun(0.0))

    _, events = play(program, person.Tick(3600.0), state=state)

    assert remaining_s(program, state) == pytest.approx(of(events, SessionEnded)[0].t_s)


def test_a_hold_counts_only_while_it_is_held() -> None:
    """A seen hold that is left stands still, goes on when it is taken up again, and then is complete."""
    program = Program((asked("twist"),))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True))
    watched = lambda t, event: person.Watched(t, event)  # noqa: E731

    state, events = play(
        program,
        watched(10.0, seen.NeutralSet(10.0)),
        person.HoldSeen(20.0, "", 0.5),
        watched(22.0, seen.HoldBroken(22.0, "", 2.5, 19.5, 22.0, 30.0)),
        person.HoldSeen(25.0, "", 0.0),
        person.Tick(27.4),
        state=state,
    )
    _, after = play(program, person.Tick(27.6), state=state)

    assert of(events, HoldDone) == []
    assert [(h.t_s, h.seen, h.completed) for h in of(after, HoldDone)] == [(27.5, True, True)]


def test_a_hold_that_is_left_for_good_is_not_complete() -> None:
    """A seen hold that nobody comes back to ends after the grace, not complete, and the session goes on."""
    program = Program((asked("twist", n_reps=2),))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True))

    _, events = play(
        program,
        person.Watched(10.0, seen.NeutralSet(10.0)),
        person.HoldSeen(20.0, "", 0.0),
        person.Watched(22.0, seen.HoldBroken(22.0, "", 2.0, 20.0, 22.0, 30.0)),
        person.Tick(26.5),
        state=state,
    )

    assert [(h.t_s, h.hold_s, h.completed) for h in of(events, HoldDone)] == [(26.0, 2.0, False)]


def test_the_person_leads_when_a_camera_sees_them() -> None:
    """A hold on the other side than the one announced counts for the side it was on."""
    program = Program((asked("twist", both_sides=True),))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True), person.Tick(9.0))

    _, events = play(
        program,
        person.Watched(9.5, seen.NeutralSet(9.5)),
        person.HoldSeen(12.0, "right", 0.3),
        person.Watched(17.0, seen.HoldCompleted(17.0, "right", 5.0, 11.7, 16.7, -30.0)),
        person.HoldSeen(22.0, "left", 0.3),
        person.Watched(27.0, seen.HoldCompleted(27.0, "left", 5.0, 21.7, 26.7, 30.0)),
        state=state,
    )

    assert [(h.side, h.seen, h.completed) for h in of(events, HoldDone)] == [
        ("right", True, True),
        ("left", True, True),
    ]


def test_repetitions_seen_before_they_are_asked_for_count() -> None:
    """Who rocks while the figure is still shown is followed: all repetitions count, and the last ends the set."""
    program = Program((asked("rocking", hold_s=0.0, n_reps=2),))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True), person.Tick(9.0))

    _, events = play(
        program,
        person.Watched(9.0, seen.NeutralSet(9.0)),
        person.Watched(12.0, seen.RepetitionCounted(12.0, 1, "")),
        person.Watched(16.0, seen.RepetitionCounted(16.0, 2, "")),
        state=state,
    )

    assert [(e.t_s, e.n_reps, e.seen) for e in of(events, SetEnded)] == [(16.0, 2, True)]


def test_a_camera_that_sees_no_hold_is_waited_for_and_then_passed_over() -> None:
    """With a camera the way in may take longer; after the patience the session goes by the clock, self-reported."""
    program = Program((asked("twist"),), Timing(patience_s=10.0))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True))

    _, events = play(program, person.Watched(5.0, seen.NeutralSet(5.0)), person.Tick(120.0), state=state)

    stages = {e.stage: e.t_s for e in of(events, StageEntered)}
    assert stages["hold"] - stages["move_in"] == pytest.approx(12.0)
    assert [h.seen for h in of(events, HoldDone)] == [False]


def test_a_stop_is_heeded_even_while_getting_ready() -> None:
    """Somebody who turns abruptly before it is their turn is stopped all the same."""
    program = Program((asked("twist"), asked("butterfly")))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True), person.Tick(2.0))

    stopped, _ = play(program, person.Watched(2.0, seen.StopRaised(2.0, "abrupt", "left", "twist.abrupt")), state=state)

    assert (state.stage, stopped.stage) == ("get_ready", "stopped")


@pytest.mark.parametrize("at_s", [2.0, 17.0])
def test_that_the_camera_stands_aside_is_said_aloud(at_s: float) -> None:
    """While getting ready or moving in, it is said that a turn may be read wrong; the session goes on."""
    program = Program((asked("twist"),))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True), person.Tick(at_s))

    after, events = play(program, person.Watched(at_s, seen.Unseen(at_s, "view", "30 deg aside")), state=state)

    assert [(e.says, e.rank) for e in of(events, Spoken)] == [("sight_aside", "unseen")]
    assert after.stage == state.stage


def test_a_stop_ends_the_set_and_the_exercise_for_today() -> None:
    """An abrupt turn ends its set at once, sounds, is said before anything, and the exercise does not come again."""
    program = Program((asked("twist"), asked("twist"), asked("butterfly")))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True), person.Tick(20.0))

    _, events = play(
        program, person.Watched(20.0, seen.StopRaised(20.0, "abrupt", "left", "twist.abrupt")), person.Tick(400.0),
        state=state,
    )  # fmt: skip

    assert [(e.exercise, e.outcome, e.reason) for e in of(events, SetEnded)] == [
        ("twist", "stopped", "abrupt"), ("butterfly", "done", ""),
    ]  # fmt: skip
    assert of(events, Sounded)[0] == Sounded(20.0, "stop")
    assert of(events, Spoken)[0].rank == "safety"


def test_pain_mid_hold_ends_everything_at_once() -> None:
    """Pain ends the hold that instant; nothing but the stop is heard until the answers are in, then another stretch."""
    program = Program((asked("twist"), asked("butterfly")))
    state, _ = play(program, person.Begun(0.0), person.Tick(20.0))
    assert state.stage == "hold"

    hurt, events = play(program, person.PainFelt(20.0), person.Tick(500.0), state=state)
    _, later = play(program, person.PainDecided(500.0, "go_on", "rest"), person.Tick(900.0), state=hurt)

    assert hurt.stage == "pain"
    assert of(events, HoldDone) == []
    assert of(events, Sounded) == [Sounded(20.0, "stop")]
    assert of(events, Spoken) == []
    assert [(e.exercise, e.outcome) for e in of(later, SetEnded)] == [("twist", "pain"), ("butterfly", "done")]


@pytest.mark.parametrize(
    ("action", "ending"), [("end", "pain"), ("clinician", "clinician"), ("emergency", "emergency")]
)
def test_what_care_decides_can_end_the_session(action, ending) -> None:
    """When care says so, pain ends the session, and why stays on record."""
    program = Program((asked("twist"), asked("butterfly")))

    state, events = play(
        program, person.Begun(0.0), person.PainFelt(20.0), person.PainDecided(30.0, action, "why"), person.Tick(900.0)
    )

    assert [e.ending for e in of(events, SessionEnded)] == [ending]
    assert state.stage == "after"


def test_a_skip_because_it_hurts_is_pain() -> None:
    """Skipping with the reason 'hurts' asks the same questions as the pain control."""
    program = Program((asked("twist"), asked("butterfly")))

    state, _ = play(program, person.Begun(0.0), person.Skipped(20.0, "hurts"))

    assert state.stage == "pain"


def test_a_skip_goes_on_with_the_next_and_keeps_the_reason() -> None:
    """A skipped set is on record with its reason, and the next one gets ready."""
    program = Program((asked("twist"), asked("butterfly")))

    state, events = play(program, person.Begun(0.0), person.Skipped(20.0, "no_time"))

    assert [(e.outcome, e.reason) for e in of(events, SetEnded)] == [("skipped", "no_time")]
    assert (state.at, state.stage) == (1, "get_ready")


def test_easier_shortens_the_hold_and_says_how() -> None:
    """The easier form says what to do instead and holds for a shorter time."""
    program = Program((asked("twist", hold_s=15.0, easier_hold_s=5.0),))
    state, _ = play(program, person.Begun(0.0), person.Tick(18.5))
    assert state.stage == "hold"

    _, events = play(program, person.MadeEasier(19.0), person.Tick(60.0), state=state)

    assert of(events, Spoken)[0].says == "twist.easier"
    assert [h.hold_s for h in of(events, HoldDone)] == [5.0]


def test_back_begins_the_set_again_and_from_its_start_the_one_before() -> None:
    """Back repeats this set; pressed while it gets ready, the set before."""
    program = Program((asked("twist"), asked("butterfly")))
    state, _ = play(program, person.Begun(0.0), person.Skipped(1.0, "no_time"), person.Tick(12.0))

    state, _ = play(program, person.WentBack(12.0), state=state)
    again = (state.at, state.stage)
    state, _ = play(program, person.WentBack(13.0), state=state)

    assert again == (1, "get_ready")
    assert (state.at, state.stage) == (0, "get_ready")


def test_without_steps_following_by_themselves_the_person_says_when() -> None:
    """With automatic steps off, getting ready and resting wait as long as it takes; a press goes on."""
    program = Program((asked("twist"),))
    state, _ = play(program, person.Paced(0.0, 1.0, by_itself=False), person.Begun(0.0), person.Tick(5000.0))
    waiting = state.stage

    state, _ = play(program, person.WentOn(5000.0), state=state)

    assert (waiting, state.stage) == ("get_ready", "show")


def test_more_time_is_added_to_what_is_on() -> None:
    """One press of more time adds ten seconds to the present stage."""
    program = Program((asked("twist"),))
    state, _ = play(program, person.Begun(0.0), person.Tick(2.0))

    longer, _ = play(program, person.Extended(2.0), state=state)

    assert longer.ends_s - state.ends_s == 10.0


def test_nothing_is_said_on_the_way_in_or_late_in_a_hold() -> None:
    """No sentence falls into the way into a stretch, nor into the last two seconds of a hold."""
    program = four()

    _, events = play(program, person.Begun(0.0), person.Tick(3600.0))

    entered = of(events, StageEntered)
    spans = [(a.stage, a.t_s, b.t_s) for a, b in itertools.pairwise(entered)]
    spoken = [e.t_s for e in of(events, Spoken)]
    for stage, start, end in spans:
        if stage == "move_in":
            assert not any(start <= t < end for t in spoken)
        if stage == "hold":
            assert not any(end - 2.0 <= t < end for t in spoken)


def test_the_light_says_when_it_cannot_see() -> None:
    """The light is grey without a neutral or a body, green in a hold that is seen, and off without a camera."""
    program = Program((asked("twist"),))
    off, _ = play(program, person.Begun(0.0), person.Tick(17.0))
    assert off.stage == "move_in"
    looking, _ = play(program, person.CameraTurned(17.0, on=True), state=off)
    good, _ = play(program, person.Watched(17.2, seen.NeutralSet(17.2)), person.HoldSeen(17.5, "", 0.2), state=looking)
    lost, _ = play(program, person.Watched(18.0, seen.BodyLost(18.0)), state=good)
    corrected, _ = play(program, person.Watched(18.0, seen.CueRaised(18.0, "c", "correct", "twist.c")), state=good)

    assert [screen_of(program, s).light for s in (off, looking, good, lost, corrected)] == [
        "", "unseen", "good", "unseen", "ease",
    ]  # fmt: skip


def test_the_last_repetition_is_known_whichever_side_goes_first() -> None:
    """The last repetition of a set is the one after which nothing is left, also when the right side went first."""
    program = Program((asked("twist", both_sides=True), asked("butterfly")))
    state, _ = play(program, person.Begun(0.0), person.CameraTurned(0.0, on=True), person.Tick(9.0))

    first, _ = play(program, person.HoldSeen(9.0, "right", 0.0), state=state)
    second, _ = play(program, person.Tick(20.0), person.HoldSeen(20.0, "left", 0.0), state=first)

    assert (first.side, screen_of(program, first).last) == ("right", False)
    assert (second.side, screen_of(program, second).last) == ("left", True)


TIMES = st.floats(0.0, 400.0)
SIDES = st.sampled_from(["left", "right", ""])
INPUTS = st.one_of(
    st.builds(person.Paused, TIMES),
    st.builds(person.Resumed, TIMES),
    st.builds(person.WentBack, TIMES),
    st.builds(person.Skipped, TIMES, st.sampled_from(["no_time", "dislike", "hurts"])),
    st.builds(person.MadeEasier, TIMES),
    st.builds(person.Extended, TIMES),
    st.builds(person.WentOn, TIMES),
    st.builds(person.Paced, TIMES, st.floats(0.1, 20), st.booleans()),
    st.builds(person.CameraTurned, TIMES, st.booleans()),
    st.builds(person.HoldSeen, TIMES, SIDES, st.floats(0, 2)),
    st.builds(person.PainFelt, TIMES),
    st.builds(person.PainMistaken, TIMES),
    st.builds(person.PainDecided, TIMES, st.sampled_from(["go_on", "end", "clinician"]), st.just("why")),
    st.builds(person.Finished, TIMES),
    st.builds(
        person.Watched,
        TIMES,
        st.one_of(
            st.builds(seen.BodyFound, TIMES),
            st.builds(seen.BodyLost, TIMES),
            st.builds(seen.NeutralSet, TIMES),
            st.builds(seen.HoldCompleted, TIMES, SIDES, st.just(5.0), TIMES, TIMES, st.just(30.0)),
            st.builds(seen.HoldBroken, TIMES, SIDES, st.just(2.0), TIMES, TIMES, st.just(30.0)),
            st.builds(seen.CueRaised, TIMES, st.just("c"), st.sampled_from(["correct", "tip"]), st.just("twist.c")),
            st.builds(seen.StopRaised, TIMES, st.just("abrupt"), SIDES, st.just("twist.abrupt")),
            st.builds(seen.RepetitionCounted, TIMES, st.integers(1, 9), SIDES),
        ),
    ),
)
LIVES = st.lists(INPUTS, max_size=25).map(lambda xs: [person.Begun(0.0), *sorted(xs, key=lambda x: x.t_s)])
SMALL = Program(
    (
        asked("twist", both_sides=True, n_reps=2),
        asked("rocking", hold_s=0.0, n_reps=3),
        asked("twist", both_sides=True),
        asked("plain", tracked=False),
    )
)


def rounded(events: list[Played]) -> list[str]:
    """Return events as text with times to a microsecond: standing and going on adds and takes away the same seconds."""
    return [repr(type(e)(*(round(v, 6) if isinstance(v, float) else v for v in values(e)))) for e in events]


def values(event: Played) -> list:
    """Return the fields of an event."""
    return [getattr(event, name) for name in type(event).__dataclass_fields__]


@settings(max_examples=150, deadline=None)
@given(LIVES, st.lists(TIMES, max_size=30))
def test_the_clock_may_tick_as_often_as_it_likes(life, ticks) -> None:
    """More ticks in between change no event."""
    ticked = sorted([*life[1:], *(person.Tick(t) for t in ticks)], key=lambda x: (x.t_s, isinstance(x, person.Tick)))
    end = person.Tick(2000.0)

    _, plain = play(SMALL, *life, end)
    _, busy = play(SMALL, life[0], *ticked, end)

    assert rounded(plain) == rounded(busy)


@settings(max_examples=150, deadline=None)
@given(LIVES, st.integers(0, 25))
def test_a_session_may_be_cut_anywhere_and_gone_on_from(life, cut) -> None:
    """A kept state goes on to the same events, even after it was gone on from otherwise."""
    _, whole = play(SMALL, *life)
    state, first = play(SMALL, *life[: cut + 1])
    play(SMALL, person.PainFelt(500.0), state=state)

    rest = play(SMALL, *life[cut + 1 :], state=state)[1]

    assert whole == first + rest


@settings(max_examples=150, deadline=None)
@given(LIVES)
def test_time_only_goes_forward_and_every_session_can_be_shown(life) -> None:
    """Events come in order of time, and every state on the way has a screen with nothing negative in it."""
    state = None
    times: list[float] = []
    for x in life:
        state, events = player.step(SMALL, state, x)
        times += [e.t_s for e in events]
        screen = screen_of(SMALL, state)
        assert screen.left_s is None or screen.left_s >= 0
        assert screen.minutes_left >= 0
        assert 0 <= screen.rep <= screen.n_reps
    assert times == sorted(times)


@settings(max_examples=150, deadline=None)
@given(LIVES, TIMES)
def test_after_pain_nothing_but_safety_is_heard(life, t_s) -> None:
    """Whatever came before, from the pain press on nothing is heard but the stop and what is said for safety."""
    before = [x for x in life if x.t_s <= t_s]
    state, _ = play(SMALL, *before)
    state, _ = play(SMALL, person.PainFelt(t_s), state=state)

    after = [x for x in life if x.t_s > t_s and isinstance(x, person.Watched | person.HoldSeen | person.Extended)]
    hurt, events = play(SMALL, *after, person.Tick(3000.0), state=state)

    if state.stage == "pain":
        assert hurt.stage == "pain"
        assert of(events, HoldDone) + of(events, Sounded) == []
        assert {e.rank for e in of(events, Spoken)} <= {"safety"}


@settings(max_examples=100, deadline=None)
@given(st.floats(0.0, 200.0), st.floats(0.0, 1000.0))
def test_a_pause_moves_all_that_follows_by_its_length(at_s, pause_s) -> None:
    """A pause changes nothing but when: everything after it comes later by its length."""
    end = 5000.0
    _, plain = play(SMALL, person.Begun(0.0), person.Tick(at_s), person.Tick(end))
    n_before = len(play(SMALL, person.Begun(0.0), person.Tick(at_s))[1])

    _, paused = play(
        SMALL, person.Begun(0.0), person.Paused(at_s), person.Resumed(at_s + pause_s), person.Tick(end + pause_s)
    )

    assert [e.t_s + pause_s for e in plain[n_before:]] == pytest.approx([e.t_s for e in paused[n_before:]])
    assert [type(e) for e in plain] == [type(e) for e in paused]


def test_a_paused_session_is_never_due() -> None:
    """While it is paused the clock brings nothing."""
    program = Program((asked("twist"),))

    state, _ = play(program, person.Begun(0.0), person.Paused(3.0))

    assert player.due_s(program, state) == math.inf
