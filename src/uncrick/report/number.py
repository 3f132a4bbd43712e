"""A number as a report states it: with its error, its unit, and what it rests on."""

import math
from dataclasses import dataclass

from uncrick.motion.measure import Measure

MINUS = "\N{MINUS SIGN}"

UNIT_WORDS = {"deg": "°", "s": " s", "part": " %", "ratio": "", "n": ""}
"""How a unit is written behind a number. A ratio has none: what it is a ratio of is said beside it."""


@dataclass(frozen=True, slots=True)
class Number:
    """One stated number.

    value : in *unit* (deg, s, ratio, part of 1, n); NaN when it was not seen.
    error : one reading may be off by so much, in *unit*; 0 for what is counted.
    basis : key of the `Basis` that says how it was obtained.
    ways : words for above and below zero, e.g. (left, right); empty when the sign is written as a sign.
    """

    value: float
    unit: str
    error: float
    basis: str
    ways: tuple[str, str] | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What numbers of one kind rest on. n : its place among the notes. error : in words. rests_on : the source."""

    key: str
    n: int
    title: str
    how: str
    error: str
    rests_on: str


def measured(measure: Measure, value: float) -> Number:
    """Return *value* of *measure* with its stated error. Turns are told as left and right, not by their sign."""
    ways = ("left", "right") if measure.kind in ("turn", "yaw") else ()
    return Number(value, measure.unit, measure.error, measure.name, ways)


def number_text(number: Number) -> str:
    """Write a number with its error, with no more digits than the error allows: ``37° ± 4° left``, ``not seen``."""
    if not math.isfinite(number.value):
        return "not seen"
    error = error_text(number)
    return value_text(number) + (f" ± {error}" if error else "") + way_text(number)


def value_text(number: Number) -> str:
    """Write the value alone, with its unit and a true minus sign."""
    if not math.isfinite(number.value):
        return "not seen"
    value = abs(number.value) if number.ways else number.value
    return plain_text(value, number.unit, number.error)


def error_text(number: Number) -> str:
    """Write the error alone, never smaller than it is, with its unit; empty for what is counted."""
    if not number.error > 0:
        return ""
    places = digits(number)
    up = math.ceil(number.error * 10**places - 1e-6) / 10**places
    return plain_text(up, number.unit, number.error)


def way_text(number: Number) -> str:
    """Write which way the number goes, with a space before it; empty where the sign says it or it is about 0."""
    if not number.ways or not math.isfinite(number.value) or round(number.value, digits(number)) == 0:
        return ""
    return f" {number.ways[0] if number.value > 0 else number.ways[1]}"


def digits(number: Number) -> int:
    """Return how many decimals the number may have: those of the first digit of its error, of two digits after a 1."""
    return _digits(number.unit, number.error)


def plain_text(value: float, unit: str, error: float) -> str:
    """Write one value with its unit, rounded as *error* (in *unit*) asks."""
    scale = 100.0 if unit == "part" else 1.0
    places = _digits(unit, error)
    rounded = round(value * scale, places) + 0.0
    return f"{rounded:.{places}f}".replace("-", MINUS) + UNIT_WORDS[unit]


def _digits(unit: str, error: float) -> int:
    if unit in ("n", "part") or error <= 0:
        return 0
    power = math.floor(math.log10(error) + 1e-9)
    begins_with_1 = 1.05 < error / 10.0**power < 1.95
    return max(0, int(begins_with_1) - power)
