"""The record of a session: what was done and what was seen kept apart, nothing lost, nothing doubled."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncrick.coach import events, person, player
from uncrick.coach.keeping import NOT_REACHED, SetSeen, Told, record_of
from uncrick.coach.played import HoldDone, Played, PopNoted, SetEnded
from uncrick.coach.program import Asked, Program
from uncrick.coach.record import SessionHead, SessionRecord
from uncrick.coach.summary import HoldSeen, StopSeen

AT = datetime(2026, 11, 28, 18, tzinfo=UTC)
HEAD = SessionHead("s1", "kim", "p1", "session", AT, date(2026, 11, 28), 60, ("twist", "butterfly"))


def asked(exercise: str, **changes) -> Asked:
    """Return a short set."""
    plain = {
        "exercise": exercise, "n_reps": 1, "hold_s": 5.0, "easier_hold_s": 3.0, "move_s": 2.0, "rest_s": 3.0,
        "both_sides": False, "view": "front", "equipment": (), "tracked": True, "floor": False,
    }  # fmt: skip
    return Asked(**(plain | changes))


PROGRAM = Program((asked("chair_spinal_twist", both_sides=True), asked("butterfly_stretch", n_reps=2)))


def played(*inputs: person.Input) -> list[Played]:
    """Return what the player answers to *inputs*."""
    state, out = None, []
    for x in inputs:
        state, more = player.step(PROGRAM, state, x)
        out += more
    return out


def record(happened: list[Played], seen: tuple[SetSeen, ...] = (), state: str = "finished") -> SessionRecord:
    """Return the record of what happened."""
    return record_of(HEAD, PROGRAM, Told(happened, seen, 2, state, happened[-1].t_s if happened else 0.0))


def test_a_session_by_the_clock_is_self_reported() -> None:
    """Without a camera every set and hold is kept as done and as not seen, with who asked for it."""
    got = record(played(person.Begun(4.0, 2), person.Tick(600.0), person.Finished(610.0, 1, "yes", "fine")))

    assert [(s.prescription, s.outcome, s.n_done, s.n_asked, s.seen) for s in got.sets] == [
        ("twist", "done", 2, 2, False),
        ("butterfly", "done", 2, 2, False),
    ]
    assert [(h.set_n, h.n, h.side, h.hold_s, h.peak) for h in got.holds] == [
        (0, 0, "left", 5.0, None), (0, 1, "right", 5.0, None), (1, 0, "", 5.0, None), (1, 1, "", 5.0, None),
    ]  # fmt: skip
    assert (got.watched, got.pain_before, got.pain_after, got.felt_right, got.note) == (
        "self_reported", 2, 1, "yes", "fine",
    )  # fmt: skip
    assert got.ending == "done"
    assert timedelta(0) < got.ended_at - got.started_at < timedelta(minutes=5)


def test_a_hold_that_was_seen_has_its_depth() -> None:
    """The deepest value that the camera had during a hold, on its side and by its clock, goes with the hold."""
    twist = [HoldDone(20.0, 0, "left", 5.0, 5.0, True, True), HoldDone(40.0, 0, "right", 5.0, 5.0, False, True)]
    happened = [
        *played(person.Begun(0.0))[:1],
        *twist,
        SetEnded(45.0, 0, "chair_spinal_twist", "done", "", 2, 2, False, False),
    ]
    holds = (
        HoldSeen("left", 5.0, 6.5, 1.5, 30.0, False, False),
        HoldSeen("left", 6.6, 10.4, 3.8, 38.0, True, False),
        HoldSeen("right", 24.0, 29.0, 5.0, -36.0, True, False),
    )
    seen = SetSeen("chair_spinal_twist", 12.0, 44.0, 10.0, 1, 0.9, "trunk_turn", "deg", holds)

    got = record(happened, (seen,), "left")

    assert [(h.seen, h.peak, h.measure) for h in got.holds] == [(True, 38.0, "trunk_turn"), (False, None, "")]
    assert got.watched == "both"
    assert got.sets[0].seen_fraction == pytest.approx(0.9)


def test_a_camera_stop_is_kept_with_its_side() -> None:
    """A stop that the camera raised is one stop, of the camera, with the side it was on; the rest goes on."""
    stop = events.StopRaised(9.0, "abrupt", "right", "chair_spinal_twist.abrupt")
    inputs = (person.Begun(0.0), person.CameraTurned(0.0, True), person.Watched(20.0, stop), person.Tick(600.0))
    seen = SetSeen(
        "chair_spinal_twist", 8.0, 20.0, 11.0, 0, 1.0, "trunk_turn", "deg", (), (StopSeen(9.0, "abrupt", "right"),)
    )

    got = record(played(*inputs), (seen,))

    assert [(s.source, s.reason, s.side, s.set_n, s.at_s) for s in got.stops] == [
        ("camera", "abrupt", "right", 0, 20.0)
    ]
    assert [s.outcome for s in got.sets] == ["stopped", "done"]
    assert got.hurts == ()


def test_pain_is_kept_in_the_persons_own_answers() -> None:
    """Pain ends the set, is one stop of the person's, and keeps what was answered; what follows is not reached."""
    decided = person.PainDecided(31.0, "end", "why", "lower back", 5, "stop_pain,q_leg")
    got = record(played(person.Begun(1.0, 2), person.Tick(21.0), person.PainFelt(22.0), decided))

    assert [(h.place, h.level, h.kinds, h.action, h.at_s) for h in got.hurts] == [
        ("lower back", 5, ("stop_pain", "q_leg"), "end", 30.0)
    ]
    assert [(s.source, s.exercise, s.side) for s in got.stops] == [("person", "chair_spinal_twist", "left")]
    assert [(s.outcome, s.reason) for s in got.sets] == [("pain", "why"), ("left", NOT_REACHED)]
    assert got.ending == "pain"


