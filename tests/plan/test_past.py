"""The nights before tonight: what happened, the mornings, and what is decided from them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.evenings import BOOK, LADDER, plan_of
from tests.plan.nights import MONDAY, at, done_set, morning, session, short_hold
from uncrick.care.pain import is_bad
from uncrick.plan.ladder import is_no_more
from uncrick.plan.past import (
    Course,
    baseline_before,
    decide_nights,
    happened_in,
    mornings_of,
    n_settled,
    night_of,
    nights_before,
    rest_after_sessions,
    within_reach,
)
from uncrick.plan.progress import Evening, Standing, begin
from uncrick.plan.reason import RULES

PLAN = plan_of("butterfly_stretch", "chair_spinal_twist")
RULE = BOOK.pain_rules["seed_strict"]
LIGHT = BOOK.pain_rules["therapist_traffic_light"]
DAYS = [MONDAY + timedelta(days=i) for i in range(8)]
BOTH = (done_set(0, "butterfly_stretch"), done_set(1, "chair_spinal_twist"))


def course(*pains) -> Course:
    """What nights of the plan are decided by."""
    return Course(Evening(DAYS[-1], LADDER), PLAN, RULE, tuple(pains))


def turns(sessions, pains, today=DAYS[-1]):
    """Decide all nights before *today*."""
    nights = nights_before(sessions, today)
    tonight = nights_before(sessions, today + timedelta(days=1))[len(nights) :]
    return decide_nights(course(*pains), begin(PLAN), nights, tonight[0] if tonight else None)


def test_three_evenings_with_good_mornings_make_one_thing_harder():
    """Three whole sessions with mornings at the baseline raise one prescription by one repetition, the day after."""
    sessions = [session(day, *BOTH) for day in DAYS[:3]]
    pains = [morning(day, 3) for day in DAYS[1:4]]

    last = turns(sessions, pains)[-1]

    assert last.on == DAYS[3]
    assert [(d.change, d.rule) for d in last.decisions] == [("harder", "three_clean"), ("same", "one_at_a_time")]


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        (done_set(0, "butterfly_stretch", n_done=3), "not_done"),
        (done_set(0, "butterfly_stretch", easier=True), "not_done"),
        (done_set(0, "butterfly_stretch", outcome="left"), "not_done"),
        (done_set(0, "butterfly_stretch", outcome="left", n_done=0, reason="not_reached"), "not_tried"),
    ],
)
def test_what_was_not_whole_counts_for_nothing(spoilt, rule):
    """Fewer repetitions, the easier form or a set left early do not count as done; one never begun was not tried."""
    [turn] = turns([session(MONDAY, spoilt)], [morning(DAYS[1], 3)])

    assert turn.decisions[0].rule == rule


def test_a_hold_left_early_is_not_all_of_it():
    """A set with a hold that was left before its end was not done whole."""
    one = session(MONDAY, *BOTH, holds=(short_hold(0),))

    [turn] = turns([one], [morning(DAYS[1], 3)])

    assert [d.rule for d in turn.decisions] == ["not_done", "not_yet"]


def test_a_stop_takes_a_step_back_and_rests():
    """A stopped exercise goes one step back the next day, and rests that day, though its set was done."""
    [turn] = turns([session(MONDAY, *BOTH, stopped=("butterfly_stretch",))], [])

    first = turn.decisions[0]
    assert (first.change, first.rule) == ("easier", "after_stop")
    assert turn.standings["butterfly_stretch"].resting_until == DAYS[2]


def test_a_stop_in_a_break_counts_as_any_other():
    """A stop of a planned exercise during a short break at the desk counts; doing it there does not."""
    stopped = session(MONDAY, kind="break", stopped=("butterfly_stretch",))
    done = session(MONDAY, *BOTH, kind="break")

    assert turns([stopped], [])[0].decisions[0].rule == "after_stop"
    assert turns([done], [])[0].decisions[0].rule == "not_done"


def test_a_bad_morning_takes_the_newest_step_back():
    """A morning two above the pain before the session takes back the newest step of the plan, tried or not."""
    raised = begin(PLAN)
    twist = raised["chair_spinal_twist"]
    more = twist.amount._replace(reps=twist.amount.reps + 1)
    raised["chair_spinal_twist"] = Standing(more, (twist.amount,), raised_on=MONDAY)
    nights = nights_before([session(MONDAY, done_set(0, "butterfly_stretch"))], DAYS[2])

    [turn] = decide_nights(course(morning(DAYS[1], 5)), raised, nights)

    assert [(d.prescription, d.rule) for d in turn.decisions] == [
        ("butterfly_stretch", "morning_not_good"),
        ("chair_spinal_twist", "bad_morning"),
    ]
    assert turn.standings["chair_spinal_twist"].amount == twist.amount


def test_a_morning_without_a_baseline_says_nothing():
    """Where the pain before is not known, the morning after neither counts nor costs."""
    [turn] = turns([session(MONDAY, *BOTH, pain_before=None)], [morning(DAYS[1], 9)])

    assert {d.rule for d in turn.decisions} == {"no_morning"}


@pytest.mark.parametrize(
    ("said", "level", "after", "bad"),
    [
        ((), 3, 5, False),
        ((), 4, 5, True),  # nobody said: it has not come down
        (("settled",), 4, 5, False),
        (("unsettled",), 3, 5, True),
        (("settled",), 5, 5, True),  # two points up are two points up
        (("unsettled",), 3, 3, False),  # green: nothing had to settle
    ],
)
def test_what_is_said_of_settling_decides_the_morning(said, level, after, bad):
    """Under the traffic light the answer decides whether amber has settled; without one the morning's rating does."""
    nights = nights_before([session(MONDAY, *BOTH, pain_after=after)], DAYS[1])
    rating = replace(morning(DAYS[1], level), kinds=said)

    [found] = mornings_of(LIGHT, nights, [rating])

    assert is_bad(LIGHT, found) is bad


