"""Answers and conditions put together: how urgent it is, because of what, and which exercises stay open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from uncrick.care.level import LEVELS, Level, worst_level
from uncrick.care.rulebook import Rulebook
from uncrick.care.screening import Answer, Asked, Question, Urgent, latest, level_of, still_to_ask, urgency

CAUTIONS = "cautions"
"""The cause of several conditions of level caution together."""

UNKNOWN = "unknown_condition"
"""The cause of a condition that the person wrote and no rule knows."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clinician or therapist who knows the person has looked at *cause* and says they may exercise.

    It needs a name and a reason, and covers what was answered up to *on*.
    """

    cause: str
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What a person has told of themselves. conditions : ids. other : conditions in their own words."""

    conditions: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    clearances: tuple[Clearance, ...] = ()


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that raised the level: a question's or condition's id, how urgent, and where that comes from."""

    id: str
    level: Level
    urgent: Urgent
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the answers come to.

    causes : the most urgent first. open_questions : what must still be asked; until then nothing is begun.
    may_do : the only exercises that stay open, None for no limit by level.
    """

    level: Level
    causes: tuple[Cause, ...]
    open_questions: tuple[Asked, ...]
    may_do: frozenset[str] | None

    @property
    def may_begin(self) -> bool:
        """Whether any exercise may be begun at all."""
        return not self.open_questions and self.level != "emergency" and self.may_do != frozenset()

    def allows(self, exercise: str) -> bool:
        """Whether the level leaves *exercise* open; what conditions leave out is another matter."""
        return self.may_begin and (self.may_do is None or exercise in self.may_do)


def assess(
    book: Rulebook,
    questions: Iterable[Question],
    answers: Iterable[Answer],
    declared: Declared,
    programmes: Mapping[str, frozenset[str]],
) -> Assessment:
    """Return what *answers* to *questions* and the *declared* conditions mean.

    questions : the set that was due. Answers to other questions count as well: a yes stands until it is answered anew.
    programmes : the exercises of each programme that an answer may leave open.
    """
    last = latest(answers)
    cleared = {c.cause: c for c in declared.clearances if c.by.strip() and c.reason.strip()}
    raised = [
        book.questions[id_]
        for id_, answer in last.items()
        if id_ in book.questions and _counts(book.questions[id_], answer, cleared)
    ]
    ids = [q.id for q in raised]
    causes = [
        *(Cause(q.id, level_of(q, last[q.id]), urgency(q, ids), q.source) for q in raised),
        *_condition_causes(book, declared, cleared),
    ]
    level = worst_level(cause.level for cause in causes)
    ordered = tuple(sorted(causes, key=lambda c: -LEVELS.index(c.level)))
    may_do = _left_open(book, ordered, programmes) if level in ("clinician", "emergency") else None
    return Assessment(level, ordered, still_to_ask(questions, last.values()), may_do)


def lasting(book: Rulebook, answers: Iterable[Answer], clearances: Iterable[Clearance]) -> tuple[Answer, ...]:
    """Return the answers that count: after one that named an emergency, no later answer to that question does.

    Only a clearance that covers its day lets it be answered anew. Source: CLINICAL 1.2.
    """
    cleared_on = {c.cause: c.on for c in clearances if c.by.strip() and c.reason.strip()}
    named: dict[str, Answer] = {}
    kept = []
    for answer in sorted(answers, key=lambda a: a.at):
        question, before = book.questions.get(answer.question), named.get(answer.question)
        if before is not None and cleared_on.get(answer.question, date.min) < before.at.date():
            continue
        kept.append(answer)
        if question is not None and level_of(question, answer) == "emergency":
            named[answer.question] = answer
    return tuple(kept)


def _counts(question: Question, answer: Answer, cleared: Mapping[str, Clearance]) -> bool:
    """Whether the answer raises the level and nobody has cleared it since."""
    if level_of(question, answer) == "ok":
        return False
    clearance = cleared.get(question.id)
    return clearance is None or clearance.on < answer.at.date()


def _condition_causes(book: Rulebook, declared: Declared, cleared: Mapping[str, Clearance]) -> list[Cause]:
    known = [book.conditions[c] for c in dict.fromkeys(declared.conditions) if c in book.conditions]
    unknown = [c for c in declared.conditions if c not in book.conditions] + [t for t in declared.other if t.strip()]
    causes = [
        Cause(c.id, c.level, "", c.source)
        for c in known
        if c.level != "ok" and (c.level == "caution" or c.id not in cleared)
    ]
    n_cautions = sum(c.level == "caution" for c in known)
    if n_cautions >= book.asking.cautions_for_clinician and CAUTIONS not in cleared:
        causes.append(Cause(CAUTIONS, "clinician", "", book.asking.source))
    if unknown and UNKNOWN not in cleared:
        causes.append(Cause(UNKNOWN, "clinician", "", book.asking.source))
    return causes


def _left_open(book: Rulebook, causes: Iterable[Cause], programmes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return what every urgent cause leaves open; a cause that names nothing leaves nothing."""
    urgent = [c for c in causes if c.level in ("clinician", "emergency")]
    left: frozenset[str] | None = None
    for cause in urgent:
        question = book.questions.get(cause.id)
        opened: frozenset[str] = frozenset()
        if question is not None and cause.level == "clinician" and not (question.only_alone and len(urgent) > 1):
            opened = frozenset(question.may_do) | programmes.get(question.may_follow, frozenset())
        left = opened if left is None else left & opened
    return left if left is not None else frozenset()
