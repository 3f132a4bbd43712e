"""files/npz_clip and files/uiprmd_file: NumPy archives of our own arrays, Kinect joints, sessions, and COCO points."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uncrick.errors import ProblemsError
from uncrick.files.npz_clip import load_arrays, read_npz, write_npz
from uncrick.files.uiprmd_file import parts_of, recorded, session_of
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX
from uncrick.pose.room import trunk_length
from uncrick.pose.skeleton import KINECT_22_NAMES, KINECT_25_NAMES

CUT = Path(__file__).parent / "data" / "uiprmd_cut.npz"


def refused(path: Path, part: str | None = None) -> list[str]:
    """Return the problems for which *path* is refused, without its folder."""
    with pytest.raises(ProblemsError) as caught:
        read_npz(path, part)
    return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]


def saved(path: Path, **arrays: object) -> Path:
    """Save an archive of *arrays*."""
    np.savez(path, **arrays)
    return path


def own_arrays(clip: Clip) -> dict[str, object]:
    """Return the arrays of a good archive, as another program would save them."""
    return {
        "t_s": clip.t_s, "image_px": clip.image_px, "world_m": clip.world_m, "visibility": clip.visibility,
        "width_px": clip.width_px, "height_px": clip.height_px, "source": "test",
    }  # fmt: skip


def test_plain_arrays_of_another_program_are_a_clip(
    tmp_path: Path, clip: Clip, assert_same: Callable[[Clip, Clip], None]
) -> None:
    """The documented arrays, saved by anyone, are read as they are."""
    assert_same(clip, read_npz(saved(tmp_path / "a.npz", **own_arrays(clip))).clip)


def test_all_that_is_wrong_with_the_arrays_is_told(tmp_path: Path, clip: Clip) -> None:
    """Missing arrays, texts for numbers, and a missing size are told together; then shapes and times."""
    first = own_arrays(clip) | {"world_m": np.array(["a"])}
    del first["t_s"], first["width_px"]
    times = clip.t_s.copy()
    times[4], times[9] = np.nan, times[8]
    second = own_arrays(clip) | {"t_s": times, "image_px": clip.image_px[:, :32], "visibility": clip.visibility + 0.5}

    assert [line.split("  ")[1] for line in refused(saved(tmp_path / "a.npz", **first))] == [
        "t_s", "world_m", "width_px",
    ]  # fmt: skip
    assert [line.split(" (")[0] for line in refused(saved(tmp_path / "b.npz", **second))] == [
        "b.npz  t_s[4]  the time is nan, wanted seconds",
        f"b.npz  t_s[9]  the time {times[8]:g} s comes twice",
        "b.npz  image_px  has shape",
        "b.npz  visibility  holds values outside 0 to 1",
    ]


def test_pickled_objects_are_never_loaded(tmp_path: Path) -> None:
    """An archive with Python objects, which could run anything when loaded, is refused."""
    told = refused(saved(tmp_path / "a.npz", image_px=np.array([{"a": 1}, None], dtype=object)))

    assert "not objects" in told[0]


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small archive of many zeros is measured before it is unpacked."""
    monkeypatch.setattr("uncrick.files.npz_clip.MAX_BYTES", 1_000_000)
    np.savez_compressed(tmp_path / "a.npz", image_px=np.zeros(1_000_000))

    assert "unpacks to 8,000,128 bytes, wanted at most 1,000,000" in refused(tmp_path / "a.npz")[0]


def kinect_points(names: tuple[str, ...], marker_names: tuple[str, ...], points: Floats) -> Floats:
    """Return Kinect joints 2.5 m before the sensor that stand where the markers are: x is the sensor's left."""
    if len(names) == 22:
        spelt = {"UpperArm": "Shoulder", "Forearm": "Elbow", "Hand": "Wrist", "UpperLeg": "Hip", "LowerLeg": "Knee",
                 "Foot": "Ankle", "Toes": "BigToe"}  # fmt: skip
        wanted = [name[0] + spelt.get(name[1:], "") for name in names]
    else:
        ends = {"Left": "L", "Right": "R"}
        bases = ["Shoulder", "Elbow", "Wrist", "Hip", "Knee", "Ankle"]
        wanted = [next((s + b for e, s in ends.items() for b in bases if name == b + e), "") for name in names]
        wanted = [{"FootLeft": "LBigToe", "FootRight": "RBigToe"}.get(n, w) for n, w in zip(names, wanted, strict=True)]
    own = {name: points[:, i] for i, name in enumerate(marker_names)}
    out = np.stack([own.get(name, own["Nose"]) for name in wanted], axis=1)
    return out * np.array([-1.0, 1.0, -1.0]) + np.array([0.0, -0.9, 2.5])


