"""A plan made from a programme, for somebody without a therapist or as a start for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from uncrick.exercise.definition import Exercise
from uncrick.plan.ladder import own_amount
from uncrick.plan.programme import Portion, Programme
from uncrick.plan.record import WEEKDAYS, Amount, Author, Limits, Plan, Prescription, Weekday


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who writes a plan, for whom, and when."""

    written_by: str
    author: Author
    for_person: str
    on: date


def draft(
    programme: Programme, exercises: Mapping[str, Exercise], who: Signatory, pain_rule: str, excluded: frozenset[str]
) -> Plan:
    """Return a plan of the exercises of *programme* that are not *excluded*, once a day, from the day of writing on."""
    kept = [p for p in programme.portions if p.exercise not in excluded]
    return Plan(
        id=f"{programme.id}_{who.on.isoformat()}",
        title=programme.name,
        written_by=who.written_by,
        author=who.author,
        written_on=who.on,
        for_person=who.for_person,
        from_on=who.on,
        until=None,
        goals=(),
        notes=programme.says,
        pain_rule=pain_rule,
        relaxations=(),
        clearances=(),
        prescriptions=tuple(_prescription(p, exercises[p.exercise]) for p in kept),
    )


def _prescription(portion: Portion, exercise: Exercise) -> Prescription:
    return Prescription(
        id=exercise.id,
        amount=_amount(portion, exercise),
        sides="own",
        days=_days(exercise.dose.days_per_week),
        at=("any",),
        limits=Limits(),
    )


def _amount(portion: Portion, exercise: Exercise) -> Amount:
    own = own_amount(exercise)
    return own._replace(
        reps=own.reps if portion.reps is None else portion.reps,
        hold_s=own.hold_s if portion.hold_s is None else portion.hold_s,
        duration_s=own.duration_s if portion.duration_s is None else portion.duration_s,
    )


def _days(per_week: int) -> tuple[Weekday, ...]:
    return WEEKDAYS[:per_week]
