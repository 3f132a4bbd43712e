"""pose/room: points of a room become a picture in which angles, sides and sizes are right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX
from uncrick.pose.room import (
    KINECT_BACKWARD,
    KINECT_FORWARD,
    PX_PER_M,
    clip_from_picture,
    clip_from_room,
    front_axes,
    kinect_axes,
    scaled,
    toes_point_back,
    trunk_length,
    turned_axes,
    up_axis,
    without_strays,
)

UP_Y = np.array([0.0, 1.0, 0.0])
STANDING = {  # m; x to the person's left, y up, z to the person's front
    "nose": (0.0, 1.60, 0.10),
    "shoulder": (0.18, 1.42, 0.0),
    "elbow": (0.22, 1.12, 0.0),
    "wrist": (0.24, 0.87, 0.10),
    "hip": (0.10, 0.92, 0.0),
    "knee": (0.10, 0.50, 0.02),
    "ankle": (0.10, 0.09, 0.0),
    "foot_index": (0.12, 0.02, 0.16),
}


def standing(n_frames: int = 3) -> Floats:
    """Return (T, 33, 3) m of a person who stands still, facing +z."""
    points = np.full((n_frames, 33, 3), np.nan)
    for name, (x, y, z) in STANDING.items():
        if name == "nose":
            points[:, INDEX[name]] = (x, y, z)
            continue
        points[:, INDEX[f"{name}_left"]] = (x, y, z)
        points[:, INDEX[f"{name}_right"]] = (-x, y, z)
    return points


def rotation(axis: int, angle_deg: float) -> Floats:
    """Return the (3, 3) rotation about a room axis."""
    a = np.radians(angle_deg)
    turn = np.eye(3)
    i, k = [(1, 2), (2, 0), (0, 1)][axis]
    turn[i, i] = turn[k, k] = np.cos(a)
    turn[i, k], turn[k, i] = -np.sin(a), np.sin(a)
    return turn


def angle_deg(points: Floats, a: str, b: str, c: str) -> float:
    """Return the angle at b in the first frame."""
    u, v = points[0, INDEX[a]] - points[0, INDEX[b]], points[0, INDEX[c]] - points[0, INDEX[b]]
    return float(np.degrees(np.arccos(u @ v / np.linalg.norm(u) / np.linalg.norm(v))))


def times(n_frames: int) -> Floats:
    """Return times at 30 frames a second."""
    return np.arange(n_frames) / 30


def test_a_camera_in_front_sees_left_on_the_right_and_the_head_above() -> None:
    """The person faces the camera: the left shoulder is to the right of the picture, the nose is up and nearer."""
    points = standing()

    clip = clip_from_room(times(3), points, front_axes(points, UP_Y), "test")
    image = clip.image_px[0]

    assert image[INDEX["shoulder_left"], 0] > image[INDEX["shoulder_right"], 0]
    assert image[INDEX["nose"], 1] < image[INDEX["hip_left"], 1] < image[INDEX["ankle_left"], 1]
    assert image[INDEX["nose"], 2] < 0
    assert image[INDEX["shoulder_left"], 0] - image[INDEX["shoulder_right"], 0] == pytest.approx(0.36 * PX_PER_M)


def test_a_camera_at_the_left_side_sees_the_person_face_left() -> None:
    """At 90 deg the nose is to the left of the hips, and the left shoulder is the nearer one."""
    points = standing()

    clip = clip_from_room(times(3), points, turned_axes(front_axes(points, UP_Y), 90), "test")
    image = clip.image_px[0]

    assert image[INDEX["nose"], 0] < image[INDEX["hip_left"], 0] - 30
    assert image[INDEX["shoulder_left"], 2] < image[INDEX["shoulder_right"], 2]


@given(st.floats(-180, 180), st.floats(-3, 3), st.floats(-3, 3))
def test_where_the_person_stands_and_faces_does_not_matter(turn: float, x: float, z: float) -> None:
    """Move and turn the body on the floor: the camera in front takes the same picture."""
    points = standing()
    moved = points @ rotation(1, turn).T + np.array([x, 0.0, z])

    here = clip_from_room(times(3), points, front_axes(points, UP_Y), "test")
    there = clip_from_room(times(3), moved, front_axes(moved, UP_Y), "test")

    np.testing.assert_allclose(there.image_px, here.image_px, atol=1e-6)
    np.testing.assert_allclose(there.world_m, here.world_m, atol=1e-9)


@given(st.floats(-180, 180))
def test_angles_are_those_of_the_room_from_wherever_it_is_seen(yaw_deg: float) -> None:
    """Knee and elbow angles of the picture with its depth, and of the world points, equal those of the room."""
    points = standing()

    clip = clip_from_room(times(3), points, turned_axes(front_axes(points, UP_Y), yaw_deg), "test")

    for joint in (("hip_left", "knee_left", "ankle_left"), ("shoulder_right", "elbow_right", "wrist_right")):
        assert angle_deg(clip.image_px, *joint) == pytest.approx(angle_deg(points, *joint), abs=1e-6)
        assert angle_deg(clip.world_m, *joint) == pytest.approx(angle_deg(points, *joint), abs=1e-6)


def test_the_picture_holds_the_whole_movement() -> None:
    """Somebody who walks two metres aside stays inside the picture."""
    points = standing(40)
    points[:, :, 0] += np.linspace(0, 2, 40)[:, None]

    clip = clip_from_room(times(40), points, front_axes(points, UP_Y), "test")

    assert np.nanmin(clip.image_px[..., :2]) > 0
    assert np.nanmax(clip.image_px[..., 0]) < clip.width_px
    assert np.nanmax(clip.image_px[..., 1]) < clip.height_px
    assert clip.width_px >= 2 * PX_PER_M


def test_world_points_begin_midway_between_the_hips_and_end_where_those_are_lost() -> None:
    """World points are from the hips; a frame without a hip has none, but keeps its picture."""
    points = standing()
    points[1, INDEX["hip_left"]] = np.nan

    clip = clip_from_room(times(3), points, front_axes(points, UP_Y), "test")

    assert clip.world_m[0, [INDEX["hip_left"], INDEX["hip_right"]]].mean(axis=0) == pytest.approx([0, 0, 0])
    assert np.isnan(clip.world_m[1]).all()
    assert np.isfinite(clip.image_px[1, INDEX["nose"], :2]).all()
    assert clip.visibility[1, INDEX["hip_left"]] == 0
    assert clip.visibility[1, INDEX["nose"]] == 1


@pytest.mark.parametrize(("said", "factor", "noted"), [
    ("m", 1, False), ("mm", 1000, False), ("cm", 100, False), ("in", 1 / 0.0254, False),
    (None, 1000, True), ("m", 1000, True), ("mm", 1, True), ("furlong", 100, True),
])  # fmt: skip
def test_the_unit_is_the_one_that_makes_a_person(said: str | None, factor: float, noted: bool) -> None:
    """A unit that fits is believed; where it is missing or cannot be, the body tells, and that is said."""
    found = scaled(standing() * factor, said)

    assert found is not None
    assert found.metres == pytest.approx(1 / factor)
    assert bool(found.note) == noted


def test_a_body_of_no_size_has_no_unit() -> None:
    """A trunk of half a kilometre, or one never seen, is a person in no unit."""
    assert scaled(standing() * 1e6, "m") is None
    assert scaled(np.full((2, 33, 3), np.nan), "m") is None
    assert np.isnan(trunk_length(np.full((2, 33, 3), np.nan)))


def test_up_is_where_the_head_is() -> None:
    """y up is believed, y down is turned over, z up is found although y was expected; each change is said."""
    points = standing()
    y_down = points * np.array([1.0, -1.0, -1.0])
    z_up = points @ rotation(0, 90).T + np.array([0.0, 1.0, 0.0])

    assert up_axis(points, 1).note == ""
    assert up_axis(points, 1).axis.tolist() == [0, 1, 0]
    assert up_axis(y_down, 1).axis.tolist() == [0, -1, 0]
    assert "turned over" in up_axis(y_down, 1).note
    assert up_axis(z_up, 1).axis.tolist() == [0, 0, 1]
    assert "stands along z" in up_axis(z_up, 1).note


def test_somebody_lying_on_the_floor_is_not_stood_up() -> None:
    """A supine body near a floor at 0, its feet not by chance at the origin, keeps the source's word for what is up."""
    lying = standing() @ rotation(0, -90).T + np.array([0.0, 0.15, 0.8])

    found = up_axis(lying, 1)

    assert found.axis.tolist() == [0, 1, 0]
    assert found.note == ""


