"""library/sources.yaml: what each key of a source stands for, or every problem in it."""

from typing import Literal

from pydantic import RootModel

from uncrick.care.rulebook import Source
from uncrick.errors import Problem
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model


class WrittenSource(WrittenModel):
    """One source."""

    certainty: Literal["verified", "partly", "memory", "ours", "article"]
    says: str


class WrittenSources(RootModel[dict[str, WrittenSource]]):
    """The whole file: key -> source."""


def check_sources(marked: Marked) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources of a file that was read, by key, and every problem; no sources when there is any."""
    written, problems = check_model(marked, WrittenSources)
    if written is None:
        return {}, problems
    return {key: Source(one.says, one.certainty) for key, one in written.root.items()}, []
