"""Running the command line as people do: in a process of its own, with its output and exit code."""

import multiprocessing
import os
import resource
import sys
import tempfile
from collections.abc import Mapping
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


_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.cli.commands", "uncrick.cli.main", "uncrick.app.watching"])
"""Each run is a process of its own, split off one that has imported the program: importing it takes most of a run."""


def ran(*arguments: object, largest_file: int | None = None) -> Ran:
    """Run ``uncrick`` with *arguments*; *largest_file* bytes is where a write fails as on a full disk."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        given = [*map(str, arguments)]
        process = _FORKED.Process(target=_run, args=(given, out, err, environment(), Path.cwd(), largest_file))
        process.start()
        process.join(300)
        assert process.exitcode is not None, f"uncrick {' '.join(given)} did not end"
        assert "Traceback" not in err.read_text(), err.read_text()
        return Ran(process.exitcode, out.read_text(), err.read_text())


def _run(
    arguments: list[str], out: Path, err: Path, env: Mapping[str, str], folder: Path, largest_file: int | None
) -> None:
    for number, path in ((1, out), (2, err)):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(handle, number)
        os.close(handle)
    os.environ.update(env)
    os.chdir(folder)
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    sys.argv = ["uncrick", *arguments]
    from uncrick.cli.main import run

    run()