def test_a_kinect_is_known_by_the_side_its_bodies_are_on() -> None:
    """Bodies at +z are before a Kinect v2, at -z before one as in UI-PRMD; bodies about 0 are before neither."""
    ahead = standing() + np.array([0.0, 0.0, 2.5])

    assert kinect_axes(ahead) is KINECT_FORWARD
    assert kinect_axes(ahead - np.array([0.0, 0.0, 5.0])) is KINECT_BACKWARD
    assert kinect_axes(standing()) is None
    assert kinect_axes(np.full((2, 33, 3), np.nan)) is None


def test_a_camera_has_right_handed_axes() -> None:
    """Right, down and away are at right angles and no mirror image, for every camera."""
    points = standing()

    for axes in (KINECT_FORWARD, KINECT_BACKWARD, front_axes(points, UP_Y), turned_axes(KINECT_FORWARD, 37)):
        np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
        assert np.linalg.det(axes) == pytest.approx(1)


def test_swapped_sides_are_seen_from_the_toes() -> None:
    """With left and right exchanged the camera stands behind, and the toes tell."""
    points = standing()
    mirrored = points * np.array([-1.0, 1.0, 1.0])

    assert not toes_point_back(points, front_axes(points, UP_Y))
    assert toes_point_back(mirrored, front_axes(mirrored, UP_Y))


def test_a_stray_marker_does_not_widen_the_picture() -> None:
    """A point a kilometre off is not seen, is counted, and the rest stays; a pixel out of any picture is not seen."""
    points = standing()
    points[1, INDEX["wrist_left"], 0] = 1000.0
    pixels = np.full((2, 33, 2), 700.0)
    pixels[0, 0] = 1e9

    kept, n_strays = without_strays(points)
    flat = clip_from_picture(times(2), pixels, np.ones((2, 33)), None, "test")

    assert n_strays == 1
    assert np.isnan(kept[1, INDEX["wrist_left"]]).all()
    assert np.isfinite(kept[0, INDEX["wrist_left"]]).all()
    assert flat.width_px == 701


def test_a_flat_picture_has_no_depth_and_no_world() -> None:
    """Pixels alone give no metres: depth and world points are NaN, and the picture holds every point."""
    points = np.full((2, 33, 2), 700.0)

    clip = clip_from_picture(times(2), points, np.ones((2, 33)), None, "test")
    sized = clip_from_picture(times(2), points, np.ones((2, 33)), (1920, 1080), "test")

    assert np.isnan(clip.image_px[..., 2]).all()
    assert np.isnan(clip.world_m).all()
    assert (clip.width_px, clip.height_px) == (701, 701)
    assert (sized.width_px, sized.height_px) == (1920, 1080)
