"""The desk in the records, and what the records know that the desk is compared with."""

import contextlib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean

from uncrick.app.desk_control import ask
from uncrick.app.desk_offer import desk_person, desk_records
from uncrick.app.records import Database, open_records
from uncrick.desk.day import Fact, Rated, parts_of
from uncrick.errors import ProblemsError
from uncrick.files.desk_journal import days_kept, facts_of, journal_files
from uncrick.files.journal_file import state_folder
from uncrick.store.desk import save_breaks, save_changes, save_owed, save_spells
from uncrick.store.urges import load_urges

AGAIN_DAYS = 7
"""At a start the days of a week are kept again, for a companion that died between finding and keeping. Our default."""


def keep_days(folder: Path | None = None, records: Database | None = None) -> str:
    """Keep what the journal found in the last days, each fact once however often this is done.

    Returns why it could not be kept, empty where it was or where there are no records of anybody.
    """
    home = folder or state_folder()
    place = desk_records(home)
    if records is None and isinstance(place, Path) and not place.exists():
        return ""
    first = date.today() - timedelta(days=AGAIN_DAYS)
    facts = [fact for on in days_kept(home) if on >= first for fact in facts_of(home, on)]
    try:
        db = records or open_records(place)
        try:
            person = desk_person(db, home)
            if person:
                _keep(db, person, facts)
        finally:
            if records is None:
                db.close()
    except ProblemsError as error:
        return "; ".join(str(problem) for problem in error.problems)
    return ""


def forget_days(folder: Path | None = None) -> tuple[Path, ...]:
    """Delete the desk's journal, and end a companion that would write it anew; return the files that are gone."""
    home = folder or state_folder()
    with contextlib.suppress(ProblemsError):  # none runs
        ask({"do": "stop"}, home, 2.0)
    gone = tuple(journal_files(home))
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _keep(db: Database, person: str, facts: Iterable[Fact]) -> None:
    parts = parts_of(facts)
    with db.writing() as c:
        save_spells(c, person, parts.spells)
        save_owed(c, person, parts.owed)
        save_breaks(c, person, parts.breaks)
        save_changes(c, person, parts.changes)


def rated_days(db: Database | None, person: str) -> tuple[Rated, ...]:
    """Return what somebody noted of their urges to pop and of their stiffness, a mean a day."""
    if db is None or not person:
        return ()
    by_day: dict[date, list[tuple[int, int]]] = {}
    with db.reading() as c:
        for kept in load_urges(c, person):
            by_day.setdefault(kept.urge.at.date(), []).append((kept.urge.urge, kept.urge.stiffness))
    return tuple(Rated(on, fmean(u for u, _ in both), fmean(s for _, s in both)) for on, both in by_day.items())
