"""What stands on each picture of an annotated video."""

import math

from uncrick.app.captions import SHOWN_S, Captioner
from uncrick.coach.events import CueRaised, RepetitionCounted, StopRaised
from uncrick.coach.lineup import LineupSeen
from uncrick.coach.watch import Reading
from uncrick.files.library import read_library

CUE = CueRaised(5.0, "feet_lift", "correct", "chair_spinal_twist.feet_lift")
STOP = StopRaised(6.0, "abrupt", "left", "chair_spinal_twist.abrupt")


def seen(t_s, *events, exercise="chair_spinal_twist", hold_s=math.nan, turn=10.0, phase="left") -> LineupSeen:
    """Return what one frame of a twist brought."""
    reading = Reading(t_s, phase, (turn, *[math.nan] * 4), hold_s, usable=True)
    return LineupSeen(events, exercise, (reading,), 0)


def captioned(*frames: LineupSeen):
    """Return the caption of the last of some frames."""
    captioner = Captioner(read_library())
    return [captioner.caption(frame) for frame in frames][-1]


def test_before_it_is_clear_the_caption_only_watches():
    """As long as no exercise is recognised there is nothing to say but that somebody is watched."""
    caption = captioned(seen(1.0, exercise=""))

    assert (caption.phase, caption.says, caption.severity) == ("watching", "", "none")


def test_the_phase_line_says_exercise_phase_value_and_its_error():
    """Name, phase, the turn without its sign and with its error."""
    assert captioned(seen(1.0, turn=-23.4, phase="right")).phase == "Chair Spinal Twist  ·  turned right  ·  23° ± 4"


def test_a_hold_counts_up_and_is_good():
    """While somebody holds, the seconds stand there and the picture is calm."""
    caption = captioned(seen(5.0, hold_s=3.2))

    assert "held 3 s" in caption.phase
    assert caption.severity == "good"


def test_an_unseen_value_is_left_out():
    """What cannot be seen has no number."""
    assert "°" not in captioned(seen(1.0, turn=math.nan)).phase


def test_repetitions_are_counted_on():
    """The last count stays on the picture."""
    assert captioned(seen(1.0, RepetitionCounted(1.0, 2, "")), seen(2.0)).phase.endswith("2 counted")


def test_a_cue_stays_to_be_read_and_goes():
    """The sentence of a cue stands for four seconds with the joints it is about, and then no longer."""
    during, after = captioned(seen(5.0, CUE), seen(5.0 + SHOWN_S - 0.1)), captioned(seen(5.0, CUE), seen(5.1 + SHOWN_S))

    assert (during.says, during.severity) == ("Keep both feet flat on the floor.", "cue")
    assert "ankle_left" in during.joints
    assert (after.says, after.severity, after.joints) == ("", "none", frozenset())


def test_a_stop_stays_to_the_end_and_nothing_is_said_over_it():
    """After a stop its sentence stands until the end, whatever else is raised and however long it takes."""
    caption = captioned(seen(6.0, STOP), seen(7.0, CUE), seen(100.0, hold_s=5.0))

    assert caption.says == "Stop there. That was too sudden. Come back to the middle and rest."
    assert caption.severity == "stop"
