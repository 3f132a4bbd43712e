"""Programs on a private bus that say what a test tells them to: logind, Mutter, a notification service."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

PROPERTIES = "org.freedesktop.DBus.Properties"
HANG = object()
"""An answer that never comes."""


class Program:
    """A program on the bus. answers : by member, (types, body), or a function of the question's body that returns it.

    properties : by name, variants. asked : every question that came, in turn.
    """

    def __init__(self, bus: MessageBus, path: str, interface: str) -> None:
        self._bus = bus
        self.path, self.interface = path, interface
        self.answers: dict[str, Any] = {}
        self.properties: dict[str, Any] = {}
        self.asked: list[tuple[Any, ...]] = []
        bus.add_message_handler(self._handle)

    def _handle(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL or message.interface == "org.freedesktop.DBus.Peer":
            return None
        member = message.member or ""
        self.asked.append((member, *message.body))
        if message.interface == PROPERTIES and message.member == "Get":
            value = self.properties.get(message.body[1])
            found = None if value is None else HANG if value is HANG else ("v", [value])
        else:
            found = self.answers.get(member)
        if found is HANG:
            return True
        if callable(found):
            found = found(*message.body)
        if found is None:
            return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", "no")
        return Message.new_method_return(message, *found)

    async def tell(
        self, member: str, types: str = "", *body: Any, path: str | None = None, interface: str | None = None
    ) -> None:
        """Send a signal."""
        signal = Message.new_signal(path or self.path, interface or self.interface, member, types, list(body))
        await self._bus.send(signal)

    async def change(
        self, name: str, types: str, value: Any, path: str | None = None, interface: str | None = None
    ) -> None:
        """Change a property, and say so."""
        self.properties[name] = Variant(types, value)
        body: tuple[Any, ...] = (interface or self.interface, {name: self.properties[name]}, [])
        await self.tell("PropertiesChanged", "sa{sv}as", *body, path=path, interface=PROPERTIES)

    async def leave(self) -> None:
        """Go from the bus."""
        self._bus.disconnect()
        with suppress(Exception):
            await self._bus.wait_for_disconnect()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def program(address: str, name: str, path: str, interface: str) -> AsyncIterator[Program]:
    """Put a program on the bus at *address*, under *name*."""
    bus = await MessageBus(address).connect()
    made = Program(bus, path, interface)
    await bus.request_name(name)
    try:
        yield made
    finally:
        bus.disconnect()


LOGIND = "org.freedesktop.login1"
SESSION = "/org/freedesktop/login1/session/c1"


@asynccontextmanager
async def logind(address: str) -> AsyncIterator[Program]:
    """A logind that knows one session."""
    async with program(address, LOGIND, "/org/freedesktop/login1", f"{LOGIND}.Manager") as made:
        made.answers["GetSession"] = ("o", [SESSION])
        made.properties |= {
            "PreparingForSleep": Variant("b", False),
            "LockedHint": Variant("b", False),
            "IdleHint": Variant("b", False),
            "IdleSinceHintMonotonic": Variant("t", 0),
            "BlockInhibited": Variant("s", "shutdown:sleep"),
        }
        yield made


@asynccontextmanager
async def mutter(address: str) -> AsyncIterator[Program]:
    """A Mutter whose idle watches are numbered from 1."""
    name = "org.gnome.Mutter.IdleMonitor"
    async with program(address, name, "/org/gnome/Mutter/IdleMonitor/Core", name) as made:
        numbers = iter(range(1, 1000))
        made.answers["GetIdletime"] = ("t", [250])
        made.answers["AddIdleWatch"] = lambda _: ("u", [next(numbers)])
        made.answers["AddUserActiveWatch"] = lambda: ("u", [next(numbers)])
        yield made


@asynccontextmanager
async def notifications(
    address: str, abilities: tuple[str, ...] = ("actions", "body", "body-markup")
) -> AsyncIterator[Program]:
    """A notification service that numbers what it shows."""
    name = "org.freedesktop.Notifications"
    async with program(address, name, "/org/freedesktop/Notifications", name) as made:
        numbers = iter(range(11, 1000))
        made.answers["GetCapabilities"] = ("as", [list(abilities)])
        made.answers["Notify"] = lambda *body: ("u", [body[1] or next(numbers)])
        made.answers["CloseNotification"] = ("", [])
        made.properties["Inhibited"] = Variant("b", False)
        yield made


class Listener:
    """Reads a source in the background; `next` is the next piece of news."""

    def __init__(self, events: AsyncIterator[Any]) -> None:
        self._queue: asyncio.Queue[Any] = asyncio.Queue()
        self._events = events
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        try:
            async for event in self._events:
                self._queue.put_nowait(event)
        except BaseException as raised:
            self._queue.put_nowait(raised)
            raise

    async def next(self, within_s: float = 30.0) -> Any:
        """Return the next piece of news; a source that raised or is silent for long fails the test."""
        async with asyncio.timeout(within_s):
            news = await self._queue.get()
        assert not isinstance(news, BaseException), news
        return news

    async def silent(self, for_s: float = 0.15) -> bool:
        """Whether nothing comes for a moment."""
        await asyncio.sleep(for_s)
        return self._queue.empty()

    async def close(self) -> None:
        """Stop reading."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


@asynccontextmanager
async def listening(source: Any, now: Callable[[], float] | None = None) -> AsyncIterator[Listener]:
    """Read *source*, or a notifier, for the length of a block."""
    listener = Listener(source.events(now or asyncio.get_running_loop().time))
    try:
        yield listener
    finally:
        await listener.close()
