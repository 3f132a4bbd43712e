"""Waiting for a still second in the start position, and taking the person's neutral from it.

A swing (an exercise without a pause) may begin at once: then the middle of its first seconds stands in for the neutral,
and what was seen meanwhile is judged after all.
"""

import math

from uncrick.coach import phases
from uncrick.coach.events import Event, NeutralSet, Unseen
from uncrick.coach.watch import Watch, WatchState, phase_name
from uncrick.motion import neutral
from uncrick.motion.measure import Layout, Sight, sight_of
from uncrick.motion.neutral import Neutral
from uncrick.pose.frame import Frame

IN_START = 0.8
"""Part of the sights that must show the start position. Our default."""

HIDDEN = 0.25
"""From this part of the sights on that miss a shoulder or a hip, the body counts as cut off. Our default."""

LOOK_S = 0.1
"""How often it is looked whether the person is still: often enough, and cheap at any frame rate. Our default."""

SWING_S = 3.0
"""So long a person may swing before its middle is taken for the neutral: most of one rock (3-8 s). Our default."""

Missed = tuple[tuple[float, Sight], ...]
"""What was seen while the neutral was not known yet: times and sights."""


def step(watch: Watch, state: WatchState, t_s: float, sight: Sight) -> tuple[WatchState, list[Event], Missed]:
    """Return the state, with a neutral once there is one, what there is to say, and what to judge yet."""
    state, taken, still = _look(watch, state, t_s, sight)
    if taken is not None:
        missed = () if still else state.window
        state, events = _with_neutral(watch, state, taken)
        return state, events, missed
    waiting_s = t_s if state.waiting_s != state.waiting_s else state.waiting_s
    looks_soon = 0 < t_s - state.looked_s < LOOK_S
    if t_s - waiting_s < watch.limits.start_s or looks_soon:
        return state._replace(waiting_s=waiting_s), [], ()
    state = state._replace(waiting_s=math.inf)
    if _is_hidden(state.window):
        return state, [Unseen(t_s, "body", "shoulders and hips are not all in the picture")], ()
    why = "not in the start position" if still else "not still for a second in the start position"
    return state, [Unseen(t_s, "start", why)], ()


def _is_hidden(window: Missed) -> bool:
    """Whether shoulders or hips were out of sight too often to find anybody still."""
    return sum(math.isnan(neutral.trunk_px(sight)) for _, sight in window) >= HIDDEN * len(window)


def again(watch: Watch, state: WatchState, frame: Frame, sight: Sight) -> tuple[WatchState, list[Event]]:
    """Take a new neutral when the person rests and is much larger or smaller in the picture than at the old one.

    sight : of *frame*; the first of a window is taken anew, because it may hold only what judging needs.
    """
    assert state.rest is not None
    resting = bool(watch.counting.rest) and phase_name(watch, state) == watch.counting.rest
    if not resting or not abs(neutral.trunk_px(sight) / state.rest.trunk_px - 1) > watch.limits.moved:
        return (state._replace(window=()) if state.window else state), []
    whole = sight if state.window else sight_of(frame, watch.limits.visibility_min)
    state, taken, _ = _look(watch, state, frame.t_s, whole)
    return (state, []) if taken is None else _with_neutral(watch, state, taken)


def _look(watch: Watch, state: WatchState, t_s: float, sight: Sight) -> tuple[WatchState, Neutral | None, bool]:
    """Return the neutral if there is one to take now, and whether the person was still in the last second."""
    still_s = watch.stillness.still_s
    keep_s = still_s if watch.counting.rest else SWING_S
    oldest_s = t_s - keep_s - 1e-6
    first = next((i for i, (at_s, _) in enumerate(state.window) if at_s > oldest_s), len(state.window))
    window = (*state.window[first:], (t_s, sight))
    state = state._replace(window=window)
    if t_s - window[0][0] < 0.75 * still_s or t_s - state.looked_s < LOOK_S:
        return state, None, False
    state = state._replace(looked_s=t_s)
    last = [s for at_s, s in window if at_s > t_s - still_s - 1e-6]
    still = neutral.is_still(watch.stillness, last)
    swung = not still and not watch.counting.rest and t_s - window[0][0] >= 0.9 * SWING_S
    if not still and not swung:
        return state, None, False
    sights = last if still else [s for _, s in window]
    if not _starts(watch, neutral.layout_of(sights), sights):
        return state, None, still
    return state, neutral.take(watch.measures, watch.readers, t_s, sights), still


def _starts(watch: Watch, layout: Layout, sights: list[Sight]) -> bool:
    """Whether the person was in the start position nearly all the time."""
    if watch.start is None:
        return True
    rows = []
    for measure, read in zip(watch.start_measures, watch.start_readers[layout], strict=True):
        raws = [read(sight) for sight in sights]
        rest = neutral.rest_of(measure, raws, 0.0)
        rows.append([neutral.value_of(measure, raw, rest) for raw in raws])
    n_in = sum(watch.start(phases.Values(now)) for now in zip(*rows, strict=True))
    return n_in >= IN_START * len(sights)


def _with_neutral(watch: Watch, state: WatchState, taken: Neutral) -> tuple[WatchState, list[Event]]:
    """Judge from *taken* on, with the rules switched off that this much jitter does not allow."""
    limits, t_s = watch.limits, taken.t_s
    speed = taken.rests[watch.speed].jitter if watch.speed >= 0 else 0.0
    main = watch.measures[watch.main]
    push = taken.rests[watch.main].jitter if main.unit == "deg" and watch.holding.outward else 0.0
    events: list[Event] = [NeutralSet(t_s)]
    if speed > limits.speed_jitter_deg:
        events.append(Unseen(t_s, "speed", f"the picture jitters by {speed:.1f} deg: fast turns are not judged"))
    if push > limits.push_jitter_deg:
        events.append(Unseen(t_s, "push", f"the picture jitters by {push:.1f} deg: pushes are not judged"))
    aside = abs(taken.rests[watch.main].aside) if main.kind == "turn" else 0.0
    if aside > limits.aside_deg:
        why = f"the camera stands about {aside:.0f} deg aside: beyond 20, turns may read up to 11 deg too deep"
        events.append(Unseen(t_s, "view", why))
    state = state._replace(rest=taken, window=(), smoothed=None, speeds=None)
    return state._replace(
        speed_rules=not speed > limits.speed_jitter_deg, push_rule=not push > limits.push_jitter_deg
    ), events
