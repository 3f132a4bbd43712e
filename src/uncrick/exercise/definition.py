"""An exercise as data: where the camera stands, which phases make a repetition, what is a fault and what is a stop."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from uncrick.exercise.dose import Dose

Op = Literal["above", "below", "moves", "pushes", "rises", "falls"]
Side = Literal["left", "right", ""]
Severity = Literal["stop", "correct", "tip"]
View = Literal["front", "side", "none"]
"""Where the camera stands; none where it cannot judge anything at any place."""

MOVEMENT = "movement"
"""The blind spot of an exercise without phases: the camera judges nothing of it, and timer and voice say so."""

REPETITION_S = "repetition_s"
"""A number the engine keeps itself: seconds between the last two like moments of the movement."""

SIDE_DIFFERENCE = "side_difference"
"""A number the engine keeps itself: how much further the last hold on one side went than on the other."""

KEPT_BY_ENGINE = (REPETITION_S, SIDE_DIFFERENCE)


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: *measure* *op* *value*, in the measure's unit. A measure that is not seen fulfils nothing.

    above, below : the smoothed value. moves : its displacement over 0.7 s, either way.
    pushes : its outward rise within 0.5 s while a hold is on.
    rises, falls : its change since the last turning point.
    """

    measure: str
    op: Op
    value: float


When = tuple[tuple[Condition, ...], ...]
"""Any one of these groups, all conditions of the group."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A named stretch of the exercise: entered when *when* holds, left when another phase is entered."""

    name: str
    when: When
    side: Side = ""
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """What staying means: *measure* keeps within *within* of itself; shorter than *least_s* counts as broken off.

    deep : the value at the intended depth, from which 60 % must be reached before anything counts as a hold.
    """

    measure: str
    within: float
    deep: float
    least_s: float


@dataclass(frozen=True, slots=True)
class Repetition:
    """Once round: every phase of *each*, in any order, and back to *rest*; no *rest* means a swing without a pause."""

    each: tuple[str, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to say: when it is true in one of *phases* (all, if empty) for *for_s*; lower *rank* goes first."""

    name: str
    when: When
    severity: Severity
    phases: tuple[str, ...] = ()
    for_s: float = 1.2
    rank: int = 5


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the library. What people read about it lives in words, under the same id.

    start : what must be true of a still person before their neutral is taken; guards against a neutral in mid-movement.
    speed : the measure whose displacement over 0.7 s is the speed of the movement, or empty.
    unjudged : what the camera cannot judge here, as keys of words.
    phases : none where the camera cannot judge the movement at all; timer and voice lead it then, and say so.
    by_sight : whether it may be recognised without having been asked for, because nothing else looks like it.
    easier, harder : ids of exercises that can take its place on a bad day, or when it has become easy.
    """

    id: str
    kind: str
    view: View
    start: When
    phases: tuple[Phase, ...]
    repetition: Repetition
    hold: Hold | None
    speed: str
    cues: tuple[Cue, ...]
    dose: Dose
    equipment: tuple[str, ...]
    regions: tuple[str, ...]
    attributes: tuple[tuple[str, int], ...]
    unjudged: tuple[str, ...]
    source: tuple[str, ...]
    proof: tuple[str, ...]
    by_sight: bool = False
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()

    @property
    def is_tracked(self) -> bool:
        """Whether a camera can judge anything of it; if not, timer and voice lead it."""
        return bool(self.phases)

    def phase(self, name: str) -> Phase:
        """Return the phase called *name*; raises KeyError when there is none."""
        for phase in self.phases:
            if phase.name == name:
                return phase
        raise KeyError(name)


def conditions_of(*whens: When) -> Iterator[Condition]:
    """Yield every comparison of *whens*."""
    for when in whens:
        for group in when:
            yield from group


def start_measures_of(exercise: Exercise) -> tuple[str, ...]:
    """Return the names of the measures that tell the start position, each once."""
    return tuple(dict.fromkeys(c.measure for c in conditions_of(exercise.start)))


def measures_of(exercise: Exercise) -> tuple[str, ...]:
    """Return the names of the measures read while the exercise is done, the one of its hold first, each once."""
    first = (exercise.hold.measure,) if exercise.hold else ()
    speed = (exercise.speed,) if exercise.speed else ()
    whens = [*(p.when for p in exercise.phases), *(c.when for c in exercise.cues)]
    named = (c.measure for c in conditions_of(*whens) if c.measure not in KEPT_BY_ENGINE)
    return tuple(dict.fromkeys((*first, *speed, *named)))


def outward(exercise: Exercise, phase: Phase) -> float:
    """Return +1 when going deeper into *phase* raises the hold's measure, -1 when it lowers it, 0 if it has no part."""
    if exercise.hold is None:
        return 0.0
    for group in phase.when:
        for condition in group:
            if condition.measure == exercise.hold.measure:
                return 1.0 if condition.op == "above" else -1.0
    return 0.0
