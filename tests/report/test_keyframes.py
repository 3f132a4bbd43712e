"""Which frames become pictures."""

from dataclasses import replace

import numpy as np
import pytest

from tests.report.watched import PROOFS, facts_from, proof, proof_facts, watched
from uncrick.files.library import read_library
from uncrick.motion.measure import Layout, Take, sight_of
from uncrick.pose.landmark import INDEX
from uncrick.report.keyframes import scene_of, side_read, spread
from uncrick.report.recording import Recording

HELD = [name for name, exercise in PROOFS.items() if exercise != "rocking_floor_stretch"]


@pytest.mark.parametrize("name", HELD)
def test_key_frame_lies_inside_its_hold(name: str) -> None:
    """Every hold has a picture, taken between its start and its end, that reads within an error of its deepest."""
    seen = proof(name)
    holds = proof_facts(name).holds

    assert holds
    for hold in holds:
        assert hold.key is not None
        assert hold.start.value <= hold.key.t_s <= hold.end.value
        reading = min((s.reading for s in seen.recording.shots), key=lambda r: abs(r.t_s - hold.key.t_s))
        assert abs(reading.values[seen.watch.main] - hold.peak.value) <= hold.peak.error / 2


@pytest.mark.parametrize("name", list(PROOFS))
def test_layout_is_the_engines_own(name: str) -> None:
    """The picture is read from the side the engine read."""
    seen = proof(name)

    rested = scene_of(seen.watch, seen.events, seen.recording).rested

    assert {r.layout for r in rested} == seen.layouts
    assert all(r.frame is not None and 0 <= r.t_s - r.frame.t_s <= 1 for r in rested)


@pytest.mark.parametrize(("take", "expected"), [("larger", "ankle_right"), ("smaller", "ankle_left")])
def test_either_side_is_shown_on_the_side_that_was_read(take: Take, expected: str) -> None:
    """A measure that takes the larger or the smaller of both sides is pointed out on the side it took."""
    frame = proof("chair_spinal_twist_both_sides").recording.shots[10].frame
    lifted = frame.image_px.copy()
    lifted[INDEX["ankle_right"], 1] -= 40
    sight = sight_of(replace(frame, image_px=lifted, visibility=np.ones(33)), 0.5)
    rise = replace(read_library().measures["ankle_rise"], take=take)

    assert side_read(rise, sight, Layout()).points == (expected,)


def test_swing_shows_both_ends() -> None:
    """A movement without holds is shown at its greatest and its least."""
    greatest, least = proof_facts("rocking_floor_stretch_five").keys
    charted = proof_facts("rocking_floor_stretch_five").charts[0]

    values = [v for _, v in charted.points if v is not None]

    assert greatest.number.value == pytest.approx(max(values), abs=1e-3)
    assert least.number.value == pytest.approx(min(values), abs=1e-3)


def test_no_frames_no_picture() -> None:
    """Holds whose frames were not kept are still reported, without a picture."""
    seen = proof("chair_spinal_twist_both_sides")
    first = tuple(shot for shot in seen.recording.shots if shot.frame.t_s < 1.5)

    facts = facts_from(replace(seen, recording=Recording(first)))

    assert [hold.key for hold in facts.holds] == [None, None]
    assert facts.keys == ()


def test_spread_takes_three_frames_with_a_body() -> None:
    """A recording of which nothing is claimed is shown at three moments; an empty one at none."""
    shots = proof("chair_spinal_twist_both_sides").recording.shots

    assert len(spread(Recording(shots))) == 3
    assert len(spread(Recording(shots[20:21]))) == 1
    assert spread(Recording(())) == ()
    assert watched([], "chair_spinal_twist").recording.shots == ()
