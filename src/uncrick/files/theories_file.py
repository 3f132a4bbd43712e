"""The sweep of ten thousand joints that ships with the library: what decides between the theories, precomputed."""

import json
from collections.abc import Mapping

from uncrick.files.library import library_folder


def read_theories() -> list[Mapping[str, float]]:
    """Read the rows of the theory map of library/crack/sweep_10000.jsonl, from stiff to giving capsules."""
    text = (library_folder() / "crack" / "sweep_10000.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    return [{key: row[key] for key in row if key != "kind"} for row in rows if row["kind"] == "theories"]
