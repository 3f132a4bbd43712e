"""Where an axis has its ticks: at round numbers. Apart from the charts, whose library takes long to come."""

import math


def nice_ticks(low: float, high: float) -> tuple[float, ...]:
    """Return four to nine round values between *low* and *high*: steps of 1, 2 or 5 times a power of ten."""
    rough = max(high - low, 1e-9) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    return tuple(round(i * step, places) for i in range(math.ceil(low / step), math.floor(high / step) + 1))
