"""What is offered at the desk right now: from the person's plan by tonight's rules, or a walk with its reason."""

import contextlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from uncrick.app.desk_control import ask
from uncrick.app.evening import Asking, evening_of
from uncrick.app.people import Person, people
from uncrick.app.records import Database, database_place, open_records
from uncrick.desk.day import Fact
from uncrick.desk.found import BreakDone
from uncrick.desk.offer import Break, Why, walk
from uncrick.errors import ProblemsError
from uncrick.files.desk_journal import facts_of
from uncrick.files.desk_settings import read_desk_settings
from uncrick.files.journal_file import state_folder
from uncrick.files.library import read_library
from uncrick.plan.at_desk import break_of


def offer_now(folder: Path | None = None, records: Database | None = None, person: str = "") -> Break | None:
    """Return the break that is open now; None at an emergency answer, when nothing is offered.

    records : where they are open already. person : by id, else whom the desk's settings name, else the first.
    """
    home, now = folder or state_folder(), datetime.now().astimezone()
    facts = facts_of(home, now.date())
    place = desk_records(home)
    if records is None and isinstance(place, Path) and not place.exists():
        return walk("answers_missing")
    try:
        with _opened(records, place) as db:
            who = _who(db, home, person)
            if who is None:
                return walk("answers_missing")
            evening = evening_of(db, who.id, now, Asking("break", sat_h=_sat_h(home)))
    except ProblemsError:
        return walk("no_records")
    sheet = evening.sheet
    why: Why = "from_plan" if evening.plan is not None else "no_plan"
    found = break_of(sheet.scene, sheet.tonight, _recent(facts), why)
    if found is not None and found.parts and _hurt(facts):
        return walk("pain")
    return found


def exercise_names() -> Mapping[str, str]:
    """Return what people call the exercises."""
    return {id_: words.name for id_, words in read_library().words.exercises.items()}


def desk_records(home: Path) -> str | Path:
    """Return where the records are: in a folder that was named itself, as the pages have it, else the usual place."""
    return database_place() if home == state_folder() else database_place(home / "uncrick.db")


def desk_person(records: Database | None, folder: Path | None = None) -> str:
    """Return whose breaks these are, by the id in the records; empty where there is nobody or nothing is kept."""
    if records is None:
        return ""
    try:
        who = _who(records, folder or state_folder(), "")
    except ProblemsError:
        return ""
    return who.id if who else ""


@contextlib.contextmanager
def _opened(records: Database | None, place: str | Path) -> Iterator[Database]:
    """Give the open records, or open them for this once."""
    if records is not None:
        yield records
        return
    db = open_records(place)
    try:
        yield db
    finally:
        db.close()


def _who(db: Database, home: Path, person: str) -> Person | None:
    everybody = people(db)
    wanted = person or read_desk_settings(home).person
    return next((p for p in everybody if wanted in (p.id, p.name)), everybody[0] if everybody else None)


def _recent(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    """Return what today's breaks consisted of, the oldest first."""
    return tuple(name for fact in facts if isinstance(fact.found, BreakDone) for name in fact.found.what)


def _hurt(facts: tuple[Fact, ...]) -> bool:
    """Whether a break hurt today: then nothing but walking is offered until tomorrow. Our default."""
    return any(isinstance(f.found, BreakDone) and f.found.ending == "pain" for f in facts)


def _sat_h(home: Path) -> float | None:
    """Return how long the person has just sat, h; None where no companion knows."""
    try:
        spell_min = ask({"do": "status"}, home, 1.0).get("spell_min")
    except ProblemsError:
        return None
    return None if spell_min is None else float(spell_min) / 60
