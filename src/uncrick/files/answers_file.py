"""Answers to the safety questions as a file: conditions, each answer, its time and the wording it was given to."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, Field

from uncrick.care.rulebook import Rulebook
from uncrick.care.screening import Answer, Extent, Said
from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model, read_marked
from uncrick.files.whole_file import whole_file


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """What one screening came to, as it is kept."""

    extent: Extent
    conditions: tuple[str, ...]
    answers: tuple[Answer, ...]


class WrittenAnswer(WrittenModel):
    """One answer; the fields are those of `Answer`."""

    question: str
    said: Said
    at: AwareDatetime
    wording: str
    plainer: bool = False
    by: str = ""


class WrittenAnswers(WrittenModel):
    """The whole file."""

    uncrick_answers: Literal[1]
    extent: Extent
    conditions: tuple[str, ...] = Field((), max_length=100)
    answers: tuple[WrittenAnswer, ...] = Field((), max_length=1000)


def write_answers(kept: KeptAnswers, path: Path) -> None:
    """Write *kept* whole or not at all. Raises ProblemsError where the disk does not take it."""
    answers = [asdict(a) | {"at": _written_time(a.at)} for a in kept.answers]
    written = {
        "uncrick_answers": 1,
        "extent": kept.extent,
        "conditions": list(kept.conditions),
        "answers": answers,
    }
    with whole_file(path) as new:
        new.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_answers(path: Path, book: Rulebook) -> KeptAnswers:
    """Read answers that were written. Raises ProblemsError with every problem, such as unknown questions."""
    marked = read_marked(path)
    written, problems = check_model(marked, WrittenAnswers)
    if written is None:
        raise ProblemsError(problems)
    problems += _unknown(marked, written, book)
    if problems:
        raise ProblemsError(problems)
    return KeptAnswers(written.extent, written.conditions, tuple(Answer(**a.model_dump()) for a in written.answers))


def _unknown(marked: Marked, written: WrittenAnswers, book: Rulebook) -> list[Problem]:
    problems = [
        marked.problem(("answers", i, "question"), f"no question '{a.question}'{nearest(a.question, book.questions)}")
        for i, a in enumerate(written.answers)
        if a.question not in book.questions
    ]
    problems += [
        marked.problem(("conditions", i), f"no condition '{c}'{nearest(c, book.conditions)}", "uncrick screen --list")
        for i, c in enumerate(written.conditions)
        if c not in book.conditions
    ]
    return problems


def _written_time(at: datetime) -> str:
    return at.isoformat()