def test_pain_in_the_rest_counts_for_the_stretch_before() -> None:
    """Pain felt after a set is over is a stop of that set's exercise, though the set stays done."""
    begun = played(person.Begun(0.0), person.Tick(600.0))
    rested_s = next(e.t_s for e in begun if getattr(e, "stage", "") == "rest")
    decided = person.PainDecided(rested_s + 2, "end", "why", "", None, "stop_pain")

    got = record(played(person.Begun(0.0), person.Tick(rested_s), person.PainFelt(rested_s + 1), decided))

    assert [(s.exercise, s.source) for s in got.stops] == [("chair_spinal_twist", "person")]
    assert got.sets[0].outcome == "done"


def test_going_back_keeps_what_was_done_before() -> None:
    """A set that is begun again is a second try; the first keeps its holds, and an empty one is not kept."""
    inputs = (person.Begun(0.0), person.Tick(28.0), person.WentBack(29.0), person.WentBack(30.0), person.Tick(600.0))

    got = record(played(*inputs))

    assert [(s.n, s.at, s.outcome, s.n_done) for s in got.sets] == [
        (0, 0, "left", 1),
        (1, 0, "done", 2),
        (2, 1, "done", 2),
    ]


def test_a_pop_is_a_fact_and_nothing_more() -> None:
    """A pop is kept with its moment; it changes neither what was done nor any outcome."""
    begun = played(person.Begun(0.0), person.Tick(600.0))
    pop = PopNoted(3.0, 0, "chair_spinal_twist", "show", False, 0.8)

    with_pop, without = record([begun[0], pop, *begun[1:]]), record(begun)

    assert [(p.set_n, p.hurt) for p in with_pop.pops] == [(0, False)]
    assert (with_pop.sets, with_pop.holds, with_pop.stops) == (without.sets, without.holds, without.stops)


def test_a_skip_before_the_set_begins_is_kept_with_its_reason() -> None:
    """A set skipped in the rest before it is one set, skipped, and why."""
    begun = played(person.Begun(0.0), person.Tick(600.0))
    rested_s = next(e.t_s for e in begun if getattr(e, "stage", "") == "rest")

    got = record(played(person.Begun(0.0), person.Tick(rested_s), person.Skipped(rested_s + 1, "dislike")))

    assert [(s.at, s.outcome, s.reason) for s in got.sets] == [(0, "done", ""), (1, "skipped", "dislike")]


PRESSES = (
    person.WentBack(0.0), person.Skipped(0.0, "no_time"), person.MadeEasier(0.0), person.WentOn(0.0),
    person.Paused(0.0),
    person.Resumed(0.0), person.PainFelt(0.0), person.PainMistaken(0.0), person.PainDecided(0.0, "go_on", "w"),
    person.PopHeard(0.0, False, 0.5), person.Tick(0.0), person.Finished(0.0, 3),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 40), st.sampled_from(PRESSES)), max_size=25), st.booleans())
def test_whatever_is_pressed_nothing_is_lost_or_doubled(presses, over: bool) -> None:
    """However a session is driven, each hold, pain and pop is in its record once, and every asked set at least once."""
    t_s, inputs = 0.0, [person.Begun(0.0, 1)]
    for gap_s, press in presses:
        t_s += gap_s
        inputs.append(type(press)(**({f: getattr(press, f) for f in press.__dataclass_fields__} | {"t_s": t_s})))
    happened = played(*inputs)

    got = record(happened, state="left" if over else "running")

    assert sorted(h.hold_s for h in got.holds) == sorted(e.hold_s for e in happened if isinstance(e, HoldDone))
    assert len(got.pops) == sum(isinstance(e, PopNoted) for e in happened)
    assert len(got.hurts) == sum(type(e).__name__ == "PainReported" for e in happened) == len(got.stops)
    assert [s.n for s in got.sets] == list(range(len(got.sets)))
    assert {h.set_n for h in got.holds} | {s.set_n for s in got.stops} | {p.set_n for p in got.pops} <= {
        s.n for s in got.sets
    }
    assert not over or {s.at for s in got.sets} == {0, 1}
    assert all(math.isfinite(s.at_s) and s.at_s >= 0 for s in got.stops)
