"""Measuring speed: the arithmetic of the ratios, and that it measures at all."""

import pytest

from uncrick.vision.bench import measure_speed, speed
from uncrick.vision.blazepose import VisionSettings

LITE = VisionSettings(model="lite", n_threads=1)


def test_ratios_are_medians_of_neighbouring_turns() -> None:
    """A turn in which the machine was slow moves neither the ratios nor the medians."""
    turns = [(1000, 100, 95, 150), (1000, 100, 97, 150), (100, 10, 9.6, 15)]

    found = speed(turns, LITE)

    assert (found.decode_fps, found.model_fps, found.pipeline_fps, found.trimmed_fps) == (1000, 100, 95, 150)
    assert found.pipeline_over_model == pytest.approx(0.96)
    assert found.pipeline_over_trimmed == pytest.approx(0.64)
    assert (found.threads, found.model) == (1, "lite")


def test_it_measures_a_real_recording(demo) -> None:
    """One round on the demo gives positive numbers, and decoding alone is faster than everything together."""
    found = measure_speed(demo, LITE, n_rounds=1, n_pictures=20)

    assert min(found.decode_fps, found.model_fps, found.trimmed_fps, found.pipeline_fps) > 0
    assert found.decode_fps > found.pipeline_fps
