"""A stretched joint as the explain page shows it: a few dozen moments, precomputed and live ones alike."""

import base64
import math
from collections.abc import Mapping
from dataclasses import asdict
from itertools import product
from typing import Any, Final

import numpy as np

from uncrick.app.joints import Stretched, stretch_joint
from uncrick.crack.bands import band_gates
from uncrick.crack.compiled import Floats
from uncrick.crack.joint import COMPLIANT, STIFF, Joint, check_joint, joint_values, joint_with
from uncrick.crack.sound import RATE_HZ, playable
from uncrick.errors import Problem, ProblemsError
from uncrick.report.joint_words import DOES_NOT, UNSETTLED, headline

FORCES_N: Final = (16.0, 25.0, 40.0, 64.0, 100.0)
RAMPS_S: Final = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8)
CAPSULES_MM3_KPA: Final = (0.1, 0.18, 0.32, 0.56, 1.0, 1.8, 3.2, 5.6, 10.0)
"""The stretches computed beforehand: every combination, everything else at its default."""

SLIDERS: Final = ("force_n", "ramp_s", "capsule_mm3_kpa")
BEFORE_S, AFTER_S, CLOSE_S = 0.04, 0.09, 0.006
"""What is shown around the loudest moment, and how close to it the moments are dense."""
WAVE_BEFORE_S, WAVE_AFTER_S = 0.02, 0.04
N_WAVE: Final = 300


def _moments_s(stretched: Stretched) -> Floats:
    """Return the moments shown, (40,) s, rising: few on the way, many around the loudest one."""
    end_s = float(stretched.course.t_s[-1])
    if stretched.outcome.verdict == "no cavity":
        return np.linspace(0.0, end_s, 40)
    loud_s = stretched.outcome.crack_at_s
    first_s, last_s = max(0.0, loud_s - BEFORE_S), min(end_s, loud_s + AFTER_S)
    near_s, past_s = max(first_s, loud_s - CLOSE_S), min(last_s, loud_s + CLOSE_S)
    parts = (
        np.linspace(0.0, first_s, 3, endpoint=False),
        np.linspace(first_s, near_s, 5, endpoint=False),
        np.linspace(near_s, past_s, 16, endpoint=False),
        past_s + (last_s - past_s) * np.linspace(0.0, 1.0, 16) ** 2,
    )
    return np.concatenate(parts)


def stretch_record(stretched: Stretched) -> dict[str, Any]:
    """Return a stretch as one small JSON object: its three numbers, what became of it, and its moments as integers.

    t_10us : ten microseconds. gap_um : um. volume_001mm3 : hundredths of mm3. rim_01kpa : tenths of kPa. co2_pct,
    n2_pct : shares of the gas in the bubble; oxygen is the rest. NaN becomes null.
    """
    course, values = stretched.course, joint_values(stretched.joint)
    at = np.clip(np.searchsorted(course.t_s, _moments_s(stretched)), 0, len(course.t_s) - 1)
    share = course.moles[at] / course.moles[at].sum(axis=1, keepdims=True)
    columns = {
        "t_10us": course.t_s[at] * 1e5,
        "gap_um": course.gap_m[at] * 1e6,
        "volume_001mm3": course.volume_m3[at] * 1e11,
        "rim_01kpa": course.rim_pa[at] * 1e-2,
        "co2_pct": share[:, 0] * 100.0,
        "n2_pct": share[:, 1] * 100.0,
    }
    outcome = {name: _plain(value) for name, value in asdict(stretched.outcome).items() if name not in _NOT_SHOWN}
    moments = {name: np.rint(column).astype(int).tolist() for name, column in columns.items()}
    return {
        "joint": {name: values[name] for name in SLIDERS},
        "outcome": outcome,
        "says": headline(stretched.outcome),
        **moments,
    }


_NOT_SHOWN: Final = ("n_steps", "solver")


def _plain(value: object) -> object:
    """Return a float with four digits that count, None where it is no number; anything else as it is."""
    if not isinstance(value, float):
        return value
    return float(f"{value:.4g}") if math.isfinite(value) else None


def wave_record(stretched: Stretched) -> dict[str, Any]:
    """Return the sound around its loudest moment: mPa at the microphone, evenly spaced, thinned to N_WAVE extremes."""
    if stretched.outcome.verdict == "no cavity":
        return {"from_ms": 0.0, "to_ms": 0.0, "mpa": []}
    loud_s = stretched.outcome.crack_at_s
    first = max(0, round((loud_s - WAVE_BEFORE_S) * RATE_HZ))
    piece = stretched.sound[first : round((loud_s + WAVE_AFTER_S) * RATE_HZ)]
    width = max(1, len(piece) // N_WAVE)
    blocks = piece[: len(piece) // width * width].reshape(-1, width)
    extremes = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=1)[:, None], axis=1)[:, 0]
    mpa = [_plain(float(value)) for value in extremes * 1e3]
    return {"from_ms": first * 1e3 / RATE_HZ, "to_ms": (first + len(piece)) * 1e3 / RATE_HZ, "mpa": mpa}


def sound_record(stretched: Stretched) -> dict[str, Any]:
    """Return the sound to be heard, as loud as can be played: 16-bit little-endian samples in base64."""
    piece = playable(stretched.sound, stretched.outcome.crack_at_s if stretched.outcome.verdict != "no cavity" else 0.0)
    samples = np.rint(piece * 32767.0).astype("<i2").tobytes()
    return {"rate_hz": RATE_HZ, "int16": base64.b64encode(samples).decode("ascii")}


def asked_joint(values: Mapping[str, float]) -> Joint:
    """Return the default joint with *values* put in. Raises ProblemsError with all that is wrong with them."""
    problems: list[Problem] = check_joint(values)
    if problems:
        raise ProblemsError(problems)
    return joint_with(Joint(), values)


def live_record(values: Mapping[str, float]) -> dict[str, Any]:
    """Stretch a joint now and return everything the page shows and plays of it. Raises ProblemsError."""
    stretched = stretch_joint(asked_joint(values))
    return {
        **stretch_record(stretched),
        "wave": wave_record(stretched),
        "sound": sound_record(stretched),
    }


def grid_records() -> list[dict[str, Any]]:
    """Return every stretch of the grid, computed now: what benchmarks/explain_grid.py writes into the library."""
    return [
        stretch_record(stretch_joint(Joint(force_n=force_n, ramp_s=ramp_s, capsule_mm3_kpa=capsule)))
        for force_n, ramp_s, capsule in product(FORCES_N, RAMPS_S, CAPSULES_MM3_KPA)
    ]


def shown_records() -> dict[str, Any]:
    """Return the joints of the two theories with their sound, the median one against what was measured, sentences."""
    theories = {}
    for name, joint in (("growth", STIFF), ("collapse", COMPLIANT)):
        stretched = stretch_joint(joint)
        theories[name] = {**stretch_record(stretched), "wave": wave_record(stretched)}
    gates = band_gates(stretch_joint(Joint()).outcome)
    bands = [
        {"what": g.what, "got": _plain(g.got), "wanted": g.wanted, "unit": g.unit, "joint": g.joint,
         "source": g.source, "chosen": g.chosen, "inside": g.passed}
        for g in gates
    ]  # fmt: skip
    return {"theories": theories, "bands": bands, "unsettled": UNSETTLED, "does_not": DOES_NOT}
