"""The sentences of a report."""

import pytest

from uncrick.exercise.definition import Condition
from uncrick.files.library import read_library
from uncrick.report.words import STOP_ADVICE, condition_words, duration_words, listed, n_words, sentence


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "no hold"), (1, "one hold"), (2, "two holds"), (10, "ten holds"), (12, "12 holds")]
)
def test_n_words(n: int, expected: str) -> None:
    """Counts are words up to ten."""
    assert n_words(n, "hold") == expected


def test_duration_words() -> None:
    """Durations are seconds to a minute, then minutes and whole seconds."""
    assert [duration_words(s) for s in (0.0, 18.34, 119.6, 125.0)] == ["0.0 s", "18.3 s", "2 min 00 s", "2 min 05 s"]


def test_listed_and_sentence() -> None:
    """Lists join as a sentence does; a sentence begins with a capital and ends with one stop."""
    assert [listed(p) for p in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert [sentence(s) for s in ("it ended", "It ended.", "")] == ["It ended.", "It ended.", ""]


def test_condition_words_state_the_rule() -> None:
    """A rule is told with its measure, its limit and its window."""
    yaw = read_library().measures["shoulder_yaw"]

    says = condition_words(Condition("shoulder_yaw", "moves", 35), yaw)

    assert says == "turn of the shoulder line, averaged over the picture and the room: 35° or more within 0.7 s"


def test_condition_words_keep_the_digits_of_a_limit() -> None:
    """A limit is printed as it was written, even where its measure's error is larger."""
    rise = read_library().measures["ankle_rise"]

    assert condition_words(Condition("ankle_rise", "above", 0.12), rise).endswith("more than 0.12")


def test_every_rule_of_the_library_has_words() -> None:
    """No condition of any exercise is without words."""
    library = read_library()
    conditions = [c for e in library.exercises.values() for cue in e.cues for group in cue.when for c in group]

    said = [condition_words(c, library.measures.get(c.measure)) for c in conditions]

    assert len(said) > 10
    assert all(any(ch.isdigit() for ch in text) for text in said)


def test_stop_advice() -> None:
    """After a stop the report says that stopping was right."""
    assert STOP_ADVICE.startswith("Stopping was the right choice.")
