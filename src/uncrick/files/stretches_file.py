"""The stretches computed beforehand that ship with the library: what the explain page draws without waiting."""

import json
from typing import Any, NamedTuple

from uncrick.files.library import library_folder


class Stretches(NamedTuple):
    """text : the file as it is. grid : one record a stretch. The others : see app/explaining_live.shown_records."""

    text: bytes
    theories: dict[str, Any]
    bands: list[dict[str, Any]]
    unsettled: list[str]
    does_not: list[str]
    grid: list[dict[str, Any]]


def read_stretches() -> Stretches:
    """Read library/crack/stretches.json, which benchmarks/explain_grid.py writes."""
    text = (library_folder() / "crack" / "stretches.json").read_bytes()
    found = json.loads(text)
    return Stretches(text=text, **found)
