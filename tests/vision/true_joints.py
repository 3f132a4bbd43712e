"""The recordings whose true joints are known, and how far landmarks are from them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from uncrick.pose.frame import Floats, Frame
from uncrick.pose.landmark import INDEX

TWIST = Path(__file__).parents[2] / "src" / "uncrick" / "library" / "demo" / "chair_spinal_twist.mp4"
CLIPS = Path(__file__).parents[1] / "clips"
ROCKING = CLIPS / "rocking_female_side.mp4"


def errors_px(frames: Sequence[Frame], joints: Path) -> Floats:
    """Return (n, 17) px: how far the landmarks are from the true joints, on every frame the truth was kept for."""
    with joints.open(encoding="utf-8") as file:
        names, *rows = csv.reader(file)
    kept = [(int(row[0]), np.array(row[1:], dtype=float).reshape(-1, 2)) for row in rows]
    places = [INDEX[name.removesuffix("_x")] for name in names[1::2]]
    return np.array([np.linalg.norm(frames[i].image_px[places, :2] - true, axis=1) for i, true in kept])
