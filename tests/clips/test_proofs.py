"""Every exercise's recordings replay to what was blessed, and to what is true of them."""

import json

import pytest

from tests.clips.replaying import HERE, clip_of, golden_lines, proofs, replayed
from uncrick.coach.events import CueRaised, HoldCompleted, RepetitionCounted, StopRaised
from uncrick.files.library import read_library
from uncrick.pose.clip import mirrored_clip

TRUTH = json.loads((HERE / "truth.json").read_text())
CLEAN = [name for name in TRUTH if "abrupt" not in name]


@pytest.mark.parametrize(("proof", "exercise"), proofs())
def test_a_proof_replays_to_its_golden_events(proof: str, exercise: str):
    """The recording gives the very events that a person has read and blessed (`just bless`)."""
    golden = (HERE / f"{proof}.events.jsonl").read_text().splitlines()

    assert golden_lines(proof, exercise) == golden


@pytest.mark.parametrize("name", CLEAN)
def test_repetitions_holds_and_sides_are_as_recorded(name: str):
    """Every repetition is counted, every hold found on its side, and its length is right to 0.2 s."""
    truth = TRUTH[name]

    _, told = replayed(clip_of(name), truth["exercise"])

    assert told.n_reps == truth["reps"]
    assert [hold.side for hold in told.holds] == [hold["side"] for hold in truth["holds"]]
    for hold, true in zip(told.holds, truth["holds"], strict=True):
        assert hold.hold_s == pytest.approx(true["end"] - true["start"], abs=0.2)
        assert hold.start_s == pytest.approx(true["start"], abs=0.25)


@pytest.mark.parametrize("name", [name for name in TRUTH if "twist" in name])
def test_the_turn_of_a_held_twist_is_right_to_four_degrees(name: str):
    """The deepest value of each hold is within 4 degrees of the true turn, with its sign."""
    truth = TRUTH[name]

    _, told = replayed(clip_of(name), truth["exercise"])

    peaks = [hold.peak for hold in told.holds]
    assert peaks == pytest.approx([hold["amp"] for hold in truth["holds"]], abs=4)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_camera_20_degrees_aside_reads_the_turn_and_the_hold_all_the_same(mirrored: bool):
    """Both turns are found on their sides, right to 6 degrees and 0.3 s, and bring no word, from either side."""
    clip = clip_of("chair_spinal_twist_aslant")

    events, told = replayed(mirrored_clip(clip) if mirrored else clip, "chair_spinal_twist")

    sides = ["left", "right"]
    assert told.n_reps == 1
    assert [hold.side for hold in told.holds] == (sides[::-1] if mirrored else sides)
    for hold, start_s in zip(told.holds, (4.0, 14.0), strict=True):
        assert abs(hold.peak) == pytest.approx(40, abs=6)
        assert hold.hold_s == pytest.approx(5.0, abs=0.3)
        assert hold.start_s == pytest.approx(start_s, abs=0.3)
    assert not [event for event in events if isinstance(event, StopRaised | CueRaised)]


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_set_is_never_stopped(name: str):
    """No stop is raised on a set that was done as it should be."""
    events, _ = replayed(clip_of(name), TRUTH[name]["exercise"])

    assert not [event for event in events if isinstance(event, StopRaised)]


def test_an_abrupt_turn_is_stopped_before_it_is_over():
    """The turn that takes 0.35 s is stopped before the true hold begins, and nothing is counted or said after it."""
    name = "chair_spinal_twist_abrupt"

    events, told = replayed(clip_of(name), TRUTH[name]["exercise"])

    stop = next(event for event in events if isinstance(event, StopRaised))
    assert (stop.reason, stop.side) == ("abrupt", "left")
    assert stop.t_s < TRUTH[name]["holds"][0]["start"]
    after = events[events.index(stop) + 1 :]
    assert not [event for event in after if isinstance(event, RepetitionCounted | CueRaised | StopRaised)]
    assert told.n_reps == 0
    assert all(hold.after_stop for hold in told.holds)


@pytest.mark.parametrize("asked", ["chair_spinal_twist", "butterfly_stretch", "rounded_back_stretch"])
def test_another_stretch_than_the_asked_one_is_not_counted(asked: str):
    """Somebody who does another of the stretches gets no repetition and no completed hold of the asked one."""
    for name, truth in TRUTH.items():
        if truth["exercise"] == asked or truth["exercise"] not in read_library().exercises:
            continue

        events, told = replayed(clip_of(name), asked)

        assert told.n_reps == 0
        assert not [event for event in events if isinstance(event, HoldCompleted | StopRaised)], name