def test_unsettled_counts_without_a_baseline():
    """Where nobody knows the pain before, what is said of settling still counts, and the rating alone says nothing."""
    nights = nights_before([session(MONDAY, *BOTH, pain_before=None, pain_after=5)], DAYS[1])

    assert mornings_of(LIGHT, nights, [morning(DAYS[1], 9)]) == ()
    [found] = mornings_of(LIGHT, nights, [replace(morning(DAYS[1], 4), kinds=("unsettled",))])
    assert is_bad(LIGHT, found)


def test_the_baseline_is_the_last_rating_at_rest():
    """Where pain before the session was not said, the last rating at rest of two weeks stands for it."""
    rest = morning(MONDAY - timedelta(days=1), 4, moment="rest")

    assert baseline_before([rest], at(MONDAY)) == 4
    assert baseline_before([rest], at(MONDAY + timedelta(days=20))) is None
    nights = nights_before([session(MONDAY, pain_before=None)], DAYS[1])
    assert [m.baseline for m in mornings_of(RULE, nights, [rest, morning(DAYS[1], 5)])] == [4]


def test_a_good_morning_said_after_the_next_session_raises_nothing():
    """A dose never rises on an evening that has begun: good counts only when it was said before, bad always."""
    sessions = [session(day, *BOTH) for day in DAYS[:4]]
    in_time = [morning(day, 3) for day in DAYS[1:3]]

    late_good = turns(sessions, [*in_time, morning(DAYS[3], 3, hour=22)], today=DAYS[3])[-1]
    late_bad = turns(sessions, [*in_time, morning(DAYS[3], 6, hour=22)], today=DAYS[3])[-1]

    assert {d.rule for d in late_good.decisions} == {"no_morning"}
    assert {d.rule for d in late_bad.decisions} == {"morning_not_good"}


def test_after_midnight_belongs_to_the_evening():
    """A session at half past midnight is the evening's before, whatever zone its clock is in."""
    late = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)

    assert night_of(late) == MONDAY
    east = session(MONDAY, started_at=datetime(2026, 11, 23, 15, 30, tzinfo=UTC), utc_offset_min=9 * 60)
    assert [n.on for n in nights_before([east], DAYS[3])] == [MONDAY]


def test_a_session_of_a_day_that_has_not_come_counts_and_blocks_nothing():
    """Made while the clock was a year ahead, a stop takes a step back, rests nothing, and is not decided for good."""
    ahead = session(MONDAY + timedelta(days=365), *BOTH, stopped=("butterfly_stretch",))

    found = turns([ahead, session(MONDAY, *BOTH)], [], today=DAYS[3])

    assert [turn.night.ahead for turn in found] == [False, True]
    assert found[-1].standings["butterfly_stretch"].amount.hold_s == 4
    assert found[-1].standings["butterfly_stretch"].resting_until <= DAYS[3]
    assert n_settled(found) == 0


