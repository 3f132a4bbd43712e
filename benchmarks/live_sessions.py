"""How many live sessions one program serves: N pages at 15 frames/s over real sockets, from another process.

    python benchmarks/live_sessions.py                     finds the largest N whose 99th percentile is within 100 ms
    python benchmarks/live_sessions.py --sessions 1        one N; prints its percentiles

Each page sends the recorded twist in a loop. The time of a frame runs from just before it is sent until the answer to
it arrives, which the program sends after the frame was looked at and its events were queued. The program and the pages
share this machine's cores, so the number is a lower bound for a program that has them alone.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import numpy as np
import uvicorn

from live_pages import drive

LIMIT_S = 0.1
PROGRAM = "import typer; from uncrick.cli.serve import serve; typer.run(serve)"


@dataclass(frozen=True, slots=True)
class Run:
    """What N sessions came to. waits_s : of every frame answered. n_sent, n_lost : frames. cpu_s : the program's.

    pages_cpu_s : what the pages themselves took of the same cores.
    """

    n_sessions: int
    waits_s: np.ndarray
    n_sent: int
    n_lost: int
    cpu_s: float
    pages_cpu_s: float

    @property
    def p99_s(self) -> float:
        """99th percentile, inf where frames were lost."""
        return float(np.percentile(self.waits_s, 99)) if len(self.waits_s) and not self.n_lost else float("inf")


def measure(n_sessions: int, lasts_s: float) -> Run:
    """Start the program in a process of its own and drive it."""
    with tempfile.TemporaryDirectory() as folder:
        nobodys = Path(folder) / "damaged.db"  # without records a session is anybody's: no person, no questions first
        nobodys.write_text("This is no database.", encoding="utf-8")
        flags = ["--no-browser", "--port", "0", "--folder", folder, "--database", str(nobodys)]
        command = [sys.executable, "-c", PROGRAM, *flags]
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        ) as program:
            assert program.stdout is not None
            link = program.stdout.readline().strip()
            address, token = link.removeprefix("http://").split("/?token=")
            HTTPConnection(address).request("GET", f"/?token={token}")
            try:
                used = Used(program.pid)
                with asyncio.Runner(loop_factory=uvicorn.Config("none:none").get_loop_factory()) as runner:
                    tally = runner.run(drive(address, token, n_sessions, lasts_s, used.begin))
                program_s, pages_s = used.since()
            finally:
                program.terminate()
    n_lost = tally.n_sent - tally.n_answered + tally.n_closed
    return Run(n_sessions, np.array(tally.waits_s), tally.n_sent, n_lost, program_s, pages_s)


class Used:
    """The processor time of the program and of this process since all pages were on."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.begin()

    def begin(self) -> None:
        """Count from now."""
        self._program_s, self._own_s = cpu_s(self._pid), time.process_time()

    def since(self) -> tuple[float, float]:
        """Return both, s."""
        return cpu_s(self._pid) - self._program_s, time.process_time() - self._own_s


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
            f"processor time a frame: program {1e6 * run.cpu_s / max(run.n_sent, 1):4.0f} us, "
            f"pages {1e6 * run.pages_cpu_s / max(run.n_sent, 1):3.0f} us",
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
