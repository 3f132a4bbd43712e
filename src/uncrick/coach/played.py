"""What the player answers: which stage was entered, what to say and sound, what was done."""

import re
from dataclasses import dataclass, fields
from typing import Any, Literal

from uncrick.exercise.definition import Side

Stage = Literal[
    "waiting", "get_ready", "show", "place", "move_in", "hold", "release", "other_side", "between_reps", "moving",
    "rest", "stopped", "pain", "after", "ended",
]  # fmt: skip
Rank = Literal["safety", "unseen", "correct", "praise", "information"]
Sound = Literal["tick", "low", "high", "stop"]
Outcome = Literal["done", "skipped", "stopped", "pain", "left"]
Ending = Literal["done", "pain", "clinician", "emergency"]

RANKS: tuple[Rank, ...] = ("safety", "unseen", "correct", "praise", "information")
"""What is said first when two things could be said. Source: EXPERIENCE 1."""


@dataclass(frozen=True, slots=True)
class StageEntered:
    """The session is in another stage. at : index of the set. side : of this repetition, or empty."""

    t_s: float
    stage: Stage
    at: int
    side: Side = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence is due. says : its key in words. at, side : what it is about."""

    t_s: float
    says: str
    rank: Rank
    at: int
    side: Side = ""


@dataclass(frozen=True, slots=True)
class Sounded:
    """One earcon is due: tick (3-2-1), low bell (hold), high bell (release), two falling notes (stop)."""

    t_s: float
    sound: Sound


@dataclass(frozen=True, slots=True)
class HoldDone:
    """A hold is over. seen : a camera saw it; else it is self-reported. completed : as long as it was asked."""

    t_s: float
    at: int
    side: Side
    hold_s: float
    asked_s: float
    seen: bool
    completed: bool


@dataclass(frozen=True, slots=True)
class SetEnded:
    """A set is over. n_reps : repetitions done, of each side together. seen : all of them by a camera."""

    t_s: float
    at: int
    exercise: str
    outcome: Outcome
    reason: str
    n_reps: int
    n_asked: int
    seen: bool
    easier: bool


@dataclass(frozen=True, slots=True)
class PainReported:
    """Pain was felt, with the answers that were given and what was decided."""

    t_s: float
    at: int
    exercise: str
    stage: Stage
    where: str
    level: int | None
    kinds: str
    action: str


@dataclass(frozen=True, slots=True)
class PopNoted:
    """A pop that the person said was their back: a fact, of which nothing follows unless it hurt."""

    t_s: float
    at: int
    exercise: str
    stage: Stage
    pain: bool
    probability: float


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """There is nothing left to do, and why."""

    t_s: float
    ending: Ending


@dataclass(frozen=True, slots=True)
class FeltAfter:
    """What the person said of the session when it was over."""

    t_s: float
    pain: int | None
    felt_right: str
    note: str


Played = StageEntered | Spoken | Sounded | HoldDone | SetEnded | PainReported | PopNoted | SessionEnded | FeltAfter


def played_record(event: Played) -> dict[str, Any]:
    """Return the event as one JSON object: ``t_s`` and ``event`` first, floats to a millisecond."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()
    record: dict[str, Any] = {"t_s": round(event.t_s, 3), "event": name}
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name != "t_s":
            record[field.name] = round(value, 3) if isinstance(value, float) else value
    return record
