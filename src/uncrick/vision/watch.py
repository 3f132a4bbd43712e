"""A video watched: every picture becomes a frame of landmarks while the next ones are being decoded."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2

from uncrick.pose.frame import Frame
from uncrick.vision import blazepose
from uncrick.vision.ahead import Ahead
from uncrick.vision.blazepose import Eyes, Track, VisionSettings, open_eyes
from uncrick.vision.picture import Picture
from uncrick.vision.source import Shot, Video

N_AHEAD = 4
"""Pictures that may wait decoded: enough to even out the decoder's pace, little enough to hold in memory at 4K."""


class Seen(NamedTuple):
    """A frame and the picture it was read from. Keep no picture longer than needed: it is never written down."""

    frame: Frame
    picture: Picture


def watch_video(video: Video, settings: VisionSettings | None = None) -> Iterator[Frame]:
    """Yield one frame for each picture, an empty one where nobody is seen. Landmarks are raw, not smoothed.

    Raises ProblemsError when the weights are missing. After the last frame `video.missing` says what was not read.
    """
    return (seen.frame for seen in watch_pictures(video, settings))


def watch_pictures(video: Video, settings: VisionSettings | None = None) -> Iterator[Seen]:
    """Yield frames as `watch_video` does, each with its picture, for who wants to draw on it."""
    return watch_with(open_eyes(settings or VisionSettings()), video)


def watch_with(eyes: Eyes, video: Video) -> Iterator[Seen]:
    """Yield frames and pictures as `watch_pictures` does, with networks that are ready already."""
    if video.is_live:
        yield from seen_by(eyes, video.shots())
        return
    with Ahead(video.shots(), N_AHEAD) as shots:
        yield from seen_by(eyes, shots)


def seen_by(eyes: Eyes, shots: Iterable[Shot]) -> Iterator[Seen]:
    """Look at one shot after the other."""
    cv2.setNumThreads(1)  # a crop is too small to share
    track: Track | None = None
    for shot in shots:
        track, frame = blazepose.step(eyes, track, shot)
        yield Seen(frame, shot.picture)
