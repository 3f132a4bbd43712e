"""The steps a dose can take: repetitions, then hold, then the harder form; and the same way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from uncrick.exercise.definition import Exercise
from uncrick.plan.record import Amount, Limits

LONG_HOLD_S: Final = 10.0
"""Holds up to here grow by one second, longer ones by five. Our default."""

WALK_STEP_S: Final = 60.0
"""A walk grows by a minute: one or two every few walks. Source: pocovi2024 (library/sources.yaml)."""


@dataclass(frozen=True, slots=True)
class Rung:
    """Between what an exercise's dose may move, and which exercises are its easier and harder forms."""

    least: Amount
    most: Amount
    easier: tuple[str, ...]
    harder: tuple[str, ...]


Ladder = Mapping[str, Rung]
"""For every exercise of the library its rung."""


def ladder_of(exercises: Mapping[str, Exercise]) -> dict[str, Rung]:
    """Return the rung of every exercise, as its own dose has it."""
    rungs = {}
    for id_, exercise in exercises.items():
        dose = exercise.dose
        (least_reps, most_reps), (least_s, most_s) = dose.reps_range, dose.hold_range_s
        shortest_s, longest_s = dose.duration_range_s
        rungs[id_] = Rung(
            Amount(id_, dose.sets_range[0], least_reps, least_s, shortest_s),
            Amount(id_, dose.sets_range[1], most_reps, most_s, longest_s),
            exercise.easier,
            exercise.harder,
        )
    return rungs


def own_amount(exercise: Exercise) -> Amount:
    """Return the amount of an exercise's own dose."""
    dose = exercise.dose
    return Amount(exercise.id, dose.sets, dose.reps, dose.hold_s, dose.duration_s)


def next_harder(ladder: Ladder, limits: Limits, amount: Amount) -> Amount | None:
    """Return *amount* one step harder, changing one thing; None at the top. Speed is not among the things.

    Repetitions, then hold or duration. Source: clinical_progression.
    """
    most = ladder[amount.exercise].most
    if amount.reps < _at_most(most.reps, limits.most_reps):
        return amount._replace(reps=amount.reps + 1)
    most_s = _at_most(most.hold_s, limits.most_hold_s)
    if amount.hold_s < most_s:
        step_s = 1.0 if amount.hold_s < LONG_HOLD_S else 5.0
        return amount._replace(hold_s=min(amount.hold_s + step_s, most_s))
    most_s = _at_most(most.duration_s, limits.most_duration_s)
    if amount.duration_s < most_s:
        return amount._replace(duration_s=min(amount.duration_s + WALK_STEP_S, most_s))
    return None


def next_easier(ladder: Ladder, amount: Amount) -> Amount | None:
    """Return *amount* one step easier, changing one thing; None at the least dose.

    Duration or hold, then repetitions, then sets: the way up backwards.
    """
    least = ladder[amount.exercise].least
    if amount.duration_s > least.duration_s:
        return amount._replace(duration_s=max(amount.duration_s - WALK_STEP_S, least.duration_s))
    if amount.hold_s > least.hold_s:
        step_s = 1.0 if amount.hold_s <= LONG_HOLD_S else 5.0
        return amount._replace(hold_s=max(amount.hold_s - step_s, least.hold_s))
    if amount.reps > least.reps:
        return amount._replace(reps=amount.reps - 1)
    if amount.sets > least.sets:
        return amount._replace(sets=amount.sets - 1)
    return None


def harder_form(ladder: Ladder, amount: Amount) -> Amount | None:
    """Return the least dose of the harder form of an exercise that has one, else None."""
    harder = ladder[amount.exercise].harder
    return ladder[harder[0]].least if harder and harder[0] in ladder else None


def is_no_more(amount: Amount, than: Amount) -> bool:
    """Whether *amount* asks in no part for more of the same exercise than *than*."""
    return amount.exercise == than.exercise and all(a <= b for a, b in zip(amount[1:], than[1:], strict=True))


def gentler(amount: Amount, part: float) -> Amount:
    """Return *amount* with *part* of its repetitions (at least one), or of its duration where repetitions are one."""
    if amount.duration_s > 0:
        return amount._replace(duration_s=max(amount.duration_s * part, 1.0))
    return amount._replace(reps=max(1, int(amount.reps * part)))


def _at_most(own: float, limit: float | None) -> float:
    return own if limit is None else min(own, limit)
