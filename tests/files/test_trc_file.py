"""files/trc_file and files/marker_clip: marker files of many programs give the same person."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uncrick.errors import ProblemsError
from uncrick.files.trc_file import marker_names, read_trc
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX

KEYS = "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames"


def trc_lines(names: tuple[str, ...], points: Floats, unit: str = "m") -> list[str]:
    """Return the lines of a TRC file as OpenSim writes them."""
    n_frames, n_markers = points.shape[:2]
    rows = [
        "\t".join([str(i + 1), f"{i / 60:.6f}", *("" if np.isnan(x) else f"{x:.5f}" for x in frame.ravel())])
        for i, frame in enumerate(points)
    ]
    return [
        "PathFileType\t4\t(X/Y/Z)\ta.trc",
        KEYS,
        f"60.0\t60.0\t{n_frames}\t{n_markers}\t{unit}\t60.0\t1\t{n_frames}",
        "Frame#\tTime\t" + "\t\t\t".join(names) + "\t\t\t",
        "\t\t" + "\t".join(f"{axis}{i + 1}" for i in range(n_markers) for axis in "XYZ"),
        "",
        *rows,
    ]


def written(path: Path, lines: list[str]) -> Path:
    """Write *lines* to a file."""
    path.write_text("\n".join(lines) + "\n")
    return path


def refused(path: Path) -> list[str]:
    """Return the problems for which *path* is refused, without its folder."""
    with pytest.raises(ProblemsError) as caught:
        read_trc(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]


@pytest.fixture
def lines(markers: Callable[[int], Floats], marker_names: tuple[str, ...]) -> list[str]:
    """Give the lines of a good file in metres."""
    return trc_lines(marker_names, markers(20))


def test_a_file_in_metres_is_the_person(
    tmp_path: Path, lines: list[str], clip: Clip, same_angles: Callable[..., None]
) -> None:
    """Markers in metres, y up, give the person's joints as seen from in front."""
    read = read_trc(written(tmp_path / "a.trc", lines))

    same_angles(read, clip)
    assert read.clip.source == "trc"
    assert read.clip.t_s[3] == pytest.approx(0.05)
    assert read.notes == ["the file has no camera: seen from in front of the person, without perspective"]


def opencap(lines: list[str]) -> list[str]:
    return [lines[0].replace("PathFileType\t4\t(X/Y/Z)\t", "PathFileType  4\t(X/Y/Z) C:\\x\\"), *lines[1:]]


def pose2sim(lines: list[str]) -> list[str]:
    return [*lines[:3], lines[3].rstrip("\t") + "\t\t", lines[4], *lines[6:]]


def triples(lines: list[str]) -> list[str]:
    names = [f"{name}_{axis}" for name in lines[3].split("\t")[2:] if name for axis in "XYZ"]
    return [*lines[:3], "\t".join(["Frame#", "Time", *names]), "", *lines[6:]]


def blanks(lines: list[str]) -> list[str]:
    return [line.replace("\t", "  ") for line in lines]


def one_tab(lines: list[str]) -> list[str]:
    return [*lines[:3], "\t".join(name for name in lines[3].split("\t") if name), *lines[4:]]


def trailing_tabs(lines: list[str]) -> list[str]:
    return [*lines[:6], *(line + "\t\t" for line in lines[6:])]


@pytest.mark.parametrize("layout", [opencap, pose2sim, triples, blanks, one_tab, trailing_tabs])
def test_every_layout_is_the_same_person(
    tmp_path: Path,
    lines: list[str],
    clip: Clip,
    same_angles: Callable[..., None],
    layout: Callable[[list[str]], list[str]],
) -> None:
    """Blanks for tabs, no blank line, a path in the first line, names three times or once, tabs at the end."""
    same_angles(read_trc(written(tmp_path / "a.trc", layout(lines))), clip)


@pytest.mark.parametrize(("unit", "factor", "noted"), [("mm", 1000, False), ("Meters", 1, False), ("m", 1000, True)])
def test_the_unit_of_the_header_is_taken_unless_the_body_denies_it(
    tmp_path: Path,
    markers: Callable[[int], Floats],
    marker_names: tuple[str, ...],
    clip: Clip,
    same_angles: Callable[..., None],
    unit: str,
    factor: float,
    noted: bool,
) -> None:
    """Millimetres are converted; millimetres called metres are found out and said."""
    read = read_trc(written(tmp_path / "a.trc", trc_lines(marker_names, markers(20) * factor, unit)))

    same_angles(read, clip)
    assert any("read as mm, which makes the trunk 0.50 m long" in note for note in read.notes) == noted


@pytest.mark.parametrize("turned", [
    np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]]), np.array([[1, 0, 0], [0, -1, 0], [0, 0, -1]]),
])  # fmt: skip
def test_swapped_axes_are_turned_back(
    tmp_path: Path,
    markers: Callable[[int], Floats],
    marker_names: tuple[str, ...],
    clip: Clip,
    same_angles: Callable[..., None],
    turned: Floats,
) -> None:
    """With z up, or y down, the person still stands upright in the picture, and a note says what was done."""
    read = read_trc(written(tmp_path / "a.trc", trc_lines(marker_names, markers(20) @ turned.T)))

    same_angles(read, clip)
    assert any("up" in note or "turned over" in note for note in read.notes)


