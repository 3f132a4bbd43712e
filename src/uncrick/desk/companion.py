"""The whole companion as one step: sitting first, then what is owed for it."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from uncrick.desk import nudge, sitting
from uncrick.desk.found import Found
from uncrick.desk.manners import Manners
from uncrick.desk.nudge import NudgeState
from uncrick.desk.sitting import SittingSettings, SittingState

MOST_QUIET_S: Final = 60.0
"""The shell lets no more than this go by without a tick, well below `SittingSettings.silent_s`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's wishes, and our defaults of what sitting is."""

    manners: Manners = field(default_factory=Manners)
    sitting: SittingSettings = field(default_factory=SittingSettings)


class State(NamedTuple):
    """Sitting, and what is owed for it."""

    sitting: SittingState
    nudge: NudgeState


def step(settings: Settings, state: State | None, x: sitting.Heard) -> tuple[State, tuple[Found, ...]]:
    """Take one piece of news from the machine or the person."""
    before = state.sitting if state else None
    sat, found = sitting.step(settings.sitting, before, x)
    wishes = nudge.NudgeSettings(settings.manners, settings.sitting)
    owing, more = nudge.step(wishes, state.nudge if state else None, nudge.Moment(x, sat, found))
    return State(sat, owing), (*found, *more)


def due_s(settings: Settings, state: State) -> float:
    """Return when to tick next, on the clock of ``t_s``, if nothing is heard until then."""
    wishes = nudge.NudgeSettings(settings.manners, settings.sitting)
    due = min(sitting.due_s(settings.sitting, state.sitting), nudge.due_s(wishes, state.nudge, state.sitting))
    return min(max(due, state.sitting.at_s + 1.0), state.sitting.at_s + MOST_QUIET_S)
