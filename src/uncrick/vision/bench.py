"""How fast this machine sees: decoding, the landmark model and the whole pipeline, turn by turn in one run."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from uncrick.vision.blazepose import VisionSettings, open_eyes
from uncrick.vision.network import Network
from uncrick.vision.recording import Recording
from uncrick.vision.watch import watch_with
from uncrick.vision.weights import landmark_weights

N_ROUNDS: Final = 5
N_PICTURES: Final = 120
"""Pictures of one turn. Turns alternate and medians are taken: a shared machine is faster one second than the next."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians of one run, frames a second.

    decode_fps : pictures decoded, nothing else done. model_fps : the landmark model as published, nothing else done.
    trimmed_fps : the same without the outputs that are not read. pipeline_fps : from the file to landmarks, decoding
    in its own thread. pipeline_over_model, pipeline_over_trimmed : medians of the ratios of neighbouring turns.
    """

    decode_fps: float
    model_fps: float
    trimmed_fps: float
    pipeline_fps: float
    pipeline_over_model: float
    pipeline_over_trimmed: float
    threads: int
    model: str


def measure_speed(
    path: Path, settings: VisionSettings, n_rounds: int = N_ROUNDS, n_pictures: int = N_PICTURES
) -> Speed:
    """Measure on the recording at *path*, which should show one person nearly all the time.

    Each network and the decoder get settings.n_threads. Raises ProblemsError as Recording does.
    """
    video = Recording(path, settings.n_threads)
    eyes = open_eyes(settings)
    whole = Network(landmark_weights(settings.model), settings.n_threads)
    for network in (whole, eyes.landmarks):
        network.input()[:] = np.random.default_rng(0).random(network.input().shape, dtype=np.float32)
    turns = []
    for _ in range(n_rounds + 1):
        turns.append(
            (
                rate(video.shots(), n_pictures),
                rate(runs(whole), n_pictures),
                rate(watch_with(eyes, video), n_pictures),
                rate(runs(eyes.landmarks), n_pictures),
            )
        )
    return speed(turns[1:], settings)  # the first turn warms up


def rate(items: Iterable[object], n_most: int) -> float:
    """Return how many items a second come, over *n_most* or as many as there are."""
    start_s = time.perf_counter()
    n = sum(1 for _ in islice(items, n_most))
    return n / (time.perf_counter() - start_s)


def runs(network: Network) -> Iterable[None]:
    """Run the network again and again on what lies in its input."""
    while True:
        network.run()
        yield


def speed(turns: Sequence[tuple[float, float, float, float]], settings: VisionSettings) -> Speed:
    """Take the medians over all turns: decoded, whole model, pipeline, trimmed model."""
    decode, whole, pipeline, trimmed = (median(column) for column in zip(*turns, strict=True))
    return Speed(
        decode_fps=decode,
        model_fps=whole,
        trimmed_fps=trimmed,
        pipeline_fps=pipeline,
        pipeline_over_model=median(turn[2] / turn[1] for turn in turns),
        pipeline_over_trimmed=median(turn[2] / turn[3] for turn in turns),
        threads=settings.n_threads,
        model=settings.model,
    )
