"""Recordings as a camera: videos turned into the raw file that Chromium plays in a loop in place of a camera."""

from dataclasses import dataclass
from pathlib import Path

import cv2

FLAGS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
FPS = 15


@dataclass(frozen=True)
class Shown:
    """One recording before the camera. before_s, after_s : so long its first and its last picture stand still."""

    video: Path
    before_s: float = 0.0
    after_s: float = 0.0


def camera_flags(raw: Path) -> tuple[str, ...]:
    """Return the flags that make Chromium's camera show *raw*, and let every page of the test use it."""
    return (*FLAGS, f"--use-file-for-fake-video-capture={raw}")


def write_raw(shown: list[Shown], raw: Path, *, width: int = 480, height: int = 360) -> float:
    """Write what is *shown*, one after the other, as YUV4MPEG2 to *raw*; return the length of one round, s."""
    n_frames = 0
    with raw.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{FPS}:1 Ip A1:1 C420jpeg\n".encode())
        for one in shown:
            still, line = round(one.before_s * FPS), b""
            pictures = cv2.VideoCapture(str(one.video))
            while True:
                found, picture = pictures.read()
                if not found:
                    break
                small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
                line = b"FRAME\n" + cv2.cvtColor(small, cv2.COLOR_BGR2YUV_I420).tobytes()
                file.write(line * (1 + still))
                n_frames += 1 + still
                still = 0
            file.write(line * round(one.after_s * FPS))
            n_frames += round(one.after_s * FPS)
    return n_frames / FPS
