"""Which questions are asked, when, and what one answer means."""

from datetime import UTC, date, datetime, timedelta

import pytest

from uncrick.care.screening import (
    Answer,
    Before,
    Today,
    extent_due,
    latest,
    level_of,
    questions_of,
    still_to_ask,
    urgency,
)
from uncrick.files.screening_file import read_rulebook

BOOK = read_rulebook()
AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
ON = AT.date()


def said(question: str, what: str, plainer: bool = False, minutes: int = 0) -> Answer:
    return Answer(question, what, AT + timedelta(minutes=minutes), BOOK.wording, plainer)


def test_every_question_has_reason_source_and_plainer_words():
    """Every question shows why it is asked, where it comes from, and can be asked again in other words."""
    for question in BOOK.questions.values():
        assert question.why
        assert question.source
        assert question.plainer != question.text


@pytest.mark.parametrize(
    ("before", "today", "due"),
    [
        (Before(), Today(ON), ("full", "first_time")),
        (Before(ON - timedelta(2), ON - timedelta(1)), Today(ON), ("short", "session")),
        (Before(ON - timedelta(29), ON - timedelta(1)), Today(ON), ("short", "session")),
        (Before(ON - timedelta(30), ON - timedelta(1)), Today(ON), ("full", "every_days")),
        (Before(ON - timedelta(13), ON - timedelta(13)), Today(ON), ("short", "session")),
        (Before(ON - timedelta(14), ON - timedelta(14)), Today(ON), ("full", "away")),
        (Before(ON - timedelta(2), ON - timedelta(1)), Today(ON, fell=True), ("full", "fell")),
        (Before(ON - timedelta(2), ON - timedelta(1)), Today(ON, rest_pain=6), ("short", "session")),
        (Before(ON - timedelta(2), ON - timedelta(1)), Today(ON, rest_pain=7), ("full", "pain")),
        (Before(ON + timedelta(9), ON - timedelta(1)), Today(ON), ("full", "first_time")),
    ],
)
def test_full_set_is_due_when_the_rules_say(before, today, due):
    """The full set comes first, after 30 days, 14 days away, a fall, pain of 7, and when the clock went back."""
    assert extent_due(BOOK.asking, before, today) == due


def test_every_reason_for_asking_has_its_words():
    """Whichever set is due, there is a sentence that says why."""
    assert set(BOOK.asking.because) == {"first_time", "fell", "pain", "away", "every_days", "session"}


def test_short_set_is_a_part_of_the_full_one():
    """What is asked before each session is asked in the full set too, in the same order."""
    full, short = (questions_of(BOOK.questions, e, ()) for e in ("full", "short"))

    assert [q for q in full if q.short_set] == list(short)
    assert 0 < len(short) < len(full) == 25


def test_pregnancy_question_is_asked_of_the_pregnant_only():
    """The question about warning signs of pregnancy is put to nobody else."""
    asked = [
        [q.id for q in questions_of(BOOK.questions, "short", conditions)] for conditions in ((), ("pregnancy_t2_t3",))
    ]

    assert ["pregnancy_warning" in ids for ids in asked] == [False, True]


def test_not_sure_is_asked_again_in_plainer_words():
    """After not sure the same question comes back once, in its plainer words."""
    question = BOOK.questions["ces_saddle"]

    first = still_to_ask([question], [said("ces_saddle", "not_sure")])
    second = still_to_ask([question], [said("ces_saddle", "not_sure"), said("ces_saddle", "not_sure", True, 1)])

    assert [asked.plainer for asked in first] == [True]
    assert second == ()


@pytest.mark.parametrize(
    ("what", "plainer", "level"),
    [("yes", False, "emergency"), ("not_sure", True, "emergency"), ("skipped", True, "clinician"), ("no", True, "ok")],
)
def test_unsure_counts_as_yes_and_skipped_never_as_no(what, plainer, level):
    """Not sure in plainer words is a yes; a question that stays skipped leads to a clinician."""
    assert level_of(BOOK.questions["ces_bladder"], said("ces_bladder", what, plainer)) == level


def test_private_question_may_be_skipped_once():
    """The question that may be skipped is not put a second time, and still is no no."""
    question, answer = BOOK.questions["ces_sexual"], said("ces_sexual", "skipped")

    assert still_to_ask([question], [answer]) == ()
    assert level_of(question, answer) == "clinician"


def test_latest_answer_counts_whatever_the_order():
    """Of several answers to a question the newest counts, in whatever order they are given."""
    yes, no = said("fever_unwell", "yes"), said("fever_unwell", "no", minutes=5)

    assert latest([yes, no]) == latest([no, yes]) == {"fever_unwell": no}


@pytest.mark.parametrize(("yes", "when"), [(["cancer_history"], ""), (["cancer_history", "night_pain"], "same_day")])
def test_cancer_history_is_urgent_together_with_certain_signs(yes, when):
    """A history of cancer is to be looked at the same day when another named sign is there as well."""
    assert urgency(BOOK.questions["cancer_history"], yes) == when


def test_dates_alone_decide_not_the_time_of_day():
    """The set that is due changes with the day, never within it."""
    assert extent_due(BOOK.asking, Before(date(2026, 1, 1), ON), Today(ON))[0] == "full"
