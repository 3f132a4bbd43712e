"""A plan as a value: what is asked, of whom, by whom, how much and on which days."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from uncrick.care.assessment import Clearance
from uncrick.care.contraindication import Relaxation

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
PartOfDay = Literal["any", "morning", "midday", "evening"]
Sides = Literal["own", "left", "right", "both"]
Author = Literal["therapist", "person"]

WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Amount(NamedTuple):
    """How much of which exercise. hold_s, duration_s : s; a duration counts where there are no repetitions."""

    exercise: str
    sets: int
    reps: int
    hold_s: float
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What progress may never pass, None for the exercise's own. depth : part of the own range, at most 1."""

    most_reps: int | None = None
    most_hold_s: float | None = None
    most_duration_s: float | None = None
    depth: float = 1.0
    may_progress: bool = True


@dataclass(frozen=True, slots=True)
class Prescription:
    """One exercise of a plan. sides : ``own`` as the exercise has it. at : one entry for each time of a day.

    instead : what the author allows in its place. pain_rule : empty for the plan's.
    """

    id: str
    amount: Amount
    sides: Sides
    days: tuple[Weekday, ...]
    at: tuple[PartOfDay, ...]
    limits: Limits
    instead: tuple[str, ...] = ()
    pain_rule: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one person is asked to do from *from_on* until *until* (None: until another plan).

    relaxations, clearances : only a therapist's count. pain_rule : id of the rule that holds for all of it.
    """

    id: str
    title: str
    written_by: str
    author: Author
    written_on: date
    for_person: str
    from_on: date
    until: date | None
    goals: tuple[str, ...]
    notes: str
    pain_rule: str
    relaxations: tuple[Relaxation, ...]
    clearances: tuple[Clearance, ...]
    prescriptions: tuple[Prescription, ...]

    def prescription(self, id_: str) -> Prescription:
        """Return the prescription called *id_*; raises KeyError when there is none."""
        for prescription in self.prescriptions:
            if prescription.id == id_:
                return prescription
        raise KeyError(id_)


def is_asked_on(prescription: Prescription, on: date) -> bool:
    """Whether *prescription* is for the weekday of *on*."""
    return WEEKDAYS[on.weekday()] in prescription.days


def holds_on(plan: Plan, on: date) -> bool:
    """Whether *plan* is in force on the day *on*."""
    return plan.from_on <= on and (plan.until is None or on <= plan.until)
