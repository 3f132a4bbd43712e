"""The library that ships: measures, exercises and words, read once and checked against each other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.exercise.definition import Exercise
from uncrick.exercise.words import ExerciseWords, Words
from uncrick.files.exercise_file import check_exercise
from uncrick.files.marked_yaml import Marked, read_marked
from uncrick.files.measure_file import check_measures
from uncrick.files.words_file import EASIER, check_words
from uncrick.motion.measure import Measure


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that ships, by id or name, in alphabetical order."""

    measures: Mapping[str, Measure]
    exercises: Mapping[str, Exercise]
    words: Words


def library_folder() -> Path:
    """Return the folder the library is installed in."""
    return Path(str(files("uncrick"))) / "library"


@cache
def read_library(lang: str = "en") -> Library:
    """Read the library that ships. Raises ProblemsError with every problem when a file of it is broken."""
    folder = library_folder()
    library, problems = check_library(folder, lang)
    if library is None:
        raise ProblemsError(problems)
    return library


def check_library(folder: Path, lang: str) -> tuple[Library | None, list[Problem]]:
    """Return the library in *folder*, with every problem of all its files; None when there is any."""
    book, problems = check_measures(_read(folder, "measures.yaml"))
    exercises: dict[str, Exercise] = {}
    for path in sorted((folder / "exercises").glob("*.yaml")):
        marked = _read(folder, f"exercises/{path.name}")
        exercise, found = check_exercise(marked, book)
        problems += found
        if exercise is not None:
            exercises[exercise.id] = exercise
            if exercise.id != path.stem:
                problems.append(
                    marked.problem(("id",), f"'{exercise.id}' in a file called '{path.name}'", "make them agree")
                )
    problems += _progression_problems(exercises)
    words, found = check_words(_read(folder, f"words/{lang}.yaml"), exercises.values())
    problems += found
    if words is None or problems:
        return None, problems
    return Library(book, exercises, words), []


def _progression_problems(exercises: Mapping[str, Exercise]) -> list[Problem]:
    """Easier and harder forms must be exercises of the library."""
    return [
        Problem(f"library/exercises/{exercise.id}.yaml", f"no exercise '{other}'{nearest(other, exercises)}")
        for exercise in exercises.values()
        for other in (*exercise.easier, *exercise.harder)
        if other not in exercises
    ]


def with_own_exercise(library: Library, path: Path) -> tuple[Library, str]:
    """Return *library* with the exercise of a person's own file added, and its id; its words are its names.

    Raises ProblemsError with every problem and its line.
    """
    exercise, problems = check_exercise(read_marked(path), library.measures)
    if exercise is None:
        raise ProblemsError(problems)
    name = exercise.id.replace("_", " ").capitalize()
    cues = {cue.name: cue.name.replace("_", " ").capitalize() for cue in exercise.cues} | {EASIER: "Make it easier."}
    own = ExerciseWords(name, "As it was shown.", ("As it was shown.",), "Smaller.", "Larger.", cues)
    phases = {phase.name: phase.name.replace("_", " ") for phase in exercise.phases} | dict(library.words.phases)
    words = replace(library.words, exercises={**library.words.exercises, exercise.id: own}, phases=phases)
    return Library(library.measures, {**library.exercises, exercise.id: exercise}, words), exercise.id


def _read(folder: Path, name: str) -> Marked:
    return read_marked(folder / name, f"library/{name}")
