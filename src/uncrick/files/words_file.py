"""library/words/<lang>.yaml: everything people read or hear, or every problem in it."""

from collections.abc import Iterable

from pydantic import Field

from uncrick.errors import Problem
from uncrick.exercise.definition import Exercise
from uncrick.exercise.words import ExerciseWords, Words
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model

EASIER = "easier"
"""The sentence every exercise has beside those of its own cues: the offer of the easier form."""


class WrittenExerciseWords(WrittenModel):
    """What is said of one exercise."""

    name: str
    start: str
    steps: tuple[str, ...] = Field(min_length=1)
    easier: str
    harder: str
    cues: dict[str, str]


class WrittenWords(WrittenModel):
    """The whole file."""

    exercises: dict[str, WrittenExerciseWords]
    phases: dict[str, str]
    sides: dict[str, str]
    severities: dict[str, str]
    unseen: dict[str, str]
    unjudged: dict[str, str]
    equipment: dict[str, str]
    substitutes: dict[str, str]
    notice: str


def check_words(marked: Marked, exercises: Iterable[Exercise]) -> tuple[Words | None, list[Problem]]:
    """Return the words of a file that was read, with every problem; None when there is any.

    Every cue, phase, prop and blind spot that *exercises* name must have its words.
    """
    written, problems = check_model(marked, WrittenWords)
    if written is None:
        return None, problems
    for exercise in exercises:
        problems += _missing(marked, written, exercise)
    tables = written.model_dump(exclude={"exercises"})
    spoken = {id_: ExerciseWords(**one.model_dump()) for id_, one in written.exercises.items()}
    return (None if problems else Words(exercises=spoken, **tables)), problems


def _missing(marked: Marked, written: WrittenWords, exercise: Exercise) -> list[Problem]:
    words = written.exercises.get(exercise.id)
    if words is None:
        return [
            marked.problem(("exercises",), f"no words for exercise '{exercise.id}'", "add name, start, steps, cues")
        ]
    wanted = [
        (("exercises", exercise.id, "cues"), "cue", words.cues, [*(c.name for c in exercise.cues), EASIER]),
        (("phases",), "phase", written.phases, [p.name for p in exercise.phases]),
        (("unjudged",), "blind spot", written.unjudged, exercise.unjudged),
        (("equipment",), "prop", written.equipment, exercise.equipment),
    ]
    return [
        marked.problem(path, f"no words for {kind} '{name}' of {exercise.id}")
        for path, kind, table, names in wanted
        for name in names
        if name not in table
    ]
