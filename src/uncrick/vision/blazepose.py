"""From picture to picture: one person is chosen, looked at, followed, lost and found again."""

import math
import os
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from uncrick.pose.frame import Floats, Frame, empty_frame
from uncrick.vision import one_euro
from uncrick.vision.detector import Sighting, detector_network, find_people
from uncrick.vision.landmarks import Look, landmark_network, look_into
from uncrick.vision.network import Network
from uncrick.vision.one_euro import OneEuro, OneEuroState
from uncrick.vision.picture import Picture
from uncrick.vision.region import Region, region_from_points
from uncrick.vision.source import Shot
from uncrick.vision.weights import Model

Turn = Literal["auto", 0, 90, 180, 270]

LEAST_FLAG: Final = 0.5
"""How sure the landmark model must be that it looks at a person. Source: published graph."""
REGION_SMOOTHING: Final = OneEuro(min_cutoff_hz=0.01, beta=10)
"""For the two points that make the next region. Source: published graph."""
LEAST_INSIDE: Final = 8
"""A body with fewer landmarks inside the picture than this is not looked at: a face and two shoulders are 13."""
EDGE: Final = -0.015
"""A landmark outside the picture, or inside it by less than this part of its longer side, has visibility 0 whatever the
model says: of a body that is cut off it is often sure, and squeezes the missing part in along the edge."""
LONGEST_JUMP: Final = 0.6
LONGEST_GAP_S: Final = 0.5
"""Who moves further than this part of their region from one picture to the next, or was not looked at for this long, is
searched anew: the slack of the region is 0.25 of it on each side."""
OWN_S: Final = 1.0
"""For this long after somebody was lost only somebody in the same place is taken, so nobody behind takes over."""
MOST_LOOKS: Final = 3
"""So many of the people the detector saw are looked at in one picture until one of them is somebody."""


def threads_here() -> int:
    """Return half of the cores, from 1 to 4: the rest decodes, serves and draws, and more gains little."""
    return max(1, min(4, (os.cpu_count() or 1) // 2))


@dataclass(frozen=True, slots=True)
class VisionSettings:
    """How to look. model : size of the landmark model. n_threads : for each network; half of the cores unless told.

    turn : degrees clockwise by which the picture is turned for the search; "auto" tries upright, then either side, one
    a picture. Only the search depends on it: the landmark model always sees the body upright, whichever way it lies.
    """

    model: Model = "full"
    n_threads: int = field(default_factory=threads_here)
    turn: Turn = "auto"


@dataclass(frozen=True, slots=True, eq=False)
class Eyes:
    """The two networks held ready, and the turns to search in."""

    detector: Network
    landmarks: Network
    turns_deg: tuple[int, ...]


class Track(NamedTuple):
    """What is remembered of the person followed.

    region : where to look next, None while nobody is followed. smooth : of the region's points. seen_s, seen : when
    and where the person was seen last. i_turn : which turn the next search uses.
    """

    region: Region | None = None
    smooth: OneEuroState | None = None
    seen_s: float = -math.inf
    seen: Region | None = None
    i_turn: int = 0


def open_eyes(settings: VisionSettings) -> Eyes:
    """Make the networks ready. Raises ProblemsError when the weights are missing."""
    turns_deg = (0, 90, 270) if settings.turn == "auto" else (settings.turn,)
    return Eyes(detector_network(settings.n_threads), landmark_network(settings.model, settings.n_threads), turns_deg)


def step(eyes: Eyes, track: Track | None, shot: Shot) -> tuple[Track, Frame]:
    """Look at one picture: follow the person, or search for somebody; the frame is empty when there is nobody."""
    track = track or Track()
    track, look = _followed(eyes, track, shot)
    if look is None:
        track, look = _searched(eyes, track, shot)
    if look is None:
        return track._replace(region=None, smooth=None), empty_frame(shot.t_s)
    visibility = look.visibility * within(look.image_px, shot.picture, EDGE)
    return _kept(track, shot, look), Frame(shot.t_s, look.image_px, look.world_m, visibility)


def _followed(eyes: Eyes, track: Track, shot: Shot) -> tuple[Track, Look | None]:
    if track.region is None or not 0 < shot.t_s - track.seen_s <= LONGEST_GAP_S:
        return track._replace(smooth=None), None
    look = look_into(eyes.landmarks, shot.picture, track.region)
    if believable(look, shot.picture) and not jumped(track.region, _region(look.anchor_px)):
        return track, look
    return track._replace(smooth=None), None


def _searched(eyes: Eyes, track: Track, shot: Shot) -> tuple[Track, Look | None]:
    turn_deg = eyes.turns_deg[track.i_turn % len(eyes.turns_deg)]
    own = track.seen if shot.t_s - track.seen_s <= OWN_S else None
    for sighting in order(find_people(eyes.detector, shot.picture, turn_deg), shot.picture, own)[:MOST_LOOKS]:
        look = look_into(eyes.landmarks, shot.picture, sighting.region)
        if look.flag < LEAST_FLAG:
            look = look_into(eyes.landmarks, shot.picture, _region(look.anchor_px))
        if believable(look, shot.picture):
            return track, look
    return track._replace(i_turn=track.i_turn + 1), None


def _kept(track: Track, shot: Shot, look: Look) -> Track:
    raw = _region(look.anchor_px)
    sample = one_euro.Sample(shot.t_s, look.anchor_px, raw.side_px)
    smooth, anchor_px = one_euro.step(REGION_SMOOTHING, track.smooth, sample)
    return track._replace(region=_region(anchor_px), smooth=smooth, seen_s=shot.t_s, seen=raw)


def believable(look: Look, picture: Picture) -> bool:
    """Whether the landmark model is sure of a person, and enough of the body is in the picture."""
    if look.flag < LEAST_FLAG or not np.isfinite(look.image_px).all():
        return False
    return int(within(look.image_px, picture, 0).sum()) >= LEAST_INSIDE


def within(image_px: Floats, picture: Picture, edge: float) -> NDArray[np.bool_]:
    """Return (N,) whether points (N, 3) lie in the picture, or beside it by no more than *edge* of its longer side."""
    size_px = np.array([picture.width_px, picture.height_px])
    slack_px = edge * size_px.max()
    inside = (image_px[:, :2] >= -slack_px) & (image_px[:, :2] < size_px + slack_px)
    return np.asarray(inside.all(axis=1))


def jumped(before: Region, now: Region) -> bool:
    """Whether the region went further or changed its size more than a person can from one picture to the next."""
    far = math.hypot(now.x_px - before.x_px, now.y_px - before.y_px) > LONGEST_JUMP * before.side_px
    return far or not 0.5 < now.side_px / before.side_px < 2


def order(sightings: list[Sighting], picture: Picture, own: Region | None) -> list[Sighting]:
    """Return the sightings worth a look, best first.

    own : where the person followed was a moment ago: only who is there counts, nearest first. None: everybody counts,
    largest and most central first.
    """
    if own is not None:
        near = [each for each in sightings if not jumped(own, each.region)]
        return sorted(near, key=lambda each: math.hypot(each.region.x_px - own.x_px, each.region.y_px - own.y_px))

    def prominence(sighting: Sighting) -> float:
        x, y = sighting.region.x_px / picture.width_px - 0.5, sighting.region.y_px / picture.height_px - 0.5
        return sighting.region.side_px * (1 - min(1, math.hypot(x, y)))

    return sorted(sightings, key=prominence, reverse=True)


def _region(anchor_px: Floats) -> Region:
    return region_from_points(anchor_px[0], anchor_px[1])
