"""An exercise as a value: its measures in order, its phases by name, and where a hold goes deeper."""

from dataclasses import replace

import pytest

from uncrick.exercise.definition import (
    KEPT_BY_ENGINE,
    Condition,
    Cue,
    Phase,
    conditions_of,
    measures_of,
    outward,
    start_measures_of,
)
from uncrick.files.library import read_library

TWIST = read_library().exercises["chair_spinal_twist"]
BUTTERFLY = read_library().exercises["butterfly_stretch"]
ROCKING = read_library().exercises["rocking_floor_stretch"]


def above(measure: str, value: float = 1.0) -> tuple[tuple[Condition, ...], ...]:
    """Return a condition on one measure."""
    return ((Condition(measure, "above", value),),)


def test_the_measure_of_the_hold_comes_first_then_the_speed_then_each_once():
    """What is judged is read in a fixed order: hold, speed, phases, cues, and nothing twice."""
    made = replace(
        TWIST,
        phases=(Phase("a", above("one")), Phase("b", above("trunk_rotation"))),
        cues=(Cue("c", above("two"), "tip"), Cue("d", above("one"), "tip")),
    )

    assert measures_of(made) == ("trunk_rotation", "shoulder_yaw", "one", "two")


@pytest.mark.parametrize("kept", KEPT_BY_ENGINE)
def test_numbers_that_the_engine_keeps_are_no_measures(kept):
    """The time of a repetition and the difference of the sides are not read from a frame."""
    made = replace(TWIST, cues=(Cue("c", above(kept), "tip"),))

    assert kept not in measures_of(made)


def test_measures_of_the_start_position_are_kept_apart():
    """What tells the start position is not read while the exercise is done."""
    assert set(start_measures_of(TWIST)) & set(measures_of(TWIST)) == set()
    assert len(start_measures_of(TWIST)) == len(set(start_measures_of(TWIST))) > 0


@pytest.mark.parametrize(
    ("exercise", "phase", "expected"),
    [
        (TWIST, "left", 1.0),
        (TWIST, "right", -1.0),
        (BUTTERFLY, "closed", -1.0),
        (BUTTERFLY, "open", 1.0),
        (ROCKING, "up", 0.0),
    ],
)
def test_outward_is_where_the_hold_goes_deeper(exercise, phase, expected):
    """Above means upward is deeper, below downward; an exercise without a hold goes nowhere."""
    assert outward(exercise, exercise.phase(phase)) == expected


def test_a_phase_without_the_held_measure_has_no_part_in_the_hold():
    """A phase that another measure opens goes neither way."""
    assert outward(TWIST, Phase("other", above("ankle_rise"))) == 0.0


def test_a_phase_is_found_by_its_name_and_raises_when_there_is_none():
    """A name that is not there is the programmer's mistake."""
    assert TWIST.phase("left").side == "left"
    with pytest.raises(KeyError):
        TWIST.phase("up")


def test_tracked_is_what_has_phases():
    """Without phases timer and voice lead."""
    assert TWIST.is_tracked
    assert not replace(TWIST, phases=()).is_tracked


def test_conditions_are_all_of_all_groups():
    """Every comparison of every group of every when is there, in order."""
    one, two, three = (Condition(name, "above", 0.0) for name in ("a", "b", "c"))

    assert list(conditions_of(((one, two),), (), ((three,), (one,)))) == [one, two, three, one]
