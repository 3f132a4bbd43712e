"""Bodies and captions on pictures: the right colours in the right places."""

import numpy as np
import pytest

from uncrick.pose.frame import Frame, empty_frame
from uncrick.pose.landmark import INDEX
from uncrick.vision.draw import (
    DARK,
    LEFT,
    MIDDLE,
    RIGHT,
    RING,
    STRIP,
    Caption,
    drawn,
    fitting,
    lines,
    side_colour,
    text_width,
)

GREY = 100


def blank() -> np.ndarray:
    return np.full((480, 640, 3), GREY, np.uint8)


def standing(visibility: float = 1.0) -> Frame:
    """Somebody seen from the front: shoulders, hips, knees; their left on the right of the picture."""
    image_px = np.full((33, 3), np.nan)
    for name, height in (("shoulder", 120), ("elbow", 180), ("hip", 260), ("knee", 340)):
        image_px[INDEX[f"{name}_left"]] = (380, height, 0)
        image_px[INDEX[f"{name}_right"]] = (260, height, 0)
    return Frame(3.25, image_px, np.full((33, 3), np.nan), np.full(33, visibility))


def has_colour(picture: np.ndarray, colour) -> bool:
    return bool((np.abs(picture.astype(int) - colour).max(axis=-1) < 12).any())


def test_left_and_right_have_their_own_colours() -> None:
    """The thigh of each side has its side's colour; what joins the sides has neither."""
    picture = drawn(blank(), standing(), Caption())

    assert has_colour(picture[300:301, 376:385], LEFT)
    assert has_colour(picture[300:301, 256:265], RIGHT)
    assert has_colour(picture[258:263, 320:321], MIDDLE)
    assert side_colour((INDEX["hip_left"], INDEX["knee_left"])) == LEFT
    assert side_colour((INDEX["hip_left"], INDEX["hip_right"])) == MIDDLE


def test_what_is_only_guessed_is_pale() -> None:
    """A bone the model thinks hidden is thin and half there."""
    sure, guessed = (drawn(blank(), standing(visibility), Caption()) for visibility in (1.0, 0.2))

    strength = [np.abs(picture[300, 370:391].astype(int) - GREY).sum() for picture in (sure, guessed)]
    assert 0 < strength[1] < strength[0] / 3


def test_the_joint_in_question_is_ringed() -> None:
    """The ring is around the joints of the caption and around no other."""
    picture = drawn(blank(), standing(), Caption(joints=frozenset({"knee_left"})))

    assert has_colour(picture[325:356, 360:400], RING)
    assert not has_colour(picture[325:356, 240:280], RING)


def test_the_band_is_under_the_picture_and_hides_nothing() -> None:
    """Caption or none, the size is the same and the picture above is whole."""
    silent = drawn(blank(), empty_frame(1.0), Caption())
    speaking = drawn(blank(), empty_frame(1.0), Caption("hold", "Keep both feet on the floor.", "cue"))

    assert silent.shape == speaking.shape == (560, 640, 3)
    np.testing.assert_array_equal(silent[:480], speaking[:480])
    assert (silent[480:] == DARK).all()
    assert (speaking[500, 2] == STRIP["cue"]).all()


def test_a_stop_cannot_be_overlooked() -> None:
    """A stop has its own colour around the picture and behind the words."""
    picture = drawn(blank(), empty_frame(1.0), Caption(says="Stop.", severity="stop"))

    for y, x in ((0, 320), (240, 0), (240, 639), (550, 600)):
        assert tuple(picture[y, x]) == STRIP["stop"]


@pytest.mark.parametrize("text", ["ok", "Keep both feet flat on the floor and let the chair hold you. " * 3])
def test_a_sentence_fits_its_room(text) -> None:
    """A short sentence is one line, a long one two, made as small as they must be to stay inside."""
    found = lines(text, 20, 600)

    assert " ".join(found) == text
    assert len(found) == (1 if text == "ok" else 2)
    assert all(text_width(line, fitting(line, 26, 600, 600), 600) <= 610 for line in found)


def test_points_far_outside_do_not_break_drawing() -> None:
    """Landmarks beside the picture, or absurdly far away, are drawn outside of it."""
    frame = standing()
    frame.image_px[INDEX["knee_left"]] = (1e9, -1e9, 0)
    frame.image_px[INDEX["knee_right"]] = (-400, 900, 0)

    assert drawn(blank(), frame, Caption()).shape == (560, 640, 3)
