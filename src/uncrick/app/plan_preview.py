"""What a plan would come to for somebody with certain conditions: what stays, gets gentler, is left out, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from uncrick.app.planning import known, reason_text
from uncrick.app.screening import source_words
from uncrick.care.assessment import Declared, assess
from uncrick.care.contraindication import BodyCondition, judge_all
from uncrick.files.library import read_library
from uncrick.files.programme_file import programme_exercises
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.progress import begin
from uncrick.plan.record import WEEKDAYS, Plan
from uncrick.plan.scene import Body, Now, Reason, Scene
from uncrick.plan.tonight import tonight
from uncrick.report.plan_sheet import how_much

Becomes = Literal["stays", "gentler", "left_out"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one exercise. how_much : what is asked of this person. instead : what comes in its place.

    rules : ids of the rules that decide, each of which a therapist may relax; source : sentences with their certainty.
    """

    exercise: str
    name: str
    becomes: Becomes
    how_much: str
    why: str
    rules: tuple[str, ...]
    source: tuple[str, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole plan for somebody with *conditions*. message : what is said to them first, empty where nothing is."""

    conditions: tuple[str, ...]
    message: str
    effects: tuple[Effect, ...]


def conditions_to_ask() -> Mapping[str, BodyCondition]:
    """Return every condition there is, by id."""
    return read_rulebook().conditions


def rules_to_relax() -> tuple[str, ...]:
    """Return the ids of all rules that a therapist may relax."""
    return tuple(rule.id for c in read_rulebook().conditions.values() for rule in c.rules)


def causes_to_clear() -> tuple[tuple[str, str], ...]:
    """Return every question and condition that a therapist or clinician may have looked at, with its words."""
    book = read_rulebook()
    return (*((q.id, q.text) for q in book.questions.values()), *((c.id, c.label) for c in book.conditions.values()))


def preview(plan: Plan, conditions: tuple[str, ...], on: date) -> Preview:
    """Return what *plan* comes to, by the rules of an evening, on a day on which all of it is asked.

    What it relaxes and clears counts as if signed: this is for the one who writes it.
    """
    book, library = read_rulebook(), read_library()
    ids = tuple(c for c in conditions if c in book.conditions)
    every = replace(
        plan,
        from_on=on,
        until=None,
        prescriptions=tuple(replace(p, days=WEEKDAYS) for p in plan.prescriptions),
    )
    assessment = assess(book, (), (), Declared(ids, clearances=plan.clearances), programme_exercises())
    verdicts = judge_all((book.conditions[c] for c in ids), library.exercises, plan.relaxations)
    sheet = tonight(Scene(known(), every, Body(assessment, verdicts, ids), Now(on)), begin(every))
    instead = {i.prescription: i for i in sheet.items if i.instead_of}
    asked = {i.prescription: i for i in sheet.items if not i.instead_of}
    left = {one.prescription: one for one in sheet.left_out}
    effects = []
    for p in plan.prescriptions:
        item, name = asked.get(p.id), library.words.exercises[p.amount.exercise].name
        if item is not None:
            much = how_much(item.amount, library.exercises[p.amount.exercise], p.sides)
            effects.append(_effect(p.amount.exercise, name, much, item.reasons[0] if item.reasons else None))
        else:
            other = instead.get(p.id)
            becomes = _effect(p.amount.exercise, name, "", left[p.id].reason)
            place = library.words.exercises[other.amount.exercise].name if other else ""
            effects.append(replace(becomes, becomes="left_out", instead=place))
    message = book.says[assessment.level] if assessment.level in ("clinician", "emergency") else ""
    return Preview(ids, message, tuple(effects))


def _effect(exercise: str, name: str, much: str, reason: Reason | None) -> Effect:
    if reason is None:
        return Effect(exercise, name, "stays", much, "", (), (), "")
    rules = tuple(dict(reason.inputs).get("rules", "").split(", ")) if "rules" in dict(reason.inputs) else ()
    return Effect(exercise, name, "gentler", much, reason_text(reason)[0], rules, source_words(reason.source), "")
