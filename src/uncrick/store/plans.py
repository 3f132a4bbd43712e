"""Plans as they were added, whose keys are known, where each prescription stands, and what was decided and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Index, Table, delete, select

from uncrick.plan.progress import Change, Decision, Standing
from uncrick.plan.record import Amount, Author
from uncrick.store.columns import METADATA, choice, day, key, link, moment, tree, truth, words
from uncrick.store.rows import put, put_all_of, row_of

AmountTree = tuple[str, int, int, float, float]
"""An `Amount` as JSON holds it."""


@dataclass(frozen=True, slots=True)
class StandingTree:
    """A `Standing` as JSON holds it."""

    amount: AmountTree
    below: tuple[AmountTree, ...]
    n_clean: int
    n_low_stops: int
    raised_on: date | None
    paused_until: date | None
    resting_until: date | None


PLANS = Table(
    "plans",
    METADATA,
    key(),
    link("person", "people.id"),
    words("plan_id"),
    words("text"),
    words("sha256"),
    words("title"),
    words("written_by"),
    choice("author", Author),
    words("signer_key"),
    truth("trusted"),
    moment("added_at"),
    moment("ended_at", empty=True),
    Index(None, "person", "added_at"),
)

KNOWN_KEYS = Table(
    "known_keys",
    METADATA,
    link("person", "people.id", in_key=True),
    key("public_key"),
    words("name"),
    moment("added_at"),
)

STANDINGS = Table(
    "standings",
    METADATA,
    link("person", "people.id"),
    link("plan", "plans.id", in_key=True),
    key("prescription"),
    tree("state", StandingTree),
    Index(None, "person"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    link("plan", "plans.id", in_key=True),
    day("on_day", in_key=True),
    key("prescription"),
    choice("change", Change),
    tree("before", AmountTree),
    tree("after", AmountTree),
    words("rule"),
    tree("inputs", tuple[tuple[str, float | str], ...]),
    Index(None, "plan", "rule", "on_day"),
)


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as it was added. text : the file, which is the truth; the rest is what a list of plans shows.

    plan_id : the plan's own id, which several versions of it share. signer_key : public key of who signed it, empty for
    nobody. trusted : that key was one the person knew. ended_at : None while it is the plan, or one of them.
    """

    id: str
    person: str
    plan_id: str
    text: str
    sha256: str
    title: str
    written_by: str
    author: Author
    signer_key: str
    trusted: bool
    added_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownKey:
    """The public key of a therapist, as the person got it from them. name : whose they say it is."""

    person: str
    public_key: str
    name: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """What was decided on one day about one prescription."""

    on_day: date
    decision: Decision


def save_plan(c: Connection, plan: KeptPlan) -> None:
    """Keep a plan, or that it has ended."""
    put(c, PLANS, [row_of(PLANS, plan)])


def load_plan(c: Connection, id_: str) -> KeptPlan | None:
    """Return one plan by the id it is kept under, None when there is none."""
    row = c.execute(select(PLANS).where(PLANS.c.id == id_)).one_or_none()
    return KeptPlan(**row._asdict()) if row is not None else None


def load_plans(c: Connection, person: str, *, running: bool = False) -> tuple[KeptPlan, ...]:
    """Return somebody's plans, the newest first; or only those that have not ended."""
    found = select(PLANS).where(PLANS.c.person == person).order_by(PLANS.c.added_at.desc(), PLANS.c.id.desc())
    if running:
        found = found.where(PLANS.c.ended_at.is_(None))
    return tuple(KeptPlan(**row._asdict()) for row in c.execute(found))


def save_known_key(c: Connection, known: KnownKey) -> None:
    """Keep a key, or its new name."""
    put(c, KNOWN_KEYS, [row_of(KNOWN_KEYS, known)])


def load_known_keys(c: Connection, person: str) -> tuple[KnownKey, ...]:
    """Return the keys that somebody knows, the oldest first."""
    keys = KNOWN_KEYS.c
    found = select(KNOWN_KEYS).where(keys.person == person).order_by(keys.added_at, keys.public_key)
    return tuple(KnownKey(**row._asdict()) for row in c.execute(found))


def delete_known_key(c: Connection, person: str, public_key: str) -> None:
    """Know a key no longer."""
    c.execute(delete(KNOWN_KEYS).where(KNOWN_KEYS.c.person == person, KNOWN_KEYS.c.public_key == public_key))


def save_standings(c: Connection, person: str, plan: str, standings: Mapping[str, Standing]) -> None:
    """Keep where every prescription of a plan stands; *standings* is all of them. plan : the id it is kept under."""
    rows = [
        {"person": person, "plan": plan, "prescription": id_, "state": _standing_tree(standing)}
        for id_, standing in standings.items()
    ]
    put_all_of(c, STANDINGS, {"plan": plan}, rows)


def load_standings(c: Connection, plan: str) -> dict[str, Standing]:
    """Return where every prescription of a plan stands, empty before the first evening."""
    found = c.execute(select(STANDINGS.c.prescription, STANDINGS.c.state).where(STANDINGS.c.plan == plan))
    return {id_: _standing(state) for id_, state in found}


def save_decisions(c: Connection, plan: str, on_day: date, decisions: Iterable[Decision]) -> None:
    """Keep what was decided on a day; *decisions* is all of it, and takes the place of what was decided before."""
    rows = [
        d._asdict() | {"plan": plan, "on_day": on_day, "inputs": [list(pair) for pair in d.inputs]} for d in decisions
    ]
    put_all_of(c, DECISIONS, {"plan": plan, "on_day": on_day}, rows)


def load_decisions(
    c: Connection, plan: str, since: date | None = None, *, changes_only: bool = False
) -> tuple[KeptDecision, ...]:
    """Return what was decided about a plan, the oldest day first. changes_only : without what stayed the same."""
    found = select(DECISIONS).where(DECISIONS.c.plan == plan)
    if since is not None:
        found = found.where(DECISIONS.c.on_day >= since)
    if changes_only:
        found = found.where(DECISIONS.c.change != "same")
    ordered = found.order_by(DECISIONS.c.on_day, DECISIONS.c.prescription)
    return tuple(_decision(row) for row in c.execute(ordered).all())


def _decision(row: Sequence[Any]) -> KeptDecision:
    _, on_day, prescription, change, before, after, rule, inputs = row
    kept = tuple((name, value) for name, value in inputs)
    return KeptDecision(on_day, Decision(prescription, change, Amount(*before), Amount(*after), rule, kept))


def _standing_tree(standing: Standing) -> dict[str, Any]:
    days = ("raised_on", "paused_until", "resting_until")
    return standing._asdict() | {name: _written(getattr(standing, name)) for name in days}


def _standing(state: Mapping[str, Any]) -> Standing:
    return Standing(
        amount=Amount(*state["amount"]),
        below=tuple(Amount(*amount) for amount in state["below"]),
        n_clean=state["n_clean"],
        n_low_stops=state["n_low_stops"],
        raised_on=_day(state["raised_on"]),
        paused_until=_day(state["paused_until"]),
        resting_until=_day(state["resting_until"]),
    )


def _written(on: date | None) -> str | None:
    return on.isoformat() if on is not None else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written is not None else None
