"""Points measured in a room, seen by a virtual camera: units, which way is up, and a picture without perspective."""

from typing import Final, NamedTuple

import numpy as np

from uncrick.pose.clip import Clip
from uncrick.pose.frame import Floats
from uncrick.pose.landmark import INDEX

MAX_REACH_M: Final = 50.0
"""Farther than this from the middle of the recording no point is a body's."""
PX_PER_M: Final = 400.0
"""Scale of the virtual camera. It sees without perspective, so an angle in the picture is the angle seen from there."""
MARGIN_M: Final = 0.25
MIN_SIZE_PX: Final = (640, 480)
MAX_SIZE_PX: Final = 100_000
"""No picture is larger; points farther out are strays."""
TRUNK_M: Final = (0.2, 1.2)
"""From the middle of the hips to the middle of the shoulders, a small child curled up to the tallest adult."""
UNITS: Final = {"m": 1.0, "mm": 0.001, "cm": 0.01, "dm": 0.1, "in": 0.0254, "ft": 0.3048}
"""Metres in one of each unit, the likeliest first."""
UPRIGHT: Final = 0.5
"""Cosine of 60 deg: a trunk nearer than that to an axis stands along it."""

MIN_DISTANCE_M: Final = 0.4
"""Nearer than this no Kinect v2 sees; points about 0 are then not in its camera space."""

SHOULDERS: Final = [INDEX["shoulder_left"], INDEX["shoulder_right"]]
HIPS: Final = [INDEX["hip_left"], INDEX["hip_right"]]
LEFTS: Final = [INDEX["shoulder_left"], INDEX["hip_left"]]
RIGHTS: Final = [INDEX["shoulder_right"], INDEX["hip_right"]]
TOES: Final = [INDEX["foot_index_left"], INDEX["foot_index_right"]]
ANKLES: Final = [INDEX["ankle_left"], INDEX["ankle_right"]]

KINECT_FORWARD: Final = np.diag([-1.0, -1.0, 1.0])
"""Kinect v2 camera space: x to the sensor's own left, y up, z away from it. Rows: right, down, away."""
KINECT_BACKWARD: Final = np.diag([1.0, -1.0, -1.0])
"""The same room for a camera that looks along -z, as in UI-PRMD (vakanski2018)."""


class Scaled(NamedTuple):
    """What one unit of the source is in metres, and a note where that is not what the source says."""

    metres: float
    note: str


class Up(NamedTuple):
    """The room's up direction as a unit vector, and a note where it is not the one expected."""

    axis: Floats
    note: str


def trunk_length(points: Floats) -> float:
    """Return the median distance from the middle of the hips to the middle of the shoulders, NaN if never seen.

    points : (T, 33, D), any unit; the answer has the same.
    """
    lengths = np.linalg.norm(_trunk(points), axis=1)
    seen = lengths[np.isfinite(lengths)]
    return float(np.median(seen)) if len(seen) else float("nan")


def scaled(points: Floats, said: str | None) -> Scaled | None:
    """Choose the unit of *points* (T, 33, 3): the one *said* where the trunk is a person's then, else the likeliest.

    None where a person's trunk comes out in no known unit.
    """
    length = trunk_length(points)
    fits = [name for name, metres in UNITS.items() if TRUNK_M[0] <= length * metres <= TRUNK_M[1]]
    if said in fits:
        return Scaled(UNITS[str(said)], "")
    if not fits:
        return None
    chosen = fits[0]
    trunk_m = length * UNITS[chosen]
    found = f"the unit is said to be '{said}'" if said else "no unit is said"
    return Scaled(UNITS[chosen], f"{found}; read as {chosen}, which makes the trunk {trunk_m:.2f} m long")


def without_strays(points_m: Floats) -> tuple[Floats, int]:
    """Return (T, 33, 3) m with NaN for every point too far from the median hip to be a body's, and how many those were.

    A single stray marker would otherwise make the picture kilometres wide.
    """
    hips_m = points_m[:, HIPS].reshape(-1, 3)
    hips_m = hips_m[np.isfinite(hips_m).all(axis=1)]
    if not len(hips_m):
        return points_m, 0
    stray = np.any(np.abs(points_m - np.median(hips_m, axis=0)) > MAX_REACH_M, axis=2, keepdims=True)
    return np.where(stray, np.nan, points_m), int(np.sum(stray))


def up_axis(points_m: Floats, expected: int) -> Up:
    """Choose which way is up, from the axis (0, 1 or 2) that sources of this kind have and from how the trunk stands.

    The trunk of somebody upright tells. A trunk across the expected axis is somebody lying, or somebody standing with
    the axes swapped, and the floor at 0 decides: feet on it stand; else all of the body near it lies.
    """
    trunks = _trunk(points_m)
    lengths = np.linalg.norm(trunks, axis=1)
    seen = np.isfinite(lengths) & (lengths > 0)
    mean = np.median(trunks[seen] / lengths[seen, None], axis=0) if seen.any() else np.zeros(3)
    names = "xyz"
    along = float(mean[expected])
    if along < -UPRIGHT:
        return Up(-np.eye(3)[expected], f"{names[expected]} grows downwards here; turned over")
    best = int(np.argmax(np.abs(mean)))
    if along > UPRIGHT or abs(mean[best]) < UPRIGHT:
        return Up(np.eye(3)[expected], "")
    sign = float(np.sign(mean[best]))
    stands = _near_floor(sign * points_m[..., best], 2.2) and np.ptp(_seen(points_m[..., best])) > TRUNK_M[1]
    if not stands and _near_floor(points_m[..., expected], TRUNK_M[1]):
        return Up(np.eye(3)[expected], "")
    axis = ("-" if sign < 0 else "") + names[best]
    return Up(sign * np.eye(3)[best], f"{names[expected]} was expected to be up, but the body stands along {axis}")


