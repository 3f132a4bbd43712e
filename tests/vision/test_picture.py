"""Crops: colours, places, turns, edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.vision.picture import Picture, quarter_turn

TURNS = (0, 90, 180, 270)


def scene(width: int, height: int) -> np.ndarray:
    """A smooth picture, every place of its own colour: (height, width, 3)."""
    y, x = np.mgrid[:height, :width]
    planes = [30 + 150 * x / width, 40 + 150 * y / height, 200 - 120 * (x + y) / (width + height)]
    return np.stack(planes, axis=-1).astype(np.uint8)


@pytest.mark.parametrize("low", [0.0, -1.0])
def test_a_crop_is_red_green_blue_in_the_range_asked_for(low) -> None:
    """Red, green and blue of a place come out in this order, from *low* to 1."""
    bgr = np.full((64, 64, 3), (0, 102, 255), np.uint8)
    out = np.empty((16, 16, 3), np.float32)

    Picture(bgr).fetch(np.array([[1.0, 0, 20], [0, 1, 20], [0, 0, 1]]), out, low)

    np.testing.assert_allclose(out[8, 8], [1, low + (1 - low) * 0.4, low], atol=1e-6)


def test_a_slanted_crop_takes_each_place_from_where_it_is() -> None:
    """Every column and row of a turned and enlarged crop has the colour of the place the matrix says."""
    bgr = scene(256, 192)
    to_picture = np.array([[1.2, 0.3, 20.0], [-0.3, 1.2, 40.0], [0, 0, 1]])
    out = np.empty((64, 64, 3), np.float32)

    Picture(bgr).fetch(to_picture, out, low=0)

    for column, row in ((0, 0), (63, 0), (10, 50), (40, 40)):
        x, y, _ = to_picture @ [column, row, 1]
        place = [30 + 150 * x / 256, 40 + 150 * y / 192, 200 - 120 * (x + y) / (256 + 192)]
        np.testing.assert_allclose(out[row, column, ::-1] * 255, place, atol=2)


def test_a_crop_beside_the_picture_is_black() -> None:
    """What lies outside of the picture is black, not a smear of its edge."""
    to_picture = np.array([[1.0, 0, 1000], [0, 1, 1000], [0, 0, 1]])
    out = np.empty((32, 32, 3), np.float32)

    Picture(scene(64, 64)).fetch(to_picture, out, low=0)

    assert out.max() < 0.01


@given(st.sampled_from(TURNS), st.integers(2, 4000), st.integers(2, 4000))
def test_a_quarter_turn_keeps_corners_corners(turn_deg, width_px, height_px) -> None:
    """Whatever the size, the corners of the upright picture are the corners of the stored one."""
    w, h = (width_px, height_px) if turn_deg % 180 == 0 else (height_px, width_px)
    corners = np.array([[0, w - 1, 0, w - 1], [0, 0, h - 1, h - 1], [1, 1, 1, 1]])

    found = quarter_turn(turn_deg, width_px, height_px) @ corners

    assert sorted(map(tuple, found[:2].T)) == sorted((x, y) for x in (0, width_px - 1) for y in (0, height_px - 1))
