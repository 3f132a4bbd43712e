"""Waiting for a still second in the start position, and taking the person's neutral from it."""

import math

from uncrick.coach import phases
from uncrick.coach.events import Event, NeutralSet, Unseen
from uncrick.coach.watch import Watch, WatchState, phase_name
from uncrick.motion import neutral
from uncrick.motion.measure import Sight
from uncrick.motion.neutral import Neutral


def step(watch: Watch, state: WatchState, t_s: float, sight: Sight) -> tuple[WatchState, list[Event]]:
    """Take one sight; return the state with a neutral once there is one, and what there is to say of it."""
    state, taken, still = _look(watch, state, t_s, sight)
    if taken is not None:
        return _with_neutral(watch, state, taken)
    waiting_s = t_s if state.waiting_s != state.waiting_s else state.waiting_s
    if t_s - waiting_s < watch.limits.start_s:
        return state._replace(waiting_s=waiting_s), []
    why = "not in the start position" if still else "not still for a second in the start position"
    return state._replace(waiting_s=math.inf), [Unseen(t_s, "start", why)]


def again(watch: Watch, state: WatchState, t_s: float, sight: Sight) -> tuple[WatchState, list[Event]]:
    """Take a new neutral when the person rests and is much larger or smaller in the picture than at the old one."""
    assert state.rest is not None
    trunk = neutral.trunk_px(sight)
    resting = phase_name(watch, state) == watch.counting.rest
    if not resting or not abs(trunk / state.rest.trunk_px - 1) > watch.limits.moved:
        return (state._replace(window=()) if state.window else state), []
    state, taken, _ = _look(watch, state, t_s, sight)
    return (state, []) if taken is None else _with_neutral(watch, state, taken)


def _look(watch: Watch, state: WatchState, t_s: float, sight: Sight) -> tuple[WatchState, Neutral | None, bool]:
    """Return the neutral if the last second was still and in the start position, and whether it was still."""
    window = (*(w for w in state.window if w[0] > t_s - watch.stillness.still_s - 1e-6), (t_s, sight))
    state = state._replace(window=window)
    if t_s - window[0][0] < 0.9 * watch.stillness.still_s:
        return state, None, False
    sights = [s for _, s in window]
    if not neutral.is_still(watch.stillness, sights):
        return state, None, False
    taken = neutral.take(watch.measures, watch.readers, t_s, sights)
    return state, taken if _starts(watch, taken, sight) else None, True


def _starts(watch: Watch, taken: Neutral, sight: Sight) -> bool:
    if not watch.start:
        return True
    rows = zip(watch.measures, watch.readers[taken.layout], taken.rests, strict=True)
    now = tuple(neutral.value_of(m, read(sight), rest) for m, read, rest in rows)
    return phases.holds(watch.start, phases.Values(now))


def _with_neutral(watch: Watch, state: WatchState, taken: Neutral) -> tuple[WatchState, list[Event]]:
    """Judge from *taken* on, with the rules switched off that this much jitter does not allow."""
    limits, t_s = watch.limits, taken.t_s
    speed = taken.rests[watch.speed].jitter if watch.speed >= 0 else 0.0
    main = watch.measures[watch.main]
    push = taken.rests[watch.main].jitter if main.unit == "deg" else 0.0
    events: list[Event] = [NeutralSet(t_s)]
    if speed > limits.speed_jitter_deg:
        events.append(Unseen(t_s, "speed", f"the picture jitters by {speed:.1f} deg: fast turns are not judged"))
    if push > limits.push_jitter_deg:
        events.append(Unseen(t_s, "push", f"the picture jitters by {push:.1f} deg: pushes are not judged"))
    state = state._replace(rest=taken, window=(), smoothed=None, speeds=None)
    return state._replace(
        speed_rules=not speed > limits.speed_jitter_deg, push_rule=not push > limits.push_jitter_deg
    ), events
