"""What the screen shows of a session right now: drawn from the player's state, nothing decided."""

import math
from dataclasses import dataclass
from typing import Literal

from uncrick.coach import stages
from uncrick.coach.played import Stage
from uncrick.coach.player import is_left, is_lost
from uncrick.coach.program import Program
from uncrick.coach.stages import BEGUN, WAITS, PlayerState
from uncrick.exercise.definition import Side

Light = Literal["", "good", "further", "ease", "unseen"]
_ORDER: tuple[Stage, ...] = ("get_ready", "show", "place", "move_in", "hold", "release")


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything a face needs to draw the session.

    left_s, whole_s : of the present stage, None where it waits for the person. running : the stage's clock runs.
    rep, n_reps : this repetition of this side (or of all, without sides), and of how many.
    last : nothing of this set comes after this repetition.
    light : of the camera, empty where there is none or nothing to judge. waits : the camera is given time to see.
    minutes_left : of the whole session, rounded up. next : the exercise after this one, empty for none.
    outcomes : of each set, empty while open.
    """

    t_s: float
    stage: Stage
    at: int
    n_sets: int
    exercise: str
    side: Side
    left_s: float | None
    whole_s: float | None
    running: bool
    paused: bool
    rep: int
    n_reps: int
    last: bool
    light: Light
    camera: str
    waits: bool
    easier: bool
    minutes_left: int
    next: str
    outcomes: tuple[str, ...]


def screen_of(program: Program, state: PlayerState) -> Screen:
    """Return what to show in *state*; a program without sets shows an empty session."""
    asked = stages.asked_of(program, state) if program.sets else None
    timed = state.ends_s < math.inf and asked is not None
    return Screen(
        t_s=state.t_s,
        stage=state.stage,
        at=state.at,
        n_sets=len(program.sets),
        exercise=asked.exercise if asked else "",
        side=state.side,
        left_s=max(stages.left_s(state), 0.0) if timed else None,
        whole_s=state.ends_s - state.start_s if timed else None,
        running=stages.is_running(state) and state.stage not in WAITS,
        paused=state.paused,
        rep=_rep(program, state) if asked else 0,
        n_reps=asked.n_reps if asked else 0,
        last=_is_last(program, state) if asked else False,
        light=_light(state, asked is not None and asked.depth < 1),
        camera="lost" if state.camera == "seeing" and is_lost(state) else state.camera,
        waits=state.waited,
        easier=state.easier,
        minutes_left=math.ceil(remaining_s(program, state) / 60 - 1e-9) if asked else 0,
        next=_next(program, state),
        outcomes=state.outcomes,
    )


def _rep(program: Program, state: PlayerState) -> int:
    asked = stages.asked_of(program, state)
    if state.stage == "moving" and not state.n_seen:
        passed = int(stages.elapsed_s(state) / max(2 * asked.move_s * state.pace, 1e-9))
        return min(passed + 1, asked.n_reps)
    side = state.side if state.side in asked.sides else asked.sides[0]
    over = state.stage == "release"
    return min(state.done.count(side) + (not over), asked.n_reps)


def _is_last(program: Program, state: PlayerState) -> bool:
    asked = stages.asked_of(program, state)
    if state.stage == "moving":
        return True
    n_open = asked.n_reps * len(asked.sides) - len(state.done) - (state.stage in ("move_in", "hold"))
    return n_open <= 0 and state.stage in ("move_in", "hold", "release")


def _light(state: PlayerState, eases: bool) -> Light:
    """Return the camera's light; who goes only part of the way is never shown to go further."""
    if state.camera == "off" or state.stage not in BEGUN - {"get_ready", "show"}:
        return ""
    if is_lost(state) or state.camera == "looking":
        return "unseen"
    if state.t_s < state.ease_until_s:
        return "ease"
    if is_left(state) or state.waited:
        return "" if eases else "further"
    return "good" if state.stage in ("hold", "moving") else ""


def _next(program: Program, state: PlayerState) -> str:
    return next((a.exercise for a in program.sets[state.at + 1 :] if a.exercise not in state.left_out), "")


def remaining_s(program: Program, state: PlayerState) -> float:
    """Return about how long the session still takes by the clock; what waits for the person counts as nothing."""
    if state.stage in ("after", "ended"):
        return 0.0
    now = stages.left_s(state) if state.ends_s < math.inf else 0.0
    here = state._replace(by_itself=True)
    total = now + _rest_of_set(program, here)
    for at in range(state.at + 1, len(program.sets)):
        if program.sets[at].exercise not in state.left_out:
            fresh = PlayerState(at=at, pace=state.pace, stage="rest")
            total += stages.length_s(program, fresh, "rest") + _rest_of_set(program, fresh)
    return total


def _rest_of_set(program: Program, state: PlayerState) -> float:
    """Return what comes after the present stage within its set, s."""
    if state.stage in ("stopped", "pain"):
        return 0.0
    asked = stages.asked_of(program, state)

    def length(stage: Stage) -> float:
        return stages.length_s(program, state, stage)

    place = _ORDER.index(state.stage) if state.stage in _ORDER else -1
    lead = sum(length(s) for s in ("get_ready", "show") if place < _ORDER.index(s)) if _not_moving(state) else 0.0
    if asked.hold_s <= 0:
        return lead + (0.0 if state.stage == "moving" else length("moving"))
    left = asked.n_reps * len(asked.sides) - len(state.done) - (state.stage in ("move_in", "hold"))
    repetition = length("move_in") + length("hold") + length("release")
    between = length("other_side") if len(asked.sides) > 1 else length("between_reps")
    present = {"move_in": length("hold") + length("release"), "hold": length("release")}.get(state.stage, 0.0)
    gaps = left if state.done or present else left - 1
    return lead + present + left * repetition + max(gaps, 0) * between


def _not_moving(state: PlayerState) -> bool:
    return state.stage in ("waiting", "rest", "get_ready", "show", "place")
