"""The few X11 requests that the companion makes, as bytes, and what comes back, read.

Written against the X11 protocol and the SYNC extension 3.1: connecting with a cookie, asking for an extension or an
atom, reading a window's property, and an alarm on the server's own counter of idle time. Little-endian throughout.
"""

import struct
from dataclasses import dataclass
from typing import Final, NamedTuple

REPLY: Final = 1
ERROR: Final = 0
PROPERTY_NOTIFY: Final = 28
PROPERTY_CHANGES: Final = 1 << 22
WAITS_UP: Final = 0
"""SYNC's PositiveTransition: the counter rises past the value."""
WAITS_DOWN: Final = 1
"""SYNC's NegativeTransition: the counter falls below it."""

COOKIE_NAME: Final = b"MIT-MAGIC-COOKIE-1"


class Screen(NamedTuple):
    """The display as far as it is needed: the first free id for things of ours, and the root window."""

    id_base: int
    root: int


class Display(NamedTuple):
    """``DISPLAY`` taken apart."""

    host: str
    number: int


@dataclass(frozen=True, slots=True)
class Packet:
    """A reply, error or event. kind : 0 error, 1 reply, else the event's number. body : all of its bytes."""

    kind: int
    body: bytes


def read_display(text: str) -> Display | None:
    """Take ``host:number.screen`` apart; None when it is not so."""
    host, colon, rest = text.rpartition(":")
    number = rest.partition(".")[0]
    return Display(host, int(number)) if colon and number.isdigit() else None


def cookie_for(authority: bytes, number: int) -> bytes:
    """Return the cookie for display *number* from the content of an authority file, empty where there is none."""
    at = 0
    while at + 2 <= len(authority):
        at += 2  # the family of the address: which host matters less than that the cookie is ours
        fields: list[bytes] = []
        for _ in range(4):
            (size,) = struct.unpack_from(">H", authority, at) if at + 2 <= len(authority) else (0,)
            fields.append(authority[at + 2 : at + 2 + size])
            at += 2 + size
        _, shown, name, cookie = fields
        if name == COOKIE_NAME and shown in (b"", str(number).encode()):
            return cookie
    return b""


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def connect(cookie: bytes) -> bytes:
    """Return the first bytes of a connection."""
    name = COOKIE_NAME if cookie else b""
    return struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie)) + _padded(name) + _padded(cookie)


def read_connected(head: bytes, rest: bytes) -> Screen | str:
    """Return the screen from the server's first answer, or why it refuses. head : the first 8 bytes."""
    if head[0] != 1:
        return rest[: head[1]].decode("latin-1").strip() or "the X server refuses"
    id_base, vendor, n_formats = *struct.unpack_from("<4xI8xH", rest), rest[21]
    roots_at = 32 + vendor + -vendor % 4 + 8 * n_formats
    (root,) = struct.unpack_from("<I", rest, roots_at)
    return Screen(id_base, root)


def ask_extension(name: str) -> bytes:
    """Return QueryExtension."""
    return struct.pack("<BxHHxx", 98, 2 + (len(name) + 3) // 4, len(name)) + _padded(name.encode())


def read_extension(reply: bytes) -> tuple[int, int] | None:
    """Return an extension's opcode and its first event, None when the server has none of that name."""
    present, opcode, first_event = struct.unpack_from("<8xBBB", reply)
    return (opcode, first_event) if present else None


def ask_atom(name: str) -> bytes:
    """Return InternAtom."""
    return struct.pack("<BBHHxx", 16, 0, 2 + (len(name) + 3) // 4, len(name)) + _padded(name.encode())


def read_atom(reply: bytes) -> int:
    """Return the number of an atom."""
    return int(struct.unpack_from("<8xI", reply)[0])


def ask_property(window: int, atom: int) -> bytes:
    """Return GetProperty, for up to 32 numbers of any type."""
    return struct.pack("<BBHIIIII", 20, 0, 6, window, atom, 0, 0, 32)


def read_numbers(reply: bytes) -> tuple[int, ...]:
    """Return the 32-bit numbers of a property, none when it is absent or of another kind."""
    bits, n = struct.unpack_from("<xB14xI", reply)
    return struct.unpack_from(f"<{n}I", reply, 32) if bits == 32 and len(reply) >= 32 + 4 * n else ()


def watch_properties(window: int) -> bytes:
    """Return ChangeWindowAttributes that asks for the news of a window's properties."""
    return struct.pack("<BxHIII", 2, 4, window, 1 << 11, PROPERTY_CHANGES)


def read_property_notify(event: bytes) -> tuple[int, int]:
    """Return the window and the atom of the property that changed."""
    window, atom = struct.unpack_from("<4xII", event)
    return window, atom


def begin_sync(opcode: int) -> bytes:
    """Return SYNC's Initialize, for version 3.1."""
    return struct.pack("<BBHBBxx", opcode, 0, 2, 3, 1)


def list_counters(opcode: int) -> bytes:
    """Return SYNC's ListSystemCounters."""
    return struct.pack("<BBH", opcode, 1, 1)


def read_counters(reply: bytes) -> dict[str, int]:
    """Return the server's counters by name."""
    (n,) = struct.unpack_from("<8xI", reply)
    at, found = 32, {}
    for _ in range(n):
        number, size = struct.unpack_from("<I8xH", reply, at)
        found[reply[at + 14 : at + 14 + size].decode("latin-1")] = number
        at += 14 + size + -(14 + size) % 4
    return found


def ask_counter(opcode: int, counter: int) -> bytes:
    """Return SYNC's QueryCounter."""
    return struct.pack("<BBHI", opcode, 5, 2, counter)


def read_counter(reply: bytes) -> int:
    """Return the value of a counter."""
    high, low = struct.unpack_from("<8xiI", reply)
    return (int(high) << 32) + int(low)


class Alarm(NamedTuple):
    """Tells when *counter* passes *value* in the direction *test*."""

    counter: int
    value: int
    test: int


def make_alarm(opcode: int, alarm_id: int, alarm: Alarm) -> bytes:
    """Return SYNC's CreateAlarm: all of counter, kind of value, value, test, delta 0 and events on."""
    high, low = alarm.value >> 32, alarm.value & 0xFFFFFFFF
    values = struct.pack("<IIiIIiII", alarm.counter, 0, high, low, alarm.test, 0, 0, 1)
    return struct.pack("<BBHII", opcode, 8, 3 + len(values) // 4, alarm_id, 0b111111) + values


def drop_alarm(opcode: int, alarm_id: int) -> bytes:
    """Return SYNC's DestroyAlarm."""
    return struct.pack("<BBHI", opcode, 11, 2, alarm_id)


def read_alarm(event: bytes) -> tuple[int, int]:
    """Return which alarm went off, and the counter's value then."""
    alarm_id, high, low = struct.unpack_from("<4xIiI", event)
    return alarm_id, (int(high) << 32) + int(low)
