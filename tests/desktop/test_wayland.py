"""Wayland's idleness, from a compositor that speaks the wire protocol."""

import asyncio
import struct

import pytest

from tests.desktop.pretend import listening
from uncrick.desk.activity import Idle, Input, Known, Unknown
from uncrick.desktop import wayland, wayland_wire
from uncrick.desktop.seeing import Seeing
from uncrick.desktop.wayland import WaylandIdle


class Compositor:
    """A compositor that speaks the wire protocol: it offers what a test says, and tells idleness when it says."""

    def __init__(self, offers):
        self.offers = offers
        self.requests = []
        self.asked = asyncio.Event()
        self._writer = None

    async def talk(self, reader, writer):
        self._writer = writer
        inbox = wayland_wire.Inbox()
        while data := await reader.read(4096):
            for message in inbox.take(data):
                self.requests.append(message)
                self.answer(message)
        writer.close()

    def answer(self, message):
        if message.sender == 1 and message.opcode == 1:
            (registry,) = struct.unpack("=I", message.body)
            for number, (interface, version) in enumerate(self.offers, 1):
                body = struct.pack("=I", number) + wayland_wire.text(interface) + struct.pack("=I", version)
                self._writer.write(wayland_wire.message(registry, 0, body))
        elif message.sender == 1 and message.opcode == 0:
            (callback,) = struct.unpack("=I", message.body)
            self._writer.write(wayland_wire.message(callback, 0, struct.pack("=I", 0)))
        elif message.sender == wayland.NOTIFIER_ID:
            self.asked.set()

    def tell(self, opcode):
        self._writer.write(wayland_wire.message(wayland.NOTIFICATION_ID, opcode, b""))

    def refuse(self, text):
        body = struct.pack("=II", 1, 3) + wayland_wire.text(text)
        self._writer.write(wayland_wire.message(1, 0, body))

    def say(self, data):
        self._writer.write(data)

    def go(self):
        self._writer.close()


BOTH = (("wl_compositor", 5), ("wl_seat", 8), ("ext_idle_notifier_v1", 1))


def played(tmp_path, monkeypatch, offers, scene):
    """Run *scene* (a coroutine function of compositor and listener) and return what it returns."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-test")

    async def run():
        made = Compositor(offers)
        server = await asyncio.start_unix_server(made.talk, tmp_path / "wayland-test")
        try:
            async with listening(Seeing("activity", "activity", (WaylandIdle(),)), lambda: 100.0) as heard:
                return await scene(made, heard)
        finally:
            server.close()

    return asyncio.run(run())


@pytest.mark.parametrize(("version", "opcode"), [(1, 1), (2, 2), (3, 2)])
def test_idleness_and_return_are_told(version, opcode, tmp_path, monkeypatch):
    """idled is Idle since eight seconds before, resumed is Input; where it can be, input alone is asked for."""

    async def scene(made, heard):
        news = [await heard.next(), await heard.next()]
        await made.asked.wait()
        for told in (0, 1, 0):
            made.tell(told)
            news.append(await heard.next())
        return news, made.requests[-1]

    offers = (*BOTH[:2], ("ext_idle_notifier_v1", version))
    news, asked = played(tmp_path, monkeypatch, offers, scene)

    assert news[:2] == [Known(100.0, "activity", "idle time from Wayland"), Input(100.0)]
    assert news[2:] == [Idle(100.0, 92.0), Input(100.0), Idle(100.0, 92.0)]
    assert asked.opcode == opcode
    assert struct.unpack("=III", asked.body) == (wayland.NOTIFICATION_ID, 8000, wayland.SEAT_ID)


@pytest.mark.parametrize(
    ("offers", "says"),
    [
        (BOTH[:2], "this Wayland compositor does not offer ext-idle-notify"),
        (BOTH[2:], "this Wayland compositor has no seat: no keyboard and no mouse"),
    ],
)
def test_a_compositor_without_it_is_unknown(offers, says, tmp_path, monkeypatch):
    """GNOME's compositor does not offer it, and one without a seat has nobody to be idle."""

    async def scene(made, heard):
        return await heard.next()

    assert played(tmp_path, monkeypatch, offers, scene) == Unknown(100.0, "activity", says)


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        (lambda made: made.refuse("invalid object"), "the Wayland compositor refuses: invalid object"),
        (lambda made: made.go(), "the Wayland compositor broke off (it closed the connection)"),
        (lambda made: made.say(b"\xff" * 4 + b"\x00" * 8), "the Wayland compositor broke off (a message of 0 bytes)"),
    ],
)
def test_a_compositor_that_breaks_off_is_unknown(ending, says, tmp_path, monkeypatch):
    """A fatal error, an end and nonsense are sentences."""

    async def scene(made, heard):
        await heard.next(), await heard.next()
        await made.asked.wait()
        ending(made)
        return await heard.next()

    assert played(tmp_path, monkeypatch, BOTH, scene) == Unknown(100.0, "activity", says)


def test_without_wayland_it_is_unknown(tmp_path, monkeypatch):
    """No session, and a socket where nobody listens, are sentences."""

    async def first():
        async with listening(Seeing("a", "activity", (WaylandIdle(),))) as heard:
            return (await heard.next()).why

    assert asyncio.run(first()) == "this is no Wayland session"
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-none")
    assert asyncio.run(first()) == "the Wayland compositor of wayland-none cannot be reached"


def test_a_compositor_that_hangs_is_unknown(tmp_path, monkeypatch):
    """A compositor that says nothing costs a moment and a sentence."""
    monkeypatch.setattr(wayland, "ANSWER_S", 0.2)
    monkeypatch.setattr(Compositor, "answer", lambda *_: None)

    async def scene(made, heard):
        return await heard.next()

    assert "did not answer within 0.2 s" in played(tmp_path, monkeypatch, BOTH, scene).why
