"""What a report states of a set."""

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from tests.clips.replaying import clip_of
from tests.report.watched import PROOFS, facts_from, proof, proof_facts, sitting_still, watched
from uncrick.coach.events import Unseen
from uncrick.files.library import read_library
from uncrick.pose.frame import empty_frame
from uncrick.report.facts import Facts
from uncrick.report.gather import facts_of_unrecognised
from uncrick.report.number import Number
from uncrick.report.recording import Recording

TWIST = "chair_spinal_twist_both_sides"


def numbers(value: object) -> Iterator[Number]:
    """Yield every number anywhere in *value*."""
    if isinstance(value, Number):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from numbers(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from numbers(item)


def based(facts: Facts) -> bool:
    keys = {basis.key for basis in facts.bases}
    return {number.basis for number in numbers(facts)} <= keys and [b.n for b in facts.bases] == list(
        range(1, len(facts.bases) + 1)
    )


def test_headline_counts_without_a_verdict() -> None:
    """The headline says how many repetitions, holds and stops there were, and nothing else."""
    expected = {
        TWIST: "One repetition, two holds, no stop",
        "butterfly_stretch_two": "Two repetitions, two holds, no stop",
        "rocking_floor_stretch_five": "Five repetitions, no stop",
        "chair_spinal_twist_abrupt": "One stop; before it no repetition and no hold",
    }

    assert {name: proof_facts(name).headline for name in expected} == expected


@pytest.mark.parametrize("name", list(PROOFS))
def test_every_number_has_its_basis(name: str) -> None:
    """Every number names a basis that is in the report, and the bases are numbered from one."""
    facts = proof_facts(name)

    assert len(list(numbers(facts))) > 20
    assert based(facts)


@pytest.mark.parametrize("name", list(PROOFS))
def test_every_basis_is_whole(name: str) -> None:
    """Every basis says how, how far off, and what it rests on."""
    assert all(b.title and b.how and b.error and b.rests_on for b in proof_facts(name).bases)


def test_holds_carry_their_error() -> None:
    """Lengths and depths of holds are the summary's own, with the engine's error and the measure's."""
    seen, facts = proof(TWIST), proof_facts(TWIST)

    assert [h.length.value for h in facts.holds] == [h.hold_s for h in seen.summary.holds]
    assert {h.length.error for h in facts.holds} == {seen.watch.limits.hold_error_s}
    assert {h.peak.error for h in facts.holds} == {seen.watch.measures[seen.watch.main].error}
    assert [h.side for h in facts.holds] == ["left", "right"]


def test_stop_is_told_with_its_rule() -> None:
    """A stop says what was said and which rule it came from; holds after it are listed and not counted."""
    facts = proof_facts("chair_spinal_twist_abrupt")

    assert facts.stops[0].says == "Stop there. That was too sudden. Come back to the middle and rest."
    assert "35° or more within 0.7 s" in facts.stops[0].why
    assert {hold.says for hold in facts.holds} == {"after the stop, not counted"}
    assert not any(hold.counted for hold in facts.holds)
    assert "Two holds after it are listed and not counted." in facts.lead


def test_nobody() -> None:
    """A recording without a person says that nobody was seen, and claims nothing."""
    facts = facts_from(watched([empty_frame(i / 15) for i in range(60)], "chair_spinal_twist"))

    assert (facts.outcome, facts.headline) == ("nobody", "Nobody was seen")
    assert (facts.holds, facts.charts, facts.repetitions, facts.ranges) == ((), (), None, ())
    assert based(facts)


def test_no_frames_at_all() -> None:
    """A recording without frames is a report too."""
    facts = facts_from(watched([], "chair_spinal_twist"))

    assert facts.outcome == "nobody"
    assert facts.origin.frames.value == 0


def test_sitting_still_is_nothing_counted() -> None:
    """Somebody who sits still in the start position did nothing that is counted, and is told so."""
    facts = facts_from(sitting_still(12))

    assert (facts.outcome, facts.headline) == ("idle", "Nothing was counted")
    assert facts.charts[0].brackets == ()
    assert based(facts)


def test_something_else() -> None:
    """When another exercise was recognised, the report names it and claims nothing about it."""
    seen = watched(clip_of("butterfly_stretch_two"), "rocking_floor_stretch")

    facts = facts_from(seen, looks_like="butterfly_stretch")

    assert (facts.outcome, facts.headline) == ("other", "Something else was being done")
    assert facts.lead.startswith("It looks like the Butterfly Stretch.")
    assert len(facts.glimpses) == 3


def test_something_else_said_by_the_coach() -> None:
    """The coach's own word that something else is being done makes the report say so, with names instead of ids."""
    seen = watched(clip_of("butterfly_stretch_two"), "rocking_floor_stretch")
    word = Unseen(9.0, "exercise", "something else is being done, not rocking_floor_stretch")

    facts = facts_from(replace(seen, events=(*seen.events, word)))

    assert facts.outcome == "other"
    assert facts.unseen[-1].why == "Something else is being done, not Rocking Floor Stretch."


def test_waiting_for_the_start_position() -> None:
    """Somebody who never takes the start position is told which one it is and where the camera should be."""
    facts = facts_from(watched(clip_of("butterfly_stretch_two"), "rocking_floor_stretch"))

    assert facts.outcome == "waiting"
    assert any("Lie on your back" in hint for hint in facts.hints)
    assert any("from the side" in hint for hint in facts.hints)


@pytest.mark.parametrize("n_seen", [11, 23])
def test_hidden_body(n_seen: int) -> None:
    """Somebody of whom only the head, or all above the hips, is seen is told so, not that they did something else."""
    frames = list(clip_of(TWIST))
    cut = [replace(f, visibility=np.where(np.arange(33) < n_seen, f.visibility, 0.0)) for f in frames]

    facts = facts_from(watched(cut, "chair_spinal_twist"))

    assert (facts.outcome, facts.headline) == ("hidden", "Too little of the body was seen")


def test_unrecognised() -> None:
    """Without an exercise the report says which were looked for."""
    shots = proof(TWIST).recording.shots

    facts = facts_of_unrecognised(["chair_spinal_twist"], Recording(shots), read_library().words)

    assert (facts.outcome, facts.tried) == ("unrecognised", ("Chair Spinal Twist",))
    assert facts_of_unrecognised([], Recording(()), read_library().words).outcome == "nobody"
    assert based(facts)


def test_interrupted_before_anything() -> None:
    """Half a hold, cut off, is reported as it stands."""
    facts = facts_from(watched(list(clip_of(TWIST))[:80], "chair_spinal_twist"), partial="stopped from the keyboard")

    assert facts.origin.partial == "stopped from the keyboard"
    assert [hold.says for hold in facts.holds] == ["counted"]
    assert all(math.isfinite(hold.length.value) for hold in facts.holds)
