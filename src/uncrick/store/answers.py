"""What people answered to the safety questions, what conditions they have told of, and what a clinician cleared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import Connection, Index, Table, select

from uncrick.care.assessment import Clearance
from uncrick.care.screening import Answer, Said
from uncrick.store.columns import METADATA, choice, day, key, link, moment, offset, truth, words
from uncrick.store.ids import new_id
from uncrick.store.moments import kept_at, told
from uncrick.store.rows import put, row_of

ANSWERS = Table(
    "answers",
    METADATA,
    key(),
    link("person", "people.id"),
    words("question"),
    choice("said", Said),
    moment("at"),
    offset(),
    words("wording"),
    truth("plainer"),
    words("by"),
    Index(None, "person", "at"),
    Index(None, "person", "said", "at", "question"),
)

CONDITIONS = Table(
    "conditions",
    METADATA,
    key(),
    link("person", "people.id"),
    words("condition"),
    words("words"),
    day("since"),
    day("ended", empty=True),
    Index(None, "person"),
)

CLEARANCES = Table(
    "clearances",
    METADATA,
    key(),
    link("person", "people.id"),
    words("cause"),
    words("by"),
    day("on_day"),
    words("reason"),
    moment("added_at"),
    Index(None, "person"),
)


@dataclass(frozen=True, slots=True)
class KeptCondition:
    """A condition that somebody told of. condition : its id; empty where they said it in their own *words*.

    since : the day it was told. ended : the first day on which it counts no longer, None while it does.
    """

    id: str
    condition: str
    words: str
    since: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class KeptClearance:
    """What a clinician cleared, and when that was written down here."""

    id: str
    clearance: Clearance
    added_at: datetime


def save_answers(c: Connection, person: str, answers: Iterable[Answer]) -> None:
    """Keep answers. Each is kept once: one to the same question at the same moment is the same answer."""
    given = list(answers)
    first = min((answer.at for answer in given), default=None)
    here = ANSWERS.c
    known = select(here.question, here.at, here.plainer).where(here.person == person)
    before = set() if first is None else {tuple(row) for row in c.execute(known.where(here.at >= first))}
    put(
        c,
        ANSWERS,
        [
            row_of(ANSWERS, a) | {"id": new_id(), "person": person} | kept_at(a.at)
            for a in given
            if (a.question, a.at, a.plainer) not in before
        ],
    )


def load_answers(c: Connection, person: str, since: datetime | None = None) -> tuple[Answer, ...]:
    """Return somebody's answers in the order in which they were given."""
    found = select(ANSWERS).where(ANSWERS.c.person == person)
    if since is not None:
        found = found.where(ANSWERS.c.at >= since)
    return tuple(_answer(row) for row in c.execute(found.order_by(ANSWERS.c.at, ANSWERS.c.id)).all())


def load_raised_answers(c: Connection, person: str, before: datetime) -> tuple[Answer, ...]:
    """Return the answers *before* a moment to questions that were then ever answered with anything but a plain no."""
    here = ANSWERS.c
    older = (here.person == person, here.at < before)
    other = [said for said in get_args(Said) if said != "no"]
    raised = c.execute(select(here.question).where(*older, here.said.in_(other)).distinct()).scalars().all()
    if not raised:
        return ()
    found = select(ANSWERS).where(*older, here.question.in_(raised)).order_by(here.at, here.id)
    return tuple(_answer(row) for row in c.execute(found).all())


def has_raised(c: Connection, person: str, questions: Iterable[str]) -> bool:
    """Whether somebody ever answered one of *questions* with anything but a plain no."""
    here = ANSWERS.c
    other = [said for said in get_args(Said) if said != "no"]
    found = select(here.id).where(here.person == person, here.said.in_(other), here.question.in_(list(questions)))
    return c.execute(found.limit(1)).first() is not None


def has_answers(c: Connection, person: str, before: datetime) -> bool:
    """Whether somebody answered anything *before* a moment."""
    found = select(ANSWERS.c.id).where(ANSWERS.c.person == person, ANSWERS.c.at < before).limit(1)
    return c.execute(found).first() is not None


def _answer(row: Sequence[Any]) -> Answer:
    _, _, question, said, at, utc_offset_min, wording, plainer, by = row
    return Answer(question, said, told(at, utc_offset_min), wording, plainer, by)


def save_condition(c: Connection, person: str, condition: KeptCondition) -> None:
    """Keep a condition, or that it has ended."""
    put(c, CONDITIONS, [row_of(CONDITIONS, condition) | {"person": person}])


def load_conditions(c: Connection, person: str) -> tuple[KeptCondition, ...]:
    """Return every condition that somebody has ever told of, the first told first."""
    found = select(CONDITIONS).where(CONDITIONS.c.person == person).order_by(CONDITIONS.c.since, CONDITIONS.c.id)
    rows = (row._asdict() for row in c.execute(found))
    return tuple(KeptCondition(r["id"], r["condition"], r["words"], r["since"], r["ended"]) for r in rows)


def save_clearance(c: Connection, person: str, kept: KeptClearance) -> None:
    """Keep what a clinician cleared."""
    told = kept.clearance
    row = {"id": kept.id, "person": person, "cause": told.cause, "by": told.by, "on_day": told.on}
    put(c, CLEARANCES, [row | {"reason": told.reason, "added_at": kept.added_at}])


def load_clearances(c: Connection, person: str) -> tuple[KeptClearance, ...]:
    """Return what was cleared for somebody, the first first."""
    found = select(CLEARANCES).where(CLEARANCES.c.person == person).order_by(CLEARANCES.c.added_at, CLEARANCES.c.id)
    rows = (row._asdict() for row in c.execute(found))
    return tuple(
        KeptClearance(r["id"], Clearance(r["cause"], r["by"], r["on_day"], r["reason"]), r["added_at"]) for r in rows
    )
