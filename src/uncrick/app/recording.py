"""From a session to the records: kept at each set's end and at its end; what a crash left, at the next start."""

import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from uncrick.app.answering import answer_now
from uncrick.app.live import Live, replayed
from uncrick.app.session import Book
from uncrick.care.pain import SETTLED, PainRecord
from uncrick.coach.record import SessionRecord
from uncrick.errors import Problem, ProblemsError
from uncrick.files.journal_file import find_journals, journal_age_s, read_journal
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.past import night_of
from uncrick.store.answers import save_answers
from uncrick.store.database import Database
from uncrick.store.ids import new_id
from uncrick.store.pain import save_pain
from uncrick.store.people import load_person
from uncrick.store.plans import load_plan
from uncrick.store.sessions import load_session, save_session

FORGET_S: Final = 12 * 3600.0
"""A session that was left for longer is not offered again. Source: ours; a session lasts minutes."""

STOP_ANSWERS: Final = {"stop_chest": "chest_pain"}
"""What somebody said by a stop that is an emergency, as the question that asks for it: it lasts until it is cleared."""

LOG = logging.getLogger("uncrick.recording")


def keep_session(db: Database, record: SessionRecord, rule: str = "") -> bool:
    """Keep a session with its ratings of pain, in one go; as often as wanted, it is there once.

    rule : by which its pain was decided. What was answered to the questions after pain is an answer like any other.
    Returns False, and keeps nothing, for somebody who has no records here (any more).
    """
    with db.writing() as c:
        if load_person(c, record.person) is None:
            return False
        _keep(c, record, rule)
    return True


def _keep(c: Connection, record: SessionRecord, rule: str) -> None:
    if record.plan and load_plan(c, record.plan) is None:
        record = replace(record, plan="")
    before = load_session(c, record.id)
    if before is not None and before.state == "finished" and record.state != "finished":
        return  # another program has finished it meanwhile
    save_session(c, record)
    for pain in pains_of(record, rule):
        save_pain(c, record.person, pain)
    asked = read_rulebook().questions
    said = [
        answer_now(STOP_ANSWERS.get(kind, kind), "yes", _at(record, hurt.at_s), plainer=True)
        for hurt in record.hurts
        for kind in hurt.kinds
        if STOP_ANSWERS.get(kind, kind) in asked
    ]
    save_answers(c, record.person, said)


def pains_of(record: SessionRecord, rule: str = "") -> tuple[PainRecord, ...]:
    """Return the ratings of pain of a session, each with an id that is always the same."""
    id_, on = record.id, record.on_day
    found = []
    if record.pain_before is not None:
        found.append(PainRecord(f"{id_}.before", _at(record, 0.0), on, "before", record.pain_before, id_))
    for hurt in record.hurts:
        at = _at(record, hurt.at_s)
        kept = PainRecord(f"{id_}.during.{hurt.n}", at, on, "during", hurt.level, id_)
        found.append(replace(kept, place=hurt.place, kinds=hurt.kinds, action=hurt.action, rule=rule))
    if record.pain_after is not None:
        lasted_s = (record.ended_at - record.started_at).total_seconds() if record.ended_at else 0.0
        found.append(PainRecord(f"{id_}.after", _at(record, lasted_s), on, "after", record.pain_after, id_))
    return tuple(found)


def rate_after(db: Database, person: str, session: str, level: int) -> None:
    """Keep how much it hurt after a session, where that was not said on its own page."""
    _check_level(level)
    with db.writing() as c:
        record = load_session(c, session)
        if record is None or record.person != person:
            raise ProblemsError([Problem("session", "is not here", "uncrick plan history")])
        _keep(c, replace(record, pain_after=level), "")


def rate_morning(db: Database, person: str, level: int, now: datetime, settled: bool | None = None) -> PainRecord:
    """Keep how this morning is, 0-10: the morning after the evening before. now : with the person's zone.

    settled : whether pain that their rule gives hours to settle has done so, None for not asked or not said.
    """
    _check_level(level)
    kinds = () if settled is None else (SETTLED[settled],)
    record = PainRecord(new_id(), now, night_of(now), "next_morning", level, kinds=kinds)
    with db.writing() as c:
        save_pain(c, person, record)
    return record


class Recorder:
    """Keeps sessions from a thread of its own, one after the other, because a disk takes milliseconds."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._worker = ThreadPoolExecutor(1, "records")
        self.problem = ""

    def keep(self, live: Live, done: Callable[[bool], None] | None = None) -> Future[bool] | None:
        """Keep a session as it is now; *done* is called there with whether it is kept."""
        record = live.record("left" if done is not None else "running")
        if record is None or not record.person:
            return None
        try:
            return self._worker.submit(self._keep, record, live.whose.rule, done)
        except RuntimeError:
            return None  # the program is ending; the journal has it, and the next start keeps it

    def _keep(self, record: SessionRecord, rule: str, done: Callable[[bool], None] | None) -> bool:
        try:
            kept = keep_session(self.db, record, rule)
            self.problem = ""
        except ProblemsError as error:
            kept, self.problem = False, str(error)
            LOG.warning("a session could not be kept; it is kept from its journal at the next start")
        if done is not None:
            done(kept)
        return kept

    def close(self) -> None:
        """Wait until everything is kept."""
        self._worker.shutdown(wait=True)


def keep_left(db: Database, book: Book, folder: Path) -> int:
    """Keep what journals in *folder* hold of sessions that no program finished; return how many.

    What can still be gone on with stays where it is, and is kept as running. A journal that is over, or too old to go
    on with, goes once it is kept. One of nobody's, or that another version wrote, is left alone.
    """
    n_kept = 0
    for path in find_journals(folder):
        with contextlib.suppress(ValueError, OSError):
            n_kept += _keep_one(db, book, path)
    return n_kept


def _keep_one(db: Database, book: Book, path: Path) -> bool:
    head = next((r for r in read_journal(path) if "wishes" in r), {})
    if not head.get("person"):
        return False
    live = replayed(book, path)
    is_old = live is not None and (live.is_over or journal_age_s(path) >= FORGET_S)
    record = live.record("left" if is_old else "running") if live is not None else None
    if record is None or not keep_session(db, record):
        return False
    if is_old:
        path.unlink(missing_ok=True)
    return True


def forget_journals(folder: Path, person: str) -> int:
    """Delete the journals of somebody whose records are erased; return how many there were."""
    n_gone = 0
    for path in [*(folder / "running").glob("*.jsonl"), *(folder / "sessions").glob("*.jsonl")]:
        if any(r.get("person") == person for r in read_journal(path)[:1]):
            path.unlink(missing_ok=True)
            n_gone += 1
    return n_gone


def _at(record: SessionRecord, at_s: float) -> datetime:
    """Return a moment of a session by the clock that the person had."""
    zone = timezone(timedelta(minutes=record.utc_offset_min))
    return (record.started_at + timedelta(seconds=at_s)).astimezone(zone)


def _check_level(level: int) -> None:
    if not 0 <= level <= 10:
        raise ProblemsError([Problem("pain", f"found {level}, wanted 0 to 10")])
