"""What a set came to: gathered frame by frame, and the same as its events say."""

import json
import math

import pytest
from jsonschema import Draft202012Validator

from tests.coach.test_events import SCHEMA
from tests.coach.twisting_body import in_time, nobody, still, turning, twist
from uncrick.coach import engine, summary
from uncrick.coach.events import CueRaised, HoldBroken, HoldCompleted, NeutralSet, RepetitionCounted, StopRaised, Unseen
from uncrick.coach.summary import SetSummary, SummaryState
from uncrick.coach.watch import Reading, Seen, Watch, compile_watch
from uncrick.files.library import read_library

BOTH = [
    (0, 0), (2, 0), (5, 40), (11, 40), (14, 0), (16, 0), (19, -38), (25, -38), (28, 0), (30, 0),
]  # fmt: skip


def summed(watch: Watch, frames) -> SetSummary:
    """Watch *frames* and return the summary of the set."""
    state, sums, t_s = None, None, 0.0
    for frame in frames:
        state, seen = engine.step(watch, state, frame)
        sums, _ = summary.step(watch, sums, seen)
        t_s = frame.t_s
    return summary.summarise(watch, sums, engine.finish(watch, state, t_s))


def gathered(*readings: Reading, events=()) -> SetSummary:
    """Return the summary of hand-made readings, with *events* in the last of them."""
    sums: SummaryState | None = None
    for i, reading in enumerate(readings):
        sums, _ = summary.step(twist(), sums, Seen(events if i == len(readings) - 1 else (), reading))
    return summary.summarise(twist(), sums)


def reading(t_s: float, value: float) -> Reading:
    """Return a reading in which the judged measure has *value* and all others are unseen."""
    return Reading(t_s, "middle", (value, *[math.nan] * 4), math.nan, usable=True)


def test_a_set_is_summed_up():
    """Repetitions, holds with sides and depths, the range of the turn, when it began, ended and was calibrated."""
    told = summed(twist(), turning(*BOTH))

    assert (told.exercise, told.n_reps, told.measure, told.unit) == ("chair_spinal_twist", 1, "trunk_rotation", "deg")
    assert [(h.side, h.completed, h.after_stop) for h in told.holds] == [("left", True, False), ("right", True, False)]
    assert [h.hold_s for h in told.holds] == pytest.approx([6, 6], abs=0.2)
    assert (told.start_s, told.end_s) == (0.0, 30.0)
    assert 0.6 < told.neutral_s < 1.1
    low, high = next((low, high) for name, low, high in told.ranges if name == "trunk_rotation")
    assert (low, high) == pytest.approx((-38, 40), abs=0.5)
    assert told.stops == told.cues == told.unseen == ()


def test_a_hold_that_is_on_at_the_end_belongs_to_the_set():
    """The events of the end are summed up with the others."""
    told = summed(twist(), turning(*BOTH[:4]))

    assert [h.side for h in told.holds] == ["left"]
    assert told.holds[0].end_s == told.end_s


def test_the_seen_fraction_is_of_all_frames():
    """A set seen for half of its frames, neutral and all, says so."""
    told = summed(twist(), in_time(still(0, 10), nobody(10, 20)))

    assert told.seen_fraction == pytest.approx(0.5, abs=0.06)


def test_frames_in_which_the_judged_measure_is_unseen_count_against_it():
    """Three of four readings with a value are a fraction of 0.75, whatever the other measures do."""
    told = gathered(reading(0, 1.0), reading(1, math.nan), reading(2, 3.0), reading(3, -2.0))

    assert told.seen_fraction == 0.75
    assert told.ranges == (("trunk_rotation", -2.0, 3.0),)


def test_an_unseen_first_value_does_not_spoil_the_range():
    """The range begins with the first value that was seen."""
    assert gathered(reading(0, math.nan), reading(1, 5.0)).ranges == (("trunk_rotation", 5.0, 5.0),)


def test_nothing_at_all_is_a_summary_of_nothing():
    """A set without a frame has no time, no neutral and nothing seen."""
    told = summary.summarise(twist(), None)

    assert math.isnan(told.start_s) and math.isnan(told.end_s) and math.isnan(told.neutral_s)
    assert (told.n_reps, told.holds, told.ranges, told.seen_fraction) == (0, (), (), 0.0)


def test_every_event_finds_its_place():
    """Counts, holds whole and broken, stops, cues by name and what was unseen are each listed once."""
    events = (
        NeutralSet(0.9),
        CueRaised(1.0, "feet_lift", "correct", "chair_spinal_twist.feet_lift"),
        HoldCompleted(2.0, "left", 5.0, 1.0, 6.0, 40.0),
        HoldBroken(3.0, "right", 1.0, 7.0, 8.0, -20.0, after_stop=True),
        RepetitionCounted(4.0, 1, ""),
        RepetitionCounted(5.0, 2, ""),
        CueRaised(6.0, "feet_lift", "correct", "chair_spinal_twist.feet_lift"),
        CueRaised(7.0, "slump", "correct", "chair_spinal_twist.slump"),
        StopRaised(8.0, "abrupt", "left", "chair_spinal_twist.abrupt"),
        Unseen(9.0, "ankle_rise", "out of sight"),
    )

    told = gathered(reading(0, 0.0), reading(10, 0.0), events=events)

    assert told.n_reps == 2
    assert [(h.side, h.completed, h.after_stop) for h in told.holds] == [("left", True, False), ("right", False, True)]
    assert told.cues == (("feet_lift", 2), ("slump", 1))
    assert [(s.t_s, s.reason, s.side) for s in told.stops] == [(8.0, "abrupt", "left")]
    assert [u.measure for u in told.unseen] == ["ankle_rise"]
    assert told.neutral_s == 0.9


@pytest.mark.parametrize(
    "frames",
    [
        turning(*BOTH),
        turning((0, 0), (2, 0), (2.4, 40), (5, 40), (7, 0), (8, 0)),
        still(0, 8, hidden=("hip_left", "hip_right")),
        nobody(0, 2),
        [],
    ],
    ids=["whole", "stopped", "cut off", "nobody", "nothing"],
)
def test_the_record_is_valid_by_the_schema(frames):
    """The summary of every kind of set, also of none, is a line that the published schema accepts."""
    record = json.loads(json.dumps(summary.summary_record(summed(twist(), frames)), allow_nan=False))

    Draft202012Validator(SCHEMA).validate(record)


def test_a_peak_is_in_degrees_only_where_the_measure_is():
    """The hold of a closing of elbows has a peak in its ratio, and no degrees."""
    library = read_library()
    butterfly = compile_watch(library.exercises["butterfly_stretch"], library.measures)
    hold = HoldCompleted(2.0, "", 5.0, 1.0, 6.0, 0.27)
    seen = Seen((hold,), Reading(0.0, "", (), math.nan, usable=False))

    closing = summary.summary_record(summary.summarise(butterfly, summary.step(butterfly, None, seen)[0]))
    turn = summary.summary_record(summary.summarise(twist(), summary.step(twist(), None, seen)[0]))

    assert [(h["peak"], h["peak_deg"], h["measure"], h["unit"]) for h in (*closing["holds"], *turn["holds"])] == [
        (0.27, None, "elbow_gap", "ratio"), (0.27, 0.27, "trunk_rotation", "deg"),
    ]  # fmt: skip
