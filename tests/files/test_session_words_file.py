"""The words of a guided session: complete, with gaps that are known, and problems with their lines."""

from typing import get_args

from uncrick.coach.played import Stage
from uncrick.files.library import read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.session_words_file import check_session_words, read_session_words

SENTENCES = """\
said: {get_ready: "{name}. {strat}"}
stages: {hold: Hold}
lights: {}
reasons: {}
movements: {}
otherwise: {move: In., back: Out.}
change: {}
"""


def test_what_ships_has_words_for_every_stage_and_movement_words_that_exist() -> None:
    """Every stage has its words, and every movement belongs to an exercise."""
    words = read_session_words()

    assert set(words.stages) == set(get_args(Stage))
    assert set(words.movements) <= set(read_library().exercises)


def test_every_reason_to_stop_has_its_words() -> None:
    """Whatever cue of the library can stop a set, the summary can say why in words."""
    exercises = read_library().exercises.values()
    stops = {cue.name for exercise in exercises for cue in exercise.cues if cue.severity == "stop"}

    assert stops - set(read_session_words().reasons) == set()


def test_cues_on_the_screen_are_short() -> None:
    """What is said of a movement has at most six words, so that it can be read at two metres."""
    words = read_session_words()
    movements = [words.otherwise, *words.movements.values()]

    assert [s for m in movements for s in (m.move, m.back) if len(s.split()) > 6] == []


def test_every_problem_is_named_with_its_line(tmp_path) -> None:
    """A gap that nobody fills and a stage without words are both found, with file and line."""
    path = tmp_path / "en.yaml"
    path.write_text(SENTENCES, encoding="utf-8")

    words, problems = check_session_words(read_marked(path, "en.yaml"))

    assert words is None
    assert any("no gap 'strat'" in str(p) and "en.yaml:1" in str(p) for p in problems)
    assert any("no words for stage 'rest'" in str(p) for p in problems)
    assert any("no words for reason 'hurts'" in str(p) for p in problems)
