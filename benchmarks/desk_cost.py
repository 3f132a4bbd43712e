"""What the desk companion costs while somebody sits and does nothing: of one core, and in wake-ups a second.

    python -m benchmarks.desk_cost [--seconds 60] [--json]

The real companion runs in a process of its own, on a private D-Bus with a pretended logind and notification service
and, where there is Xvfb, on a real X server whose idle time it follows. It is measured twice: without camera, and with
a recording in the camera's place, looked at as often and in the same way as a camera is by default. It gives a picture
every 1/30 s, of which four wait, as a camera does; what opening a real one costs in the kernel and its driver is not in
it. Time and wake-ups are told by the kernel to the companion itself, with those of threads and children that have
ended: a busy machine makes them a little larger. Limits: 1 % of a core without camera, 5 % with it, one wake-up a
second without.
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Final, NamedTuple

import cv2
from tests.desktop.buses import begun_bus, begun_display
from tests.desktop.pretend import logind, notifications

from uncrick.app.desk import Desk
from uncrick.app.desk_camera import EVERY_S, DeskCamera, hindrance
from uncrick.app.desk_control import ask, runs
from uncrick.app.desk_running import Offering, Running
from uncrick.app.desk_sources import notifier, sources_of, this_run
from uncrick.app.desk_start import start
from uncrick.vision.blazepose import VisionSettings, open_eyes
from uncrick.vision.glance import N_BUFFERS, GlanceSettings

CLIP: Final = Path(__file__).parents[1] / "tests" / "clips" / "rounded_male_side.mp4"
RATE_HZ: Final = 30.0
SPENT: Final = "UNCRICK_BENCH_SPENT"
LIMITS: Final = {"without camera": 0.01, "with camera": 0.05}
N_RUNS: Final = 30


class Cost(NamedTuple):
    """Of one run: part of a core, and wake-ups a second, of the process with all that were its threads and children."""

    share: float
    wakes_per_s: float


def main() -> int:
    """Measure and print; 1 when a limit is passed, 2 where this cannot be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each run is measured")
    parser.add_argument("--settle", type=float, default=20.0, help="how long each run may start up before")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--child", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child is not None:
        return companion(asked.child[0], Path(asked.child[1]))
    if sys.platform != "linux" or not shutil.which("dbus-daemon"):
        print("skipped: this is measured on Linux with dbus-daemon", file=sys.stderr)
        return 2
    costs = {name: asyncio.run(measured(name, asked.settle, asked.seconds)) for name in LIMITS}
    told = {
        name: {"part_of_limit": share / LIMITS[name], "percent_of_core": 100 * share, "wakes_per_s": wakes_per_s}
        for name, (share, wakes_per_s) in costs.items()
    }
    glance_s = (costs["with camera"].share - costs["without camera"].share) * EVERY_S
    told["glance"] = {"over_one_landmark_run": glance_s / landmark_run_s(), "every_s": EVERY_S}
    show(told, as_json=asked.json)
    cheap = all(told[name]["part_of_limit"] < 1 for name in LIMITS)
    return 0 if cheap and told["without camera"]["wakes_per_s"] <= 1 else 1


