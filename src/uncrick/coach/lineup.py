"""Several exercises watched at once: which of them is being done, and whether it is the one that was asked for."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from uncrick.coach import engine, summary
from uncrick.coach.events import (
    BodyFound,
    BodyLost,
    Event,
    HoldBroken,
    HoldCompleted,
    NeutralSet,
    RepetitionCounted,
    StopRaised,
    Unseen,
)
from uncrick.coach.summary import SetSummary, SummaryState
from uncrick.coach.watch import Reading, Watch, WatchState
from uncrick.pose.frame import Frame
from uncrick.pose.landmark import INDEX
from uncrick.pose.quality import JOINTS

TRUNK = [INDEX[name] for name in JOINTS]

LONG_ENOUGH_S = 5.0
"""Somebody must be in the picture for so long before it is said that they do something else. Our default."""


@dataclass(frozen=True, slots=True)
class Lineup:
    """watches : one for each exercise that is known. asked : the place of the one that was asked for, -1 for none."""

    watches: tuple[Watch, ...]
    asked: int = -1


class LineupState(NamedTuple):
    """chosen : place of the exercise whose events are told, -1 while it is open. held_back : events of each till then.

    other : place of another exercise that is being done instead, -1 for none. seen_s : how long a body has been there,
    shoulders and hips in the picture.
    """

    states: tuple[WatchState | None, ...]
    sums: tuple[SummaryState | None, ...]
    held_back: tuple[tuple[Event, ...], ...]
    chosen: int = -1
    other: int = -1
    seen_s: float = 0.0
    t_s: float = 0.0


class LineupSeen(NamedTuple):
    """What one frame brought. exercise : id of the one being told, empty while open. readings : one for each watch."""

    events: tuple[Event, ...]
    exercise: str
    readings: tuple[Reading, ...]
    told: int

    @property
    def reading(self) -> Reading:
        """The reading of the exercise being told, of the first one while that is open."""
        return self.readings[self.told]


def step(lineup: Lineup, state: LineupState | None, frame: Frame) -> tuple[LineupState, LineupSeen]:
    """Take one frame; return the events of the exercise that was asked for or, once it is clear, of the one being done.

    It is clear with the first hold, repetition or stop, unless another exercise is then being held more deeply; until
    then only that a body came or went is told.
    """
    state = state or _begin(lineup, frame)
    news: list[tuple[Event, ...]] = []
    states, sums, readings = list(state.states), list(state.sums), []
    for i, watch in enumerate(lineup.watches):
        states[i], seen = engine.step(watch, states[i], frame)
        sums[i], _ = summary.step(watch, sums[i], seen)
        news.append(seen.events)
        readings.append(seen.reading)
    t_s = frame.t_s if state.t_s < frame.t_s < math.inf else state.t_s
    seen_s = state.seen_s + (t_s - state.t_s if _is_whole(lineup, frame) else 0.0)
    state = state._replace(states=tuple(states), sums=tuple(sums), seen_s=seen_s, t_s=t_s)
    state, events = _told(lineup, state, tuple(news))
    at = max(state.chosen, 0)
    exercise = lineup.watches[at].exercise.id if state.chosen >= 0 else ""
    return state, LineupSeen(events, exercise, tuple(readings), at)


def finish(lineup: Lineup, state: LineupState | None) -> tuple[tuple[Event, ...], SetSummary | None]:
    """Return the events of the end, and the summary of the exercise that was told; None when none was recognised."""
    if state is None:
        return (), None
    last = [engine.finish(watch, s, state.t_s) for watch, s in zip(lineup.watches, state.states, strict=True)]
    state, events = _told(lineup, state, tuple(last), over=True)
    if state.chosen < 0:
        return events, None
    told = summary.summarise(lineup.watches[state.chosen], state.sums[state.chosen], last[state.chosen])
    if _did_something_else(lineup, state, told):
        events = (*events, Unseen(state.t_s, "exercise", f"something else is being done, not {told.exercise}"))
    return events, told


def _is_whole(lineup: Lineup, frame: Frame) -> bool:
    least = lineup.watches[0].limits.visibility_min if lineup.watches else 0.0
    return bool((frame.visibility[TRUNK] >= least).all())


def _begin(lineup: Lineup, frame: Frame) -> LineupState:
    n = len(lineup.watches)
    t_s = frame.t_s if math.isfinite(frame.t_s) else 0.0
    return LineupState((None,) * n, (None,) * n, ((),) * n, chosen=lineup.asked, t_s=t_s)


def _told(
    lineup: Lineup, state: LineupState, news: tuple[tuple[Event, ...], ...], over: bool = False
) -> tuple[LineupState, tuple[Event, ...]]:
    """Choose the exercise when it becomes clear, and return the events to tell now."""
    if state.chosen >= 0:
        return _compared(lineup, state, news)
    common = tuple(e for e in news[0] if isinstance(e, BodyFound | BodyLost))
    own = tuple(tuple(e for e in events if not isinstance(e, BodyFound | BodyLost)) for events in news)
    held_back = tuple((*old, *new) for old, new in zip(state.held_back, own, strict=True))
    state = state._replace(held_back=held_back)
    clear = _clear(lineup, state, over)
    if clear < 0:
        return state, common
    return state._replace(chosen=clear, held_back=((),) * len(news)), (*common, *held_back[clear])


def _clear(lineup: Lineup, state: LineupState, over: bool) -> int:
    """Return the place of the exercise that is being done, -1 while that is open.

    A stop decides at once. Else it is the one that went furthest into its stretch, which elbows that close show a
    little of to whoever looks for a turn; while another is held more deeply still, it stays open.
    """
    shown = [i for i, events in enumerate(state.held_back) if _is_evidence(events)]
    stopped = [i for i in shown if any(isinstance(e, StopRaised) for e in state.held_back[i])]
    if stopped or not shown:
        return stopped[0] if stopped else -1
    depths = [_depth(watch, s) for watch, s in zip(lineup.watches, state.states, strict=True)]
    best = max(shown, key=lambda i: depths[i])
    deeper = any(depths[i] > depths[best] and _holds(s) for i, s in enumerate(state.states) if i not in shown)
    return -1 if deeper and not over else best


def _depth(watch: Watch, state: WatchState | None) -> float:
    """Return how deep the holds went, as a part of the depth that is meant; a swing, which has none, counts 1."""
    if not watch.holding.outward or not watch.holding.deep:
        return 1.0
    if state is None:
        return 0.0
    now = state.held.level if state.held is not None and _holds(state) else 0.0
    return max([now, *(abs(peak) for _, peak in state.peaks)]) / watch.holding.deep


def _holds(state: WatchState | None) -> bool:
    return state is not None and state.held is not None and state.held.is_on


def _compared(
    lineup: Lineup, state: LineupState, news: tuple[tuple[Event, ...], ...]
) -> tuple[LineupState, tuple[Event, ...]]:
    """Return the events of the chosen exercise; say once when another one is being done while it has not begun."""
    mine = news[state.chosen]
    if state.other >= 0 or _is_evidence(mine) or _begun(state):
        return state, mine
    others = [i for i, events in enumerate(news) if i != state.chosen and _is_evidence(events)]
    if not others:
        return state, mine
    wanted, seen = lineup.watches[state.chosen].exercise.id, lineup.watches[others[0]].exercise.id
    word = Unseen(state.t_s, "exercise", f"something else is being done: {seen}, not {wanted}")
    return state._replace(other=others[0]), (*mine, word)


def _is_evidence(events: tuple[Event, ...]) -> bool:
    return any(isinstance(e, HoldCompleted | RepetitionCounted | StopRaised) for e in events)


def _begun(state: LineupState) -> bool:
    """Whether the chosen exercise has shown a hold, a repetition or a stop so far."""
    sums = state.sums[state.chosen]
    return sums is not None and _is_evidence(sums.events)


def _did_something_else(lineup: Lineup, state: LineupState, told: SetSummary) -> bool:
    """Whether somebody was there for long and never even came into the start position of what was asked for."""
    sums = state.sums[state.chosen]
    events = sums.events if sums else ()
    began = any(isinstance(e, NeutralSet | HoldBroken) for e in events)
    hidden = any(isinstance(e, Unseen) and e.measure == "body" for e in events)
    long = state.seen_s >= LONG_ENOUGH_S
    return lineup.asked >= 0 and state.other < 0 and not began and not hidden and long and told.n_reps == 0
