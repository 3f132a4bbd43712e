"""A minute instead of a pop: what of tonight's sheet could be done right here."""

from collections.abc import Mapping

from uncrick.care.urge import Offer
from uncrick.exercise.definition import Exercise
from uncrick.plan.tonight import Item, Tonight

AT_HAND = frozenset({"chair", "wall"})
"""Props that are where one sits. Our default."""


def offers_of(found: Tonight, exercises: Mapping[str, Exercise]) -> tuple[Offer, ...]:
    """Return tonight's exercises as what a minute can be filled with; at an emergency there is none."""
    return tuple(_offer(item, exercises[item.amount.exercise]) for item in found.items)


def _offer(item: Item, exercise: Exercise) -> Offer:
    amount, dose = item.amount, exercise.dose
    once_s = amount.duration_s or (amount.hold_s + 2 * dose.move_s) * (2 if dose.both_sides else 1)
    on_floor = bool(dict(exercise.attributes).get("floor_transfer"))
    needs_other = not AT_HAND.issuperset(exercise.equipment)
    return Offer(exercise.id, once_s, on_floor, needs_other, most_reps=max(1, amount.reps * amount.sets))
