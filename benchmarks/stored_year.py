"""What a year of one person's sets takes on disk: as the tables of a batch, in SQLite with an index, and as parts.

    python benchmarks/stored_year.py [--sets 20000] [--sets-a-day 5] [--json]

The sets are those of the clips in tests/clips, over and over, each time with other numbers, so that nothing is
compressed for being the same. SQLite holds the same rows in one table a kind, each with an index on file.
"""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import TypeVar

from uncrick.app.batch_judge import Job, judge, program_here
from uncrick.files.batch_part import own_folder
from uncrick.files.batch_table import TABLES, Judged, open_tables

CLIPS = Path(__file__).parents[1] / "tests" / "clips"
N_PARTS = 500
RowT = TypeVar("RowT")


def main() -> int:
    """Measure, and print bytes a set and megabytes a year."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=20_000)
    parser.add_argument("--sets-a-day", type=float, default=5.0)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    wanted = parser.parse_args()
    seen = recognised()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        bytes_a_set = {
            "parquet": in_parquet(folder / "tables", sets(seen, wanted.sets)) / wanted.sets,
            "sqlite": in_sqlite(folder / "sets.db", sets(seen, wanted.sets)) / wanted.sets,
            "parts": in_parts(folder / "parts", sets(seen, N_PARTS)) / N_PARTS,
        }
    record = {f"{name}_bytes_a_set": round(n) for name, n in bytes_a_set.items()}
    record |= {f"{name}_kb_a_year": round(n * wanted.sets_a_day * 365 / 1e3) for name, n in bytes_a_set.items()}
    if wanted.json:
        print(json.dumps(record))
    else:
        for key, value in record.items():
            print(f"{key:24} {value}")
    return 0


def recognised() -> list[Judged]:
    """Return the sets of the clips in which an exercise was recognised."""
    jobs = [Job(str(path), "", "lite", program_here()) for path in sorted(CLIPS.glob("*.parquet"))]
    outcomes = [judge(job) for job in jobs]
    return [each for each in outcomes if isinstance(each, Judged) and each.set.exercise]


def sets(seen: list[Judged], n: int) -> Iterator[tuple[str, Judged]]:
    """Yield *n* sets with the names of their files."""
    chance = random.Random(1)
    for i in range(n):
        one = seen[i % len(seen)]
        other = Judged(
            f"{chance.getrandbits(256):064x}",
            moved(one.set, chance),
            all_moved(one.holds, chance),
            all_moved(one.cues, chance),
            all_moved(one.stops, chance),
            all_moved(one.measures, chance),
        )
        yield f"recordings/person-{i // 1800:05}/set-{i:07}.mp4", other


def moved(row: RowT, chance: random.Random) -> RowT:
    """Return *row* with all its broken numbers a little larger."""
    assert is_dataclass(row) and not isinstance(row, type)
    numbers = {field.name: getattr(row, field.name) for field in fields(row)}
    return replace(row, **{name: x + chance.random() * 0.3 for name, x in numbers.items() if isinstance(x, float)})


def all_moved(rows: tuple[RowT, ...], chance: random.Random) -> tuple[RowT, ...]:
    """Return all *rows* moved."""
    return tuple(moved(row, chance) for row in rows)


def in_parquet(folder: Path, rows: Iterator[tuple[str, Judged]]) -> int:
    """Return the bytes of the tables."""
    folder.mkdir()
    with open_tables(folder, {}) as tables:
        for file, judged in rows:
            tables.add(file, judged)
    return sum(path.stat().st_size for path in folder.iterdir())


def in_sqlite(path: Path, rows: Iterator[tuple[str, Judged]]) -> int:
    """Return the bytes of a database with the same rows."""
    kinds = ("holds", "cues", "stops", "measures")
    with closing(sqlite3.connect(path)) as database, database:
        for kind in ("sets", *kinds):
            columns = ", ".join(field.name for field in fields(TABLES[kind]))
            database.execute(f"CREATE TABLE {kind} (file, {columns})")
            database.execute(f"CREATE INDEX {kind}_of ON {kind} (file)")
        for file, judged in rows:
            for kind, of_kind in (("sets", (judged.set,)), *((kind, getattr(judged, kind)) for kind in kinds)):
                for row in of_kind:
                    values = (file, *asdict(row).values())
                    database.execute(f"INSERT INTO {kind} VALUES ({', '.join('?' * len(values))})", values)
    return path.stat().st_size


def in_parts(folder: Path, rows: Iterator[tuple[str, Judged]]) -> int:
    """Return the bytes of the parts that a batch keeps to go on from."""
    with own_folder(folder) as parts:
        for i, (_, judged) in enumerate(rows):
            parts.write(f"{i:064x}", judged)
    return sum(path.stat().st_size for path in folder.glob("parts/*/*.json"))


if __name__ == "__main__":
    sys.exit(main())
