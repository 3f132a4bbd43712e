"""A camera by its number: the newest picture, and a sentence instead of a hang when there is none."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.vision.ahead import Ahead
from uncrick.vision.picture import Picture
from uncrick.vision.quiet import hush_opencv
from uncrick.vision.source import Shot, VideoFacts

PATIENCE_S: Final = 8.0
"""How long a camera may take for a picture. Some need five seconds for the first."""


class Camera:
    """A camera, opened and read in a thread of its own; only its newest picture waits."""

    is_live = True

    def __init__(self, number: int) -> None:
        self._number = number
        self.missing = ""
        self._ahead = Ahead(_pictures(number), n_ahead=1, newest_only=True, patience_s=PATIENCE_S)
        self._first = self._next()
        picture = self._first.picture
        self.facts = VideoFacts(f"camera {number}", picture.width_px, picture.height_px, None, None, None)

    def shots(self) -> Iterator[Shot]:
        """See Video. Ends when the camera does, or when it is silent for PATIENCE_S."""
        shot: Shot | None = self._first
        first_s = self._first.t_s
        try:
            while shot is not None:
                yield Shot(shot.t_s - first_s, shot.picture)
                shot = self._next_or_none()
        finally:
            self._ahead.close()

    def _next(self) -> Shot:
        shot = self._next_or_none()
        if shot is None:
            self._ahead.close()
            raise ProblemsError([Problem(f"camera {self._number}", "gives no picture", self._hint())])
        return shot

    def _next_or_none(self) -> Shot | None:
        try:
            return next(self._ahead, None)
        except TimeoutError:
            self.missing = f"camera {self._number}: no picture came for {PATIENCE_S:.0f} s"
            return None

    def _hint(self) -> str:
        if sys.platform == "linux":
            found = sorted(int(p.name[5:]) for p in Path("/dev").glob("video*") if p.name[5:].isdigit())
            if self._number not in found:
                there = f"there are {', '.join(map(str, found))}" if found else "no camera is connected"
                return f"there is no camera of this number: {there}"
        return "another program may be using it, or this one may not: close the other and look at the permissions"


def _pictures(number: int) -> Iterator[Shot]:
    hush_opencv()
    capture = cv2.VideoCapture(number)
    try:
        while True:
            taken, bgr = capture.read()
            if not taken:
                return
            yield Shot(time.monotonic(), Picture(np.asarray(bgr, dtype=np.uint8)))
    finally:
        capture.release()
