"""Everything the desk companion finds: what became of a spell of sitting, of an owed break, and of its own manners."""

from dataclasses import dataclass
from typing import Literal

Why = Literal["locked", "asleep", "idle", "standing", "break", "nobody", "silent"]
"""Why sitting ended: the screen was locked, the machine slept, nobody touched it, the person stood, did a break, was
not in the picture, or nothing at all was heard (asleep without telling, or not running)."""

Held = Literal["paused", "meeting", "call", "quiet", "fullscreen", "quiet_hours", "away", "snoozed", "hour"]
"""What keeps a nudge back for now: a pause, "in a meeting", a call, Do Not Disturb, something that fills the screen,
quiet hours, nobody there, a snooze, and less than an hour since the last one."""

Became = Literal[
    "done", "taken_away", "left", "pain", "dismissed", "unanswered", "day_full", "day_over", "too_long", "silent"
]
"""What became of an owed break. The first two were taken; the others are reasons why it is owed no more."""

TAKEN: tuple[Became, ...] = ("done", "taken_away")


@dataclass(frozen=True, slots=True)
class SpellBegan:
    """Sitting began. n : counts spells since ever."""

    t_s: float
    n: int


@dataclass(frozen=True, slots=True)
class SpellEnded:
    """Sitting ended at *t_s*, which may be found out only later.

    sat_s : seen sitting. unknown_s : with nothing to see it by, timed only. Short absences are in neither.
    """

    t_s: float
    n: int
    began_s: float
    sat_s: float
    unknown_s: float
    why: Why


@dataclass(frozen=True, slots=True)
class PositionChanged:
    """The person stood up, sat down, or moved in their seat. by : "said", or what saw it."""

    t_s: float
    to: Literal["standing", "sitting", "moved"]
    by: str


@dataclass(frozen=True, slots=True)
class BreakOwed:
    """The spell *n* has lasted long enough for a break."""

    t_s: float
    n: int


@dataclass(frozen=True, slots=True)
class Nudged:
    """Something is shown: first the small sign, then, in a pause of the work, the offer.

    asked : the person had put it off and so asked for it.
    """

    t_s: float
    n: int
    phase: Literal["small", "offer"]
    asked: bool


@dataclass(frozen=True, slots=True)
class PutOff:
    """The owed break waits until *until_s* because the person said so."""

    t_s: float
    n: int
    until_s: float
    why: Literal["snooze", "meeting"]


@dataclass(frozen=True, slots=True)
class BreakResolved:
    """The break that spell *n* owed is owed no more. held : what had kept it back last, empty if nothing had.

    offered : the person had been asked.
    """

    t_s: float
    n: int
    became: Became
    offered: bool
    held: Held | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class BreakDone:
    """A break that was begun is over, whether it was owed or not."""

    t_s: float
    began_s: float
    what: tuple[str, ...]
    ending: Literal["done", "left", "pain"]


@dataclass(frozen=True, slots=True)
class Turned:
    """The nudges were turned down after a week in which none was taken, or up again after one was."""

    t_s: float
    to: int
    n_shown: int


Found = SpellBegan | SpellEnded | PositionChanged | BreakOwed | Nudged | PutOff | BreakResolved | BreakDone | Turned
"""Everything the companion tells; status, journal, day and notices read these."""
