"""Plans, people and evenings for the tests of this floor."""

from datetime import UTC, date, datetime

from uncrick.care.assessment import Clearance, Declared, assess
from uncrick.care.contraindication import judge_all
from uncrick.care.screening import Answer, questions_of
from uncrick.files.library import read_library
from uncrick.files.programme_file import programme_exercises
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.ladder import ladder_of, own_amount
from uncrick.plan.record import WEEKDAYS, Limits, Plan, Prescription
from uncrick.plan.scene import Body, Known, Now, Scene

BOOK, EXERCISES, PROGRAMMES = read_rulebook(), read_library().exercises, programme_exercises()
LADDER = ladder_of(EXERCISES)
KNOWN = Known(EXERCISES, LADDER, BOOK.gentler, BOOK.times, BOOK.pain_rules)
ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 18, tzinfo=UTC)


def prescribed(exercise: str, **changed: object) -> Prescription:
    """A prescription of an exercise's own dose, on every day."""
    amount = own_amount(EXERCISES[exercise])
    parts = {"id": exercise, "amount": amount, "sides": "own", "days": WEEKDAYS, "at": ("any",), "limits": Limits()}
    return Prescription(**(parts | changed))


def plan_of(*exercises: str | Prescription) -> Plan:
    """A plan of exercises, in force from the first of the month."""
    prescriptions = tuple(prescribed(e) if isinstance(e, str) else e for e in exercises)
    return Plan(
        "a_plan", "A plan", "Kim", "person", ON, "Kim", date(2026, 11, 1), None, (), "", "seed_strict", (), (),
        prescriptions,
    )  # fmt: skip


def body(conditions: tuple[str, ...] = (), said: dict[str, str] | None = None, complete: bool = True) -> Body:
    """Somebody who has *conditions*, cleared where they need it, and answered no to all but *said*."""
    words = (dict.fromkeys(BOOK.questions, "no") if complete else {}) | (said or {})
    answers = [Answer(q, s, AT, BOOK.wording, plainer=True) for q, s in words.items()]
    causes = (*(c for c in conditions if BOOK.conditions[c].level == "clinician"), "cautions")
    cleared = tuple(Clearance(c, "Ann Lee, PT", ON, "seen") for c in causes)
    declared = Declared(conditions, clearances=cleared)
    found = assess(BOOK, questions_of(BOOK.questions, "full", conditions), answers, declared, PROGRAMMES)
    return Body(found, judge_all((BOOK.conditions[c] for c in conditions), EXERCISES), conditions)


def scene(plan: Plan, who: Body | None = None, now: Now | None = None) -> Scene:
    """An evening."""
    return Scene(KNOWN, plan, who or body(), now or Now(ON))
