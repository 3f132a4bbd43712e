"""Conditions against movements: computed, never typed."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.care.contraindication import RULINGS, Relaxation, combine, judge, judge_all, relax
from uncrick.files.library import read_library
from uncrick.files.screening_file import read_rulebook

BOOK, EXERCISES = read_rulebook(), read_library().exercises
MATRIX = json.loads((Path(__file__).parent / "verdict_matrix.json").read_text())
CONDITIONS = sorted(BOOK.conditions)
some_conditions = st.lists(st.sampled_from(CONDITIONS), unique=True, max_size=6)


def expected(condition: str, exercise: str) -> str:
    row = MATRIX[condition]
    return "exclude" if exercise in row["exclude"] else "caution" if exercise in row["caution"] else "allow"


def test_matrix_covers_36_conditions_and_32_exercises():
    """The expected matrix is about the conditions and exercises that ship, all of them."""
    assert sorted(MATRIX) == CONDITIONS
    assert len(CONDITIONS) == 36
    assert len(EXERCISES) == 32


@pytest.mark.parametrize("condition", CONDITIONS)
def test_verdicts_equal_the_expected_matrix(condition):
    """Every verdict computed from attributes equals the clinical draft's, for all exercises."""
    computed = {e.id: judge(BOOK.conditions[condition], dict(e.attributes)).ruling for e in EXERCISES.values()}

    assert computed == {id_: expected(condition, id_) for id_ in EXERCISES}


def test_verdict_carries_its_rule_and_source():
    """A verdict that is not allow names the rules that decide it and where they come from."""
    fold = dict(EXERCISES["seated_forward_fold"].attributes)

    verdict = judge(BOOK.conditions["disc_sciatica"], fold)

    assert verdict.rules == (
        "disc_sciatica.spine_flexion>=3",
        "disc_sciatica.spine_flexion>=2+loaded_spine",
    )
    assert verdict.source == ("mckenzie", "park2024", "snook1998")


@given(some_conditions, st.sampled_from(CONDITIONS))
def test_another_condition_never_makes_anything_milder(conditions, another):
    """Adding a condition never makes the verdict on any exercise milder."""
    before = judge_all((BOOK.conditions[c] for c in conditions), EXERCISES)
    after = judge_all((BOOK.conditions[c] for c in [*conditions, another]), EXERCISES)

    assert all(RULINGS.index(after[e].ruling) >= RULINGS.index(before[e].ruling) for e in EXERCISES)


@given(some_conditions.filter(len), st.data())
def test_more_of_an_attribute_never_makes_a_verdict_milder(conditions, data):
    """A movement that asks more of the body is never judged more mildly."""
    attributes = dict(data.draw(st.sampled_from(list(EXERCISES.values()))).attributes)
    name = data.draw(st.sampled_from(["spine_flexion", "spine_rotation", "neck_extension", "supine", "muscle_effort"]))
    more = attributes | {name: attributes.get(name, 0) + 1}

    for condition in (BOOK.conditions[c] for c in conditions):
        milder, stricter = judge(condition, attributes), judge(condition, more)
        assert RULINGS.index(stricter.ruling) >= RULINGS.index(milder.ruling)


def test_no_conditions_leave_everything_open():
    """Without a condition every exercise is allowed."""
    assert {v.ruling for v in judge_all((), EXERCISES).values()} == {"allow"}


def test_combined_verdict_keeps_only_what_decides():
    """Of two conditions' verdicts the stricter counts, and only its rules and sources are named."""
    twist = dict(EXERCISES["chair_spinal_twist"].attributes)
    mild, strict = (judge(BOOK.conditions[c], twist) for c in ("scoliosis", "osteoporosis"))

    assert combine([mild, strict]) == strict


RULE = "osteoporosis.spine_rotation>=3"


@pytest.mark.parametrize(("by", "reason"), [("", "has trained it"), ("Ann Lee, PT", " ")])
def test_relaxing_without_name_or_reason_does_nothing(by, reason):
    """A rule is only relaxed by name and with a reason."""
    condition = BOOK.conditions["osteoporosis"]

    assert relax(condition, [Relaxation(RULE, "allow", by, date(2026, 11, 1), reason)]) == condition


def test_therapist_relaxes_one_rule():
    """A relaxed rule no longer leaves an exercise out, and the condition's other rules stay."""
    relaxation = Relaxation(RULE, "caution", "Ann Lee, PT", date(2026, 11, 1), "taught to turn within range")
    osteoporosis = [BOOK.conditions["osteoporosis"]]

    verdicts = judge_all(osteoporosis, EXERCISES, [relaxation])

    assert verdicts["open_book"].ruling == "caution"
    assert verdicts["rounded_back_stretch"].ruling == "exclude"


def test_relaxation_never_makes_a_rule_stricter():
    """A relaxation to a stricter ruling leaves the rule as it was."""
    rule = "osteoporosis.trunk_curl_effort>=1"
    relaxation = Relaxation(rule, "exclude", "Ann Lee, PT", date(2026, 11, 1), "by mistake")

    relaxed = relax(BOOK.conditions["osteoporosis"], [relaxation])

    assert next(r.ruling for r in relaxed.rules if r.id == rule) == "caution"
