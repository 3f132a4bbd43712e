"""macOS and Windows: idleness from the system's own counter. Not tried here: written from the makers' documentation."""

import asyncio
import ctypes
import ctypes.util
import sys
from collections.abc import AsyncGenerator, Callable
from typing import Final

from uncrick.desk.activity import IDLE_AFTER_S
from uncrick.desk.source import Clock
from uncrick.desktop.screensaver import wait_s
from uncrick.desktop.seeing import CannotSee, Stand

ANY_INPUT: Final = 0xFFFFFFFF
"""kCGAnyInputEventType."""
HARDWARE_STATE: Final = 1
"""kCGEventSourceStateHIDSystemState."""


class _LastInput(ctypes.Structure):
    """LASTINPUTINFO."""

    _fields_ = (("size", ctypes.c_uint), ("at_ms", ctypes.c_uint))


class CountedIdle:
    """Idleness by asking the system how long ago the last input was, no more often than every one or two seconds."""

    def __init__(self, find: Callable[[], Callable[[], float]], system: str) -> None:
        self._find = find
        self.how = f"idle time from {system} (not tried here)"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        idle_s = self._find()
        while True:
            for_s = idle_s()
            yield Stand(now(), for_s >= IDLE_AFTER_S, now() - for_s)
            await asyncio.sleep(wait_s(for_s, IDLE_AFTER_S))


def mac_idle() -> Callable[[], float]:
    """Return what counts idle seconds on macOS. Raises CannotSee elsewhere."""
    path = ctypes.util.find_library("ApplicationServices") if sys.platform == "darwin" else None
    if path is None:
        raise CannotSee("this is not macOS")
    since = ctypes.CDLL(path).CGEventSourceSecondsSinceLastEventType
    since.restype, since.argtypes = ctypes.c_double, (ctypes.c_int32, ctypes.c_uint32)
    return lambda: float(since(HARDWARE_STATE, ANY_INPUT))


def windows_idle() -> Callable[[], float]:
    """Return what counts idle seconds on Windows. Raises CannotSee elsewhere."""
    if sys.platform != "win32":
        raise CannotSee("this is not Windows")
    user, kernel = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")

    def idle_s() -> float:
        last = _LastInput(ctypes.sizeof(_LastInput), 0)
        user.GetLastInputInfo(ctypes.byref(last))
        return idle_from_ticks(kernel.GetTickCount(), last.at_ms)

    return idle_s


def idle_from_ticks(now_ms: int, at_ms: int) -> float:
    """Return the seconds between two counts of milliseconds of 32 bits, of which the later may have begun anew."""
    return ((now_ms - at_ms) & 0xFFFFFFFF) / 1000
