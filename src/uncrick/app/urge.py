"""The urge to pop: a minute from tonight's sheet instead, what it was like before and after, and whether it fades."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from uncrick.app.evening import Asking, evening_of
from uncrick.care.urge import WEEKS, Swap, Trend, Urge, choose_swap, trend
from uncrick.errors import Problem, ProblemsError
from uncrick.files.library import read_library
from uncrick.plan.swap import offers_of
from uncrick.store.database import Database
from uncrick.store.ids import new_id
from uncrick.store.urges import KeptUrge, load_urges, save_urge

__all__ = ["KeptUrge", "Swap", "Trend"]


@dataclass(frozen=True, slots=True)
class Minute:
    """What to do instead for a minute. swap : empty where nothing of the sheet fits; then breathe and walk.

    half : those of it that are done half as far, under caution. level, message : what is shown besides; at an
    emergency there is only that. waits : the safety questions are due first.
    """

    swap: Swap
    half: frozenset[str]
    level: str
    message: str
    waits: bool


def minute_for(db: Database, person: str, now: datetime) -> Minute:
    """Return the minute that tonight's sheet leaves open now. now : with the person's zone."""
    found = evening_of(db, person, now, Asking("swap"))
    level = found.sheet.assessment.level
    offers = offers_of(found.sheet.tonight, read_library().exercises)
    half = frozenset(item.amount.exercise for item in found.sheet.tonight.items if item.depth < 1.0)
    swap = choose_swap(offers) if level != "emergency" else Swap((), 0.0)
    return Minute(swap, half, level, found.message, bool(found.sheet.questions))


def log_urge(db: Database, person: str, urge: Urge, swap: Swap) -> KeptUrge:
    """Keep an urge, 0-10, with what was offered. Raises ProblemsError for a rating that is none."""
    _check((("urge", urge.urge), ("stiffness", urge.stiffness), ("after", urge.after)))
    kept = KeptUrge(new_id(), urge, swap)
    with db.writing() as c:
        save_urge(c, person, kept)
    return kept


def log_after(db: Database, person: str, kept: KeptUrge, after: int) -> KeptUrge:
    """Keep how strong the urge is after the minute. Raises ProblemsError for a rating that is none."""
    _check((("after", after),))
    kept = replace(kept, urge=replace(kept.urge, after=after))
    with db.writing() as c:
        save_urge(c, person, kept)
    return kept


def kept_urge(db: Database, person: str, id_: str) -> KeptUrge | None:
    """Return one urge of a person's, None where there is none of that id."""
    return next((one for one in urges(db, person) if one.id == id_), None)


def urges(db: Database, person: str, since: datetime | None = None) -> tuple[KeptUrge, ...]:
    """Return somebody's urges, the oldest first."""
    with db.reading() as c:
        return load_urges(c, person, since)


def trend_of(db: Database, person: str, now: datetime) -> Trend:
    """Return the urges of the last weeks, and which way they go. How often a joint pops is not in it."""
    since = now - timedelta(days=7 * WEEKS + 1)
    return trend((one.urge for one in urges(db, person, since)), now.date())


def _check(rated: tuple[tuple[str, int | None], ...]) -> None:
    wrong = [(name, level) for name, level in rated if level is not None and not 0 <= level <= 10]
    if wrong:
        raise ProblemsError([Problem(name, f"found {level}, wanted 0 to 10") for name, level in wrong])
