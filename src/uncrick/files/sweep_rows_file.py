"""All rows of the sweep of ten thousand joints that ships with the library, by their kind."""

import json
from typing import Any

from uncrick.files.library import library_folder


def read_sweep_rows() -> dict[str, list[dict[str, Any]]]:
    """Read library/crack/sweep_10000.jsonl: verdicts, theories, deciders, quiet times; a list of rows each."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for line in (library_folder() / "crack" / "sweep_10000.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row.pop("kind"), []).append(row)
    return rows
