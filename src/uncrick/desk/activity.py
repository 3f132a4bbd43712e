"""What the desk companion is told: what this machine sees of somebody's day, one small value per kind of news.

``t_s`` is seconds on one clock that never goes back, goes on while the machine sleeps (CLOCK_BOOTTIME on Linux) and
knows nothing of time zones. The shell reads it; the core only compares. What a person says is in `desk/asked.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Sight = Literal["activity", "lock", "sleep", "call", "quiet", "fullscreen", "camera", "notice"]
"""What can be seen or not: input and idleness, the locked screen, suspension, calls, Do Not Disturb, a presentation,
the body by camera, and whether notices can be shown."""

SIGHTS: Final[tuple[Sight, ...]] = ("activity", "lock", "sleep", "call", "quiet", "fullscreen", "camera", "notice")

IDLE_AFTER_S: Final = 8.0
"""A source calls somebody idle after so long without input. Our default: long enough to be a pause of the work."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time went by. local : the wall clock with its zone, for quiet hours and the date; never for lengths of time."""

    t_s: float
    local: datetime


@dataclass(frozen=True, slots=True)
class Input:
    """A key or the mouse, after idleness or for the first time; a source need not repeat it while it goes on."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Idle:
    """No input since the moment *since_s* (on the clock of ``t_s``), told when `IDLE_AFTER_S` have passed."""

    t_s: float
    since_s: float


@dataclass(frozen=True, slots=True)
class Locked:
    """The screen was locked."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The screen was unlocked."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Suspended:
    """The machine is about to sleep."""

    t_s: float


@dataclass(frozen=True, slots=True)
class Woke:
    """The machine is awake again."""

    t_s: float


@dataclass(frozen=True, slots=True)
class CallBegan:
    """A camera or microphone is in use by another program. by : what could be told of it, for the status."""

    t_s: float
    by: str = ""


@dataclass(frozen=True, slots=True)
class CallEnded:
    """No other program uses a camera or microphone any more."""

    t_s: float


@dataclass(frozen=True, slots=True)
class DoNotDisturb:
    """The desktop's Do Not Disturb was turned on or off."""

    t_s: float
    on: bool


@dataclass(frozen=True, slots=True)
class Fullscreen:
    """Something fills the screen or holds it awake: a film, a presentation."""

    t_s: float
    on: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The person stands now. by : "said" or what saw it."""

    t_s: float
    by: str = "said"


@dataclass(frozen=True, slots=True)
class Sitting:
    """The person sits now. by : "said" or what saw it."""

    t_s: float
    by: str = "said"


@dataclass(frozen=True, slots=True)
class Known:
    """From now on *what* can be seen here, in the way that *how* says ("idle time from Mutter")."""

    t_s: float
    what: Sight
    how: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """From now on *what* cannot be seen; *why* is one sentence for the status, with what to do where that is known."""

    t_s: float
    what: Sight
    why: str


@dataclass(frozen=True, slots=True)
class CameraPosture:
    """One look of the camera, against the person's own neutral.

    present : whether somebody sits there, None when it cannot be told. head_forward_deg, lean_deg : change from
    neutral, NaN when not seen. moved : whether the position changed since the last look.
    """

    t_s: float
    present: bool | None
    head_forward_deg: float
    lean_deg: float
    moved: bool = False


@dataclass(frozen=True, slots=True)
class CameraLight:
    """The companion itself has the camera open, so its light is on, or it is off again; *why* says which."""

    t_s: float
    on: bool
    why: str = ""


Activity = (
    Tick
    | Input
    | Idle
    | Locked
    | Unlocked
    | Suspended
    | Woke
    | CallBegan
    | CallEnded
    | DoNotDisturb
    | Fullscreen
    | Standing
    | Sitting
    | Known
    | Unknown
    | CameraPosture
    | CameraLight
)
"""Everything a source may report."""
