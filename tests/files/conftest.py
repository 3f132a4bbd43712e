"""Bodies and recordings that the tests of clip files share."""

from collections.abc import Callable

import numpy as np
import pytest

from uncrick.files.clip_check import ReadClip
from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX
from uncrick.pose.room import clip_from_room, front_axes

HALF = {  # m; x to the person's left, y up, z to the person's front
    "Shoulder": (0.18, 1.42, 0.0),
    "Elbow": (0.22, 1.12, 0.0),
    "Wrist": (0.24, 0.87, 0.10),
    "Hip": (0.10, 0.92, 0.0),
    "Knee": (0.10, 0.50, 0.02),
    "Ankle": (0.10, 0.09, 0.0),
    "Heel": (0.10, 0.03, -0.05),
    "BigToe": (0.12, 0.02, 0.16),
}
MARKER_NAMES = ("Nose", "Neck", *(f"{side}{name}" for side in "LR" for name in HALF))


def marker_points(n_frames: int) -> Floats:
    """Return (T, 18, 3) m, y up, of MARKER_NAMES: somebody who stands and turns the trunk to the left and back."""
    rest = [(0.0, 1.60, 0.10), (0.0, 1.45, 0.0), *HALF.values(), *((-x, y, z) for x, y, z in HALF.values())]
    points = np.repeat(np.array(rest)[None], n_frames, axis=0)
    turn = np.radians(30) * np.sin(np.linspace(0, np.pi, n_frames))[:, None]
    above = points[0, :, 1] > 0.95
    x, z = points[:, above, 0].copy(), points[:, above, 2].copy()
    points[:, above, 0] = np.cos(turn) * x + np.sin(turn) * z
    points[:, above, 2] = np.cos(turn) * z - np.sin(turn) * x
    return points


@pytest.fixture
def markers() -> Callable[[int], Floats]:
    """Give the maker of marker points."""
    return marker_points


@pytest.fixture
def marker_names() -> tuple[str, ...]:
    """Give the names of the marker points."""
    return MARKER_NAMES


@pytest.fixture
def clip() -> Clip:
    """Give a clip of twenty frames with everything a file may meet: unseen landmarks, an empty frame, no depth."""
    points = np.full((20, 33, 3), np.nan)
    named = marker_points(20)
    spelling = {"BigToe": "foot_index"}
    for name, i in zip(MARKER_NAMES, range(len(MARKER_NAMES)), strict=True):
        side = {"L": "_left", "R": "_right"}.get(name[0], "")
        landmark = spelling.get(name[1:], name[1:].lower()) + side if side else name.lower()
        if landmark in INDEX:
            points[:, INDEX[landmark]] = named[:, i]
    points[7] = np.nan
    made = clip_from_room(np.arange(20) / 15 + 0.1, points, front_axes(points, np.array([0.0, 1.0, 0.0])), "test")
    made.image_px[3, INDEX["nose"], 2] = np.nan
    made.visibility[5, INDEX["knee_left"]] = 0.125
    return made


@pytest.fixture
def assert_same() -> Callable[[Clip, Clip], None]:
    """Give the check that two clips are the same value, NaN where NaN."""

    def check(expected: Clip, actual: Clip) -> None:
        for name in ("t_s", "image_px", "world_m", "visibility"):
            np.testing.assert_array_equal(getattr(actual, name), getattr(expected, name), err_msg=name)
        for name in ("width_px", "height_px", "source"):
            assert getattr(actual, name) == getattr(expected, name)

    return check


@pytest.fixture
def same_angles() -> Callable[[ReadClip, Clip], None]:
    """Give the check that a read clip has the joints of another one, up to moving and scaling of the picture."""

    def check(read: ReadClip, expected: Clip) -> None:
        seen = np.isfinite(read.clip.world_m) & np.isfinite(expected.world_m)
        assert seen.sum() > 500
        np.testing.assert_allclose(read.clip.world_m[seen], expected.world_m[seen], atol=2e-4)

    return check
