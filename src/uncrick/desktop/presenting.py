"""What keeps the screen awake: a film, a presentation, or whoever asked for it; from GNOME, from KDE, from logind."""

from collections.abc import AsyncGenerator
from typing import Final

from uncrick.desk.source import Clock
from uncrick.desktop.bus import Ask, Place, changed, open_bus
from uncrick.desktop.logind import MANAGER, flag_of
from uncrick.desktop.seeing import Stand

GNOME: Final = Place("org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager")
KDE: Final = Place(
    "org.freedesktop.PowerManagement.Inhibit",
    "/org/freedesktop/PowerManagement/Inhibit",
    "org.freedesktop.PowerManagement.Inhibit",
)

IDLE_FLAG: Final = 8
"""The bit of GNOME's inhibited actions that keeps a session from becoming idle (gnome-session's documentation)."""


class GnomePresenting:
    """GNOME's session manager: something keeps the session from becoming idle."""

    how = "what keeps the screen awake, from GNOME"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("session") as bus:
            await bus.listen_properties(GNOME)
            yield Stand(now(), keeps_awake(await bus.read(GNOME, "InhibitedActions", "u")))
            async for signal in bus.signals():
                actions = changed(signal, GNOME, "InhibitedActions", "u")
                if actions is not None:
                    yield Stand(now(), keeps_awake(actions))


def keeps_awake(actions: object) -> bool:
    """Return whether GNOME's inhibited *actions* hold the one for idleness."""
    return isinstance(actions, int) and bool(actions & IDLE_FLAG)


class KdePresenting:
    """KDE's power management: something inhibits it."""

    how = "what keeps the screen awake, from KDE"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("session") as bus:
            await bus.listen(KDE, "HasInhibitChanged")
            (has,) = await bus.ask(Ask(KDE, "HasInhibit", "b"))
            yield Stand(now(), bool(has))
            async for signal in bus.signals():
                yield Stand(now(), flag_of(signal))


class LogindPresenting:
    """logind: a program holds an inhibitor against idleness."""

    how = "what keeps the screen awake, from logind"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("system") as bus:
            await bus.listen_properties(MANAGER)
            yield Stand(now(), holds_idle(await bus.read(MANAGER, "BlockInhibited", "s")))
            async for signal in bus.signals():
                blocked = changed(signal, MANAGER, "BlockInhibited", "s")
                if blocked is not None:
                    yield Stand(now(), holds_idle(blocked))


def holds_idle(blocked: object) -> bool:
    """Return whether logind's list of inhibited things (``shutdown:sleep:idle``) has idleness in it."""
    return "idle" in str(blocked).split(":")
