"""Which body point is where: the landmark network and the reading of its answers."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from uncrick.pose.frame import Floats
from uncrick.pose.landmark import N_LANDMARKS
from uncrick.vision.network import Network
from uncrick.vision.picture import Float32s, Picture
from uncrick.vision.region import Region, crop_to_picture, points_to_picture, turn_matrix
from uncrick.vision.weights import Model, landmark_weights

N_POINTS: Final = 39
"""33 landmarks, two points that make the next region, four hand points that no one reads."""
HIP: Final = 33
RIM: Final = 34
WANTED: Final = (0, 1, 3, 4)
"""Points, flag, heat and world points of the network's outputs; 2, the picture of body and background, is not read."""
WINDOW: Final = 7
LEAST_HEAT: Final = 0.5
STEPS: Final = np.arange(-(WINDOW // 2), WINDOW // 2 + 1)
"""Side of the heatmap window in which a point is refined, and the heat it takes. Source: published graph."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the landmark model saw in one region.

    flag : 0..1, whether a person is there. image_px : (33, 3) px of the picture. world_m : (33, 3) m from the hips.
    visibility : (33,) 0..1, in the picture and not hidden. anchor_px : (2, 2), hip and rim of the next region.
    """

    flag: float
    image_px: Floats
    world_m: Floats
    visibility: Floats
    anchor_px: Floats


def landmark_network(model: Model, n_threads: int) -> Network:
    """Return the network of this size made for `look_into`. Raises ProblemsError when its weights are missing."""
    return Network(landmark_weights(model), n_threads, WANTED)


def look_into(network: Network, picture: Picture, region: Region) -> Look:
    """Run the landmark model on one region of the picture."""
    picture.fetch(crop_to_picture(region, network.size_px), network.input(), low=0)
    network.run()
    return read_look(network, region)


def read_look(network: Network, region: Region) -> Look:
    """Read the network's last answer: refine the points by the heat and turn them from the crop into the picture.

    Visibility is "not hidden" times "in the picture": over the rendered clips the product tells points that are more
    than 25 px wrong from good ones a little better (area under the curve 0.855) than the first alone (0.848).
    """
    points = network.output(0).reshape(N_POINTS, 5).astype(float)
    refined = points[:, :3].copy()
    refined[:, :2] = refine(points[:, :2], network.output(2), network.size_px)
    image_px = points_to_picture(region, refined, network.size_px)
    world_m = network.output(3).reshape(N_POINTS, 3)[:N_LANDMARKS].astype(float)
    world_m[:, :2] = world_m[:, :2] @ turn_matrix(region.angle_deg).T
    return Look(
        flag=float(network.output(1)[0]),
        image_px=image_px[:N_LANDMARKS],
        world_m=world_m,
        visibility=(1 / (1 + np.exp(-points[:N_LANDMARKS, 3:]))).prod(axis=1),
        anchor_px=image_px[HIP : RIM + 1, :2],
    )


def refine(points: Floats, heat: Float32s, size_px: int) -> Floats:
    """Return (N, 2) points moved to the middle of the heat in a window around each.

    points : (N, 2) px of the crop. heat : (n, n, N) logits, one map a point, as wide as the crop.
    A point outside its map, or in a window that is nowhere hot, stays where it was.
    Source: published graph (refine landmarks from heatmap), which weighs cells by their left upper corner.
    """
    n, half = heat.shape[0], WINDOW // 2
    around = np.floor(points * (n / size_px)).astype(np.intp)[:, :, None] + STEPS
    inside = (around >= 0) & (around < n)
    cells = around.clip(0, n - 1)
    columns, rows = cells[:, 0], cells[:, 1]
    logits = heat[rows[:, :, None], columns[:, None, :], np.arange(len(points))[:, None, None]]
    weights = (inside[:, 1, :, None] & inside[:, 0, None, :]) / (1 + np.exp(-logits))
    take = inside[:, :, half].all(axis=1) & (weights.max(axis=(1, 2)) >= LEAST_HEAT)
    by_column, by_row = weights.sum(axis=1), weights.sum(axis=2)
    total = np.maximum(by_row.sum(axis=1), 1e-9)
    found = np.stack([(by_column * columns).sum(axis=1), (by_row * rows).sum(axis=1)], axis=1) / total[:, None]
    return np.where(take[:, None], found * (size_px / n), points)
