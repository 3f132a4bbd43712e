"""How well a repetition was done, part by part, against a reference and one's own; and one number from the parts.

Each part is a number with a unit; how far it lies from what is usual is counted in spreads of people who did it right.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from uncrick.coach.course import (
    TRUNK,
    Course,
    difference_deg,
    excursion_deg,
    middle_course,
    mirrored,
    nearer_side,
)
from uncrick.pose.frame import Floats

Bools = NDArray[np.bool_]


class Parts(NamedTuple):
    """What a repetition is judged by. NaN where it cannot be told.

    path_deg : how much bones point differently from the reference, averaged over bones and phases.
    trunk_deg : the same for the trunk alone.
    still_deg : how far the bones that should rest turn from where they began, averaged over these bones.
    range_ln : ln of how far the moving bones turn, over the reference's; 0 as far, -0.69 half as far.
    tempo_ln : ln of the duration over the reference's; 0 as long, 0.69 twice as long.
    jerk : ln of the dimensionless jerk, as of `course.Course`; higher is less smooth.
    uneven_deg : how much more the two sides differ from each other than in the reference.
    unlike_deg : how much bones point differently from one's own repetitions just before.
    untimely : how much longer or shorter it took than these, mean absolute ln of the ratio.
    unsteady : how much further or less far the moving bones turned than in these, mean absolute ln of the ratio.
    """

    path_deg: float
    trunk_deg: float
    still_deg: float
    range_ln: float
    tempo_ln: float
    jerk: float
    uneven_deg: float
    unlike_deg: float
    untimely: float
    unsteady: float


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """What a movement is held against.

    directions : (16, 11, 3), the reference. duration_s, jerk : of the reference.
    moving : (11,) which bones turn by more than `MOVES_DEG` in it.
    usual, spread : mean and standard deviation of the parts among people who do it right.
    """

    directions: Floats
    duration_s: float
    moving: tuple[bool, ...]
    usual: Parts
    spread: Parts


class Typical(NamedTuple):
    """What is usual of the parts, and their spread, over several movements."""

    usual: Parts
    spread: Parts


@dataclass(frozen=True, slots=True)
class Rule:
    """How the parts become one number: weights of each part's distance from the usual, in spreads.

    towards : added for a part higher than usual, taken off for a lower one. away : added either way. base : to begin
    with. The sum is the logarithm of the odds that the repetition was done right.
    """

    base: float
    towards: Parts
    away: Parts


MOVES_DEG: Final = 25.0
COMPARED: Final = ("path_deg", "trunk_deg", "range_ln", "tempo_ln", "uneven_deg")
"""Parts that compare a person with the reference; of oneself they would be flattering."""

N_EARLIER: Final = 3
"""One's own repetitions a new one is compared with."""

FARTHEST: Final = 3.0
"""Spreads; nothing counts as farther from the usual than this, so that one lost joint does not decide alone."""


TYPICAL: Final = Typical(
    usual=Parts(10.3, 5.0, 10.5, -0.02, 0.0, 13.3, 3.3, 4.6, 0.054, 0.055),
    spread=Parts(4.3, 2.4, 5.8, 0.16, 0.18, 0.91, 8.6, 2.8, 0.048, 0.052),
)
"""Over the ten movements and six subjects of UI-PRMD (vakanski2018), ``benchmarks/ui_prmd.py --fit``."""

RULE: Final = Rule(
    base=2.8,
    towards=Parts(0.0, -0.04, -0.91, 0.82, -0.2, 0.0, 0.0, -0.98, -0.37, -0.64),
    away=Parts(0.0, 0.0, 0.0, -0.78, -0.03, 0.0, 0.0, 0.0, 0.0, 0.0),
)
"""Fitted to the same. Path, jerk and unevenness are told, but tell incorrect from correct no better than the others do:
they weigh nothing. The subjects were healthy and young: no clinical claim follows."""


@dataclass(frozen=True, slots=True, eq=False)
class Judging:
    """What repetitions are held against, and by which rule."""

    standard: Standard
    rule: Rule = RULE


@dataclass(frozen=True, slots=True)
class RepetitionJudged:
    """How well a repetition was done: *score* 0..100, and what it is made of."""

    t_s: float
    score: float
    parts: Parts


def step(
    settings: Judging, state: tuple[Course, ...] | None, x: tuple[float, Course]
) -> tuple[tuple[Course, ...], RepetitionJudged]:
    """Take one repetition, as the time it was seen and its course; the state is one's own repetitions just before."""
    t_s, course = x
    earlier = state or ()
    parts = parts_of(settings.standard, course, earlier)
    judged = RepetitionJudged(t_s, score(settings.rule, settings.standard, parts), parts)
    return (*earlier, course)[-N_EARLIER:], judged


