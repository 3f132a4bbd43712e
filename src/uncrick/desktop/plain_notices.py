"""Notices where no service has buttons: macOS by its own script runner, elsewhere a sentence in the status."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from typing import Final

from uncrick.desk.activity import Activity, Known, Unknown
from uncrick.desk.source import Clock, Notice, Notifier, Pressed
from uncrick.desktop import tool
from uncrick.desktop.seeing import CannotSee

SCRIPT: Final = "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run"


class MacNotices:
    """Notices on macOS, without buttons, which only a signed program may have. Not tried here."""

    name = "notices"

    async def show(self, notice: Notice) -> bool:
        """See `Notifier.show`; a notice cannot be taken away again."""
        if not notice.title:
            return True
        try:
            await tool.answer(("osascript", "-e", SCRIPT, notice.title, notice.body))
        except CannotSee:
            return False
        return True

    async def events(self, now: Clock) -> AsyncGenerator[Pressed | Activity]:
        """See `Notifier.events`."""
        yield Known(
            now(), "notice", "notices without buttons: macOS gives them to signed programs only (not tried here)"
        )
        await asyncio.Event().wait()


class NoNotices:
    """Where nothing can be shown."""

    name = "notices"

    async def show(self, notice: Notice) -> bool:
        """See `Notifier.show`."""
        return False

    async def events(self, now: Clock) -> AsyncGenerator[Pressed | Activity]:
        """See `Notifier.events`."""
        yield Unknown(
            now(), "notice", "this system has no notices that the companion knows: look at the page or the status"
        )
        await asyncio.Event().wait()


def notices_here() -> Notifier:
    """Return what shows notices on this system."""
    if sys.platform == "linux":
        from uncrick.desktop.notices import FreedesktopNotices  # its library is installed on Linux only

        return FreedesktopNotices()
    return MacNotices() if sys.platform == "darwin" else NoNotices()
