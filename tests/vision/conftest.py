"""Recordings, pictures and networks that the tests of this floor share."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

import cv2
import pytest

from tests.vision.true_joints import TWIST
from uncrick.pose.frame import Frame
from uncrick.vision.blazepose import Eyes, VisionSettings, open_eyes
from uncrick.vision.picture import Bytes, Picture
from uncrick.vision.quiet import hushed
from uncrick.vision.recording import Recording
from uncrick.vision.source import Shot
from uncrick.vision.watch import seen_by, watch_with

DATA = Path(__file__).parent / "data"
Film = Callable[..., Path]
Watch = Callable[[Iterable[Bytes]], list[Frame]]


@pytest.fixture(scope="session")
def eyes() -> Eyes:
    """The full model, one thread."""
    return open_eyes(VisionSettings(n_threads=1))


@pytest.fixture(scope="session")
def watch(eyes: Eyes) -> Watch:
    """Watch pictures (height, width, 3), blue green red, 15 a second."""

    def watch(pictures: Iterable[Bytes]) -> list[Frame]:
        shots = (Shot(i / 15, Picture(bgr)) for i, bgr in enumerate(pictures))
        return [seen.frame for seen in seen_by(eyes, shots)]

    return watch


@pytest.fixture(scope="session")
def demo() -> Path:
    """The bundled recording of somebody turning on a chair: 278 frames, 15 a second, index at the front."""
    return TWIST


@pytest.fixture(scope="session")
def twist() -> list[Bytes]:
    """Thirty pictures of somebody on a chair, 640 x 480, from 1.3 s on."""
    return pictures_of(TWIST, 20, 50)


@pytest.fixture(scope="session")
def room(twist: list[Bytes]) -> Bytes:
    """The same room with nobody in it: the person is covered with the wall and floor beside."""
    bgr = twist[0].copy()
    bgr[:, 220:430] = cv2.flip(bgr[:, 10:220], 1)
    return bgr


@pytest.fixture
def film(tmp_path: Path) -> Film:
    """Write pictures as a video, 15 a second: `film(pictures, coding=..., name=...)`."""

    def film(pictures: Sequence[Bytes], coding: str = "mp4v", name: str = "film.mp4") -> Path:
        path = tmp_path / name
        height, width = pictures[0].shape[:2]
        with hushed():
            writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*coding), 15, (width, height))
        assert writer.isOpened()
        for bgr in pictures:
            writer.write(bgr)
        writer.release()
        return path

    return film


def pictures_of(path: Path, start: int, stop: int) -> list[Bytes]:
    """Return the pictures of a recording from *start* to before *stop*, upright, blue green red."""
    return [shot.picture.bgr for shot in islice(Recording(path).shots(), start, stop)]


@pytest.fixture
def watch_file(eyes: Eyes) -> Callable[[Path], list[Frame]]:
    """Watch a file from its first picture to its last, decoding ahead."""
    return lambda path: [seen.frame for seen in watch_with(eyes, Recording(path))]
