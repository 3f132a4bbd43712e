"""Choosing the one thing to say: what lasts, what weighs most, and when to be silent."""

from dataclasses import replace

import pytest

from uncrick.coach import cues
from uncrick.coach.cues import Chosen, Cues, CueState, Judged
from uncrick.coach.phases import Values
from uncrick.exercise.definition import Condition, Cue
from uncrick.files.library import read_library

INDEX = {"a": 0, "b": 1, "c": 2}
FPS = 30.0


def cue(name: str, measure: str = "a", **fields) -> Cue:
    """Return a cue that is true while *measure* is above 0.5."""
    return Cue(name, ((Condition(measure, "above", 0.5),),), **({"severity": "correct"} | fields))


def compiled(*made: Cue) -> Cues:
    """Compile the cues of an exercise that has these."""
    return cues.compile_cues(replace(read_library().exercises["chair_spinal_twist"], cues=made), INDEX)


class Said:
    """What was said while a course was judged: (t_s, name), with ``?`` for an offer of the easier form."""

    def __init__(self, settings: Cues) -> None:
        self.settings, self.state, self.t_s = settings, None, 0.0
        self.all: list[tuple[float, str]] = []

    def during(self, duration_s: float, *true: str, phase: str = "", speakable: bool = True) -> "Said":
        """Go on for *duration_s* with these measures true."""
        values = Values(tuple(float(name in true) for name in INDEX))
        for _ in range(round(duration_s * FPS)):
            judged = Judged(self.t_s, phase, values, speakable)
            self.state, chosen = cues.step(self.settings, self.state, judged)
            self.all += [(self.t_s, chosen.cue.name + "?" * chosen.offer)] if chosen else []
            self.t_s += 1 / FPS
        return self

    @property
    def names(self) -> list[str]:
        """The names alone."""
        return [name for _, name in self.all]


def test_a_fault_is_said_when_it_has_lasted_1_2_s():
    """A correction comes 1.2 s after its fault began, not before."""
    said = Said(compiled(cue("lean"))).during(2).during(4, "a")

    assert said.names == ["lean"]
    assert said.all[0][0] == pytest.approx(2 + 1.2, abs=1.5 / FPS)


def test_a_fault_that_passes_is_not_said():
    """A second of fault is forgiven, as often as it comes, when it is gone for more than half a second between."""
    said = Said(compiled(cue("lean")))
    for _ in range(5):
        said.during(1.0, "a").during(0.6)

    assert said.names == []


def test_a_fault_that_flickers_is_one_fault():
    """Gone for less than half a second, it has lasted all the same."""
    said = Said(compiled(cue("lean")))
    for _ in range(3):
        said.during(0.5, "a").during(0.3)

    assert said.names == ["lean"]


def test_one_fault_is_said_once_while_it_lasts():
    """A fault that goes on and on is not repeated: only one that was gone comes up again."""
    assert Said(compiled(cue("lean"))).during(30, "a").names == ["lean"]


def test_six_seconds_of_silence_follow_a_cue():
    """A second fault that begins right after the first was said waits until six seconds are over."""
    said = Said(compiled(cue("lean"), cue("feet", "b"))).during(1.3, "a").during(4).during(10, "b")

    (first, lean), (second, feet) = said.all
    assert (lean, feet) == ("lean", "feet")
    assert second - first == pytest.approx(6.0, abs=1.5 / FPS)


def test_what_waits_too_long_is_dropped():
    """A fault that came and went early in the silence is not brought up after it."""
    said = Said(compiled(cue("lean"), cue("feet", "b"))).during(1.5, "a").during(1.3, "b").during(10)

    assert said.names == ["lean"]


def test_the_same_cue_twice_and_then_the_easier_form():
    """The third time the easier form is offered; after that the cue is not said again in this set."""
    said = Said(compiled(cue("lean")))
    for _ in range(6):
        said.during(2, "a").during(7)

    assert said.names == ["lean", "lean", "lean?"]


def test_each_cue_has_its_own_count():
    """Two cues said once each are no reason to offer the easier form."""
    said = Said(compiled(cue("lean"), cue("feet", "b")))
    for measure in "abab":
        said.during(2, measure).during(7)

    assert said.names == ["lean", "feet", "lean", "feet"]


