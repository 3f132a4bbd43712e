"""Shapes: a frame as joints seen from the hips, ten times a second."""

import numpy as np
import pytest

from tests.coach.moving_body import raises
from uncrick.coach import shape
from uncrick.coach.shape import JOINTS, N_JOINTS, Sampling
from uncrick.pose.clip import mirrored_clip
from uncrick.pose.frame import Frame, empty_frame
from uncrick.pose.landmark import INDEX

WRIST = JOINTS.index("wrist_right")


def samples_of(frames):
    state, out = None, []
    for frame in frames:
        state, sample = shape.step(Sampling(), state, frame)
        out += [sample] if sample else []
    return out


def test_a_shape_is_seen_from_the_hips_wherever_the_origin_is():
    """Moving the origin of the room changes no shape."""
    frame = next(raises(1).frames())
    moved = Frame(frame.t_s, frame.image_px, frame.world_m + np.array([1.0, 2.0, 3.0]), frame.visibility)

    np.testing.assert_allclose(shape.shape_of(moved), shape.shape_of(frame), atol=1e-12)


def test_a_shape_in_pixels_where_there_are_no_metres():
    """A source without depth gives shapes in the picture, with depth 0."""
    frame = next(raises(1, jitter_m=0.0).frames())
    flat = Frame(frame.t_s, frame.image_px, np.full((33, 3), np.nan), frame.visibility)

    got = shape.shape_of(flat)

    np.testing.assert_allclose(got[:, :2], shape.shape_of(frame)[:, :2] * 200)
    assert np.all(got[:, 2] == 0)


def test_trunk_length():
    """The trunk reaches from the hips to the middle of the shoulders."""
    frame = next(raises(1, jitter_m=0.0).frames())

    assert shape.trunk_length(shape.shape_of(frame)) == pytest.approx(0.5)


def test_mirroring_a_shape_is_mirroring_the_clip():
    """A mirrored clip gives mirrored shapes."""
    clip = raises(1)
    plain = np.array([shape.shape_of(f) for f in clip.frames()])
    other = np.array([shape.shape_of(f) for f in mirrored_clip(clip).frames()])

    np.testing.assert_allclose(shape.mirrored(plain), other, atol=1e-12)


@pytest.mark.parametrize("fps", [5, 10, 24, 30, 60, 240])
def test_ten_samples_a_second_at_any_frame_rate(fps):
    """Fast streams are averaged to ten samples a second, slower ones give a sample a frame."""
    got = samples_of(raises(1, period_s=4.0, fps=fps).frames())

    expected = min(fps, 10) * 4
    assert abs(len(got) - expected) <= 1
    assert np.all(np.diff([s.t_s for s in got]) > 0)


def test_a_joint_out_of_sight_stays_where_it_was_seen_last():
    """An unseen joint keeps its last place; one that was never seen stays NaN."""
    frames = list(raises(1, fps=10).frames())
    hidden = []
    for i, frame in enumerate(frames):
        world = frame.world_m.copy()
        world[INDEX["nose"]] = np.nan
        if i >= 5:
            world[INDEX["wrist_right"]] = np.nan
        hidden.append(Frame(frame.t_s, frame.image_px, world, frame.visibility))

    got = samples_of(hidden)

    np.testing.assert_allclose(got[9].shape[WRIST], shape.shape_of(frames[4])[WRIST])
    assert np.isnan(got[9].shape[JOINTS.index("nose")]).all()


def test_frames_nobody_can_use_are_passed_over():
    """Empty frames, repeated and backward time stamps change nothing."""
    frames = list(raises(1).frames())
    bad = []
    for i, frame in enumerate(frames):
        bad += [frame, frame, Frame(frame.t_s - 1.0, frame.image_px, frame.world_m, frame.visibility)]
        bad += [empty_frame(frame.t_s + 0.001)] if i % 5 == 0 else []

    got, expected = samples_of(bad), samples_of(frames)

    assert [s.t_s for s in expected] == [s.t_s for s in got]
    assert got[0].shape.shape == (N_JOINTS, 3)