@pytest.mark.parametrize("names", [KINECT_22_NAMES, KINECT_25_NAMES], ids=["22", "25"])
@pytest.mark.parametrize(("key", "factor"), [("pos_m", 1), ("pos_mm", 1000), ("positions", 1000)])
def test_bare_kinect_joints_are_a_clip(
    tmp_path: Path,
    clip: Clip,
    markers: Callable[[int], Floats],
    marker_names: tuple[str, ...],
    same_angles: Callable[..., None],
    names: tuple[str, ...],
    key: str,
    factor: float,
) -> None:
    """Joints of either Kinect list, in metres or millimetres, give the person's joints; taken times are said."""
    joints = kinect_points(names, marker_names, markers(20)) * factor

    read = read_npz(saved(tmp_path / "a.npz", **{key: joints}))

    same_angles(read, clip)
    assert read.clip.source == f"kinect-{len(names)}"
    assert read.notes[0] == "the file says no times: taken as 30 frames a second"
    assert any(note.startswith("standing in: Head for nose") for note in read.notes)
    assert any("read as mm" in note for note in read.notes) == (key == "positions")


def test_the_rate_or_the_times_of_a_file_are_taken(tmp_path: Path, markers: Callable[[int], Floats]) -> None:
    """With fps or t_s in the file nothing is guessed; times that do not fit the frames are told."""
    joints = np.repeat(markers(10)[:, :1], 17, axis=1) * 400

    by_rate = read_npz(saved(tmp_path / "a.npz", keypoints=joints, fps=10.0))

    assert by_rate.clip.duration_s == pytest.approx(0.9)
    assert "t_s  has 9 times for 10 frames" in refused(saved(tmp_path / "b.npz", k=joints, t_s=np.arange(9)))[0]
    assert "found 0.0 frames a second" in refused(saved(tmp_path / "c.npz", k=joints, fps=0.0))[0]


def test_coco_key_points_are_a_flat_clip(tmp_path: Path) -> None:
    """(T, 17, 3) of x, y and score is a picture without depth; a score above 1 counts as 1."""
    points = np.zeros((5, 17, 3))
    points[:, 5] = (300, 200, 1.2)

    clip = read_npz(saved(tmp_path / "a.npz", keypoints=points, t_s=np.arange(5) / 30)).clip

    assert clip.source == "coco-17"
    assert clip.image_px[2, INDEX["shoulder_left"], :2].tolist() == [300, 200]
    assert clip.visibility[2, INDEX["shoulder_left"]] == 1
    assert clip.visibility[2, INDEX["hip_left"]] == 0
    assert np.isnan(clip.world_m).all()


def test_arrays_of_no_known_kind_are_listed(tmp_path: Path) -> None:
    """An archive of something else is refused with what it holds; joints without names are counted."""
    assert "holds a (3,)" in refused(saved(tmp_path / "a.npz", a=np.zeros(3)))[0]
    assert "has 21 points and 0 names" in refused(saved(tmp_path / "b.npz", a=np.zeros((4, 21, 3))))[0]


def test_a_body_that_is_never_seen_or_of_no_size_is_refused(tmp_path: Path) -> None:
    """All-NaN joints, and joints a kilometre apart, are no person."""
    joints = np.full((4, 22, 3), np.nan)
    huge = np.random.default_rng(1).normal(0, 1e9, (4, 22, 3))

    assert "never seen together" in refused(saved(tmp_path / "a.npz", p=joints))[0]
    assert "no person in any unit" in refused(saved(tmp_path / "b.npz", p=huge))[0]