def test_the_camera_can_stand_at_the_side(tmp_path: Path, lines: list[str]) -> None:
    """Seen from the left at 90 deg the person faces to the left of the picture."""
    clip = read_trc(written(tmp_path / "a.trc", lines), yaw_deg=90).clip

    assert clip.image_px[0, INDEX["foot_index_left"], 0] < clip.image_px[0, INDEX["ankle_left"], 0] - 30


def test_a_marker_not_seen_is_nan(
    tmp_path: Path, markers: Callable[[int], Floats], marker_names: tuple[str, ...]
) -> None:
    """An empty cell is a marker not seen in that frame, and only there."""
    points = markers(20)
    points[4, marker_names.index("LWrist")] = np.nan

    clip = read_trc(written(tmp_path / "a.trc", trc_lines(marker_names, points))).clip

    assert np.isnan(clip.image_px[4, INDEX["wrist_left"]]).all()
    assert np.isfinite(clip.image_px[5, INDEX["wrist_left"]]).all()
    assert clip.visibility[4, INDEX["wrist_left"]] == 0


def test_flat_pixels_are_a_picture(
    tmp_path: Path, markers: Callable[[int], Floats], marker_names: tuple[str, ...]
) -> None:
    """Pixels called metres, all in one plane, are read as a picture with y down; flat metres as one with y up."""
    flat = markers(20) * np.array([1, 1, 0])
    pixels = np.array([400.0, 900.0, 0.0]) + flat * np.array([300.0, -300.0, 0.0])

    in_pixels = read_trc(written(tmp_path / "a.trc", trc_lines(marker_names, pixels)))
    in_metres = read_trc(written(tmp_path / "b.trc", trc_lines(marker_names, flat)))

    for read in (in_pixels, in_metres):
        nose, ankle = (read.clip.image_px[0, INDEX[name]] for name in ("nose", "ankle_left"))
        assert nose[1] < ankle[1] - 200
        assert np.isnan(read.clip.image_px[..., 2]).all()
        assert np.isnan(read.clip.world_m).all()
    assert in_pixels.clip.image_px[0, INDEX["nose"], 0] == pytest.approx(400)
    assert any("read as pixels" in note for note in in_pixels.notes)
    assert any("flat picture" in note for note in in_metres.notes)


def test_all_problems_are_told_with_their_lines(tmp_path: Path, lines: list[str]) -> None:
    """Unit, a short row, a word for a number, a doubled and a backward time are told together."""
    lines[2] = lines[2].replace("\tm\t", "\tparsec\t")
    lines[7] = "\t".join(lines[7].split("\t")[:-1]) + "\t1\t2\t3"
    lines[8] = lines[8].replace("0.033333", "soon")
    lines[10] = lines[10].replace("0.066667", "0.050000")
    lines[12] = lines[12].replace("0.100000", "0.010000")

    assert [line.split(" (")[0] for line in refused(written(tmp_path / "a.trc", lines))] == [
        "a.trc:3  Units  unknown unit 'parsec'",
        "a.trc:8  has 58 columns, wanted 56",
        "a.trc:9  found 'soon', wanted a number",
        "a.trc:11  the time 0.05 s comes twice",
        "a.trc:13  the time goes back from 0.083333 s to 0.01 s",
    ]


def test_a_cut_off_file_is_partial(tmp_path: Path, lines: list[str]) -> None:
    """A file that ends in the middle of a row gives the rows before it, and says so."""
    path = written(tmp_path / "a.trc", lines)
    path.write_bytes(path.read_bytes()[:-80])

    read = read_trc(path)

    assert len(read.clip) == 19
    assert read.notes[:2] == [
        "the last line (26) is cut off and was left out: the clip is partial",
        "the header says 20 frames, the file has 19",
    ]


def test_a_person_without_hips_is_refused(tmp_path: Path, markers: Callable[[int], Floats]) -> None:
    """Which of the four points of the trunk are missing is told, with the markers that are there."""
    lines = trc_lines(("C7", "LShoulder", "RShoulder"), markers(3)[:, :3])

    told = refused(written(tmp_path / "a.trc", lines))

    assert told == [
        f"a.trc  no point for hip_{side} (the file has 3 points: C7, LShoulder, RShoulder)"
        for side in ("left", "right")
    ]


@pytest.mark.parametrize("n_lines", [0, 1, 2, 3, 4, 5])
def test_a_header_without_rows_is_refused(tmp_path: Path, lines: list[str], n_lines: int) -> None:
    """A file cut off in its header is one problem, never a traceback."""
    assert refused(written(tmp_path / "a.trc", lines[:n_lines]))


def test_marker_names_are_found_in_any_layout() -> None:
    """Names spread over three columns, side by side, or with their axis, are the same names."""
    assert marker_names("Frame#\tTime\tA\t\t\tB\t\t\t") == ("A", "B")
    assert marker_names("Frame#\tTime\tA\tB") == ("A", "B")
    assert marker_names("Frame#  Time  A_X A_Y A_Z B_X B_Y B_Z") == ("A", "B")
