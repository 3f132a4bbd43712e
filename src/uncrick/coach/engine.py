"""One frame in, events out: the whole watching of one exercise as one step."""

import math

from uncrick.coach import calibrate, count, cues, hold, phases
from uncrick.coach.events import (
    BodyFound,
    BodyLost,
    CueRaised,
    Event,
    HoldBroken,
    HoldCompleted,
    PhaseEntered,
    RepetitionCounted,
    StopRaised,
    Unseen,
)
from uncrick.coach.phases import Values
from uncrick.coach.watch import Reading, Seen, SightState, Watch, WatchState, phase_name
from uncrick.motion import neutral, smooth, traverse
from uncrick.motion.measure import Sight, sight_of
from uncrick.motion.smooth import Sample
from uncrick.motion.traverse import Moment
from uncrick.pose import quality
from uncrick.pose.frame import Frame


def step(watch: Watch, state: WatchState | None, frame: Frame) -> tuple[WatchState, Seen]:
    """Take one frame; return the events it brought and what a screen would show. Nothing a camera sends raises.

    A frame that is not later than the one before it, or has no time, is passed over.
    """
    state = state or WatchState()
    if not state.t_s < frame.t_s < math.inf:
        return state, Seen((), _blank(watch, state, state.t_s if state.t_s > -math.inf else 0.0))
    sight = sight_of(frame, watch.limits.visibility_min)
    presence, presented = quality.step(watch.presence, state.presence, quality.joints_of(frame.t_s, sight.image))
    gone = state.presence is None or frame.t_s - state.presence.seen_s > watch.limits.forget_s
    state = state._replace(presence=presence, t_s=frame.t_s)
    if not presented.usable:
        events = (BodyLost(frame.t_s),) if presented.lost else ()
        return state, Seen(events, _blank(watch, state, frame.t_s))
    found: tuple[Event, ...] = (BodyFound(frame.t_s),) if presented.found else ()
    if gone:
        state = _forgotten(state)
    if state.rest is None:
        state, more, missed = calibrate.step(watch, state, frame.t_s, sight)
        for t_s, earlier in missed:
            state, seen = _judge(watch, state, t_s, earlier)
            more += seen.events
        return state, Seen((*found, *more), _blank(watch, state, frame.t_s))
    state, seen = _judge(watch, state, frame.t_s, sight)
    state, more = calibrate.again(watch, state, frame.t_s, sight)
    return state, Seen((*found, *seen.events, *more), seen.reading)


def finish(watch: Watch, state: WatchState | None, t_s: float) -> tuple[Event, ...]:
    """Return the events that the end of the stream at *t_s* brings: a hold that was still on."""
    held = hold.close(watch.holding, state.held, t_s) if state else None
    return (_hold_event(watch, state, t_s, held),) if state and held else ()


def _forgotten(state: WatchState) -> WatchState:
    """Forget a body that was gone: its neutral, phase and hold. What was counted, said and stopped stays."""
    kept = WatchState(counted=state.counted, cued=state.cued, peaks=state.peaks, stopped=state.stopped)
    return kept._replace(presence=state.presence, t_s=state.t_s)


def _blank(watch: Watch, state: WatchState, t_s: float) -> Reading:
    return Reading(t_s, phase_name(watch, state), (), math.nan, usable=False)


def _judge(watch: Watch, state: WatchState, t_s: float, sight: Sight) -> tuple[WatchState, Seen]:
    """Measure and smooth, then hand on to phases, hold, count and cues, in that order."""
    taken = state.rest
    assert taken is not None
    readers = watch.readers[taken.layout]
    values = tuple(
        [neutral.value_of(m, r(sight), rest) for m, r, rest in zip(watch.measures, readers, taken.rests, strict=True)]
    )
    smoothed, sample = smooth.step(watch.smoothing, state.smoothed, Sample(t_s, values))
    state, events = _missing(watch, state._replace(smoothed=smoothed), t_s, values)
    state, now = _compared(watch, state, sample)
    phase_state, entered = phases.step(watch.table, state.at, now)
    state = state._replace(at=phase_state)
    phase = phase_name(watch, state)
    if entered:
        events.append(PhaseEntered(t_s, phase, after_stop=state.stopped))
    state, held = _hold(watch, state, phase, sample)
    if held is not None:
        events.append(_hold_event(watch, state, t_s, held))
    if not state.stopped:
        state, more = _count_and_speak(watch, state, now, PhaseEntered(t_s, phase) if entered else None, sample)
        events += more
    is_on = state.held is not None and state.held.is_on
    hold_s = sample.t_s - state.held.start_s if state.held is not None and is_on else math.nan
    return state, Seen(tuple(events), Reading(t_s, phase, sample.values, hold_s, usable=True))