def test_a_uiprmd_session_is_chosen_by_its_name() -> None:
    """A file of several sessions lists them; the chosen one is its repetitions joined in time, 30 frames a second."""
    assert refused(CUT) == ["uiprmd_cut.npz  holds 2 sessions (choose a part: 1-correct, 1-incorrect)"]
    assert "no part '1-corect'; did you mean '1-correct'?" in refused(CUT, "1-corect")[0]

    right, wrong = read_npz(CUT, "1-correct").clip, read_npz(CUT, "1-incorrect").clip

    assert (len(right), len(wrong)) == (143, 84)
    assert np.allclose(np.diff(right.t_s), 1 / 30)
    assert right.source == "kinect-22"


def test_a_uiprmd_session_knows_where_its_repetitions_are() -> None:
    """The bounds cut the session into its repetitions: a deep squat each, down and up again."""
    file = recorded(load_arrays(CUT), "cut")

    session = session_of(file, 1, True, "cut")

    assert parts_of(file) == [(1, True), (1, False)]
    assert session.bounds.tolist() == [[0, 73], [73, 143]]
    assert session.part == "1-correct"
    hip_px = session.read.clip.image_px[:, INDEX["hip_left"], 1]
    for start, end in session.bounds.tolist():
        lowest = start + int(np.argmax(hip_px[start:end]))
        assert start + 15 < lowest < end - 15
        assert hip_px[lowest] - hip_px[start] > 100


def test_a_uiprmd_body_faces_its_camera_at_true_size() -> None:
    """The joints recorded in mm become metres: the left shoulder is to the right of the picture, arms are arms long."""
    clip = read_npz(CUT, "1-correct").clip
    shoulder, elbow = clip.world_m[:, INDEX["shoulder_left"]], clip.world_m[:, INDEX["elbow_left"]]

    assert (clip.image_px[:, INDEX["shoulder_left"], 0] > clip.image_px[:, INDEX["shoulder_right"], 0]).all()
    assert (clip.image_px[:, INDEX["nose"], 1] < clip.image_px[:, INDEX["hip_left"], 1]).all()
    assert 0.2 < np.median(np.linalg.norm(shoulder - elbow, axis=1)) < 0.35


def test_broken_episodes_are_told_one_by_one(tmp_path: Path) -> None:
    """Episodes that run past the frames or backwards are named."""
    arrays = dict(load_arrays(CUT))
    arrays["episodes"] = np.array([[1, 1, 1, 1, 0, 73], [1, 1, 2, 1, 73, 73], [1, 1, 3, 1, 100, 900]])

    assert refused(saved(tmp_path / "a.npz", **arrays)) == [
        "a.npz  episodes[1]  runs from 73 to 73, wanted a stretch of the 227 frames",
        "a.npz  episodes[2]  runs from 100 to 900, wanted a stretch of the 227 frames",
    ]


def test_what_we_write_says_its_units(tmp_path: Path, clip: Clip) -> None:
    """Our own archives name their units, so nothing in them is guessed when they are read."""
    write_npz(clip, tmp_path / "a.npz")

    assert load_arrays(tmp_path / "a.npz")["units"].tolist() == ["t=s", "image=px", "world=m"]


SHARED = Path(__file__).parents[3] / "shared" / "data" / "ui-prmd"


@pytest.mark.slow  # needs the full recordings, which do not ship
@pytest.mark.skipif(not SHARED.is_dir(), reason="the full UI-PRMD recordings are not on this machine")
@pytest.mark.parametrize("movement", range(1, 11))
def test_every_uiprmd_recording_is_a_set_of_sessions(movement: int) -> None:
    """Each of the ten movements gives twelve sessions of about ten repetitions, all of a person of true size."""
    path = SHARED / f"uiprmd_kinect_m{movement:02d}.npz"
    file = recorded(load_arrays(path), path.name)

    for subject, correct in parts_of(file):
        session = session_of(file, subject, correct, path.name)

        assert session.movement == movement
        assert 8 <= len(session.bounds) <= 12
        assert session.bounds[-1, 1] == len(session.read.clip)
        assert 0.4 < trunk_length(session.read.clip.world_m) < 0.65
        assert len(session.read.notes) == 1
    assert len(parts_of(file)) == 12
