"""Answers and conditions put together."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncrick.care.assessment import CAUTIONS, UNKNOWN, Clearance, Declared, assess
from uncrick.care.level import LEVELS
from uncrick.care.rulebook import emergency_message
from uncrick.care.screening import Answer, questions_of
from uncrick.files.programme_file import programme_exercises
from uncrick.files.screening_file import read_rulebook

BOOK, PROGRAMMES = read_rulebook(), programme_exercises()
AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
EMERGENCIES = sorted(q.id for q in BOOK.questions.values() if q.if_yes == "emergency")
CAUTIOUS = sorted(c.id for c in BOOK.conditions.values() if c.level == "caution")
answers_st = st.dictionaries(
    st.sampled_from(sorted(BOOK.questions)), st.sampled_from(["yes", "no", "not_sure", "skipped"])
)


NOBODY = Declared()


def assessed(said=None, declared=NOBODY, complete=True):
    words = dict.fromkeys(BOOK.questions, "no") if complete else {}
    answers = [Answer(q, s, AT, BOOK.wording, plainer=True) for q, s in (words | (said or {})).items()]
    questions = questions_of(BOOK.questions, "full", declared.conditions)
    return assess(BOOK, questions, answers, declared, PROGRAMMES)


def test_all_no_is_ok_and_leaves_everything_open():
    """Without a warning sign the level is ok and nothing is closed by it."""
    found = assessed()

    assert (found.level, found.may_do, found.open_questions) == ("ok", None, ())
    assert found.allows("rocking_floor_stretch")


@pytest.mark.parametrize("question", EMERGENCIES)
def test_emergency_answer_closes_everything(question):
    """A yes to any emergency question leaves not one exercise open."""
    found = assessed({question: "yes"})

    assert (found.level, found.may_begin, found.may_do) == ("emergency", False, frozenset())


def test_person_is_shown_their_own_emergency_number():
    """The emergency message names the person's own number where there is one, and no country's otherwise."""
    assert "Call 144 or go" in emergency_message(BOOK, "144")
    assert "Call your local emergency number or go" in emergency_message(BOOK)


def test_nothing_begins_while_a_question_is_open():
    """As long as a question has no answer nothing is begun, even if no answer so far is a warning."""
    found = assessed(complete=False)

    assert found.level == "ok"
    assert not found.may_begin
    assert len(found.open_questions) == 25


def test_severe_pain_leaves_walking():
    """At 7 of 10 at rest only walking stays open."""
    assert assessed({"severe_now": "yes"}).may_do == {"walking"}


def test_gentle_programme_stays_open_at_an_inflammatory_answer_alone():
    """Some answers leave the gentle start open, one of them only when no other is yes."""
    gentle = PROGRAMMES["gentle_start"]

    assert assessed({"inflammatory": "yes"}).may_do == gentle
    assert assessed({"not_better": "yes"}).may_do == gentle
    assert assessed({"inflammatory": "yes", "not_better": "yes"}).may_do == frozenset()
    assert assessed({"not_better": "yes", "severe_now": "yes"}).may_do == {"walking"}


def test_clinician_condition_closes_until_somebody_clears_it():
    """A condition of level clinician closes everything until a clinician has cleared it by name and with a reason."""
    clearance = Clearance("heart_disease", "Dr Okafor", AT.date(), "stable, walking and light exercise")
    nameless = Clearance("heart_disease", "", AT.date(), "stable")
    conditions = ("heart_disease",)

    assert not assessed(declared=Declared(conditions)).may_begin
    assert not assessed(declared=Declared(conditions, clearances=(nameless,))).may_begin
    assert assessed(declared=Declared(conditions, clearances=(clearance,))).may_begin


def test_clearance_covers_no_later_yes():
    """A clearance covers what was answered before it; a yes on a later day closes everything again."""
    before, after = (Clearance("trauma_major", "Dr Okafor", AT.date() + timedelta(days=d), "scanned") for d in (0, -1))

    assert assessed({"trauma_major": "yes"}, Declared(clearances=(before,))).level == "ok"
    assert assessed({"trauma_major": "yes"}, Declared(clearances=(after,))).level == "emergency"


def test_three_cautions_together_lead_to_a_clinician():
    """Two conditions of level caution leave the level at caution, a third raises it."""
    two, three = assessed(declared=Declared(tuple(CAUTIOUS[:2]))), assessed(declared=Declared(tuple(CAUTIOUS[:3])))

    assert two.level == "caution"
    assert three.level == "clinician"
    assert CAUTIONS in [c.id for c in three.causes]


def test_condition_nobody_knows_leads_to_a_clinician():
    """A condition in the person's own words is not guessed at: it leads to a clinician."""
    assert [c.id for c in assessed(declared=Declared(other=("a rare thing",))).causes] == [UNKNOWN]
    assert assessed(declared=Declared(conditions=("no_such_id",))).level == "clinician"


@settings(max_examples=200)
@given(answers_st, st.sampled_from(sorted(BOOK.questions)))
def test_one_more_yes_never_opens_anything(said, question):
    """Answering one more question with yes never lowers the level nor opens an exercise."""
    before, after = assessed(said), assessed(said | {question: "yes"})

    assert LEVELS.index(after.level) >= LEVELS.index(before.level)
    exercises = set().union(*PROGRAMMES.values())
    assert {e for e in exercises if after.allows(e)} <= {e for e in exercises if before.allows(e)}


@given(answers_st, st.lists(st.sampled_from(sorted(BOOK.conditions)), max_size=5))
def test_every_level_above_ok_has_its_cause_and_source(said, conditions):
    """Whatever raises the level is named, with a source that exists."""
    found = assessed(said, Declared(tuple(conditions)))

    assert bool(found.causes) == (found.level != "ok")
    assert all(key in BOOK.sources for cause in found.causes for key in cause.source)
    assert all(cause.source for cause in found.causes)
