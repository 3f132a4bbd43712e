"""The filter of the region: steady at rest, quick when it moves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.step import run
from uncrick.vision.one_euro import OneEuro, Sample, step

STEADY = OneEuro(min_cutoff_hz=0.01, beta=10)


def samples(values, fps: float = 15) -> list[Sample]:
    return [Sample(i / fps, np.array([float(v)]), 500.0) for i, v in enumerate(values)]


def test_noise_on_a_resting_point_shrinks() -> None:
    """A point that only trembles by a pixel is held to less than a fifth of that."""
    noise = np.random.default_rng(1).normal(0, 1, 300)

    smooth = np.ravel(list(run(step, STEADY, samples(200 + noise))))

    assert smooth[50:].std() < noise.std() / 5


def test_a_fast_point_is_not_held_back() -> None:
    """A point that moves half of its unit a second is followed with less than a frame and a half of lag."""
    ramp = np.arange(60) * 250 / 15

    smooth = np.ravel(list(run(step, STEADY, samples(ramp))))

    assert ramp[-1] - smooth[-1] < 1.5 * 250 / 15


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30), st.data())
def test_cutting_the_stream_anywhere_changes_nothing(values, data) -> None:
    """State carried over a cut gives the values of the uncut stream."""
    whole = samples(values)
    cut = data.draw(st.integers(1, len(whole) - 1))

    uncut = np.ravel(list(run(step, STEADY, whole)))
    state = None
    first = []
    for sample in whole[:cut]:
        state, out = step(STEADY, state, sample)
        first.append(out)
    second = list(run(step, STEADY, whole[cut:], state))

    np.testing.assert_array_equal(np.ravel(first + second), uncut)


@given(st.floats(-1e3, 1e3), st.integers(1, 20))
def test_a_constant_stays_what_it_is(value, n) -> None:
    """What does not move is not moved."""
    smooth = np.ravel(list(run(step, STEADY, samples([value] * n))))

    np.testing.assert_allclose(smooth, value)


def test_a_sample_that_is_not_later_starts_anew() -> None:
    """Time that stands still does not divide by zero: the sample passes as it is."""
    state, _ = step(STEADY, None, Sample(1.0, np.array([5.0]), 1.0))

    _, out = step(STEADY, state, Sample(1.0, np.array([9.0]), 1.0))

    assert out == pytest.approx(9)
