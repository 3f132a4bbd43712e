"""Clips as Parquet: one row a frame, a column for every number of every landmark, the rest in the file's metadata."""

import json
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from uncrick.errors import Problem, ProblemsError
from uncrick.files.clip_check import MAX_FRAMES, ReadClip, Rows, clip_from_rows, few
from uncrick.files.clip_meta import ClipMeta, read_meta, written_meta
from uncrick.files.whole_file import whole_file
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import N_LANDMARKS, NAMES

KEY: Final = "uncrick_clip"
"""The key of the metadata: a JSON object as clip_meta.written_meta makes it."""

IMAGE_COLUMNS: Final = tuple(f"{name}_{axis}_px" for name in NAMES for axis in "xyz")
WORLD_COLUMNS: Final = tuple(f"{name}_{axis}_m" for name in NAMES for axis in "xyz")
VISIBILITY_COLUMNS: Final = tuple(f"{name}_visibility" for name in NAMES)
COLUMNS: Final = ("t_s", *IMAGE_COLUMNS, *WORLD_COLUMNS, *VISIBILITY_COLUMNS)


def write_parquet(clip: Clip, path: Path) -> None:
    """Write *clip* as one row a frame, null where not seen. Raises ProblemsError where the disk does not take it."""
    n_frames = len(clip)
    numbers = np.column_stack([
        clip.t_s, clip.image_px.reshape(n_frames, N_LANDMARKS * 3), clip.world_m.reshape(n_frames, N_LANDMARKS * 3),
        clip.visibility,
    ])  # fmt: skip
    columns = [pa.array(column, type=pa.float64(), from_pandas=True) for column in numbers.T]
    metadata = {KEY: json.dumps(written_meta(clip))}
    schema = pa.schema([(name, pa.float64()) for name in COLUMNS], metadata=metadata)
    with whole_file(path) as new:
        pq.write_table(pa.Table.from_arrays(columns, schema=schema), new, compression="zstd")


def read_parquet(path: Path) -> ReadClip:
    """Read a clip that write_parquet wrote, or another program with the same columns and metadata.

    Raises ProblemsError with everything wrong: a cut-off file, no metadata, columns missing or not of numbers, times.
    """
    name = str(path)
    try:
        with pq.ParquetFile(path) as file:
            meta = _checked(file, name)
            table = file.read(columns=list(COLUMNS))
    except ProblemsError:
        raise
    except Exception as error:  # a damaged file raises Arrow's errors, but also those of decoding its names
        why = (str(error).splitlines() or ["it is damaged"])[0]
        hint = "it may be cut off or not Parquet at all; copy or record it again"
        raise ProblemsError([Problem(name, f"is not a whole Parquet file: {why}", hint)]) from None
    whole = (table.num_rows, N_LANDMARKS, 3)
    rows = Rows(
        _block(table, ("t_s",)).reshape(-1),
        _block(table, IMAGE_COLUMNS).reshape(whole),
        _block(table, WORLD_COLUMNS).reshape(whole),
        _block(table, VISIBILITY_COLUMNS),
    )
    read = clip_from_rows(rows, meta, name, lambda i: f"{name}  t_s, row {i + 1}")
    extra = [column for column in file.schema_arrow.names if column not in COLUMNS]
    notes = [f"columns that no clip has were left out: {', '.join(extra[:5])}"] if extra else []
    return ReadClip(read.clip, [*read.notes, *notes])


def _checked(file: pq.ParquetFile, name: str) -> ClipMeta:
    """Return what the file says about itself. Raises ProblemsError with everything wrong before a row is read."""
    schema = file.schema_arrow
    meta, problems = _meta(schema.metadata or {}, name)
    if file.metadata.num_rows > MAX_FRAMES:
        says = f"holds {file.metadata.num_rows:,} frames, wanted at most {MAX_FRAMES:,}"
        problems.append(Problem(name, says, "cut it into shorter clips"))
    for column in COLUMNS:
        n_found = schema.names.count(column)
        if n_found != 1:
            says = "the column is missing" if n_found == 0 else f"the column is there {n_found} times"
            problems.append(Problem(f"{name}  {column}", says, "wanted each column of docs/clip_files.md once"))
        elif not _is_number(schema.field(column).type):
            says = f"the column holds {schema.field(column).type}"
            problems.append(Problem(f"{name}  {column}", says, "write numbers, as double"))
    if problems:
        raise ProblemsError(few(problems, name))
    return meta


def _meta(metadata: dict[bytes, bytes], name: str) -> tuple[ClipMeta, list[Problem]]:
    """Return what the metadata says and everything wrong with it."""
    hint = "it holds width_px, height_px and source as JSON; see docs/clip_files.md"
    wrong: list[Problem] = []
    found: object = {}
    try:
        found = json.loads(metadata[KEY.encode()])
    except KeyError:
        wrong = [Problem(name, f"the metadata '{KEY}' is missing", hint)]
    except (ValueError, RecursionError):
        wrong = [Problem(name, f"the metadata '{KEY}' is not JSON", hint)]
    if not isinstance(found, dict):
        wrong = [Problem(name, f"the metadata '{KEY}' is not a JSON object", hint)]
    meta, problems = read_meta(found if isinstance(found, dict) else {}, lambda key: f"{name}  {key}")
    return meta, wrong or problems


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_null(kind))


def _block(table: pa.Table, columns: tuple[str, ...]) -> Floats:
    """Return (T, n) of the named columns, NaN for null."""
    return np.column_stack([table.column(name).cast(pa.float64()).to_numpy() for name in columns])
