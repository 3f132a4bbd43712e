"""Counting any movement that repeats itself, without knowing which: out from rest, back to rest, once a repetition.

Each frame is seen once. Ten times a second the body's shape is compared with its shape at rest; the weighted distance
goes out and comes back with every repetition. After each one, rest, joint weights and the repetitions of the last few
rounds are worked out anew from the samples kept, so the count may be corrected: the event says so.
"""

import bisect
import math
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from uncrick.coach import excursion, movement, segment, shape, tuning
from uncrick.coach.course import Course, course_of
from uncrick.coach.excursion import Excursion, Turn
from uncrick.coach.movement import Finding, Movement, Samples
from uncrick.coach.segment import Segmenting, Span
from uncrick.coach.shape import Sample, Sampling, SamplingState
from uncrick.pose.frame import Floats, Frame


@dataclass(frozen=True, slots=True)
class Periodic:
    """Settings of the counter; one and the same for every movement.

    n_kept : repetitions that are worked out anew together; older ones are final. n_samples : samples kept at most.
    unfinished : a last repetition broken off by the end of the stream counts from this part of the usual height.
    settle : until so many repetitions are kept, everything is worked out anew every *idle_s* as well.
    pause : after so many periods without a repetition, and at least *pause_s*, those kept are final and another
        movement is reckoned with.
    """

    sampling: Sampling = field(default_factory=Sampling)
    finding: Finding = field(default_factory=Finding)
    segmenting: Segmenting = field(default_factory=Segmenting)
    n_kept: int = 8
    n_samples: int = 600
    unfinished: float = 0.6
    settle: int = 3
    idle_s: float = 1.0
    pause: float = 3.0
    pause_s: float = 5.0


@dataclass(frozen=True, slots=True)
class RepetitionsSeen:
    """The count has changed: *n* repetitions until now.

    spans : from when to when the latest ones last; those before, ``n - len(spans)`` of them, stay as last told.
    revised : more has changed than that one repetition was added.
    """

    t_s: float
    n: int
    spans: tuple[Span, ...]
    revised: bool


class PeriodicState(NamedTuple):
    """What is remembered: the samples kept, the movement as known, and how many repetitions are final.

    begun : the shape the stream began in. trunk : length that makes distances size-free, in the shapes' unit.
    tuned_s : when the movement was last worked out. opening_s : where the first repetition kept starts, NaN unknown.
    """

    sampling: SamplingState | None
    moves: Movement
    begun: Floats
    trunk: float = math.nan
    tuned_s: float = -math.inf
    t_s: tuple[float, ...] = ()
    shapes: tuple[Floats, ...] = ()
    n_final: int = 0
    opening_s: float = math.nan
    spans: tuple[Span, ...] = ()

    @property
    def n(self) -> int:
        """How many repetitions there were until now."""
        return self.n_final + len(self.spans)


Step = tuple[PeriodicState, tuple[RepetitionsSeen, ...]]

_NOBODY = np.full((shape.N_JOINTS, 3), np.nan)
_N_BEGUN = 3
_TRUNK_SAMPLES = 50
"""Samples over which the trunk's length is averaged."""


def step(settings: Periodic, state: PeriodicState | None, frame: Frame) -> Step:
    """Take one frame; return what it changed in the count."""
    state = state or PeriodicState(None, Movement(_NOBODY, _NOBODY, tuning.EVEN), _NOBODY)
    sampling, sample = shape.step(settings.sampling, state.sampling, frame)
    state = PeriodicState(sampling, *state[1:])  # once a frame, and a third of what _replace costs
    return (state, ()) if sample is None else _take(settings, state, sample)


def finish(settings: Periodic, state: PeriodicState | None, t_s: float) -> tuple[RepetitionsSeen, ...]:
    """Return what the end of the stream at *t_s* brings: a repetition broken off late counts, the last span closes."""
    if state is None or state.sampling is None:
        return ()
    before = state.n
    state, _ = _take(settings, state, shape.gathered(state.sampling))
    moves, distances = _worked_out(settings, state)
    now = moves.tracked
    usual = excursion.usual_height(settings.finding.hysteresis, now.found)
    if usual and now.out and now.peak - now.low > settings.unfinished * usual:
        broken_off = Excursion(now.left_s, now.peak_s, now.t_s, now.peak - now.low)
        moves = moves._replace(tracked=now._replace(found=(*now.found, broken_off)))
    state = _with_spans(settings, state, moves, distances)
    return (RepetitionsSeen(t_s, state.n, state.spans, state.n not in (before, before + 1)),) if state.n else ()


def courses(state: PeriodicState) -> tuple[Course, ...]:
    """Return the course of each repetition kept, in the order of the spans told last."""
    return tuple([course_of(state.t_s, state.shapes, span) for span in state.spans])


def _take(settings: Periodic, state: PeriodicState, sample: Sample) -> Step:
    """Add a sample, follow the distance, and work the movement out anew when a repetition is over."""
    state = _added(_room_made(settings, state), sample)
    moves, turn = movement.follow(settings.finding, state.moves, _samples(state))
    state = state._replace(moves=moves)
    if turn is Turn.NONE and _paused(settings, state, sample.t_s):
        state = _all_final(state)
    idle_s = max(settings.idle_s, 0.25 * (sample.t_s - state.t_s[0]))
    unsettled = len(state.moves.tracked.found) < settings.settle
    if turn is not Turn.BACK and not (unsettled and sample.t_s - state.tuned_s > idle_s):
        return state, ()
    while len(movement.repetitions(settings.finding, state.moves.tracked.found)) > settings.n_kept:
        state = _first_final(settings, state)
    before = state.n
    state = _with_spans(settings, state, *_worked_out(settings, state))._replace(tuned_s=sample.t_s)
    if state.n == before and turn is not Turn.BACK:
        return state, ()
    return state, (RepetitionsSeen(sample.t_s, state.n, state.spans, state.n != before + 1),)


