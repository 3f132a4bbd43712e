"""The tables of a batch on disk: rows of sets, holds, cues, stops and measures, as Parquet written whole or not at all.

File by file rows come in as a `Judged`; the tables are for DuckDB and Polars, their columns are in docs/batch.md.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import UnionType
from typing import Any, Final, get_args, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from uncrick.files.whole_file import whole_file

KEY: Final = "uncrick_batch"
"""The key of every table's metadata: a JSON object of what was asked."""
N_BUFFERED: Final = 20_000
"""Rows held in memory before they are written as one group."""


@dataclass(frozen=True, slots=True)
class SetRow:
    """What a file came to; *exercise* is None where none was recognised, and then only the frames are counted.

    asked : the exercise that was asked for, empty for whichever is seen. landmarks : what made them.
    looks_like : another exercise that was being done. partial : why this is not all of the file, or empty.
    notes : what was chosen, turned or left out while reading, a line each. Times in s since the first frame.
    """

    exercise: str | None
    asked: str
    landmarks: str
    start_s: float | None
    end_s: float
    neutral_s: float | None
    n_repetitions: int
    n_holds_completed: int
    n_holds_broken: int
    n_cues: int
    n_stops: int
    seen_fraction: float
    n_frames: int
    n_with_body: int
    looks_like: str
    partial: str
    notes: str


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold. peak : deepest value of *measure*, in *unit*, with its sign."""

    exercise: str
    side: str
    start_s: float
    end_s: float
    hold_s: float
    measure: str
    unit: str
    peak: float | None
    completed: bool
    after_stop: bool


@dataclass(frozen=True, slots=True)
class CueRow:
    """One cue, each time it was raised. says : the key of its sentence."""

    exercise: str
    t_s: float
    cue: str
    severity: str
    says: str


@dataclass(frozen=True, slots=True)
class StopRow:
    """One stop."""

    exercise: str
    t_s: float
    reason: str
    side: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of the exercise: least and greatest smoothed value, None where never seen.

    seen_fraction : part of all frames in which it had a value.
    """

    exercise: str
    measure: str
    unit: str
    least: float | None
    greatest: float | None
    seen_fraction: float


@dataclass(frozen=True, slots=True)
class FailureRow:
    """Why a file gave no rows, in a sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A file that was not judged, because byte for byte it is the same as another."""

    same_as: str


@dataclass(frozen=True, slots=True)
class Judged:
    """All rows of one file. sha256 : of its content."""

    sha256: str
    set: SetRow
    holds: tuple[HoldRow, ...]
    cues: tuple[CueRow, ...]
    stops: tuple[StopRow, ...]
    measures: tuple[MeasureRow, ...]


Row = SetRow | HoldRow | CueRow | StopRow | MeasureRow | FailureRow | CopyRow

TABLES: Final[Mapping[str, type[Row]]] = {
    "sets": SetRow,
    "holds": HoldRow,
    "cues": CueRow,
    "stops": StopRow,
    "measures": MeasureRow,
    "failures": FailureRow,
    "copies": CopyRow,
}
ARROW: Final = {str: pa.string(), float: pa.float64(), int: pa.int64(), bool: pa.bool_()}


class Tables:
    """The tables while they are being written; a row is told with the name of its file."""

    def __init__(self, writers: Mapping[str, pq.ParquetWriter]) -> None:
        self._writers = writers
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in writers}

    def add(self, file: str, judged: Judged) -> None:
        """Add all rows of one file."""
        self._put("sets", [{"file": file, "sha256": judged.sha256, **asdict(judged.set)}])
        for name, rows in (
            ("holds", judged.holds),
            ("cues", judged.cues),
            ("stops", judged.stops),
            ("measures", judged.measures),
        ):
            self._put(name, [{"file": file, **asdict(row)} for row in rows])

    def add_failure(self, file: str, reason: str) -> None:
        """Add a file that could not be judged."""
        self._put("failures", [{"file": file, "reason": reason}])

    def add_copy(self, file: str, same_as: str) -> None:
        """Add a file that is the same as another."""
        self._put("copies", [{"file": file, "same_as": same_as}])

    def flush(self) -> None:
        """Write all that is held."""
        for name in self._rows:
            self._write(name)

    def _put(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        self._rows[name].extend(rows)
        if len(self._rows[name]) >= N_BUFFERED:
            self._write(name)

    def _write(self, name: str) -> None:
        if self._rows[name]:
            writer = self._writers[name]
            writer.write_table(pa.Table.from_pylist(self._rows[name], schema=writer.schema))
            self._rows[name] = []


@contextmanager
def open_tables(folder: Path, about: Mapping[str, object]) -> Iterator[Tables]:
    """Give empty tables; when nothing was raised they take the place of those in *folder*, each whole.

    about : goes into every table's metadata. Raises ProblemsError where the disk does not take them.
    """
    with ExitStack() as whole:
        paths = {name: whole.enter_context(whole_file(folder / f"{name}.parquet")) for name in TABLES}
        with ExitStack() as open_ones:
            writers = {
                name: open_ones.enter_context(pq.ParquetWriter(path, table_schema(name, about), compression="zstd"))
                for name, path in paths.items()
            }
            tables = Tables(writers)
            yield tables
            tables.flush()


def table_schema(name: str, about: Mapping[str, object]) -> pa.Schema:
    """Return the columns of a table: the file, its content's sum for a set, then the fields of its rows."""
    kinds = get_type_hints(TABLES[name])
    head = [("file", str), ("sha256", str)] if name == "sets" else [("file", str)]
    columns = [*head, *((field.name, kinds[field.name]) for field in fields(TABLES[name]))]
    return pa.schema([_arrow(*column) for column in columns], metadata={KEY: json.dumps(dict(about))})


def _arrow(name: str, kind: type | UnionType) -> pa.Field:
    kinds = get_args(kind) or (kind,)
    return pa.field(name, ARROW[kinds[0]], nullable=type(None) in kinds)
