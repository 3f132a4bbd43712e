"""Harder, the same, or easier."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.evenings import EXERCISES, LADDER, ON, plan_of, prescribed
from uncrick.plan.ladder import is_no_more
from uncrick.plan.progress import Evening, Happened, Standing, begin, decide_all, newest_raised, step
from uncrick.plan.reason import RULES
from uncrick.plan.record import Limits

GOOD = Happened(ON, done=True, stopped=False, morning="good")
STOPPED = Happened(ON, done=False, stopped=True)
EVENING = Evening(ON, LADDER)
happenings = st.none() | st.builds(
    Happened,
    st.just(ON),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["good", "bad", "unknown"]),
    st.just(False),
)
exercises = st.sampled_from(sorted(EXERCISES))


def after(prescription, *happened, evening=EVENING):
    """Where a prescription stands after some evenings, and the last decision."""
    standing, decision = Standing(prescription.amount), None
    for i, one in enumerate(happened):
        today = replace(evening, on=evening.on + timedelta(days=i))
        one = one._replace(on=today.on) if one else None
        standing, decision = step(today, prescription, standing, one)
    return standing, decision


def test_three_good_sessions_add_one_repetition():
    """After three sessions without a stop and with good mornings there is one repetition more, and a new count."""
    butterfly = prescribed("butterfly_stretch")

    standing, decision = after(butterfly, GOOD, GOOD, GOOD)

    assert (decision.change, decision.rule, decision.inputs) == ("harder", "three_clean", (("clean", 3),))
    assert standing.amount == butterfly.amount._replace(reps=6)
    assert (standing.n_clean, standing.below) == (0, (butterfly.amount,))


@pytest.mark.parametrize(
    ("between", "rule"),
    [
        (GOOD._replace(morning="unknown"), "no_morning"),
        (GOOD._replace(done=False), "not_done"),
        (None, "not_tried"),
    ],
)
def test_what_says_nothing_neither_counts_nor_undoes(between, rule):
    """An unrated morning, half a session or a day off neither counts towards a step nor loses what was counted."""
    standing, decision = after(prescribed("butterfly_stretch"), GOOD, GOOD, between)

    assert (decision.change, decision.rule, standing.n_clean) == ("same", rule, 2)


def test_a_worse_morning_starts_the_count_again():
    """A morning worse than allowed does not count, and the count begins anew."""
    standing, decision = after(prescribed("butterfly_stretch"), GOOD, GOOD, GOOD._replace(morning="bad"))

    assert (decision.rule, standing.n_clean) == ("morning_not_good", 0)


def test_a_stop_takes_the_newest_step_back():
    """After a stop the dose is what it was before the newest step, and the exercise rests a day."""
    butterfly = prescribed("butterfly_stretch")

    standing, decision = after(butterfly, GOOD, GOOD, GOOD, STOPPED)

    assert (decision.change, decision.rule, standing.amount) == ("easier", "after_stop", butterfly.amount)
    assert standing.resting_until == ON + timedelta(days=3 + 2)


def test_a_stop_at_the_prescribed_dose_goes_below_it():
    """A stop on a dose that was never raised takes one step below what was prescribed."""
    standing, _ = after(prescribed("butterfly_stretch"), STOPPED)

    assert standing.amount.hold_s == 4


def test_three_stops_at_the_least_dose_bring_a_break_that_ends():
    """At the least dose three stops in a row bring a break of 14 days, after which it is asked again."""
    least = prescribed("butterfly_stretch", amount=LADDER["butterfly_stretch"].least)

    standing, decision = after(least, STOPPED, STOPPED, STOPPED)
    later, _ = step(replace(EVENING, on=standing.paused_until), least, standing, None)

    assert (decision.change, decision.rule) == ("pause", "pause")
    assert standing.paused_until == ON + timedelta(days=2 + 14)
    assert later.paused_until is None


def test_a_bad_morning_drops_the_newest_step_of_the_plan():
    """The prescription that was raised last is found, and goes back."""
    plan = plan_of("butterfly_stretch", "chin_tuck")
    standings = begin(plan)
    for i in range(6):
        standings, _ = decide_all(
            replace(EVENING, on=ON + timedelta(days=i)), plan, standings, dict.fromkeys(standings, GOOD)
        )

    newest = newest_raised(standings)
    happened = {newest: GOOD._replace(morning="bad", newest_dropped=True)}
    after_it, decisions = decide_all(replace(EVENING, on=ON + timedelta(days=7)), plan, standings, happened)

    assert after_it[newest].amount == standings[newest].below[-1]
    assert [d.rule for d in decisions if d.change == "easier"] == ["bad_morning"]


def test_only_one_thing_gets_harder_an_evening_and_everybodys_turn_comes():
    """Three prescriptions that have all earned a step get it on three evenings, one each."""
    plan = plan_of("butterfly_stretch", "chin_tuck", "wall_angel")
    standings = begin(plan)
    raised = []
    for i in range(5):
        evening = replace(EVENING, on=ON + timedelta(days=i))
        standings, decisions = decide_all(evening, plan, standings, dict.fromkeys(standings, GOOD))
        raised.append([d.prescription for d in decisions if d.change == "harder"])

    assert raised == [[], [], ["butterfly_stretch"], ["chin_tuck"], ["wall_angel"]]


def test_nothing_gets_harder_on_an_evening_on_which_something_gets_easier():
    """A stop in one exercise holds back the step another has earned."""
    plan = plan_of("butterfly_stretch", "chin_tuck")
    standings = begin(plan)
    for happened in (GOOD, GOOD):
        standings, _ = decide_all(EVENING, plan, standings, dict.fromkeys(standings, happened))

    _, decisions = decide_all(EVENING, plan, standings, {"butterfly_stretch": GOOD, "chin_tuck": STOPPED})

    assert [(d.change, d.rule) for d in decisions] == [("same", "others_eased"), ("easier", "after_stop")]


def test_the_harder_form_comes_after_the_most_and_only_if_it_is_open():
    """At the top of the dose the harder form begins at its least, unless it is closed to this person."""
    top = prescribed("single_knee_to_chest", amount=LADDER["single_knee_to_chest"].most)
    closed = replace(EVENING, closed=frozenset({"double_knee_to_chest"}))

    standing, decision = after(top, GOOD, GOOD, GOOD)
    _, kept = after(top, GOOD, GOOD, GOOD, evening=closed)

    assert (decision.rule, standing.amount) == ("harder_form", LADDER["double_knee_to_chest"].least)
    assert (kept.change, kept.rule) == ("same", "at_most")


def test_a_plan_may_keep_a_dose_as_it_is():
    """Where the author says so a dose never grows."""
    fixed = prescribed("butterfly_stretch", limits=Limits(may_progress=False))

    _, decision = after(fixed, *[GOOD] * 9)

    assert (decision.change, decision.rule) == ("same", "author_fixed")


@given(exercises, st.lists(happenings, max_size=30))
def test_a_dose_never_rises_after_a_stop_and_every_decision_has_its_rule(exercise, happened):
    """Whatever happens: after a stop no part of the dose is more than before; every decision names a known rule."""
    prescription = prescribed(exercise)
    standing = Standing(prescription.amount)
    for i, one in enumerate(happened):
        before = standing
        evening = replace(EVENING, on=ON + timedelta(days=i))
        standing, decision = step(evening, prescription, standing, one)

        assert decision.rule in RULES
        assert {name for name, _ in decision.inputs} <= set(RULES[decision.rule][0])
        assert (decision.before, decision.after) == (before.amount, standing.amount)
        assert (decision.change in ("harder", "easier")) == (decision.before != decision.after)
        if one is not None and one.stopped and before.amount.exercise == standing.amount.exercise:
            assert is_no_more(standing.amount, before.amount)


@given(st.lists(st.dictionaries(st.sampled_from(["butterfly_stretch", "chin_tuck"]), happenings), max_size=15))
def test_deciding_does_not_depend_on_the_order_of_the_plan(evenings):
    """All decide, then all apply: a plan in another order comes to the same doses, but for whose turn comes first."""
    one, other = plan_of("butterfly_stretch", "chin_tuck"), plan_of("chin_tuck", "butterfly_stretch")
    standings, turned = begin(one), begin(other)
    for i, happened in enumerate(evenings):
        evening = replace(EVENING, on=ON + timedelta(days=i))
        standings, decisions = decide_all(evening, one, standings, happened)
        turned, others = decide_all(evening, other, turned, happened)
        both = [{d.prescription: d.change for d in told} for told in (decisions, others)]
        if both[0] != both[1]:
            assert {d.rule for d in (*decisions, *others)} >= {"one_at_a_time"}
            return
    assert standings == turned