def _added(state: PeriodicState, sample: Sample) -> PeriodicState:
    """Add *sample*, and average the trunk's length. A joint seen for the first time has always been where it is now."""
    new, n = sample.shape, len(state.t_s) + 1
    moves, begun, tuned_s, shapes = state.moves, state.begun, state.tuned_s, state.shapes
    if not shapes:
        moves, begun, tuned_s = Movement(new, new, tuning.EVEN), new, sample.t_s
    elif shape.has_gap(shapes[-1]):
        first = np.isnan(shapes[-1]) & ~np.isnan(new)
        moves = moves._replace(rest=np.where(first, new, moves.rest), rest_now=np.where(first, new, moves.rest_now))
        begun = np.where(first, new, begun)
        shapes = tuple([np.where(first, new, s) for s in shapes])
    if n <= _N_BEGUN and not state.n_final:
        begun = begun + (new - begun) / n
    return state._replace(
        moves=moves, begun=begun, tuned_s=tuned_s, trunk=_averaged(state.trunk, shape.trunk_length(new), n),
        t_s=(*state.t_s, sample.t_s), shapes=(*shapes, new),
    )  # fmt: skip


def _averaged(trunk: float, length: float, n: int) -> float:
    """Return the trunk's length after the *n*-th sample, in which it is *length*; either is NaN where unknown."""
    if length != length:
        return trunk
    return trunk + (length - trunk) / min(n, _TRUNK_SAMPLES) if trunk == trunk else length


def _room_made(settings: Periodic, state: PeriodicState) -> PeriodicState:
    """Forget samples when there are too many: those of the first repetition, or the older half without any."""
    if len(state.t_s) < settings.n_samples:
        return state
    if state.moves.tracked.found:
        return _first_final(settings, state)
    return _cut(state, len(state.t_s) // 2)


def _first_final(settings: Periodic, state: PeriodicState) -> PeriodicState:
    """Forget the samples up to where the first excursion kept was back; if it is a repetition it is final now."""
    found = state.moves.tracked.found
    kept = movement.repetitions(settings.finding, found)
    first = kept[0]
    later = [s for s in state.spans if s.start_s > first.peak_s]
    left = tuple(e for e in found if e.left_s > first.left_s)
    state = _cut(state, int(np.searchsorted(state.t_s, first.back_s)))
    moves = state.moves._replace(tracked=state.moves.tracked._replace(found=left))
    opening_s = later[0].start_s if later else math.nan
    return state._replace(moves=moves, n_final=state.n_final + 1, spans=tuple(later), opening_s=opening_s)


def _paused(settings: Periodic, state: PeriodicState, t_s: float) -> bool:
    """Whether no repetition was seen for so long that another movement may follow."""
    found, half = state.moves.tracked.found, state.moves.half_period
    if not found or state.moves.tracked.out:
        return False
    sample_s = (state.t_s[-1] - state.t_s[0]) / (len(state.t_s) - 1)
    apart_s = (found[-1].peak_s - found[0].peak_s) / max(len(found) - 1, 1)
    period_s = max(2 * half * sample_s, apart_s)
    return t_s - found[-1].back_s > max(settings.pause_s, settings.pause * period_s)


def _all_final(state: PeriodicState) -> PeriodicState:
    """Forget all samples up to the last repetition; what comes may be another movement, so all joints weigh alike."""
    found = state.moves.tracked.found
    n, state = state.n, _cut(state, bisect.bisect_left(state.t_s, found[-1].back_s))
    rest = state.moves.rest_now
    return state._replace(moves=Movement(rest, rest, tuning.EVEN), n_final=n, spans=(), opening_s=math.nan)


def _cut(state: PeriodicState, n: int) -> PeriodicState:
    return state._replace(t_s=state.t_s[n:], shapes=state.shapes[n:])


def _samples(state: PeriodicState) -> Samples:
    return Samples(state.t_s, state.shapes, _trunk(state), None if state.n_final else state.begun)


def _trunk(state: PeriodicState) -> float:
    """Return the length of the trunk; of a body whose shoulders were never seen, the largest extent from the hips."""
    if state.trunk > 0:
        return state.trunk
    return max(float(np.nanmax(np.abs(state.shapes[-1]), initial=0.0)), 1e-6)


def _worked_out(settings: Periodic, state: PeriodicState) -> tuple[Movement, Floats]:
    if len(state.t_s) < 2:
        return state.moves, np.zeros(len(state.t_s))
    return movement.work_out(settings.finding, state.moves, _samples(state))


def _with_spans(settings: Periodic, state: PeriodicState, moves: Movement, distances: Floats) -> PeriodicState:
    """Return the state with the movement as worked out and the spans of its repetitions."""
    t_s = np.array(state.t_s)
    kept = movement.repetitions(settings.finding, moves.tracked.found)
    peaks = np.searchsorted(t_s, [e.peak_s for e in kept]).tolist()
    spans = segment.spans(settings.segmenting, t_s, distances, peaks, state.opening_s)
    return state._replace(moves=moves, spans=spans)
