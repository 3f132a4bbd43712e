"""Everything the coach ever says about what it saw: one small value per kind of event."""

import re
from dataclasses import dataclass, fields
from typing import Any

from uncrick.exercise.definition import Severity, Side


@dataclass(frozen=True, slots=True)
class BodyFound:
    """Somebody is in the picture."""

    t_s: float


@dataclass(frozen=True, slots=True)
class BodyLost:
    """Nobody has been in the picture for half a second."""

    t_s: float


@dataclass(frozen=True, slots=True)
class NeutralSet:
    """The person was still in the start position: from here on every angle is against their own neutral."""

    t_s: float


@dataclass(frozen=True, slots=True)
class PhaseEntered:
    """The person came into another phase of the exercise."""

    t_s: float
    phase: str
    after_stop: bool = False


@dataclass(frozen=True, slots=True)
class HoldCompleted:
    """A hold ended that was long enough. Start and end are set back to when the movement stopped and began again.

    peak : deepest value of the hold's measure, in its unit, with its sign.
    """

    t_s: float
    side: Side
    hold_s: float
    start_s: float
    end_s: float
    peak: float
    after_stop: bool = False


@dataclass(frozen=True, slots=True)
class HoldBroken:
    """A hold ended before it was long enough. Fields as in HoldCompleted."""

    t_s: float
    side: Side
    hold_s: float
    start_s: float
    end_s: float
    peak: float
    after_stop: bool = False


@dataclass(frozen=True, slots=True)
class RepetitionCounted:
    """The phases once round. side : of a one-sided repetition, else empty."""

    t_s: float
    n: int
    side: Side


@dataclass(frozen=True, slots=True)
class CueRaised:
    """One thing to say now. says : the key of the sentence in words."""

    t_s: float
    cue: str
    severity: Severity
    says: str


@dataclass(frozen=True, slots=True)
class StopRaised:
    """Movement ends now, and why. Nothing is counted or corrected after it."""

    t_s: float
    reason: str
    side: Side
    says: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """Something that would be judged cannot be, and why.

    measure : a measure, or ``body``, ``start``, ``exercise``, ``speed``, ``push``.
    """

    t_s: float
    measure: str
    why: str


@dataclass(frozen=True, slots=True)
class MovementCounted:
    """A movement was counted by how the body goes out and comes back, whatever it is: watched, not judged.

    n : repetitions until now. revised : earlier ones were counted anew, so *n* may have changed by more than one.
    """

    t_s: float
    n: int
    revised: bool


Event = (
    BodyFound
    | BodyLost
    | NeutralSet
    | PhaseEntered
    | HoldCompleted
    | HoldBroken
    | RepetitionCounted
    | CueRaised
    | StopRaised
    | Unseen
    | MovementCounted
)


def event_name(event: Event) -> str:
    """Return the name of the event's kind as the JSON lines have it: ``HoldCompleted`` -> ``hold_completed``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()


def event_record(event: Event) -> dict[str, Any]:
    """Return the event as one JSON line's object: ``t_s`` and ``event`` first, floats to a millisecond or a thousandth.

    *after_stop* is left out where it is false.
    """
    record: dict[str, Any] = {"t_s": round(event.t_s, 3), "event": event_name(event)}
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name == "t_s" or (field.name == "after_stop" and not value):
            continue
        record[field.name] = round(value, 3) if isinstance(value, float) else value
    return record
