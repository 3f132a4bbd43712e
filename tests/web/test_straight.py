"""The line without detours: however the bytes are cut, the same messages in the same order, and nothing overtakes."""

import asyncio
import itertools
import struct
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn import Config
from uvicorn.server import ServerState
from websockets.frames import CloseCode, Frame, Opcode

from uncrick.web.straight import StraightProtocol, framed, straight_of

HELLO = (
    b"GET /session/0123456789ab HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Network(asyncio.Transport):
    """A network that brings bytes cut as a test asks, and keeps what was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.closing = False

    def write(self, data: bytes) -> None:  # type: ignore[override]
        """Keep what is written."""
        self.written.append(bytes(data))

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.closing

    def close(self) -> None:
        """Close."""
        self.closing = True

    def pause_reading(self) -> None:
        """Nothing is read of its own accord."""

    def resume_reading(self) -> None:
        """Nothing is read of its own accord."""


async def heard(
    pieces: list[bytes], *, straight: bool, then: Callable[[StraightProtocol], None] = lambda _: None
) -> tuple[list[bytes | str], bytes]:
    """Return the messages that *pieces* bring an application, and what was written back, without the handshake."""
    messages: list[bytes | str] = []

    async def app(scope: Any, receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        line = straight_of(scope)
        assert line is not None
        if straight:
            line.taker = messages.append
        while (message := await receive())["type"] == "websocket.receive":
            messages.append(message["bytes"] if message.get("bytes") is not None else message["text"])

    config = Config(app, lifespan="off", ws=StraightProtocol, ws_per_message_deflate=False, log_level="critical")
    config.load()
    network, line = Network(), StraightProtocol(config, ServerState(), {}, asyncio.get_running_loop())
    line.connection_made(network)
    line.data_received(HELLO)
    await asyncio.sleep(0.01)
    network.written.clear()
    for piece in pieces:
        if network.closing:
            break
        line.data_received(piece)
        await asyncio.sleep(0)
    await asyncio.sleep(0.01)
    then(line)
    line.connection_lost(None)
    await asyncio.sleep(0)
    return messages, b"".join(network.written)


def masked(opcode: Opcode, data: bytes, fin: bool = True) -> bytes:
    """Return a page's WebSocket frame, masked by chance as a browser does."""
    return bytes(Frame(opcode, data, fin).serialize(mask=True))


WHOLE = st.one_of(
    st.binary(max_size=200).map(lambda d: masked(Opcode.BINARY, d)),
    st.just(masked(Opcode.BINARY, bytes(932))),
    st.text(max_size=40).map(lambda t: masked(Opcode.TEXT, t.encode())),
    st.binary(max_size=20).map(lambda d: masked(Opcode.PING, d)),
    st.binary(max_size=40).map(lambda d: masked(Opcode.BINARY, d, fin=False) + masked(Opcode.CONT, b"end")),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WHOLE, max_size=8), st.lists(st.integers(0, 4000), max_size=6))
def test_however_the_bytes_are_cut_the_messages_are_the_same(frames: list[bytes], cuts: list[int]) -> None:
    """Law: straight or by the queue, in one piece or in many, an application hears the same, and pings are answered."""
    data = b"".join(frames)
    places = [0, *sorted(c % (len(data) + 1) for c in cuts), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(places) if b > a]

    usual = asyncio.run(heard(frames, straight=False))

    assert asyncio.run(heard(pieces, straight=True)) == usual


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bytes(Frame(Opcode.BINARY, b"12345678").serialize(mask=False)), CloseCode.PROTOCOL_ERROR),
        (masked(Opcode.TEXT, b"\xff\xfe"), CloseCode.INVALID_DATA),
        (masked(Opcode.CONT, b"of nothing"), CloseCode.PROTOCOL_ERROR),
        (struct.pack("!BBQ", 0x82, 0x80 | 127, 1 << 40) + bytes(4), CloseCode.MESSAGE_TOO_BIG),
    ],
    ids=["not masked", "no text", "continues nothing", "a terabyte"],
)
def test_what_is_no_message_is_the_librarys_business(data: bytes, code: CloseCode) -> None:
    """Broken bytes bring no message, and close the line with the protocol's own code."""
    messages, written = asyncio.run(heard([masked(Opcode.BINARY, b"good"), data], straight=True))

    assert messages == [b"good"]
    assert written[2:4] == struct.pack("!H", code)


@pytest.mark.parametrize("message", [b"12345678", b"", "words", "a" * 125, "b" * 126, "c" * 70_000])
def test_what_is_sent_straight_is_what_the_library_would_send(message: bytes | str) -> None:
    """An answer written straight is, byte for byte, the library's own frame."""
    opcode, data = (Opcode.TEXT, message.encode()) if isinstance(message, str) else (Opcode.BINARY, message)

    assert framed(message) == bytes(Frame(opcode, data).serialize(mask=False))


def test_nothing_is_sent_straight_to_a_page_that_does_not_read() -> None:
    """While the network is full, or the line closes, an answer has to wait with the others."""

    results: list[bool] = []

    def full(line: StraightProtocol) -> None:
        results.append(line.send_now(b"1"))
        line.pause_writing()
        results.append(line.send_now(b"2"))
        line.resume_writing()
        results.append(line.send_now(b"3"))
        line.shutdown()
        results.append(line.send_now(b"4"))

    asyncio.run(heard([], straight=True, then=full))

    assert results == [True, False, True, False]
