"""A video written with the body and the captions drawn on it."""

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import cv2
import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.pose.frame import Frame
from uncrick.vision.draw import Caption, drawn
from uncrick.vision.picture import Bytes, Picture
from uncrick.vision.watch import Seen

LONGEST_SIDE_PX: Final = 1280
"""Larger pictures are written smaller: a body and a line of text need no more."""
CLOCK: Final = Fraction(1, 90_000)
"""Seconds a tick of the written file: every usual frame rate falls on one."""
ENCODERS: Final = (
    ("libvpx-vp9", {"deadline": "realtime", "cpu-used": "7", "row-mt": "1", "crf": "32", "b": "0"}),
    ("libsvtav1", {"preset": "11", "crf": "35"}),
    ("mpeg4", {"qscale": "4"}),
)
"""Encoders whose licence asks nothing of the program, best first; browsers and players show the first in an mp4."""
ENDINGS: Final = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska", ".webm": "webm"}
WHOLE_TO_THE_LAST: Final = {"movflags": "+hybrid_fragmented"}
"""Written in pieces that can be shown even when the end is never written, and joined at the end. For mp4 and mov."""


class AnnotatedVideo:
    """Writes OUT.mp4 (or .mov, .mkv, .webm) picture by picture: `with AnnotatedVideo(path) as video: video.add(seen)`.

    What was written stays when something goes wrong, and the sentence says so.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: av.VideoStream | None = None
        self.n_written = 0
        form = ENDINGS.get(path.suffix.lower())
        if form is None:
            raise self._problem("its ending must be one of " + " ".join(ENDINGS))
        try:
            self._file = WhatFits(path)
        except OSError as error:
            raise self._problem(error.strerror or str(error)) from None
        options = WHOLE_TO_THE_LAST if form in ("mp4", "mov") else {}
        self._container = av.open(self._file, "w", format=form, container_options=options)

    def add(self, seen: Seen, caption: Caption | None = None) -> None:
        """Draw on one picture and write it. Raises ProblemsError when it cannot be written, as on a full disk."""
        bgr, frame = fitted(seen.picture, seen.frame)
        bgr = drawn(bgr, frame, caption or Caption())
        picture = av.VideoFrame.from_ndarray(bgr, format="bgr24")
        picture.pts, picture.time_base = round(frame.t_s / CLOCK), CLOCK
        stream = self._stream or self._begun(bgr)
        self._container.mux(stream.encode(picture))
        self._check()
        self.n_written += 1

    def close(self) -> None:
        """Write what the encoder still holds, and the end of the file."""
        if self._file.closed:
            return
        if self._stream is not None:
            self._container.mux(self._stream.encode(None))
        self._container.close()
        self._file.close()
        self._check()

    def __enter__(self) -> "AnnotatedVideo":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            with suppress(ProblemsError):  # the first problem is the one to tell
                self.close()

    def _check(self) -> None:
        if self._file.error is not None:
            raise self._problem(self._file.error.strerror or str(self._file.error))

    def _begun(self, bgr: Bytes) -> av.VideoStream:
        name, options = next(each for each in ENCODERS if each[0] in av.codecs_available)
        stream: Any = self._container.add_stream(name, options=options)
        stream.height, stream.width = bgr.shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = CLOCK
        self._stream = stream
        return self._stream

    def _problem(self, why: str) -> ProblemsError:
        kept = f"the {self.n_written} pictures written so far are kept; the video is partial" if self.n_written else ""
        return ProblemsError([Problem(str(self._path), f"cannot be written: {why}", kept)])


class WhatFits:
    """A file that keeps what fits on the disk and remembers why the rest did not.

    The muxer never hears of a failed write, since it can crash on one; whoever writes looks at `error`.
    """

    def __init__(self, path: Path) -> None:
        self._raw = path.open("wb", buffering=0)
        self._at = 0
        self.error: OSError | None = None

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._raw.closed

    def write(self, content: bytes) -> int:
        """Write all of it, or as much as fits."""
        left = memoryview(content)
        while self.error is None and len(left):
            try:
                left = left[self._raw.write(left) :]
            except OSError as error:
                self.error = error
        self._at += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move, as the muxer does to fill in sizes; after a failed write only in the muxer's mind."""
        if self.error is None:
            self._at = self._raw.seek(offset, whence)
        else:
            self._at = offset if whence == 0 else self._at + offset
        return self._at

    def tell(self) -> int:
        """Return where the muxer believes to be."""
        return self._at

    def close(self) -> None:
        """Close the file."""
        self._raw.close()


def fitted(picture: Picture, frame: Frame) -> tuple[Bytes, Frame]:
    """Return the picture in colour, no larger than LONGEST_SIDE_PX and of even size, and the frame in its pixels."""
    bgr = picture.upright_bgr()
    height, width = bgr.shape[:2]
    scale = min(1.0, LONGEST_SIDE_PX / max(height, width))
    size = tuple(max(2, int(side * scale) // 2 * 2) for side in (width, height))
    if size != (width, height):
        bgr = np.asarray(cv2.resize(bgr, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    scales = np.array([size[0] / width, size[1] / height, scale])
    return np.ascontiguousarray(bgr), replace(frame, image_px=frame.image_px * scales)
