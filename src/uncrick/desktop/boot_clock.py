"""The companion's clock, which goes on while the machine sleeps, and the sleep that two clocks betray."""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from typing import Final, NamedTuple

from uncrick.desk.source import Clock
from uncrick.desktop.seeing import Stand

LOOK_S: Final = 5.0
"""How often the two clocks are compared. Our default: sleeping matters in minutes."""

SLEPT_S: Final = 2.0
"""Clocks that drift apart by more than this were apart because the machine slept. Our default."""


def boot_s() -> float:
    """Return seconds since the machine started, sleep included: the ``t_s`` of everything that is told."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # goes on in sleep on macOS, unlike time.monotonic
    return time.monotonic()


class Clocks(NamedTuple):
    """Two clocks read together: one that goes on in sleep, and one that stands still."""

    going_s: float
    awake_s: float


def read_clocks() -> Clocks:
    """Read both."""
    return Clocks(boot_s(), time.monotonic())


def slept_s(before: Clocks, after: Clocks) -> float:
    """Return how long the machine slept in between, 0 when the clocks differ by no more than `SLEPT_S`."""
    lost_s = (after.going_s - before.going_s) - (after.awake_s - before.awake_s)
    return lost_s if lost_s > SLEPT_S else 0.0


class ClockSleep:
    """Sleep found afterwards: the clock that goes on in sleep has gone further than the other one."""

    how = "sleep from the clocks, noticed on waking"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        yield Stand(now(), False)
        before = read_clocks()
        while True:
            await asyncio.sleep(LOOK_S)
            after = read_clocks()
            if lost_s := slept_s(before, after):
                woke_s = now()
                yield Stand(woke_s - lost_s, True)
                yield Stand(woke_s, False)
            before = after
