"""The published Keller-Miksis curve that ships with the library: what our own curve is held against."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from uncrick.files.library import library_folder


class Curve(NamedTuple):
    """A radius over time: t_s (T,) s and radius_m (T,) m."""

    t_s: NDArray[np.float64]
    radius_m: NDArray[np.float64]


def read_reference_curve() -> Curve:
    """Read the curve of a published C solver; see library/crack/keller_miksis_reference.csv for its making."""
    rows = np.loadtxt(library_folder() / "crack" / "keller_miksis_reference.csv", delimiter=",", comments="#")
    return Curve(rows[:, 0], rows[:, 1])
