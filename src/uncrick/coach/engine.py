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
from uncrick.motion.measure import EVERYTHING, Sight, sight_of
from uncrick.motion.smooth import Sample
from uncrick.motion.traverse import Moment
from uncrick.pose import quality
from uncrick.pose.frame import Frame
from uncrick.pose.quality import PresenceState

LEAPS = "the body leaps in the picture, as when somebody passes: fast turns and pushes are not judged for a moment"


def step(watch: Watch, state: WatchState | None, frame: Frame) -> tuple[WatchState, Seen]:
    """Take one frame; return the events it brought and what a screen would show. Nothing a camera sends raises.

    A frame that is not later than the one before it, or has no time, is passed over.
    """
    state = state or WatchState()
    if not state.t_s < frame.t_s < math.inf:
        return state, Seen((), _blank(watch, state, state.t_s if state.t_s > -math.inf else 0.0))
    gone = state.presence is None or frame.t_s - state.presence.seen_s > watch.presence.forget_s
    events: tuple[Event, ...] = ()
    if gone and (state.rest is not None or state.window):
        events, state = finish(watch, state, frame.t_s), _forgotten(state)
    needs = EVERYTHING if gone or state.rest is None or state.window else watch.needs
    sight = sight_of(frame, watch.limits.visibility_min, needs)
    joints = quality.joints_of(frame.t_s, sight.image, sight.world)
    presence, presented = quality.step(watch.presence, state.presence, joints)
    if not presented.usable:
        events += (BodyLost(frame.t_s),) if presented.lost else ()
        if presented.leapt and state.rest is not None and watch.speed >= 0 and state.speed_rules:
            events += (Unseen(frame.t_s, "speed", LEAPS),)
        state = state._replace(presence=presence, t_s=frame.t_s)
        return state, Seen(events, _blank(watch, state, frame.t_s))
    events += (BodyFound(frame.t_s),) if presented.found else ()
    if state.rest is None:
        state, seen = _before_neutral(watch, state._replace(t_s=frame.t_s), presence, sight)
        return state, Seen((*events, *seen.events), seen.reading)
    state, seen = _judge(watch, state, presence, frame.t_s, sight)
    state, more = calibrate.again(watch, state, frame, sight)
    return state, Seen((*events, *seen.events, *more), seen.reading) if events or more else seen


def _before_neutral(watch: Watch, state: WatchState, presence: PresenceState, sight: Sight) -> tuple[WatchState, Seen]:
    """Wait for the neutral; once there is one, judge what was seen meanwhile if that was a movement already."""
    now_s = state.t_s
    state, events, missed = calibrate.step(watch, state, now_s, sight)
    for t_s, earlier in missed:
        state, seen = _judge(watch, state, presence, t_s, earlier)
        events += seen.events
    return state._replace(presence=presence, t_s=now_s), Seen(tuple(events), _blank(watch, state, now_s))


def finish(watch: Watch, state: WatchState | None, t_s: float) -> tuple[Event, ...]:
    """Return the events that the stream's end at *t_s* brings: a hold that was still on, as long as it was seen."""
    if state is None or state.presence is None:
        return ()
    held = hold.close(watch.holding, state.held, min(t_s, state.presence.seen_s))
    return (_hold_event(watch, state, t_s, held),) if held else ()


def _forgotten(state: WatchState) -> WatchState:
    """Forget a body that was gone: its neutral, phase and hold. What was counted, said and stopped stays."""
    kept = WatchState(counted=state.counted, cued=state.cued, peaks=state.peaks, stopped=state.stopped)
    return kept._replace(presence=state.presence, t_s=state.t_s)


def _blank(watch: Watch, state: WatchState, t_s: float) -> Reading:
    return Reading(t_s, phase_name(watch, state), (), math.nan, usable=False)


def _judge(
    watch: Watch, state: WatchState, presence: PresenceState, t_s: float, sight: Sight
) -> tuple[WatchState, Seen]:
    """Measure and smooth, then hand on to phases, hold, count and cues, in that order."""
    taken = state.rest
    assert taken is not None
    values = watch.judges[taken.layout](sight, taken.rests)
    smoothed, sample = smooth.step(watch.smoothing, state.smoothed, Sample(t_s, values))
    sights, events = _missing(watch, state, t_s, values)
    speeds, moved = _moved(watch, state, sample)
    before = phase_name(watch, state)
    tick = _hold_tick(watch, taken, before, sample)
    pushed = _pushed(watch, state, tick)
    if quality.is_doubted(watch.presence, presence, t_s):  # somebody else may just have been taken for the person
        moved = pushed = 0.0
    now = _judged(state, sample, moved, pushed)
    at, entered = phases.step(watch.table, state.at, now)
    phase = watch.table.names[at.phase] if at.phase >= 0 else ""
    held, ended = hold.step(watch.holding, state.held, tick if phase == before else tick._replace(phase=phase))
    peaks = state.peaks
    if ended is not None:  # first, because a hold is over before another phase begins, though often in one frame
        peaks = tuple((dict(peaks) | {ended.phase: ended.peak}).items())
        events.append(_hold_event(watch, state, t_s, ended))
    if entered:
        events.append(PhaseEntered(t_s, phase, after_stop=state.stopped))
    counted, cued, stopped = state.counted, state.cued, state.stopped
    if not stopped:
        heard = count.Tick(t_s, phase if entered else "", phase if held.is_on else "", sample.values[watch.main])
        judged = cues.Judged(t_s, phase, now, _speakable(watch, held, phase, sample.t_s))
        counted, cued, stopped, more = _count_and_speak(watch, state, heard, judged)
        events += more
    state = state._replace(
        presence=presence, smoothed=smoothed, speeds=speeds, at=at, held=held, counted=counted, cued=cued,
        sight=sights, peaks=peaks, stopped=stopped, t_s=t_s,
    )  # fmt: skip
    hold_s = sample.t_s - held.start_s if held.is_on else math.nan
    return state, Seen(tuple(events), Reading(t_s, phase, sample.values, hold_s, usable=True))


