"""What is fixed while one exercise is watched, and what is remembered between two frames."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from uncrick.coach import count, cues, hold, phases
from uncrick.coach.events import Event
from uncrick.exercise.definition import KEPT_BY_ENGINE, Exercise, measures_of, outward, start_measures_of
from uncrick.motion import neutral, smooth, traverse
from uncrick.motion.judge import Judge, judge_of
from uncrick.motion.measure import Layout, Measure, Needs, Sight, for_model, needs_of, reader
from uncrick.pose import quality

LAYOUTS = tuple(Layout(near, facing) for near in ("left", "right") for facing in (1.0, -1.0))


SURE = {"blazepose-heavy": 0.2}
"""The visibility from which a model's landmark counts as seen, where it is not the usual: heavy gives 0.2-0.4 to elbows
that cross in front of the chest, and under 0.17 to what is hidden (docs/measures.md)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When the camera may not judge. Source: CLINICAL 3.3 for the jitter, ours for the rest.

    push_jitter_deg, speed_jitter_deg : above this jitter the rule is off, and says so.
    visibility_min : below it a landmark counts as unseen. unseen_s : so long a measure is unseen before it is said.
    start_s : so long may the start position be missing before it is said.
    aside_deg : seen from further aside a turn may read too deep (docs/benchmarks.md), which is said.
    moved : change of the trunk's length in the picture (camera or chair moved) after which the neutral is taken again.
    hold_error_s : the error of a hold's length; one that is short by no more than this is complete.
    """

    push_jitter_deg: float = 2.0
    speed_jitter_deg: float = 4.0
    visibility_min: float = 0.5
    unseen_s: float = 1.0
    start_s: float = 6.0
    aside_deg: float = 20.0
    moved: float = 0.15
    hold_error_s: float = 0.2


@dataclass(frozen=True, slots=True)
class Watch:
    """The settings of one watching; made by `compile_watch`.

    readers : the measures, compiled for every way a camera may see the person, to take a neutral; *judges* : the same
    against a neutral. needs : the landmarks they read.
    start : what must be true of *start_measures* (read by *start_readers*) before a neutral is taken, if anything.
    main : place of the measure that is held or swings. speed : place of the measure of speed, -1 for none.
    asked_hold_s : the hold that counts as complete. quiet_hold_s : the hold before whose end nothing is said.
    """

    exercise: Exercise
    measures: tuple[Measure, ...]
    readers: neutral.Readers
    judges: Mapping[Layout, Judge]
    needs: Needs
    table: phases.Phases
    counting: count.Counting
    cueing: cues.Cues
    holding: hold.Holding
    start: phases.Holds | None
    start_measures: tuple[Measure, ...]
    start_readers: neutral.Readers
    main: int
    speed: int
    asked_hold_s: float
    quiet_hold_s: float
    limits: Limits = field(default_factory=Limits)
    presence: quality.Presence = field(default_factory=quality.Presence)
    stillness: neutral.Stillness = field(default_factory=neutral.Stillness)
    smoothing: smooth.Smooth = field(default_factory=smooth.Smooth)
    traversing: traverse.Traverse = field(default_factory=traverse.Traverse)


class SightState(NamedTuple):
    """For each measure: since when it has been unseen (NaN: it is seen), and whether that was said."""

    since_s: tuple[float, ...] = ()
    said: tuple[bool, ...] = ()


class WatchState(NamedTuple):
    """All that is remembered between two frames.

    window : recent sights, only while a neutral is looked for; looked_s : when that was last done.
    speed_rules, push_rule : off when the picture jitters.
    peaks : depth of the last hold of each side. waiting_s : since when the start position is missing, inf once said.
    stopped : a stop was raised; nothing is counted or corrected any more. t_s : time of the last frame.
    """

    presence: quality.PresenceState | None = None
    window: tuple[tuple[float, Sight], ...] = ()
    looked_s: float = -math.inf
    rest: neutral.Neutral | None = None
    smoothed: smooth.SmoothState | None = None
    speeds: traverse.TraverseState | None = None
    at: phases.PhasesState | None = None
    held: hold.HoldState | None = None
    counted: count.CountState | None = None
    cued: cues.CueState | None = None
    sight: SightState = SightState()
    peaks: tuple[tuple[str, float], ...] = ()
    speed_rules: bool = True
    push_rule: bool = True
    waiting_s: float = math.nan
    stopped: bool = False
    t_s: float = -math.inf


class Reading(NamedTuple):
    """What a screen shows of one frame.

    values : of all measures in their order, NaN unseen; empty before the neutral.
    hold_s : how long the present hold has lasted, NaN when there is none. usable : whether the frame could be judged.
    """

    t_s: float
    phase: str
    values: tuple[float, ...]
    hold_s: float
    usable: bool


class Seen(NamedTuple):
    """What one frame brought."""

    events: tuple[Event, ...]
    reading: Reading


def compile_watch(
    exercise: Exercise, book: Mapping[str, Measure], asked_hold_s: float | None = None, model: str = ""
) -> Watch:
    """Compile *exercise* with the measures of *book*.

    asked_hold_s : the prescribed hold, else the exercise's own least. model : what makes the landmarks, see `Clip`.
    Raises ValueError for an exercise that no camera can judge.
    """
    if not exercise.is_tracked:
        raise ValueError(f"{exercise.id} has no phases to watch")
    book = {name: for_model(measure, model) for name, measure in book.items()}
    names, start_names = measures_of(exercise), start_measures_of(exercise)
    measures = tuple(book[name] for name in names)
    index = {name: i for i, name in enumerate((*names, *KEPT_BY_ENGINE))}
    start_index = {name: i for i, name in enumerate(start_names)}
    outwards = {phase.name: outward(exercise, phase) for phase in exercise.phases if phase.hold}
    held = exercise.hold
    table = phases.compile_phases(exercise, index)
    least_s = held.least_s if held else 0.0
    return Watch(
        exercise=exercise,
        measures=measures,
        readers=_readers(names, book),
        judges={layout: judge_of(measures, layout) for layout in LAYOUTS},
        needs=needs_of(measures, quality.JOINTS),
        table=table,
        counting=count.compile_counting(exercise),
        cueing=cues.compile_cues(exercise, index),
        holding=hold.Holding(outwards, held.deep if held else 0.0, held.within if held else 0.0),
        start=phases.compile_when(exercise.start, start_index) if exercise.start else None,
        start_measures=tuple(book[name] for name in start_names),
        start_readers=_readers(start_names, book),
        main=0 if held or not table.swinging else table.swinging[0],
        speed=index[exercise.speed] if exercise.speed else -1,
        asked_hold_s=least_s if asked_hold_s is None else asked_hold_s,
        limits=Limits(visibility_min=SURE[model]) if model in SURE else Limits(),
        quiet_hold_s=exercise.dose.hold_s if asked_hold_s is None else asked_hold_s,
    )


def _readers(names: tuple[str, ...], book: Mapping[str, Measure]) -> neutral.Readers:
    return {layout: tuple(reader(book[name], layout) for name in names) for layout in LAYOUTS}


def phase_name(watch: Watch, state: WatchState) -> str:
    """Return the name of the present phase, empty before the first."""
    return watch.table.names[state.at.phase] if state.at and state.at.phase >= 0 else ""
