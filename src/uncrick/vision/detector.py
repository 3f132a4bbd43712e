"""Where people are: the detector network, its grid of anchors, and boxes that mean the same person made one."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from uncrick.pose.frame import Floats
from uncrick.vision.network import Network
from uncrick.vision.picture import Matrix, Picture, quarter_turn
from uncrick.vision.region import Region, region_from_points
from uncrick.vision.weights import detector_weights

STRIDES: Final = ((8, 2), (16, 2), (32, 6))
"""Cell sizes of the network's three grids in px, and how many boxes each cell answers with. Source: published graph."""
LEAST_SCORE: Final = 0.5
SAME_PERSON_IOU: Final = 0.3
"""Boxes that overlap more than this are one person. Source: published graph."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One person as the detector sees them: how sure it is, and the region to look into."""

    score: float
    region: Region


def detector_network(n_threads: int) -> Network:
    """Return the network made for `find_people`. Raises ProblemsError when its weights are missing."""
    return Network(detector_weights(), n_threads)


@cache
def anchors(size_px: int) -> Floats:
    """Return (N, 2) centres of the boxes the network answers with, as parts of the input's side, row by row."""
    grids = []
    for stride, n_boxes in STRIDES:
        n = size_px // stride
        row, column = np.mgrid[:n, :n]
        centres = (np.stack([column, row], axis=-1).reshape(-1, 2) + 0.5) / n
        grids.append(np.repeat(centres, n_boxes, axis=0))
    return np.concatenate(grids)


def find_people(detector: Network, picture: Picture, turn_deg: int) -> list[Sighting]:
    """Return who is in the picture, surest first.

    turn_deg : 0, 90, 180, 270; the picture is shown to the network turned this far clockwise.
    """
    to_picture = letterbox(picture, detector.size_px, turn_deg)
    picture.fetch(to_picture, detector.input(), low=-1)
    detector.run()
    boxes = decoded(detector.output(0).astype(float), detector.output(1)[:, 0].astype(float), detector.size_px)
    return [Sighting(score, _region(points, to_picture)) for score, points in merged(*boxes)]


def letterbox(picture: Picture, size_px: int, turn_deg: int) -> Matrix:
    """Return the (3, 3) matrix from the network's input to the picture: all of it, centred, black at two edges."""
    w, h = picture.width_px, picture.height_px
    scale = max(w, h) / size_px
    turned_w, turned_h = (w, h) if turn_deg % 180 == 0 else (h, w)
    to_turned = np.array(
        [
            [scale, 0, (turned_w - 1) / 2 - scale * (size_px - 1) / 2],
            [0, scale, (turned_h - 1) / 2 - scale * (size_px - 1) / 2],
            [0, 0, 1],
        ]
    )
    to_picture: Matrix = quarter_turn(turn_deg, w, h) @ to_turned
    return to_picture


def decoded(boxes: Floats, logits: Floats, size_px: int) -> tuple[Floats, Floats]:
    """Return scores (N,) and boxes (N, 6, 2) in input px of all answers above LEAST_SCORE.

    boxes : (2254, 12) centre, size and four points, relative to the anchors. logits : (2254,).
    The six points of a box: two corners, then the four key points; of those the first two make the region.
    """
    scores = 1 / (1 + np.exp(-np.clip(logits, -100, 100)))
    (sure,) = np.nonzero(scores >= LEAST_SCORE)
    raw = boxes[sure].reshape(-1, 6, 2)
    centre = anchors(size_px)[sure] * size_px
    points = raw + centre[:, None]
    half = raw[:, 1] / 2
    points[:, 1] = points[:, 0] + half
    points[:, 0] -= half
    return scores[sure], points


def merged(scores: Floats, boxes: Floats) -> list[tuple[float, Floats]]:
    """Average the boxes that mean the same person, weighted by score; return score and (6, 2) points, surest first.

    Source: bazarevsky2019 (blended non-maximum suppression).
    """
    left = np.argsort(-scores)
    people = []
    while len(left):
        best = left[0]
        same = overlap(boxes[best], boxes[left]) > SAME_PERSON_IOU
        same[0] = True
        group = left[same]
        people.append((float(scores[best]), np.average(boxes[group], axis=0, weights=scores[group])))
        left = left[~same]
    return people


def overlap(box: Floats, boxes: Floats) -> Floats:
    """Return (N,) shared area over joined area of one box (>=2, 2) with each of (N, >=2, 2)."""
    low = np.maximum(box[0], boxes[:, 0])
    high = np.minimum(box[1], boxes[:, 1])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    areas = np.clip(boxes[:, 1] - boxes[:, 0], 0, None).prod(axis=1)
    own = np.clip(box[1] - box[0], 0, None).prod()
    return np.asarray(shared / np.maximum(areas + own - shared, 1e-9))


def _region(points: Floats, to_picture: Matrix) -> Region:
    hip_px, rim_px = (points[2:4] - 0.5) @ to_picture[:2, :2].T + to_picture[:2, 2] + 0.5
    return region_from_points(hip_px, rim_px)