def standard_of(people: Sequence[Sequence[Course]]) -> Standard:
    """Return the standard set by the correct repetitions of one or more people, with their own spread.

    Each person is compared with the others, so that usual and spread are those of a newcomer. One person alone tells
    nothing of how others differ: the spread, and the usual of `COMPARED` parts, are NaN. See `steadied`.
    """
    first = middle_course([c.directions for c in people[0]])
    sided = [[_turned(c, first) for c in courses] for courses in people]
    middles = [middle_course([c.directions for c in courses]) for courses in sided]
    durations = [float(np.median([c.duration_s for c in courses])) for courses in sided]
    parts: list[Parts] = []
    for i, courses in enumerate(sided):
        others = [j for j in range(len(sided)) if j != i] or [i]
        against = _bare([middles[j] for j in others], [durations[j] for j in others])
        parts += [parts_of(against, c, courses[max(0, k - N_EARLIER) : k]) for k, c in enumerate(courses)]
    whole = _bare(middles, durations)
    table = np.array(parts)
    usual, spread = (np.nan_to_num(f(table, axis=0)) for f in (np.nanmean, np.nanstd))
    if len(people) == 1:
        usual[[Parts._fields.index(name) for name in COMPARED]] = np.nan
        spread[:] = np.nan
    return Standard(whole.directions, whole.duration_s, whole.moving, Parts(*usual.tolist()), Parts(*spread.tolist()))


def steadied(standard: Standard, typical: Typical) -> Standard:
    """Return the standard with its spread half way (in variance) to what is *typical* of movements.

    The spread of a few people is a poor guess; that of all movements together steadies it, and stands in for it, and
    for the usual, where there was one person only.
    """
    own, others = np.array(standard.spread), np.array(typical.spread)
    spread = np.where(np.isnan(own), others, np.sqrt((np.square(own) + np.square(others)) / 2))
    usual = np.where(np.isnan(standard.usual), typical.usual, standard.usual)
    return replace(standard, usual=Parts(*usual.tolist()), spread=Parts(*spread.tolist()))


def typical_of(standards: Sequence[Standard]) -> Typical:
    """Return what is typical of several movements: the mean of the usual, the root mean square of the spread."""
    spread = np.sqrt(np.nanmean(np.square([s.spread for s in standards]), axis=0))
    usual = np.nanmean([s.usual for s in standards], axis=0)
    return Typical(Parts(*usual.tolist()), Parts(*spread.tolist()))


def parts_of(standard: Standard, course: Course, earlier: Sequence[Course]) -> Parts:
    """Return the parts of a repetition. earlier : one's own repetitions just before, of which the last three count."""
    directions = nearer_side(course.directions, standard.directions)
    moving = np.array(standard.moving)
    turned, reach = excursion_deg(directions), _reach_deg(directions, moving)
    before = earlier[-N_EARLIER:]
    own = [nearer_side(c.directions, directions) for c in before]
    return Parts(
        path_deg=difference_deg(directions, standard.directions),
        trunk_deg=difference_deg(directions[:, TRUNK], standard.directions[:, TRUNK]),
        still_deg=_mean(turned[~moving]),
        range_ln=math.log(reach / _reach_deg(standard.directions, moving)),
        tempo_ln=math.log(course.duration_s / standard.duration_s),
        jerk=course.jerk,
        uneven_deg=_unevenness_deg(directions) - _unevenness_deg(standard.directions),
        unlike_deg=_average([difference_deg(directions, o) for o in own]),
        untimely=_average([abs(math.log(course.duration_s / c.duration_s)) for c in before]),
        unsteady=_average([abs(math.log(reach / _reach_deg(o, moving))) for o in own]),
    )


def spreads_off(standard: Standard, parts: Parts) -> Parts:
    """Return how far each part is from the usual, in spreads, at most `FARTHEST`; 0 where it cannot be told."""
    off = (np.array(parts) - np.array(standard.usual)) / np.array(standard.spread)
    return Parts(*np.clip(np.nan_to_num(off), -FARTHEST, FARTHEST).tolist())


def log_odds(rule: Rule, off: Parts) -> float:
    """Return the logarithm of the odds that a repetition this far *off* was done right; above 0 it more likely was."""
    z = np.array(off)
    return float(rule.base + z @ np.array(rule.towards) + np.abs(z) @ np.array(rule.away))


def score(rule: Rule, standard: Standard, parts: Parts) -> float:
    """Return 0..100, the chance in a hundred that people would call the repetition done right; 50 is the border."""
    return 100 / (1 + math.exp(-log_odds(rule, spreads_off(standard, parts))))


def reasons(rule: Rule, off: Parts) -> list[tuple[str, float]]:
    """Return the parts by name with what each took from the log odds (negative) or added, the worst first."""
    taken = {
        field: float(t * z + a * abs(z))
        for field, z, t, a in zip(Parts._fields, off, rule.towards, rule.away, strict=True)
    }
    return sorted(taken.items(), key=lambda item: item[1])


def _bare(middles: Sequence[Floats], durations: Sequence[float]) -> Standard:
    """Return a standard that has no usual parts yet."""
    directions = middle_course(middles)
    moving = tuple((excursion_deg(directions) > MOVES_DEG).tolist())
    nothing = Parts(*[math.nan] * len(Parts._fields))
    return Standard(directions, float(np.exp(np.mean(np.log(durations)))), moving, nothing, nothing)


def _turned(course: Course, to: Floats) -> Course:
    return Course(nearer_side(course.directions, to), course.duration_s, course.jerk)


def _reach_deg(directions: Floats, moving: Bools) -> float:
    """Return how far the moving bones turn on average, and 5 deg: below the tracker's error ratios mean nothing."""
    return 5.0 + _mean(excursion_deg(directions)[moving])


def _average(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else math.nan


def _unevenness_deg(directions: Floats) -> float:
    return difference_deg(directions, mirrored(directions))


def _mean(values: Floats) -> float:
    seen = values[np.isfinite(values)]
    return float(seen.mean()) if len(seen) else 0.0
