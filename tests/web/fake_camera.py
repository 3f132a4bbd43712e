"""Recordings as a camera: a video turned into the raw file that Chromium plays in a loop in place of a camera."""

from pathlib import Path

import cv2

FLAGS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


def camera_flags(raw: Path) -> tuple[str, ...]:
    """Return the flags that make Chromium's camera show *raw*, and let every page of the test use it."""
    return (*FLAGS, f"--use-file-for-fake-video-capture={raw}")


def write_raw(videos: list[Path], raw: Path, *, width: int = 480, height: int = 360) -> float:
    """Write *videos*, one after the other, as YUV4MPEG2 to *raw*; return the length of one round, s."""
    n_frames, fps = 0, 15
    with raw.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{fps}:1 Ip A1:1 C420jpeg\n".encode())
        for video in videos:
            pictures = cv2.VideoCapture(str(video))
            while True:
                found, picture = pictures.read()
                if not found:
                    break
                small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
                file.write(b"FRAME\n" + cv2.cvtColor(small, cv2.COLOR_BGR2YUV_I420).tobytes())
                n_frames += 1
    return n_frames / fps
