"""Events as JSON lines: named, rounded, and as their published schema says."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.clips.replaying import HERE, clip_of, proofs, replayed
from tests.coach.twisting_body import nobody, of, still, turning, twist, watched
from uncrick.coach import events, summary
from uncrick.coach.events import (
    BodyFound,
    BodyLost,
    CueRaised,
    HoldBroken,
    HoldCompleted,
    MovementCounted,
    NeutralSet,
    PhaseEntered,
    RepetitionCounted,
    StopRaised,
    Unseen,
    event_name,
    event_record,
)

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "events.schema.json").read_text())
VALID = Draft202012Validator(SCHEMA)

ONE_OF_EACH = (
    BodyFound(0.2),
    BodyLost(1.0),
    NeutralSet(2.0),
    PhaseEntered(3.0, "left"),
    HoldCompleted(4.0, "left", 5.07, 2.5, 7.57, 37.1),
    HoldBroken(5.0, "right", 1.0, 4.0, 5.0, -20.0, after_stop=True),
    RepetitionCounted(6.0, 1, ""),
    CueRaised(7.0, "feet_lift", "correct", "chair_spinal_twist.feet_lift"),
    StopRaised(8.0, "abrupt", "left", "chair_spinal_twist.abrupt"),
    Unseen(9.0, "ankle_rise", "out of sight"),
    MovementCounted(10.0, 3, revised=False),
)


def test_the_schema_is_a_schema():
    """The published file is itself valid."""
    Draft202012Validator.check_schema(SCHEMA)


def test_every_kind_of_event_has_its_branch():
    """The schema names exactly the events that there are, and the summary."""
    named = {
        branch["properties"]["event"]["const"]
        for branch in SCHEMA["$defs"].values()
        if "event" in branch.get("properties", {})
    }

    assert {type(e) for e in ONE_OF_EACH} == set(events.Event.__args__)
    assert named == {event_name(e) for e in ONE_OF_EACH} | {"set_summary"}
    assert len(SCHEMA["oneOf"]) == len(named)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=event_name)
def test_every_event_is_valid_by_its_schema(event):
    """The record of each event is what the schema promises."""
    VALID.validate(event_record(event))


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=event_name)
def test_a_record_that_lacks_or_adds_a_field_is_refused(event):
    """The schema is exact: no field may be missing, and none may be invented."""
    record = event_record(event)

    for name in record:
        if name != "after_stop":
            with pytest.raises(ValidationError):
                VALID.validate({k: v for k, v in record.items() if k != name})
    with pytest.raises(ValidationError):
        VALID.validate(record | {"mood": "good"})


@pytest.mark.parametrize(("proof", "exercise"), proofs()[:8])
def test_what_recordings_give_is_valid(proof, exercise):
    """Every line of a replay, the summary last, is what the schema promises."""
    told, whole = replayed(clip_of(proof), exercise)

    for record in (*map(event_record, told), summary.summary_record(whole)):
        VALID.validate(json.loads(json.dumps(record, allow_nan=False)))
    assert (HERE / f"{proof}.events.jsonl").exists()


def test_what_goes_wrong_is_valid_too():
    """A stop with what follows it, a lost body, a broken hold, a cue and something unseen pass the schema."""
    abrupt = [(0, 0), (2, 0), (2.4, 40), (4, 40), (6, 0), (8, 0)]
    told = [
        *watched(twist(9.0), [*turning(*abrupt), *nobody(8.1, 10)]),
        *watched(twist(), still(0, 4, feet=0.0, hidden=("ankle_left", "ankle_right"))),
    ]

    assert of(told, StopRaised) and of(told, BodyLost) and of(told, HoldBroken)
    for event in told:
        VALID.validate(event_record(event))


def test_a_recording_without_an_exercise_closes_with_an_empty_summary():
    """When nothing was recognised the last line says so: no exercise, nothing counted."""
    record = summary.nothing_record(18.4)

    VALID.validate(record)
    assert (record["exercise"], record["n_repetitions"], record["t_s"]) == (None, 0, 18.4)


def test_names_are_those_of_the_contract():
    """Kinds are written in small letters with underscores."""
    assert [event_name(e) for e in ONE_OF_EACH] == [
        "body_found", "body_lost", "neutral_set", "phase_entered", "hold_completed", "hold_broken",
        "repetition_counted", "cue_raised", "stop_raised", "unseen", "movement_counted",
    ]  # fmt: skip


def test_numbers_are_rounded_to_a_thousandth_and_time_goes_first():
    """A record reads t_s, event, and then the rest, to a millisecond."""
    record = event_record(HoldCompleted(8.33333333, "left", 5.06951, 2.49649, 7.566, 37.14812))

    assert list(record)[:2] == ["t_s", "event"]
    assert record == {
        "t_s": 8.333, "event": "hold_completed", "side": "left",
        "hold_s": 5.07, "start_s": 2.496, "end_s": 7.566, "peak": 37.148,
    }  # fmt: skip


def test_after_stop_is_only_there_when_it_is_true():
    """A record is marked when it comes after a stop, and else says nothing of stops."""
    assert event_record(PhaseEntered(1.0, "left", after_stop=True))["after_stop"] is True
    assert "after_stop" not in event_record(PhaseEntered(1.0, "left"))
