"""`just pictures`: watch the demo recording and make docs/pictures/report.png from what was written.

Left a picture of the annotated video in the first hold, right the report's figures, below its chart. Needs chromium.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
PAGE_PX = (900, 1760)
FIGURES = slice(460, 1085)
CHART = slice(1195, 1662)
HOLD_S = 5.0
WATCH = ("uncrick", "watch", "--demo", "--exercise", "chair_spinal_twist")
WIDTH_PX = 1080
PACKED = (cv2.IMWRITE_PNG_COMPRESSION, 9)

Picture = NDArray[np.uint8]


def main() -> int:
    """Draw the picture anew; 1 where there is no browser to take it with."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("no chromium here, which takes the picture of the report: apt-get install chromium\n")
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        report, video, page = place / "report.html", place / "annotated.mp4", place / "page.png"
        subprocess.run([*WATCH, "--report", report, "--annotate", video], check=True)
        size = ",".join(map(str, PAGE_PX))
        flags = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size}", f"--screenshot={page}")
        subprocess.run([chromium, *flags, report.as_uri()], check=True, capture_output=True)
        cv2.imwrite(str(HERE / "report.png"), composed(frame_at(video, HOLD_S), cv2.imread(str(page))), PACKED)
    return 0


def frame_at(video: Path, t_s: float) -> Picture:
    """Return the picture of *video* at *t_s*."""
    decoder = cv2.VideoCapture(str(video))
    decoder.set(cv2.CAP_PROP_POS_MSEC, t_s * 1000)
    found, picture = decoder.read()
    if not found:
        raise SystemExit(f"{video.name} has no picture at {t_s} s")
    return picture


def composed(frame: Picture, page: Picture) -> Picture:
    """Return one picture: the frame beside the figures, the chart below, as wide as a README is shown."""
    figures, chart = page[FIGURES], page[CHART]
    height = figures.shape[0]
    beside = cv2.resize(frame, (round(frame.shape[1] * height / frame.shape[0]), height), interpolation=cv2.INTER_AREA)
    top = np.hstack([beside, figures])
    ground = page[5, 5]
    below = np.full((chart.shape[0], top.shape[1], 3), ground, np.uint8)
    start = (top.shape[1] - chart.shape[1]) // 2
    below[:, start : start + chart.shape[1]] = chart
    whole = np.vstack([top, below])
    return cv2.resize(
        whole, (WIDTH_PX, round(whole.shape[0] * WIDTH_PX / whole.shape[1])), interpolation=cv2.INTER_AREA
    )


if __name__ == "__main__":
    sys.exit(main())