@pytest.mark.parametrize(
    ("one", "two", "first"),
    [
        (cue("one", "a", rank=5), cue("two", "b", rank=2), "two"),
        (cue("one", "a", rank=2), cue("two", "b", rank=5), "one"),
        (cue("one", "a", severity="tip", rank=1), cue("two", "b", rank=9), "two"),
    ],
)
def test_the_heavier_of_two_faults_is_said(one, two, first):
    """Of two faults at once a correction goes before a tip, and a lower rank before a higher; the other comes later."""
    said = Said(compiled(one, two)).during(20, "a", "b")

    assert said.names == [first, "two" if first == "one" else "one"]
    assert said.all[1][0] - said.all[0][0] == pytest.approx(6.0, abs=1.5 / FPS)


def test_after_the_silence_the_heaviest_fault_goes_first():
    """Of the faults that are there when the silence ends the heaviest is said, and nothing else for six seconds."""
    said = Said(compiled(cue("lean"), cue("light", "b", rank=6), cue("heavy", "c", rank=4)))

    said.during(1.3, "a").during(2).during(1.4, "b").during(8, "b", "c")

    assert said.names == ["lean", "heavy"]


def test_a_fault_that_is_there_goes_before_one_that_is_over():
    """A heavier fault that has passed in the silence gives way to a lighter one that is still there."""
    said = Said(compiled(cue("lean"), cue("light", "b", rank=6), cue("heavy", "c", rank=4)))

    said.during(1.3, "a").during(2.2).during(1.4, "b", "c").during(3.2, "b")

    assert said.names == ["lean", "light"]


def test_a_fault_that_is_over_is_said_if_it_has_just_passed():
    """A fault that ended in the silence, less than three seconds before its end, is said after it."""
    said = Said(compiled(cue("lean"), cue("feet", "b"))).during(1.5, "a").during(2).during(1.5, "b").during(8)

    (_, lean), (t_s, feet) = said.all
    assert (lean, feet) == ("lean", "feet")
    assert t_s == pytest.approx(1.2 + 6.0, abs=2.5 / FPS)


def test_nothing_is_said_while_it_is_not_the_time():
    """On the way into a stretch a fault waits: it is said as soon as it may be if it is there or has just passed."""
    there = Said(compiled(cue("lean"))).during(5, "a", speakable=False).during(3, "a")
    passed = Said(compiled(cue("lean"))).during(2, "a", speakable=False).during(2, speakable=False).during(3)
    long_past = Said(compiled(cue("lean"))).during(2, "a", speakable=False).during(4, speakable=False).during(3)

    assert [t_s for t_s, _ in there.all] == pytest.approx([5.0], abs=1.5 / FPS)
    assert [t_s for t_s, _ in passed.all] == pytest.approx([4.0], abs=1.5 / FPS)
    assert long_past.names == []


def test_a_cue_speaks_in_its_phases_only():
    """A cue for the hold is silent at rest, and its fault begins to last when the phase does."""
    said = Said(compiled(cue("lean", phases=("left",)))).during(5, "a", phase="middle").during(5, "a", phase="left")

    assert said.names == ["lean"]
    assert said.all[0][0] == pytest.approx(5 + 1.2, abs=1.5 / FPS)


@pytest.mark.parametrize("speakable", [True, False])
def test_a_stop_beats_everything(speakable):
    """A stop is said at once: in silence, on the way in, and before any correction that is due."""
    stop = cue("abrupt", "b", severity="stop", for_s=0.0, rank=9)
    said = Said(compiled(cue("lean", rank=1), stop)).during(1.3, "a").during(1.0, "a")

    said.during(1 / FPS, "a", "b", speakable=speakable)

    assert said.names == ["lean", "abrupt"]
    assert said.all[1][0] == pytest.approx(2.3, abs=1.5 / FPS)


def test_a_stop_that_must_last_lasts():
    """A stop with a duration comes when it has lasted that long."""
    stop = cue("big_roll", severity="stop", for_s=0.2)

    assert Said(compiled(stop)).during(0.15, "a").during(1).names == []
    assert Said(compiled(stop)).during(0.3, "a").names == ["big_roll"]


def test_a_step_changes_no_state_it_was_given():
    """The state may be kept and gone on from again."""
    settings = compiled(cue("lean", for_s=0.0))
    before = CueState((), (0,))
    judged = Judged(1.0, "", Values((1.0, 0.0, 0.0)), True)

    assert [cues.step(settings, before, judged)[1] for _ in range(2)] == [Chosen(settings.cues[0])] * 2
