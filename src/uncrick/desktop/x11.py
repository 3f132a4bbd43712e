"""X11: idleness by an alarm on the server's own counter, and whether the window in front fills the screen."""

import asyncio
import math
import os
import struct
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from uncrick.desk.activity import IDLE_AFTER_S
from uncrick.desk.source import Clock
from uncrick.desktop import x11_wire as wire
from uncrick.desktop.seeing import CannotSee, Stand

ANSWER_S: Final = 3.0
"""So long the X server may take. Our default."""


class XServer:
    """A connection: requests are answered in turn, and events that come in between wait."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, screen: wire.Screen) -> None:
        self._reader, self._writer, self.screen = reader, writer, screen
        self._waiting: list[wire.Packet] = []
        self._next_id = screen.id_base

    def new_id(self) -> int:
        """Return a number for something of ours on the server."""
        self._next_id += 1
        return self._next_id

    def send(self, request: bytes) -> None:
        """Make a request that is not answered; an error that it causes is passed over."""
        self._writer.write(request)

    async def ask(self, request: bytes) -> bytes:
        """Make a request and return its reply. Raises CannotSee."""
        self._writer.write(request)
        while True:
            packet = await self._packet(ANSWER_S)
            if packet.kind == wire.REPLY:
                return packet.body
            if packet.kind == wire.ERROR and packet.body[10] == request[0]:
                raise CannotSee(f"the X server refuses a request (error {packet.body[1]})")
            self._waiting.append(packet)

    async def event(self) -> wire.Packet:
        """Return the next event. Raises CannotSee when the server has gone."""
        while True:
            packet = self._waiting.pop(0) if self._waiting else await self._packet(None)
            if packet.kind > wire.REPLY:
                return packet

    async def extension(self, name: str) -> tuple[int, int]:
        """Return the opcode and first event of an extension. Raises CannotSee when there is none."""
        found = wire.read_extension(await self.ask(wire.ask_extension(name)))
        if found is None:
            raise CannotSee(f"the X server has no {name} extension")
        return found

    async def atom(self, name: str) -> int:
        """Return the number of a name."""
        return wire.read_atom(await self.ask(wire.ask_atom(name)))

    async def numbers(self, window: int, atom: int) -> tuple[int, ...]:
        """Return a window's property; nothing when the window has gone."""
        try:
            return wire.read_numbers(await self.ask(wire.ask_property(window, atom)))
        except CannotSee as trouble:
            if "refuses" in str(trouble):
                return ()
            raise

    async def _packet(self, for_s: float | None) -> wire.Packet:
        try:
            async with asyncio.timeout(for_s):
                body = await self._reader.readexactly(32)
                if body[0] == wire.REPLY:
                    (more,) = struct.unpack_from("<4xI", body)
                    body += await self._reader.readexactly(4 * more)
        except TimeoutError:
            raise CannotSee(f"the X server did not answer within {ANSWER_S:g} s") from None
        except (OSError, EOFError) as trouble:
            raise CannotSee("the X server has gone") from trouble
        return wire.Packet(body[0] & 0x7F, body)


@asynccontextmanager
async def open_x11() -> AsyncIterator[XServer]:
    """Connect to the server that ``DISPLAY`` names, and let it go at the end. Raises CannotSee."""
    if os.environ.get("WAYLAND_DISPLAY"):
        raise CannotSee("under Wayland, X11 sees only a part of the windows")
    named = os.environ.get("DISPLAY", "")
    display = wire.read_display(named)
    if display is None:
        raise CannotSee(f"DISPLAY is {named!r}, which names no display" if named else "there is no X11 display here")
    reader, writer, screen = await _connected(display)
    try:
        yield XServer(reader, writer, screen)
    finally:
        writer.close()


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter, wire.Screen]


