"""A whole guided session as one step: the clock, the camera's events and the person's presses in, what to do out."""

import math
from collections.abc import Callable
from typing import Any

from uncrick.coach import events as seen
from uncrick.coach import person, stages
from uncrick.coach.played import (
    FeltAfter,
    PainReported,
    Played,
    PopNoted,
    SessionEnded,
    Sounded,
    Spoken,
    Stage,
    StageEntered,
)
from uncrick.coach.program import Program
from uncrick.coach.stages import ACTIVE, BEGUN, WAITS, Answer, PlayerState, enter
from uncrick.exercise.definition import Side

HOLD_ERROR_S = 0.2
"""A hold that is short by no more than this is complete; the error of the camera's own, see `quality.Presence`."""

QUIET_LAST_S = 2.0
"""No correction this close to the end of a hold. Source: EXPERIENCE 1."""

FORGOTTEN_S = 1.5
"""After so long out of sight (noticed after 0.5 s) the engine takes a new neutral; see `quality.Presence`."""

FOLLOWS: frozenset[Stage] = frozenset({"show", "place", "move_in", "release", "other_side", "between_reps"})
"""Stages in which a hold that the camera sees begins the hold: the person leads, the clock follows."""


def step(program: Program, state: PlayerState | None, x: person.Input) -> tuple[PlayerState, tuple[Played, ...]]:
    """Let time pass until *x*, then take it. An input that makes no sense now changes nothing; none raises."""
    state = state or PlayerState(outcomes=tuple("" for _ in program.sets))
    state, events = _advance(program, state, max(x.t_s, state.t_s))
    handler = _HANDLERS.get(type(x))
    if handler is None:
        return state, events
    state, more = handler(program, state, x)
    return state, (*events, *more)


def due_s(program: Program, state: PlayerState) -> float:
    """Return when the clock alone will bring something next, s of the session; inf for never."""
    if state.paused:
        return math.inf
    if state.broken_s == state.broken_s:
        return state.broken_s + program.timing.grace_s
    pending = stages.marks(program, state)[state.n_marked :]
    return min(pending[0][0] if pending else math.inf, state.ends_s)


def _advance(program: Program, state: PlayerState, t_s: float) -> Answer:
    """Take the clock to *t_s*, through everything that is due on the way at its own time."""
    events: tuple[Played, ...] = ()
    while (due := due_s(program, state)) <= t_s:
        state = state._replace(t_s=max(due, state.t_s))
        pending = stages.marks(program, state)[state.n_marked :]
        if is_left(state):
            state, more = stages.end_hold(program, state, completed=False, hold_s=stages.elapsed_s(state))
        elif pending and pending[0][0] <= due:
            state, more = state._replace(n_marked=state.n_marked + 1), (pending[0][1],)
        else:
            state, more = _stage_over(program, state)
        events += more
    return state._replace(t_s=t_s), events


def is_left(state: PlayerState) -> bool:
    """Whether the person left a hold that was seen, before its end."""
    return state.broken_s == state.broken_s


def _stage_over(program: Program, state: PlayerState) -> Answer:
    """Go on from a stage whose time is over."""
    asked = stages.asked_of(program, state)
    match state.stage:
        case "get_ready":
            return enter(program, state, "show")
        case "show":
            looking = state.camera == "looking" and asked.tracked
            return enter(program, state, "place") if looking else _move(program, state)
        case "place" | "other_side" | "between_reps":
            return _move(program, state)
        case "move_in" | "moving" if state.camera == "seeing" and not state.waited and not is_lost(state):
            return state._replace(ends_s=state.ends_s + program.timing.patience_s, waited=True), ()
        case "move_in":
            return enter(program, state, "hold", state.side)
        case "hold":
            return stages.end_hold(program, state, completed=True, hold_s=state.t_s - state.start_s)
        case "release":
            return stages.next_rep(program, state)
        case "moving":
            return _moved(program, state)
        case "rest":
            return enter(program, state, "get_ready")
        case "stopped":
            return stages.next_set(program, state, "get_ready")
    return state, ()


def is_lost(state: PlayerState) -> bool:
    """Whether a camera is on and nobody is in its picture."""
    return state.lost_s == state.lost_s


