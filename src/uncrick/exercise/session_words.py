"""What a guided session says and shows in one language: sentences with gaps, and how the gaps are filled."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MovementWords:
    """Two sentences of an exercise. move : the way in, *side* left open. back : the way out."""

    move: str
    back: str


@dataclass(frozen=True, slots=True)
class SessionWords:
    """Sentences by key, words of stages, lights and reasons to stop or skip, and what changes between two sets."""

    said: Mapping[str, str]
    stages: Mapping[str, str]
    lights: Mapping[str, str]
    reasons: Mapping[str, str]
    movements: Mapping[str, MovementWords]
    otherwise: MovementWords
    change: Mapping[str, str]

    def movement(self, exercise: str) -> MovementWords:
        """Return the sentences of *exercise*, general ones where it has none of its own."""
        return self.movements.get(exercise, self.otherwise)
