"""Everything that can be seen on this machine, as the sources that the companion reads."""

import sys
from collections.abc import Iterable

from uncrick.desk.source import Source
from uncrick.desktop.boot_clock import ClockSleep
from uncrick.desktop.seeing import Seeing, Watch


def sources_here(own: Iterable[int] = ()) -> tuple[Source, ...]:
    """Return the sources for this system. own : processes whose camera and microphone do not count as a call.

    Nothing is opened yet; each source says by itself what it can see, and why not.
    """
    if sys.platform == "linux":
        return _linux(tuple(own))
    return _elsewhere()


def _linux(own: tuple[int, ...]) -> tuple[Source, ...]:
    # What speaks D-Bus is imported here: its library is installed on Linux only.
    from uncrick.desktop.camera_use import CameraUse
    from uncrick.desktop.logind import LogindIdle, LogindLock, LogindSleep
    from uncrick.desktop.microphone_use import PipeWireUse, PulseUse
    from uncrick.desktop.mutter import MutterIdle
    from uncrick.desktop.presenting import GnomePresenting, KdePresenting, LogindPresenting
    from uncrick.desktop.quiet import GnomeQuiet, NotifierQuiet
    from uncrick.desktop.screensaver import ScreenSaverIdle, ScreenSaverLock
    from uncrick.desktop.wayland import WaylandIdle
    from uncrick.desktop.x11 import X11Fullscreen, X11Idle

    idle: tuple[Watch, ...] = (MutterIdle(), WaylandIdle(), X11Idle(), ScreenSaverIdle(), LogindIdle())
    return (
        Seeing("activity", "activity", idle, "first"),
        Seeing("lock", "lock", (LogindLock(), ScreenSaverLock())),
        Seeing("sleep", "sleep", (LogindSleep(), ClockSleep()), "first"),
        Seeing("call", "call", (CameraUse(own=own), PipeWireUse(own), PulseUse(own))),
        Seeing("quiet", "quiet", (GnomeQuiet(), NotifierQuiet())),
        Seeing("screen", "fullscreen", (GnomePresenting(), KdePresenting(), LogindPresenting(), X11Fullscreen())),
    )


def _elsewhere() -> tuple[Source, ...]:
    from uncrick.desktop.others import CountedIdle, mac_idle, windows_idle

    find, system = (mac_idle, "macOS") if sys.platform == "darwin" else (windows_idle, "Windows")
    return (
        Seeing("activity", "activity", (CountedIdle(find, system),), "first"),
        Seeing("lock", "lock", ()),
        Seeing("sleep", "sleep", (ClockSleep(),), "first"),
        Seeing("call", "call", ()),
        Seeing("quiet", "quiet", ()),
        Seeing("screen", "fullscreen", ()),
    )
