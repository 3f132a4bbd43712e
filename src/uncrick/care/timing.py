"""What the time of day and long sitting change: bending postponed after rising, standing before bending."""

from dataclasses import dataclass
from typing import Final

from uncrick.care.contraindication import Attributes

Demands = tuple[tuple[tuple[str, int], ...], ...]
"""Any one of these groups, all attributes of the group at their level."""


@dataclass(frozen=True, slots=True)
class MorningFlexion:
    """Strong or loaded bending waits so many hours after rising; *offer* can be done instead. Source: snook2002."""

    hours_after_rising: float
    default_on: bool
    always_with: tuple[str, ...]
    postpone: Demands
    offer: tuple[str, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AfterSitting:
    """After so many hours of sitting something upright comes before loaded bending, for so many minutes."""

    sitting_h: float
    first: tuple[str, ...]
    before: Demands
    minutes: float
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeRules:
    """All rules of time. sessions_per_day : more of the same body region in one day is not offered."""

    morning: MorningFlexion
    after_sitting: AfterSitting
    sessions_per_day: int
    repeat_source: tuple[str, ...]


MORNING_RULE: Final = "morning_flexion"
SITTING_RULE: Final = "after_long_sitting"
REPEAT_RULE: Final = "repeat_limit"


def asks_for(demands: Demands, attributes: Attributes) -> bool:
    """Whether a movement with *attributes* reaches any of *demands*."""
    return any(all(attributes.get(name, 0) >= level for name, level in group) for group in demands)


def is_postponed(
    rule: MorningFlexion, attributes: Attributes, hours_up: float | None, conditions: tuple[str, ...], is_on: bool
) -> bool:
    """Whether a movement waits because the person rose only *hours_up* ago (None: not known, so it does not).

    is_on : the person's own setting; with the conditions of the rule it holds always.
    """
    if hours_up is None or not 0 <= hours_up < rule.hours_after_rising:
        return False
    held = is_on or any(c in rule.always_with for c in conditions)
    return held and asks_for(rule.postpone, attributes)
