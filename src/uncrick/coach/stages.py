"""The stages of a guided session: how long each lasts, what it says and sounds, and which comes after it."""

import math
from typing import Literal, NamedTuple

from uncrick.coach.played import (
    HoldDone,
    Outcome,
    Played,
    Rank,
    SessionEnded,
    SetEnded,
    Sounded,
    Spoken,
    Stage,
    StageEntered,
)
from uncrick.coach.program import Asked, Program
from uncrick.exercise.definition import Side

Camera = Literal["off", "looking", "seeing"]

ACTIVE: frozenset[Stage] = frozenset({"show", "place", "move_in", "hold", "release", "moving"})
"""Stages in which the person is at the exercise, so that what the camera sees may be spoken of."""

BEGUN: frozenset[Stage] = ACTIVE | {"get_ready", "other_side", "between_reps"}
"""Stages that belong to a set, as against those around it."""

WAITS: frozenset[Stage] = frozenset({"waiting", "pain", "after", "ended"})
"""Stages that wait for the person, however long."""

STEPS: frozenset[Stage] = frozenset({"get_ready", "show", "other_side", "between_reps", "rest", "stopped"})
"""Stages that wait for the person too where steps do not follow by themselves."""

LEADS_IN: frozenset[Stage] = frozenset({"show", "other_side", "between_reps"})
"""Stages whose last three seconds tick, because a movement begins after them."""

TICKS_S = (3.0, 2.0, 1.0)
"""When the ticks sound, before a movement begins. The tutorial says that it begins after three, so there are three:
what leads into a movement is never shorter than this, whatever the dose's rest and the pace."""

BREATHE_FROM_S = 10.0
"""Shortest hold in whose middle the breath is spoken of."""


SAYS_BEFORE_S = 5.0
"""So long before a movement begins it is said what to do, because nothing is said during the way in."""


class PlayerState(NamedTuple):
    """All that is remembered between two inputs.

    start_s, ends_s : the present stage's, s of the session's clock; *ends_s* is inf where it waits.
    n_marked : how many of the stage's marks were given. stood_s : since when the stage's clock stands, NaN: it runs.
    broken_s : since when a hold that was seen is left, NaN: it is not. waited : the camera's patience is being used.
    done : side of each repetition done in this set. n_seen : how many of them a camera saw.
    hold_seen : a camera saw the present hold. lost_s : since when nobody is in sight, NaN: somebody is.
    ease_until_s : so long the light shows the last correction. before : the stage that pain ended.
    left_out : exercises not to be done again in this session. outcomes : of each set, empty while open.
    """

    t_s: float = 0.0
    stage: Stage = "waiting"
    at: int = 0
    side: Side = ""
    start_s: float = 0.0
    ends_s: float = math.inf
    n_marked: int = 0
    stood_s: float = math.nan
    paused: bool = False
    broken_s: float = math.nan
    waited: bool = False
    done: tuple[Side, ...] = ()
    n_seen: int = 0
    easier: bool = False
    hold_seen: bool = False
    camera: Camera = "off"
    lost_s: float = math.nan
    ease_until_s: float = -math.inf
    pace: float = 1.0
    by_itself: bool = True
    before: Stage = "waiting"
    left_out: tuple[str, ...] = ()
    outcomes: tuple[Outcome | Literal[""], ...] = ()


Answer = tuple[PlayerState, tuple[Played, ...]]


def asked_of(program: Program, state: PlayerState) -> Asked:
    """Return the set that is on."""
    return program.sets[state.at]


def hold_s_of(program: Program, state: PlayerState) -> float:
    """Return the seconds of a hold as it is asked now."""
    asked = asked_of(program, state)
    return asked.easier_hold_s if state.easier else asked.hold_s


def is_running(state: PlayerState) -> bool:
    """Whether the stage's clock runs."""
    return state.stood_s != state.stood_s


