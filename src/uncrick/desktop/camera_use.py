"""Whether another program has a camera open: told by the kernel when a camera is opened or closed, then looked up."""

import asyncio
import ctypes
import os
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from uncrick.desk.source import Clock
from uncrick.desktop.seeing import CannotSee, Stand

DEVICES: Final = Path("/dev")
PROCESSES: Final = Path("/proc")

SETTLE_S: Final = 0.5
"""Programs open a camera several times before they use it; so long is waited after the last opening. Our default."""

LOOK_S: Final = 30.0
"""So often is looked anyway: cameras are plugged in, and a container may open one unseen. Our default."""

OPENED, CLOSED_WRITTEN, CLOSED = 0x20, 0x8, 0x10
"""inotify's IN_OPEN, IN_CLOSE_WRITE and IN_CLOSE_NOWRITE (linux/inotify.h)."""


class CameraUse:
    """A camera opened by a program of this person. own : processes that do not count: the companion's."""

    how = "cameras in use from /proc"

    def __init__(self, devices: Path = DEVICES, processes: Path = PROCESSES, own: Iterable[int] = ()) -> None:
        self._devices, self._processes = devices, processes
        self._own = frozenset({os.getpid(), *own})

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        if not (self._processes / "self" / "fd").is_dir():
            raise CannotSee("this system has no /proc that tells who uses a camera")
        while True:
            cameras = cameras_in(self._devices)
            with _news_of(cameras) as news:
                users = users_of(cameras, self._processes, self._own)
                yield Stand(now(), bool(users), by=", ".join(users))
                await _opened_or_closed(news)

    def users(self) -> list[str]:
        """Return the names of the programs that have a camera open right now."""
        return users_of(cameras_in(self._devices), self._processes, self._own)


def cameras_in(devices: Path) -> list[Path]:
    """Return the video devices."""
    return sorted(path for path in devices.glob("video*") if path.name[5:].isdigit())


def users_of(cameras: Iterable[Path], processes: Path, own: frozenset[int]) -> list[str]:
    """Return the names of the programs that have one of *cameras* open, as far as this person may see."""
    paths = {str(path) for path in cameras}
    found = set()
    if not paths:
        return []
    for process in processes.iterdir():
        if process.name.isdigit() and int(process.name) not in own and _has_open(process, paths):
            found.add(_name_of(process))
    return sorted(found)


def _has_open(process: Path, paths: set[str]) -> bool:
    """Whether a process has one of *paths* open; a process of somebody else, or one that has ended, has not."""
    try:
        return any(_link(entry.path) in paths for entry in os.scandir(process / "fd"))
    except OSError:
        return False


def _link(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115 - thousands of times a look, and a Path costs more than the call
    except OSError:
        return ""


def _name_of(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return "a program"


@contextmanager
def _news_of(paths: Iterable[Path]) -> Iterator[int]:
    """Ask the kernel for the openings and closings of *paths*; give where to read them, -1 without inotify."""
    libc = ctypes.CDLL(None, use_errno=True)
    begin = getattr(libc, "inotify_init1", None)
    number = begin(os.O_NONBLOCK | os.O_CLOEXEC) if begin is not None else -1
    try:
        if number >= 0:
            for path in paths:
                libc.inotify_add_watch(number, os.fsencode(path), OPENED | CLOSED | CLOSED_WRITTEN)
        yield number
    finally:
        if number >= 0:
            os.close(number)


async def _opened_or_closed(news: int) -> None:
    """Wait until something was opened or closed and it has been quiet for a moment, or for `LOOK_S`."""
    if news < 0:
        await asyncio.sleep(LOOK_S / 3)
        return
    loop, happened = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(news, happened.set)
    try:
        wait_s = LOOK_S
        while True:
            async with asyncio.timeout(wait_s):
                await happened.wait()
            with suppress(BlockingIOError):  # the loop may call once more after everything was read
                os.read(news, 65536)
            happened.clear()
            wait_s = SETTLE_S
    except TimeoutError:
        return
    finally:
        loop.remove_reader(news)
