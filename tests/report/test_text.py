"""The terminal's report."""

import pytest

from tests.report.watched import PROOFS, facts_from, proof, proof_facts, watched
from uncrick.coach.events import (
    BodyFound,
    CueRaised,
    Event,
    HoldBroken,
    HoldCompleted,
    PhaseEntered,
    RepetitionCounted,
    StopRaised,
    Unseen,
)
from uncrick.files.library import read_library
from uncrick.pose.frame import empty_frame
from uncrick.report.text import closing_sentences, event_row, header_row, listing


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (BodyFound(0.2), " 0.20   body_found"),
        (PhaseEntered(4.2, "up"), " 4.20   phase_entered      up"),
        (HoldCompleted(9.23, "left", 5.02, 4.2, 9.22, 37.0), " 9.23   hold_completed     left 5.0 s"),
        (HoldBroken(9.23, "", 1.24, 8, 9.2, 37.0, True), " 9.23   hold_broken        1.2 s (after the stop)"),
        (RepetitionCounted(12.07, 1, ""), "12.07   repetition_counted 1"),
        (StopRaised(1.4, "abrupt", "left", "chair_spinal_twist.abrupt"), " 1.40   stop_raised        left abrupt"),
        (Unseen(100.5, "speed", "the picture jitters"), "100.50   unseen             speed: the picture jitters"),
    ],
)
def test_event_row(event: Event, expected: str) -> None:
    """An event is one row of plain columns: time, kind, detail."""
    assert event_row(event) == expected


def test_header_stands_over_its_columns() -> None:
    """The heads stand where the columns begin."""
    row = event_row(PhaseEntered(4.2, "up"))

    assert header_row() == "t_s     event              detail"
    assert header_row().index("event") == row.index("phase_entered")
    assert header_row().index("detail") == row.index("up")


def test_rows_carry_what_is_said() -> None:
    """With words, a cue's row has its sentence."""
    cue = CueRaised(3.0, "moving_fast", "correct", "chair_spinal_twist.moving_fast")

    row = event_row(cue, read_library().words)

    assert row == " 3.00   cue_raised         moving_fast, correct: Slower. Take three seconds to get there."


@pytest.mark.parametrize("name", list(PROOFS))
def test_listing_has_a_row_for_every_event(name: str) -> None:
    """The listing is a header and one line for every event."""
    events = proof(name).events

    assert len(listing(events, read_library().words).splitlines()) == len(events) + 1


def test_closing_sentences() -> None:
    """The end of a set is told in sentences, with errors; a stop with its advice."""
    twist = closing_sentences(proof_facts("chair_spinal_twist_both_sides"))
    abrupt = closing_sentences(proof_facts("chair_spinal_twist_abrupt"))

    assert twist[0] == "Chair Spinal Twist: one repetition, two holds, no stop."
    assert (
        twist[1].startswith("Hold 1, turned left: 5.") and "± 0.2 s, " in twist[1] and "± 4° left, counted." in twist[1]
    )
    assert any(s.startswith("Stopping was the right choice.") for s in abrupt)


def test_closing_sentences_of_nobody() -> None:
    """When nobody was seen, that is what is said."""
    facts = facts_from(
        watched([empty_frame(i / 15) for i in range(30)], "chair_spinal_twist"), partial="it ended early"
    )

    said = closing_sentences(facts)

    assert said[0] == "Chair Spinal Twist: nobody was seen."
    assert said[-1] == "Partial: It ended early."
