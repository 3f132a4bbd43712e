"""Choosing, following, losing and finding one person."""

import cv2
import numpy as np
import pytest

from uncrick.vision.blazepose import Track, VisionSettings, jumped, open_eyes, order, step, within
from uncrick.vision.detector import Sighting
from uncrick.vision.picture import Picture
from uncrick.vision.region import Region
from uncrick.vision.source import Shot

HIPS = [23, 24]


def hips_px(frames) -> np.ndarray:
    """Middle of the hips of every frame that has a body, (n, 2)."""
    return np.array([frame.image_px[HIPS, :2].mean(axis=0) for frame in frames if frame.has_body])


def side_by_side(*people) -> np.ndarray:
    """One picture of several, each (picture, size): cut out around the chair and set on one floor."""
    canvas = np.full((480, 400 * len(people), 3), 127, np.uint8)
    for i, (bgr, size) in enumerate(people):
        part = cv2.resize(bgr[:, 120:520], None, fx=size, fy=size)
        h, w = part.shape[:2]
        left = i * 400 + (400 - w) // 2
        canvas[480 - h :, left : left + w] = part
    return canvas


def test_the_largest_and_most_central_comes_first() -> None:
    """With nobody followed yet, size counts, and of equals the middle of the picture."""
    picture = Picture(np.zeros((480, 1200, 3), np.uint8))
    small, large, beside = (
        Sighting(0.9, Region(x_px, 240, side_px, 0)) for x_px, side_px in ((600, 100), (700, 300), (150, 300))
    )

    assert order([small, beside, large], picture, own=None) == [large, beside, small]


def test_who_was_followed_is_not_swapped_for_somebody_else() -> None:
    """Just after a loss only who is in the same place counts, however large others are."""
    picture = Picture(np.zeros((480, 1200, 3), np.uint8))
    other = Sighting(0.99, Region(900, 240, 400, 0))
    same = Sighting(0.6, Region(310, 240, 210, 0))

    assert order([other, same], picture, own=Region(300, 240, 200, 0)) == [same]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (Region(110, 100, 100, 0), False),
        (Region(190, 100, 100, 0), True),
        (Region(100, 100, 210, 0), True),
        (Region(100, 100, 45, 0), True),
        (Region(100, 100, 100, 170), False),
    ],
)
def test_a_jump_is_told_from_a_movement(now, expected) -> None:
    """More than 0.6 of the region in one picture, or twice or half the size, is no movement of a person."""
    assert jumped(Region(100, 100, 100, 0), now) is expected


def test_points_beside_the_picture_are_not_in_sight() -> None:
    """A landmark is within the picture, or within a small edge around it, or it is not."""
    picture = Picture(np.zeros((100, 200, 3), np.uint8))
    points = np.array([[0.0, 0, 0], [199, 99, 0], [203, 50, 0], [50, 140, 0]])

    assert within(points, picture, edge=0.02).tolist() == [True, True, True, False]
    assert within(points, picture, edge=0).tolist() == [True, True, False, False]


def test_nobody_is_seen_in_dark_and_empty_rooms(watch, room) -> None:
    """Black pictures and an empty room give empty frames with their times, and no body."""
    dark = [np.zeros((480, 640, 3), np.uint8)] * 6

    frames = watch([*dark, *[room] * 6])

    assert not any(frame.has_body for frame in frames)
    assert [frame.t_s for frame in frames] == pytest.approx([i / 15 for i in range(12)])
    assert all(np.isnan(frame.world_m).all() and not frame.visibility.any() for frame in frames)


def test_someone_walking_in_late_is_seen_within_half_a_second(watch, room, twist) -> None:
    """After an empty room the person who comes in is found in at most seven pictures of 1/15 s."""
    frames = watch([*[room] * 10, *twist[:8]])

    found = [i for i, frame in enumerate(frames) if frame.has_body]
    assert 10 <= found[0] <= 17
    assert found == list(range(found[0], 18))


def test_someone_walking_out_is_lost(watch, room, twist) -> None:
    """When the person is gone the frames are empty at once: no ghost is kept."""
    frames = watch([*twist[:5], *[room] * 8])

    assert all(frame.has_body for frame in frames[:5])
    assert not any(frame.has_body for frame in frames[6:])


