"""A person's plans: added as files or made from answers, which one holds, and what was decided about it."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Connection

from uncrick.app.planning import ReadPlan, check_text, chosen_programme, excluded_by, in_force
from uncrick.errors import Problem, ProblemsError
from uncrick.files.library import read_library
from uncrick.files.plan_file import plan_text
from uncrick.files.programme_file import read_programmes
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.draft import Signatory, draft
from uncrick.plan.past import night_of
from uncrick.plan.programme import Wish
from uncrick.plan.record import Plan
from uncrick.store.answers import load_conditions
from uncrick.store.database import Database
from uncrick.store.ids import new_id
from uncrick.store.plans import (
    KeptDecision,
    KeptPlan,
    KnownKey,
    delete_known_key,
    load_decisions,
    load_known_keys,
    load_plan,
    load_plans,
    save_known_key,
    save_plan,
)

__all__ = ["KeptDecision", "KeptPlan", "KnownKey", "Wish"]

WITHOUT_PLAN: Final = "article_four"
"""The programme that stands in where somebody has no plan yet; nothing of it gets harder."""


class Holds(NamedTuple):
    """The plan that holds, None for none. refused : the one that should, where this version cannot read it."""

    plan: KeptPlan | None
    refused: KeptPlan | None = None


def add_plan(db: Database, person: str, text: str, key: str = "", name: str = "plan") -> KeptPlan:
    """Keep a plan, which then holds in the place of the one before.

    key : the therapist's public key, which the person knows from now on; without it a signature is checked against the
    keys they know. Raises ProblemsError with every problem at once, and keeps nothing.
    """
    read = check_text(text, name, key)
    now = datetime.now(UTC)
    with db.writing() as c:
        if key and read.seal is not None:
            save_known_key(c, KnownKey(person, key, read.seal.by, now))
        keys = {known.public_key for known in load_known_keys(c, person)}
        signer = read.seal.key if read.seal is not None else ""
        kept = KeptPlan(
            id=new_id(), person=person, plan_id=read.plan.id, text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(), title=read.plan.title, written_by=read.plan.written_by,
            author=read.plan.author, signer_key=signer, trusted=signer in keys, added_at=now,
        )  # fmt: skip
        for before in load_plans(c, person, running=True):
            save_plan(c, replace(before, ended_at=now))
        save_plan(c, kept)
    return kept


def end_plan(db: Database, person: str) -> KeptPlan | None:
    """End the plan that holds, and return it; None where there is none."""
    with db.writing() as c:
        running = load_plans(c, person, running=True)
        for one in running:
            save_plan(c, replace(one, ended_at=datetime.now(UTC)))
    return running[0] if running else None


def current_plan(db: Database, person: str) -> KeptPlan | None:
    """Return the plan that holds, None where there is none."""
    with db.reading() as c:
        return plan_that_holds(c, person).plan


def refused_plan(db: Database, person: str) -> str:
    """Say that the plan that should hold cannot be read, and what to do; empty where none is refused."""
    with db.reading() as c:
        return refused_words(plan_that_holds(c, person))


def plan_that_holds(c: Connection, person: str) -> Holds:
    """Return the plan that holds, and the one that should where a later version than the one that kept it refuses it.

    Then the plan that it took the place of holds again, or the one before that. One that was ended does not come back.
    """
    running = load_plans(c, person, running=True)
    if not running or not problems_of(running[0]):
        return Holds(running[0] if running else None)
    refused = after = running[0]
    for one in load_plans(c, person):
        if one.ended_at == after.added_at:
            after = one
            if not problems_of(one):
                return Holds(one, refused)
    return Holds(None, refused)


def problems_of(kept: KeptPlan) -> tuple[Problem, ...]:
    """Return why this version cannot read a kept plan, nothing where it can."""
    read = _read(kept.text)
    return () if isinstance(read, ReadPlan) else read


def refused_words(holds: Holds) -> str:
    """Say in a sentence or two what is refused, why, what holds meanwhile, and what to do; empty for nothing."""
    refused = holds.refused
    if refused is None:
        return ""
    first, *others = problems_of(refused)
    more = f", and {len(others)} more" if others else ""
    plan = holds.plan
    until = f"the plan before it, “{plan.title}”, holds" if plan else "the four stretches of the article stand in"
    whom = "Ask for a new one from " + refused.written_by if refused.author == "therapist" else "Make a new one"
    return (
        f"This version of Uncrick cannot read your plan “{refused.title}” ({first.where}: {first.says}{more}). "
        f"Until there is another, {until}. {whom}, or load it again once it is mended."
    )


def plans(db: Database, person: str) -> tuple[KeptPlan, ...]:
    """Return every plan a person ever had, the newest first."""
    with db.reading() as c:
        return load_plans(c, person)


def kept_plan(db: Database, person: str, id_: str) -> KeptPlan | None:
    """Return one plan of a person's by the id it is kept under."""
    with db.reading() as c:
        found = load_plan(c, id_)
    return found if found is not None and found.person == person else None


