"""An exercise watched under caution: half the range is enough, slower is fast already, nobody is told to go further."""

import pytest

from uncrick.coach.gentle import gentle_exercise
from uncrick.exercise.definition import conditions_of
from uncrick.files.library import read_library

LIBRARY = read_library()
TRACKED = sorted(id_ for id_, exercise in LIBRARY.exercises.items() if exercise.is_tracked)
TWIST = LIBRARY.exercises["chair_spinal_twist"]


def limits(exercise, op: str) -> list[float]:
    """Return the limits of all comparisons of one kind."""
    return [c.value for c in conditions_of(*(cue.when for cue in exercise.cues)) if c.op == op]


def test_slower_is_fast_already() -> None:
    """At 0.85 of the speed limits a turn of 29.75 degrees in 0.7 s stops, where 35 did; a push stops as before."""
    gentle = gentle_exercise(TWIST, LIBRARY.measures, 1.0, 0.85)

    assert limits(gentle, "moves") == pytest.approx([35 * 0.85, 28 * 0.85])
    assert limits(gentle, "pushes") == limits(TWIST, "pushes")
    assert gentle.phases == TWIST.phases


def test_half_of_the_range_is_enough() -> None:
    """At half the range the turn counts from half the angle, from the person's own neutral."""
    gentle = gentle_exercise(TWIST, LIBRARY.measures, 0.5)

    assert gentle.hold.deep == TWIST.hold.deep / 2
    assert [c.value for c in conditions_of(*(p.when for p in gentle.phases))] == [-6, 6, 9, -9]


def test_a_slow_rock_is_fast_already() -> None:
    """Where speed is a least time of a repetition, that time grows."""
    rocking = LIBRARY.exercises["rocking_floor_stretch"]

    [before] = [c.value for c in conditions_of(*(cue.when for cue in rocking.cues)) if c.measure == "repetition_s"]
    gentle = gentle_exercise(rocking, LIBRARY.measures, 1.0, 0.8)
    [after] = [c.value for c in conditions_of(*(cue.when for cue in gentle.cues)) if c.measure == "repetition_s"]

    assert after == pytest.approx(before / 0.8)


def test_nobody_is_told_to_go_further() -> None:
    """The bridge's cue to lift higher is gone at half the range; that against too high an arch stays."""
    gentle = gentle_exercise(LIBRARY.exercises["glute_bridge"], LIBRARY.measures, 0.5)

    assert [cue.name for cue in gentle.cues] == ["over_arch"]


@pytest.mark.parametrize("id_", TRACKED)
def test_no_stop_is_lost_and_none_becomes_wider(id_: str) -> None:
    """Under caution every exercise keeps its stops, at limits no wider than before, and the same measures."""
    exercise = LIBRARY.exercises[id_]

    gentle = gentle_exercise(exercise, LIBRARY.measures, 0.5, 0.85)

    stops, kept = ([c for c in e.cues if c.severity == "stop"] for e in (exercise, gentle))
    assert [c.name for c in stops] == [c.name for c in kept]
    for before, after in zip(stops, kept, strict=True):
        for was, is_ in zip(conditions_of(before.when), conditions_of(after.when), strict=True):
            assert is_.op == was.op
            assert is_.value <= was.value if was.op in ("moves", "pushes") else is_.value == was.value
    assert gentle_exercise(exercise, LIBRARY.measures) is exercise
