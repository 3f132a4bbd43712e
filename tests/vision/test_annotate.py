"""Annotated videos: they play, keep their times, and survive a full disk in part."""

import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from uncrick.errors import ProblemsError
from uncrick.pose.frame import empty_frame
from uncrick.vision.annotate import LONGEST_SIDE_PX, AnnotatedVideo, fitted
from uncrick.vision.draw import STRIP, Caption
from uncrick.vision.picture import BgrPicture
from uncrick.vision.watch import Seen


def seen(t_s: float, height: int = 120, width: int = 160) -> Seen:
    """A picture of noise, which compresses badly, with nobody in it."""
    noise = np.random.default_rng(int(t_s * 1000)).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return Seen(empty_frame(t_s), BgrPicture(noise))


@pytest.mark.parametrize("name", ["out.mp4", "out.webm", "out.mkv"])
def test_a_written_video_plays_and_keeps_its_times(tmp_path, name) -> None:
    """Every picture comes back at its own time, the band under it, in a coding without licence fees."""
    times_s = [0, 0.1, 0.15, 0.5, 0.55]

    with AnnotatedVideo(tmp_path / name) as video:
        for t_s in times_s:
            video.add(seen(t_s), Caption(says="Stop.", severity="stop"))

    with av.open(str(tmp_path / name)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        assert stream.codec_context.name in ("vp9", "av1", "libdav1d", "mpeg4")
    assert [frame.time for frame in frames] == pytest.approx(times_s, abs=2e-3)
    assert (frames[0].width, frames[0].height) == (160, 140)
    corner = frames[-1].to_ndarray(format="bgr24")[-4, -4].astype(int)
    assert np.abs(corner - STRIP["stop"]).max() < 30


def test_a_huge_picture_is_written_smaller(tmp_path) -> None:
    """A 4K picture and its landmarks shrink together, to an even size."""
    frame = empty_frame(0.0)
    points = np.tile([2159.0, 3839.0, 10.0], (33, 1))
    portrait = BgrPicture(np.zeros((3839, 2159, 3), np.uint8))

    bgr, small = fitted(portrait, type(frame)(0.0, points, points, np.ones(33)))

    height, width = bgr.shape[:2]
    assert max(height, width) <= LONGEST_SIDE_PX
    assert height % 2 == width % 2 == 0
    assert small.image_px[0, :2] == pytest.approx([width, height])


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path) -> None:
    """A folder that is not there, and an ending no format has, are said."""
    for path in (tmp_path / "nowhere" / "out.mp4", tmp_path / "out.what"):
        with pytest.raises(ProblemsError, match="cannot be written"):
            AnnotatedVideo(path)


def test_a_full_disk_is_a_sentence(tmp_path) -> None:
    """When nothing can be written any more it is said, once, with the system's own reason."""
    path = tmp_path / "out.mp4"
    path.symlink_to("/dev/full")

    with (
        pytest.raises(ProblemsError, match="cannot be written: No space left on device"),
        AnnotatedVideo(path) as video,
    ):
        for i in range(20):
            video.add(seen(i / 10, 480, 640))


LIMITED = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_annotate import AnnotatedVideo, ProblemsError, seen
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    with AnnotatedVideo(Path(sys.argv[1])) as video:
        for i in range(200):
            video.add(seen(i / 10, 240, 320))
except ProblemsError as error:
    print(error)
"""


def test_what_fitted_on_a_full_disk_can_be_watched(tmp_path) -> None:
    """A video that breaks off for lack of room says that it is partial, and its first part plays."""
    path = tmp_path / "out.mp4"

    folder = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), folder], capture_output=True, text=True, check=True
    )

    assert "cannot be written" in done.stdout
    assert "pictures written so far are kept; the video is partial" in done.stdout
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.decode(video=0)) > 5
