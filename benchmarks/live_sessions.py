"""How many live sessions one program serves: N pages at 15 frames/s over real sockets, from another process.

    python benchmarks/live_sessions.py                     finds the largest N whose 99th percentile is within 100 ms
    python benchmarks/live_sessions.py --sessions 1        one N; prints its percentiles

Each page sends the recorded twist in a loop. The time of a frame runs from just before it is sent until the answer to
it arrives, which the program sends after the frame was looked at and its events were queued. The program and the pages
share this machine's cores, so the number is a lower bound for a program that has them alone.
"""

import argparse
import asyncio
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path

import numpy as np
import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from uncrick.files.clip_file import read_clip
from uncrick.web import wire
from uncrick.web.door import COOKIE

CLIP = Path(__file__).parents[1] / "tests" / "clips" / "chair_spinal_twist_both_sides.parquet"
FRAMES_PER_S = 15.0
LIMIT_S = 0.1
PROGRAM = "import typer; from uncrick.cli.serve import serve; typer.run(serve)"
WARM_S = 2.0


@dataclass(frozen=True, slots=True)
class Run:
    """What N sessions came to. waits_s : of every frame answered. n_sent, n_lost : frames. cpu_s : the program's."""

    n_sessions: int
    waits_s: np.ndarray
    n_sent: int
    n_lost: int
    cpu_s: float = float("nan")

    @property
    def p99_s(self) -> float:
        """99th percentile, inf where frames were lost."""
        return float(np.percentile(self.waits_s, 99)) if len(self.waits_s) and not self.n_lost else float("inf")


def recorded_frames() -> list[bytes]:
    """Return the recording as a page sends it; the time of each is written anew."""
    return [wire.write_frame(frame)[8:] for frame in read_clip(CLIP).clip.frames()]


async def one_page(
    address: str, cookie: str, number: int, frames: list[bytes], until_s: float
) -> tuple[list[float], int]:
    """Be one page until *until_s*; return the times of the answered frames and how many were sent."""
    waits: list[float] = []
    sent: dict[bytes, float] = {}
    headers = {"Cookie": f"{COOKIE}={cookie}"}
    origin = f"http://{address}"
    async with connect(
        f"ws://{address}/session/{number:012x}-be9c", origin=origin, additional_headers=headers,  # type: ignore[arg-type]
        compression=None, max_queue=None, open_timeout=60,
    ) as line:  # fmt: skip
        await begin(line)
        hearing = asyncio.create_task(hear(line, sent, waits))
        start_s = time.perf_counter() + (number % 97) / 97 / FRAMES_PER_S
        n = 0
        while (due_s := start_s + n / FRAMES_PER_S) < until_s:
            await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
            stamp = struct.pack("<d", 1000.0 + n / FRAMES_PER_S)
            sent[stamp] = time.perf_counter()
            await line.send(stamp + frames[n % len(frames)])
            n += 1
        await asyncio.sleep(1.0)
        hearing.cancel()
    return waits[int(WARM_S * FRAMES_PER_S) :], n


async def begin(line: ClientConnection) -> None:
    """Start a session with the camera on."""
    await line.send(json.dumps({"type": "hello", "version": wire.VERSION}))
    wish = {"exercise": "chair_spinal_twist", "n_reps": 4, "hold_s": 5}
    await line.send(json.dumps({"type": "begin", "wishes": [wish]}))
    await line.send(json.dumps({"type": "camera", "on": True}))


async def hear(line: ClientConnection, sent: dict[bytes, float], waits: list[float]) -> None:
    """Take the time of every answer."""
    async for message in line:
        if isinstance(message, bytes) and message in sent:
            waits.append(time.perf_counter() - sent.pop(message))


async def drive(address: str, cookie: str, n_sessions: int, lasts_s: float) -> Run:
    """Be *n_sessions* pages at once."""
    frames = recorded_frames()
    until_s = time.perf_counter() + lasts_s + WARM_S + n_sessions / 250
    pages = [one_page(address, cookie, i, frames, until_s) for i in range(n_sessions)]
    results = await asyncio.gather(*pages, return_exceptions=True)
    failed = [r for r in results if isinstance(r, BaseException)]
    done = [r for r in results if not isinstance(r, BaseException)]
    waits = np.array([w for r in done for w in r[0]])
    n_sent = sum(r[1] for r in done)
    n_answered = sum(len(r[0]) + min(r[1], int(WARM_S * FRAMES_PER_S)) for r in done)
    if failed:
        print(f"  {len(failed)} pages failed: {failed[0]!r}", file=sys.stderr)
    return Run(n_sessions, waits, n_sent, max(n_sent - n_answered, 0) + len(failed))


def measure(n_sessions: int, lasts_s: float) -> Run:
    """Start the program in a process of its own and drive it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", PROGRAM, "--no-browser", "--port", "0", "--folder", folder]
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        ) as program:
            assert program.stdout is not None
            link = program.stdout.readline().strip()
            address, token = link.removeprefix("http://").split("/?token=")
            HTTPConnection(address).request("GET", f"/?token={token}")
            try:
                before_s = cpu_s(program.pid)
                with asyncio.Runner(loop_factory=uvicorn.Config("none:none").get_loop_factory()) as runner:
                    run = runner.run(drive(address, token, n_sessions, lasts_s))
                used_s = cpu_s(program.pid) - before_s
            finally:
                program.terminate()
    return replace(run, cpu_s=used_s)


def cpu_s(pid: int) -> float:
    """Return the processor time that a process has used, NaN where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(run: Run) -> None:
    """Print one line."""
    if len(run.waits_s):
        p50, p95, p99 = np.percentile(run.waits_s, [50, 95, 99]) * 1000
        print(
            f"{run.n_sessions:5d} sessions  {run.n_sent:7d} frames  {run.n_lost:4d} lost  "
            f"p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  p99 {p99:7.1f} ms  "
            f"{1e6 * run.cpu_s / max(run.n_sent, 1):5.0f} us of the program's processor time a frame",
            flush=True,
        )
    else:
        print(f"{run.n_sessions:5d} sessions  no frame was answered", flush=True)


def find_largest(lasts_s: float) -> int:
    """Double until the limit is passed, then halve the gap; return the largest N within the limit."""
    good, bad = 0, 0
    n = 50
    while not bad or bad - good > max(10, good // 10):
        run = measure(n, lasts_s)
        report(run)
        if run.p99_s <= LIMIT_S:
            good = n
        else:
            bad = n
        n = 2 * good if not bad else (good + bad) // 2
        if n >= 4000 or n == good:
            break
    return good


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sessions", type=int, default=0, help="so many, instead of looking for the most")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each run lasts")
    asked = parser.parse_args()
    if asked.sessions:
        report(measure(asked.sessions, asked.seconds))
        return
    print(f"largest with p99 <= {LIMIT_S * 1000:.0f} ms: {find_largest(asked.seconds)} sessions")


if __name__ == "__main__":
    main()
