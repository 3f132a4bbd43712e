"""Wayland: idleness by ext-idle-notify-v1, which KDE, wlroots compositors, COSMIC and others offer."""

import asyncio
import os
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

from uncrick.desk.activity import IDLE_AFTER_S
from uncrick.desk.source import Clock
from uncrick.desktop import wayland_wire as wire
from uncrick.desktop.seeing import CannotSee, Stand

ANSWER_S: Final = 3.0
"""So long a compositor may take. Our default."""

REGISTRY_ID, SYNC_ID, SEAT_ID, NOTIFIER_ID, NOTIFICATION_ID = range(2, 7)
IDLED, RESUMED = 0, 1


class WaylandIdle:
    """Idleness on Wayland; nothing is polled. Only input counts where the compositor can tell it apart (version 2)."""

    def __init__(self, idle_after_s: float = IDLE_AFTER_S) -> None:
        self._idle_after_s = idle_after_s
        self.how = "idle time from Wayland"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        reader, writer = await _connected(socket_path())
        try:
            inbox = wire.Inbox()
            await self._begin(reader, writer, inbox)
            yield Stand(now(), False)
            while True:
                for message in await _next(reader, inbox, None):
                    if message.sender == NOTIFICATION_ID and message.opcode in (IDLED, RESUMED):
                        yield Stand(now(), message.opcode == IDLED, now() - self._idle_after_s)
        except TimeoutError:
            raise CannotSee(f"the Wayland compositor did not answer within {ANSWER_S:g} s") from None
        except (OSError, EOFError, ValueError) as trouble:
            raise CannotSee(f"the Wayland compositor broke off ({trouble})") from trouble
        finally:
            writer.close()

    async def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, inbox: wire.Inbox) -> None:
        """Ask to be told of idleness. Raises CannotSee when the compositor cannot."""
        writer.write(wire.get_registry(REGISTRY_ID) + wire.sync(SYNC_ID))
        offered: dict[str, wire.Global] = {}
        answered = False
        while not answered:
            for message in await _next(reader, inbox, ANSWER_S):
                if message.sender == REGISTRY_ID and message.opcode == 0:
                    found = wire.read_global(message.body)
                    offered.setdefault(found.interface, found)
                answered = answered or message.sender == SYNC_ID
        seat, notifier = offered.get(wire.SEAT), offered.get(wire.NOTIFIER)
        if notifier is None:
            raise CannotSee("this Wayland compositor does not offer ext-idle-notify")
        if seat is None:
            raise CannotSee("this Wayland compositor has no seat: no keyboard and no mouse")
        version = min(2, notifier.version)
        ask = wire.get_input_notification if version == 2 else wire.get_notification
        writer.write(wire.bind(REGISTRY_ID, seat, 1, SEAT_ID) + wire.bind(REGISTRY_ID, notifier, version, NOTIFIER_ID))
        writer.write(ask(NOTIFIER_ID, NOTIFICATION_ID, round(1000 * self._idle_after_s), SEAT_ID))


async def _next(reader: asyncio.StreamReader, inbox: wire.Inbox, for_s: float | None) -> list[wire.Message]:
    """Return the next messages, perhaps none. Raises CannotSee on a fatal error, OSError, EOFError, TimeoutError."""
    async with asyncio.timeout(for_s):
        data = await reader.read(4096)
    if not data:
        raise EOFError("it closed the connection")
    messages = inbox.take(data)
    for message in messages:
        if message.sender == wire.DISPLAY_ID and message.opcode == 0:
            raise CannotSee(f"the Wayland compositor refuses: {wire.read_error(message.body)}")
    return messages


def socket_path() -> Path:
    """Return where the compositor listens. Raises CannotSee when this is no Wayland session."""
    named = os.environ.get("WAYLAND_DISPLAY", "")
    if not named:
        raise CannotSee("this is no Wayland session")
    return Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")) / named


async def _connected(path: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    try:
        async with asyncio.timeout(ANSWER_S):
            return await asyncio.open_unix_connection(path)
    except OSError as trouble:
        raise CannotSee(f"the Wayland compositor of {path.name} cannot be reached") from trouble
