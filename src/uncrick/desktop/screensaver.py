"""The screen saver's word: whether the screen is covered, and on X11 how long nobody touched anything."""

import asyncio
import os
from collections.abc import AsyncGenerator
from typing import Final

from uncrick.desk.activity import IDLE_AFTER_S
from uncrick.desk.source import Clock
from uncrick.desktop.bus import Ask, Bus, Place, open_bus
from uncrick.desktop.logind import flag_of
from uncrick.desktop.seeing import CannotSee, Stand

SAVERS: Final = tuple(
    Place(f"org.{who}.ScreenSaver", f"/org/{who}/ScreenSaver", f"org.{who}.ScreenSaver")
    for who in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
)

POLL_IDLE_S: Final = 2.0
"""How often an idle person's return is looked for where nobody tells of it. Our default."""


class ScreenSaverLock:
    """The covered screen, from whichever screen saver is there."""

    how = "lock from the screen saver"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("session") as bus:
            saver, active = await self._found(bus)
            await bus.listen(saver, "ActiveChanged")
            yield Stand(now(), active)
            async for signal in bus.signals():
                yield Stand(now(), flag_of(signal))

    async def _found(self, bus: Bus) -> tuple[Place, bool]:
        why = CannotSee("no screen saver is on the session bus")
        for saver in SAVERS:
            try:
                (active,) = await bus.ask(Ask(saver, "GetActive", "b"))
            except CannotSee as trouble:
                why = why if "is not on" in str(trouble) else trouble
                continue
            return saver, bool(active)
        raise why


class ScreenSaverIdle:
    """The idle time that a screen saver counts: asked again and again, so it is used where nothing tells by itself."""

    how = "idle time from the screen saver"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        if os.environ.get("WAYLAND_DISPLAY"):
            raise CannotSee("the screen saver's idle time stays at 0 under Wayland")
        async with open_bus("session") as bus:
            while True:
                (idle_ms,) = await bus.ask(Ask(SAVERS[0], "GetSessionIdleTime", "u"))
                assert isinstance(idle_ms, int)
                idle_s = idle_ms / 1000
                yield Stand(now(), idle_s >= IDLE_AFTER_S, now() - idle_s)
                await asyncio.sleep(wait_s(idle_s, IDLE_AFTER_S))


def wait_s(idle_s: float, idle_after_s: float) -> float:
    """Return how long to wait until the next look: until idleness can begin, or a little while for the return."""
    return POLL_IDLE_S if idle_s >= idle_after_s else max(1.0, idle_after_s - idle_s + 0.05)
