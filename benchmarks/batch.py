"""How well a batch uses the cores: two workers against one, and each against the landmark model alone, in one run.

    python benchmarks/batch.py [--model full] [--files 8] [--rounds 3] [--json]

The recordings of tests/clips are judged by `run_batch` as a person would, start and tables included. Beside it the
landmark model as published runs with nothing else, in one process and in two at once. Turns alternate; ratios are of
neighbouring turns, and the median over the rounds counts. On a machine that others use, wall clocks lie: the ratios of
processor time (user and system, all processes) are the ones to read there, and the load is printed.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pyarrow.parquet as pq

from uncrick.app.batching import BatchWanted, run_batch
from uncrick.app.looking import Model
from uncrick.vision.network import Network
from uncrick.vision.weights import landmark_weights

CLIPS = Path(__file__).parents[1] / "tests" / "clips"


class Turn(NamedTuple):
    """What one turn did. wall_s, cpu_s : for *n_frames*, of all its processes."""

    n_frames: int
    wall_s: float
    cpu_s: float

    @property
    def wall_fps(self) -> float:
        """Frames a second of the clock."""
        return self.n_frames / self.wall_s

    @property
    def cpu_fps(self) -> float:
        """Frames a second of processor time: a second of one core."""
        return self.n_frames / self.cpu_s


def main() -> int:
    """Run the benchmark; print a table, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=("lite", "full", "heavy"), default="full")
    parser.add_argument("--files", type=int, default=8, help="recordings in each turn")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    wanted = parser.parse_args()
    loads = [os.getloadavg()[0]]
    rounds = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = recordings(Path(temporary), wanted.files)
        for _ in range(wanted.rounds):
            turns = {"batch_1": timed(partial(batched, folder, wanted.model, 1))}
            n_frames = turns["batch_1"].n_frames  # as many for the model, so that both carry their start alike
            turns["model_1"] = timed(partial(models, wanted.model, 1, n_frames))
            turns["batch_2"] = timed(partial(batched, folder, wanted.model, 2))
            turns["model_2"] = timed(partial(models, wanted.model, 2, n_frames))
            rounds.append(turns)
            loads.append(os.getloadavg()[0])
    show(results(rounds) | {"model": wanted.model, "load": [round(load, 1) for load in loads]}, wanted.json)
    return 0


def results(rounds: list[dict[str, Turn]]) -> dict[str, object]:
    """Return the medians over the rounds."""

    def over(value: Callable[[dict[str, Turn]], float]) -> float:
        return round(median(value(turns) for turns in rounds), 3)

    return {
        "two_over_one_wall": over(lambda t: t["batch_2"].wall_fps / t["batch_1"].wall_fps),
        "models_two_over_one_wall": over(lambda t: t["model_2"].wall_fps / t["model_1"].wall_fps),
        "two_over_one_per_cpu_s": over(lambda t: t["batch_2"].cpu_fps / t["batch_1"].cpu_fps),
        "one_over_model_wall": over(lambda t: t["batch_1"].wall_fps / t["model_1"].wall_fps),
        "two_over_models_wall": over(lambda t: t["batch_2"].wall_fps / t["model_2"].wall_fps),
        "one_over_model_per_cpu_s": over(lambda t: t["batch_1"].cpu_fps / t["model_1"].cpu_fps),
        "two_over_models_per_cpu_s": over(lambda t: t["batch_2"].cpu_fps / t["model_2"].cpu_fps),
        "batch_cpu_ms_a_frame": over(lambda t: 1000 / t["batch_1"].cpu_fps),
        "model_cpu_ms_a_frame": over(lambda t: 1000 / t["model_1"].cpu_fps),
        "cpu_min_a_video_hour_at_30_fps": over(lambda t: 108_000 / t["batch_1"].cpu_fps / 60),
        "n_frames": rounds[0]["batch_1"].n_frames,
    }


def recordings(folder: Path, n_files: int) -> Path:
    """Write *n_files* videos that differ by a box at their end that no player reads, so none is a copy of another."""
    videos = sorted(CLIPS.glob("*.mp4"))
    for i in range(n_files):
        box = (16).to_bytes(4, "big") + b"free" + i.to_bytes(8, "big")
        (folder / f"{i:04}.mp4").write_bytes(videos[i % len(videos)].read_bytes() + box)
    return folder


def timed(work: Callable[[], int]) -> Turn:
    """Return how long *work* took, which returns its number of frames and has ended all its processes."""
    start_s, cpu_s = time.perf_counter(), used_s()
    n_frames = work()
    return Turn(n_frames, time.perf_counter() - start_s, used_s() - cpu_s)


def used_s() -> float:
    """Return the processor time of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def batched(folder: Path, model: Model, n_workers: int) -> int:
    """Judge all recordings anew and return how many frames they had."""
    with tempfile.TemporaryDirectory() as out:
        wanted = BatchWanted((str(folder),), Path(out), model=model, n_workers=n_workers)
        run_batch(wanted, lambda _n_done, _n_all: None, lambda _: None)
        return int(np.sum(pq.read_table(Path(out) / "sets.parquet")["n_frames"].to_numpy()))


def models(model: Model, n_processes: int, n_frames: int) -> int:
    """Run the landmark model alone on *n_frames*, shared by as many processes, and return them."""
    share = n_frames // n_processes
    with ProcessPoolExecutor(n_processes, get_context("spawn")) as pool:
        list(pool.map(run_model, [model] * n_processes, [share] * n_processes))
    return share * n_processes


def run_model(model: Model, n_frames: int) -> None:
    """Run the landmark model as published, on one thread."""
    network = Network(landmark_weights(model), 1)
    network.input()[:] = np.random.default_rng(0).random(network.input().shape, dtype=np.float32)
    for _ in range(n_frames):
        network.run()


def show(record: dict[str, object], as_json: bool) -> None:
    """Print what was found."""
    if as_json:
        print(json.dumps(record))
        return
    for key, value in record.items():
        print(f"{key:32} {value}")


if __name__ == "__main__":
    sys.exit(main())
