"""The few Wayland messages that asking about idleness takes, as bytes, and what comes back, read.

Written against the Wayland core protocol and ext-idle-notify-v1. Numbers are in the machine's own order.
"""

import struct
from dataclasses import dataclass, field
from typing import Final, NamedTuple

DISPLAY_ID: Final = 1
"""The one object that exists from the beginning."""

NOTIFIER: Final = "ext_idle_notifier_v1"
SEAT: Final = "wl_seat"


class Message(NamedTuple):
    """An event: what *sender* says, and its arguments as bytes."""

    sender: int
    opcode: int
    body: bytes


class Global(NamedTuple):
    """Something the compositor offers, by the number it is asked for with."""

    number: int
    interface: str
    version: int


@dataclass(slots=True)
class Inbox:
    """Bytes as they come, cut into whole messages."""

    data: bytearray = field(default_factory=bytearray)

    def take(self, more: bytes) -> list[Message]:
        """Return the messages that are whole now. Raises ValueError on a length that no message has."""
        self.data += more
        found = []
        while len(self.data) >= 8:
            sender, word = struct.unpack_from("=II", self.data)
            size, opcode = word >> 16, word & 0xFFFF
            if size < 8 or size % 4:
                raise ValueError(f"a message of {size} bytes")
            if len(self.data) < size:
                break
            found.append(Message(sender, opcode, bytes(self.data[8:size])))
            del self.data[:size]
        return found


def message(sender: int, opcode: int, body: bytes) -> bytes:
    """Return a request of the object *sender*."""
    return struct.pack("=II", sender, (8 + len(body)) << 16 | opcode) + body


def text(word: str) -> bytes:
    """Return a string argument: its length with the final zero, then padded to whole words."""
    data = word.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + bytes(-len(data) % 4)


def read_text(body: bytes, at: int) -> tuple[str, int]:
    """Return the string argument at *at*, and where the next argument begins."""
    (size,) = struct.unpack_from("=I", body, at)
    return body[at + 4 : at + 3 + size].decode("utf-8", "replace"), at + 4 + size + -size % 4


def get_registry(registry_id: int) -> bytes:
    """Return the request for the list of all globals."""
    return message(DISPLAY_ID, 1, struct.pack("=I", registry_id))


def sync(callback_id: int) -> bytes:
    """Return the request to be told when everything before it has been answered."""
    return message(DISPLAY_ID, 0, struct.pack("=I", callback_id))


def bind(registry_id: int, found: Global, version: int, new_id: int) -> bytes:
    """Return the request to use a global."""
    body = struct.pack("=I", found.number) + text(found.interface) + struct.pack("=II", version, new_id)
    return message(registry_id, 0, body)


def get_notification(notifier_id: int, new_id: int, after_ms: int, seat_id: int) -> bytes:
    """Return the request to be told when *seat* was idle for *after_ms*; what keeps the screen awake counts as use."""
    return message(notifier_id, 1, struct.pack("=III", new_id, after_ms, seat_id))


def get_input_notification(notifier_id: int, new_id: int, after_ms: int, seat_id: int) -> bytes:
    """Return the same request for input alone (version 2), whatever keeps the screen awake."""
    return message(notifier_id, 2, struct.pack("=III", new_id, after_ms, seat_id))


def read_global(body: bytes) -> Global:
    """Return what a registry announces."""
    (number,) = struct.unpack_from("=I", body)
    interface, at = read_text(body, 4)
    (version,) = struct.unpack_from("=I", body, at)
    return Global(number, interface, version)


def read_error(body: bytes) -> str:
    """Return the text of a fatal error."""
    return read_text(body, 8)[0]
