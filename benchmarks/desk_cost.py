"""What the desk companion costs while somebody sits and does nothing: of one core, and in wake-ups a second.

    python -m benchmarks.desk_cost [--seconds 60] [--json]

The real companion runs in a process of its own, on a private D-Bus with a pretended logind and notification service
and, where there is Xvfb, on a real X server whose idle time it follows. It is measured twice: without camera, and with
a recording in the camera's place, looked at as often and in the same way as a camera is by default; what opening a real
camera costs in the kernel and its driver is not in it. Time is the processor's, told by the kernel: a busy machine
makes it a little larger. Limits: 1 % of a core without camera, 5 % with it, one wake-up a second without.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final, NamedTuple

from tests.desktop.buses import begun_bus, begun_display
from tests.desktop.pretend import logind, notifications

from uncrick.app.desk import Desk
from uncrick.app.desk_camera import EVERY_S, DeskCamera, hindrance
from uncrick.app.desk_control import ask, runs
from uncrick.app.desk_running import Offering, Running
from uncrick.app.desk_sources import notifier, sources_of, this_run
from uncrick.vision.blazepose import VisionSettings, open_eyes

CLIP: Final = Path(__file__).parents[1] / "tests" / "clips" / "rounded_male_side.mp4"
TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
LIMITS: Final = {"without camera": 0.01, "with camera": 0.05}
N_RUNS: Final = 30


class Cost(NamedTuple):
    """Of one run: part of a core, and wake-ups a second, of the process with all its threads and ended children."""

    share: float
    wakes_per_s: float


def main() -> int:
    """Measure and print; 1 when a limit is passed, 2 where this cannot be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each run is measured")
    parser.add_argument("--settle", type=float, default=20.0, help="how long each run may start up before")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--camera-child", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.camera_child is not None:
        return companion_with_camera(asked.camera_child)
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
        }  # fmt: skip
        os.environ.update(given)
        os.environ.pop("WAYLAND_DISPLAY", None)
        words = ["-m", "benchmarks.desk_cost", "--camera-child", str(folder)]
        if name == "without camera":
            words = ["-c", "from uncrick.cli.main import run; run()", "desk", "start", "--folder", str(folder)]
        async with logind(system), notifications(session):
            process = subprocess.Popen([sys.executable, *words], stderr=subprocess.DEVNULL)
            try:
                while not await asyncio.to_thread(runs, folder):
                    if process.poll() is not None:
                        raise SystemExit("the companion did not start")
                    await asyncio.sleep(0.2)
                await asyncio.sleep(settle_s)
                before = spent(process.pid)
                await asyncio.sleep(for_s)
                after = spent(process.pid)
                await asyncio.to_thread(ask, {"do": "stop"}, folder)
                process.wait(20)
            finally:
                process.kill()
                process.wait()
    return Cost(*((b - a) / for_s for a, b in zip(before, after, strict=True)))


def companion_with_camera(folder: Path) -> int:
    """Run the companion as its command does, with a recording in the camera's place."""
    desk = Desk(this_run(), folder)
    camera = DeskCamera(lambda: hindrance(desk), camera=str(CLIP), on_battery=lambda: False)
    offering = Offering(lambda: None, dict, lambda: None)
    asyncio.run(Running(desk, sources_of(camera=camera), notifier(), offering).run())
    return 0


def spent(pid: int) -> tuple[float, float]:
    """Return the seconds that a process and its ended children have had, and how often its threads went to wait."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    waits = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        line = status.read_text(encoding="ascii").partition("\nvoluntary_ctxt_switches:")[2]
        waits += int(line.split()[0])
    return sum(map(int, fields[11:15])) / TICKS, float(waits)


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
