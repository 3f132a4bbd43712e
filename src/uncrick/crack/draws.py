"""Many joints at once: even draws over everything nobody has measured, and what decides between the theories."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from uncrick.crack.compiled import Floats
from uncrick.crack.joint import BY_NAME, PARAMETERS, Joint
from uncrick.crack.outcome import Outcome, StretchFailedError, course_of, follow, outcome_of
from uncrick.crack.solve import Accuracy

DRAWN: Final = tuple(p.name for p in PARAMETERS if p.spread > 1.0)
SWEEP_ACCURACY: Final = Accuracy(1e-6, 1e-6, 100_000)


def _steps() -> Floats:
    """Return the stride of an additive sequence that fills a cube evenly in any number of dimensions.

    The powers of 1/g, g the positive root of x^(d+1) = x + 1. Source: roberts2018.
    """
    d, g = len(DRAWN), 2.0
    for _ in range(60):
        g = (1.0 + g) ** (1.0 / (d + 1))
    return np.array([g**-k for k in range(1, d + 1)]) % 1.0


def draw_joint(i_draw: int) -> Joint:
    """Return draw number *i_draw*, the same each time; number 0 is the median, all defaults.

    Each drawn number is spread evenly in its logarithm between default / spread and default x spread.
    """
    where = (0.5 + i_draw * _steps()) % 1.0
    values = {}
    for name, x in zip(DRAWN, where.tolist(), strict=True):
        parameter = BY_NAME[name]
        value = parameter.default * parameter.spread ** (2.0 * x - 1.0)
        values[name] = min(max(value, parameter.low), parameter.high)
    values["nucleus_um"] = min(values["nucleus_um"], 0.45 * values["gap_um"])
    return Joint(**values)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw and what became of it; *failed* says why there is no outcome, and is empty when there is one."""

    i_draw: int
    joint: Joint
    outcome: Outcome | None
    failed: str


def run_draw(i_draw: int) -> Drawn:
    """Return draw *i_draw* with its outcome, or with the reason it failed."""
    joint = draw_joint(i_draw)
    path = follow(joint, SWEEP_ACCURACY)
    try:
        return Drawn(i_draw, joint, outcome_of(joint, course_of(joint, path), path), "")
    except StretchFailedError as failure:
        return Drawn(i_draw, joint, None, str(failure))


def table_of(drawn: Sequence[Drawn]) -> dict[str, list[object]]:
    """Return one column a number: the draw, every parameter, every outcome, the failure. None where there is none."""
    rows = [
        {"i_draw": d.i_draw, **asdict(d.joint), **(asdict(d.outcome) if d.outcome else {}), "failed": d.failed}
        for d in drawn
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return {name: [row.get(name) for row in rows] for name in names}


def theory_map(drawn: Sequence[Drawn], n_bins: int = 5) -> list[dict[str, float]]:
    """Return what makes the sound, from the stiffest fifth of capsules to the most giving: medians over the cracks."""
    low, high = (
        math.log10(BY_NAME["capsule_mm3_kpa"].default * BY_NAME["capsule_mm3_kpa"].spread ** s) for s in (-1, 1)
    )
    edges = np.logspace(low, high, n_bins + 1)
    rows = []
    for left, right in pairwise(edges):
        held = [d for d in drawn if left <= d.joint.capsule_mm3_kpa < right]
        cracks = [d.outcome for d in held if d.outcome is not None and d.outcome.verdict == "crack"]
        growth = sum(o.sound_from == "growth" for o in cracks) / len(cracks) if cracks else math.nan
        row = {"capsule_from": float(left), "capsule_to": float(right), "n_draws": float(len(held)),
               "n_cracks": float(len(cracks)), "growth_share": growth}  # fmt: skip
        for name in ("growth_db", "collapse_db", "left", "peak_hz"):
            values = [getattr(o, name) for o in cracks]
            row[name] = float(np.median(values)) if values else math.nan
        rows.append(row)
    return rows


def rank_correlation(x: Floats, y: Floats) -> float:
    """Return Spearman's rank correlation of two lists (N,) without ties; NaN for fewer than three."""
    if len(x) < 3:
        return math.nan
    ranks = [np.argsort(np.argsort(values)).astype(float) for values in (x, y)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def deciders(drawn: Sequence[Drawn], measure: str) -> Mapping[str, float]:
    """Return each drawn parameter's rank correlation with an outcome's *measure* over the cracks, strongest first."""
    cracks = [d for d in drawn if d.outcome is not None and d.outcome.verdict == "crack"]
    measured = np.array([getattr(d.outcome, measure) for d in cracks], dtype=float)
    found = {name: rank_correlation(np.array([getattr(d.joint, name) for d in cracks]), measured) for name in DRAWN}
    return dict(sorted(found.items(), key=lambda item: -abs(item[1])))
