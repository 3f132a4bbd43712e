"""The people of this computer: who they are, what they set for themselves, and a PIN if they want one."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.store.database import Database, database_place, open_database
from uncrick.store.ids import new_id
from uncrick.store.people import (
    Person,
    Settings,
    delete_person,
    load_people,
    load_person,
    save_person,
    save_pin_failure,
)
from uncrick.store.pin import hash_pin, pin_fits

__all__ = ["Person", "Settings"]

MOST_NAME: Final = 80
"""Characters of a name. Our default."""

FREE_TRIES: Final = 5
FIRST_WAIT_S: Final = 30.0
MOST_WAIT_S: Final = 900.0
"""After five wrong PINs in a row the next try waits, twice as long each time, at most a quarter of an hour. Ours."""

PIN_LENGTHS: Final = (4, 64)
"""Least and most characters of a PIN. Our default."""


@dataclass(frozen=True, slots=True)
class PinCheck:
    """What came of trying a PIN. wait_s : how long until the next try counts, 0 for at once."""

    fits: bool
    wait_s: float = 0.0


def people(db: Database) -> tuple[Person, ...]:
    """Return everybody with records here, the first one first."""
    with db.reading() as c:
        return load_people(c)


def person(db: Database, id_: str) -> Person | None:
    """Return one person, None where there is none of that id."""
    with db.reading() as c:
        return load_person(c, id_)


def person_named(db: Database, name: str = "") -> Person:
    """Return the person called *name* (or of that id); without a name the only one, made new where there is nobody.

    Raises ProblemsError where the name is not known, or where there are several and none was named.
    """
    everybody = people(db)
    if not name:
        if len(everybody) > 1:
            names = ", ".join(p.name for p in everybody)
            raise ProblemsError([Problem("--person", "there are several people here", f"name one of: {names}")])
        return everybody[0] if everybody else new_person(db, "me")
    found = [p for p in everybody if name in (p.id, p.name)]
    if not found:
        says = f"nobody is called '{name}' here{nearest(name, [p.name for p in everybody])}"
        raise ProblemsError([Problem("--person", says, "uncrick people --new NAME")])
    if len(found) > 1:
        says = f"{len(found)} people are called '{name}'"
        raise ProblemsError([Problem("--person", says, "name one by the id that 'uncrick people' shows")])
    return found[0]


def number_here(where: str | None = None) -> str:
    """Return the emergency number that holds here without anybody being named: the only person's, else empty.

    Nothing is made or changed for it, and where the records cannot be opened there is none.
    """
    place = database_place(where)
    if not isinstance(place, Path) or not place.is_file():
        return ""
    try:
        db = open_database(place)
    except ProblemsError:
        return ""
    try:
        everybody = people(db)
    finally:
        db.close()
    return everybody[0].settings.emergency_number if len(everybody) == 1 else ""


def new_person(db: Database, name: str, settings: Settings | None = None) -> Person:
    """Keep a new person. Raises ProblemsError for a name that is empty, too long, or taken."""
    made = Person(new_id(), _name(name), datetime.now(UTC), settings or Settings())
    with db.writing() as c:
        if any(p.name == made.name for p in load_people(c)):
            raise ProblemsError([Problem("name", f"somebody is called '{made.name}' already", "choose another name")])
        save_person(c, made)
    return made


def change_settings(db: Database, id_: str, settings: Settings) -> Person:
    """Keep what a person has set. Raises ProblemsError for a time of rising that is none, or a pace out of reach."""
    problems = []
    if settings.rises_at and not _is_time(settings.rises_at):
        problems.append(Problem("rises_at", f"found '{settings.rises_at}', wanted a time like 06:30"))
    if not 0.5 <= settings.pace <= 10:
        problems.append(Problem("pace", f"found {settings.pace:g}, wanted 0.5 to 10"))
    if problems:
        raise ProblemsError(problems)
    return _changed(db, id_, settings=settings)


def rename_person(db: Database, id_: str, name: str) -> Person:
    """Keep a person's new name."""
    return _changed(db, id_, name=_name(name))


def set_pin(db: Database, id_: str, pin: str) -> Person:
    """Keep a PIN, or none any more where *pin* is empty. Raises ProblemsError for one that is too short or too long."""
    least, most = PIN_LENGTHS
    if pin and not least <= len(pin) <= most:
        raise ProblemsError([Problem("PIN", f"has {len(pin)} characters, wanted {least} to {most}")])
    return _changed(db, id_, pin_hash=hash_pin(pin) if pin else "", pin_failures=0, pin_failed_at=None)


def check_pin(db: Database, id_: str, pin: str, now: datetime) -> PinCheck:
    """Try a PIN; nobody without one needs any. While a wait lasts not even the right one is looked at."""
    who = person(db, id_)
    if who is None:
        return PinCheck(fits=False)
    if not who.pin_hash:
        return PinCheck(fits=True)
    wait_s = _wait_s(who, now)
    if wait_s > 0:
        return PinCheck(fits=False, wait_s=wait_s)
    fits = pin_fits(pin, who.pin_hash)
    with db.writing() as c:
        if not fits or who.pin_failures:
            save_pin_failure(c, id_, None if fits else now)
        after = load_person(c, id_)
    return PinCheck(fits, 0.0 if fits or after is None else _wait_s(after, now))


def erase_person(db: Database, id_: str) -> None:
    """Delete a person and every row of theirs; `app.taking_out` makes sure that nothing is left on the disk."""
    with db.writing() as c:
        delete_person(c, id_)


def _wait_s(who: Person, now: datetime) -> float:
    """Return how long until the next try counts; a clock that was set back does not lengthen it beyond its own."""
    if who.pin_failures < FREE_TRIES or who.pin_failed_at is None:
        return 0.0
    whole_s = min(FIRST_WAIT_S * 2.0 ** (who.pin_failures - FREE_TRIES), MOST_WAIT_S)
    left = who.pin_failed_at + timedelta(seconds=whole_s) - now
    return min(max(left.total_seconds(), 0.0), whole_s)


def _changed(db: Database, id_: str, **changes: object) -> Person:
    with db.writing() as c:
        who = load_person(c, id_)
        if who is None:
            raise ProblemsError([Problem("person", "is not here any more", "uncrick people")])
        who = replace(who, **changes)  # type: ignore[arg-type]
        save_person(c, who)
    return who


def _name(name: str) -> str:
    kept = " ".join(name.split())
    if not kept or len(kept) > MOST_NAME or not kept.isprintable():
        raise ProblemsError([Problem("name", f"has {len(kept)} characters", f"wanted 1 to {MOST_NAME}")])
    return kept


def _is_time(written: str) -> bool:
    try:
        datetime.strptime(written, "%H:%M")
    except ValueError:
        return False
    return True
