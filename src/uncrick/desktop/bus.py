"""Asking and hearing over D-Bus, with a time limit and a look at the types of every answer.

A bus that is missing, hangs or lies ends in `CannotSee` with one sentence. Nobody is started by being asked.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from dbus_fast import Message, MessageFlag, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.errors import AuthError, AuthTimeoutError, InvalidAddressError

from uncrick.desktop.seeing import CannotSee

BusKind = Literal["session", "system"]

ANSWER_S: Final = 3.0
"""So long a bus or a program on it may take to answer. Our default: they answer in milliseconds, or hang."""

PROPERTIES: Final = "org.freedesktop.DBus.Properties"


class Place(NamedTuple):
    """An interface of an object of a program on the bus."""

    service: str
    path: str
    interface: str


class Signal(NamedTuple):
    """What an object told everybody. types : the D-Bus signature of *body*."""

    path: str
    interface: str
    member: str
    types: str
    body: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: a member of a place, what it takes and what types it must give back."""

    place: Place
    member: str
    gives: str = ""
    takes: str = ""
    body: tuple[object, ...] = ()
    may_start: bool = False


class Bus:
    """A connection to a bus; what is listened for waits in a queue until it is heard."""

    def __init__(self, connection: MessageBus, kind: BusKind) -> None:
        self._connection = connection
        self._kind = kind
        self._queue: asyncio.Queue[Signal | CannotSee] = asyncio.Queue()
        self._followed: set[str] = set()
        connection.add_message_handler(self._keep)
        self._closing = asyncio.ensure_future(self._watch_end())

    async def ask(self, ask: Ask) -> tuple[object, ...]:
        """Return the body of the answer, of the types that were asked for. Raises CannotSee."""
        place = ask.place
        message = Message(
            destination=place.service,
            path=place.path,
            interface=place.interface,
            member=ask.member,
            signature=ask.takes,
            body=list(ask.body),
            flags=MessageFlag.NONE if ask.may_start else MessageFlag.NO_AUTOSTART,
        )
        try:
            answer = await asyncio.wait_for(self._connection.call(message), ANSWER_S)
        except TimeoutError:
            raise CannotSee(f"{place.service} did not answer within {ANSWER_S:g} s") from None
        except (OSError, EOFError, ConnectionError) as trouble:
            raise CannotSee(f"the {self._kind} bus broke off") from trouble
        if answer is None or answer.message_type is MessageType.ERROR:
            raise CannotSee(refusal(place.service, (answer.error_name or "") if answer else "", self._kind))
        if answer.signature != ask.gives:
            given = answer.signature or "nothing"
            raise CannotSee(f"{place.service} answered {ask.member} with {given} where {ask.gives} was wanted")
        return tuple(answer.body)

    async def read(self, place: Place, name: str, types: str) -> object:
        """Return a property, which must be of *types*. Raises CannotSee."""
        where = Place(place.service, place.path, PROPERTIES)
        (boxed,) = await self.ask(Ask(where, "Get", "v", "ss", (place.interface, name)))
        return unboxed(boxed, types, f"{place.service} {name}")

    async def listen(self, place: Place, member: str) -> None:
        """Keep the signals *member* of *place* from now on, and the news that its program has gone."""
        rule = f"type='signal',sender='{place.service}',path='{place.path}',interface='{place.interface}'"
        await self._add(f"{rule},member='{member}'")
        if place.service not in self._followed:
            self._followed.add(place.service)
            await self._add(
                "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',"
                f"interface='org.freedesktop.DBus',arg0='{place.service}'"
            )

    async def listen_properties(self, place: Place) -> None:
        """Keep the changes of the properties of *place* from now on."""
        await self.listen(Place(place.service, place.path, PROPERTIES), "PropertiesChanged")

    async def heard(self, for_s: float | None = None) -> Signal | None:
        """Return the next signal, or None after *for_s*. Raises CannotSee when the program or the bus has gone."""
        try:
            news = await asyncio.wait_for(self._queue.get(), for_s)
        except TimeoutError:
            return None
        if isinstance(news, CannotSee):
            raise news
        return news

    async def signals(self) -> AsyncGenerator[Signal]:
        """Give one signal after the other. Raises CannotSee when the program or the bus has gone."""
        while True:
            signal = await self.heard()
            if signal is not None:
                yield signal

    async def close(self) -> None:
        """Let the connection go."""
        self._closing.cancel()
        if self._connection.connected:
            self._connection.disconnect()
        await asyncio.gather(self._closing, return_exceptions=True)

    async def _add(self, rule: str) -> None:
        daemon = Place("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        await self.ask(Ask(daemon, "AddMatch", "", "s", (rule,)))

    def _keep(self, message: Message) -> None:
        if message.message_type is not MessageType.SIGNAL:
            return
        if message.member == "NameOwnerChanged" and message.signature == "sss":
            name, _, owner = message.body
            if name in self._followed and not owner:
                self._queue.put_nowait(CannotSee(f"{name} has gone from the {self._kind} bus"))
            return
        if message.sender == "org.freedesktop.DBus":
            return  # the bus greets who connects: nobody listens for that
        path, interface, member = message.path or "", message.interface or "", message.member or ""
        self._queue.put_nowait(Signal(path, interface, member, message.signature, tuple(message.body)))

    async def _watch_end(self) -> None:
        with suppress(Exception):  # whatever broke it, the sentence is the same
            await self._connection.wait_for_disconnect()  # type: ignore[no-untyped-call]
        self._queue.put_nowait(CannotSee(f"the {self._kind} bus broke off"))


@asynccontextmanager
async def open_bus(kind: BusKind) -> AsyncIterator[Bus]:
    """Open a connection of one's own, and close it at the end. Raises CannotSee."""
    address = address_of(kind)
    try:
        connection = MessageBus(address, auth_timeout=ANSWER_S)
        await asyncio.wait_for(connection.connect(), ANSWER_S)
    except TimeoutError:
        raise CannotSee(f"the {kind} bus did not answer within {ANSWER_S:g} s") from None
    except Exception as trouble:  # the library raises what it finds: OSError, AuthError, ValueError, EOFError
        raise CannotSee(no_bus(trouble, kind)) from trouble
    bus = Bus(connection, kind)
    try:
        yield bus
    finally:
        await bus.close()


def address_of(kind: BusKind) -> str:
    """Return where a bus listens. Raises CannotSee when no session bus is named."""
    named = os.environ.get(f"DBUS_{kind.upper()}_BUS_ADDRESS", "")
    if named:
        return named
    if kind == "system":
        return "unix:path=/run/dbus/system_bus_socket"
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")) / "bus"
    if not usual.exists():
        raise CannotSee("there is no session bus")
    return f"unix:path={usual}"


def no_bus(trouble: Exception, kind: BusKind) -> str:
    """Return why a bus could not be reached, in a sentence."""
    match trouble:
        case FileNotFoundError():
            return f"there is no {kind} bus"
        case ConnectionRefusedError():
            return f"the {kind} bus has ended"
        case AuthTimeoutError():
            return f"the {kind} bus did not answer within {ANSWER_S:g} s"
        case PermissionError() | AuthError():
            return f"the {kind} bus turned this program away"
        case InvalidAddressError() | ValueError():
            return f"the address of the {kind} bus cannot be read"
        case _:
            return f"what answers as the {kind} bus does not speak as one"


def refusal(service: str, error: str, kind: BusKind) -> str:
    """Return what an error means, in a sentence."""
    match error.rpartition(".")[2]:
        case "ServiceUnknown" | "NameHasNoOwner":
            return f"{service} is not on the {kind} bus"
        case "UnknownMethod" | "UnknownInterface" | "UnknownObject" | "UnknownProperty" | "InvalidArgs":
            return f"{service} does not know that question"
        case "AccessDenied":
            return f"{service} may not be asked by this program"
        case _:
            return f"{service} refused: {error or 'no reason given'}"


def unboxed(boxed: object, types: str, what: str) -> object:
    """Return what is in a variant of *types*. Raises CannotSee when it is something else."""
    if not isinstance(boxed, Variant) or boxed.signature != types:
        given = boxed.signature if isinstance(boxed, Variant) else type(boxed).__name__
        raise CannotSee(f"{what} is {given} where {types} was wanted")
    return boxed.value


def changed(signal: Signal, place: Place, name: str, types: str) -> object | None:
    """Return the new value of a property from a PropertiesChanged, None when the signal is not about it.

    Raises CannotSee when it is of another type.
    """
    if signal.member != "PropertiesChanged" or signal.types != "sa{sv}as" or signal.body[0] != place.interface:
        return None
    values = signal.body[1]
    if not isinstance(values, dict) or name not in values:
        return None
    return unboxed(values[name], types, f"{place.service} {name}")
