"""The one door for moving pictures: a file by its path, a camera by its number."""

from pathlib import Path

from uncrick.vision.camera import Camera
from uncrick.vision.recording import Recording
from uncrick.vision.source import Video


def open_video(source: str | Path | int, n_threads: int = 2) -> Video:
    """Open a file or, by its number, a camera. n_threads : for decoding a file.

    Raises ProblemsError with one sentence when there is no picture to be had from it.
    """
    return Camera(source) if isinstance(source, int) else Recording(Path(source), n_threads)
