"""What is asked before anybody exercises, when it is asked again, and what the answers mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from uncrick.care.level import Level

Said = Literal["yes", "no", "not_sure", "skipped"]
Urgent = Literal["", "same_day", "days", "routine", "if_new"]
Extent = Literal["full", "short"]
Because = Literal["first_time", "fell", "pain", "away", "every_days", "session"]


@dataclass(frozen=True, slots=True)
class Question:
    """One warning-sign question. Its words are asked as they stand: they are approved together with its level.

    plainer : asked once more, in these words, after "not sure". why : shown beside it, always, with *source*.
    urgent_with : other questions that, answered yes as well, make it urgent; none makes *urgent* hold by itself.
    may_do : exercises still open at this yes. may_follow : a programme still open; *only_alone*, if no other is yes.
    applies_with : conditions, one of which must be declared for it to be asked; none for everybody.
    """

    id: str
    domain: str
    text: str
    plainer: str
    why: str
    if_yes: Level
    source: tuple[str, ...]
    short_set: bool
    help: str = ""
    note: str = ""
    urgent: Urgent = ""
    urgent_with: tuple[str, ...] = ()
    may_do: tuple[str, ...] = ()
    may_follow: str = ""
    only_alone: bool = False
    may_skip: bool = False
    applies_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """When which set is asked (days, pain 0-10), and how many conditions of level caution lead to a clinician.

    because : for each reason of `extent_due` what people read.
    """

    full_every_days: int
    full_after_days_away: int
    full_at_pain: int
    cautions_for_clinician: int
    because: Mapping[str, str]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, kept with the wording it was given to. at : with its zone. plainer : to the plainer words."""

    question: str
    said: Said
    at: datetime
    wording: str
    plainer: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of earlier days. None: never."""

    full_on: date | None = None
    session_on: date | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The day of asking. rest_pain : 0-10, None when not rated. fell : a fall or accident since the last time."""

    on: date
    rest_pain: int | None = None
    fell: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is to be put now."""

    question: Question
    plainer: bool


def extent_due(asking: Asking, before: Before, today: Today) -> tuple[Extent, Because]:
    """Return which set is to be asked and why. A date in the future counts as never."""
    full_on = before.full_on if before.full_on and before.full_on <= today.on else None
    if full_on is None:
        return "full", "first_time"
    if today.fell:
        return "full", "fell"
    if today.rest_pain is not None and today.rest_pain >= asking.full_at_pain:
        return "full", "pain"
    if before.session_on is None or (today.on - before.session_on).days >= asking.full_after_days_away:
        return "full", "away"
    if (today.on - full_on).days >= asking.full_every_days:
        return "full", "every_days"
    return "short", "session"


def questions_of(questions: Mapping[str, Question], extent: Extent, conditions: Iterable[str]) -> tuple[Question, ...]:
    """Return the questions of a set, in their order, that apply to somebody with *conditions*."""
    has = frozenset(conditions)
    return tuple(
        q
        for q in questions.values()
        if (extent == "full" or q.short_set) and (not q.applies_with or has.intersection(q.applies_with))
    )


def latest(answers: Iterable[Answer]) -> dict[str, Answer]:
    """Return the last answer to each question, by its id; of two at the same time the later in the list counts."""
    last: dict[str, Answer] = {}
    for answer in answers:
        if answer.question not in last or answer.at >= last[answer.question].at:
            last[answer.question] = answer
    return last


def still_to_ask(questions: Iterable[Question], answers: Iterable[Answer]) -> tuple[Asked, ...]:
    """Return what has no usable answer yet: not asked, or unsure and not asked in plainer words."""
    last = latest(answers)
    open_: list[Asked] = []
    for question in questions:
        answer = last.get(question.id)
        if answer is None:
            open_.append(Asked(question, plainer=False))
        elif answer.said in ("not_sure", "skipped") and not answer.plainer and not _skip_stands(question, answer):
            open_.append(Asked(question, plainer=True))
    return tuple(open_)


def level_of(question: Question, answer: Answer) -> Level:
    """Return what one answer means.

    Not sure in the plainer words counts as yes. A question skipped stays unanswered: never a no, so a clinician.
    Source: CLINICAL 1.2 (docs/care.md says how the two sentences there fit together).
    """
    if answer.said == "no":
        return "ok"
    if answer.said == "yes" or (answer.said == "not_sure" and answer.plainer):
        return question.if_yes
    return "clinician"


def urgency(question: Question, yes: Iterable[str]) -> Urgent:
    """Return how soon somebody should look at it, given all questions answered *yes*."""
    if question.urgent_with and not frozenset(yes).intersection(question.urgent_with):
        return ""
    return question.urgent


def _skip_stands(question: Question, answer: Answer) -> bool:
    return question.may_skip and answer.said == "skipped"