def elapsed_s(state: PlayerState) -> float:
    """Return how long the present stage has lasted, pauses left out."""
    return (state.t_s if is_running(state) else state.stood_s) - state.start_s


def left_s(state: PlayerState) -> float:
    """Return how long the present stage still lasts, inf where it waits."""
    return state.ends_s - (state.t_s if is_running(state) else state.stood_s)


def stand(state: PlayerState) -> PlayerState:
    """Stop the stage's clock."""
    return state._replace(stood_s=state.t_s) if is_running(state) else state


def run_on(state: PlayerState) -> PlayerState:
    """Let the stage's clock go on from where it stood, unless there is another reason to stand."""
    if is_running(state) or state.paused or state.broken_s == state.broken_s:
        return state
    stood = state.t_s - state.stood_s
    return state._replace(start_s=state.start_s + stood, ends_s=state.ends_s + stood, stood_s=math.nan)


def side_to_do(program: Program, state: PlayerState) -> Side | None:
    """Return the side of the next repetition, None when none is left."""
    asked = asked_of(program, state)
    side = min(asked.sides, key=state.done.count)
    return side if state.done.count(side) < asked.n_reps else None


def length_s(program: Program, state: PlayerState, stage: Stage) -> float:
    """Return how long *stage* lasts in the present set, inf where it waits for the person."""
    timing, asked = program.timing, asked_of(program, state)
    if stage in WAITS or (stage in STEPS and not state.by_itself):
        return math.inf
    if stage == "hold":
        return hold_s_of(program, state)
    if stage == "moving" and asked.duration_s:
        return asked.duration_s
    fresh = asked.floor and (state.at == 0 or not program.sets[state.at - 1].floor)
    lengths: dict[Stage, float] = {
        "get_ready": timing.floor_s if fresh else timing.ready_s,
        "show": timing.show_s,
        "place": timing.place_s,
        "move_in": asked.move_s,
        "release": asked.move_s,
        "other_side": timing.change_s,
        "between_reps": asked.rest_s,
        "moving": asked.moving_s,
        "rest": max(timing.between_s, asked.rest_s),
        "stopped": timing.stop_s,
    }
    return max(lengths[stage] * state.pace, TICKS_S[0] if stage in LEADS_IN else 0.0)


def enter(program: Program, state: PlayerState, stage: Stage, side: Side = "", length: float | None = None) -> Answer:
    """Enter *stage* now; *length* (s) overrides how long it lasts."""
    lasts = length_s(program, state, stage) if length is None else length
    state = state._replace(
        stage=stage, side=side, start_s=state.t_s, ends_s=state.t_s + lasts,
        n_marked=0, stood_s=math.nan, broken_s=math.nan, waited=False, hold_seen=False,
    )  # fmt: skip
    events: list[Played] = [StageEntered(state.t_s, stage, state.at, side)]
    if stage == "hold":
        events.append(Sounded(state.t_s, "low"))
    if stage == "stopped" or stage == "pain":
        events.append(Sounded(state.t_s, "stop"))
    says = _ENTRY_SAYS.get(stage)
    if stage == "hold" and not state.easier:
        says = "hold_for"
    if stage == "show" and state.at == 0:
        says = "show_first"
    if says:
        events.append(Spoken(state.t_s, says, "information", state.at, side))
    return state, tuple(events)


_ENTRY_SAYS: dict[Stage, str] = {
    "get_ready": "get_ready",
    "show": "show",
    "place": "place",
    "hold": "hold",
    "release": "release",
    "other_side": "other_side",
    "between_reps": "between_reps",
    "moving": "moving",
    "rest": "rest",
    "after": "after",
}


