"""The slanted square: direction, size, and back to the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.vision.region import SCALE, Region, crop_to_picture, points_to_picture, region_from_points

regions = st.builds(Region, st.floats(-500, 4000), st.floats(-500, 4000), st.floats(10, 3000), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("rim_px", "angle_deg"),
    [((100, 50), 0), ((150, 100), 90), ((50, 100), -90), ((150, 50), 45)],
)
def test_a_region_is_turned_with_the_body(rim_px, angle_deg) -> None:
    """Upright is 0 degrees, a head to the right of the hips 90, to the left -90: clockwise as seen."""
    region = region_from_points(np.array([100.0, 100.0]), np.array(rim_px, dtype=float))

    assert region.angle_deg == pytest.approx(angle_deg)
    assert (region.x_px, region.y_px) == (100, 100)


def test_a_region_leaves_room_around_the_body() -> None:
    """The side of the region is the diameter of the body's circle and a quarter."""
    region = region_from_points(np.array([0.0, 0.0]), np.array([0.0, -100.0]))

    assert region.side_px == pytest.approx(200 * SCALE)


@given(regions)
def test_the_rim_of_the_body_is_up_in_its_crop(region) -> None:
    """A point straight above the middle of the crop lies where the region's angle points in the picture."""
    middle, above = points_to_picture(region, np.array([[128.0, 128, 0], [128, 64, 0]]), 256)[:, :2]

    again = region_from_points(middle, above)

    assert np.cos(np.radians(again.angle_deg - region.angle_deg)) == pytest.approx(1, abs=1e-6)


@given(regions, st.floats(0, 255), st.floats(0, 255))
def test_points_go_where_their_pixels_came_from(region, column, row) -> None:
    """A landmark on a pixel of the crop lands on the place of the picture that the pixel was fetched from."""
    fetched_from = crop_to_picture(region, 256) @ [column, row, 1]

    landed = points_to_picture(region, np.array([[column + 0.5, row + 0.5, 0]]), 256)[0, :2]

    np.testing.assert_allclose(landed, fetched_from[:2] + 0.5, atol=1e-6 * region.side_px)


@given(regions, st.floats(-200, 200))
def test_depth_is_in_the_scale_of_the_picture(region, z) -> None:
    """Depth grows with the region as widths do."""
    landed = points_to_picture(region, np.array([[0.0, 0, z]]), 256)

    assert landed[0, 2] == pytest.approx(z * region.side_px / 256)
