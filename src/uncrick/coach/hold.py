"""Staying in the stretch: when the movement came to rest, when it left again, and whether it pushed in between."""

import bisect
import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from uncrick.motion.traverse import Moment, rise_within

REACHED = 0.6
"""Part of the intended depth beyond which staying counts as a hold. Source: CLINICAL 3.3."""

LEFT = 0.5
"""Part of the hold's own depth below which the hold is over. Our default."""

_STEPS = 200
_PROGRESS = tuple(10 * u**3 - 15 * u**4 + 6 * u**5 for u in (i / _STEPS for i in range(_STEPS + 1)))


ARRIVED = 1.02
"""A hold that is deeper by no more than this factor than when its start was found is the same one. Our default."""

BEFORE_S = (0.3, 1.3)
BACK = 5
"""What counts as the depth before the way out: so long before it. It is looked for at most so many times, each earlier
than the last; even a way of six seconds through jitter needs no more. Our default."""

PUSH_S = 0.5
PUSH_SD = 3.5
"""A second push is an outward rise within half a second of at least 3.5 times the jitter. Source: CLINICAL 3.3."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How an exercise is held. Depth is outward-positive: 0 at the neutral, *deep* where the stretch is meant to be.

    outward : for each phase with a hold, +1 when going deeper raises the measure, -1 when it lowers it.
    within : range that counts as staying, jitter aside. plateau_s : how long that must last to be a hold.
    keep_s : how much of the past is kept to find when the movement came to rest.
    follow_s : how slowly the hold's depth follows the person, so that a slow way out is not taken for a new depth.
    """

    outward: Mapping[str, float]
    deep: float
    within: float
    plateau_s: float = 0.8
    keep_s: float = 5.0
    follow_s: float = 3.0


class HoldTick(NamedTuple):
    """One time: the present phase, how far the measure is from the neutral (NaN unseen), and its jitter (SD)."""

    t_s: float
    phase: str
    change: float
    jitter: float


class HoldState(NamedTuple):
    """phase : the present phase. trail : recent changes from the neutral. start_s : when the hold began, NaN if none.

    level, peak : its depth now, its deepest. band : how far from the level still counts as being there.
    arrived : the depth *start_s* was found for. again_s : when to find it again, NaN once that is settled: who comes
    slowly is still on the way when a hold is first recognised.
    """

    phase: str = ""
    trail: tuple[Moment, ...] = ()
    start_s: float = math.nan
    level: float = math.nan
    peak: float = math.nan
    band: float = math.nan
    arrived: float = math.nan
    again_s: float = math.nan

    @property
    def is_on(self) -> bool:
        """Whether somebody is holding."""
        return self.start_s == self.start_s


class Held(NamedTuple):
    """A hold that is over, in s. peak : its deepest, as a signed change from the neutral, in the measure's unit."""

    phase: str
    start_s: float
    end_s: float
    peak: float


def step(settings: Holding, state: HoldState | None, x: HoldTick) -> tuple[HoldState, Held | None]:
    """Take one time; return the hold that just ended, if one did.

    A hold begins once depth has stayed within *within* + 3 x jitter for *plateau_s* beyond 60 % of *deep*; its start is
    then set back to when the movement into it ended. It is over when depth falls under half of the hold's own, or the
    phase is left.
    """
    state = state or HoldState()
    changes = state.trail
    if x.change == x.change:
        changes = (*_kept(settings, changes, x.t_s), Moment(x.t_s, x.change))
    if x.phase != state.phase:
        return HoldState(x.phase, changes), _ended(settings, state)
    if x.phase not in settings.outward or x.change != x.change:
        return _moved_on(state, changes, state.level, state.peak), None
    depth = settings.outward[x.phase] * x.change
    if not state.is_on:
        return _settle(settings, _moved_on(state, changes, state.level, state.peak), x), None
    if depth < LEFT * state.level:  # forget the way out, lest its slow beginning pass for another hold
        return HoldState(x.phase, changes[-1:]), _ended(settings, _moved_on(state, changes, state.level, state.peak))
    if abs(depth - state.level) <= settings.within + 3 * x.jitter:
        weight = min(1.0, (x.t_s - changes[-2].t_s) / settings.follow_s)
        level = state.level + (depth - state.level) * weight
        state = _moved_on(state, changes, level, max(state.peak, level))
        return (_settle(settings, state, x) if x.t_s >= state.again_s else state), None
    plateau = settings.outward[x.phase] * _plateau(settings, changes, x.jitter)
    return _moved_on(state, changes, plateau if plateau == plateau else state.level, state.peak), None


def _moved_on(state: HoldState, trail: tuple[Moment, ...], level: float, peak: float) -> HoldState:
    """Return *state* a frame later; written out, because `_replace` takes three times as long."""
    return HoldState(state.phase, trail, state.start_s, level, peak, state.band, state.arrived, state.again_s)


def close(settings: Holding, state: HoldState | None, t_s: float) -> Held | None:
    """Return the hold that is still on when the watching ends at *t_s*, or None."""
    if state is None or not state.is_on or not t_s > state.start_s:
        return None
    return Held(state.phase, state.start_s, t_s, settings.outward[state.phase] * state.peak)


def push(settings: Holding, state: HoldState, x: HoldTick) -> float:
    """Return how far the person has just pushed beyond the hold's own depth, 0 when that is no more than jitter.

    The rise is over the last half second, in the measure's unit.
    """
    if not state.is_on or not state.trail or x.phase != state.phase:
        return 0.0
    sign, least = settings.outward[x.phase], PUSH_SD * x.jitter
    if not sign * x.change > state.level + least / 2:
        return 0.0
    rise = rise_within(state.trail, Moment(x.t_s, x.change), PUSH_S, sign)
    return rise if rise >= least and sign * x.change > state.level + rise / 2 else 0.0