def test_no_pause_outlasts_its_rule():
    """A pause that was decided while the clock was ahead ends at most its own length from today."""
    far = Standing(PLAN.prescriptions[0].amount, paused_until=date(2027, 11, 1), resting_until=date(2027, 11, 1))

    near = within_reach(Evening(MONDAY, LADDER), {"butterfly_stretch": far})["butterfly_stretch"]

    assert (near.paused_until, near.resting_until) == (MONDAY + timedelta(days=14), DAYS[2])


def test_a_session_that_pain_ended_brings_a_day_of_rest():
    """The day after a session that pain ended is one of rest."""
    nights = nights_before([session(MONDAY, ending="pain")], DAYS[3])

    assert rest_after_sessions(RULE, nights) == DAYS[2]
    assert rest_after_sessions(RULE, nights_before([session(MONDAY)], DAYS[3])) is None


EVENT = st.sampled_from(["done", "part", "stop", "off"])


@given(st.lists(st.tuples(EVENT, EVENT, st.sampled_from([None, 2, 3, 4, 5, 7])), min_size=1, max_size=20))
def test_no_dose_rises_from_a_night_with_a_stop(nights):
    """Each turn has reasons and raises one thing at most; after a stop nothing is more than before."""
    sessions, pains = [], []
    for i, (first, second, level) in enumerate(nights):
        day = MONDAY + timedelta(days=i)
        sets = [
            done_set(n, id_, n_done=2 if what == "part" else 5)
            for n, (id_, what) in enumerate(
                zip(("butterfly_stretch", "chair_spinal_twist"), (first, second), strict=True)
            )
            if what != "off"
        ]
        stopped = tuple(
            id_
            for id_, what in zip(("butterfly_stretch", "chair_spinal_twist"), (first, second), strict=True)
            if what == "stop"
        )
        if sets:
            sessions.append(session(day, *sets, stopped=stopped))
        if level is not None:
            pains.append(morning(day + timedelta(days=1), level))

    found = turns(sessions, pains, today=MONDAY + timedelta(days=len(nights)))

    for turn in found:
        stops = {stop.exercise for s in turn.night.sessions for stop in s.stops}
        assert all(d.rule in RULES for d in turn.decisions)
        assert sum(d.change == "harder" for d in turn.decisions) <= (0 if stops else 1)
        assert all(is_no_more(d.after, d.before) for d in turn.decisions if d.before.exercise in stops)


@given(st.integers(0, 6), st.lists(st.sampled_from([2, 3, 5]), min_size=7, max_size=7))
def test_settling_part_of_it_changes_nothing(cut, levels):
    """Nights decided in two goes, as on two evenings, stand where they stand when decided in one."""
    sessions = [
        session(day, *BOTH, stopped=("butterfly_stretch",) * (level == 5))
        for day, level in zip(DAYS, levels, strict=False)
    ]
    pains = tuple(morning(day + timedelta(days=1), level) for day, level in zip(DAYS, levels, strict=False))
    nights = nights_before(sessions, DAYS[7])

    whole = decide_nights(course(*pains), begin(PLAN), nights)
    head = decide_nights(course(*pains), begin(PLAN), nights[:cut], nights[cut] if cut < len(nights) else None)
    tail = decide_nights(course(*pains), head[-1].standings if head else begin(PLAN), nights[cut:])

    assert tail[-1:] == whole[-1:] or cut == 7


def test_a_set_of_a_substitute_moves_no_prescription():
    """What was done in the place of something else is no step of the plan."""
    [night] = nights_before([session(MONDAY, done_set(0, "", exercise="pelvic_tilt"))], DAYS[1])

    assert happened_in(night, begin(PLAN), "good") == {}


def test_nights_do_not_depend_on_the_order_of_their_sessions():
    """Sessions of a day are one night, and later days come later, however they were found."""
    sessions = [session(day) for day in DAYS[:3]]

    assert nights_before(reversed(sessions), DAYS[5]) == nights_before(sessions, DAYS[5])
    assert replace(sessions[0], kind="swap") != sessions[0]
