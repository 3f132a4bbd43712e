"""Whole recordings watched: how far landmarks are from true joints, and what goes on meanwhile."""

import sys
import threading

import numpy as np
import pytest

from tests.vision.true_joints import CLIPS, ROCKING, TWIST, errors_px
from uncrick.vision.blazepose import VisionSettings
from uncrick.vision.recording import Recording
from uncrick.vision.video import open_video
from uncrick.vision.watch import watch_pictures, watch_video


@pytest.mark.parametrize(
    ("model", "path", "most_px"),
    [("lite", TWIST, 5.5), ("full", TWIST, 5.0), ("lite", ROCKING, 8.3), ("full", ROCKING, 6.5)],
    ids=["lite-twist", "full-twist", "lite-rocking", "full-rocking"],
)
def test_landmarks_are_near_the_true_joints(model, path, most_px) -> None:
    """On a chair and lying on the floor everybody is seen in every frame, a few pixels from the projected joints."""
    frames = list(watch_video(Recording(path), VisionSettings(model=model, n_threads=1)))

    errors = errors_px(frames, CLIPS / f"{path.stem}.joints.csv")

    assert all(frame.has_body for frame in frames)
    assert errors.mean() < most_px
    assert errors.mean(axis=1).max() < 2 * most_px


@pytest.mark.slow
def test_the_heavy_model_is_near_the_true_joints() -> None:
    """The largest model sees the twist as well as the others."""
    frames = list(watch_video(Recording(TWIST), VisionSettings(model="heavy", n_threads=1)))

    assert errors_px(frames, CLIPS / f"{TWIST.stem}.joints.csv").mean() < 5.5


def test_left_is_the_persons_own_left() -> None:
    """Somebody who faces the camera has their left shoulder on the right of the picture, in pixels and in metres."""
    frame = next(watch_video(open_video(TWIST), VisionSettings(model="lite", n_threads=1)))

    assert frame.image_px[11, 0] > frame.image_px[12, 0]
    assert frame.world_m[11, 0] > frame.world_m[12, 0]
    assert abs(frame.image_px[[23, 24], 2].mean()) < 20
    assert np.abs(frame.world_m[[23, 24]].mean(axis=0)).max() < 0.05


def test_a_frame_comes_with_the_picture_it_was_read_from() -> None:
    """Who draws gets each frame with its own picture, in the frame's pixels."""
    for seen in watch_pictures(open_video(TWIST), VisionSettings(model="lite", n_threads=1)):
        assert (seen.picture.width_px, seen.picture.height_px) == (640, 480)
        if seen.frame.t_s > 0.3:
            break


def test_watching_that_is_broken_off_leaves_no_thread() -> None:
    """Whoever stops in the middle, as Ctrl-C does, leaves no decoder running."""
    frames = watch_video(open_video(TWIST), VisionSettings(model="lite", n_threads=1))
    next(frames)

    del frames

    for thread in threading.enumerate():
        if thread.name == "uncrick-ahead":
            thread.join(2)
            assert not thread.is_alive()


SILENT_S = 100
SCRIPT = f"""
import time
from pathlib import Path
from uncrick.vision.video import open_video
from uncrick.vision.watch import watch_video
end_s = time.monotonic() + {SILENT_S}
while True:
    n = sum(frame.has_body for frame in watch_video(open_video(Path({str(TWIST)!r}))))
    assert n == 278, n
    if time.monotonic() > end_s:
        break
    time.sleep(min(20, max(0, end_s - time.monotonic())))
"""


@pytest.mark.slow
def test_a_watch_opens_no_internet_socket(tmp_path) -> None:
    """For a hundred seconds of watching, no thread of the program asks the system for an internet socket."""
    import shutil
    import subprocess

    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not on this machine, so the program's sockets cannot be watched")
    log = tmp_path / "sockets.txt"

    subprocess.run(
        [strace, "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", str(log), sys.executable, "-c", SCRIPT],
        check=True,
        timeout=SILENT_S * 6,
    )

    assert [line for line in log.read_text().splitlines() if "AF_INET" in line] == []
