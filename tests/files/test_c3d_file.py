"""files/c3d_file: motion capture files give the person, whole or cut off."""

import io
import warnings
from collections.abc import Callable
from pathlib import Path

import c3d
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uncrick.errors import ProblemsError
from uncrick.files.c3d_file import read_c3d
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX

Z_UP = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]])
"""From y up, z to the front, to z up, y to the back."""


def c3d_bytes(names: tuple[str, ...], points_mm: Floats, unit: str = "mm", screen: str | None = None) -> bytes:
    """Return a C3D file of (T, N, 3) points at 100 frames a second; NaN is a point marked as invalid."""
    writer = c3d.Writer(point_rate=100.0, analog_rate=0, point_units=unit)
    writer.set_point_labels(list(names))
    if screen:
        writer.set_screen_axis("+X", screen)
    residual = np.where(np.isnan(points_mm).any(axis=2, keepdims=True), -1.0, 0.0)
    frames = np.concatenate([np.nan_to_num(points_mm), residual, residual], axis=2)
    writer.add_frames([(frame, np.zeros((0, 0))) for frame in frames])
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        writer.write(file)
    return file.getvalue()


def written(path: Path, data: bytes) -> Path:
    """Write *data* to a file."""
    path.write_bytes(data)
    return path


@pytest.fixture
def vicon(markers: Callable[[int], Floats], marker_names: tuple[str, ...]) -> bytes:
    """Give a file as Vicon writes it: mm, z up, the subject's name before each marker."""
    return c3d_bytes(tuple(f"Ann:{name}" for name in marker_names), markers(20) @ Z_UP.T * 1000)


def test_a_vicon_file_is_the_person(tmp_path: Path, vicon: bytes, clip: Clip, same_angles: Callable[..., None]) -> None:
    """Millimetres, z up: the joints are the person's, at the file's own rate, with nothing guessed but the camera."""
    read = read_c3d(written(tmp_path / "a.c3d", vicon))

    same_angles(read, clip)
    assert read.clip.t_s[5] == pytest.approx(0.05)
    assert read.clip.source == "c3d"
    assert read.notes == ["the file has no camera: seen from in front of the person, without perspective"]


@pytest.mark.parametrize(("unit", "factor"), [("m", 1), ("cm", 100), ("", 1000), ("m", 1000)])
def test_units_are_said_or_found(
    tmp_path: Path,
    markers: Callable[[int], Floats],
    marker_names: tuple[str, ...],
    clip: Clip,
    same_angles: Callable[..., None],
    unit: str,
    factor: float,
) -> None:
    """Metres, centimetres, no unit and a wrong one all give the person at true size."""
    data = c3d_bytes(marker_names, markers(20) @ Z_UP.T * factor, unit or "mm")
    data = data if unit else data.replace(b"UNITS", b"UNUSE")

    same_angles(read_c3d(written(tmp_path / "a.c3d", data)), clip)


def test_the_screen_axis_says_what_is_up(
    tmp_path: Path,
    markers: Callable[[int], Floats],
    marker_names: tuple[str, ...],
    clip: Clip,
    same_angles: Callable[..., None],
) -> None:
    """A file with y up the screen is read so without a note, one without is found by how the body stands."""
    said = read_c3d(written(tmp_path / "a.c3d", c3d_bytes(marker_names, markers(20) * 1000, screen="+Y")))
    unsaid = read_c3d(written(tmp_path / "b.c3d", c3d_bytes(marker_names, markers(20) * 1000)))

    same_angles(said, clip)
    same_angles(unsaid, clip)
    assert len(said.notes) == 1
    assert unsaid.notes[0] == "z was expected to be up, but the body stands along y"


def test_invalid_points_are_not_seen(
    tmp_path: Path, markers: Callable[[int], Floats], marker_names: tuple[str, ...]
) -> None:
    """A point with a negative residual is NaN, not the 0 that stands in the file."""
    points = markers(20) @ Z_UP.T * 1000
    points[4, marker_names.index("LWrist")] = np.nan

    clip = read_c3d(written(tmp_path / "a.c3d", c3d_bytes(marker_names, points))).clip

    assert np.isnan(clip.image_px[4, INDEX["wrist_left"]]).all()
    assert np.isfinite(clip.image_px[3, INDEX["wrist_left"]]).all()


def test_a_cut_off_file_is_partial(tmp_path: Path, vicon: bytes) -> None:
    """The frames before the cut are kept, and the note says how many are missing."""
    frame_bytes = 18 * 16
    n_blocks = -(-20 * frame_bytes // 512)
    cut = vicon[: len(vicon) - n_blocks * 512 + 10 * frame_bytes + 5]

    read = read_c3d(written(tmp_path / "a.c3d", cut))

    assert len(read.clip) == 10
    assert read.notes[0] == "the file says 20 frames but has 10: the clip is partial"


def test_a_file_without_a_body_is_refused(tmp_path: Path, markers: Callable[[int], Floats]) -> None:
    """Markers of a table are no person: each missing point of the trunk is told."""
    data = c3d_bytes(("T1", "T2"), markers(5)[:, :2] * 1000)

    with pytest.raises(ProblemsError) as caught:
        read_c3d(written(tmp_path / "a.c3d", data))

    assert [problem.says for problem in caught.value.problems] == [
        f"no point for {joint}_{side}" for joint in ("shoulder", "hip") for side in ("left", "right")
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_never_gives_a_traceback(tmp_path: Path, vicon: bytes, data: st.DataObject) -> None:
    """Change bytes of the header anywhere, or cut the file anywhere: it is read, or refused with problems."""
    whole = bytearray(vicon)
    cut = data.draw(st.integers(1, len(whole)))
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, min(2048, len(whole)) - 1))] = data.draw(st.integers(0, 255))

    try:
        read_c3d(written(tmp_path / "a.c3d", bytes(whole[:cut])))
    except ProblemsError as error:
        assert error.problems
