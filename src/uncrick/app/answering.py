"""What a person answers of themselves: safety questions, conditions, pain at rest, and what a clinician cleared."""

from collections.abc import Iterable
from datetime import date, datetime

from uncrick.app.screening import check_conditions
from uncrick.care.assessment import Clearance
from uncrick.care.pain import Moment, PainRecord
from uncrick.care.screening import Answer, Said
from uncrick.errors import Problem, ProblemsError
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.past import night_of
from uncrick.store.answers import (
    KeptClearance,
    KeptCondition,
    has_raised,
    load_answers,
    load_clearances,
    load_conditions,
    save_answers,
    save_clearance,
    save_condition,
)
from uncrick.store.database import Database
from uncrick.store.ids import new_id
from uncrick.store.pain import save_pain

__all__ = ["Answer", "Clearance", "KeptClearance", "KeptCondition", "Said"]


def put_answer(db: Database, person: str, answer: Answer) -> None:
    """Keep one answer. Raises ProblemsError for a question that there is not."""
    if answer.question not in read_rulebook().questions:
        raise ProblemsError([Problem("answer", f"there is no question '{answer.question}'")])
    with db.writing() as c:
        save_answers(c, person, [answer])


def answer_now(question: str, said: Said, at: datetime, *, plainer: bool = False) -> Answer:
    """Return an answer with the wording of today's questions. at : with the person's zone."""
    return Answer(question, said, at, read_rulebook().wording, plainer)


def answers(db: Database, person: str, since: datetime | None = None) -> tuple[Answer, ...]:
    """Return what somebody answered, in order."""
    with db.reading() as c:
        return load_answers(c, person, since)


def may_be_emergency(db: Database, person: str) -> bool:
    """Whether somebody ever answered a question of emergencies with anything but no: without that, none can stand.

    It is one look into the database, for every page; whether one stands now, the evening decides.
    """
    urgent = [q.id for q in read_rulebook().questions.values() if q.if_yes == "emergency"]
    with db.reading() as c:
        return has_raised(c, person, urgent)


def conditions(db: Database, person: str) -> tuple[KeptCondition, ...]:
    """Return the conditions that somebody has now, known ones and those in their own words."""
    with db.reading() as c:
        return tuple(one for one in load_conditions(c, person) if one.ended is None)


def put_conditions(db: Database, person: str, ids: Iterable[str], other: Iterable[str], on: date) -> None:
    """Keep which conditions somebody has now: *ids*, and *other* in their own words; those no longer named end.

    Raises ProblemsError with every id that there is not, and keeps nothing.
    """
    wanted = dict.fromkeys(ids)
    check_conditions(wanted)
    words = dict.fromkeys(" ".join(one.split()) for one in other if one.strip())
    with db.writing() as c:
        has = [one for one in load_conditions(c, person) if one.ended is None]
        for one in has:
            if (one.condition and one.condition not in wanted) or (not one.condition and one.words not in words):
                save_condition(c, person, KeptCondition(one.id, one.condition, one.words, one.since, on))
        known, said = {one.condition for one in has}, {one.words for one in has if not one.condition}
        for id_ in wanted:
            if id_ not in known:
                save_condition(c, person, KeptCondition(new_id(), id_, "", on))
        for one_said in words:
            if one_said not in said:
                save_condition(c, person, KeptCondition(new_id(), "", one_said, on))


def put_clearance(db: Database, person: str, clearance: Clearance, now: datetime) -> None:
    """Keep that a clinician cleared something. Raises ProblemsError without name or reason, or for a day to come."""
    problems = []
    if not clearance.by.strip():
        problems.append(Problem("by", "names nobody", "who looked at it?"))
    if not clearance.reason.strip():
        problems.append(Problem("reason", "is empty", "what did they say?"))
    if clearance.on > now.date():
        problems.append(Problem("on", f"found {clearance.on}, which is still to come"))
    if problems:
        raise ProblemsError(problems)
    with db.writing() as c:
        save_clearance(c, person, KeptClearance(new_id(), clearance, now))


def clearances(db: Database, person: str) -> tuple[KeptClearance, ...]:
    """Return what was cleared for somebody."""
    with db.reading() as c:
        return load_clearances(c, person)


def put_pain(db: Database, person: str, moment: Moment, level: int | None, at: datetime) -> PainRecord:
    """Keep a rating of pain. at : with the person's zone. Raises ProblemsError for one that is not 0 to 10."""
    if level is not None and not 0 <= level <= 10:
        raise ProblemsError([Problem("pain", f"found {level}, wanted 0 to 10")])
    record = PainRecord(new_id(), at, night_of(at), moment, level)
    with db.writing() as c:
        save_pain(c, person, record)
    return record
