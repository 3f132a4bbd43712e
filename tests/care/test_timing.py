"""What the hour does to bending."""

import pytest

from uncrick.care.timing import asks_for, is_postponed
from uncrick.files.library import read_library
from uncrick.files.screening_file import read_rulebook

TIMES, EXERCISES = read_rulebook().times, read_library().exercises


def postponed(exercise, hours_up, conditions=(), is_on=True):
    return is_postponed(TIMES.morning, dict(EXERCISES[exercise].attributes), hours_up, conditions, is_on)


@pytest.mark.parametrize(
    ("exercise", "waits"),
    [
        ("rocking_floor_stretch", True),  # bends to the end of range
        ("rounded_back_stretch", True),  # bends half way with the body's weight on it
        ("single_knee_to_chest", False),  # bends half way, lying
        ("standing_back_extension", False),
    ],
)
def test_strong_or_loaded_bending_waits_after_rising(exercise, waits):
    """In the first two hours strong bending waits, and so does half bending under load."""
    assert postponed(exercise, 1.9) is waits


def test_after_two_hours_or_at_an_unknown_hour_nothing_waits():
    """From two hours on bending is open; when nobody knows when the person rose it does not wait."""
    assert [postponed("rocking_floor_stretch", h) for h in (0.0, 2.0, None, -3.0)] == [True, False, False, False]


def test_switching_the_rule_off_does_not_count_with_a_disc_problem():
    """The rule can be switched off, except by those for whom it always holds."""
    assert not postponed("rocking_floor_stretch", 1.0, is_on=False)
    assert postponed("rocking_floor_stretch", 1.0, ("disc_sciatica",), is_on=False)


def test_everything_offered_instead_is_free_of_what_waits():
    """What is offered in the morning, and what comes first after sitting, asks for none of that bending."""
    for exercise in (*TIMES.morning.offer, *TIMES.after_sitting.first):
        assert not asks_for(TIMES.morning.postpone, dict(EXERCISES[exercise].attributes))
        assert not asks_for(TIMES.after_sitting.before, dict(EXERCISES[exercise].attributes))
