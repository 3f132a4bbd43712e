"""Looking into the library, and checking files that people write for it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.exercise.definition import Exercise
from uncrick.exercise.figure import drawn
from uncrick.exercise.words import ExerciseWords, Words
from uncrick.files.exercise_file import check_exercise
from uncrick.files.library import read_library, with_own_exercise
from uncrick.files.marked_yaml import Marked, read_marked
from uncrick.files.measure_file import check_measures
from uncrick.files.words_file import check_words
from uncrick.motion.measure import Measure


def all_exercises() -> list[tuple[Exercise, ExerciseWords]]:
    """Return every exercise of the library with its words, by id."""
    library = read_library()
    return [(exercise, library.words.exercises[id_]) for id_, exercise in library.exercises.items()]


def one_exercise(id_: str) -> tuple[Exercise, ExerciseWords]:
    """Return one exercise with its words, of the library or (``mine.yaml``) of a person's own file.

    Raises ProblemsError with the nearest id for one that does not exist, or with every problem of the file.
    """
    library = read_library()
    if id_.endswith((".yaml", ".yml")):
        library, id_ = with_own_exercise(library, Path(id_))
    if id_ not in library.exercises:
        says = f"no exercise '{id_}'{nearest(id_, library.exercises)}"
        raise ProblemsError([Problem("--exercise", says, "uncrick exercises")])
    return library.exercises[id_], library.words.exercises[id_]


def exercise_drawing(exercise: Exercise) -> str:
    """Return the phase table of one exercise as text."""
    return drawn(exercise, read_library().measures)


def exercise_record(exercise: Exercise, words: ExerciseWords) -> dict[str, Any]:
    """Return an exercise with its words as one JSON object."""
    return asdict(exercise) | {"words": asdict(words)}


def all_measures() -> list[Measure]:
    """Return every measure the camera may judge, by name."""
    return list(read_library().measures.values())


def check_file(path: Path) -> list[Problem]:
    """Return everything that is wrong with one file of the library's kinds, told by what is in it."""
    try:
        marked = read_marked(path)
    except ProblemsError as error:
        return error.problems
    return _check_kind(marked)


def _check_kind(marked: Marked) -> list[Problem]:
    library = read_library()
    value = marked.value if isinstance(marked.value, dict) else {}
    if "phases" in value and "exercises" in value:
        return check_words(marked, library.exercises.values())[1]
    if "repetition" in value or "phases" in value or "id" in value:
        return check_exercise(marked, library.measures)[1]
    if value and all(isinstance(one, dict) and "points" in one for one in value.values()):
        return check_measures(marked)[1]
    hint = "an exercise has 'id' and 'phases', a measure 'kind' and 'points', words 'exercises' and 'phases'"
    return [*marked.problems, marked.problem((), "is none of the kinds of file that Uncrick knows", hint)]


def read_words() -> Words:
    """Return the words of the library."""
    return read_library().words


def what_is_judged(exercise: Exercise, own: ExerciseWords) -> list[str]:
    """Return, as sentences, what the camera judges in *exercise*, and what it cannot."""
    words = read_library().words
    judged = [f"{words.severities[cue.severity]}: {own.cues[cue.name]}" for cue in exercise.cues]
    return [*judged, *(f"cannot see: {words.unjudged[name]}" for name in exercise.unjudged)]
