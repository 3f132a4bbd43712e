"""Ids made by us: UUID version 7 as text, in the order in which they were made."""

import secrets
import threading
import time
import uuid
from collections.abc import Callable

MOST_IN_A_MS = 1 << 12
"""How many ids one millisecond holds before the next is borrowed: the 12 bits that count. Source: rfc9562, 6.2."""


class Ids:
    """Makes ids that only rise, whatever the clock does: when it is set back, the last moment goes on counting.

    now_ms : the clock, ms since 1970. Two programs at once are told apart by 62 bits of chance.
    """

    def __init__(self, now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        self._now_ms = now_ms
        self._last_ms = 0
        self._count = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        """Return the next id."""
        with self._lock:
            now_ms = self._now_ms()
            if now_ms > self._last_ms:
                self._last_ms, self._count = now_ms, 0
            else:
                self._count += 1
                if self._count == MOST_IN_A_MS:
                    self._last_ms, self._count = self._last_ms + 1, 0
            value = self._last_ms << 80 | 7 << 76 | self._count << 64 | 2 << 62 | secrets.randbits(62)
        return str(uuid.UUID(int=value))


_IDS = Ids()


def new_id() -> str:
    """Return a new id of this program's own."""
    return _IDS.new()
