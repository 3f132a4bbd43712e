"""library/demo/figures.json: at which moment each moving figure shows the end position, and of which side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from uncrick.files.library import library_folder


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure's times, s. still_at_s : by side, the end position. turns_at_s : the second side begins, None without.

    Taken from the ground truth of the rendering (middle of each hold).
    """

    lasts_s: float
    still_at_s: Mapping[str, float]
    turns_at_s: float | None = None
    first: str = ""


@cache
def read_figures() -> Mapping[str, Figure]:
    """Read the times of every figure that ships, by the exercise's id."""
    text = (library_folder() / "demo" / "figures.json").read_text(encoding="utf-8")
    return {name: Figure(**record) for name, record in json.loads(text).items()}