def marks(program: Program, state: PlayerState) -> list[tuple[float, Played]]:
    """Return what the present stage says and sounds on its way: when (s of the session), and what, in order of time."""
    rows: list[tuple[float, str, Rank]] = []
    ticks = state.ends_s < math.inf and (state.stage in LEADS_IN or state.stage == "hold")
    first_s = state.start_s + (1e-6 if state.stage == "hold" else -1e-6)  # a hold begins with its bell, not with a tick
    last = [state.ends_s - s for s in TICKS_S if ticks and state.ends_s - s >= first_s]
    if state.stage == "hold" and hold_s_of(program, state) >= BREATHE_FROM_S:
        rows.append((state.start_s + hold_s_of(program, state) / 2, "breathe", "information"))
    if state.stage == "show" and state.ends_s - SAYS_BEFORE_S > state.start_s:
        rows.append((state.ends_s - SAYS_BEFORE_S, "move_in", "information"))
    if state.stage == "stopped":
        rows.append((state.start_s + 6.0, "stopped_rest", "safety"))
    said = [(t, Spoken(t, says, rank, state.at, state.side)) for t, says, rank in rows]
    return sorted([*said, *((t, Sounded(t, "tick")) for t in last)], key=lambda row: row[0])


def count_marks(program: Program, state: PlayerState) -> PlayerState:
    """Take the marks that the stage's clock has passed as given, after the stage's times were changed."""
    passed_s = state.start_s + elapsed_s(state)
    return state._replace(n_marked=sum(t <= passed_s for t, _ in marks(program, state)))


def go_to(program: Program, state: PlayerState, at: int, stage: Stage, length: float | None = None) -> Answer:
    """Begin set *at* afresh with *stage*."""
    camera: Camera = "off" if state.camera == "off" else "looking"
    outcomes = list(state.outcomes) or [""] * len(program.sets)
    outcomes[at] = ""
    state = state._replace(
        at=at, done=(), n_seen=0, easier=False, camera=camera, paused=False, outcomes=tuple(outcomes)
    )
    return enter(program, state, stage, length=length)


def end_set(program: Program, state: PlayerState, outcome: Outcome, reason: str = "") -> Answer:
    """Close the present set; the caller says what comes next."""
    asked = asked_of(program, state)
    n_asked = asked.n_reps * len(asked.sides)
    seen = bool(state.done) and state.n_seen == len(state.done)
    ended = SetEnded(state.t_s, state.at, asked.exercise, outcome, reason, len(state.done), n_asked, seen, state.easier)
    outcomes = (*state.outcomes[: state.at], outcome, *state.outcomes[state.at + 1 :])
    if outcome in ("stopped", "pain"):
        state = state._replace(left_out=(*state.left_out, asked.exercise))
    return state._replace(outcomes=outcomes), (ended,)


def next_set(program: Program, state: PlayerState, stage: Stage, length: float | None = None) -> Answer:
    """Go to the next set that may be done, with *stage*; end the session where none is left."""
    for at in range(state.at + 1, len(program.sets)):
        if program.sets[at].exercise not in state.left_out:
            return go_to(program, state, at, stage, length)
    state, entered = enter(program, state, "after")
    return state, (SessionEnded(state.t_s, "done"), *entered)


def next_rep(program: Program, state: PlayerState) -> Answer:
    """Go on after a repetition: to the other side, once more, or out of the set."""
    side = side_to_do(program, state)
    if side is None:
        state, ended = end_set(program, state, "done")
        state, entered = next_set(program, state, "rest")
        return state, (*ended, *entered)
    stage: Stage = "other_side" if side != state.done[-1] else "between_reps"
    return enter(program, state, stage, side)


def end_hold(program: Program, state: PlayerState, completed: bool, hold_s: float) -> Answer:
    """Close the present hold and lead out of it."""
    asked_s = hold_s_of(program, state)
    done = HoldDone(state.t_s, state.at, state.side, hold_s, asked_s, state.hold_seen, completed)
    state = state._replace(done=(*state.done, state.side), n_seen=state.n_seen + state.hold_seen)
    state, entered = enter(program, state, "release", state.side)
    return state, (done, Sounded(state.t_s, "high"), *entered)
