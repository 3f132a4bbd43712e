"""What is written on each picture of an annotated video: the phase, the last thing said, and how it stands."""

import math

from uncrick.coach.events import CueRaised, RepetitionCounted, StopRaised
from uncrick.coach.lineup import LineupSeen
from uncrick.coach.watch import Reading
from uncrick.exercise.definition import Cue, Exercise, measures_of
from uncrick.exercise.words import Words
from uncrick.files.library import Library
from uncrick.motion.measure import Measure
from uncrick.pose.landmark import INDEX
from uncrick.vision.draw import Caption, Severity

SHOWN_S = 4.0
"""So long a cue stays on the picture: time to read six words twice."""


class Captioner:
    """Turns what the coach saw, frame by frame, into captions; a stop stays until the end."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._says = ""
        self._severity: Severity = "none"
        self._joints: frozenset[str] = frozenset()
        self._until_s = -math.inf
        self._n_reps = 0

    def caption(self, seen: LineupSeen) -> Caption:
        """Return the caption of one frame."""
        words = self._library.words
        for event in seen.events:
            if isinstance(event, RepetitionCounted):
                self._n_reps = event.n
            if isinstance(event, StopRaised):
                self._say(words.cue(event.says), "stop", math.inf, self._cue_joints(seen.exercise, event.reason))
            if isinstance(event, CueRaised) and self._severity != "stop":
                until_s = event.t_s + SHOWN_S
                self._say(words.cue(event.says), "cue", until_s, self._cue_joints(seen.exercise, event.cue))
        if seen.reading.t_s > self._until_s:
            self._say("", "none", -math.inf, frozenset())
        holding = seen.reading.hold_s == seen.reading.hold_s
        severity: Severity = "good" if holding and self._severity == "none" else self._severity
        return Caption(self._phase(seen, words), self._says, severity, self._joints)

    def _say(self, says: str, severity: Severity, until_s: float, joints: frozenset[str]) -> None:
        self._says, self._severity, self._until_s, self._joints = says, severity, until_s, joints

    def _phase(self, seen: LineupSeen, words: Words) -> str:
        if not seen.exercise:
            return "watching" if seen.reading.usable else ""
        parts = [words.exercises[seen.exercise].name]
        if seen.reading.phase:
            parts.append(words.phases[seen.reading.phase])
        if seen.reading.hold_s == seen.reading.hold_s:
            parts.append(f"held {seen.reading.hold_s:.0f} s")
        parts += [value] if (value := self._value(seen.exercise, seen.reading)) else []
        parts += [f"{self._n_reps} counted"] if self._n_reps else []
        return "  ·  ".join(parts)

    def _value(self, exercise: str, reading: Reading) -> str:
        """Return the main measure as people read it, or nothing when it is not an angle or not seen."""
        measure = self._library.measures[measures_of(self._library.exercises[exercise])[0]]
        if measure.unit != "deg" or not reading.values or reading.values[0] != reading.values[0]:
            return ""
        return f"{abs(reading.values[0]):.0f}° ± {measure.error:.0f}"

    def _cue_joints(self, exercise: str, name: str) -> frozenset[str]:
        """Return the landmarks that a cue is about: the points of the measures it is judged on."""
        cue = _cue(self._library.exercises[exercise], name)
        if cue is None:
            return frozenset()
        named = {c.measure for group in cue.when for c in group} & set(self._library.measures)
        return frozenset().union(*(_landmarks(self._library.measures[m]) for m in named))


def _cue(exercise: Exercise, name: str) -> Cue | None:
    return next((cue for cue in exercise.cues if cue.name == name), None)


def _landmarks(measure: Measure) -> set[str]:
    """Return the landmarks behind a measure's points; of a middle or a nearer one, both sides."""
    names: set[str] = set()
    for point in measure.points:
        stem = point.removesuffix("_mid").removesuffix("_near")
        names |= {point} if point in INDEX else {f"{stem}_left", f"{stem}_right"}
    return names & set(INDEX)
