"""Running the command line as people do: in a process of its own, with its output and exit code."""

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

RUN = (sys.executable, "-c", "from uncrick.cli.main import run; run()")
CLIPS = Path(__file__).parents[1] / "clips"
TWIST = CLIPS / "chair_spinal_twist_both_sides.parquet"


@dataclass(frozen=True)
class Ran:
    """What a process did."""

    code: int
    out: str
    err: str


def environment() -> dict[str, str]:
    """Return this process's environment with one thread for arithmetic."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "NO_COLOR": "1"}


def ran(*arguments: object, largest_file: int | None = None) -> Ran:
    """Run ``uncrick`` with *arguments*; *largest_file* bytes is where a write fails as on a full disk."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    done = subprocess.run(
        [*RUN, *map(str, arguments)], capture_output=True, text=True, env=environment(), preexec_fn=limit, timeout=300
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)
