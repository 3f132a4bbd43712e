"""Annotated videos: they play, keep their times, and survive a full disk in part."""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.web.pose_server import open_browser
from uncrick.errors import ProblemsError
from uncrick.pose.frame import empty_frame
from uncrick.vision import annotate
from uncrick.vision.annotate import LONGEST_SIDE_PX, AnnotatedVideo, fitted
from uncrick.vision.draw import STRIP, Caption
from uncrick.vision.picture import Picture
from uncrick.vision.recording import Recording
from uncrick.vision.watch import Seen

ROOT = Path(__file__).parents[2]


def seen(t_s: float, height: int = 120, width: int = 160) -> Seen:
    """A picture of noise, which compresses badly, with nobody in it."""
    noise = np.random.default_rng(int(t_s * 1000)).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return Seen(empty_frame(t_s), Picture(noise))


@pytest.mark.parametrize("name", ["out.mp4", "out.webm", "out.mkv", "out.mov"])
def test_a_written_video_plays_and_keeps_its_times(tmp_path, name) -> None:
    """Every picture comes back at its own time, the band under it, and nothing else is left in the folder."""
    times_s = [0, 0.1, 0.15, 0.5, 0.55]

    with AnnotatedVideo(tmp_path / name) as video:
        for t_s in times_s:
            video.add(seen(t_s), Caption(says="Stop.", severity="stop"))

    shots = list(Recording(tmp_path / name).shots())
    assert [shot.t_s for shot in shots] == pytest.approx(times_s, abs=2e-3)
    assert shots[0].picture.bgr.shape == (140, 160, 3)
    corner = shots[-1].picture.bgr[-4, -4].astype(int)
    assert np.abs(corner - STRIP["stop"]).max() < 30
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "coding"), [("out.mp4", b"VP90"), ("out.webm", b"VP80"), ("out.mkv", b"VP80"), ("out.mov", b"FMP4")]
)
def test_the_coding_needs_no_licence(tmp_path, name, coding) -> None:
    """What is in the file is VP8, VP9 or MPEG-4 part 2, at the rate of the source."""
    with AnnotatedVideo(tmp_path / name) as video:
        for i in range(6):
            video.add(seen(i / 15))

    capture = cv2.VideoCapture(str(tmp_path / name), cv2.CAP_FFMPEG)
    assert int(capture.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little") == coding
    assert capture.get(cv2.CAP_PROP_FPS) == pytest.approx(15)


def test_a_browser_shows_it(tmp_path) -> None:
    """Chromium plays the mp4 and the webm from their first picture to their last, as long as they are."""
    for name in ("out.mp4", "out.webm"):
        with AnnotatedVideo(tmp_path / name) as video:
            for t_s in (0, 0.1, 0.15, 0.5, 1.5):
                video.add(seen(t_s))

    with open_browser() as browser:
        page = browser.new_page()
        page.goto(tmp_path.as_uri())
        found = {name: page.evaluate(PLAY, name) for name in ("out.mp4", "out.webm")}

    for width, height, duration_s, end_s in found.values():
        assert (width, height) == (160, 140)
        assert 1.5 <= duration_s < 1.6
        assert end_s == pytest.approx(duration_s, abs=0.05)


PLAY = """
name => new Promise((done, failed) => {
  const video = document.createElement("video");
  video.muted = true;
  video.src = name;
  video.onerror = () => failed(video.error.message);
  video.onended = () => done([video.videoWidth, video.videoHeight, video.duration, video.currentTime]);
  document.body.append(video);
  video.play();
})
"""


def test_a_huge_picture_is_written_smaller(tmp_path) -> None:
    """A 4K picture and its landmarks shrink together, to an even size."""
    frame = empty_frame(0.0)
    points = np.tile([2159.0, 3839.0, 10.0], (33, 1))
    portrait = Picture(np.zeros((3839, 2159, 3), np.uint8))

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


def test_a_disk_that_is_full_from_the_start_is_a_sentence(tmp_path) -> None:
    """When nothing can be written at all it is said at once, with the system's own reason."""
    path = tmp_path / "out.mp4"
    path.symlink_to("/dev/full")

    with pytest.raises(ProblemsError, match="cannot be written: No space left on device"):
        AnnotatedVideo(path)


def test_room_that_runs_out_is_a_sentence_and_keeps_what_was_written(tmp_path, monkeypatch) -> None:
    """When the disk has no more room to spare writing ends, it is said, and what was written plays at its times."""
    path = tmp_path / "out.mp4"
    video = AnnotatedVideo(path)
    for i in range(7):
        video.add(seen(i / 10))

    monkeypatch.setattr(annotate, "SPARE_BYTES", 2**62)
    with pytest.raises(ProblemsError, match="cannot be written: No space left on device") as raised:
        video.add(seen(0.7))
    video.close()

    assert "the 7 pictures written so far are kept; the video is partial" in str(raised.value)
    assert [shot.t_s for shot in Recording(path).shots()] == pytest.approx([i / 10 for i in range(7)])
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]


def test_a_video_without_a_picture_is_no_file(tmp_path) -> None:
    """When nothing was seen nothing is left behind."""
    with AnnotatedVideo(tmp_path / "out.webm"):
        pass

    assert list(tmp_path.iterdir()) == []


LIMITED = """
import resource, sys
from pathlib import Path
from tests.vision.test_annotate import AnnotatedVideo, ProblemsError, seen
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with AnnotatedVideo(Path(sys.argv[1])) as video:
        for i in range(50):
            video.add(seen(i / 10))
except ProblemsError as error:
    print(error)
"""


@pytest.mark.parametrize("name", ["out.mp4", "out.webm"])
def test_what_the_system_did_not_take_is_missed(tmp_path, name) -> None:
    """A system that takes no more, without saying so to the encoder, is found out; the first part plays."""
    path = tmp_path / name

    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )

    n_kept = sum(1 for _ in Recording(path).shots())
    assert 5 < n_kept < 50
    assert f"cannot be written: only {n_kept} of 50 pictures found room" in done.stdout
    assert f"the {n_kept} pictures written so far are kept; the video is partial" in done.stdout
    assert path.stat().st_size <= 200_000
    assert done.stderr == ""


def test_an_unfinished_video_can_be_shown(tmp_path) -> None:
    """What a crash leaves behind, before anything is finished, can be watched to where it broke off."""
    video = AnnotatedVideo(tmp_path / "out.webm")
    for i in range(60):
        video.add(seen(i / 10, 240, 320))

    (unfinished,) = tmp_path.glob("*.mkv")
    crashed = tmp_path / "crashed.mkv"
    crashed.write_bytes(unfinished.read_bytes())
    video.close()

    assert sum(1 for _ in Recording(crashed).shots()) > 10
