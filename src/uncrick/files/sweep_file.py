"""Many draws as one Parquet table: a row a draw, a column a number."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from uncrick.files.whole_file import whole_file


def write_sweep(path: Path, columns: Mapping[str, Sequence[object]], notes: Mapping[str, str]) -> None:
    """Write the columns, (N,) each, with *notes* kept in the file. Raises ProblemsError when it cannot be written."""
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    table = table.replace_schema_metadata({f"uncrick.{key}": value for key, value in notes.items()})
    with whole_file(path) as new:
        pq.write_table(table, new, compression="zstd")
