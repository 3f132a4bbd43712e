"""One picture as the decoder left it: never converted as a whole, only where somebody looks."""

from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Float32s = NDArray[np.float32]
Matrix = NDArray[np.float64]
"""(3, 3), turning x, y, 1 into x, y, 1; pixels have their middle on whole numbers."""


class Picture(Protocol):
    """Something with an upright width and height, of which any slanted part can be fetched."""

    @property
    def width_px(self) -> int:
        """Width of the upright picture."""
        ...

    @property
    def height_px(self) -> int:
        """Height of the upright picture."""
        ...

    def fetch(self, to_picture: Matrix, out: Float32s, low: float) -> None:
        """Fill *out* (n, n, 3) with red, green, blue from *low* to 1 (0 or -1); outside of the picture is black.

        to_picture : (3, 3). Turns a column and row of *out* into an x, y of the upright picture, both counted in pixels
        whose middle lies on a whole number. n is even.
        """
        ...

    def upright_bgr(self) -> Bytes:
        """Return a copy of the whole picture, upright, (height, width, 3) in OpenCV's blue, green, red."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class YuvPicture:
    """A picture in three planes, as every usual codec gives it.

    y : (h, w) bytes. u, v : as large or half as high and wide. colour : (3, 4), see yuv_to_rgb.
    turn_deg : clockwise, from stored to upright.
    """

    y: Bytes
    u: Bytes
    v: Bytes
    colour: Matrix
    turn_deg: int = 0

    @property
    def width_px(self) -> int:
        """See Picture."""
        return int(self.y.shape[self.turn_deg % 180 == 0])

    @property
    def height_px(self) -> int:
        """See Picture."""
        return int(self.y.shape[self.turn_deg % 180 != 0])

    def fetch(self, to_picture: Matrix, out: Float32s, low: float) -> None:
        """See Picture. Colour is fetched at half the sharpness, as it was recorded."""
        n = out.shape[0]
        h, w = self.y.shape
        to_y = quarter_turn(self.turn_deg, w, h) @ to_picture
        to_uv = enlarged(self.u.shape[1] / w, self.u.shape[0] / h) @ to_y @ enlarged(2, 2)
        u, v = (cv2.resize(warped(plane, to_uv, n // 2, 128), (n, n)) for plane in (self.u, self.v))
        rgb = cv2.transform(cv2.merge([warped(self.y, to_y, n, 16), u, v]), self.colour * 255)
        as_floats(np.asarray(rgb, dtype=np.uint8), out, low)

    def upright_bgr(self) -> Bytes:
        """See Picture."""
        full = (self.y.shape[1], self.y.shape[0])
        planes = [self.y, cv2.resize(self.u, full), cv2.resize(self.v, full)]
        bgr = cv2.transform(cv2.merge(planes), self.colour[::-1] * 255)
        return np.ascontiguousarray(np.rot90(bgr, -self.turn_deg // 90))


@dataclass(frozen=True, slots=True, eq=False)
class BgrPicture:
    """A picture as a camera gives it: (height, width, 3) bytes, blue, green, red, upright already."""

    bgr: Bytes

    @property
    def width_px(self) -> int:
        """See Picture."""
        return int(self.bgr.shape[1])

    @property
    def height_px(self) -> int:
        """See Picture."""
        return int(self.bgr.shape[0])

    def fetch(self, to_picture: Matrix, out: Float32s, low: float) -> None:
        """See Picture."""
        as_floats(warped(self.bgr, to_picture, out.shape[0], 0)[..., ::-1], out, low)

    def upright_bgr(self) -> Bytes:
        """See Picture."""
        return self.bgr.copy()


RED_BLUE: Final = {"bt601": (0.299, 0.114), "bt709": (0.2126, 0.0722), "bt2020": (0.2627, 0.0593)}
"""Weights of red and blue in the luma. Sources: ITU-R BT.601-7, BT.709-6, BT.2020-2."""


def yuv_to_rgb(standard: str, full_range: bool) -> Matrix:
    """Return the (3, 4) matrix from bytes Y, U, V, 1 to red, green, blue 0..1.

    standard : a key of RED_BLUE. full_range : whether bytes use 0..255 instead of 16..235. Source: ITU-R BT.601-7.
    """
    k_red, k_blue = RED_BLUE[standard]
    k_green = 1 - k_red - k_blue
    black, span, colour_span = (0, 255, 255) if full_range else (16, 219, 224)
    from_colour = np.array(
        [
            [0, 2 * (1 - k_red)],
            [-2 * k_blue * (1 - k_blue) / k_green, -2 * k_red * (1 - k_red) / k_green],
            [2 * (1 - k_blue), 0],
        ]
    )
    matrix = np.empty((3, 4))
    matrix[:, 0] = 1 / span
    matrix[:, 1:3] = from_colour / colour_span
    matrix[:, 3] = -black / span - from_colour.sum(axis=1) * 128 / colour_span
    return matrix


@cache
def quarter_turn(turn_deg: int, width_px: int, height_px: int) -> Matrix:
    """Return the (3, 3) matrix from an upright picture back into the stored one.

    turn_deg : 0, 90, 180 or 270, clockwise from stored to upright. width_px, height_px : size of the stored picture.
    """
    w, h = width_px - 1, height_px - 1
    rows = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, 1, 0], [-1, 0, h]],
        180: [[-1, 0, w], [0, -1, h]],
        270: [[0, -1, w], [1, 0, 0]],
    }
    return np.array([*rows[turn_deg], [0, 0, 1]], dtype=float)


@cache
def enlarged(by_x: float, by_y: float) -> Matrix:
    """Return the (3, 3) matrix from a picture to the same picture, wider by *by_x* and higher by *by_y*."""
    return np.array([[by_x, 0, (by_x - 1) / 2], [0, by_y, (by_y - 1) / 2], [0, 0, 1]])


def as_floats(rgb: Bytes, out: Float32s, low: float) -> None:
    """Write bytes 0..255 as floats *low*..1."""
    np.multiply(rgb, np.float32((1 - low) / 255), out=out)
    if low:
        out += np.float32(low)


def warped(plane: Bytes, to_plane: Matrix, size_px: int, outside: int) -> Bytes:
    """Return (size_px, size_px[, 3]) bytes fetched from *plane* by the matrix, between pixels by the nearest four."""
    fetched = cv2.warpAffine(
        plane,
        to_plane[:2],
        (size_px, size_px),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(outside, outside, outside),
    )
    return np.asarray(fetched, dtype=np.uint8)
