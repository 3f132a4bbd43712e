"""What the companion offers right now: from the person's plan and today's answers, or a walk with its reason."""

from collections.abc import Mapping
from pathlib import Path

from uncrick.desk.offer import Break, walk
from uncrick.files.library import read_library


def offer_now(folder: Path | None = None) -> Break | None:
    """Return the break that is open now; None at an emergency answer, when nothing is offered."""
    return walk("answers_missing")


def exercise_names() -> Mapping[str, str]:
    """Return what people call the exercises."""
    return {id_: words.name for id_, words in read_library().words.exercises.items()}
