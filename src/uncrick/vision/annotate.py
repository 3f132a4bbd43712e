"""A video written with the body and the captions drawn on it."""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.pose.frame import Frame
from uncrick.vision import ffmpeg
from uncrick.vision.draw import Caption, drawn
from uncrick.vision.packing import n_packets, pack
from uncrick.vision.picture import Bytes, Picture
from uncrick.vision.watch import Seen

LONGEST_SIDE_PX: Final = 1280
"""Larger pictures are written smaller: a body and a line of text need no more."""
CODINGS: Final = {".mp4": ("VP90", "mp4v"), ".webm": ("VP80",), ".mkv": ("VP80", "mp4v"), ".mov": ("mp4v",)}
"""What is written into which file, best first. Their licences ask nothing of the program, and browsers show all but
mp4v. VP90 takes several times as long to write as VP80, which mp4 does not allow."""
SPARE_BYTES: Final = 8_000_000
"""Writing ends while this is left on the disk beside room for the finished file, so that it can be finished."""


class AnnotatedVideo:
    """Writes OUT.mp4 (or .webm, .mkv, .mov) picture by picture: `with AnnotatedVideo(path) as video: video.add(seen)`.

    Pictures are coded into an unfinished file beside it as they come, and packed with their true times at the end.
    What was written stays when something goes wrong, and the sentence says so.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._times_s: list[float] = []
        self._encoder: cv2.VideoWriter | None = None
        self._closed = False
        if path.suffix.lower() not in CODINGS:
            raise self._problem("its ending must be one of " + " ".join(CODINGS))
        try:
            path.write_bytes(bytes(1))  # a place that takes nothing is found out now
            self._unfinished = _empty_file_beside(path)
        except OSError as error:
            raise self._problem(error.strerror or str(error)) from None

    @property
    def n_written(self) -> int:
        """How many pictures were written so far."""
        return len(self._times_s)

    def add(self, seen: Seen, caption: Caption | None = None) -> None:
        """Draw on one picture and write it. Raises ProblemsError when it cannot be written, as on a full disk."""
        bgr, frame = fitted(seen.picture, seen.frame)
        bgr = drawn(bgr, frame, caption or Caption())
        encoder = self._encoder or self._begun(bgr)
        if shutil.disk_usage(self._unfinished).free < SPARE_BYTES + self._unfinished.stat().st_size:
            raise self._problem(os.strerror(errno.ENOSPC), self.n_written)
        encoder.write(bgr)
        self._times_s.append(frame.t_s)

    def close(self) -> None:
        """Finish the file. Raises ProblemsError when less is in it than was added."""
        if self._closed:
            return
        self._closed = True
        if self._encoder is not None:
            self._encoder.release()
        n_kept = self._packed()
        if n_kept < self.n_written:
            raise self._problem(f"only {n_kept} of {self.n_written} pictures found room", n_kept)

    def __enter__(self) -> "AnnotatedVideo":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            with suppress(ProblemsError):  # the first problem is the one to tell
                self.close()

    def _begun(self, bgr: Bytes) -> cv2.VideoWriter:
        size_px = (bgr.shape[1], bgr.shape[0])
        for coding in CODINGS[self._path.suffix.lower()]:
            encoder = ffmpeg.open_encoder(self._unfinished, coding, size_px)
            if encoder is not None:
                self._encoder = encoder
                return encoder
        raise self._problem("OpenCV on this machine has no encoder for it", 0)

    def _packed(self) -> int:
        """Finish the file with as many pictures as fit, and return how many these are."""
        n_kept, n_tried = 0, min(n_packets(self._unfinished), self.n_written)
        while n_tried:
            n_kept = pack(self._unfinished, self._path, self._times_s[:n_tried])
            if n_kept == n_tried:
                break
            n_tried = n_tried * 3 // 4
        self._unfinished.unlink(missing_ok=True)
        if not n_kept and self._path.is_file():
            self._path.unlink()
        return n_kept

    def _problem(self, why: str, n_kept: int = 0) -> ProblemsError:
        kept = f"the {n_kept} pictures written so far are kept; the video is partial" if n_kept else ""
        return ProblemsError([Problem(str(self._path), f"cannot be written: {why}", kept)])


def _empty_file_beside(path: Path) -> Path:
    """Make a Matroska file, which can be shown to its last whole picture however writing ends."""
    number, name = tempfile.mkstemp(".mkv", f"{path.stem}.unfinished.", path.parent)
    os.close(number)
    return Path(name)


def fitted(picture: Picture, frame: Frame) -> tuple[Bytes, Frame]:
    """Return the picture in colour, no larger than LONGEST_SIDE_PX and of even size, and the frame in its pixels."""
    bgr = picture.bgr.copy()
    height, width = bgr.shape[:2]
    scale = min(1.0, LONGEST_SIDE_PX / max(height, width))
    size = tuple(max(2, int(side * scale) // 2 * 2) for side in (width, height))
    if size != (width, height):
        bgr = np.asarray(cv2.resize(bgr, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scales = np.array([size[0] / width, size[1] / height, scale])
    return np.ascontiguousarray(bgr), replace(frame, image_px=frame.image_px * scales)
