"""Idleness from Mutter's IdleMonitor: GNOME tells when nobody touched anything for a while, and when somebody did."""

from collections.abc import AsyncGenerator
from typing import Final

from uncrick.desk.activity import IDLE_AFTER_S
from uncrick.desk.source import Clock
from uncrick.desktop.bus import Ask, Bus, Place, Signal, open_bus
from uncrick.desktop.seeing import CannotSee, Stand

MONITOR: Final = Place(
    "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor"
)


class MutterIdle:
    """Idleness on GNOME, whether Wayland or X11; nothing is polled."""

    def __init__(self, idle_after_s: float = IDLE_AFTER_S) -> None:
        self._idle_after_s = idle_after_s
        self.how = "idle time from Mutter"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("session") as bus:
            await bus.listen(MONITOR, "WatchFired")
            (idle_ms,) = await bus.ask(Ask(MONITOR, "GetIdletime", "t"))
            assert isinstance(idle_ms, int)
            wait_ms = round(1000 * self._idle_after_s)
            (idle_id,) = await bus.ask(Ask(MONITOR, "AddIdleWatch", "u", "t", (wait_ms,)))
            idle = idle_ms >= wait_ms
            active_id = await self._on_return(bus) if idle else None
            yield Stand(now(), idle, now() - idle_ms / 1000)
            async for signal in bus.signals():
                fired = fired_watch(signal)
                if fired == idle_id:
                    yield Stand(now(), True, now() - self._idle_after_s)
                    active_id = await self._on_return(bus)
                elif fired == active_id:
                    active_id = None
                    yield Stand(now(), False)

    async def _on_return(self, bus: Bus) -> object:
        """Ask to be told once when somebody is active again; return the number of that watch."""
        (watch,) = await bus.ask(Ask(MONITOR, "AddUserActiveWatch", "u"))
        return watch


def fired_watch(signal: Signal) -> int:
    """Return the number of the watch that fired. Raises CannotSee when the signal carries something else."""
    if signal.types != "u" or not isinstance(signal.body[0], int):
        raise CannotSee(f"Mutter's WatchFired carries {signal.types or 'nothing'} where u was wanted")
    return signal.body[0]