def _move(program: Program, state: PlayerState) -> Answer:
    """Begin the movement of the next repetition."""
    if stages.asked_of(program, state).hold_s <= 0:
        return enter(program, state, "moving")
    return enter(program, state, "move_in", stages.side_to_do(program, state) or "")


def _placed(program: Program, state: PlayerState) -> Answer:
    """The camera knows the person: say what to do, and give them the time to do it."""
    state, entered = _move(program, state)
    says = "moving" if state.stage == "moving" else "move_in_seen"
    return state, (*entered, Spoken(state.t_s, says, "information", state.at, state.side))


def _moved(program: Program, state: PlayerState) -> Answer:
    """Close a movement without a hold: what was counted stands; where nothing was, it is taken as done unseen.

    What is asked for as a time is done when that time is over, not before.
    """
    asked = stages.asked_of(program, state)
    if not state.n_seen and stages.elapsed_s(state) >= asked.duration_s - HOLD_ERROR_S:
        state = state._replace(done=tuple("" for _ in range(asked.n_reps)))
    state, ended = stages.end_set(program, state, "done")
    state, entered = stages.next_set(program, state, "rest")
    return state, (*ended, Sounded(state.t_s, "high"), *entered)


def _begun(program: Program, state: PlayerState, x: person.Begun) -> Answer:
    if state.stage != "waiting":
        return state, ()
    if not program.sets:
        return _end(program, state, SessionEnded(state.t_s, "done"))
    return stages.go_to(program, state, 0, "get_ready")


def _camera_turned(program: Program, state: PlayerState, x: person.CameraTurned) -> Answer:
    if x.on:
        return state._replace(camera="looking" if state.camera == "off" else state.camera), ()
    state = stages.run_on(state._replace(camera="off", lost_s=math.nan, broken_s=math.nan, hold_seen=False))
    return _move(program, state) if state.stage == "place" and not state.paused else (state, ())


def _watched(program: Program, state: PlayerState, x: person.Watched) -> Answer:
    """Take one event of the engine."""
    match x.event:
        case seen.BodyFound():
            away = is_lost(state) and state.t_s - state.lost_s > FORGOTTEN_S
            return state._replace(lost_s=math.nan, camera="looking" if away else state.camera), ()
        case seen.BodyLost():
            return _lost(program, state)
        case seen.NeutralSet():
            state = state._replace(camera="seeing", lost_s=math.nan)
            return _placed(program, state) if state.stage == "place" and not state.paused else (state, ())
        case seen.StopRaised() if state.stage in BEGUN and not state.paused:
            state, ended = stages.end_set(program, state, "stopped", x.event.reason)
            state, entered = enter(program, state, "stopped")
            said = Spoken(state.t_s, x.event.says, "safety", state.at, x.event.side)
            return state, (*ended, *entered, said)
        case seen.Unseen(measure="view") if state.stage in BEGUN and not state.paused:
            return state, (Spoken(state.t_s, "sight_aside", "unseen", state.at),)
    if state.paused or state.stage not in ACTIVE | {"other_side", "between_reps"}:
        return state, ()
    match x.event:
        case seen.CueRaised():
            return _cue(program, state, x.event)
        case seen.Unseen(measure="start"):
            return state, (Spoken(state.t_s, "sight_start", "unseen", state.at),)
        case seen.RepetitionCounted() if stages.asked_of(program, state).hold_s <= 0:
            return _repetition_seen(program, state)
        case seen.HoldCompleted() if state.stage == "hold" and x.event.side == state.side:
            state = state._replace(hold_seen=True)
            return stages.end_hold(program, state, completed=True, hold_s=x.event.hold_s)
        case seen.HoldBroken() if state.stage == "hold" and state.hold_seen and x.event.side == state.side:
            return stages.stand(state)._replace(broken_s=state.t_s), ()
    return state, ()


def _repetition_seen(program: Program, state: PlayerState) -> Answer:
    """Count a repetition of a movement without a hold; who begins before being told to is followed."""
    events: tuple[Played, ...] = ()
    if state.stage in FOLLOWS:
        state, events = enter(program, state, "moving")
    if state.stage != "moving":
        return state, events
    state = state._replace(done=(*state.done, ""), n_seen=state.n_seen + 1)
    if len(state.done) < stages.asked_of(program, state).n_reps:
        return state, events
    state, moved = _moved(program, state)
    return state, (*events, *moved)


