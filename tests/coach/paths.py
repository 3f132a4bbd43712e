"""Movements given by a few times and values, joined as people move: by minimum-jerk courses (flash1985)."""

from collections.abc import Callable, Sequence

import numpy as np

from uncrick.pose.frame import Floats

Knot = tuple[float, float]


def path(*knots: Knot) -> Callable[[Floats], Floats]:
    """Return the value as a function of time: minimum-jerk from each (t_s, value) to the next, still outside."""
    at, values = np.array([k[0] for k in knots]), np.array([k[1] for k in knots])

    def value(t_s: Floats) -> Floats:
        i = np.clip(np.searchsorted(at, t_s, side="right") - 1, 0, len(at) - 2)
        u = np.clip((t_s - at[i]) / (at[i + 1] - at[i]), 0.0, 1.0)
        return values[i] + (values[i + 1] - values[i]) * (10 * u**3 - 15 * u**4 + 6 * u**5)

    return value


def sampled(knots: Sequence[Knot], fps: float, jitter: float = 0.0, seed: int = 0) -> list[tuple[float, float]]:
    """Return (t_s, value) at *fps* from the first knot to the last, with white jitter of this standard deviation."""
    t_s = np.arange(round((knots[-1][0] - knots[0][0]) * fps) + 1) / fps + knots[0][0]
    noise = np.random.default_rng(seed).normal(0.0, jitter, len(t_s)) if jitter else 0.0
    return list(zip(t_s.tolist(), (path(*knots)(t_s) + noise).tolist(), strict=True))