def _missing(watch: Watch, state: WatchState, t_s: float, values: tuple[float, ...]) -> tuple[SightState, list[Event]]:
    """Say of each measure, once, that it has been out of sight for too long."""
    assert state.rest is not None
    total = sum(values)
    if total == total and not state.sight.since_s:
        return state.sight, []
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
    return SightState() if seen_all else SightState(tuple(since), tuple(said)), events


def _moved(watch: Watch, state: WatchState, sample: Sample) -> tuple[traverse.TraverseState | None, float]:
    """Return the displacement over 0.7 s of the speed measure, 0 where speed is not judged."""
    if watch.speed < 0 or not state.speed_rules:
        return state.speeds, 0.0
    return traverse.step(watch.traversing, state.speeds, Moment(sample.t_s, sample.values[watch.speed]))


def _pushed(watch: Watch, state: WatchState, tick: hold.HoldTick) -> float:
    """Return how far the person has just pushed in a hold, 0 where pushes are not judged."""
    if not state.push_rule or state.held is None or not state.held.is_on:
        return 0.0
    return hold.push(watch.holding, state.held, tick)


def _judged(state: WatchState, sample: Sample, moved: float, pushed: float) -> Values:
    """Gather what conditions are judged on: values, the engine's own numbers, displacement, push."""
    repetition_s = state.counted.repetition_s if state.counted else math.nan
    depths = [abs(depth) for _, depth in state.peaks]
    difference = max(depths) - min(depths) if len(depths) == 2 else math.nan
    return Values((*sample.values, repetition_s, difference), moved, pushed)


def _hold_tick(watch: Watch, taken: neutral.Neutral, phase: str, sample: Sample) -> hold.HoldTick:
    rest = taken.rests[watch.main]
    change = sample.values[watch.main] - neutral.resting_value(watch.measures[watch.main], rest)
    return hold.HoldTick(sample.t_s, phase, change, rest.jitter)


def _hold_event(watch: Watch, state: WatchState, t_s: float, held: hold.Held) -> Event:
    """Make the event of a hold that is over: broken when it is short of what was asked by more than its error."""
    assert state.rest is not None
    hold_s = held.end_s - held.start_s
    kind = HoldCompleted if hold_s >= watch.asked_hold_s - watch.limits.hold_error_s else HoldBroken
    peak = neutral.resting_value(watch.measures[watch.main], state.rest.rests[watch.main]) + held.peak
    side = watch.exercise.phase(held.phase).side
    return kind(t_s, side, hold_s, held.start_s, held.end_s, peak, state.stopped)


def _count_and_speak(
    watch: Watch, state: WatchState, heard: count.Tick, judged: cues.Judged
) -> tuple[count.CountState | None, cues.CueState, bool, list[Event]]:
    """Count, then choose what to say; a stop is said before anything else and ends both.

    Returns the states of both, whether there was a stop, and the events.
    """
    t_s, phase = judged.t_s, judged.phase
    cued, chosen = cues.step(watch.cueing, state.cued, judged)
    if chosen is not None and chosen.cue.severity == "stop":
        side = watch.exercise.phase(phase).side if phase else ""
        name = chosen.cue.name
        return state.counted, cued, True, [StopRaised(t_s, name, side, f"{watch.exercise.id}.{name}")]
    counted, whole = count.step(watch.counting, state.counted, heard)
    events: list[Event] = []
    if whole:
        events.append(RepetitionCounted(t_s, counted.n, count.repetition_side(watch.counting)))
    if chosen is not None:
        name = cues.EASIER if chosen.offer else chosen.cue.name
        events.append(CueRaised(t_s, name, chosen.cue.severity, f"{watch.exercise.id}.{name}"))
    return counted, cued, False, events


def _speakable(watch: Watch, held: hold.HoldState, phase: str, t_s: float) -> bool:
    """Whether a cue may be said: never on the way into or out of a stretch, nor in the last 2 s of an asked hold."""
    if phase not in watch.holding.outward:
        return True
    if not held.is_on:
        return False
    held_s = t_s - held.start_s
    return not watch.quiet_hold_s - watch.cueing.last_s <= held_s < watch.quiet_hold_s
