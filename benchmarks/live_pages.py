"""Pages that cost little: N WebSocket clients that send a recording 15 times a second and time every answer.

They share the cores with the program that is measured, so they do as little as can be done: the frames are masked
beforehand (with a mask of zeros, which RFC 6455 allows), an answer is read where its bytes arrive, and no task waits
for anything. What they cost all the same is measured and stated beside the program's own cost.
"""

import asyncio
import json
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from uncrick.files.clip_file import read_clip
from uncrick.web import wire
from uncrick.web.door import COOKIE

CLIP = Path(__file__).parents[1] / "tests" / "clips" / "chair_spinal_twist_both_sides.parquet"
FRAMES_PER_S = 15.0
WARM_S = 2.0
WISH = {"exercise": "chair_spinal_twist", "n_reps": 4, "hold_s": 5}
_ANSWER = b"\x82\x08"
_HEAD = struct.pack("!BBH4x", 0x82, 0x80 | 126, wire.FRAME_BYTES)


def recorded_frames() -> list[bytes]:
    """Return the recording as a page sends it, without the time, which is written anew each time."""
    return [wire.write_frame(frame)[8:] for frame in read_clip(CLIP).clip.frames()]


def masked_text(message: Mapping[str, object]) -> bytes:
    """Return a JSON message as a client's WebSocket frame."""
    payload = json.dumps(message).encode()
    size = bytes((0x80 | len(payload),)) if len(payload) < 126 else struct.pack("!BH", 0x80 | 126, len(payload))
    return b"\x81" + size + bytes(4) + payload


@dataclass(slots=True)
class Tally:
    """What all pages together sent and heard. waits_s : of each answer after the warming up."""

    n_sent: int = 0
    n_answered: int = 0
    n_closed: int = 0
    waits_s: list[float] = field(default_factory=list)


class Page(asyncio.Protocol):
    """One page: a session with the camera on, started as soon as the line is open."""

    def __init__(self, address: str, cookie: str, number: int, tally: Tally) -> None:
        self._hello = (
            f"GET /session/{number:012x}-be9c HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n"
            f"Cookie: {COOKIE}={cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
        self._tally = tally
        self._sent: dict[bytes, float] = {}
        self._rest = b""
        self._open = False
        self.transport: asyncio.Transport | None = None
        self.warm_s = float("inf")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the line."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._hello)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count what should not have happened."""
        self._tally.n_closed += self._open
        self._open = False

    def data_received(self, data: bytes) -> None:
        """Take the time of every answer; what else the program says is passed over."""
        now_s = time.perf_counter()
        if not self._open:
            data = self._opened(data)
        if self._rest:
            data = self._rest + data
        at, size = 0, len(data)
        while size - at >= 2:
            length, begin = data[at + 1], at + 2
            if length == 126:
                length, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            if begin + length > size:
                break
            if length == 8 and data[at : at + 2] == _ANSWER:
                self._heard(data[begin : begin + 8], now_s)
            at = begin + length
        self._rest = data[at:]

    def _opened(self, data: bytes) -> bytes:
        head, blank, rest = (self._rest + data).partition(b"\r\n\r\n")
        if not blank:
            self._rest = head
            return b""
        assert b" 101 " in head.partition(b"\r\n")[0], head[:80]
        self._rest, self._open = b"", True
        assert self.transport is not None
        for said in ({"type": "hello", "version": wire.VERSION}, {"type": "begin", "wishes": [WISH]}):
            self.transport.write(masked_text(said))
        self.transport.write(masked_text({"type": "camera", "on": True}))
        return rest

    def _heard(self, stamp: bytes, now_s: float) -> None:
        sent_s = self._sent.pop(stamp, None)
        if sent_s is not None:
            self._tally.n_answered += 1
            if sent_s >= self.warm_s:
                self._tally.waits_s.append(now_s - sent_s)

    def send(self, stamp: bytes, landmarks: bytes) -> None:
        """Send one frame."""
        if self._open and self.transport is not None:
            self._tally.n_sent += 1
            self._sent[stamp] = time.perf_counter()
            self.transport.write(_HEAD + stamp + landmarks)


async def drive(address: str, cookie: str, n_sessions: int, lasts_s: float, all_on: Callable[[], None]) -> Tally:
    """Be *n_sessions* pages at once and return what came of it; *all_on* is called when the first frames are due."""
    frames, tally, loop = recorded_frames(), Tally(), asyncio.get_running_loop()
    host, _, port = address.partition(":")
    pages: list[Page] = []
    for i in range(n_sessions):
        page = Page(address, cookie, i, tally)
        await loop.create_connection(lambda page=page: page, host, int(port))  # type: ignore[misc]
        pages.append(page)
        if i % 20 == 19:
            await asyncio.sleep(0.05)  # nobody opens a thousand pages in one moment
    all_on()
    start_s = time.perf_counter()
    for page in pages:
        page.warm_s = start_s + WARM_S
    n_ticks = int((WARM_S + lasts_s) * FRAMES_PER_S)
    slots = [pages[i::_SLOTS] for i in range(_SLOTS)]
    for tick in range(n_ticks * _SLOTS):
        due_s = start_s + tick / (_SLOTS * FRAMES_PER_S)
        await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
        n = tick // _SLOTS
        stamp, landmarks = struct.pack("<d", 1000.0 + n / FRAMES_PER_S), frames[n % len(frames)]
        for page in slots[tick % _SLOTS]:
            page.send(stamp, landmarks)
    await asyncio.sleep(1.0)
    for page in pages:
        page._open = False
        if page.transport is not None:
            page.transport.abort()
    return tally


_SLOTS = 97
"""The pages' frames are spread over the time between two of them in so many groups."""
