"""What the person tells the companion, by a notice's button, a command or the page."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Ask again in *for_s* seconds."""

    t_s: float
    for_s: float


@dataclass(frozen=True, slots=True)
class InMeeting:
    """Be silent for *for_s* seconds; sitting goes on being counted."""

    t_s: float
    for_s: float


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Not this one."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Paused:
    """Say nothing and shut the camera for *for_s* seconds; sitting goes on being counted, a break stays owed."""

    t_s: float
    for_s: float


@dataclass(frozen=True, slots=True)
class GoneOn:
    """Go on at once after a pause, a meeting or a snooze, and as often as was set at first."""

    t_s: float


@dataclass(frozen=True, slots=True)
class BreakBegan:
    """A break was begun. what : the exercises, or "walking"."""

    t_s: float
    what: tuple[str, ...] = ()


BreakEnding = Literal["done", "left", "pain"]


@dataclass(frozen=True, slots=True)
class BreakEnded:
    """The break is over: done, left before its end, or stopped because it hurt."""

    t_s: float
    ending: BreakEnding


Said = Snoozed | InMeeting | Dismissed | Paused | GoneOn | BreakBegan | BreakEnded
"""Everything a person may tell the companion."""
