"""Tonight's sheet at a desk in the middle of the day: what of it fits a chair and ninety seconds, by the same rules."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from uncrick.desk.offer import Break, Move, Why, choose_break, walk
from uncrick.exercise.definition import Exercise
from uncrick.plan.scene import WALKING, Scene, closed_today
from uncrick.plan.swap import AT_HAND
from uncrick.plan.tonight import Item, Tonight

_WALKS: Final[Mapping[str, Why]] = {
    "answers_missing": "answers_missing",
    "clinician_first": "clinician",
    "pain_at_rest": "pain",
    "day_of_rest": "pain",
}
"""Reasons that leave nothing open but a walk."""


def moves_of(found: Tonight, exercises: Mapping[str, Exercise]) -> tuple[Move, ...]:
    """Return what the sheet allows now, walking aside."""
    return tuple(_move(i, exercises[i.amount.exercise]) for i in found.items if i.amount.exercise != WALKING)


def break_of(scene: Scene, found: Tonight, recent: tuple[str, ...] = (), why: Why = "from_plan") -> Break | None:
    """Return the break that the sheet *found* for *scene* leaves for a desk.

    None at an emergency, when nothing is offered at all. Where walking is closed too, what is left is rest.
    """
    if found.level == "emergency":
        return None
    moves = moves_of(found, scene.known.exercises)
    chosen = choose_break(moves, recent, why) if moves else walk(_why_walk(found))
    if chosen.why == "answers_missing":  # nothing is judged yet: getting up is what anybody does, no exercise of ours
        return chosen
    if chosen.walk_s and closed_today(scene, WALKING, scene.plan.pain_rule) is not None:
        return replace(chosen, walk_s=0.0)
    return chosen


def _why_walk(found: Tonight) -> Why:
    rules = [r.rule for r in found.reasons] + [left.reason.rule for left in found.left_out]
    return next((_WALKS[rule] for rule in rules if rule in _WALKS), "walked")


def _move(item: Item, exercise: Exercise) -> Move:
    amount, dose = item.amount, exercise.dose
    sides = 2 if dose.both_sides else 1
    once_s = amount.duration_s or (amount.hold_s + 2 * dose.move_s + dose.rest_s) * sides
    on_floor = bool(dict(exercise.attributes).get("floor_transfer"))
    needs_other = not AT_HAND.issuperset(exercise.equipment)
    return Move(exercise.id, once_s, max(amount.reps, 1), amount.hold_s, on_floor, needs_other)