@pytest.mark.parametrize(("sizes", "middle_px"), [((1, 0.6, 0.6), 200), ((1, 1, 1), 600), ((0.6, 0.6, 1), 1000)])
def test_of_three_people_one_is_chosen_and_kept(watch, twist, sizes, middle_px) -> None:
    """The largest, or of equals the middle one, is followed in every picture; no frame mixes two people."""
    pictures = [side_by_side(*((bgr, size) for size in sizes)) for bgr in twist[:12]]

    frames = watch(pictures)

    assert all(frame.has_body for frame in frames)
    assert np.abs(hips_px(frames)[:, 0] - middle_px).max() < 40
    assert max(np.ptp(frame.image_px[:, 0]) for frame in frames) < 400


def test_who_was_chosen_stays_chosen_when_somebody_larger_comes(watch, twist) -> None:
    """A larger person who appears beside does not take over."""
    alone = [side_by_side((bgr, 0.7), (np.full_like(bgr, 127), 1)) for bgr in twist[:8]]
    both = [side_by_side((bgr, 0.7), (bgr, 1)) for bgr in twist[8:20]]

    frames = watch([*alone, *both])

    assert all(frame.has_body for frame in frames)
    assert np.abs(hips_px(frames)[:, 0] - 200).max() < 40


@pytest.mark.parametrize("part", [np.s_[:, :320], np.s_[:270], np.s_[100:, 250:]])
def test_someone_half_out_of_the_picture_makes_no_rubbish(watch, twist, part) -> None:
    """Cut off at the side or the waist, a person is seen or not seen, and what is outside has no visibility."""
    frames = watch([np.ascontiguousarray(bgr[part]) for bgr in twist[:8]])

    height, width = twist[0][part].shape[:2]
    for frame in frames:
        outside = (np.abs(frame.image_px[:, :2] / [width, height] - 0.5) > 0.55).any(axis=1)
        assert not frame.visibility[outside].any()


@pytest.mark.parametrize("turn_deg", [90, 180, 270])
def test_somebody_lying_in_the_picture_is_followed(watch, twist, turn_deg) -> None:
    """The same person in a picture turned on its side is found, and the turned points match the upright ones."""
    upright = watch(twist[:10])
    turned = watch([np.ascontiguousarray(np.rot90(bgr, -turn_deg // 90)) for bgr in twist[:10]])

    x, y = upright[-1].image_px[:, 0], upright[-1].image_px[:, 1]
    expected = {90: (480 - y, x), 180: (640 - x, 480 - y), 270: (y, 640 - x)}[turn_deg]
    assert all(frame.has_body for frame in turned)
    apart_px = np.hypot(turned[-1].image_px[:, 0] - expected[0], turned[-1].image_px[:, 1] - expected[1])
    assert np.median(apart_px) < 3


def test_cutting_the_stream_anywhere_changes_nothing(eyes, twist, room) -> None:
    """State carried over a cut, by a fresh pair of eyes, gives the frames of the uncut stream."""
    shots = [Shot(i / 15, Picture(bgr)) for i, bgr in enumerate([room, *twist[:5], room, *twist[5:9]])]
    others = open_eyes(VisionSettings(n_threads=1))
    uncut, track = [], None
    tracks: list[Track] = []
    for shot in shots:
        track, frame = step(eyes, track, shot)
        uncut.append(frame)
        tracks.append(track)

    for cut in (2, 6, 8):
        track = tracks[cut - 1]
        for i in range(cut, len(shots)):
            track, frame = step(others, track, shots[i])
            np.testing.assert_array_equal(frame.image_px, uncut[i].image_px)


def test_a_gap_in_time_starts_a_new_search(eyes, twist) -> None:
    """After half a second without a picture the old region is not trusted, and the person is found all the same."""
    track, _ = step(eyes, None, Shot(0.0, Picture(twist[0])))
    moved = np.roll(twist[0], 150, axis=1)

    _, frame = step(eyes, track, Shot(5.0, Picture(moved)))

    assert hips_px([frame])[0, 0] == pytest.approx(320 + 150, abs=15)
