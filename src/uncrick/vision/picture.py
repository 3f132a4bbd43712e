"""One picture, upright, of which any slanted part can be fetched: colours are turned around only in that part."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Float32s = NDArray[np.float32]
Matrix = NDArray[np.float64]
"""(3, 3), turning x, y, 1 into x, y, 1; pixels have their middle on whole numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture as decoders and cameras give it. bgr : (height, width, 3) bytes, blue, green, red, upright."""

    bgr: Bytes

    @property
    def width_px(self) -> int:
        """Width of the picture."""
        return int(self.bgr.shape[1])

    @property
    def height_px(self) -> int:
        """Height of the picture."""
        return int(self.bgr.shape[0])

    def fetch(self, to_picture: Matrix, out: Float32s, low: float) -> None:
        """Fill *out* (n, n, 3) with red, green, blue from *low* to 1 (0 or -1); outside of the picture is black.

        to_picture : (3, 3). Turns a column and row of *out* into an x, y of the picture, both counted in pixels whose
        middle lies on a whole number. Between pixels the nearest four are mixed.
        """
        crop = cv2.warpAffine(
            self.bgr,
            to_picture[:2],
            (out.shape[1], out.shape[0]),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
        )
        rgb = cv2.cvtColor(crop, cv2.COLOR_BGR2RGB, dst=crop)
        np.multiply(rgb, np.float32((1 - low) / 255), out=out)
        if low:
            out += np.float32(low)


@cache
def quarter_turn(turn_deg: int, width_px: int, height_px: int) -> Matrix:
    """Return the (3, 3) matrix from a picture turned clockwise by *turn_deg* back into the picture.

    turn_deg : 0, 90, 180 or 270. width_px, height_px : size of the picture before it is turned.
    """
    w, h = width_px - 1, height_px - 1
    rows = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, 1, 0], [-1, 0, h]],
        180: [[-1, 0, w], [0, -1, h]],
        270: [[0, -1, w], [1, 0, 0]],
    }
    return np.array([*rows[turn_deg], [0, 0, 1]], dtype=float)
