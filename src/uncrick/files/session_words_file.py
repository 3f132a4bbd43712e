"""library/session/<lang>.yaml: everything a guided session says, or every problem in it."""

import string
from functools import cache
from typing import get_args

from uncrick.coach.person import SkipReason
from uncrick.coach.played import Stage
from uncrick.errors import Problem, ProblemsError
from uncrick.exercise.session_words import MovementWords, SessionWords
from uncrick.files.library import library_folder
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model, read_marked

GAPS = frozenset({"name", "start", "side", "move", "back", "prop", "next", "seconds"})


class WrittenMovement(WrittenModel):
    """The two sentences of one exercise."""

    move: str
    back: str


class WrittenSession(WrittenModel):
    """The whole file."""

    said: dict[str, str]
    stages: dict[str, str]
    lights: dict[str, str]
    reasons: dict[str, str]
    movements: dict[str, WrittenMovement]
    otherwise: WrittenMovement
    change: dict[str, str]


@cache
def read_session_words(lang: str = "en") -> SessionWords:
    """Read the session's words that ship. Raises ProblemsError with every problem when the file is broken."""
    name = f"session/{lang}.yaml"
    words, problems = check_session_words(read_marked(library_folder() / name, f"library/{name}"))
    if words is None:
        raise ProblemsError(problems)
    return words


def check_session_words(marked: Marked) -> tuple[SessionWords | None, list[Problem]]:
    """Return the words of a file that was read, with every problem; None when there is any."""
    written, problems = check_model(marked, WrittenSession)
    if written is None:
        return None, problems
    for key, sentence in written.said.items():
        for gap in sorted(_gaps(sentence) - GAPS):
            problems.append(marked.problem(("said", key), f"no gap '{gap}'", f"known gaps: {', '.join(sorted(GAPS))}"))
    for stage in get_args(Stage):
        if stage not in written.stages:
            problems.append(marked.problem(("stages",), f"no words for stage '{stage}'"))
    for reason in get_args(SkipReason):
        if reason not in written.reasons:
            problems.append(marked.problem(("reasons",), f"no words for reason '{reason}'"))
    movements = {name: MovementWords(m.move, m.back) for name, m in written.movements.items()}
    otherwise = MovementWords(written.otherwise.move, written.otherwise.back)
    words = SessionWords(
        written.said, written.stages, written.lights, written.reasons, movements, otherwise, written.change
    )
    return (None if problems else words), problems


def _gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
