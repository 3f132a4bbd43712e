"""A video file opened and decoded: true times, upright pictures, and one clear sentence when it cannot be done."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.container import InputContainer

from uncrick.errors import Problem, ProblemsError
from uncrick.vision.picture import YuvPicture, yuv_to_rgb
from uncrick.vision.source import Shot, VideoFacts

PLANAR: Final = frozenset(f"yuv{j}{kind}p" for j in ("", "j") for kind in ("420", "422", "444"))
"""Pixel formats whose planes are used as they are; all others are turned into yuv420p first."""
BROKEN_OFF: Final = 0.95
"""A recording of which less than this part of the promised frames could be decoded is called partial."""
ASSUMED_FPS: Final = 30.0
"""Used between two frames only where the file gives neither times nor a rate."""
HD_HEIGHT_PX: Final = 720
"""A file that does not name its colours uses BT.709 from this height on and BT.601 below, as players take it."""
STANDARDS: Final = {1: "bt709", 5: "bt601", 6: "bt601", 9: "bt2020", 10: "bt2020"}
"""Numbers of matrix coefficients in a stream. Source: ITU-T H.273, table 4."""


class Recording:
    """A video file. Decodes its first frame at once, so a file that opens has at least one picture."""

    is_live = False

    def __init__(self, path: Path, n_threads: int = 2) -> None:
        self._path = path
        self._n_threads = n_threads
        self.missing = ""
        self.facts = self._read_facts()

    def shots(self) -> Iterator[Shot]:
        """See Video. May be called again, and reads the file again."""
        n_seen, last_s, first_s = 0, -1.0, None
        step_s = 1 / (self.facts.fps or ASSUMED_FPS)
        self.missing = ""
        with self._opened() as container:
            for frame in self._frames(container):
                time_s = frame.time
                first_s = time_s if first_s is None else first_s
                t_s = last_s + step_s if time_s is None or first_s is None else time_s - first_s
                last_s = t_s if t_s > last_s else last_s + step_s
                n_seen += 1
                yield Shot(last_s if n_seen > 1 else 0.0, picture_from_frame(frame))
        self._note_breaking_off(n_seen, last_s)

    def _opened(self) -> InputContainer:
        if not self._path.is_file():
            raise self._problem("is a folder, not a video" if self._path.is_dir() else "there is no such file")
        if self._path.stat().st_size == 0:
            raise self._problem("is empty", "the recording was never written, or the copy failed")
        if not os.access(self._path, os.R_OK):
            raise self._problem("may not be read", "its permissions forbid it")
        try:
            # Only files of this machine: a playlist posing as a video cannot reach out.
            return av.open(f"file:{self._path}", options={"protocol_whitelist": "file"})
        except (av.error.FFmpegError, UnicodeError, OSError):
            hint = "use a whole recording in mp4, mov, mkv or webm; one that was cut off before its end lacks its index"
            raise self._problem("is not a video that can be read", hint) from None

    def _frames(self, container: InputContainer) -> Iterator[av.VideoFrame]:
        stream = next(iter(container.streams.video), None)
        if stream is None:
            raise self._problem("has no picture in it", "it may be a sound recording")
        if stream.codec_context is None:
            raise self._problem("is coded in a way that is not known here", "convert it to H.264 in an mp4 file")
        stream.codec_context.thread_count = self._n_threads
        stream.thread_type = "AUTO"
        packets = container.demux(stream)
        while True:
            try:
                packet = next(packets, None)
                frames = packet.decode() if packet is not None else []
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                self.missing = f"{self._path.name}: parts of it are damaged and were left out"
                if packet is None:
                    return
                continue
            if packet is None:
                return
            yield from (frame for frame in frames if not frame.is_corrupt)

    def _read_facts(self) -> VideoFacts:
        with self._opened() as container:
            frame = next(self._frames(container), None)
            if frame is None:
                raise self._problem("no picture in it can be decoded", "the file holds no frame, or only broken ones")
            stream = container.streams.video[0]
            picture = picture_from_frame(frame)
            rate = stream.average_rate or stream.guessed_rate
            return VideoFacts(
                self._path.name,
                picture.width_px,
                picture.height_px,
                float(rate) if rate else None,
                stream.frames or None,
                duration_s(container, stream),
            )

    def _note_breaking_off(self, n_seen: int, last_s: float) -> None:
        promised_s, n_promised = self.facts.duration_s, self.facts.n_frames
        short = n_seen < n_promised * BROKEN_OFF if n_promised else last_s < (promised_s or 0) * BROKEN_OFF - 1
        if short:
            of = f" of {promised_s:.1f} s" if promised_s else ""
            self.missing = f"{self._path.name}: breaks off at {last_s:.1f} s{of}; what came before was used"

    def _problem(self, says: str, hint: str = "") -> ProblemsError:
        return ProblemsError([Problem(str(self._path), says, hint)])


def duration_s(container: InputContainer, stream: av.VideoStream) -> float | None:
    """Return how long the pictures last, None when the file does not say: sound may go on longer than they do."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration and not container.streams.audio else None


def picture_from_frame(frame: av.VideoFrame) -> YuvPicture:
    """Wrap a decoded frame; its planes are used where they lie, without a copy."""
    turn_deg = round(-frame.rotation / 90) * 90 % 360  # the file says counter-clockwise
    full_range = frame.color_range == 2 or frame.format.name.startswith("yuvj")
    colour = yuv_to_rgb(standard_of(frame), full_range)
    if frame.format.name not in PLANAR:
        if frame.format.is_rgb:
            colour = yuv_to_rgb("bt601", full_range=False)
        frame = frame.reformat(format="yuv420p")
    y, u, v = (
        np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
        for plane in frame.planes
    )
    return YuvPicture(y, u, v, colour, turn_deg)


def standard_of(frame: av.VideoFrame) -> str:
    """Return the key of RED_BLUE for the frame's colours."""
    return STANDARDS.get(int(frame.colorspace), "bt709" if frame.height >= HD_HEIGHT_PX else "bt601")
