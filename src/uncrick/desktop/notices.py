"""Notices with buttons on Linux, by org.freedesktop.Notifications itself.

Spoken directly and not through a library of notices, because what matters here is what those leave out: which notice
takes another's place, why one went away, whether buttons can be shown at all, and a service that comes and goes.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from dbus_fast import Variant

from uncrick.desk.activity import Activity, Known, Unknown
from uncrick.desk.source import Button, Clock, Notice, Pressed
from uncrick.desktop.bus import Ask, Bus, Signal, open_bus
from uncrick.desktop.quiet import NOTIFICATIONS
from uncrick.desktop.seeing import RETRY_S, CannotSee

DISMISSED: Final = 2
"""Why a notice was closed: by the person. 1 is by itself, 3 by us (Desktop Notifications Specification 1.2)."""

BUTTONS: Final[tuple[Button, ...]] = ("start", "snooze", "meeting", "dismiss", "open")
APP: Final = "Uncrick"
AS_IT_LIKES: Final = -1
"""Let the desktop decide how long a notice stays."""


class FreedesktopNotices:
    """A `Notifier`: shows notices once its events are being read."""

    name = "notices"

    def __init__(self, retry_s: float = RETRY_S) -> None:
        self._retry_s = retry_s
        self._bus: Bus | None = None
        self._abilities: frozenset[str] = frozenset()
        self._shown: dict[str, int] = {}
        self._refusal = ""
        self._refused = asyncio.Event()

    async def show(self, notice: Notice) -> bool:
        """See `Notifier.show`."""
        if self._bus is None:
            return False
        old = self._shown.get(notice.key, 0)
        try:
            if not notice.title:
                self._shown.pop(notice.key, None)
                if old:
                    await self._bus.ask(Ask(NOTIFICATIONS, "CloseNotification", "", "u", (old,)))
                return True
            body = written(notice, old, self._abilities)
            (number,) = await self._bus.ask(Ask(NOTIFICATIONS, "Notify", "u", "susssasa{sv}i", body, True))
        except CannotSee as trouble:
            self._refusal = str(trouble)
            self._refused.set()
            return False
        assert isinstance(number, int)
        self._shown[notice.key] = number
        return True

    async def events(self, now: Clock) -> AsyncGenerator[Pressed | Activity]:
        """See `Notifier.events`."""
        last = ""
        while True:
            try:
                async with open_bus("session") as bus:
                    how = await self._begin(bus)
                    if how != last:
                        yield Known(now(), "notice", how)
                    last = how
                    while True:
                        news = await self._next(bus)
                        if isinstance(news, CannotSee):
                            yield Unknown(now(), "notice", f"a notice was refused: {news}")
                            last = ""
                        elif (pressed := self._pressed(news, now())) is not None:
                            yield pressed
            except CannotSee as trouble:
                if str(trouble) != last:
                    yield Unknown(now(), "notice", str(trouble))
                last = str(trouble)
            finally:
                self._bus = None
            self._shown.clear()
            await asyncio.sleep(self._retry_s)

    async def _begin(self, bus: Bus) -> str:
        """Ask what the service can do, and listen; return how notices are shown."""
        (abilities,) = await bus.ask(Ask(NOTIFICATIONS, "GetCapabilities", "as", may_start=True))
        await bus.listen(NOTIFICATIONS, "ActionInvoked")
        await bus.listen(NOTIFICATIONS, "NotificationClosed")
        self._abilities = frozenset(map(str, abilities)) if isinstance(abilities, list) else frozenset()
        self._bus = bus
        return "notices" if "actions" in self._abilities else "notices without buttons: this desktop shows none"

    async def _next(self, bus: Bus) -> Signal | CannotSee:
        """Return the next signal, or the refusal of a notice."""
        hear, refuse = asyncio.ensure_future(bus.heard()), asyncio.ensure_future(self._refused.wait())
        try:
            await asyncio.wait((hear, refuse), return_when=asyncio.FIRST_COMPLETED)
            if hear.done():
                signal = hear.result()
                assert signal is not None
                return signal
            self._refused.clear()
            return CannotSee(self._refusal)
        finally:
            hear.cancel()
            refuse.cancel()

    def _pressed(self, signal: Signal, t_s: float) -> Pressed | None:
        number, button = answered(signal)
        key = next((key for key, shown in self._shown.items() if shown == number), None)
        if key is None:
            return None
        if button is not None or signal.member == "NotificationClosed":
            del self._shown[key]  # a service closes a notice whose button was pressed: that is no second answer
        return None if button is None else Pressed(t_s, key, button)


def written(notice: Notice, replaces: int, abilities: frozenset[str]) -> tuple[object, ...]:
    """Return the arguments of Notify."""
    buttons = notice.buttons if "actions" in abilities else ()
    actions = [word for button in buttons for word in button]
    if any(button == "open" for button, _ in buttons):
        actions += ["default", ""]
    hints = {"urgency": Variant("y", 1), "desktop-entry": Variant("s", "uncrick-desk")}
    if notice.quiet:
        hints |= {"suppress-sound": Variant("b", True), "transient": Variant("b", True)}
    body = notice.body
    if "body-markup" in abilities:
        body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return APP, replaces, "", notice.title, body, actions, hints, AS_IT_LIKES


def answered(signal: Signal) -> tuple[int, Button | None]:
    """Return the number of the notice that a signal is about, and what the person pressed; -1 when it tells nothing.

    A signal of other types than the specification's tells nothing: a notice is not worth an error.
    """
    if signal.member == "ActionInvoked" and signal.types == "us":
        number, word = signal.body
        pressed = next((button for button in BUTTONS if button == word), None)
        return _as_number(number), "open" if word == "default" else pressed
    if signal.member == "NotificationClosed" and signal.types == "uu":
        number, why = signal.body
        return _as_number(number), "dismiss" if why == DISMISSED else None
    return -1, None


def _as_number(value: object) -> int:
    return value if isinstance(value, int) else -1
