"""Which functions become machine code: a thin, typed door to the compiler."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Params = Any
"""Whatever numbers a system of equations needs: a (named) tuple, looked into by nobody but the equations."""
FunctionT = TypeVar("FunctionT", bound=Callable[..., object])


def kernel(function: FunctionT) -> FunctionT:
    """Compile *function* into whatever calls it; it is never kept on its own."""
    return cast(FunctionT, njit(nogil=True, error_model="numpy")(function))


def inlined(function: FunctionT) -> FunctionT:
    """Compile *function* into the very place that calls it, so that a loop around the call can be spread over lanes.

    A product and the sum it goes into may be one operation with one rounding.
    """
    return cast(FunctionT, njit(nogil=True, error_model="numpy", forceinline=True, fastmath={"contract"})(function))


def entry(function: FunctionT) -> FunctionT:
    """Compile *function*, keep the machine code for the next start, and let go of the interpreter while it runs."""
    return cast(FunctionT, njit(nogil=True, error_model="numpy", cache=True)(function))
