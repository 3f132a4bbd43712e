"""What people read and hear about an exercise, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExerciseWords:
    """The words of one exercise. cues : sentence by the cue's name."""

    name: str
    start: str
    steps: tuple[str, ...]
    easier: str
    harder: str
    cues: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """All words of one language; every table maps a name used in data or code to what a person reads.

    substitutes : by prop, what can stand in for it.
    """

    exercises: Mapping[str, ExerciseWords]
    phases: Mapping[str, str]
    sides: Mapping[str, str]
    severities: Mapping[str, str]
    unseen: Mapping[str, str]
    unjudged: Mapping[str, str]
    equipment: Mapping[str, str]
    substitutes: Mapping[str, str]
    notice: str

    def cue(self, says: str) -> str:
        """Return the sentence of an event's *says* (``exercise.cue``); raises KeyError for one that is not there."""
        exercise, _, cue = says.partition(".")
        return self.exercises[exercise].cues[cue]
