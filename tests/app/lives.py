"""Somebody with records, for the tests of this floor: answered, with a plan, and with sessions behind them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.plan.nights import MONDAY, at, done_set, morning, session
from uncrick.app.answering import answer_now, put_answer
from uncrick.app.people import Person, Settings, change_settings, new_person
from uncrick.app.plans import KeptPlan, add_plan
from uncrick.app.records import Database
from uncrick.care.pain import PainRecord
from uncrick.coach.record import SessionRecord
from uncrick.files.library import read_library
from uncrick.files.plan_file import plan_text
from uncrick.files.plan_seal import new_signing_key, read_signing_key, sign_text
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.ladder import own_amount
from uncrick.plan.record import WEEKDAYS, Limits, Plan, Prescription
from uncrick.store.answers import save_answers
from uncrick.store.pain import save_pain
from uncrick.store.plans import load_plan, save_plan
from uncrick.store.sessions import save_session

BOOK = read_rulebook()
DAYS = [MONDAY + timedelta(days=n) for n in range(40)]
TWO = ("butterfly_stretch", "chair_spinal_twist")


def evening_at(day: int, hour: int = 18, minute: int = 0) -> datetime:
    """Return an evening, counted from a Monday, UTC."""
    return at(DAYS[0], hour, minute) + timedelta(days=day)


def plan_text_of(*exercises: str, **changed: object) -> str:
    """Return the text of a plan of exercises at their own dose, every day."""
    ids = exercises or TWO
    prescriptions = tuple(
        Prescription(id_, own_amount(read_library().exercises[id_]), "own", WEEKDAYS, ("any",), Limits()) for id_ in ids
    )
    plain = {
        "id": "two", "title": "Two stretches", "written_by": "Kim", "author": "person", "written_on": MONDAY,
        "for_person": "Kim", "from_on": MONDAY, "until": None, "goals": (), "notes": "",
        "pain_rule": BOOK.default_pain_rule, "relaxations": (), "clearances": (), "prescriptions": prescriptions,
    }  # fmt: skip
    return plan_text(Plan(**(plain | changed)))


def somebody(db: Database, *exercises: str, number: str = "", name: str = "Kim") -> tuple[Person, KeptPlan]:
    """Return a new person with a plan."""
    who = new_person(db, name)
    if number:
        who = change_settings(db, who.id, Settings(emergency_number=number))
    return who, add_plan(db, who.id, plan_text_of(*exercises))


def under_traffic_light(db: Database, person: str, folder: Path) -> KeptPlan:
    """Keep a plan that a therapist signed, with the rule that lets some pain settle; its key is known."""
    public = new_signing_key(folder / "ann.key", "")
    text = plan_text_of(written_by="Ann Lee, PT", author="therapist", pain_rule="therapist_traffic_light")
    signed = sign_text(text, read_signing_key(folder / "ann.key", ""), "Ann Lee, PT", MONDAY)
    return add_plan(db, person, signed, public)


def spoilt(db: Database, kept: KeptPlan) -> None:
    """Let a kept plan name an exercise that this version does not have, as a plan of another version could."""
    with db.writing() as c:
        kept = load_plan(c, kept.id) or kept
        save_plan(c, replace(kept, text=kept.text.replace("exercise: ", "exercise: old_")))


def all_no(db: Database, person: str, when: datetime, *, short: bool = False) -> None:
    """Answer every question with no."""
    questions = [q.id for q in BOOK.questions.values() if not short or q.short_set]
    with db.writing() as c:
        save_answers(c, person, [answer_now(q, "no", when) for q in questions])


def say(db: Database, person: str, question: str, said: str, when: datetime) -> None:
    """Answer one question, in its plainer words."""
    put_answer(db, person, answer_now(question, said, when, plainer=True))


def evening(kept: KeptPlan, day: int, stopped: tuple[str, ...] = (), **changed: object) -> SessionRecord:
    """Return a whole session of the two stretches on a day; *stopped* are those that a stop ended."""
    sets = [done_set(n, id_) for n, id_ in enumerate(TWO)]
    plain = {"id": f"{kept.id}-{day}", "person": kept.person, "plan": kept.id}
    return session(DAYS[day], *sets, stopped=stopped, **(plain | changed))


def keep(db: Database, *records: SessionRecord | PainRecord, person: str = "") -> None:
    """Keep sessions and ratings."""
    with db.writing() as c:
        for record in records:
            if isinstance(record, PainRecord):
                save_pain(c, person, record)
            else:
                save_session(c, record)


def good_morning(day: int, level: int = 3) -> PainRecord:
    """Return the rating of the morning of a day."""
    return morning(DAYS[day], level)


__all__ = ["UTC", "evening_at", "good_morning", "keep", "somebody"]
