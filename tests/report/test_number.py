"""Numbers as a report states them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.report.number import Number, error_text, number_text, value_text


def angle(value: float, error: float = 4.0, ways: tuple[str, str] | tuple[()] = ()) -> Number:
    return Number(value, "deg", error, "trunk_rotation", ways)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (angle(37.196), "37° ± 4°"),
        (angle(-22.4), "\N{MINUS SIGN}22° ± 4°"),
        (angle(-38.9, ways=("left", "right")), "39° ± 4° right"),
        (angle(0.2, ways=("left", "right")), "0° ± 4°"),
        (angle(-0.2), "0° ± 4°"),
        (angle(math.nan), "not seen"),
        (Number(5.0641, "s", 0.2, "holds"), "5.1 s ± 0.2 s"),
        (Number(0.2574, "ratio", 0.3, "elbow_gap"), "0.3 ± 0.3"),
        (Number(0.4812, "ratio", 0.15, "elbow_drop"), "0.48 ± 0.15"),
        (Number(0.958, "part", 0.0, "part"), "96 %"),
        (Number(2, "n", 0.0, "count"), "2"),
    ],
)
def test_number_text(number: Number, expected: str) -> None:
    """A number is written with its error, no more digits than that allows, and its way or a true minus sign."""
    assert number_text(number) == expected


@given(error=st.floats(0.001, 60), value=st.floats(-180, 180))
def test_error_is_never_understated(error: float, value: float) -> None:
    """The error that is printed is at least the error there is, and less than twice it."""
    printed = float(error_text(angle(value, error)).removesuffix("°"))

    assert error - 1e-6 <= printed <= 2 * error


@given(error=st.floats(0.001, 60), value=st.floats(-180, 180))
def test_value_is_rounded_within_its_error(error: float, value: float) -> None:
    """Rounding a value for print moves it by no more than its error, or by half a unit."""
    printed = float(value_text(angle(value, error)).removesuffix("°").replace("\N{MINUS SIGN}", "-"))

    assert abs(printed - value) <= max(error, 0.5) + 1e-6
