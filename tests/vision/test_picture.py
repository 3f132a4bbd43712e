"""Crops from planes and bytes: colours, turns, edges."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.vision.picture import RED_BLUE, BgrPicture, YuvPicture, enlarged, quarter_turn, yuv_to_rgb

TURNS = (0, 90, 180, 270)


def scene(width: int, height: int) -> np.ndarray:
    """A smooth picture, every place of its own colour: (height, width, 3)."""
    y, x = np.mgrid[:height, :width]
    planes = [30 + 150 * x / width, 40 + 150 * y / height, 200 - 120 * (x + y) / (width + height)]
    return np.stack(planes, axis=-1).astype(np.uint8)


def yuv(bgr: np.ndarray, turn_deg: int = 0) -> YuvPicture:
    """The picture as a codec would give it: BT.601, narrow range, colour at half size."""
    h, w = bgr.shape[:2]
    flat = cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420)
    y, rest = flat[:h], flat[h:].reshape(2, h // 2, w // 2)
    return YuvPicture(y, rest[0], rest[1], yuv_to_rgb("bt601", full_range=False), turn_deg)


@pytest.mark.parametrize(
    ("standard", "full_range", "bytes_yuv", "rgb"),
    [
        ("bt601", False, (16, 128, 128), (0, 0, 0)),
        ("bt709", False, (235, 128, 128), (1, 1, 1)),
        ("bt601", False, (81.48, 90.20, 240), (1, 0, 0)),
        ("bt709", False, (62.56, 102.34, 240), (1, 0, 0)),
        ("bt2020", True, (255, 128, 128), (1, 1, 1)),
        ("bt601", True, (29.07, 255.5, 107.26), (0, 0, 1)),
    ],
)
def test_a_colour_standard_gives_back_its_own_primaries(standard, full_range, bytes_yuv, rgb) -> None:
    """Black, white, red and blue of each standard come out as black, white, red and blue."""
    matrix = yuv_to_rgb(standard, full_range)

    found = matrix @ [*bytes_yuv, 1]

    np.testing.assert_allclose(found, rgb, atol=0.005)


@pytest.mark.parametrize("standard", RED_BLUE)
def test_grey_stays_grey(standard) -> None:
    """A byte triple without colour has equal red, green and blue in every standard."""
    red, green, blue = yuv_to_rgb(standard, full_range=False) @ [120, 128, 128, 1]

    assert red == pytest.approx(green) == pytest.approx(blue)


@pytest.mark.parametrize("low", [0.0, -1.0])
def test_planes_and_camera_bytes_give_the_same_crop(low) -> None:
    """The same scene fetched from three planes and from blue, green, red differs by a few of 255 at most."""
    bgr = scene(256, 192)
    to_picture = np.array([[1.2, 0.3, 20.0], [-0.3, 1.2, 40.0], [0, 0, 1]])
    from_planes, from_bytes = np.empty((2, 64, 64, 3), np.float32)

    yuv(bgr).fetch(to_picture, from_planes, low)
    BgrPicture(bgr).fetch(to_picture, from_bytes, low)

    np.testing.assert_allclose(from_planes, from_bytes, atol=4 / 255 * (1 - low))


def test_a_crop_beside_the_picture_is_black() -> None:
    """What lies outside of the picture is black, not a smear of its edge."""
    to_picture = np.array([[1.0, 0, 1000], [0, 1, 1000], [0, 0, 1]])
    out = np.empty((32, 32, 3), np.float32)

    yuv(scene(64, 64)).fetch(to_picture, out, low=0)

    assert out.max() < 0.01


@pytest.mark.parametrize("turn_deg", TURNS)
def test_a_turned_recording_is_seen_upright(turn_deg) -> None:
    """A crop of a picture stored turned is the crop of the same picture stored upright."""
    upright = scene(192, 128)
    stored = np.ascontiguousarray(np.rot90(upright, turn_deg // 90))
    to_picture = np.array([[1.1, 0.2, 30], [-0.2, 1.1, 30], [0, 0, 1]])
    expected, found = np.empty((2, 32, 32, 3), np.float32)

    yuv(upright).fetch(to_picture, expected, low=0)
    turned = yuv(stored, turn_deg)
    turned.fetch(to_picture, found, low=0)

    assert (turned.width_px, turned.height_px) == (192, 128)
    np.testing.assert_allclose(found, expected, atol=4 / 255)
    np.testing.assert_allclose(turned.upright_bgr().astype(int), upright, atol=4)


@given(st.sampled_from(TURNS), st.integers(2, 4000), st.integers(2, 4000))
def test_a_quarter_turn_keeps_corners_corners(turn_deg, width_px, height_px) -> None:
    """Whatever the size, the corners of the upright picture are the corners of the stored one."""
    w, h = (width_px, height_px) if turn_deg % 180 == 0 else (height_px, width_px)
    corners = np.array([[0, w - 1, 0, w - 1], [0, 0, h - 1, h - 1], [1, 1, 1, 1]])

    found = quarter_turn(turn_deg, width_px, height_px) @ corners

    assert sorted(map(tuple, found[:2].T)) == sorted((x, y) for x in (0, width_px - 1) for y in (0, height_px - 1))


@given(st.floats(0.1, 10))
def test_enlarging_and_shrinking_leave_a_picture_where_it_was(by) -> None:
    """A picture enlarged and shrunk by the same is the same picture, to the middle of its pixels."""
    there_and_back = enlarged(1 / by, 1 / by) @ enlarged(by, by)

    np.testing.assert_allclose(there_and_back, np.eye(3), atol=1e-9)


def test_drawing_on_a_picture_leaves_the_source_alone() -> None:
    """The upright picture is a copy: what is drawn on it is not in the camera's picture."""
    bgr = scene(16, 16)
    picture = BgrPicture(bgr.copy())

    picture.upright_bgr()[:] = 0

    np.testing.assert_array_equal(picture.bgr, bgr)