def decisions(db: Database, plan: str, since: date | None = None) -> tuple[KeptDecision, ...]:
    """Return what was decided about a plan, the oldest day first. plan : the id it is kept under."""
    with db.reading() as c:
        return load_decisions(c, plan, since)


def known_keys(db: Database, person: str) -> tuple[KnownKey, ...]:
    """Return the therapists' keys that a person knows."""
    with db.reading() as c:
        return load_known_keys(c, person)


def forget_key(db: Database, person: str, key: str) -> None:
    """Know a key no longer; plans that were signed with it are no therapist's any more."""
    with db.writing() as c:
        delete_known_key(c, person, key)
        for one in load_plans(c, person):
            if one.signer_key == key and one.trusted:
                save_plan(c, replace(one, trusted=False))


def made_plan(db: Database, person: str, name: str, wish: Wish, props: tuple[str, ...] | None = None) -> KeptPlan:
    """Make a plan from what somebody without a therapist wishes, without what their conditions leave out, and keep it.

    name : theirs. props : at hand, None for any. Raises ProblemsError where nothing would be left.
    """
    with db.reading() as c:
        conditions = load_conditions(c, person)
    ids = tuple(one.condition for one in conditions if one.condition and one.ended is None)
    known = tuple(id_ for id_ in ids if id_ in read_rulebook().conditions)
    excluded = excluded_by(known, props)
    programme = chosen_programme(wish, excluded)
    who = Signatory(name, "person", name, night_of(datetime.now(UTC).astimezone()))
    made = draft(programme, read_library().exercises, who, read_rulebook().default_pain_rule, excluded)
    if not made.prescriptions:
        raise ProblemsError([Problem("plan", "nothing is left of any programme", "talk to a physical therapist")])
    return add_plan(db, person, plan_text(made))


def plan_in_force(kept: KeptPlan | None, name: str, on: date) -> Plan:
    """Return what counts of a kept plan; without one, the programme that stands in for it, from the day *on*.

    Raises ProblemsError for one that this version cannot read (`plan_that_holds` gives none such).
    """
    if kept is not None:
        return _in_force(kept.text, kept.trusted)
    who = Signatory(name, "person", name, on)
    rule = read_rulebook().default_pain_rule
    return draft(read_programmes()[WITHOUT_PLAN], read_library().exercises, who, rule, frozenset())


@lru_cache(maxsize=64)
def _in_force(text: str, trusted: bool) -> Plan:
    read = _read(text)
    if not isinstance(read, ReadPlan):
        raise ProblemsError(list(read))
    return in_force(replace(read, trusted=trusted))


@lru_cache(maxsize=64)
def _read(text: str) -> ReadPlan | tuple[Problem, ...]:
    """Return the plan in a text, or every problem of it."""
    try:
        return check_text(text)
    except ProblemsError as error:
        return tuple(error.problems)
