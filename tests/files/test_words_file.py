"""Words files: everything that is named must have its words, and every problem is told."""

import pytest

from uncrick.files.library import library_folder, read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.words_file import check_words

ENGLISH = (library_folder() / "words" / "en.yaml").read_text()
EXERCISES = read_library().exercises


def problems_of(*changes: tuple[str, str]) -> list[str]:
    """Return the problems of the English words with some parts replaced, once each."""
    text = ENGLISH
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    words, problems = check_words(read_marked(text, "en.yaml"), EXERCISES.values())
    assert (words is None) == bool(problems)
    return [str(problem) for problem in problems]


def line_of(part: str) -> int:
    """Return the line that *part* stands in."""
    return ENGLISH[: ENGLISH.index(part)].count("\n") + 1


def test_the_words_that_ship_have_no_problems():
    """Every cue, phase, prop and blind spot of every exercise has its English words."""
    assert problems_of() == []


def test_a_cue_finds_its_sentence():
    """What an event says is a key, and the words give the sentence; a key that is not there raises."""
    words = read_library().words

    assert words.cue("chair_spinal_twist.feet_lift") == "Keep both feet flat on the floor."
    with pytest.raises(KeyError):
        words.cue("chair_spinal_twist.dance")


@pytest.mark.parametrize("id_", sorted(EXERCISES))
def test_every_sentence_of_an_exercise_can_be_said(id_):
    """Each cue, and the offer of the easier form, has a sentence that ends as one."""
    words = read_library().words

    for name in (*(cue.name for cue in EXERCISES[id_].cues), "easier"):
        assert words.cue(f"{id_}.{name}").endswith((".", "!", "?"))


CASES = {
    "a cue": (("      feet_lift:", "      feet_lifted:"), "cue 'feet_lift' of chair_spinal_twist"),
    "the easier form": (("      easier: Try it with", "      easy: Try it with"), "cue 'easier' of chair_spinal_twist"),
    "a phase": (("  upright: upright", "  uprite: upright"), "phase 'upright' of rounded_back_stretch"),
    "a prop": (("  exercise_ball: a firm", "  ball: a firm"), "prop 'exercise_ball' of ball_back_stretch"),
    "a blind spot": (("  fingertips:", "  finger:"), "blind spot 'fingertips' of butterfly_stretch"),
}


@pytest.mark.parametrize(("change", "missing"), CASES.values(), ids=CASES)
def test_what_has_no_words_is_told(change, missing):
    """A name that an exercise uses and the file does not have is a problem that says which exercise needs it."""
    assert [p for p in problems_of(change) if f"no words for {missing}" in p]


def test_an_exercise_without_words_is_told():
    """An exercise that the file does not know at all is one problem, with what to add."""
    problems = problems_of(("  butterfly_stretch:", "  butterfly_stretching:"))

    assert [p for p in problems if "no words for exercise 'butterfly_stretch' (add name, start, steps, cues)" in p]


def test_all_problems_are_told_at_once():
    """Missing words of several kinds are told in one go, each with the line of the table they belong in."""
    problems = problems_of(*(change for change, _ in CASES.values()))

    assert all(any(missing in p for p in problems) for _, missing in CASES.values())
    assert f"en.yaml:{line_of('phases:')}  phases  no words for phase 'upright' of rounded_back_stretch" in problems


def test_what_is_not_of_the_form_is_told_with_its_line():
    """A key that does not exist and a list for a sentence are refused where they stand."""
    problems = problems_of(("notice: >-", "notise: >-"), ("slump: Sit tall first, then turn.", "slump: [Sit]"))

    assert [p for p in problems if p.startswith(f"en.yaml:{line_of('notice: >-')}") and "notice" in p]
    assert [p for p in problems if p.startswith(f"en.yaml:{line_of('      slump:')}") and "text" in p]
