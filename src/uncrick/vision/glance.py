"""A glance through a camera: opened, left to settle, a few pictures taken, closed again at once."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

import cv2
import numpy as np

from uncrick.pose.frame import Frame
from uncrick.vision import blazepose
from uncrick.vision.blazepose import Eyes
from uncrick.vision.picture import Picture
from uncrick.vision.quiet import hush_opencv
from uncrick.vision.source import Shot

LONGEST_S: Final = 8.0
"""So long a camera may take for its pictures. Some need five seconds for the first."""

N_BUFFERS: Final = 4
"""So many pictures OpenCV lets a driver keep (cap_v4l.cpp): after a sleep they are old, and are passed over."""

AT_ONCE_S: Final = 0.004
"""A picture that is there sooner was waiting in a buffer; one of now has to be waited for, 16 ms or more on average at
30 a second. Our default."""


class Capture(Protocol):
    """What is asked of a camera: OpenCV's, or a benchmark's that plays a recording at a camera's pace."""

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Whether there is a camera."""
        ...

    def set(self, what: int, to: float, /) -> bool:
        """Ask for a size."""
        ...

    def grab(self) -> bool:
        """Wait for the next picture; whether there is one."""
        ...

    def retrieve(self) -> tuple[bool, Any]:
        """Decode the grabbed picture."""
        ...

    def release(self) -> None:
        """Close it."""
        ...


@dataclass(frozen=True, slots=True)
class GlanceSettings:
    """What a glance takes. settle_s : given to a camera to find its exposure, from its first picture. Our defaults.

    apart_s : from one picture to the next. width_px, height_px : asked of the camera, which may give others.
    opened : opens the camera; a benchmark has a recording play one.
    """

    n_pictures: int = 3
    settle_s: float = 0.7
    apart_s: float = 0.1
    width_px: int = 640
    height_px: int = 480
    opened: Callable[[int | str], Capture] = lambda number: cv2.VideoCapture(number)


def glance(number: int | str, settings: GlanceSettings, stop: Callable[[], bool] = lambda: False) -> list[Shot]:
    """Return the pictures of camera *number*; none when it gives none, or *stop* says so meanwhile.

    number : a camera by its number, or a recording by its path, which stands in for one. Blocks for a second or two.
    """
    hush_opencv()
    capture = settings.opened(number)
    try:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height_px)
        return list(_taken(capture, settings, stop)) if capture.isOpened() else []
    finally:
        capture.release()


def _taken(capture: Capture, settings: GlanceSettings, stop: Callable[[], bool]) -> Iterator[Shot]:
    """Yield pictures that are *apart_s* apart. In between this sleeps, and does not wake for every picture there is."""
    began_s, wait_s = time.monotonic(), settings.settle_s
    if not capture.grab():  # the first picture: the camera runs now
        return
    for _ in range(settings.n_pictures):
        time.sleep(wait_s)
        if stop() or time.monotonic() - began_s > LONGEST_S or not _grabbed_of_now(capture):
            return
        now_s = time.monotonic()
        taken, bgr = capture.retrieve()
        if not taken:
            return
        wait_s = settings.apart_s
        yield Shot(now_s, Picture(np.asarray(bgr, dtype=np.uint8)))


def _grabbed_of_now(capture: Capture) -> bool:
    """Pass over what waited in the buffers, undecoded, and return whether there is a picture at all."""
    for _ in range(N_BUFFERS + 1):
        before_s = time.monotonic()
        if not capture.grab():
            return False
        if time.monotonic() - before_s > AT_ONCE_S:
            break
    return True


def frames_of(eyes: Eyes, shots: list[Shot]) -> tuple[Frame, ...]:
    """Return one frame for each picture of a glance, an empty one where nobody was seen."""
    track, frames = None, []
    for shot in shots:
        track, frame = blazepose.step(eyes, track, shot)
        frames.append(frame)
    return tuple(frames)
