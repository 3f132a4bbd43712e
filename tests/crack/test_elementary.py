"""The written-out sine, logarithm and exponential against the system's own."""

import numpy as np
import pytest

from uncrick.crack.compiled import Floats, entry
from uncrick.crack.elementary import exponential, logarithm, sin_cos


@entry
def _all_four(x: Floats, out: Floats) -> None:
    """Write sine, cosine, logarithm and exponential of *x* (N,) into *out* (N, 4)."""
    for i in range(x.size):
        out[i, 0], out[i, 1] = sin_cos(x[i])
        out[i, 2], out[i, 3] = logarithm(x[i]), exponential(x[i])


def _found(x: Floats) -> Floats:
    out = np.empty((len(x), 4))
    _all_four(x, out)
    return out


def test_as_exact_as_the_systems_own():
    """Over all they are used for, each is within about two units in the last place."""
    x = np.concatenate([np.geomspace(1e-300, 650.0, 40_001), np.linspace(0.5, 2.0, 20_001)])

    sine, cosine, logarithm_, exponential_ = _found(x).T

    assert np.abs(sine - np.sin(x)).max() < 3e-16
    assert np.abs(cosine - np.cos(x)).max() < 3e-16
    assert (np.abs(logarithm_ - np.log(x)) / np.maximum(np.abs(np.log(x)), 1.0)).max() < 5e-16
    assert np.abs(exponential_ / np.exp(x) - 1.0).max() < 5e-16


def test_far_from_zero():
    """The sine holds a hundred thousand turns away, on both sides; the exponential of a negative number, too."""
    x = np.concatenate([-np.geomspace(1e-3, 650.0, 5_001), np.linspace(-6e5, 6e5, 20_001)])

    sine, cosine, _, exponential_ = _found(x).T

    assert np.abs(sine - np.sin(x)).max() < 3e-16
    assert np.abs(cosine - np.cos(x)).max() < 3e-16
    near = np.abs(x) < 700.0
    assert np.abs(exponential_[near] / np.exp(x[near]) - 1.0).max() < 5e-16


def test_outside_their_range():
    """A logarithm of what is not above zero is no number; an exponential stops at its last sensible value."""
    found = _found(np.array([-1.0, 0.0, -np.inf, 1e9, -1e9]))

    assert np.isnan(found[:3, 2]).all()
    assert found[3:, 3] == pytest.approx([np.exp(700.0), np.exp(-700.0)])
