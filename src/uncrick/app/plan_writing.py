"""Writing a plan on a page: what may be picked, what was typed as a file's text, what is wrong with it, signing it."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from uncrick.app.planning import ReadPlan, check_text, known, new_plan
from uncrick.app.printing import plan_sheet
from uncrick.app.session import Book
from uncrick.app.shelf import Card, card
from uncrick.errors import Problem, ProblemsError
from uncrick.files.library import read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.plan_file import Shelf, check_plan, plan_text
from uncrick.files.plan_seal import close_for, sign_text, signing_key
from uncrick.files.plan_sketch import sketch_text
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.draft import Signatory
from uncrick.plan.record import WEEKDAYS, Plan
from uncrick.plan.sketch import MOST_ROWS, Row, Sketch, added, sketch_of
from uncrick.report.plan_sheet import PlanSheet

NAME: Final = "plan"
"""How problems call a plan that is no file yet."""

PLACE: Final = re.compile(r":(\d+)(?:  (.+))?$")


class Range(NamedTuple):
    """Between what a number of a dose may move, and by how much a step moves it."""

    least: float
    most: float
    step: float


@dataclass(frozen=True, slots=True)
class Choice:
    """An exercise that may be picked: its card, how much of it is its own dose, and the ranges of its numbers.

    minutes : of one that is counted by time, None for the others; then reps and hold_s do not matter.
    """

    card: Card
    own: Row
    sets: Range
    reps: Range
    hold_s: Range
    minutes: Range | None
    both_sides: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A problem of what was typed. line : in the text. path : the key it is about, as the checker names it."""

    line: int
    path: str
    says: str
    hint: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed as a file's text; the plan and its sheet where there is no problem."""

    text: str
    plan: Plan | None
    sheet: PlanSheet | None
    problems: tuple[Told, ...]


def choices(book: Book) -> dict[str, Choice]:
    """Return every exercise that may be picked, in the alphabet of their names."""
    found = {id_: _choice(book, id_) for id_ in book.library.exercises}
    return dict(sorted(found.items(), key=lambda item: item[1].card.name))


def _choice(book: Book, id_: str) -> Choice:
    exercise = book.library.exercises[id_]
    dose = exercise.dose
    days = WEEKDAYS[: dose.days_per_week]
    own = Row("", id_, sets=str(dose.sets), reps=str(dose.reps), hold_s=f"{dose.hold_s:g}", days=days)
    minutes = None
    if dose.duration_s:
        own = replace(own, duration_s=f"{dose.duration_s:g}")
        minutes = Range(dose.duration_range_s[0] / 60, dose.duration_range_s[1] / 60, 1)
    return Choice(
        card=card(book, exercise),
        own=own,
        sets=Range(*dose.sets_range, 1),
        reps=Range(*dose.reps_range, 1),
        hold_s=Range(*dose.hold_range_s, 1 if dose.hold_range_s[1] <= 10 else 5),
        minutes=minutes,
        both_sides=dose.both_sides,
    )


def write(sketch: Sketch, on: date) -> Written:
    """Return what was typed as the text of a plan file, with every problem that the file's own checker has with it.

    A plan without an id gets one from the person's name and the day.
    """
    named = sketch if sketch.id.strip() else replace(sketch, id=plan_id(sketch.for_person, on))
    text = sketch_text(named)
    try:
        plan, problems = check_plan(read_marked(text, NAME), Shelf(read_library().exercises, read_rulebook()))
    except ProblemsError as error:
        plan, problems = None, error.problems
    if plan is None or problems:
        return Written(text, None, None, tuple(map(_told, problems)))
    return Written(plan_text(plan), plan, plan_sheet(plan, "Not signed."), ())


def plan_id(for_person: str, on: date) -> str:
    """Return a plan's id: the person's name in plain letters, and the day."""
    plain = unicodedata.normalize("NFKD", for_person).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or "plan"
    return f"{word}_{on.isoformat()}"


def from_programme(sketch: Sketch, programme: str, on: date) -> Sketch:
    """Return *sketch* with the exercises of a programme after its own. Raises ProblemsError for an unknown one."""
    text = new_plan(programme, Signatory("me", "person", "me", on), frozenset())
    start = sketch_of(check_text(text, NAME).plan)
    for row in start.rows[: MOST_ROWS - len(sketch.rows)]:
        sketch = added(sketch, replace(row, id=""))
    return replace(sketch, title=sketch.title or start.title, notes=sketch.notes or start.notes)


def from_plan(read: ReadPlan, on: date) -> Sketch:
    """Return a plan taken up again as a new one of today: the same text in its fields, a new id, from today on."""
    today = on.isoformat()
    return replace(sketch_of(read.plan), id="", written_on=today, from_on=today, until="")


def _told(problem: Problem) -> Told:
    found = PLACE.search(problem.where)
    return Told(int(found[1]) if found else 0, (found[2] or "") if found else "", problem.says, problem.hint)


class SigningKey(NamedTuple):
    """A key file's content as it was chosen on the page, and what unlocks it; kept nowhere."""

    pem: bytes
    passphrase: str
    name: str


def plan_bytes(written: Written, key: SigningKey | None, recipient: str, on: date) -> bytes:
    """Return the plan file: signed by its author where there is a *key*, closed for *recipient* where one is given.

    Raises ProblemsError where the plan has problems, or the key or the recipient is none.
    """
    if written.plan is None:
        raise ProblemsError([Problem(f"{NAME}:{t.line}  {t.path}".rstrip(), t.says, t.hint) for t in written.problems])
    text = written.text
    if key is not None:
        text = sign_text(text, signing_key(key.pem, key.passphrase, key.name), written.plan.written_by, on)
    return close_for(text, recipient) if recipient.strip() else text.encode()


def pain_rules() -> Iterable[tuple[str, str, bool]]:
    """Yield every pain rule: its id, what holds while moving, and whether only a therapist may choose it."""
    for rule in known().pain_rules.values():
        yield rule.id, dict(rule.says)["during"], rule.enabled_by == "therapist"
