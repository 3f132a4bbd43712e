"""Do Not Disturb: GNOME's by the setting for banners, KDE's and others' by the notification service's own word."""

import os
from collections.abc import AsyncGenerator
from typing import Final

from uncrick.desk.source import Clock
from uncrick.desktop import tool
from uncrick.desktop.bus import Place, changed, open_bus
from uncrick.desktop.seeing import CannotSee, Stand

SCHEMA: Final = "org.gnome.desktop.notifications"
BANNERS: Final = "show-banners"
GET: Final = ("gsettings", "get", SCHEMA, BANNERS)

LISTENS_S: Final = 5.0
"""``gsettings monitor`` does not say when it has begun to listen: after so long it is looked once more. Our default."""

NOTIFICATIONS: Final = Place(
    "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
)


class GnomeQuiet:
    """GNOME: banners are turned off. ``gsettings`` tells of every change by itself."""

    how = "Do Not Disturb from GNOME's settings"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        if "GNOME" not in os.environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":"):
            raise CannotSee("this desktop is not GNOME")
        yield Stand(now(), quiet_from(await tool.answer(GET)))
        async for _ in tool.lines(("gsettings", "monitor", SCHEMA, BANNERS), LISTENS_S):
            yield Stand(now(), quiet_from(await tool.answer(GET)))


def quiet_from(shown: str) -> bool:
    """Return whether banners are off from what gsettings prints. Raises CannotSee when it is no yes or no."""
    word = shown.strip()
    if word not in ("true", "false"):
        raise CannotSee(f"gsettings answers {word[:40]!r} where true or false was wanted")
    return word == "false"


class NotifierQuiet:
    """KDE and those that follow it: the notification service says that it is inhibited."""

    how = "Do Not Disturb from the notification service"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("session") as bus:
            await bus.listen_properties(NOTIFICATIONS)
            yield Stand(now(), bool(await bus.read(NOTIFICATIONS, "Inhibited", "b")))
            async for signal in bus.signals():
                inhibited = changed(signal, NOTIFICATIONS, "Inhibited", "b")
                if inhibited is not None:
                    yield Stand(now(), bool(inhibited))
