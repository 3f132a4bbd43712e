"""An exercise drawn as text: the very table that the engine runs."""

import pytest

from uncrick.exercise.figure import drawn
from uncrick.files.library import read_library

LIBRARY = read_library()


def drawing(id_: str) -> list[str]:
    """Return the lines of one exercise's drawing."""
    return drawn(LIBRARY.exercises[id_], LIBRARY.measures).splitlines()


def test_the_twist_is_drawn_with_its_phases_its_walk_and_its_cues():
    """Phases with their conditions and holds, both sides around the middle, stops before corrections."""
    lines = drawing("chair_spinal_twist")

    assert lines[0] == "chair_spinal_twist  (front view)"
    assert "  [left]      when trunk_rotation > 18 deg   held >= 2 s" in lines
    assert "  one repetition:  [middle] <=> [left]" in lines
    assert any(line.endswith("<=> [right]   each once, in any order") for line in lines)
    assert "  stop    abrupt           when shoulder_yaw moves 35 deg in 0.7 s" in lines
    assert "  tip     uneven           when side_difference > 15 deg in middle" in lines


def test_a_swing_is_drawn_round_and_round():
    """An exercise without rest goes from phase to phase and again; its time has seconds for a unit."""
    lines = drawing("rocking_floor_stretch")

    assert "  one repetition:  [up] -> [down] -> again" in lines
    assert "  correct fast_rock        when repetition_s < 2 s for 2 s" in lines


def test_what_no_camera_can_judge_is_drawn_as_such():
    """An exercise without phases has no table, and the drawing says who leads it."""
    untracked = next(id_ for id_, exercise in LIBRARY.exercises.items() if not exercise.is_tracked)

    assert "  no phases: timer and voice lead it, the camera judges nothing" in drawing(untracked)


@pytest.mark.parametrize("id_", sorted(LIBRARY.exercises))
def test_every_exercise_can_be_drawn(id_):
    """Every phase and every cue of every exercise is in its drawing, and no line is too long for a terminal."""
    exercise, lines = LIBRARY.exercises[id_], drawing(id_)

    assert all(any(line.startswith(f"  [{phase.name}]") for line in lines) for phase in exercise.phases)
    assert all(any(cue.name in line.split() for line in lines) for cue in exercise.cues)
    assert lines[0].startswith(id_)
