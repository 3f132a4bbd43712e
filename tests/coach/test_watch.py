"""Compiling an exercise: its measures in order, its own numbers, its phases, and where a hold goes outward."""

import math

import pytest

from uncrick.coach.phases import Values
from uncrick.coach.watch import LAYOUTS, Limits, WatchState, compile_watch, phase_name
from uncrick.exercise.definition import KEPT_BY_ENGINE, measures_of
from uncrick.files.library import read_library

LIBRARY = read_library()
TRACKED = sorted(id_ for id_, exercise in LIBRARY.exercises.items() if exercise.is_tracked)


def watch(id_: str, **changes):
    """Compile one exercise of the library."""
    return compile_watch(LIBRARY.exercises[id_], LIBRARY.measures, **changes)


@pytest.mark.parametrize("id_", TRACKED)
def test_every_exercise_that_a_camera_can_judge_compiles(id_):
    """Its measures come in their order, readers for every way a camera may see it, and the judged measure is there."""
    made = watch(id_)

    assert tuple(m.name for m in made.measures) == measures_of(LIBRARY.exercises[id_])
    assert set(made.readers) == set(made.start_readers) == set(LAYOUTS)
    assert all(len(readers) == len(made.measures) for readers in made.readers.values())
    assert 0 <= made.main < len(made.measures)


@pytest.mark.parametrize("id_", TRACKED)
def test_no_condition_of_an_exercise_looks_beyond_its_values(id_):
    """Every comparison finds its value among the measures and the engine's own numbers."""
    made = watch(id_)
    n_values = len(made.measures) + len(KEPT_BY_ENGINE)

    for value in (-1e9, 0.0, 1e9):
        every = (value,) * n_values
        values = Values(every, value, value, every, every)
        faulty = [holds for watched in made.cueing.within.values() for _, holds in watched]
        assert {holds(values) for holds in (*made.table.opens, *faulty)} <= {True, False}
        assert made.start is None or made.start(Values((value,) * len(made.start_measures))) in (True, False)


def test_the_held_measure_is_judged_and_a_swing_judges_what_swings():
    """The twist judges the turn it holds, the rocking the trunk that rocks."""
    twist, rocking = watch("chair_spinal_twist"), watch("rocking_floor_stretch")

    assert twist.measures[twist.main].name == "trunk_rotation"
    assert twist.measures[twist.speed].name == "shoulder_yaw"
    assert rocking.measures[rocking.main].name == "trunk_pitch"
    assert rocking.speed == -1


def test_outward_is_up_to_the_left_down_to_the_right_and_in_for_elbows():
    """Going deeper raises the turn to the left, lowers it to the right, and lowers the gap of the elbows."""
    assert watch("chair_spinal_twist").holding.outward == {"left": 1.0, "right": -1.0}
    assert watch("butterfly_stretch").holding.outward == {"closed": -1.0}
    assert watch("rocking_floor_stretch").holding.outward == {}


@pytest.mark.parametrize(("asked", "expected"), [(None, 2.0), (15.0, 15.0), (0.0, 0.0)])
def test_the_asked_hold_is_the_prescribed_one_or_the_exercises_least(asked, expected):
    """Without a prescription the exercise's own least hold is enough; a prescription of 0 s asks for none."""
    assert watch("chair_spinal_twist", asked_hold_s=asked).asked_hold_s == expected


def test_before_the_first_phase_there_is_no_name():
    """A state that has seen nothing is in no phase, has no neutral and no time."""
    state = WatchState()

    assert phase_name(watch("chair_spinal_twist"), state) == ""
    assert state.rest is None and not state.stopped
    assert math.isnan(state.waiting_s) and state.t_s == -math.inf


def test_limits_are_those_of_the_simulation():
    """Pushes are judged up to 2 deg of jitter and fast turns up to 4 (CLINICAL 3.3)."""
    assert (Limits().push_jitter_deg, Limits().speed_jitter_deg) == (2.0, 4.0)
