"""An exercise learned by being shown: which measures move, from where to where, how fast, held or not, which side."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from uncrick.coach import periodic
from uncrick.coach.course import BONES, Course, course_of, excursion_deg, middle_course
from uncrick.coach.periodic import Periodic, PeriodicState
from uncrick.coach.segment import Span
from uncrick.errors import Problem
from uncrick.exercise.definition import Condition, Exercise, Hold, Op, Phase, Repetition, Side, View
from uncrick.exercise.dose import Dose
from uncrick.motion import neutral, smooth
from uncrick.motion.measure import Layout, Measure, Sight, reader, sight_of
from uncrick.motion.smooth import Sample
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats

LEAST_SHOWN: Final = 3
"""Repetitions that must be shown: from fewer it cannot be told what is usual."""

FRONT_BREADTH: Final = 0.45
"""Shoulder width over trunk length in the picture above which it is a front view (as the library's start positions)."""

OUT: Final = 0.4
"""Part of the shown range by which the measure must turn to enter a phase. Others go less far than who shows."""

SEEN: Final = 2.0
"""A measure moves when its range is so many times its stated error, in which nine readings in ten lie."""

HOLD_S: Final = 1.5
"""Staying at the far end for so long is a hold; a turn without a hold dwells 0.3-0.8 s there (UI-PRMD)."""

NEAR_TOP: Final = 0.2
"""Part of the range from the far end within which a body counts as staying there."""

ONE_SIDED: Final = 0.5
"""When the limbs of one side turn less than this part of what the other side's do, the exercise is done on one side."""


class Move(NamedTuple):
    """How far a measure goes, in its unit: at rest, at the far end, and how cleanly (1: only out and back)."""

    measure: str
    rest: float
    far: float
    clean: float

    @property
    def range(self) -> float:
        """Return how far it goes, with its sign."""
        return self.far - self.rest


@dataclass(frozen=True, slots=True)
class Learned:
    """What was shown.

    moves : the measures that move, the one to count by first. tempo_s : of a repetition. way_s : from leaving rest to
    the far end. hold_s : how long it is held there, 0 if it is not. side : the one it is done on, empty for both.
    """

    view: View
    n_reps: int
    moves: tuple[Move, ...]
    tempo_s: float
    way_s: float
    hold_s: float
    side: Side

    @property
    def main(self) -> Move:
        """Return the measure to count by."""
        return self.moves[0]


class Shown(NamedTuple):
    """A demonstration as read: sights and times of its frames, the spans of its repetitions, and their courses."""

    t_s: Floats
    sights: tuple[Sight, ...]
    spans: tuple[Span, ...]
    courses: tuple[Course, ...]


def learn(clip: Clip, book: Mapping[str, Measure], n_reps: int | None = None) -> tuple[Learned | None, list[Problem]]:
    """Learn an exercise from a clip of at least three repetitions; *n_reps* is how many there are, if that is known.

    Returns what was shown, or the problems that keep it from being learned.
    """
    shown = _as_said(_watched(clip), n_reps)
    found = len(shown.spans)
    if found < LEAST_SHOWN or n_reps not in (None, found):
        wanted = f"at least {LEAST_SHOWN}" if n_reps is None else str(n_reps)
        hint = "show it slowly, rest a moment between repetitions, keep the whole body in the picture"
        return None, [Problem("clip", f"found {found} repetitions, wanted {wanted}", hint)]
    values, view = _measured(shown, book)
    moves = [m for name, v in values.items() if (m := _move(book[name], shown, v)) is not None]
    if not moves:
        says = f"none of the {len(values)} measures of a {view} view moves beyond its error"
        return None, [Problem("clip", says, "turn the other side to the camera, or come nearer")]
    moves.sort(key=lambda m: -_worth(book[m.measure], m))
    main = values[moves[0].measure]
    tempo_s = float(np.median([s.end_s - s.start_s for s in shown.spans]))
    way_s, hold_s = _timing(shown, main, moves[0])
    return Learned(view, found, tuple(moves), tempo_s, way_s, hold_s, _side(shown.courses)), []


def exercise_of(learned: Learned, id_: str) -> Exercise:
    """Return an exercise that counts what was shown, for a therapist to complete.

    Without a hold the phases open when the measure has turned by a part of the range, wherever it was before, so a
    neutral a little off does no harm; with a hold they open beyond a part of the range from rest. Nothing is known of
    what the exercise asks of a body: *attributes* are empty until a person fills them in.
    """
    main = learned.main
    up = main.range > 0
    if learned.hold_s:
        near, far = main.rest + OUT * main.range, main.rest + (1 - OUT) * main.range
        out, back = _phase("out", main, "above" if up else "below", far), _phase("rest", main, _not(up), near)
        hold = Hold(
            main.measure, _short(abs(NEAR_TOP * main.range)), _short(abs(main.range)), _short(0.6 * learned.hold_s)
        )
    else:
        turn = OUT * abs(main.range)
        out = _phase("out", main, "rises" if up else "falls", turn)
        back = _phase("rest", main, "falls" if up else "rises", turn)
        hold = None
    n, hold_s = max(learned.n_reps, LEAST_SHOWN), round(learned.hold_s)
    dose = Dose(1, n, hold_s, 20.0, max(1.0, round(learned.way_s, 1)), bool(learned.side), 1, (1, 3 * n),
                (float(hold_s), float(2 * hold_s)), ("practice",))  # fmt: skip
    return Exercise(
        id=id_, kind="mobility", view=learned.view, start=(), hold=hold, speed="", cues=(), dose=dose,
        phases=(back, Phase(out.name, out.when, hold=hold is not None)), repetition=Repetition(("out",), "rest"),
        equipment=(), regions=(), attributes=(), unjudged=("pain",), source=("practice",), proof=(),
    )  # fmt: skip


def _phase(name: str, main: Move, op: Op, value: float) -> Phase:
    return Phase(name, ((Condition(main.measure, op, _short(value)),),))


def _short(value: float) -> float:
    """Return the value to three digits: nobody should read more into it."""
    return float(f"{value:.3g}")


def _not(up: bool) -> Op:
    return "below" if up else "above"


def _watched(clip: Clip) -> Shown:
    """Count what is shown, and keep what measures are read from."""
    settings, state = Periodic(), None
    spans: list[Span] = []
    courses: list[Course] = []
    events: Sequence[periodic.RepetitionsSeen]
    sights: list[Sight] = []
    for frame in clip.frames():
        state, events = periodic.step(settings, state, frame)
        sights.append(sight_of(frame, 0.5))
        spans, courses = _told(spans, courses, state, events)
    if state is not None:
        spans, courses = _told(spans, courses, state, periodic.finish(settings, state, float(clip.t_s[-1])))
    return Shown(clip.t_s, tuple(sights), tuple(spans), tuple(courses))


def _as_said(shown: Shown, n_reps: int | None) -> Shown:
    """Take two by two what was counted once each way, as a swing without a pause is, if that gives *n_reps*."""
    found = len(shown.spans)
    if n_reps is None or found == n_reps or (found + 1) // 2 != n_reps:
        return shown
    pairs = zip(shown.spans[::2], (*shown.spans[1::2], shown.spans[-1]), strict=False)
    return shown._replace(spans=tuple(Span(a.start_s, b.end_s) for a, b in pairs))


def _told(
    spans: list[Span], courses: list[Course], state: PeriodicState, events: Sequence[periodic.RepetitionsSeen]
) -> tuple[list[Span], list[Course]]:
    for event in events:
        first = event.n - len(event.spans)
        spans = [*spans[:first], *event.spans]
        courses = [*courses[:first], *(course_of(state.t_s, state.shapes, s) for s in event.spans)]
    return spans, courses


def _measured(shown: Shown, book: Mapping[str, Measure]) -> tuple[dict[str, Floats], View]:
    """Return the smoothed values of every measure that the view allows, (T,) each, and the view."""
    ends = [shown.spans[0].start_s, *(s.end_s for s in shown.spans)]
    resting = [s for t, s in zip(shown.t_s, shown.sights, strict=True) if min(abs(t - e) for e in ends) < 0.1]
    layout = neutral.layout_of(resting)
    breadth = _series(shown, resting, layout, book["shoulder_breadth"])
    view: View = "front" if np.nanmedian(breadth) > FRONT_BREADTH else "side"
    usable = [m for m in book.values() if m.view in (view, "any")]
    return {m.name: _series(shown, resting, layout, m) for m in usable}, view


def _series(shown: Shown, resting: Sequence[Sight], layout: Layout, measure: Measure) -> Floats:
    read = reader(measure, layout)
    turn_deg = neutral.body_turn_deg(resting)
    rest = neutral.rest_of(measure, [read(s) for s in resting], turn_deg)
    settings, state, out = smooth.Smooth(), None, []
    for t_s, sight in zip(shown.t_s.tolist(), shown.sights, strict=True):
        state, sample = smooth.step(settings, state, Sample(t_s, (neutral.value_of(measure, read(sight), rest),)))
        out.append(sample.values[0])
    return np.array(out)


def _move(measure: Measure, shown: Shown, values: Floats) -> Move | None:
    """Return how a measure moved, or None where it is unseen too often or stays within its error."""
    if np.isnan(values).mean() > 0.1:
        return None
    seen = ~np.isnan(values)
    within = [seen & (shown.t_s >= s.start_s) & (shown.t_s <= s.end_s) for s in shown.spans]
    if not all(w.sum() >= 5 for w in within):
        return None
    ends = [values[w][[0, 1, -2, -1]] for w in within]
    rest = float(np.median(ends))
    far = float(np.median([v[np.argmax(np.abs(v - rest))] for v in (values[w] for w in within)]))
    if abs(far - rest) < SEEN * measure.error:
        return None
    path = float(np.sum([np.abs(np.diff(values[w])).sum() for w in within]))
    clean = min(1.0, 2 * sum(float(np.ptp(values[w])) for w in within) / path) if path else 0.0
    return Move(measure.name, rest, far, clean)


def _worth(measure: Measure, move: Move) -> float:
    """Return how well a measure counts: how far it goes in its own errors, less if it does more than out and back."""
    return move.clean**2 * math.log(abs(move.range) / measure.error + 1)


def _timing(shown: Shown, values: Floats, main: Move) -> tuple[float, float]:
    """Return the median time from leaving rest to the far end, and how long a body stays near it, 0 for no hold."""
    ways, stays = [], []
    for span in shown.spans:
        t_s = shown.t_s[(shown.t_s >= span.start_s) & (shown.t_s <= span.end_s)]
        out = (values[(shown.t_s >= span.start_s) & (shown.t_s <= span.end_s)] - main.rest) / main.range
        top = float(np.nanmax(out)) if np.isfinite(out).any() else 0.0
        if top <= 0:  # a swing's way to the other side
            continue
        near = t_s[out >= (1 - NEAR_TOP) * top]
        left = t_s[out >= NEAR_TOP * top]
        ways.append(float(near[0] - left[0]))
        stays.append(float(near[-1] - near[0]))
    if not ways:
        return 0.0, 0.0
    stay_s = float(np.median(stays))
    return float(np.median(ways)), stay_s if stay_s >= HOLD_S else 0.0


def _side(courses: Sequence[Course]) -> Side:
    """Return the side whose limbs turn at least twice as far as the other side's, empty if they share the work."""
    turned = excursion_deg(middle_course([c.directions for c in courses]))
    left, right = (
        max(
            (float(x) for (name, _, _), x in zip(BONES, turned, strict=True) if name.endswith(side) and x == x),
            default=0,
        )
        for side in ("left", "right")
    )
    if min(left, right) >= ONE_SIDED * max(left, right):
        return ""
    return "left" if left > right else "right"
