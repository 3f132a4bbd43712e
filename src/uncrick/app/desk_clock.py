"""The clock of the desk companion: seconds that never go back and go on while the machine sleeps."""

import time
from datetime import datetime
from pathlib import Path

from uncrick.app.desk import Run

BOOT = Path("/proc/sys/kernel/random/boot_id")


def now_s() -> float:
    """Return the time since this machine was started, s, with its sleep where the system counts that."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()  # macOS and Windows: not tried here; sleep shows as news of sleep, or not at all


def local() -> datetime:
    """Return the wall clock with its zone."""
    return datetime.now().astimezone()


def this_run() -> Run:
    """Return the clocks of this machine; a system that does not name its runs is named by when it was started."""
    try:
        boot = BOOT.read_text(encoding="ascii").strip()
    except OSError:
        boot = f"started {round((time.time() - now_s()) / 60)}"
    return Run(now_s, local, boot)
