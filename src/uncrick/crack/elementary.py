"""Sine, logarithm and exponential written out as sums, so that the compiler can take them for several runs at once.

The system's own are as quick one at a time, but a call cannot be spread over the lanes of a processor; a sum can.
Nothing here branches. Truncated series are Taylor's, long enough that what is left out is below half a unit in the last
place; the bit patterns are those of IEEE 754 doubles.
"""

import math
from typing import Final

import numpy as np

from uncrick.crack.compiled import inlined

_LN2: Final = math.log(2.0)
_LN2_HIGH: Final = float.fromhex("0x1.62e42feep-1")
_LN2_LOW: Final = float.fromhex("0x1.a39ef35793c76p-33")
"""ln 2 in two parts: whole multiples of the first, up to a thousand, are exact."""
_QUARTER_HIGH: Final = float.fromhex("0x1.921fb544p+0")
_QUARTER_MIDDLE: Final = float.fromhex("0x1.0b4611a6p-34")
_QUARTER_LOW: Final = float.fromhex("0x1.3198a2e037073p-69")
"""pi/2 in three parts, exact in whole multiples up to a million."""
_TO_WHOLE: Final = 1.5 * 2.0**52
"""Added and taken away again it leaves the nearest whole number; in between, the last bits are that number."""
_ROOT_HALF_BITS: Final = 0x3FE6A09E667F3BCD
_BIAS: Final = 1023


@inlined
def sin_cos(x: float) -> tuple[float, float]:
    """Return the sine and the cosine of *x*, |x| < 1e6, each within 2e-16."""
    shifted = x * (2.0 / np.pi) + _TO_WHOLE
    quadrant = np.float64(shifted).view(np.int64)
    k = shifted - _TO_WHOLE
    r = ((x - k * _QUARTER_HIGH) - k * _QUARTER_MIDDLE) - k * _QUARTER_LOW
    z = r * r
    sine = 1 / 6227020800 + z * (-1 / 1307674368000 + z / 355687428096000)
    sine = 1 / 362880 + z * (-1 / 39916800 + z * sine)
    sine = r + r * z * (-1 / 6 + z * (1 / 120 + z * (-1 / 5040 + z * sine)))
    cosine = 1 / 479001600 + z * (-1 / 87178291200 + z / 20922789888000)
    cosine = -1 / 720 + z * (1 / 40320 + z * (-1 / 3628800 + z * cosine))
    cosine = 1.0 + z * (-1 / 2 + z * (1 / 24 + z * cosine))
    swapped = quadrant & 1
    a = cosine if swapped else sine
    b = sine if swapped else cosine
    return (-a if quadrant & 2 else a), (-b if (quadrant + 1) & 2 else b)


@inlined
def logarithm(x: float) -> float:
    """Return ln x of a normal number within 3e-16 of the greater of 1 and the result; NaN for what is not above 0.

    x = 2^e m with m between sqrt(1/2) and sqrt(2); ln m = 2 artanh((m - 1)/(m + 1)).
    """
    bits = np.float64(x).view(np.int64)
    e = (bits - _ROOT_HALF_BITS) >> 52
    m = np.int64(bits - (e << 52)).view(np.float64)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    tail = 1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z / 19)))
    tail = 1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * tail)))
    return e * _LN2 + (2.0 * s + 2.0 * s * z * tail) if x > 0.0 else np.nan


@inlined
def exponential(x: float) -> float:
    """Return e^x within 3e-16 of itself for -700 < x < 700, and what it is at the nearer end outside.

    x = k ln 2 + f with |f| <= ln(2)/2.
    """
    inside = min(max(x, -700.0), 700.0)
    shifted = inside * (1.0 / _LN2) + _TO_WHOLE
    k = shifted - _TO_WHOLE
    f = (inside - k * _LN2_HIGH) - k * _LN2_LOW
    series = 1 / 3628800 + f * (1 / 39916800 + f * (1 / 479001600 + f / 6227020800))
    series = 1 / 720 + f * (1 / 5040 + f * (1 / 40320 + f * (1 / 362880 + f * series)))
    series = 1.0 + f * (1.0 + f * (1 / 2 + f * (1 / 6 + f * (1 / 24 + f * (1 / 120 + f * series)))))
    return float(series * np.int64((np.float64(shifted).view(np.int64) + _BIAS) << 52).view(np.float64))
