"""Which movements a condition leaves out: computed from what the movement asks of a body, never typed per exercise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from uncrick.care.level import Level
from uncrick.exercise.definition import Exercise

Ruling = Literal["allow", "caution", "exclude"]

RULINGS: Final[tuple[Ruling, ...]] = ("allow", "caution", "exclude")
"""From the mildest to the strictest."""

Attributes = Mapping[str, int]
"""Level of each attribute of a movement (exercise/attribute.py); one that is not there is 0."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a condition: *ruling* when *attribute* is at least *at_least* and all of *also* reach theirs.

    id : how reports, plans and relaxations name it, e.g. ``osteoporosis.spine_flexion>=2+loaded_spine``.
    """

    id: str
    attribute: str
    at_least: int
    ruling: Ruling
    also: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class BodyCondition:
    """Something a person has or has been told: how it is asked, how urgent it is, what it leaves out.

    source : keys of library/sources.yaml.
    """

    id: str
    label: str
    ask: str
    level: Level
    rules: tuple[Rule, ...]
    source: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A rule made milder for one person, which only a therapist may do, by name, date and reason."""

    rule: str
    to: Ruling
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds for one exercise. rules : ids of the rules that decide it. source : keys of their sources."""

    ruling: Ruling
    rules: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gentler:
    """What the ruling caution does: parts of the repetitions, of the own range, and of the speed limits that remain."""

    repetitions: float
    depth: float
    speed: float
    source: tuple[str, ...]


ALLOWED: Final = Verdict("allow")


def rule_id(condition: str, attribute: str, at_least: int, also: Iterable[str]) -> str:
    """Return the name of a rule, made of what it says."""
    return "+".join((f"{condition}.{attribute}>={at_least}", *also))


def judge(condition: BodyCondition, attributes: Attributes) -> Verdict:
    """Return the strictest ruling of the rules of *condition* that apply, with those rules and their sources."""
    fired = [rule for rule in condition.rules if _applies(rule, attributes)]
    strictest = max((RULINGS.index(rule.ruling) for rule in fired), default=0)
    if strictest == 0:
        return ALLOWED
    deciding = tuple(rule.id for rule in fired if RULINGS.index(rule.ruling) == strictest)
    return Verdict(RULINGS[strictest], deciding, condition.source)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the strictest of several conditions' verdicts, with the rules and sources of all that are as strict."""
    kept = list(verdicts)
    strictest = max((RULINGS.index(v.ruling) for v in kept), default=0)
    alike = [v for v in kept if RULINGS.index(v.ruling) == strictest and strictest]
    rules = tuple(dict.fromkeys(rule for v in alike for rule in v.rules))
    source = tuple(dict.fromkeys(key for v in alike for key in v.source))
    return Verdict(RULINGS[strictest], rules, source)


def judge_all(
    conditions: Iterable[BodyCondition], exercises: Mapping[str, Exercise], relaxations: Iterable[Relaxation] = ()
) -> dict[str, Verdict]:
    """Return the verdict on every exercise for a person with all of *conditions*, by exercise id."""
    milder = tuple(relaxations)
    relaxed = [relax(condition, milder) for condition in conditions]
    return {id_: combine(judge(c, dict(e.attributes)) for c in relaxed) for id_, e in exercises.items()}


def relax(condition: BodyCondition, relaxations: Iterable[Relaxation]) -> BodyCondition:
    """Return *condition* with the rules that a therapist relaxed; one without name or reason relaxes nothing.

    A relaxation never makes a rule stricter.
    """
    valid = {r.rule: r.to for r in relaxations if r.by.strip() and r.reason.strip()}
    rules = tuple(replace(r, ruling=_milder(r.ruling, valid.get(r.id, r.ruling))) for r in condition.rules)
    return replace(condition, rules=rules)


def _milder(a: Ruling, b: Ruling) -> Ruling:
    return min(a, b, key=RULINGS.index)


def _applies(rule: Rule, attributes: Attributes) -> bool:
    if attributes.get(rule.attribute, 0) < rule.at_least:
        return False
    return all(attributes.get(name, 0) >= level for name, level in rule.also)
