"""Which exercise is this: the known repetition whose bones point most alike, and whether that is alike enough."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from uncrick.coach.course import Course, angles_deg, excursion_deg, middle_course, mirrored
from uncrick.pose.frame import Floats

RESTING_DEG: Final = 100.0
"""What a bone at rest counts, as if it turned so far: the pose in which a movement is done tells of it too."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One way to do one exercise; several may share a name.

    directions : (2, 16, 11, 3), as of `course.Course`, and in the mirror. turned_deg : (2, 11), how far bones turn.
    """

    name: str
    directions: Floats
    turned_deg: Floats


@dataclass(frozen=True, slots=True)
class Recognising:
    """What is known, and when a repetition is called by a name.

    unlike_deg : a repetition that differs from every reference by more is of no known exercise. Correct repetitions of
        people not among the references differ by 8 deg in the median and by less than 20 deg in 95 of 100; incorrect
        ones by 12 and 24 deg (UI-PRMD, docs/benchmarks.md).
    n_last : repetitions over which the difference is averaged before a name is given.
    """

    references: tuple[Reference, ...]
    unlike_deg: float = 26.0
    n_last: int = 5


class Likeness(NamedTuple):
    """An exercise and by how much a repetition differs from it, deg."""

    name: str
    difference_deg: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a repetition, and the few before it, are most like.

    name : the exercise, empty when nothing known is alike. likeness : to the nearest. runner_up : to the next exercise.
    """

    t_s: float
    name: str
    likeness: Likeness
    runner_up: Likeness


class RecognisingState(NamedTuple):
    """The differences of the last repetitions from every exercise, oldest first."""

    last: tuple[tuple[Likeness, ...], ...] = ()


def reference_of(name: str, courses: Iterable[Course]) -> Reference:
    """Return the middle of one person's repetitions of an exercise as a reference."""
    middle = middle_course([course.directions for course in courses])
    both = np.stack([middle, mirrored(middle)])
    return Reference(name, both, excursion_deg(both))


def likenesses(references: Iterable[Reference], course: Course) -> tuple[Likeness, ...]:
    """Return each known exercise's name and how much *course* differs from it, on the nearer side, least first.

    The difference is the mean angle between like bones in like phases; a bone counts the more the farther it turns in
    either. Exercises of which no bone can be compared differ infinitely.
    """
    turned = excursion_deg(course.directions)
    least: dict[str, float] = {}
    for reference in references:
        angles = angles_deg(course.directions, reference.directions).mean(axis=1)
        weights = RESTING_DEG + np.fmax(turned, reference.turned_deg)
        weights = np.where(np.isfinite(angles), weights, 0.0)
        total = weights.sum(axis=1)
        sides = (np.nan_to_num(angles) * weights).sum(axis=1)[total > 0] / total[total > 0]
        least[reference.name] = min(float(sides.min(initial=math.inf)), least.get(reference.name, math.inf))
    return tuple(sorted((Likeness(name, value) for name, value in least.items()), key=lambda x: x.difference_deg))


def step(
    settings: Recognising, state: RecognisingState | None, x: tuple[float, Course]
) -> tuple[RecognisingState, Recognised]:
    """Take one repetition, as the time it was seen and its course; return what it and those before it are most like."""
    t_s, course = x
    before = state.last if state else ()
    last = (*before, likenesses(settings.references, course))[-settings.n_last :]
    return RecognisingState(last), _decided(settings, t_s, last)


def _decided(settings: Recognising, t_s: float, last: tuple[tuple[Likeness, ...], ...]) -> Recognised:
    sums: dict[str, list[float]] = {one.name: [] for one in last[-1]}
    for repetition in last:
        for one in repetition:
            sums[one.name].append(one.difference_deg)
    nobody = Likeness("", math.inf)
    ranked = sorted((Likeness(n, float(np.mean(v))) for n, v in sums.items()), key=lambda x: x.difference_deg)
    best, second = [*ranked, nobody, nobody][:2]
    name = best.name if best.difference_deg <= settings.unlike_deg else ""
    return Recognised(t_s, name, best, second)