def _ended(settings: Holding, state: HoldState) -> Held | None:
    if not state.is_on:
        return None
    end_s = _departure_s(settings, state)
    peak = settings.outward[state.phase] * state.peak
    return Held(state.phase, state.start_s, end_s, peak) if end_s > state.start_s else None


def _kept(settings: Holding, trail: tuple[Moment, ...], t_s: float) -> tuple[Moment, ...]:
    """Forget what is too old, now and then: cutting a long tuple at every frame would cost more than the rest."""
    if not trail or t_s - trail[0].t_s < settings.keep_s + 1.0:
        return trail
    return tuple([m for m in trail if m.t_s >= t_s - settings.keep_s]) or trail[-1:]


def _plateau(settings: Holding, trail: tuple[Moment, ...], jitter: float) -> float:
    """Return the median depth of the last *plateau_s* when it stayed within the range of a hold, else NaN."""
    newest, within = trail[-1], settings.within + 3 * jitter
    since_s = newest.t_s - settings.plateau_s - 1e-6
    depths = []
    for moment in reversed(trail):
        if moment.t_s < since_s:
            break
        if abs(moment.value - newest.value) > within:
            return math.nan
        depths.append(moment.value)
    whole = newest.t_s - trail[-len(depths)].t_s >= 0.8 * settings.plateau_s and len(depths) >= 3
    return median(depths) if whole and max(depths) - min(depths) <= within else math.nan


def _settle(settings: Holding, state: HoldState, x: HoldTick) -> HoldState:
    """Recognise a hold, or find its start again for the depth it has meanwhile come to."""
    sign = settings.outward[x.phase]
    level = sign * _plateau(settings, state.trail, x.jitter)
    if not level >= REACHED * settings.deep:
        return state
    if level <= ARRIVED * state.arrived:
        return state._replace(again_s=math.nan)
    depths = tuple(Moment(m.t_s, sign * m.value) for m in state.trail)
    band = settings.within / 2 + 2 * x.jitter
    start_s, again_s = _arrival_s(depths, level, band), x.t_s + settings.plateau_s
    return state._replace(start_s=start_s, level=level, peak=level, band=band, arrived=level, again_s=again_s)


def _arrival_s(trail: tuple[Moment, ...], level: float, band: float) -> float:
    """When the movement that led to *level* ended: a minimum-jerk movement is fitted to its middle part.

    The movement is what follows the last time below half of *level*. The end is kept between its crossing of 85 % and
    a third of its time after it comes within *band*, so that a creeping or jerky approach, which is no such thing,
    moves it by little. After an overshoot it is the time of coming back. Source: flash1985.
    """
    n = len(trail)
    start = max((i + 1 for i, m in enumerate(trail) if m.value < 0.5 * level), default=0)
    inside = next((i for i in range(start, n) if abs(trail[i].value - level) <= band), n - 1)
    soon = [i for i in range(inside, n) if trail[i].t_s < trail[inside].t_s + 0.7]
    over = [i for i in soon if trail[i].value > level + 0.8 * band]
    if start == 0 or over:
        return trail[min(over[-1] + 1, n - 1) if over else inside].t_s
    near = max((i for i in range(start, inside) if trail[i].value < 0.85 * level), default=start - 1)
    first = start
    while first > 0 and 0.15 * level <= trail[first - 1].value < 0.9 * level:
        first -= 1
    end_s, took_s = _fitted_end_s(trail[first : inside + 1], level)
    latest_s = trail[inside].t_s + 0.35 * took_s
    return min(max(end_s, trail[near].t_s), latest_s) if end_s == end_s else trail[inside].t_s


def _departure_s(settings: Holding, state: HoldState) -> float:
    """When the movement away from the hold began: the same fit, run backwards in time; its start if it never was on.

    The hold's depth follows a slow way out down, and is put back to what it was in the second before that way began.
    """
    sign = settings.outward[state.phase]
    backwards = tuple(Moment(-m.t_s, sign * m.value) for m in reversed(state.trail) if m.t_s >= state.start_s)
    if not backwards:
        return state.start_s
    level, end_s = state.level, math.inf
    for _ in range(BACK):
        found_s = -_arrival_s(backwards, level, state.band)
        if not found_s < end_s:
            break
        end_s = found_s
        before = [m.value for m in backwards if BEFORE_S[0] <= end_s + m.t_s <= BEFORE_S[1]]
        level = max(level, median(before)) if before else level
    return end_s


def _fitted_end_s(part: tuple[Moment, ...], level: float) -> tuple[float, float]:
    """Fit a minimum-jerk movement from 0 to *level* to *part* by least squares.

    Returns when it ends and how long it takes, s; NaN where none fits.
    """
    points = [(m.t_s, _elapsed(m.value / level)) for m in part if 0.2 < m.value / level < 0.9]
    if len(points) < 2:
        return math.nan, math.nan
    mean_t = sum(t for t, _ in points) / len(points)
    mean_u = sum(u for _, u in points) / len(points)
    spread = sum((u - mean_u) ** 2 for _, u in points)
    took_s = sum((t - mean_t) * (u - mean_u) for t, u in points) / spread if spread > 0 else math.nan
    return (mean_t + took_s * (1 - mean_u), took_s) if took_s > 0 else (math.nan, math.nan)


def _elapsed(progress: float) -> float:
    """Return the part of its time in which a minimum-jerk movement comes *progress* of its way. Source: flash1985."""
    i = min(max(bisect.bisect_left(_PROGRESS, progress), 1), _STEPS)
    low, high = _PROGRESS[i - 1], _PROGRESS[i]
    return (i - 1 + (progress - low) / (high - low)) / _STEPS
