"""What pain does, by both written rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.care.pain import Aftermath, Felt, Morning, aftermath, is_bad, may_exercise, react, to_settle
from uncrick.files.screening_file import read_rulebook

BOOK = read_rulebook()
STRICT, LIGHT = (BOOK.pain_rules[r] for r in ("seed_strict", "therapist_traffic_light"))
ON = date(2026, 11, 20)
nrs = st.none() | st.integers(0, 10)


def test_strict_rule_is_everybodys_and_the_light_a_therapists():
    """The default is the strict rule; the traffic light is switched on by a therapist only."""
    assert BOOK.default_pain_rule == "seed_strict"
    assert [STRICT.enabled_by, LIGHT.enabled_by] == ["anyone", "therapist"]


@pytest.mark.parametrize(
    ("rule", "rest", "may"), [(STRICT, 6, True), (STRICT, 7, False), (LIGHT, 5, True), (LIGHT, 6, False)]
)
def test_pain_at_rest_forbids_from_its_limit_on(rule, rest, may):
    """Pain at rest of 7 (strict) or 6 (traffic light) means no exercises today."""
    assert may_exercise(rule, rest) is may


@pytest.mark.parametrize(
    ("rule", "felt", "action"),
    [
        (STRICT, Felt(2, 2), "go"),
        (STRICT, Felt(2, 3), "stop_exercise"),
        (STRICT, Felt(2, 2, hurts=True), "stop_exercise"),
        (STRICT, Felt(None, None, spreading=True), "stop_exercise"),
        (LIGHT, Felt(2, 2), "go"),
        (LIGHT, Felt(2, 5), "ease"),
        (LIGHT, Felt(5, 6), "stop_exercise"),
        (LIGHT, Felt(2, 2, hurts=True), "stop_exercise"),
    ],
)
def test_pain_during_an_exercise(rule, felt, action):
    """Strict: any hurt or one point more stops. Traffic light: amber is eased, red and any hurt stop."""
    assert react(rule, felt, n_stops=0) == action


@given(st.sampled_from([STRICT, LIGHT]), nrs, nrs)
def test_hurting_always_stops_and_a_second_stop_ends_the_session(rule, baseline, now):
    """Whatever the numbers and the rule: hurting stops, and the second stop ends the session."""
    felt = Felt(baseline, now, hurts=True)

    assert [react(rule, felt, n) for n in range(3)] == ["stop_exercise", "stop_session", "stop_session"]


def test_morning_two_above_the_baseline_drops_the_newest_step_and_rests_a_day():
    """A next morning two points up means: the newest step is taken back, and today is for rest."""
    found = aftermath(STRICT, [Morning(ON, 4, 2)], ON)

    assert found == Aftermath(drop_newest=True, rest_until=ON + timedelta(days=1), see_clinician=False)


def test_rest_ends_and_one_point_up_asks_for_none():
    """The day after is free again, and one point up is no bad morning."""
    assert aftermath(STRICT, [Morning(ON, 4, 2)], ON + timedelta(days=1)).rest_until is None
    assert not is_bad(STRICT, Morning(ON, 3, 2))


@pytest.mark.parametrize(("days", "clinician"), [(6, True), (7, False)])
def test_two_bad_mornings_in_seven_days_lead_to_a_clinician(days, clinician):
    """Two mornings two up within seven days: talk to a clinician."""
    mornings = [Morning(ON - timedelta(days=days), 5, 2), Morning(ON, 5, 2)]

    assert aftermath(STRICT, mornings, ON).see_clinician is clinician


def test_amber_that_did_not_settle_is_a_bad_morning():
    """Under the traffic light, pain that has not settled in its time counts like a rise."""
    assert is_bad(LIGHT, Morning(ON, 2, 2, unsettled=True))


@pytest.mark.parametrize(
    ("rule", "baseline", "levels", "rose_to"),
    [
        (LIGHT, 2, [3, None], None),  # green
        (LIGHT, 2, [None, 4, 3], 4),
        (LIGHT, None, [5], 5),
        (LIGHT, 5, [5], None),  # it was there before
        (LIGHT, 5, [8], 8),  # red stops, and has to settle all the same
        (LIGHT, 2, [], None),
        (STRICT, 2, [6], None),
    ],
)
def test_what_rose_above_green_has_to_settle(rule, baseline, levels, rose_to):
    """Under the traffic light what rises above 3 and above the baseline must settle; the strict rule has no hours."""
    assert to_settle(rule, baseline, levels) == rose_to


def test_chest_pain_during_a_session_is_an_emergency_and_a_painless_pop_is_nothing():
    """What a person can say in a session leads where the table says; a pop alone is not in it."""
    assert BOOK.stops["stop_chest"].action == "emergency"
    assert BOOK.stops["stop_radiating"].then_ask == ("neuro_both_legs", "ces_saddle", "ces_bladder", "ces_bowel")
    assert "WITH pain" in BOOK.stops["stop_pop_pain"].text
