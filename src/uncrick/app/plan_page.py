"""A person's plan as a page shows it: what it asks, who signed it, what changed and why, and every plan before it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from uncrick.app.planning import ReadPlan, check_text, read_text
from uncrick.app.plans import KeptPlan, KnownKey, add_plan, known_keys, plan_in_force, problems_of
from uncrick.app.plans import plans as plans_of
from uncrick.app.printing import plan_sheet, signed_words
from uncrick.app.reporting import story_words
from uncrick.errors import Problem, ProblemsError
from uncrick.files.plan_seal import PUBLIC_KEY, Seal, public_key_of
from uncrick.report.history import ChangeFact
from uncrick.report.history_story import Section, changes_of
from uncrick.report.plan_sheet import PlanSheet, day_words, how_much
from uncrick.store.database import Database
from uncrick.store.plans import load_decisions, load_standings, save_known_key, save_plan


@dataclass(frozen=True, slots=True)
class PlanListed:
    """One plan in the list of all. held : from when to when. problems : why this version cannot read it."""

    id: str
    title: str
    written_by: str
    held: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan with everything about it. sheet : what counts of it, in words.

    signer, fingerprint : who signed it and with which key, empty where nobody did. known : the person has that key.
    now : by exercise, what is asked now where that is no longer what the plan began with.
    dropped : what only a therapist may decide stands in it, and does not count.
    """

    kept: KeptPlan
    sheet: PlanSheet
    signed: str
    signer: str
    fingerprint: str
    known: bool
    dropped: bool
    now: tuple[tuple[str, str], ...]
    changes: Section


def plan_view(db: Database, kept: KeptPlan, name: str, on: date) -> PlanView:
    """Return what is to be shown of a kept plan. name : of the person whose it is."""
    read = check_text(kept.text)
    in_force = plan_in_force(kept, name, on)
    with db.reading() as c:
        standings = load_standings(c, kept.id)
        decisions = load_decisions(c, kept.id, changes_only=True)
    known = story_words()
    changes = tuple(
        ChangeFact(d.on_day, d.decision.after.exercise, d.decision.change, d.decision.before, d.decision.after,
                   d.decision.rule, d.decision.inputs)
        for d in reversed(decisions)
    )  # fmt: skip
    now = []
    for p in in_force.prescriptions:
        amount = standings[p.id].amount if p.id in standings else p.amount
        if amount != p.amount:
            words = how_much(amount, known.exercises[amount.exercise], p.sides)
            other = f"{known.name(amount.exercise)}, " if amount.exercise != p.amount.exercise else ""
            now.append((known.name(p.amount.exercise), f"{other}{words}"))
    seal = read.seal
    return PlanView(
        kept=kept,
        sheet=plan_sheet(in_force, signed_words(ReadPlan(read.plan, read.text, seal, kept.trusted))),
        signed=signed_words(ReadPlan(read.plan, read.text, seal, kept.trusted)),
        signer=seal.by if seal else "",
        fingerprint=seal.fingerprint if seal else "",
        known=kept.trusted,
        dropped=in_force != read.plan,
        now=tuple(now),
        changes=changes_of(changes, known),
    )


def plans_listed(db: Database, person: str) -> tuple[PlanListed, ...]:
    """Return every plan a person ever had, the newest first."""
    return tuple(_listed(kept) for kept in plans_of(db, person))


def _listed(kept: KeptPlan) -> PlanListed:
    began = day_words(kept.added_at.astimezone().date())
    held = f"since {began}"
    if kept.ended_at is not None:
        held = f"{began} to {day_words(kept.ended_at.astimezone().date())}"
    return PlanListed(kept.id, kept.title, kept.written_by, held, problems_of(kept))


@dataclass(frozen=True, slots=True)
class Loading:
    """A plan that somebody brings: its file's content, and what it is to be checked and opened with.

    key : the therapist's public key as typed or as its file's content, empty for none. identity : a key file's content.
    """

    data: bytes
    name: str
    key: str = ""
    identity: bytes = b""


def load_plan_for(db: Database, person: str, loading: Loading) -> KeptPlan:
    """Keep a plan that somebody brings. Raises ProblemsError with every problem at once, and keeps nothing."""
    problems: list[Problem] = []
    key = ""
    try:
        key = public_key_of(loading.key.encode(), "the public key") if loading.key.strip() else ""
    except ProblemsError as error:
        problems += error.problems
    try:
        text = read_text(loading.data, loading.name, loading.identity)
        check_text(text, loading.name, key)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return add_plan(db, person, text, key, loading.name)


def know_key(db: Database, kept: KeptPlan) -> None:
    """Know the key that a plan was signed with, after the person has compared it with their therapist's.

    From now on it counts as theirs, here and in every plan that it signs. Raises ProblemsError where nobody signed it.
    """
    seal = check_text(kept.text).seal
    if seal is None or not PUBLIC_KEY.fullmatch(kept.signer_key):
        raise ProblemsError([Problem("the plan", "is signed by nobody", "ask for a signed one")])
    with db.writing() as c:
        save_known_key(c, KnownKey(kept.person, kept.signer_key, seal.by, datetime.now(UTC)))
    for one in plans_of(db, kept.person):
        if one.signer_key == kept.signer_key and not one.trusted:
            with db.writing() as c:
                save_plan(c, replace(one, trusted=True))


def keys_listed(db: Database, person: str) -> tuple[tuple[str, str, str], ...]:
    """Return the therapists' keys that a person knows: the key, whose they say it is, and its fingerprint."""
    return tuple(
        (known.public_key, known.name, Seal(known.name, known.added_at.date(), known.public_key).fingerprint)
        for known in known_keys(db, person)
    )
