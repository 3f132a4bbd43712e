"""Tonight's sheet: what the plan asks today, less what today's answers exclude, with a reason for everything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from uncrick.care.contraindication import ALLOWED
from uncrick.care.timing import MORNING_RULE, SITTING_RULE, asks_for
from uncrick.plan.ladder import Ladder, gentler
from uncrick.plan.progress import Standing
from uncrick.plan.record import Amount, Prescription, holds_on, is_asked_on
from uncrick.plan.scene import Known, Now, Reason, Scene, closed_by, closed_today


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do tonight, in place of the exercise *instead_of* if that is not empty.

    depth, speed : parts of the own range and of the speed limits that hold here.
    """

    prescription: str
    amount: Amount
    depth: float
    speed: float
    reasons: tuple[Reason, ...]
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something the plan asks that is not for tonight, and why. offer : what may be done instead."""

    prescription: str
    exercise: str
    reason: Reason
    offer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tonight:
    """The whole sheet. At an emergency there is nothing in it but the level, and the message goes with that."""

    on: date
    level: str
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    reasons: tuple[Reason, ...]


def tonight(scene: Scene, standings: Mapping[str, Standing]) -> Tonight:
    """Make the sheet of an evening from where the prescriptions of its plan stand."""
    plan, body, now = scene.plan, scene.body, scene.now
    level = body.assessment.level
    if level == "emergency":
        return Tonight(now.on, level, (), (), ())
    if not holds_on(plan, now.on):
        return Tonight(now.on, level, (), (), (Reason("plan_not_in_force"),))
    asked = [p for p in plan.prescriptions if is_asked_on(p, now.on)]
    if body.assessment.open_questions:
        reason = Reason("answers_missing", (("questions", str(len(body.assessment.open_questions))),))
        left = tuple(LeftOut(p.id, standings[p.id].amount.exercise, reason) for p in asked)
        return Tonight(now.on, level, (), left, (reason,))
    items: list[Item] = []
    left_out: list[LeftOut] = []
    for prescription in asked:
        closed = closed_by(scene, prescription, standings[prescription.id])
        amount = standings[prescription.id].amount
        if closed is None:
            items.append(_item(scene, prescription, amount))
        else:
            left_out.append(LeftOut(prescription.id, amount.exercise, closed))
    items, left_out = _with_substitutes(scene, items, left_out)
    ordered, reasons = _upright_first(scene.known, items, now)
    return Tonight(now.on, level, ordered, tuple(left_out), reasons)


def _with_substitutes(scene: Scene, items: list[Item], left_out: list[LeftOut]) -> tuple[list[Item], list[LeftOut]]:
    """Put easier forms in the place of what is excluded or waits, each once."""
    items, told = list(items), []
    for left_one in left_out:
        planned = frozenset(item.amount.exercise for item in items)
        substitute, offer = _substitute(scene, left_one, planned)
        told.append(replace(left_one, offer=offer))
        if substitute is not None:
            items.append(substitute)
    return items, told


def _item(scene: Scene, prescription: Prescription, amount: Amount, instead_of: str = "") -> Item:
    verdict = scene.body.verdicts.get(amount.exercise, ALLOWED)
    depth = prescription.limits.depth
    if verdict.ruling != "caution":
        return Item(prescription.id, amount, depth, 1.0, (), instead_of)
    part = scene.known.gentler
    reason = Reason("gentler", (("rules", ", ".join(verdict.rules)),), verdict.source)
    less = gentler(amount, part.repetitions)
    return Item(prescription.id, less, depth * part.depth, part.speed, (reason,), instead_of)


def _substitute(scene: Scene, left_one: LeftOut, planned: frozenset[str]) -> tuple[Item | None, tuple[str, ...]]:
    """Find an easier form for what is excluded or waits; only what is open to this person now, at its least dose.

    Nothing takes the place of what pain, a stop, rest or a clinician's word has closed.
    """
    if left_one.reason.rule not in ("excluded", MORNING_RULE):
        return None, ()
    known = scene.known
    prescription = scene.plan.prescription(left_one.prescription)
    offered = known.times.morning.offer if left_one.reason.rule == MORNING_RULE else ()
    open_ = [
        id_
        for id_ in dict.fromkeys((*prescription.instead, *_easier_forms(known.ladder, left_one.exercise), *offered))
        if id_ in known.exercises and closed_today(scene, id_, prescription.pain_rule) is None
    ]
    free = [id_ for id_ in open_ if id_ not in planned and id_ not in offered]
    if not free:
        return None, tuple(open_)
    return _item(scene, prescription, known.ladder[free[0]].least, instead_of=left_one.exercise), tuple(open_)


def _easier_forms(ladder: Ladder, exercise: str) -> tuple[str, ...]:
    """Return the easier forms of an exercise, and theirs, nearest first."""
    found: list[str] = []
    waiting = [exercise]
    while waiting:
        for easier in ladder[waiting.pop(0)].easier:
            if easier not in found and easier != exercise:
                found.append(easier)
                waiting.append(easier)
    return tuple(found)


def _upright_first(known: Known, items: list[Item], now: Now) -> tuple[tuple[Item, ...], tuple[Reason, ...]]:
    """After long sitting put what is upright before loaded bending, or say to stand and walk first."""
    rule = known.times.after_sitting
    bends = [i for i in items if asks_for(rule.before, dict(known.exercises[i.amount.exercise].attributes))]
    if now.sat_h is None or now.sat_h < rule.sitting_h or not bends:
        return tuple(items), ()
    first = [i for i in items if i.amount.exercise in rule.first]
    rest = [i for i in items if i.amount.exercise not in rule.first]
    reason = Reason(SITTING_RULE, (("hours", f"{now.sat_h:g}"), ("minutes", f"{rule.minutes:g}")), rule.source)
    return (*first, *rest), (reason,)
