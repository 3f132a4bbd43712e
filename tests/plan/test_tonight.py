"""Tonight's sheet: never what is excluded, nothing at an emergency, and a reason for everything."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.evenings import BOOK, EXERCISES, ON, body, plan_of, prescribed, scene
from uncrick.files.reason_file import read_reasons
from uncrick.plan.ladder import is_no_more
from uncrick.plan.progress import Standing, begin
from uncrick.plan.reason import RULES, told
from uncrick.plan.scene import Now
from uncrick.plan.tonight import Tonight, tonight

EVERYTHING = plan_of(*sorted(EXERCISES))
ARTICLE = plan_of("butterfly_stretch", "rounded_back_stretch", "chair_spinal_twist", "rocking_floor_stretch")
said_st = st.dictionaries(
    st.sampled_from(sorted(BOOK.questions)), st.sampled_from(["yes", "no", "not_sure", "skipped"]), max_size=3
)
conditions_st = st.lists(st.sampled_from(sorted(BOOK.conditions)), unique=True, max_size=4).map(tuple)
now_st = st.builds(
    Now,
    st.just(ON),
    st.none() | st.floats(0, 10),
    st.none() | st.floats(0, 10),
    st.none() | st.integers(0, 10),
    st.frozensets(st.sampled_from(sorted(EXERCISES)), max_size=3),
    st.none() | st.fixed_dictionaries({"lumbar": st.integers(0, 4), "thoracic": st.integers(0, 4)}),
    st.none() | st.just(ON + timedelta(days=1)),
)


def sheet(plan=ARTICLE, who=None, now=None) -> Tonight:
    return tonight(scene(plan, who, now), begin(plan))


def done(found: Tonight) -> set[str]:
    return {item.amount.exercise for item in found.items}


def test_a_clear_evening_asks_what_the_plan_asks():
    """Without conditions, pain or an early hour the sheet is the plan, at the whole of the own range."""
    found = sheet()

    assert [(i.amount, i.depth, i.instead_of) for i in found.items] == [
        (p.amount, 1.0, "") for p in ARTICLE.prescriptions
    ]
    assert (found.left_out, found.reasons) == ((), ())


@settings(max_examples=300, deadline=None)
@given(said_st, conditions_st, now_st)
def test_no_answers_ever_yield_an_excluded_exercise(said, conditions, now):
    """Whatever is answered, declared and felt: nothing that any condition excludes is on the sheet, as a substitute
    neither."""
    who = body(conditions, said)

    found = sheet(EVERYTHING, who, now)

    assert not [e for e in done(found) if who.verdicts[e].ruling == "exclude"]
    assert all(who.assessment.allows(e) for e in done(found))
    assert done(found).isdisjoint(now.stopped_today)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(q.id for q in BOOK.questions.values() if q.if_yes == "emergency")),
    said_st,
    conditions_st,
    now_st,
)
def test_an_emergency_answer_yields_nothing_to_do(question, said, conditions, now):
    """At any emergency answer the sheet is empty: no exercises, no offers, no lists."""
    found = sheet(EVERYTHING, body(conditions, said | {question: "yes"}), now)

    assert found == Tonight(ON, "emergency", (), (), ())


@settings(max_examples=200, deadline=None)
@given(said_st, conditions_st, st.sampled_from(sorted(BOOK.conditions)), now_st)
def test_another_condition_never_adds_an_exercise(said, conditions, another, now):
    """One more condition never puts an exercise of the plan back, nor raises its dose; and nothing that comes as a
    substitute was closed before it."""
    before_who, after_who = body(conditions, said), body((*conditions, another), said)

    before, after = sheet(EVERYTHING, before_who, now), sheet(EVERYTHING, after_who, now)

    asked = {i.prescription: i.amount for i in before.items if not i.instead_of}
    for item in (i for i in after.items if not i.instead_of):
        assert is_no_more(item.amount, asked[item.prescription])
    # every exercise is in this plan, so substitutes could only be exercises that the plan has already
    assert done(after) <= done(before)


@settings(max_examples=200, deadline=None)
@given(said_st, conditions_st, now_st, st.booleans())
def test_everything_asked_is_on_the_sheet_or_left_out_with_a_reason(said, conditions, now, complete):
    """Nothing of the plan vanishes: it is there, or left out by a rule that has words and takes its inputs."""
    found = sheet(EVERYTHING, body(conditions, said, complete), now)
    if found.level == "emergency":
        return

    named = {i.prescription for i in found.items if not i.instead_of} | {x.prescription for x in found.left_out}
    assert named == {p.id for p in EVERYTHING.prescriptions}
    reasons = [*found.reasons, *(x.reason for x in found.left_out), *(r for i in found.items for r in i.reasons)]
    for reason in reasons:
        assert {name for name, _ in reason.inputs} == set(RULES[reason.rule][0])
        assert "{" not in told(read_reasons(), reason.rule, reason.inputs)


def test_open_questions_come_before_exercises():
    """As long as a question is open there is nothing to do but answer it."""
    found = sheet(ARTICLE, body(complete=False))

    assert found.items == ()
    assert {x.reason.rule for x in found.left_out} == {"answers_missing"}


def test_caution_halves_repetitions_and_range_and_names_its_rule():
    """Where a condition says caution there are half the repetitions, half the range, and the rule is named."""
    found = sheet(plan_of("cat_cow"), body(("osteoporosis",)))

    (item,) = found.items
    assert (item.amount.reps, item.depth, item.speed) == (3, 0.5, 0.85)
    assert item.reasons[0].inputs == (("rules", "osteoporosis.spine_flexion>=2"),)


def test_excluded_rocking_is_replaced_by_its_easier_form_at_its_least_dose():
    """Rocking is excluded with thin bones; one knee to the chest takes its place, gently; two knees may not."""
    found = sheet(ARTICLE, body(("osteoporosis",)))

    (substitute,) = [i for i in found.items if i.instead_of]
    assert (substitute.amount.exercise, substitute.instead_of) == ("single_knee_to_chest", "rocking_floor_stretch")
    assert substitute.depth == 0.5


def test_rocking_waits_in_the_morning_and_what_may_be_done_instead_is_offered():
    """In the first two hours rocking waits; walking, pelvic tilt and standing extension are offered."""
    found = sheet(ARTICLE, now=Now(ON, hours_up=0.5))

    left = {x.exercise: x for x in found.left_out}
    assert set(left) == {"rocking_floor_stretch", "rounded_back_stretch"}
    assert {x.reason.rule for x in found.left_out} == {"morning_flexion"}
    assert {"walking", "pelvic_tilt", "standing_back_extension"} <= set(left["rocking_floor_stretch"].offer)


@pytest.mark.parametrize("now", [Now(ON, rest_pain=7), Now(ON, rest_until=ON + timedelta(days=1))])
def test_strong_pain_and_days_of_rest_leave_walking(now):
    """At pain of 7 at rest, and on a day of rest, a walk that the plan asks stays, and nothing else."""
    assert done(sheet(plan_of("butterfly_stretch", "walking"), now=now)) == {"walking"}


def test_nothing_replaces_what_a_stop_closed():
    """What was stopped today is not done again today, in no easier form either."""
    found = sheet(plan_of("rocking_floor_stretch"), now=Now(ON, stopped_today=frozenset({"rocking_floor_stretch"})))

    assert found.items == ()
    assert found.left_out[0].reason.rule == "stopped_today"


def test_after_long_sitting_what_is_upright_comes_first():
    """After an hour of sitting the walk comes before the loaded bend, and the sheet says to stand up first."""
    found = sheet(plan_of("seated_forward_fold", "walking"), now=Now(ON, sat_h=1.0))

    assert [i.amount.exercise for i in found.items] == ["walking", "seated_forward_fold"]
    assert found.reasons[0].rule == "after_long_sitting"


def test_days_and_dates_of_the_plan_are_kept():
    """An exercise for Tuesdays is not asked on a Monday, and a plan that begins later asks nothing yet."""
    tuesdays = plan_of(prescribed("butterfly_stretch", days=("tue",)))

    assert sheet(tuesdays).items == ()
    assert len(sheet(tuesdays, now=Now(ON + timedelta(days=1))).items) == 1
    assert sheet(ARTICLE, now=Now(ON - timedelta(days=60))).reasons[0].rule == "plan_not_in_force"


def test_a_paused_or_resting_exercise_is_left_out_with_its_day():
    """What has a break, or rests after a stop, is left out and says until when."""
    plan = plan_of("butterfly_stretch", "chin_tuck")
    until = ON + timedelta(days=2)
    standings = {
        "butterfly_stretch": Standing(plan.prescriptions[0].amount, paused_until=until),
        "chin_tuck": Standing(plan.prescriptions[1].amount, resting_until=until),
    }

    found = tonight(scene(plan), standings)

    assert [(x.reason.rule, x.reason.inputs) for x in found.left_out] == [
        ("paused", (("until", "2026-11-25"),)),
        ("rests_after_stop", (("until", "2026-11-25"),)),
    ]


def test_a_fourth_session_for_the_same_part_is_not_offered():
    """After three sessions for a part of the back in a day, more of the same part waits for tomorrow."""
    found = sheet(plan_of("butterfly_stretch", "chin_tuck"), now=Now(ON, n_today={"thoracic": 3}))

    assert done(found) == {"chin_tuck"}
    assert found.left_out[0].reason.rule == "repeat_limit"
