"""files/clip_file: every kind of clip file has its door, and what is saved loads the same."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from uncrick.errors import ProblemsError
from uncrick.files.clip_file import KINDS, read_clip, write_clip
from uncrick.pose.clip import Clip

ENDINGS = (".parquet", ".npz", ".jsonl")
NUMBERS = st.floats(-1e6, 1e6) | st.just(np.nan)


@st.composite
def clips(draw: st.DrawFn) -> Clip:
    """Draw clips with any numbers, any of them not seen."""
    n = draw(st.integers(1, 4))
    steps = draw(st.lists(st.floats(1e-6, 1e3), min_size=n, max_size=n))
    points = st.sampled_from([0.0, -1.5, 1 / 3, 1e6, 5e-324, np.nan]) | NUMBERS
    body = hnp.arrays(float, (n, 33, 3), elements=points, fill=points)
    visibility = hnp.arrays(float, (n, 33), elements=st.floats(0, 1))
    t_s = np.unique(np.cumsum(steps)) + draw(st.sampled_from([0.0, -7.5, 1e9]))
    t_s = np.unique(t_s)
    kept = len(t_s)
    source = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20))
    return Clip(
        t_s, draw(body)[:kept], draw(body)[:kept], draw(visibility)[:kept],
        draw(st.integers(1, 8000)), draw(st.integers(1, 8000)), source,
    )  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(clip=clips())
def test_what_is_saved_loads_the_same(
    tmp_path: Path, assert_same: Callable[[Clip, Clip], None], ending: str, clip: Clip
) -> None:
    """Any clip written to any of our kinds of file reads back as the very same value, without notes."""
    path = tmp_path / f"clip{ending}"

    write_clip(clip, path)
    read = read_clip(path)

    assert_same(clip, read.clip)
    assert read.notes == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_recording_loads_the_same(
    tmp_path: Path, clip: Clip, assert_same: Callable[[Clip, Clip], None], ending: str
) -> None:
    """A clip with unseen landmarks and an empty frame reads back the same from every kind."""
    path = tmp_path / f"clip{ending}"

    write_clip(clip, path)

    assert_same(clip, read_clip(path).clip)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_door_is_told_by_what_is_inside(
    tmp_path: Path, clip: Clip, assert_same: Callable[[Clip, Clip], None], ending: str
) -> None:
    """A file with a wrong ending is read as what it is, and the reader says so; without an ending it says nothing."""
    write_clip(clip, tmp_path / f"clip{ending}")
    wrong = (tmp_path / f"clip{ending}").rename(tmp_path / "clip.trc")
    read = read_clip(wrong)
    bare = read_clip(wrong.rename(tmp_path / "clip"))

    assert_same(clip, read.clip)
    assert read.notes == [f"the name ends in .trc, but inside it is {ending}: read as {ending}"]
    assert bare.notes == []


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.parquet", b"", "is empty"),
        ("a.mp4", b"\0\0\0\x18ftypmp42" * 40, "is no clip of landmarks"),
        ("a.txt", b"hello", "is no clip of landmarks"),
        ("a.parquet", b"PAR1" + b"\0" * 50, "is not a whole Parquet file"),
        ("a.npz", b"PK\x03\x04" + b"\0" * 50, "is not a whole .npz archive"),
        ("a.trc", b"hello\n", "does not begin with PathFileType"),
        ("a.c3d", b"\x02\x50" + b"\0" * 600, "is not a whole C3D file"),
        ("a.c3d", b"no", "is not a whole C3D file"),
        ("a.jsonl", b"[1]\n", "is JSON but no object"),
    ],
)
def test_what_is_no_clip_is_one_sentence(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    """Each kind of file that is not what it should be says so with its name."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(ProblemsError, match=says) as caught:
        read_clip(path)

    assert all(problem.where.startswith(str(path)) for problem in caught.value.problems)


def test_a_video_is_sent_to_watch(tmp_path: Path) -> None:
    """Somebody who replays a video is told the command for it."""
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42")

    with pytest.raises(ProblemsError, match="uncrick watch"):
        read_clip(path)


def test_a_missing_file_a_folder_and_a_pipe_are_told(tmp_path: Path) -> None:
    """What cannot be opened as a file is a problem, and a pipe does not hang."""
    os.mkfifo(tmp_path / "pipe.jsonl")

    for name, says in (("none.parquet", "no such file"), ("", "is a folder"), ("pipe.jsonl", "is not a file")):
        with pytest.raises(ProblemsError, match=says):
            read_clip(tmp_path / name)


def test_writing_asks_for_a_known_ending(tmp_path: Path, clip: Clip) -> None:
    """A clip is not written under an ending that would not be read again."""
    with pytest.raises(ProblemsError, match=r"not written as '\.parket'; did you mean '\.parquet'"):
        write_clip(clip, tmp_path / "clip.parket")


def test_an_empty_clip_is_refused_when_read(tmp_path: Path, clip: Clip) -> None:
    """A recording without a frame is told as such by every kind."""
    none = Clip(clip.t_s[:0], clip.image_px[:0], clip.world_m[:0], clip.visibility[:0], 640, 480, "test")

    for ending in ENDINGS:
        write_clip(none, tmp_path / f"clip{ending}")
        with pytest.raises(ProblemsError, match="holds no frame"):
            read_clip(tmp_path / f"clip{ending}")


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_never_gives_a_traceback(tmp_path: Path, clip: Clip, ending: str, data: st.DataObject) -> None:
    """Cut a file anywhere, or change bytes anywhere: it is read, or refused with problems."""
    path = tmp_path / f"clip{ending}"
    write_clip(clip, path)
    whole = bytearray(path.read_bytes())
    cut = data.draw(st.integers(1, len(whole)))
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[:cut])

    try:
        read_clip(path)
    except ProblemsError as error:
        assert error.problems


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_part_of_a_file_without_parts_is_told(tmp_path: Path, clip: Clip, ending: str) -> None:
    """Who chooses a person or a session where there is only one recording is told, and not given something else."""
    write_clip(clip, tmp_path / f"clip{ending}")

    with pytest.raises(ProblemsError, match=r"'3-correct'"):
        read_clip(tmp_path / f"clip{ending}", part="3-correct")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_camera_that_was_real_is_not_moved_silently(tmp_path: Path, clip: Clip, ending: str) -> None:
    """Asked to look from the side at a recorded picture, the reader says that it did not."""
    path = tmp_path / f"clip{ending}"
    write_clip(clip, path)

    assert read_clip(path, yaw_deg=90).notes == ["the recording has its own camera, which was not moved"]


def test_every_kind_is_known() -> None:
    """The kinds that can be written can be read."""
    assert set(ENDINGS) <= set(KINDS)
