"""A video file opened and decoded: true times, upright pictures, and one clear sentence when it cannot be done."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from uncrick.errors import Problem, ProblemsError
from uncrick.vision import ffmpeg
from uncrick.vision.picture import Picture
from uncrick.vision.source import Shot, VideoFacts

BROKEN_OFF: Final = 0.95
"""A recording of which less than this part of the promised frames could be decoded is called partial."""
MOST_BROKEN: Final = 250
"""So many coded pictures in a row that give none are taken for the end of the file."""
ASSUMED_FPS: Final = 30.0
"""Used between two frames only where the file gives neither times nor a rate."""
HIGHEST_FPS: Final = 480.0
"""What a file calls its rate above this is the tick of its clock."""
BOXES: Final = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
"""What stands at byte 4 of an mp4 or mov. These, and avi, count their pictures; of others only the length is known.
Source: ISO/IEC 14496-12, 4.2 and table 1."""
SOUND: Final = ((8, b"WAVE"), (8, b"AIFF"), (8, b"M4A "), (0, b"fLaC"), (0, b"ID3"), (0, b"OggS"), (0, b"#!AMR"))
"""Where sound recordings carry which mark; looked for only when no picture could be found."""


LOOKED_AT: Final = 1 << 20
"""So much of the beginning and of the end of an mp4 is looked at for its list of tracks, bytes."""


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
        n_seen, last_s, first_s = 0, 0.0, 0.0
        step_s = 1 / (self.facts.fps or ASSUMED_FPS)
        self.missing = ""
        for time_s, picture in self._pictures(self._opened()):
            first_s = first_s if n_seen else time_s
            t_s = time_s - first_s
            if n_seen:
                last_s = t_s if t_s > last_s else last_s + step_s
            n_seen += 1
            yield Shot(last_s, picture)
        self._note_breaking_off(n_seen, last_s)

    def _opened(self) -> cv2.VideoCapture:
        if not self._path.is_file():
            raise self._problem("is a folder, not a video" if self._path.is_dir() else "there is no such file")
        if self._path.stat().st_size == 0:
            raise self._problem("is empty", "the recording was never written, or the copy failed")
        if not os.access(self._path, os.R_OK):
            raise self._problem("may not be read", "its permissions forbid it")
        capture = ffmpeg.open_pictures(self._path, self._n_threads)
        if capture is None:
            raise self._why_not()
        return capture

    def _pictures(self, capture: cv2.VideoCapture) -> Generator[tuple[float, Picture], None, None]:
        """Yield what can be decoded, each with its time in the file's own clock, s."""
        n_broken = 0
        try:
            while n_broken < MOST_BROKEN:
                taken, bgr = capture.retrieve() if capture.grab() else (False, None)
                if not taken:
                    n_broken += 1
                    continue
                if n_broken:
                    self.missing = f"parts of {self._path.name} are damaged and were left out"
                n_broken = 0
                yield capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, Picture(np.asarray(bgr, dtype=np.uint8))
        finally:
            capture.release()

    def _read_facts(self) -> VideoFacts:
        capture = self._opened()
        pictures = self._pictures(capture)
        _, picture = next(pictures, (0.0, None))
        if picture is None:
            hint = "it holds no whole frame, or is coded in a way not known here: convert it to H.264 in an mp4 file"
            raise self._problem("no picture in it can be decoded", hint)
        fps, n_frames = capture.get(cv2.CAP_PROP_FPS), capture.get(cv2.CAP_PROP_FRAME_COUNT)
        late = capture.get(cv2.CAP_PROP_PTS)
        pictures.close()
        counted, known = self._counts_pictures(), fps > 0 and n_frames > 0
        if known and not counted and 0 < late < n_frames:
            n_frames -= late  # without a count it is the length in frames, from 0 on the file's own clock
        return VideoFacts(
            self._path.name,
            picture.width_px,
            picture.height_px,
            fps if 0 < fps <= HIGHEST_FPS else None,
            int(n_frames) if known and counted else None,
            n_frames / fps if known else None,
        )

    def _counts_pictures(self) -> bool:
        head = self._head()
        return head[4:8] in BOXES or head.startswith(b"RIFF")

    def _head(self) -> bytes:
        with self._path.open("rb") as file:
            return file.read(16)

    def _only_sound(self) -> bool:
        """Whether an mp4 names a track of sound and none of pictures. Source: ISO/IEC 14496-12, 8.4.3."""
        with self._path.open("rb") as file:
            begin = file.read(LOOKED_AT)
            file.seek(max(0, self._path.stat().st_size - LOOKED_AT))
            boxes = begin + file.read()
        return b"soun" in boxes and b"vide" not in boxes

    def _why_not(self) -> ProblemsError:
        if ffmpeg.open_packets(self._path) is not None:
            return self._problem("is coded in a way that is not known here", "convert it to H.264 in an mp4 file")
        head = self._head()
        if any(head[at:].startswith(mark) for at, mark in SOUND) or (head[4:8] in BOXES and self._only_sound()):
            return self._problem("has no picture in it", "it may be a sound recording")
        hint = "use a whole recording in mp4, mov, mkv or webm; one that was cut off before its end lacks its index"
        return self._problem("is not a video that can be read", hint)

    def _note_breaking_off(self, n_seen: int, last_s: float) -> None:
        promised_s, n_promised = self.facts.duration_s, self.facts.n_frames
        short = n_seen < n_promised * BROKEN_OFF if n_promised else last_s < (promised_s or 0) * BROKEN_OFF - 1
        gaps_only = self.missing and promised_s and last_s >= promised_s * BROKEN_OFF
        if short and not gaps_only:
            of = f" of {promised_s:.1f} s" if promised_s else ""
            self.missing = f"the file {self._path.name} breaks off at {last_s:.1f} s{of}; what came before was used"

    def _problem(self, says: str, hint: str = "") -> ProblemsError:
        return ProblemsError([Problem(str(self._path), says, hint)])
