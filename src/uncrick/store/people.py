"""People of this computer, their settings, and the PIN that keeps a profile to its owner if they want one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select, update

from uncrick.store.columns import METADATA, key, moment, tree, whole, words
from uncrick.store.rows import put, row_of


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has set for themselves.

    emergency_number : in every emergency message; empty for the words "your local emergency number".
    rises_at : hour and minute of rising on most days (``06:30``), empty for not told. props : at hand, None for not
    told. pace : how slowly the coach goes, 1 for its own.
    choices : what else the faces keep for them, by its own name.
    """

    emergency_number: str = ""
    rises_at: str = ""
    props: tuple[str, ...] | None = None
    language: str = "en"
    pace: float = 1.0
    choices: Mapping[str, str] = field(default_factory=dict)


PEOPLE = Table(
    "people",
    METADATA,
    key(),
    words("name"),
    moment("made_at"),
    tree("settings", Settings),
    words("pin_hash"),
    whole("pin_failures"),
    moment("pin_failed_at", empty=True),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One person. pin_hash : empty for no PIN. pin_failures, pin_failed_at : wrong PINs in a row, and the last one."""

    id: str
    name: str
    made_at: datetime
    settings: Settings = field(default_factory=Settings)
    pin_hash: str = ""
    pin_failures: int = 0
    pin_failed_at: datetime | None = None


def save_person(c: Connection, person: Person) -> None:
    """Keep a person, or what has changed about them."""
    put(c, PEOPLE, [row_of(PEOPLE, person) | {"settings": asdict(person.settings)}])


def load_person(c: Connection, id_: str) -> Person | None:
    """Return one person, None when there is none of that id."""
    row = c.execute(select(PEOPLE).where(PEOPLE.c.id == id_)).one_or_none()
    return _person(row) if row is not None else None


def load_people(c: Connection) -> tuple[Person, ...]:
    """Return everybody, the first one first."""
    return tuple(_person(row) for row in c.execute(select(PEOPLE).order_by(PEOPLE.c.made_at, PEOPLE.c.id)))


def save_pin_failure(c: Connection, id_: str, at: datetime | None) -> None:
    """Count one more wrong PIN at *at*, in one statement, so that two tries at once count twice. None: forget them."""
    failures = PEOPLE.c.pin_failures + 1 if at is not None else 0
    c.execute(update(PEOPLE).where(PEOPLE.c.id == id_).values(pin_failures=failures, pin_failed_at=at))


def delete_person(c: Connection, id_: str) -> None:
    """Delete a person and every row of theirs; what is left of them on the disk is `store.erase`'s care."""
    c.execute(delete(PEOPLE).where(PEOPLE.c.id == id_))


def _person(row: Row[Any]) -> Person:
    values = dict(row._asdict())
    return Person(**values | {"settings": _settings(values["settings"])})


def _settings(kept: Mapping[str, Any]) -> Settings:
    """Return settings as they were kept; what this version does not know is left out."""
    known = {name: kept[name] for name in Settings.__dataclass_fields__ if name in kept}
    props = known.get("props")
    return Settings(**known | {"props": tuple(props) if props is not None else None})
