"""library/screening.yaml at its door."""

from uncrick.files.library import library_folder, read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.screening_file import check_screening, read_rulebook

TEXT = (library_folder() / "screening.yaml").read_text(encoding="utf-8")
SOURCES = read_rulebook().sources


def problems(text: str) -> list[str]:
    marked = read_marked(text, "screening.yaml")
    return [str(p) for p in check_screening(marked, SOURCES, read_library().exercises)[1]]


def test_the_file_that_ships_is_whole():
    """What ships has 26 questions, 36 conditions, 6 stop events, both pain rules and no problem."""
    book = read_rulebook()

    assert [len(t) for t in (book.questions, book.conditions, book.stops, book.pain_rules)] == [26, 36, 6, 2]
    assert problems(TEXT) == []


def test_every_unknown_name_is_told_with_its_line():
    """Wrong attributes, questions, exercises and sources are all told at once, each with its line and the nearest."""
    wrong = (
        TEXT.replace("attribute: spine_flexion, at_least: 3", "attribute: spine_flexon, at_least: 3", 1)
        .replace("may_do: [walking]", "may_do: [wolking]")
        .replace("then_ask: [neck_vascular]", "then_ask: [neck_vasculer]")
        .replace("source: [ces_card, finucane2020]", "source: [ces_cart, finucane2020]", 1)
    )

    found = problems(wrong)

    assert [p.split("; ")[1] for p in found] == [
        "did you mean 'ces_card'?",
        "did you mean 'walking'?",
        "did you mean 'spine_flexion'?",
        "did you mean 'neck_vascular'?",
    ]
    assert all(p.startswith("screening.yaml:") for p in found)


def test_emergency_message_must_leave_room_for_the_persons_own_number():
    """A message that does not name the default number is refused: the person's own could not take its place."""
    found = problems(TEXT.replace("Call your local emergency number", "Call for help"))

    assert len(found) == 1
    assert "default emergency number" in found[0]


def test_missing_level_and_wrong_types_are_told():
    """A level that is not there and a word where a number belongs are problems, not exceptions."""
    assert "'maybe'" in problems(TEXT.replace("if_yes: clinician", "if_yes: maybe", 1))[0]
    assert "wanted a whole number" in problems(TEXT.replace("full_every_days: 30", "full_every_days: soon"))[0]
