"""Where people are: anchors, merged boxes, turned pictures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.vision.detector import anchors, decoded, find_people, letterbox, merged, overlap
from uncrick.vision.picture import Picture

corners = st.tuples(*[st.floats(0, 200)] * 2, *[st.floats(1, 100)] * 2)


def box(x: float, y: float, w: float, h: float) -> np.ndarray:
    """A box of six points whose key points are all its middle."""
    return np.array([[x, y], [x + w, y + h], *[[x + w / 2, y + h / 2]] * 4])


def test_there_is_an_anchor_for_every_answer() -> None:
    """Strides 8, 16, 32 with 2, 2, 6 boxes a cell make 2254 anchors, centred in their cells."""
    grid = anchors(224)

    assert grid.shape == (2254, 2)
    np.testing.assert_allclose(grid[0], 0.5 / 28)
    np.testing.assert_allclose(grid[2], [1.5 / 28, 0.5 / 28])
    np.testing.assert_allclose(grid[-1], 6.5 / 7)


@given(corners, corners)
def test_overlap_is_a_share(a, b) -> None:
    """Overlap lies between 0 and 1, does not ask who comes first, and is 1 with oneself."""
    first, second = box(*a), box(*b)

    shares = overlap(first, np.stack([first, second]))

    assert shares[0] == pytest.approx(1)
    assert 0 <= shares[1] <= 1
    assert shares[1] == pytest.approx(overlap(second, first[None])[0])


def test_boxes_that_mean_one_person_become_one() -> None:
    """Two overlapping boxes are averaged by their scores; a third elsewhere stays by itself; the surest is first."""
    boxes = np.stack([box(10, 10, 50, 50), box(14, 10, 50, 50), box(150, 100, 40, 40)])

    people = merged(np.array([0.6, 0.9, 0.7]), boxes)

    assert [score for score, _ in people] == [0.9, 0.7]
    np.testing.assert_allclose(people[0][1][0], [(0.6 * 10 + 0.9 * 14) / 1.5, 10])
    np.testing.assert_allclose(people[1][1], boxes[2])


def test_unsure_answers_are_nobody() -> None:
    """When no anchor is sure there are no boxes."""
    scores, boxes = decoded(np.zeros((2254, 12)), np.full(2254, -1.0), 224)

    assert scores.size == 0
    assert merged(scores, boxes) == []


@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_the_whole_picture_fits_into_the_network_at_every_turn(turn_deg) -> None:
    """All four corners of a wide picture are inside the square that the network sees, two of its edges touched."""
    picture = Picture(np.zeros((90, 160, 3), np.uint8))
    to_picture = letterbox(picture, 224, turn_deg)

    seen = np.linalg.inv(to_picture) @ np.array([[-0.5, 159.5, -0.5, 159.5], [-0.5, -0.5, 89.5, 89.5], [1, 1, 1, 1]])

    np.testing.assert_allclose([seen[:2].min(), seen[:2].max()], [-0.5, 223.5])


def test_a_person_is_found_in_the_same_place_at_every_turn(eyes, twist) -> None:
    """However the picture is turned for the search, hips, size and upright direction come out alike."""
    found = [find_people(eyes.detector, Picture(twist[0]), turn_deg)[0].region for turn_deg in (0, 90, 180, 270)]

    for region in found:
        assert (region.x_px, region.y_px) == pytest.approx((320, 270), abs=30)
        assert region.side_px == pytest.approx(found[0].side_px, rel=0.15)
        assert abs(region.angle_deg) < 12


def test_an_empty_room_holds_nobody(eyes, room) -> None:
    """In the same room without the person no answer is sure of anybody."""
    assert all(sighting.score < 0.8 for sighting in find_people(eyes.detector, Picture(room), 0))