def _cue(program: Program, state: PlayerState, event: seen.CueRaised) -> Answer:
    if state.stage == "hold" and stages.left_s(state) <= QUIET_LAST_S:
        return state, ()
    if event.severity == "correct":
        state = state._replace(ease_until_s=state.t_s + program.timing.ease_s)
    return state, (Spoken(state.t_s, event.says, "correct", state.at, state.side),)


def _lost(program: Program, state: PlayerState) -> Answer:
    """Nobody is in sight: go on by the clock; what is not seen is self-reported."""
    state = stages.run_on(state._replace(lost_s=state.t_s, broken_s=math.nan, hold_seen=False))
    speaks = state.stage in ACTIVE and not state.paused
    return state, (Spoken(state.t_s, "sight_lost", "unseen", state.at),) if speaks else ()


def _hold_seen(program: Program, state: PlayerState, x: person.HoldSeen) -> Answer:
    """The person holds: begin the hold, or come back into it."""
    if not awaits_hold(program, state, x.side):
        return state, ()
    events: tuple[Played, ...] = ()
    if state.stage in FOLLOWS:
        state, events = enter(program, state, "hold", x.side)
        state = state._replace(start_s=state.t_s - x.held_s, ends_s=max(state.ends_s - x.held_s, state.t_s))
        state = stages.count_marks(program, state)
    return stages.run_on(state._replace(hold_seen=True, broken_s=math.nan)), events


def awaits_hold(program: Program, state: PlayerState, side: Side) -> bool:
    """Whether a hold on *side* would begin the hold that is asked for or go on with it; any other changes nothing."""
    if state.paused:
        return False
    if state.stage in FOLLOWS:
        asked = stages.asked_of(program, state)
        return side in asked.sides and state.done.count(side) < asked.n_reps
    return state.stage == "hold" and side == state.side


def _paused(program: Program, state: PlayerState, x: person.Paused) -> Answer:
    return (state if state.stage in WAITS else stages.stand(state)._replace(paused=True)), ()


def _resumed(program: Program, state: PlayerState, x: person.Resumed) -> Answer:
    if not state.paused:
        return state, ()
    if is_left(state):
        state = state._replace(broken_s=state.t_s)
    return stages.run_on(state._replace(paused=False)), ()


def _went_back(program: Program, state: PlayerState, x: person.WentBack) -> Answer:
    if state.stage in WAITS or state.stage == "stopped":
        return state, ()
    at = state.at
    if state.stage in ("get_ready", "rest") and at > 0 and program.sets[at - 1].exercise not in state.left_out:
        at -= 1
    return stages.go_to(program, state, at, "get_ready")


def _skipped(program: Program, state: PlayerState, x: person.Skipped) -> Answer:
    if x.reason == "hurts":
        return _pain_felt(program, state, person.PainFelt(x.t_s, "skip"))
    if state.stage in WAITS:
        return state, ()
    ended: tuple[Played, ...] = ()
    if state.stage != "stopped":
        state, ended = stages.end_set(program, state, "skipped", x.reason)
    state, entered = stages.next_set(program, state, "get_ready")
    return state, (*ended, *entered)


def _made_easier(program: Program, state: PlayerState, x: person.MadeEasier) -> Answer:
    if state.easier or state.stage not in BEGUN | {"rest"}:
        return state, ()
    state = state._replace(easier=True)
    if state.stage == "hold":
        ends_s = state.start_s + stages.hold_s_of(program, state)
        now_s = state.start_s + stages.elapsed_s(state)
        state = stages.count_marks(program, state._replace(ends_s=max(min(ends_s, state.ends_s), now_s)))
    says = f"{stages.asked_of(program, state).exercise}.easier"
    return state, (Spoken(state.t_s, says, "correct", state.at, state.side),)


def _extended(program: Program, state: PlayerState, x: person.Extended) -> Answer:
    if state.ends_s == math.inf:
        return state, ()
    return stages.count_marks(program, state._replace(ends_s=state.ends_s + program.timing.extend_s)), ()