def _missing(watch: Watch, state: WatchState, t_s: float, values: tuple[float, ...]) -> tuple[WatchState, list[Event]]:
    """Say of each measure, once, that it has been out of sight for too long."""
    assert state.rest is not None
    if not state.sight.since_s and all(v == v for v in values):
        return state, []
    since = list(state.sight.since_s or (math.nan,) * len(values))
    said = list(state.sight.said or (False,) * len(values))
    events: list[Event] = []
    for i, value in enumerate(values):
        if value == value:
            since[i], said[i] = math.nan, False
        elif since[i] != since[i]:
            since[i] = t_s
        elif not said[i] and t_s - since[i] >= watch.limits.unseen_s:
            said[i] = True
            rest = state.rest.rests[i].value
            why = "out of sight" if rest == rest else "not seen at the start"
            events.append(Unseen(t_s, watch.measures[i].name, why))
    seen_all = all(s != s for s in since)
    return state._replace(sight=SightState() if seen_all else SightState(tuple(since), tuple(said))), events


def _compared(watch: Watch, state: WatchState, sample: Sample) -> tuple[WatchState, Values]:
    """Gather what conditions are judged on: values, the engine's own numbers, displacement, push."""
    moved = 0.0
    if watch.speed >= 0 and state.speed_rules:
        moment = Moment(sample.t_s, sample.values[watch.speed])
        speeds, moved = traverse.step(watch.traversing, state.speeds, moment)
        state = state._replace(speeds=speeds)
    repetition_s = state.counted.repetition_s if state.counted else math.nan
    depths = [abs(depth) for _, depth in state.peaks]
    difference = max(depths) - min(depths) if len(depths) == 2 else math.nan
    pushed = 0.0
    if state.push_rule and state.held is not None and state.held.is_on:
        pushed = hold.push(watch.holding, state.held, _hold_tick(watch, state, phase_name(watch, state), sample))
    return state, Values((*sample.values, repetition_s, difference), moved, pushed)


def _hold_tick(watch: Watch, state: WatchState, phase: str, sample: Sample) -> hold.HoldTick:
    assert state.rest is not None
    rest = state.rest.rests[watch.main]
    change = sample.values[watch.main] - neutral.resting_value(watch.measures[watch.main], rest)
    return hold.HoldTick(sample.t_s, phase, change, rest.jitter)


def _hold(watch: Watch, state: WatchState, phase: str, sample: Sample) -> tuple[WatchState, hold.Held | None]:
    if not watch.holding.outward:
        return state, None
    hold_state, held = hold.step(watch.holding, state.held, _hold_tick(watch, state, phase, sample))
    state = state._replace(held=hold_state)
    if held is not None:
        state = state._replace(peaks=tuple((dict(state.peaks) | {held.phase: held.peak}).items()))
    return state, held


def _hold_event(watch: Watch, state: WatchState, t_s: float, held: hold.Held) -> Event:
    """Make the event of a hold that is over: broken when it is short of what was asked by more than its error."""
    assert state.rest is not None
    hold_s = held.end_s - held.start_s
    kind = HoldCompleted if hold_s >= watch.asked_hold_s - watch.limits.hold_error_s else HoldBroken
    peak = neutral.resting_value(watch.measures[watch.main], state.rest.rests[watch.main]) + held.peak
    side = watch.exercise.phase(held.phase).side
    return kind(t_s, side, hold_s, held.start_s, held.end_s, peak, state.stopped)


def _count_and_speak(
    watch: Watch, state: WatchState, now: Values, entered: PhaseEntered | None, sample: Sample
) -> tuple[WatchState, list[Event]]:
    """Count, then choose what to say; a stop is said before anything else and ends both."""
    phase, is_on = phase_name(watch, state), state.held is not None and state.held.is_on
    frame_s = state.presence.seen_s if state.presence else sample.t_s
    judged = cues.Judged(frame_s, phase, now, _speakable(watch, state, phase, sample.t_s))
    cue_state, chosen = cues.step(watch.cueing, state.cued, judged)
    state = state._replace(cued=cue_state)
    side = watch.exercise.phase(phase).side if phase else ""
    if chosen is not None and chosen.cue.severity == "stop":
        name = chosen.cue.name
        return state._replace(stopped=True), [StopRaised(frame_s, name, side, f"{watch.exercise.id}.{name}")]
    value = sample.values[watch.main]
    tick = count.Tick(frame_s, entered.phase if entered else "", phase if is_on else "", value)
    count_state, counted = count.step(watch.counting, state.counted, tick)
    state = state._replace(counted=count_state)
    events: list[Event] = []
    if counted:
        events.append(RepetitionCounted(frame_s, count_state.n, count.repetition_side(watch.counting)))
    if chosen is not None:
        name = cues.EASIER if chosen.offer else chosen.cue.name
        events.append(CueRaised(frame_s, name, chosen.cue.severity, f"{watch.exercise.id}.{name}"))
    return state, events


def _speakable(watch: Watch, state: WatchState, phase: str, t_s: float) -> bool:
    """Whether a cue may be said: never on the way into or out of a stretch, nor in the last 2 s of an asked hold."""
    if phase not in watch.holding.outward:
        return True
    if state.held is None or not state.held.is_on:
        return False
    held_s = t_s - state.held.start_s
    return not watch.asked_hold_s - watch.cueing.last_s <= held_s < watch.asked_hold_s
