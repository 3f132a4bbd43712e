"""files/parquet_clip: a clip as a table that other programs can read, and every mistake in such a table told."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from uncrick.errors import ProblemsError
from uncrick.files.parquet_clip import COLUMNS, KEY, read_parquet, write_parquet
from uncrick.pose.clip import Clip
from uncrick.pose.landmark import INDEX


@pytest.fixture
def table(tmp_path: Path, clip: Clip) -> pa.Table:
    """Give the table of a good file."""
    write_parquet(clip, tmp_path / "good.parquet")
    return pq.read_table(tmp_path / "good.parquet")


def refused(path: Path, table: pa.Table) -> list[str]:
    """Return the problems for which *table* as a file is refused, without its folder."""
    pq.write_table(table, path)
    with pytest.raises(ProblemsError) as caught:
        read_parquet(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]


def with_meta(table: pa.Table, **changes: object) -> pa.Table:
    """Return *table* with its metadata changed."""
    meta = json.loads(table.schema.metadata[KEY.encode()]) | changes
    return table.replace_schema_metadata({KEY: json.dumps(meta)})


def test_one_row_a_frame_and_named_columns(table: pa.Table, clip: Clip) -> None:
    """Any program sees a row for each frame, a column for each number, and null where nothing was seen."""
    assert table.num_rows == len(clip)
    assert tuple(table.column_names) == COLUMNS
    assert table.column("shoulder_left_x_px")[0].as_py() == clip.image_px[0, INDEX["shoulder_left"], 0]
    assert table.column("shoulder_left_y_m")[0].as_py() == clip.world_m[0, INDEX["shoulder_left"], 1]
    assert table.column("shoulder_left_x_px")[7].as_py() is None
    assert table.column("knee_left_visibility")[5].as_py() == 0.125


def test_everything_wrong_with_a_table_is_told(tmp_path: Path, table: pa.Table) -> None:
    """A missing column, a column of words, a size that cannot be and a unit nobody knows are told together."""
    changed = table.drop_columns(["nose_x_px"])
    words = pa.array(["a"] * table.num_rows)
    changed = changed.set_column(changed.column_names.index("hip_left_x_m"), "hip_left_x_m", words)
    changed = with_meta(changed, width_px=0, units={"world": "mn"}, uncrick_clip=9)

    assert refused(tmp_path / "a.parquet", changed) == [
        "a.parquet  uncrick_clip  found version 9, wanted 1 (was it written by a newer program?)",
        "a.parquet  width_px  found 0, wanted a whole number from 1 to 100,000",
        "a.parquet  units.world  unknown unit 'mn', wanted one of m, mm, cm, dm, in, ft; did you mean 'm'?",
        "a.parquet  nose_x_px  the column is missing (wanted each column of docs/clip_files.md once)",
        "a.parquet  hip_left_x_m  the column holds string (write numbers, as double)",
    ]


def test_times_are_told_by_their_rows(tmp_path: Path, table: pa.Table, clip: Clip) -> None:
    """No time, a time twice and a time that goes back are each told with the row."""
    t_s = clip.t_s.tolist()
    t_s[2], t_s[5], t_s[9] = None, t_s[4], 0.0
    changed = table.set_column(0, "t_s", pa.array(t_s, type=pa.float64()))

    told = [line.split("  ")[1] for line in refused(tmp_path / "a.parquet", changed)]

    assert told == ["t_s, row 3", "t_s, row 6", "t_s, row 10"]


@pytest.mark.parametrize("metadata", [None, {KEY: "no json"}, {KEY: "[1]"}])
def test_a_table_that_does_not_say_its_picture_is_refused(
    tmp_path: Path, table: pa.Table, metadata: dict[str, str] | None
) -> None:
    """Without the metadata the size of the picture is unknown: one problem says what is wanted."""
    told = refused(tmp_path / "a.parquet", table.replace_schema_metadata(metadata))

    assert len(told) == 1
    assert "it holds width_px, height_px and source as JSON" in told[0]


def test_millimetres_that_are_said_become_metres(tmp_path: Path, table: pa.Table, clip: Clip) -> None:
    """A table whose metadata says mm is read as metres, and the note says so."""
    pq.write_table(with_meta(table, units={"t": "s", "world": "mm"}), tmp_path / "a.parquet")

    read = read_parquet(tmp_path / "a.parquet")

    np.testing.assert_allclose(read.clip.world_m, clip.world_m / 1000)
    assert read.notes == ["times and world points were brought to seconds and metres"]


def test_columns_of_others_are_left_out_with_a_note(tmp_path: Path, table: pa.Table) -> None:
    """A column that no clip has does no harm."""
    pq.write_table(table.append_column("mood", pa.array(["fine"] * table.num_rows)), tmp_path / "a.parquet")

    assert read_parquet(tmp_path / "a.parquet").notes == ["columns that no clip has were left out: mood"]


def test_too_many_frames_are_refused_before_they_are_read(
    tmp_path: Path, table: pa.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of rows is asked of the file's foot, not of its memory."""
    monkeypatch.setattr("uncrick.files.parquet_clip.MAX_FRAMES", 19)

    assert refused(tmp_path / "a.parquet", table) == [
        "a.parquet  holds 20 frames, wanted at most 19 (cut it into shorter clips)"
    ]