def _went_on(program: Program, state: PlayerState, x: person.WentOn) -> Answer:
    if state.stage in WAITS:
        return state, ()
    state = stages.run_on(state._replace(paused=False, broken_s=math.nan))
    if state.stage == "hold":
        hold_s = stages.elapsed_s(state)
        enough = hold_s >= stages.hold_s_of(program, state) - HOLD_ERROR_S
        return stages.end_hold(program, state, completed=enough, hold_s=hold_s)
    return _stage_over(program, state._replace(waited=True))


def _paced(program: Program, state: PlayerState, x: person.Paced) -> Answer:
    return state._replace(pace=min(max(x.pace, 0.5), 10.0), by_itself=x.by_itself), ()


def _pain_felt(program: Program, state: PlayerState, x: person.PainFelt) -> Answer:
    """It hurts: whatever was on is over, and nothing but the stop is heard."""
    if state.stage in WAITS:
        return state, ()
    return enter(program, state._replace(before=state.stage, paused=False), "pain", state.side)


def _pop_heard(program: Program, state: PlayerState, x: person.PopHeard) -> Answer:
    """Note a pop; one that hurt is pain."""
    if state.stage in ("waiting", "after", "ended") or not program.sets:
        return state, ()
    exercise = program.sets[state.at].exercise
    noted = PopNoted(state.t_s, state.at, exercise, state.stage, x.pain, x.probability)
    if not x.pain:
        return state, (noted,)
    state, stopped = _pain_felt(program, state, person.PainFelt(x.t_s, "pop"))
    return state, (noted, *stopped)


def _pain_mistaken(program: Program, state: PlayerState, x: person.PainMistaken) -> Answer:
    if state.stage != "pain":
        return state, ()
    again: Stage = "move_in" if state.before in ("hold", "release") else state.before
    return enter(program, state, again, state.side)


def _pain_decided(program: Program, state: PlayerState, x: person.PainDecided) -> Answer:
    """Do what care decided: rest and another stretch, or the end."""
    if state.stage != "pain":
        return state, ()
    events: tuple[Played, ...] = ()
    hurt = state.at - (state.before == "rest" and state.at > 0)
    if state.before in BEGUN:
        state, events = stages.end_set(program, state, "pain", x.why)
    elif program.sets[hurt].exercise not in state.left_out:
        state = state._replace(left_out=(*state.left_out, program.sets[hurt].exercise))
    exercise = program.sets[hurt].exercise
    reported = PainReported(state.t_s, hurt, exercise, state.before, x.where, x.level, x.kinds, x.action)
    if x.action == "go_on":
        behind = state if state.before != "rest" else state._replace(at=hurt)
        state, entered = stages.next_set(program, behind, "rest", program.timing.stop_s * state.pace)
        return state, (reported, *events, *entered)
    state, entered = _end(program, state, SessionEnded(state.t_s, "pain" if x.action == "end" else x.action))
    return state, (reported, *events, *entered)


def _end(program: Program, state: PlayerState, ended: SessionEnded) -> Answer:
    state = state._replace(stage="after", start_s=state.t_s, ends_s=math.inf, n_marked=0, side="", paused=False)
    return state, (ended, StageEntered(state.t_s, "after", state.at))


def _finished(program: Program, state: PlayerState, x: person.Finished) -> Answer:
    if state.stage != "after":
        return state, ()
    state = state._replace(stage="ended", start_s=state.t_s)
    after = FeltAfter(state.t_s, x.pain, x.felt_right, x.note)
    return state, (after, StageEntered(state.t_s, "ended", state.at))


_HANDLERS: dict[type, Callable[[Program, PlayerState, Any], Answer]] = {
    person.Begun: _begun,
    person.CameraTurned: _camera_turned,
    person.Watched: _watched,
    person.HoldSeen: _hold_seen,
    person.Paused: _paused,
    person.Resumed: _resumed,
    person.WentBack: _went_back,
    person.Skipped: _skipped,
    person.MadeEasier: _made_easier,
    person.Extended: _extended,
    person.WentOn: _went_on,
    person.Paced: _paced,
    person.PainFelt: _pain_felt,
    person.PopHeard: _pop_heard,
    person.PainMistaken: _pain_mistaken,
    person.PainDecided: _pain_decided,
    person.Finished: _finished,
}
