"""How fast this machine sees and judges, measured in one run: decoding, the landmark model, all of it, the engine."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Literal

from uncrick.coach import engine
from uncrick.coach.watch import Watch, WatchState, compile_watch
from uncrick.files.library import read_library
from uncrick.pose.frame import Frame
from uncrick.vision.bench import Speed, measure_speed
from uncrick.vision.blazepose import VisionSettings
from uncrick.vision.recording import Recording
from uncrick.vision.watch import watch_video

N_FRAMES = 300
N_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Speed of seeing, and microseconds the engine takes for one frame: median, and of the slowest exercise.

    exercise : the one with that median.
    """

    speed: Speed
    engine_us_median: float
    exercise: str


def benchmark(path: Path, model: Literal["lite", "full", "heavy"], n_threads: int) -> Benchmark:
    """Measure on the recording at *path*. Raises ProblemsError when it cannot be read."""
    settings = VisionSettings(model=model, n_threads=n_threads)
    speed = measure_speed(path, settings)
    frames = list(islice(watch_video(Recording(path, n_threads), settings), N_FRAMES))
    library = read_library()
    seen = [exercise for exercise in library.exercises.values() if exercise.by_sight]
    medians = {one.id: engine_us(compile_watch(one, library.measures), frames) for one in seen}
    slowest = max(medians, key=medians.__getitem__)
    return Benchmark(speed, medians[slowest], slowest)


def engine_us(watch: Watch, frames: Sequence[Frame]) -> float:
    """Return the median time of one `engine.step` over *frames*, several times over, in microseconds."""
    times_us = []
    for _ in range(N_ROUNDS):
        state: WatchState | None = None
        for frame in frames:
            start_ns = time.perf_counter_ns()
            state, _ = engine.step(watch, state, frame)
            times_us.append((time.perf_counter_ns() - start_ns) / 1000)
    return median(times_us)
