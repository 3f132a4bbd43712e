"""A plan in words."""

from dataclasses import replace
from datetime import date

import pytest

from uncrick.app.printing import paper_words, plan_sheet
from uncrick.plan.draft import Signatory, draft
from uncrick.plan.record import Amount, Limits, Plan
from uncrick.report.plan_sheet import how_much, stop_sentences, when_words

WORDS = paper_words()


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The programme without the floor, by a therapist."""
    from uncrick.app.planning import programmes

    who = Signatory("Ann Lee", "therapist", "Kim", date(2026, 11, 28))
    return draft(programmes()["no_floor"], WORDS.exercises, who, "seed_strict", frozenset())


@pytest.mark.parametrize(
    ("amount", "sides", "said"),
    [
        (Amount("chair_spinal_twist", 1, 2, 15), "own", "2 times to each side, each held 15 seconds"),
        (Amount("chair_spinal_twist", 1, 1, 1), "left", "once to the left, held 1 second"),
        (
            Amount("glute_bridge", 2, 8, 3),
            "own",
            "8 times, each held 3 seconds; all of it 2 times, with a rest between",
        ),
        (Amount("cat_cow", 1, 5, 0), "own", "5 times"),
        (Amount("walking", 1, 1, 0, 90), "own", "1.5 minutes"),
        (Amount("walking", 2, 1, 0, 60), "own", "2 times 1 minute, with a rest between"),
    ],
)
def test_amounts_are_told_in_words(amount, sides, said):
    """Sets, repetitions, holds, sides and minutes read as somebody would say them."""
    assert how_much(amount, WORDS.exercises[amount.exercise], sides) == said


@pytest.mark.parametrize(
    ("days", "at", "said"),
    [
        (("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("any",), "every day"),
        (("mon", "tue", "wed", "thu", "fri"), ("any",), "Monday to Friday"),
        (("fri", "mon"), ("morning", "evening"), "Monday and Friday, in the morning and in the evening"),
        (("wed",), ("any", "any"), "Wednesday, two times whenever it suits"),
    ],
)
def test_days_are_told_in_words(plan, days, at, said):
    """Days and times of day read as somebody would say them."""
    assert when_words(replace(plan.prescriptions[0], days=days, at=at)) == said


def test_the_stop_rule_has_the_rules_own_numbers():
    """Both pain rules are told with their own limits, and everything that ends a session is named."""
    strict = stop_sentences(WORDS.pain_rules["seed_strict"], WORDS.stops)
    light = stop_sentences(WORDS.pain_rules["therapist_traffic_light"], WORDS.stops)

    assert "goes up by one point of 10" in strict[0]
    assert "Pain of 7 or more" in strict[4]
    assert light[0].startswith("While moving: 0 to 3 of 10, go on. Up to 5, go on only if it settles within 24 hours.")
    assert "6 or more, or if it hurts: stop" in light[0]
    for stop in WORDS.stops.values():
        assert stop.action == "stop_exercise" or stop.text in " ".join(strict)


def test_everything_the_plan_asks_is_on_the_sheet(plan):
    """Each prescription has its name, boxes on its days, its limits, what may take its place and its note."""
    first = replace(
        plan.prescriptions[0],
        at=("morning", "evening"),
        limits=Limits(most_reps=9, most_hold_s=6, depth=0.5, may_progress=False),
        instead=("cat_cow",),
        note="eyes level",
    )

    sheet = plan_sheet(replace(plan, goals=("sit through a film",), prescriptions=(first, *plan.prescriptions[1:])), "")

    item = sheet.items[0]
    assert [i.exercise for i in sheet.items] == [p.amount.exercise for p in plan.prescriptions]
    assert (item.boxes, item.days) == (2, (True,) * 7)
    assert item.limits == (
        "Go 50 % of the way that you could.",
        "It stays as it is: it does not get harder by itself.",
        "At most 9 times and 6 seconds of a hold, however well it goes.",
    )
    assert (item.instead, item.note) == (("Cat-Cow",), "Eyes level.")
    assert sheet.goals == ("Sit through a film.",)
    assert sum(sheet.items[-1].days) == 5
    assert sheet.made == "For Kim, by Ann Lee (physical therapist), 28 November 2026."
