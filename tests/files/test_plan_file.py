"""Plans at their door: every problem at once, with its line; or the plan, and writing it gives it again."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.care.assessment import Clearance
from uncrick.care.contraindication import Relaxation
from uncrick.files.library import read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.plan_file import Shelf, check_plan, plan_text
from uncrick.files.plan_written import plan_schema
from uncrick.files.programme_file import read_programmes
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.draft import Signatory, draft
from uncrick.plan.ladder import own_amount
from uncrick.plan.record import WEEKDAYS, Limits, Plan, Prescription

EXERCISES, BOOK = read_library().exercises, read_rulebook()
SHELF = Shelf(EXERCISES, BOOK)
GOOD = """\
plan: for_kim
title: Two things for the desk
written_by: Ann Lee, PT
author: therapist
written_on: 2026-11-22
for: Kim
from: 2026-11-23
until: 2027-01-31
goals: [sit through a film]
relax:
  - {rule: "osteoporosis.spine_rotation>=3", to: caution, on: 2026-11-22, reason: turns well within range}
cleared:
  - {cause: heart_disease, by: Dr Okafor, on: 2026-11-20, reason: stable}
exercises:
  - {exercise: butterfly_stretch, reps: 6, days: [mon, wed, fri], at: [morning, evening], most: {reps: 8}}
  - exercise: chair_spinal_twist
    hold_s: 10
    sides: left
    depth: 0.5
    progress: false
    instead: [open_book]
    note: to the left only
"""


def checked(text: str) -> tuple[Plan | None, list[str]]:
    plan, problems = check_plan(read_marked(text, "plan.yaml"), SHELF)
    return plan, [str(p) for p in problems]


def test_a_plan_is_what_is_written_and_the_rest_as_the_exercise_has_it():
    """Amounts, days, limits, relaxations and clearances are read; what is left out is the exercise's own."""
    plan, problems = checked(GOOD)

    assert problems == []
    butterfly, twist = plan.prescriptions
    own = own_amount(EXERCISES["butterfly_stretch"])
    assert butterfly.amount == own._replace(reps=6)
    assert (butterfly.days, butterfly.at, butterfly.limits) == (
        ("mon", "wed", "fri"),
        ("morning", "evening"),
        Limits(most_reps=8),
    )
    assert (twist.sides, twist.limits, twist.days) == ("left", Limits(depth=0.5, may_progress=False), WEEKDAYS)
    on, by = date(2026, 11, 22), "Ann Lee, PT"
    assert plan.relaxations == (
        Relaxation("osteoporosis.spine_rotation>=3", "caution", by, on, "turns well within range"),
    )
    assert plan.clearances == (Clearance("heart_disease", "Dr Okafor", date(2026, 11, 20), "stable"),)


def test_every_problem_is_told_at_once_with_its_line():
    """Unknown ids, a negative dose, wrong days and dates, a rule nobody has: all told together, each with its line."""
    wrong = (
        GOOD.replace("until: 2027-01-31", "until: 2026-11-01")
        .replace("exercise: butterfly_stretch", "exercise: buterfly_stretch")
        .replace("spine_rotation>=3", "spine_rotatoin>=3")
        .replace("cause: heart_disease", "cause: hart_disease")
        .replace("instead: [open_book]", "instead: [open_bok]")
    )

    _, found = checked(wrong)

    assert [p.split("  ")[0] for p in found] == [
        "plan.yaml:8",
        "plan.yaml:11",
        "plan.yaml:13",
        "plan.yaml:15",
        "plan.yaml:21",
    ]
    assert all("did you mean" in p for p in found[1:])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reps: 6", "reps: -2", "wanted at least 1"),
        ("reps: 6", "reps: 9", "at most 8, but 9 is asked"),
        ("hold_s: 10", "hold_s: ten", "wanted a number"),
        ("days: [mon, wed, fri]", "days: [mon, mon]", "names mon twice"),
        ("days: [mon, wed, fri]", "days: []", "names no day"),
        ("days: [mon, wed, fri]", "days: [monday]", "wanted"),
        ("at: [morning, evening]", "at: [any, evening]", "'any' stands beside"),
        ("until: 2027-01-31", "until: 2026-11-24", "do not come between"),
        ("days: [mon, wed, fri]", "sides: left", "has no sides"),
        ("hold_s: 10", "duration_s: 60", "counted by repetitions"),
        ("author: therapist", "author: person", "only a therapist may"),
        ("written_on: 2026-11-22", "written_on: yesterday", "a date like"),
        ("title: Two", "titel: Two", "no such key 'titel'; did you mean 'title'?"),
        ("title: Two things for the desk", "title: Two\ntitle: Three", "stands here twice"),
        ("exercise: chair_spinal_twist", "exercise: butterfly_stretch", "'butterfly_stretch' stands here twice"),
    ],
)
def test_what_cannot_be_is_a_problem(old, new, says):
    """Doses below zero, contradictory days, limits under the dose, keys twice: each is told in words."""
    if "twice" in says and "title" in old:
        says = "title"
    text = GOOD.replace(old, new, 1)
    if "do not come" in says:
        text = text.replace("days: [mon, wed, fri]", "days: [fri]")

    plan, found = checked(text)

    assert plan is None
    assert any(says in p for p in found), found