def front_axes(points_m: Floats, up: Floats) -> Floats:
    """Return the axes (rows: right, down, away) of a camera level with the floor, in front of the person at the start.

    points_m : (T, 33, 3) m. In front is where shoulders and hips face in the median of the first 30 frames that show
    them; where they never do, the camera looks along the least axis across *up*.
    """
    across = (points_m[:, LEFTS] - points_m[:, RIGHTS]).reshape(-1, 3)
    across = across - np.outer(across @ up, up)
    across = across[np.isfinite(across).all(axis=1)][:60]
    left = np.median(across, axis=0) if len(across) else np.zeros(3)
    if np.linalg.norm(left) < 1e-6:
        left = np.eye(3)[int(np.argmin(np.abs(up)))]
    left = left / np.linalg.norm(left)
    return np.stack([left, -up, -np.cross(left, up)])


def kinect_axes(points_m: Floats) -> Floats | None:
    """Return the axes of the Kinect that recorded (T, 33, 3) m, None where the body is in front of neither camera."""
    hips = points_m[:, HIPS, 2]
    hips = hips[np.isfinite(hips)]
    z_m = float(np.median(hips)) if len(hips) else 0.0
    if abs(z_m) < MIN_DISTANCE_M:
        return None
    return KINECT_FORWARD if z_m > 0 else KINECT_BACKWARD


def turned_axes(axes: Floats, yaw_deg: float) -> Floats:
    """Return *axes* after walking round the person: 0 stays, 90 from the front is at the person's left side."""
    right, down, away = axes
    cos, sin = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    return np.stack([cos * right + sin * away, down, cos * away - sin * right])


def toes_point_back(points_m: Floats, axes: Floats) -> bool:
    """Whether the toes point away from a camera in front: left and right, or two axes, are then swapped.

    points_m : (T, 33, 3) m, seen by the *axes* of front_axes. False where toes or ankles are not seen.
    """
    toes = (points_m[:, TOES] - points_m[:, ANKLES]) @ axes[2]
    seen = toes[np.isfinite(toes)]
    return bool(len(seen) and np.median(seen) > 0.05)


def clip_from_room(t_s: Floats, points_m: Floats, axes: Floats, source: str) -> Clip:
    """Photograph (T, 33, 3) m of a room by a camera with *axes* (rows: right, down, away) and no perspective.

    The picture is as large as the movement needs. World points begin at the middle of the hips, NaN in frames that do
    not show both; visibility is 1 where a point is, 0 where not.
    """
    seen_m = points_m @ axes.T
    low, high = _bounds(seen_m[..., :2])
    middle_m = (low + high) / 2
    size_px = np.maximum(np.ceil((high - low + 2 * MARGIN_M) * PX_PER_M), MIN_SIZE_PX)
    hips_m = seen_m[:, HIPS].mean(axis=1, keepdims=True)
    image_px = seen_m * PX_PER_M
    image_px[..., :2] += size_px / 2 - middle_m * PX_PER_M
    image_px[..., 2] -= hips_m[..., 2] * PX_PER_M
    visibility = np.isfinite(seen_m).all(axis=2).astype(float)
    return Clip(t_s, image_px, seen_m - hips_m, visibility, int(size_px[0]), int(size_px[1]), source)


def clip_from_picture(
    t_s: Floats, points_px: Floats, visibility: Floats, size_px: tuple[int, int] | None, source: str
) -> Clip:
    """Make a clip of flat points: (T, 33, 2) px, x right and y down. Depth and world points are NaN.

    size_px : width and height; where not known, the smallest picture from (0, 0) that holds every point. Points
    more than MAX_SIZE_PX out are not seen.
    """
    points_px = np.where((np.abs(points_px) < MAX_SIZE_PX).all(axis=2, keepdims=True), points_px, np.nan)
    high = np.maximum(np.ceil(_bounds(points_px)[1]) + 1, MIN_SIZE_PX)
    width_px, height_px = size_px or (int(high[0]), int(high[1]))
    depth = np.full((*points_px.shape[:2], 1), np.nan)
    image_px = np.concatenate([points_px, depth], axis=2)
    return Clip(t_s, image_px, np.full(image_px.shape, np.nan), visibility, width_px, height_px, source)


def _trunk(points: Floats) -> Floats:
    """Return (T, D), from the middle of the hips to the middle of the shoulders."""
    trunk: Floats = points[:, SHOULDERS].mean(axis=1) - points[:, HIPS].mean(axis=1)
    return trunk


def _near_floor(heights_m: Floats, tallest_m: float) -> bool:
    """Whether (T, 33) heights are those of a body on a floor at 0 that reaches no higher than *tallest_m*."""
    low, high = np.percentile(_seen(heights_m), [2, 98])
    return bool(-0.15 <= low <= 0.3 and high < tallest_m)


def _seen(numbers: Floats) -> Floats:
    """Return the finite numbers, flat."""
    return numbers[np.isfinite(numbers)]


def _bounds(points: Floats) -> tuple[Floats, Floats]:
    """Return the least and the greatest (2,) of (T, 33, 2); 0 where nothing is seen."""
    flat = points.reshape(-1, 2)
    flat = flat[np.isfinite(flat).all(axis=1)]
    return (flat.min(axis=0), flat.max(axis=0)) if len(flat) else (np.zeros(2), np.zeros(2))
