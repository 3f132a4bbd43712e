"""The moving figures prove their exercises: every repetition counted, every hold found, on its side, and no false word.

A loop is four to eight seconds of a rendered person. Each proof is a still start of two seconds and its loop three
times at half speed, which is the pace the exercises ask for.
"""

import json

import pytest

from tests.clips.replaying import HERE, clip_of, replayed
from uncrick.coach.events import CueRaised, HoldBroken, NeutralSet, StopRaised
from uncrick.files.library import library_folder, read_library

LOOPS = json.loads((HERE / "loops.json").read_text())
LIBRARY = read_library()
BOTH_SIDES_IN_ONE = ("upper_trapezius_stretch",)


@pytest.mark.parametrize("name", LOOPS)
def test_every_repetition_and_hold_of_a_loop_is_found(name):
    """As many repetitions and holds as the loop has, three times over; each hold spans the middle of the true one."""
    truth = LOOPS[name]
    each = 1 if truth["exercise"] in BOTH_SIDES_IN_ONE else max(1, len(truth["holds"]) // truth["loops"])

    _, told = replayed(clip_of(name), truth["exercise"])

    assert told.n_reps == each * truth["loops"]
    assert len(told.holds) == len(truth["holds"])
    for hold, true in zip(told.holds, truth["holds"], strict=True):
        assert hold.start_s < (true["start"] + true["end"]) / 2 < hold.end_s


@pytest.mark.parametrize("name", LOOPS)
def test_a_clean_loop_brings_no_cue_and_no_stop(name):
    """Somebody who does it as the figure shows hears neither a correction nor a stop, and no hold counts as broken."""
    events, _ = replayed(clip_of(name), LOOPS[name]["exercise"])

    assert not [event for event in events if isinstance(event, CueRaised | StopRaised | HoldBroken)]
    assert len([event for event in events if isinstance(event, NeutralSet)]) == 1


def test_sides_are_told_where_the_exercise_has_sides():
    """Tilting the head left, then right, is told as left, then right."""
    _, told = replayed(clip_of("upper_trapezius_stretch_three"), "upper_trapezius_stretch")

    assert [hold.side for hold in told.holds] == ["left", "right"] * 3


def test_every_tracked_exercise_has_a_proof_and_every_other_says_why_not():
    """What the camera judges is proved by a recording; what it cannot judge says that timer and voice lead it."""
    for exercise in LIBRARY.exercises.values():
        assert bool(exercise.proof) == exercise.is_tracked
        assert ("movement" in exercise.unjudged) != exercise.is_tracked


def test_every_exercise_but_walking_has_its_moving_figure():
    """Each exercise has a loop and a poster that ship; walking needs none."""
    folder = library_folder() / "demo"

    without = [id_ for id_ in LIBRARY.exercises if not (folder / f"{id_}.webm").is_file()]

    assert without == ["walking"]
    assert all((folder / f"{id_}.webp").is_file() for id_ in LIBRARY.exercises if id_ not in without)
