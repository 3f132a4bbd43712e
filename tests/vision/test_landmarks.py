"""What the landmark network says and how it is read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.pose.landmark import INDEX
from uncrick.vision.landmarks import look_into, refine
from uncrick.vision.picture import Picture
from uncrick.vision.region import Region

COLD = -20.0


def heat_at(*cells: tuple[int, int]) -> np.ndarray:
    """Heatmaps (64, 64, n), each hot in one (column, row) and cold elsewhere."""
    heat = np.full((64, 64, len(cells)), COLD, np.float32)
    for i, (column, row) in enumerate(cells):
        heat[row, column, i] = 6
    return heat


@given(st.integers(0, 63), st.integers(0, 63), st.integers(-3, 3), st.integers(-3, 3))
def test_a_point_moves_to_the_heat_in_its_window(column, row, right, down) -> None:
    """A hot cell no more than three cells away takes the point, at the borders of the map too."""
    start = np.array([[np.clip(column + right, 0, 63), np.clip(row + down, 0, 63)]]) * 4.0 + 2

    moved = refine(start, heat_at((column, row)), 256)

    np.testing.assert_allclose(moved, [[column * 4, row * 4]], atol=1e-3)


def test_heat_further_away_is_not_for_this_point() -> None:
    """A hot cell outside of the window leaves the point where it was."""
    start = np.array([[100.0, 100.0]])

    np.testing.assert_array_equal(refine(start, heat_at((25 + 4, 25)), 256), start)


def test_a_cold_window_and_a_point_outside_stay() -> None:
    """Where nothing is hot, or the point lies beside the crop, the network's own answer stands."""
    start = np.array([[100.0, 100.0], [-3.0, 50.0], [50.0, 300.0]])

    np.testing.assert_array_equal(refine(start, heat_at((60, 60), (0, 12), (12, 63)), 256), start)


def test_a_person_is_read_from_their_region(eyes, twist) -> None:
    """Looking where somebody sits gives a sure flag, hips between knees and shoulders, and world metres of a body."""
    look = look_into(eyes.landmarks, Picture(twist[0]), Region(320, 275, 430, 0))

    shoulder, hip, knee = (look.image_px[INDEX[f"{name}_left"]] for name in ("shoulder", "hip", "knee"))
    width_m = np.linalg.norm(look.world_m[INDEX["shoulder_left"]] - look.world_m[INDEX["shoulder_right"]])
    assert look.flag > 0.9
    assert shoulder[1] < hip[1] < knee[1]
    assert 0.2 < width_m < 0.5
    assert ((look.visibility >= 0) & (look.visibility <= 1)).all()


def test_world_metres_stay_upright_when_the_region_is_slanted(eyes, twist) -> None:
    """The same person looked at through a slanted region has the same up and the same left in metres."""
    straight, slanted = (
        look_into(eyes.landmarks, Picture(twist[0]), Region(320, 275, 430, angle_deg)) for angle_deg in (0, 15)
    )

    np.testing.assert_allclose(slanted.world_m[11:25, :2], straight.world_m[11:25, :2], atol=0.08)
    np.testing.assert_allclose(slanted.image_px[11:25, :2], straight.image_px[11:25, :2], atol=12)


def test_a_wall_is_nobody(eyes, room) -> None:
    """Looking at a wall gives a flag that says so."""
    look = look_into(eyes.landmarks, Picture(room), Region(320, 275, 430, 0))

    assert look.flag == pytest.approx(0, abs=0.4)
