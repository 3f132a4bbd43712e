"""Compute the stretches that the explain page shows without waiting; with --write, put them into the library.

Prints how long they took beside one another, and how far the library's are from those computed now.
"""

import argparse
import json
import time
from typing import Any

from uncrick.app.explaining_live import grid_records, shown_records
from uncrick.files.library import library_folder
from uncrick.files.whole_file import whole_file


def farthest(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> float:
    """Return the greatest difference of opened gaps (mm) between two grids; infinity when they are not alike."""
    if [r["joint"] for r in old] != [r["joint"] for r in new]:
        return float("inf")
    pairs = zip(old, new, strict=True)
    return max(abs(float(a["outcome"]["opened_mm"]) - float(b["outcome"]["opened_mm"])) for a, b in pairs)


def main() -> None:
    """Compute, compare, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace library/crack/stretches.json")
    path = library_folder() / "crack" / "stretches.json"
    shown = shown_records()
    start_s = time.process_time()
    grid = grid_records()
    print(f"{len(grid)} stretches, {(time.process_time() - start_s) / len(grid) * 1e3:.0f} ms of one core each")
    if path.is_file():
        print(f"greatest change of an opening: {farthest(json.loads(path.read_bytes())['grid'], grid):.4f} mm")
    if parser.parse_args().write:
        with whole_file(path) as new:
            new.write_text(json.dumps({**shown, "grid": grid}, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
