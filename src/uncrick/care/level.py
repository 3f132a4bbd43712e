"""How urgent an answer is, from nothing to the emergency number."""

from collections.abc import Iterable
from typing import Final, Literal

Level = Literal["ok", "caution", "clinician", "emergency"]

LEVELS: Final[tuple[Level, ...]] = ("ok", "caution", "clinician", "emergency")
"""From the mildest to the most urgent. Source: CLINICAL 1.2, triage_levels (library/sources.yaml)."""


def worst_level(levels: Iterable[Level]) -> Level:
    """Return the most urgent of *levels*, ok when there is none."""
    return max(levels, key=LEVELS.index, default="ok")
