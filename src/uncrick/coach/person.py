"""What reaches the player: the clock, what the camera's watching found, and what the person pressed."""

from dataclasses import dataclass
from typing import Literal

from uncrick.coach.events import Event
from uncrick.exercise.definition import Side

SkipReason = Literal["hurts", "no_time", "dislike"]
PainAction = Literal["go_on", "end", "clinician", "emergency"]
FeltRight = Literal["yes", "partly", "no", ""]


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed; nothing else happened."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Begun:
    """The person starts the session. pain : 0-10 at rest, None when not said."""

    t_s: float
    pain: int | None = None


@dataclass(frozen=True, slots=True)
class CameraTurned:
    """The camera went on or off, or nothing came from it any more."""

    t_s: float
    on: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """The engine saw something. *t_s* is the session's time; the event keeps the camera's own."""

    t_s: float
    event: Event


@dataclass(frozen=True, slots=True)
class HoldSeen:
    """The engine sees the person hold. held_s : how long already, because it takes time to be sure."""

    t_s: float
    side: Side
    held_s: float


@dataclass(frozen=True, slots=True)
class Paused:
    """Stand still. why : ``person``, ``connection``, ``hidden``, ``gesture``."""

    t_s: float
    why: str = "person"


@dataclass(frozen=True, slots=True)
class Resumed:
    """Go on exactly where it was."""

    t_s: float


@dataclass(frozen=True, slots=True)
class WentBack:
    """Once more from the beginning of this set; from its beginning, the set before."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Skipped:
    """Leave this set out. A skip because it hurts is pain."""

    t_s: float
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class MadeEasier:
    """Go on with the easier form of this exercise."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Extended:
    """More time for what is on now."""

    t_s: float


@dataclass(frozen=True, slots=True)
class WentOn:
    """Do not wait any longer: on to what comes next. In a hold it ends the hold."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Paced:
    """How much time is given: a factor 0.5-10 on everything but holds, and whether steps follow by themselves."""

    t_s: float
    pace: float
    by_itself: bool


@dataclass(frozen=True, slots=True)
class PainFelt:
    """It hurts: movement ends now."""

    t_s: float
    why: str = "button"


@dataclass(frozen=True, slots=True)
class PopHeard:
    """The person says that a pop came from their back. probability : 0-1, of the detector that asked."""

    t_s: float
    pain: bool
    probability: float


@dataclass(frozen=True, slots=True)
class PainMistaken:
    """The pain control was pressed by mistake."""

    t_s: float


@dataclass(frozen=True, slots=True)
class PainDecided:
    """What care decided from the person's answers. where, level, kind : the answers, kept for the record."""

    t_s: float
    action: PainAction
    why: str
    where: str = ""
    level: int | None = None
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The answers after the session; level None when not said."""

    t_s: float
    pain: int | None = None
    felt_right: FeltRight = ""
    note: str = ""


Input = (
    Tick
    | Begun
    | CameraTurned
    | Watched
    | HoldSeen
    | Paused
    | Resumed
    | WentBack
    | Skipped
    | MadeEasier
    | Extended
    | WentOn
    | Paced
    | PainFelt
    | PopHeard
    | PainMistaken
    | PainDecided
    | Finished
)
