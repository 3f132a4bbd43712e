"""A line without detours: whole messages go straight to whoever takes them, and answers straight to the network.

Between the network and the program a server usually puts a queue, a task that waits at it, and a stop and start of the
reading for each message. With hundreds of pages that send 15 frames a second this costs more than the looking. Here a
message is handed over in the same turn in which its bytes arrive. The handshake, closing, pings, broken and cut
messages are the library's business (websockets, by way of uvicorn), as without this file; the order is the same.
"""

import struct
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Opcode
from websockets.frames import apply_mask as unmasked  # type: ignore[attr-defined]  # the compiled one where there is one
from websockets.http11 import Request
from websockets.protocol import State

EXTENSION = "uncrick.straight"
"""Under this name the connection stands among a WebSocket scope's extensions."""

Taker = Callable[[bytes | str], None]

_FINAL, _MASKED = 0x80, 0x80
_BINARY = _FINAL | Opcode.BINARY
_SHORT, _LONG = 125, 0xFFFF
_MASK_BYTES = 4


class StraightProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, with a door on the side. *taker* is given each message once the queue is empty."""

    taker: Taker | None = None

    def handle_connect(self, event: Request) -> None:
        """Begin as usual; the application finds this connection in its scope."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][EXTENSION] = self  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Hand over the whole binary messages that *data* begins with; the rest is for the library."""
        if self.taker is not None and self._is_between_messages():
            data = self._take_whole(data)
            if not data:
                return
        super().data_received(data)

    def _is_between_messages(self) -> bool:
        return (
            self.queue.empty()
            and self.conn.state is State.OPEN
            and not self.conn.reader.buffer
            and self.conn.current_size is None
        )

    def _take_whole(self, data: bytes) -> bytes:
        """Take unfragmented, masked binary messages from the front of *data*; return what is left."""
        begin, size = 0, len(data)
        while size - begin >= 2 + _MASK_BYTES and data[begin] == _BINARY and self.taker is not None:
            length, at = data[begin + 1] - _MASKED, begin + 2
            if length == _SHORT + 1:
                length, at = int.from_bytes(data[at : at + 2], "big"), at + 2
            end = at + _MASK_BYTES + length
            if not 0 <= length <= _LONG or data[begin + 1] - _MASKED > _SHORT + 1 or end > size:
                break
            self.taker(unmasked(data[at + _MASK_BYTES : end], data[at : at + _MASK_BYTES]))
            begin = end
        return data[begin:] if begin else data

    def send_receive_event_to_app(self) -> None:
        """Hand a message that the library has read to the taker, unless others still wait in the queue."""
        if self.taker is None or self.close_sent or not self.queue.empty():
            super().send_receive_event_to_app()
            return
        whole = b"".join(self.frames)
        try:
            message = whole.decode() if self.curr_msg_data_type == "text" else whole
        except UnicodeDecodeError:
            super().send_receive_event_to_app()  # closes the line with the code for it
            return
        self.frames = []
        self.taker(message)

    def send_now(self, message: bytes | str) -> bool:
        """Write *message* to the network now; False when the page does not read, or the line is closing."""
        if self.close_sent or self.disconnected or not self.writable.is_set() or self.conn.state is not State.OPEN:
            return False
        self.transport.write(framed(message))
        return True


def framed(message: bytes | str) -> bytes:
    """Return *message* as a server's single WebSocket frame. Source: RFC 6455, 5.2."""
    opcode, payload = (Opcode.TEXT, message.encode()) if isinstance(message, str) else (Opcode.BINARY, message)
    n = len(payload)
    if n <= _SHORT:
        return bytes((_FINAL | opcode, n)) + payload
    if n <= _LONG:
        return struct.pack("!BBH", _FINAL | opcode, _SHORT + 1, n) + payload
    return struct.pack("!BBQ", _FINAL | opcode, _SHORT + 2, n) + payload


def straight_of(scope: Any) -> StraightProtocol | None:  # noqa: ANN401 - an ASGI scope
    """Return the connection behind *scope*, None where another server holds it (a test's)."""
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, StraightProtocol) else None