def test_one_self_may_not_ask_for_more_than_the_exercise_allows_and_a_therapist_may():
    """More than an exercise's own most is a problem in a plan for oneself, and a therapist's decision otherwise."""
    more = GOOD.replace("reps: 6", "reps: 12").replace("most: {reps: 8}", "most: {reps: 20}")
    alone = more.replace("author: therapist", "author: person")

    assert checked(more)[1] == []
    assert any("found 12, wanted at most 10 for butterfly_stretch" in p for p in checked(alone)[1])


def test_traffic_light_is_not_for_oneself():
    """The therapist's pain rule in a plan for oneself is refused, for the plan and for one exercise."""
    _, found = checked(
        GOOD.replace("author: therapist", "author: person").replace(
            "until:", "pain_rule: therapist_traffic_light\nuntil:"
        )
    )

    assert any("'therapist_traffic_light' is not for oneself" in p for p in found)


def test_same_exercise_twice_needs_names():
    """The same exercise may be asked twice if each has an id of its own."""
    twice = GOOD + "  - {exercise: butterfly_stretch, id: butterfly_late, at: [evening]}\n"

    plan, problems = checked(twice)

    assert problems == []
    assert [p.id for p in plan.prescriptions] == ["butterfly_stretch", "chair_spinal_twist", "butterfly_late"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20).filter(str.strip)
days = st.lists(st.sampled_from(WEEKDAYS), unique=True, min_size=1).map(tuple) | st.just(WEEKDAYS)
prescriptions = st.lists(st.sampled_from(sorted(EXERCISES)), unique=True, min_size=1, max_size=5).flatmap(
    lambda ids: st.tuples(
        *[
            st.builds(
                Prescription,
                st.just(id_),
                st.just(own_amount(EXERCISES[id_])),
                st.just("own"),
                days,
                st.just(("any",)) | st.just(("morning", "evening")),
                st.builds(Limits, st.none(), st.none(), st.none(), st.sampled_from([0.5, 0.75, 1.0]), st.booleans()),
                st.just(()) | st.just(("chin_tuck",)),
                st.sampled_from(["", "seed_strict", "therapist_traffic_light"]),
                words | st.just(""),
            )
            for id_ in ids
        ]
    )
)
plans = st.builds(
    Plan,
    st.just("a_plan"), words, words, st.just("therapist"), st.dates(), words, st.just(date(2026, 11, 1)),
    st.none() | st.dates(date(2027, 1, 1)), st.lists(words, max_size=2).map(tuple), words | st.just(""),
    st.sampled_from(["seed_strict", "therapist_traffic_light"]), st.just(()), st.just(()), prescriptions,
)  # fmt: skip


@given(plans)
def test_a_plan_that_is_written_reads_back_the_same(plan):
    """Whatever a plan says, its text gives the very same plan again."""
    assert checked(plan_text(plan)) == (plan, [])


def test_every_programme_makes_a_plan_without_problems():
    """A plan made from any programme that ships is one that may be written for oneself."""
    who = Signatory("Kim", "person", "Kim", date(2026, 11, 22))
    for programme in read_programmes().values():
        text = plan_text(draft(programme, EXERCISES, who, "seed_strict", frozenset()))

        assert checked(text)[1] == [], programme.id


def test_the_published_schema_is_the_one_that_is_checked():
    """docs/schemas/plan.schema.json is what plans are checked by, and it takes a good plan and refuses a bad one."""
    from jsonschema import Draft202012Validator

    published = json.loads((Path(__file__).parents[2] / "docs/schemas/plan.schema.json").read_text())
    good = read_marked(GOOD, "plan.yaml").value

    assert published == json.loads(json.dumps(plan_schema()))
    assert Draft202012Validator(published).is_valid(good)
    assert not Draft202012Validator(published).is_valid({**good, "exercises": []})


def test_a_wrong_value_hides_nothing_else():
    """Where one value has the wrong form, unknown names, days and dates elsewhere are told in the same go."""
    wrong = (
        GOOD.replace("reps: 6", "reps: -6")
        .replace("chair_spinal_twist", "chair_spinal_twits")
        .replace("until: 2027-01-31", "until: 2026-01-31")
        .replace("title: Two things for the desk", "title: ''")
        .replace("osteoporosis.spine_rotation>=3", "osteoporosis.spine")
        .replace("[morning, evening]", "[morning, any]")
    )

    plan, found = checked(wrong)

    assert plan is None
    for says in (
        "found -6",
        "no exercise 'chair_spinal_twits'",
        "before it begins",
        "is empty",
        "no rule",
        "'any'",
    ):
        assert sum(says in p for p in found) == 1, (says, found)


@given(st.recursive(st.none() | st.booleans() | st.integers() | words, lambda x: st.lists(x, max_size=3)))
def test_whatever_stands_where_exercises_should_is_told(value):
    """Any value in the place of the exercises, or of one of them, is a problem in words, never an exception."""
    for shape in (value, [value], [{"exercise": value}], [{"exercise": "cat_cow", "days": value}]):
        _, found = checked(GOOD.split("exercises:")[0] + f"exercises: {json.dumps(shape, ensure_ascii=False)}\n")
        assert found or shape == [{"exercise": "cat_cow", "days": value}] or shape == [{"exercise": value}]