async def measured(name: str, settle_s: float, for_s: float) -> Cost:
    """Run one companion and measure it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        session, system = (stack.enter_context(begun_bus(folder, bus)) for bus in ("session", "system"))
        display = stack.enter_context(begun_display()) if shutil.which("Xvfb") else ""
        given = {
            "DBUS_SESSION_BUS_ADDRESS": session, "DBUS_SYSTEM_BUS_ADDRESS": system, "XDG_RUNTIME_DIR": str(folder),
            "XDG_STATE_HOME": str(folder), "UNCRICK_DATABASE": str(folder / "records.db"), "DISPLAY": display,
            SPENT: str(folder / "spent"),
        }  # fmt: skip
        os.environ.update(given)
        os.environ.pop("WAYLAND_DISPLAY", None)
        words = ("-m", "benchmarks.desk_cost", "--child", name, str(folder))
        async with logind(system), notifications(session):
            process = subprocess.Popen([sys.executable, *words], stderr=subprocess.DEVNULL)
            try:
                while not await asyncio.to_thread(runs, folder):
                    if process.poll() is not None:
                        raise SystemExit("the companion did not start")
                    await asyncio.sleep(0.2)
                await asyncio.sleep(settle_s)
                before = await spent(process)
                await asyncio.sleep(for_s)
                after = await spent(process)
                await asyncio.to_thread(ask, {"do": "stop"}, folder)
                process.wait(20)
            finally:
                process.kill()
                process.wait()
    return Cost(*((b - a) / for_s for a, b in zip(before, after, strict=True)))


def companion(name: str, folder: Path) -> int:
    """Run the companion as its command does, a recording in the camera's place, and tell what it spent if asked."""
    signal.signal(signal.SIGUSR1, tell_spent)
    if name == "without camera":
        start(folder, lambda: None)
        return 0
    desk = Desk(this_run(), folder)
    glancing = GlanceSettings(opened=lambda _: PlayedCamera(CLIP))
    camera = DeskCamera(lambda: hindrance(desk), glancing=glancing, on_battery=lambda: False)
    offering = Offering(lambda: None, dict, lambda: None)
    asyncio.run(Running(desk, sources_of(camera=camera), notifier(), offering).run())
    return 0


class PlayedCamera:
    """A recording that gives its pictures at a camera's pace; `N_BUFFERS` of them wait, and those after are lost."""

    def __init__(self, path: Path) -> None:
        self._recording = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
        self.isOpened, self.set = self._recording.isOpened, self._recording.set
        self.retrieve, self.release = self._recording.retrieve, self._recording.release
        self._next_s = time.monotonic() + 1 / RATE_HZ
        self._n_waiting = 0

    def grab(self) -> bool:
        """Give the oldest picture that waits, or the next one when it is there."""
        n_new = max(int((time.monotonic() - self._next_s) * RATE_HZ) + 1, 0)
        self._next_s += n_new / RATE_HZ
        self._n_waiting = min(self._n_waiting + n_new, N_BUFFERS)
        if self._n_waiting:
            self._n_waiting -= 1
        else:
            time.sleep(max(self._next_s - time.monotonic(), 0.0))
            self._next_s += 1 / RATE_HZ
        return self._recording.grab()


def tell_spent(_number: int, _frame: FrameType | None) -> None:
    """Write down the seconds that this process and its ended children have had, and how often they went to wait."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent_s = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    path = Path(os.environ[SPENT])
    path.with_suffix(".new").write_text(f"{spent_s} {own.ru_nvcsw + ended.ru_nvcsw}", encoding="ascii")
    path.with_suffix(".new").rename(path)


async def spent(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Ask a companion what it has spent until now: see `tell_spent`."""
    path = Path(os.environ[SPENT])
    path.unlink(missing_ok=True)
    process.send_signal(signal.SIGUSR1)
    while not path.exists():
        if process.poll() is not None:
            raise SystemExit("the companion ended in the middle")
        await asyncio.sleep(0.01)
    spent_s, waits = map(float, path.read_text(encoding="ascii").split())
    return spent_s, waits


def landmark_run_s() -> float:
    """Return the processor time of one run of the landmark model, on one thread, as the camera uses it."""
    network = open_eyes(VisionSettings(n_threads=1)).landmarks
    network.run()
    began_s = time.process_time()
    for _ in range(N_RUNS):
        network.run()
    return (time.process_time() - began_s) / N_RUNS


def show(told: dict[str, dict[str, float]], *, as_json: bool) -> None:
    """Print what was measured."""
    if as_json:
        print(json.dumps(told))
        return
    print("companion        part of limit   % of a core   wake-ups/s")
    for name, limit in LIMITS.items():
        row = told[name]
        part, percent = f"{row['part_of_limit']:.2f} of {100 * limit:g} %", f"{row['percent_of_core']:.2f}"
        print(f"{name:<16} {part:>13} {percent:>13} {row['wakes_per_s']:>12.2f}")
    print(f"one glance of three pictures, every {told['glance']['every_s']:g} s: "
          f"{told['glance']['over_one_landmark_run']:.1f} runs of the landmark model")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
