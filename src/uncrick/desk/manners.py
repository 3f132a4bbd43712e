"""When the companion may speak: how often, at which hours, and how far it turns itself down when nobody wants it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final, NamedTuple

EVERY_RANGE_S: Final = (1200.0, 3600.0)
"""Between 20 and 60 minutes of sitting. Source: CLINICAL 7; waongenngarm2021 tried
prompted breaks, and no study gives one best dose."""

WEEK_DAYS: Final = 7
ENOUGH_SHOWN: Final = 5
"""So many nudges in a week, none of them taken, turn the nudges down. Our default."""

LOUDEST, QUIETEST = 0, 2


@dataclass(frozen=True, slots=True)
class Manners:
    """What the person set. Defaults are CLINICAL 7's, and ours where it says nothing.

    every_s : unbroken sitting before a break is owed. most_a_day : nudges in a day. unasked_every_s : at least between
    two that nobody asked for. pause_s : without input for so long is a pause of the work. quiet_from, quiet_to : no
    nudges between these, across midnight too; the same twice for none.
    """

    every_s: float = 2700.0
    most_a_day: int = 8
    unasked_every_s: float = 3600.0
    pause_s: float = 8.0
    quiet_from: time = time(20, 0)
    quiet_to: time = time(8, 0)
    in_fullscreen: bool = False

    def is_quiet(self, local: datetime) -> bool:
        """Whether *local* lies in the quiet hours."""
        now = local.time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= now < self.quiet_to
        return now >= self.quiet_from or now < self.quiet_to


class Shown(NamedTuple):
    """The nudges of one date. day : its ordinal."""

    day: int
    n_shown: int = 0
    n_taken: int = 0


def every_s(manners: Manners, level: int) -> float:
    """Return after how long a break is owed when turned down to *level*: as set, or after twice as long."""
    return manners.every_s * (1 if level == LOUDEST else 2)


def most_a_day(manners: Manners, level: int) -> int:
    """Return how many nudges a day may have when turned down to *level*: all, half or a quarter of them."""
    return manners.most_a_day >> level


def n_shown_on(log: Iterable[Shown], day: int) -> int:
    """Return how many nudges the date *day* has had."""
    return sum(s.n_shown for s in log if s.day == day)


def noted(log: tuple[Shown, ...], day: int, n_shown: int = 0, n_taken: int = 0) -> tuple[Shown, ...]:
    """Return the log with more of *day*; a date that a set clock brought back goes on where it was."""
    old = next((s for s in log if s.day == day), Shown(day))
    new = Shown(day, old.n_shown + n_shown, old.n_taken + n_taken)
    return (*(s for s in log if s.day != day), new)[-2 * WEEK_DAYS :]


def is_unwanted(log: tuple[Shown, ...], today: int, since_day: int) -> bool:
    """Whether a week, counted from *since_day* on, had enough nudges and not one of them was taken."""
    first = max(today - WEEK_DAYS + 1, since_day)
    week = [s for s in log if first <= s.day <= today]
    if sum(s.n_shown for s in week) < ENOUGH_SHOWN or any(s.n_taken for s in week):
        return False
    return today - min(s.day for s in log if s.n_shown and s.day >= since_day) >= WEEK_DAYS - 1
