"""pose/skeleton: other skeletons' points become landmarks, and what a source lacks is never invented."""

import numpy as np
import pytest

from uncrick.pose.landmark import INDEX, NAMES, mirrored_name
from uncrick.pose.skeleton import (
    COCO_17,
    COCO_17_NAMES,
    KINECT_22,
    KINECT_22_NAMES,
    KINECT_25,
    KINECT_25_NAMES,
    MARKERS,
    Skeleton,
    landmarks_from,
    plain_name,
    skeleton_of,
)

TABLES = [
    pytest.param(KINECT_25, KINECT_25_NAMES, id="kinect-25"),
    pytest.param(KINECT_22, KINECT_22_NAMES, id="kinect-22"),
    pytest.param(COCO_17, COCO_17_NAMES, id="coco-17"),
]


def numbered(names: tuple[str, ...]) -> np.ndarray:
    """Return (1, N, 3) points of which each has its own number in every coordinate."""
    return np.repeat(np.arange(len(names), dtype=float)[None, :, None], 3, axis=2)


@pytest.mark.parametrize(("table", "names"), TABLES)
def test_every_row_of_a_table_names_a_landmark_and_points_that_exist(table: Skeleton, names: tuple[str, ...]) -> None:
    """No table has a misspelt landmark or source point."""
    assert set(table) <= set(NAMES)
    assert {name for parts in table.values() for part in parts for name in part.names} <= set(names)


@pytest.mark.parametrize(("table", "names"), [*TABLES, pytest.param(MARKERS, (), id="markers")])
def test_left_and_right_come_from_the_same_rows(table: Skeleton, names: tuple[str, ...]) -> None:
    """A landmark has a row exactly if its twin on the other side has one, with as many parts."""
    for landmark, parts in table.items():
        assert len(table[mirrored_name(landmark)]) == len(parts)


def test_kinect_22_joints_land_on_their_landmarks() -> None:
    """The joint at which a segment begins is the landmark: the upper arm's is the shoulder, the hand's the wrist."""
    points, used = landmarks_from(numbered(KINECT_22_NAMES), KINECT_22_NAMES, KINECT_22)

    assert points[0, INDEX["shoulder_left"], 0] == KINECT_22_NAMES.index("LUpperArm")
    assert points[0, INDEX["wrist_right"], 1] == KINECT_22_NAMES.index("RHand")
    assert points[0, INDEX["ankle_left"], 2] == KINECT_22_NAMES.index("LFoot")
    assert used["nose"].stands_in
    assert not used["knee_left"].stands_in


def test_what_a_source_does_not_have_is_nan() -> None:
    """A Kinect has no eyes, ears or heels, and COCO no feet: they are not seen, not guessed."""
    kinect, _ = landmarks_from(numbered(KINECT_25_NAMES), KINECT_25_NAMES, KINECT_25)
    coco, _ = landmarks_from(numbered(COCO_17_NAMES), COCO_17_NAMES, COCO_17)

    assert np.isnan(kinect[0, [INDEX[name] for name in ("eye_left", "ear_right", "heel_left", "mouth_left")]]).all()
    assert np.isnan(coco[0, [INDEX[name] for name in ("heel_left", "foot_index_right", "thumb_left")]]).all()
    assert np.isfinite(coco).all(axis=2).sum() == 17


@pytest.mark.parametrize(
    "written",
    ["LShoulder", "L_shoulder", "left_shoulder", "LeftShoulder", "ShoulderLeft", "shoulder_l", "Ann:L.Shoulder"],
)
def test_one_marker_in_every_spelling(written: str) -> None:
    """Side first or last, short or long, with or without the subject's name: the marker is the same."""
    assert plain_name(written) == "shoulder_left"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("r.ASIS_study", "asisstudy_right"), ("r_lwrist_study", "lwriststudy_right"),
        ("L_mknee_study", "mkneestudy_left"),
        ("LHEE", "hee_left"), ("RANK", "ank_right"), ("RAnkle", "ankle_right"), ("LEar", "ear_left"),
        ("Nose", "nose"), ("Neck", "neck"), ("C7", "c7"), ("Head", "head"), ("heel", "heel"),
        ("RBigToe", "bigtoe_right"),
        ("left_eye_inner", "eyeinner_left"), ("LFoot_Index", "footindex_left"),
    ],
)  # fmt: skip
def test_marker_names_of_known_programs(written: str, plain: str) -> None:
    """OpenCap, Plug-in Gait and Pose2Sim names are told apart from those that are no landmark."""
    assert plain_name(written) == plain


def test_the_landmarks_own_names_are_markers() -> None:
    """A file that names its points as we do gives all 33 landmarks, each from its own point."""
    label, table, names = skeleton_of(NAMES)

    points, used = landmarks_from(numbered(NAMES), names, table)

    assert label == "markers"
    assert points[0, :, 0].tolist() == list(range(33))
    assert not any(part.stands_in for part in used.values())


def test_plug_in_gait_markers_stand_in_and_joint_centres_do_not() -> None:
    """With joint centres in the file they are taken; with skin markers alone the hip is the mean of its spines."""
    skin = ("LASI", "LPSI", "RASI", "RPSI", "LSHO", "RSHO")
    centres = (*skin, "LHJC", "RHJC")
    _, table, plain = skeleton_of(skin)
    _, _, plain_centres = skeleton_of(centres)

    from_skin, used_skin = landmarks_from(numbered(skin), plain, table)
    from_centres, used_centres = landmarks_from(numbered(centres), plain_centres, table)

    assert from_skin[0, INDEX["hip_left"], 0] == 0.5
    assert used_skin["hip_left"].stands_in
    assert from_centres[0, INDEX["hip_left"], 0] == 6
    assert not used_centres["hip_left"].stands_in


def test_a_mean_is_not_seen_where_one_of_its_points_is_not() -> None:
    """Half a marker pair is no joint."""
    names = ("lelbowstudy_left", "melbowstudy_left")
    points = numbered(names)
    points[0, 1] = np.nan

    found, _ = landmarks_from(points, names, MARKERS)

    assert np.isnan(found[0, INDEX["elbow_left"]]).all()


def test_kinects_are_known_by_their_joints() -> None:
    """The full list of a Kinect's joint names, in any order, is that Kinect."""
    assert skeleton_of(reversed(KINECT_22_NAMES))[0] == "kinect-22"
    assert skeleton_of(KINECT_25_NAMES)[0] == "kinect-25"
    assert skeleton_of(["RShoulder", "LShoulder"])[0] == "markers"
