"""Whose session it is: the person, their plan, and by what care decides about their pain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from uncrick.app.evening import EveningSheet
from uncrick.app.pain import PainCare
from uncrick.app.session import Wish
from uncrick.coach.record import Kind
from uncrick.exercise.definition import Side
from uncrick.plan.ladder import gentler, own_amount
from uncrick.plan.record import Amount
from uncrick.plan.scene import closed_today
from uncrick.plan.tonight import Item


@dataclass(frozen=True, slots=True)
class Whose:
    """person, plan : ids in the records, empty for nobody's. number : their own emergency number.

    baseline : the last pain at rest, for a session before which none was said. rule : of the plan's pain rules the one
    that holds for all of it; rules : of exercises that have their own.
    """

    person: str = ""
    plan: str = ""
    kind: Kind = "session"
    number: str = ""
    baseline: int | None = None
    rule: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)

    def care_for(self, exercise: str) -> PainCare:
        """Return by what pain in *exercise* is decided."""
        return PainCare(self.rules.get(exercise, self.rule), self.number)


NOBODY = Whose()


def whose_of(found: EveningSheet, kind: Kind = "session") -> Whose:
    """Return whose session it is that follows an evening's sheet."""
    plan, standings = found.in_force, found.sheet.standings
    own = {standings[p.id].amount.exercise: p.pain_rule for p in plan.prescriptions if p.pain_rule}
    return Whose(
        person=found.person.id,
        plan=found.plan.id if found.plan else "",
        kind=kind,
        number=found.person.settings.emergency_number,
        baseline=found.sheet.baseline,
        rule=plan.pain_rule,
        rules=own,
    )


def wishes_of(found: EveningSheet) -> tuple[Wish, ...]:
    """Return the session that an evening's sheet asks for."""
    return tuple(_wish(found, item) for item in found.sheet.tonight.items)


def chosen(found: EveningSheet, wanted: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """Return what somebody *wanted*, as far as tonight leaves it open: never more than the sheet asks of it.

    What is not on the sheet but open comes at its own dose, halved under caution, and is no step of the plan.
    """
    asked = {wish.exercise: wish for wish in wishes_of(found)}
    scene, kept = found.sheet.scene, []
    for one in wanted:
        if one.exercise in asked:
            kept.append(_no_more(asked[one.exercise], one))
        elif one.exercise in scene.known.exercises and closed_today(scene, one.exercise, "") is None:
            kept.append(_no_more(_extra(found, one.exercise), one))
    return tuple(kept)


def _wish(found: EveningSheet, item: Item) -> Wish:
    sides = found.in_force.prescription(item.prescription).sides
    only: Side = "left" if sides == "left" else "right" if sides == "right" else ""
    prescription = "" if item.instead_of else item.prescription
    return _wish_for(item.amount, Wish("", only=only, depth=item.depth, speed=item.speed, prescription=prescription))


def _extra(found: EveningSheet, id_: str) -> Wish:
    known, verdict = found.sheet.scene.known, found.sheet.scene.body.verdicts[id_]
    amount = own_amount(known.exercises[id_])
    if verdict.ruling != "caution":
        return _wish_for(amount, Wish(""))
    part = known.gentler
    return _wish_for(gentler(amount, part.repetitions), Wish("", depth=part.depth, speed=part.speed))


def _wish_for(amount: Amount, like: Wish) -> Wish:
    return Wish(
        amount.exercise, amount.reps, amount.hold_s, amount.sets, amount.duration_s,
        like.only, like.depth, like.speed, like.prescription,
    )  # fmt: skip


def _no_more(asked: Wish, wanted: Wish) -> Wish:
    """Return *asked* with what was *wanted* of it where that is less."""
    n_reps = min(wanted.n_reps or asked.n_reps or 1, asked.n_reps or 1)
    hold_s = min(asked.hold_s or 0.0, asked.hold_s or 0.0 if wanted.hold_s is None else wanted.hold_s)
    n_sets = min(wanted.n_sets or asked.n_sets or 1, asked.n_sets or 1)
    duration_s = min(wanted.duration_s or asked.duration_s or 0.0, asked.duration_s or 0.0)
    eased = n_reps < (asked.n_reps or 1) or hold_s < (asked.hold_s or 0.0)
    eased = eased or n_sets < (asked.n_sets or 1) or duration_s < (asked.duration_s or 0.0)
    return Wish(
        asked.exercise, n_reps, hold_s, n_sets, duration_s,
        asked.only, asked.depth, asked.speed, asked.prescription, eased,
    )  # fmt: skip


def local_now() -> datetime:
    """Return the moment, with the zone this computer is in."""
    return datetime.now().astimezone()