async def _connected(display: wire.Display) -> Connection:
    try:
        async with asyncio.timeout(ANSWER_S):
            if display.host in ("", "unix"):
                reader, writer = await asyncio.open_unix_connection(f"/{'tmp'}/.X11-unix/X{display.number}")
            else:
                reader, writer = await asyncio.open_connection(display.host, 6000 + display.number)
            try:
                return reader, writer, await _greeted(reader, writer, display.number)
            except BaseException:
                writer.close()
                raise
    except TimeoutError:
        raise CannotSee(f"the X server did not answer within {ANSWER_S:g} s") from None
    except (OSError, EOFError) as trouble:
        raise CannotSee(f"the X server of DISPLAY :{display.number} cannot be reached") from trouble


async def _greeted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> wire.Screen:
    writer.write(wire.connect(wire.cookie_for(_authority(), number)))
    head = await reader.readexactly(8)
    (more,) = struct.unpack_from("<6xH", head)
    screen = wire.read_connected(head, await reader.readexactly(4 * more))
    if isinstance(screen, str):
        raise CannotSee(f"the X server refuses: {screen}")
    return screen


def _authority() -> bytes:
    """Return the file of cookies, which holds one for every display a person may use; empty where there is none."""
    path = Path(os.environ.get("XAUTHORITY") or Path.home() / ".Xauthority")
    try:
        return path.read_bytes()
    except OSError:
        return b""


class X11Idle:
    """Idleness on X11: the server tells when its idle time passes the limit, and when it falls; nothing is polled."""

    def __init__(self, idle_after_s: float = IDLE_AFTER_S) -> None:
        self._idle_after_ms = round(1000 * idle_after_s)
        self.how = "idle time from X11"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_x11() as server:
            opcode, first_event = await server.extension("SYNC")
            await server.ask(wire.begin_sync(opcode))
            counter = wire.read_counters(await server.ask(wire.list_counters(opcode))).get("IDLETIME")
            if counter is None:
                raise CannotSee("the X server counts no idle time")
            idle_ms = wire.read_counter(await server.ask(wire.ask_counter(opcode, counter)))
            idle = idle_ms >= self._idle_after_ms
            yield Stand(now(), idle, now() - idle_ms / 1000)
            while True:
                idle_ms = await self._crossing(server, opcode, first_event, wire.Alarm(counter, *self._next(idle)))
                idle = not idle
                yield Stand(now(), idle, now() - idle_ms / 1000)

    def _next(self, idle: bool) -> tuple[int, int]:
        """Return what to wait for: the fall below the limit, or the rise to it."""
        return (self._idle_after_ms - 1, wire.WAITS_DOWN) if idle else (self._idle_after_ms, wire.WAITS_UP)

    async def _crossing(self, server: XServer, opcode: int, first_event: int, alarm: wire.Alarm) -> int:
        """Wait for one crossing; return the idle time then, ms."""
        alarm_id = server.new_id()
        server.send(wire.make_alarm(opcode, alarm_id, alarm))
        while True:
            packet = await server.event()
            if packet.kind == first_event + 1:
                rung, value = wire.read_alarm(packet.body)
                if rung == alarm_id:
                    server.send(wire.drop_alarm(opcode, alarm_id))
                    return value


class X11Fullscreen:
    """Whether the window in front fills the screen, as window managers tell (EWMH); nothing is polled."""

    how = "full screen from X11"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_x11() as server:
            root = server.screen.root
            front, state = await server.atom("_NET_ACTIVE_WINDOW"), await server.atom("_NET_WM_STATE")
            full, checks = await server.atom("_NET_WM_STATE_FULLSCREEN"), await server.atom("_NET_SUPPORTING_WM_CHECK")
            if not await server.numbers(root, checks):
                raise CannotSee("no window manager tells which window is in front")
            server.send(wire.watch_properties(root))
            window, was = 0, math.nan
            while True:
                before, window = window, (*await server.numbers(root, front), 0)[0]
                if window and window != before:
                    server.send(wire.watch_properties(window))
                fills = bool(window) and full in await server.numbers(window, state)
                if fills != was:
                    was = fills
                    yield Stand(now(), fills)
                await self._change(server, {(root, front), (window, state)})

    async def _change(self, server: XServer, awaited: set[tuple[int, int]]) -> None:
        while True:
            packet = await server.event()
            if packet.kind == wire.PROPERTY_NOTIFY and wire.read_property_notify(packet.body) in awaited:
                return
