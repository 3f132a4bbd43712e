"""A glance through a camera: opened, left to settle, a few pictures taken, closed again at once."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class GlanceSettings:
    """What a glance takes. settle_s : pictures passed over until a camera has found its exposure. All our defaults.

    apart_s : from one picture to the next. width_px, height_px : asked of the camera, which may give others.
    """

    n_pictures: int = 3
    settle_s: float = 0.7
    apart_s: float = 0.1
    width_px: int = 640
    height_px: int = 480


def glance(number: int | str, settings: GlanceSettings, stop: Callable[[], bool] = lambda: False) -> list[Shot]:
    """Return the pictures of camera *number*; none when it gives none, or *stop* says so meanwhile.

    number : a camera by its number, or a recording by its path, which stands in for one. Blocks for a second or two.
    """
    hush_opencv()
    capture = cv2.VideoCapture(number)
    try:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.height_px)
        return list(_taken(capture, settings, stop)) if capture.isOpened() else []
    finally:
        capture.release()


def _taken(capture: cv2.VideoCapture, settings: GlanceSettings, stop: Callable[[], bool]) -> Iterator[Shot]:
    """Yield pictures that are *apart_s* apart; those between are passed over undecoded."""
    began_s = time.monotonic()
    next_s, n = began_s + settings.settle_s, 0
    while n < settings.n_pictures and not stop() and capture.grab():
        now_s = time.monotonic()
        if now_s - began_s > LONGEST_S:
            return
        if now_s < next_s:
            time.sleep(0.005)  # a recording gives its pictures at once, a camera at its own pace
            continue
        taken, bgr = capture.retrieve()
        if not taken:
            return
        n, next_s = n + 1, now_s + settings.apart_s
        yield Shot(now_s, Picture(np.asarray(bgr, dtype=np.uint8)))


def frames_of(eyes: Eyes, shots: list[Shot]) -> tuple[Frame, ...]:
    """Return one frame for each picture of a glance, an empty one where nobody was seen."""
    track, frames = None, []
    for shot in shots:
        track, frame = blazepose.step(eyes, track, shot)
        frames.append(frame)
    return tuple(frames)
