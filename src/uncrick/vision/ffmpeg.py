"""The one door to the FFmpeg inside OpenCV: silent, and for files of this machine only."""

import os
from pathlib import Path
from typing import Final

import cv2

from uncrick.vision.quiet import hush_opencv, hushed

SETTINGS: Final = {
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": "protocol_whitelist;file",
}
"""Say nothing, and let no file that poses as a video (a playlist, say) reach out to the net."""

os.environ.update(SETTINGS)  # OpenCV reads them here and nowhere else, the first when it first touches FFmpeg


def open_pictures(path: Path, n_threads: int) -> cv2.VideoCapture | None:
    """Open a video to decode it, turned upright as its file says; None when that cannot be done."""
    return _opened(path, [cv2.CAP_PROP_N_THREADS, n_threads])


def open_packets(path: Path) -> cv2.VideoCapture | None:
    """Open a video to read its coded pictures as they are; None when there is none in it."""
    return _opened(path, [cv2.CAP_PROP_FORMAT, -1])


def open_encoder(path: Path, coding: str, size_px: tuple[int, int]) -> cv2.VideoWriter | None:
    """Begin a video of pictures (height, width, 3); None when this coding cannot be written here.

    coding : four letters. size_px : width, height, both even. The rate in the file means nothing: see packing.py.
    """
    return _begun(path, cv2.VideoWriter.fourcc(*coding), 30.0, size_px, [])


def open_packer(path: Path, like: cv2.VideoCapture, rate_hz: float) -> cv2.VideoWriter | None:
    """Begin a video of pictures that are coded already, as *like* gives them; times are counted in 1/rate_hz."""
    size_px = int(like.get(cv2.CAP_PROP_FRAME_WIDTH)), int(like.get(cv2.CAP_PROP_FRAME_HEIGHT))
    coding = int(like.get(cv2.CAP_PROP_FOURCC))
    return _begun(path, coding, rate_hz, size_px, [cv2.VIDEOWRITER_PROP_RAW_VIDEO, 1])


def _opened(path: Path, how: list[int]) -> cv2.VideoCapture | None:
    hush_opencv()
    try:
        capture = cv2.VideoCapture(_address(path), cv2.CAP_FFMPEG, how)
    except (cv2.error, UnicodeError):
        return None
    return capture if capture.isOpened() else None


def _begun(path: Path, coding: int, rate_hz: float, size_px: tuple[int, int], how: list[int]) -> cv2.VideoWriter | None:
    hush_opencv()
    try:
        with hushed():  # it prints when a container calls a coding by another name
            writer = cv2.VideoWriter(str(path.absolute()), cv2.CAP_FFMPEG, coding, rate_hz, size_px, how)
    except (cv2.error, UnicodeError):
        return None
    return writer if writer.isOpened() else None


def _address(path: Path) -> str:
    return f"file:{path.absolute()}"
