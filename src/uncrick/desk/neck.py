"""How somebody sits, from one look of a camera every few seconds, against the way that they sat at the start.

What is told: how far the head has come forward and the trunk has leaned since the person's own neutral, when the
position changed, and how long it has been the same. From the side head and trunk lean forward or back; from the front
only the trunk's lean to a side can be told, and the head's way forward cannot. No landmark lies on the spine, so
nothing here is an angle that a clinic measures. The errors are those of the measures (docs/measures.md).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal, NamedTuple

from uncrick.desk.activity import CameraPosture
from uncrick.motion import neutral
from uncrick.motion.measure import Layout, Measure, Sight, point_index, reader, sight_of
from uncrick.motion.neutral import Neutral, Readers
from uncrick.pose.frame import Frame

View = Literal["side", "front", "aslant"]

HEAD: Final = "head_forward"
LEAN: Final[Mapping[View, str]] = {"side": "trunk_inclination", "front": "trunk_side_lean"}
MEASURES: Final = (HEAD, "trunk_inclination", "trunk_side_lean")
"""The measures of the library that are read, in their order."""

LAYOUTS: Final = tuple(Layout(near, facing) for near in ("left", "right") for facing in (1.0, -1.0))

_EARS, _SHOULDERS = point_index("ear_mid", "left"), point_index("shoulder_mid", "left")
_LEFT, _RIGHT = point_index("shoulder_left", "left"), point_index("shoulder_right", "left")

STILL_S: Final = 1200.0
"""A position kept for longer is a long stillness. Our default; CLINICAL 7 has no dose for it."""


@dataclass(frozen=True, slots=True)
class NeckSettings:
    """What is read and when it counts. measures : those of MEASURES. readers : compiled for every way of being seen.

    n_neutral : looks in one position that make the neutral. moved : the head or the shoulders went so far, in lengths
    of the neck (ear to shoulder, about 20 cm), that it is another position. away_s : who was gone longer sits down
    anew, and the camera may stand elsewhere: the neutral is taken again. still_s : a position kept longer is a long
    stillness. front, side : shoulders wider than so many necks are seen from the front,
    narrower from the side; rendered people have 1.6 and 0.3. The others are our defaults.
    """

    measures: tuple[Measure, ...]
    readers: Readers
    n_neutral: int = 3
    moved: float = 0.4
    away_s: float = 600.0
    still_s: float = STILL_S
    front: float = 1.1
    side: float = 0.6
    visibility_min: float = 0.5


class Look(NamedTuple):
    """One look: the frames of a moment, empty ones where nobody was seen; none when the camera gave no picture."""

    t_s: float
    frames: tuple[Frame, ...]


class Spot(NamedTuple):
    """Where the head and the shoulders are in the picture, and how long the neck is there; all px."""

    head: tuple[float, float]
    shoulders: tuple[float, float]
    neck: float


class NeckState(NamedTuple):
    """What is remembered. spot, since_s : the present position, and since when. gathered : what makes the neutral."""

    neutral: Neutral | None = None
    view: View = "aslant"
    gathered: tuple[tuple[Sight, ...], ...] = ()
    spot: Spot | None = None
    since_s: float = math.nan
    n_moved: int = 0
    n_still: int = 0
    was_still: bool = False
    n_nobody: int = 0
    gone_s: float = math.nan
    scale: float = math.nan


class Posture(NamedTuple):
    """What one look came to; degrees against the person's own neutral, NaN when they cannot be told.

    present : whether somebody sits there, None when it cannot be told. moved : the position changed. still_s : how long
    it has been the same. n_moved, n_still : changes and long stillnesses so far. limit : what cannot be told, and why.
    """

    t_s: float
    present: bool | None
    head_forward_deg: float = math.nan
    lean_deg: float = math.nan
    moved: bool = False
    still_s: float = 0.0
    n_moved: int = 0
    n_still: int = 0
    view: View = "aslant"
    limit: str = ""

    def news(self) -> CameraPosture:
        """Return it as the companion is told."""
        return CameraPosture(self.t_s, self.present, self.head_forward_deg, self.lean_deg, self.moved)


def neck_settings(measures: Mapping[str, Measure]) -> NeckSettings:
    """Return the settings for the library's *measures*."""
    own = tuple(measures[name] for name in MEASURES)
    return NeckSettings(own, {layout: [reader(m, layout) for m in own] for layout in LAYOUTS})


def step(settings: NeckSettings, state: NeckState | None, look: Look) -> tuple[NeckState, Posture]:
    """Take one look; return what it came to."""
    state = state or NeckState()
    sights = tuple(sight_of(frame, settings.visibility_min) for frame in look.frames)
    spot = _spot(sights)
    if spot is None:
        return _nobody(state, look)
    state, moved = _placed(settings, state, look.t_s, spot)
    if state.neutral is None:
        state = _gathered(settings, state, look.t_s, sights, moved)
    still_s = look.t_s - state.since_s
    if still_s >= settings.still_s and not state.was_still:
        state = state._replace(n_still=state.n_still + 1, was_still=True)
    head_deg, lean_deg, limit = _against_neutral(settings, state, sights)
    counts = (state.n_moved, state.n_still)
    return state, Posture(look.t_s, True, head_deg, lean_deg, moved, still_s, *counts, state.view, limit)


def _nobody(state: NeckState, look: Look) -> tuple[NeckState, Posture]:
    """Take a look that shows nobody: who is unseen twice in a row has gone, once may be a hand before the lens."""
    if not look.frames:
        limit = "the camera gave no picture"
        return state, Posture(look.t_s, None, n_moved=state.n_moved, n_still=state.n_still, limit=limit)
    n_nobody = state.n_nobody + 1
    gone = n_nobody >= 2
    gone_s = look.t_s if state.n_nobody == 0 else state.gone_s
    state = state._replace(n_nobody=n_nobody, gone_s=gone_s)
    if gone:
        state = state._replace(spot=None, since_s=math.nan, was_still=False, gathered=())
    counts = (state.n_moved, state.n_still)
    return state, Posture(look.t_s, False if gone else None, math.nan, math.nan, False, 0.0, *counts)


def _spot(sights: Sequence[Sight]) -> Spot | None:
    """Return the middle of what the sights show of head and shoulders; None when most of them show too little."""
    seen = [(s.image[_EARS], s.image[_SHOULDERS]) for s in sights]
    seen = [(ears, shoulders) for ears, shoulders in seen if ears[0] == ears[0] and shoulders[0] == shoulders[0]]
    if not seen or 2 * len(seen) < len(sights):
        return None
    head = (median(e[0] for e, _ in seen), median(e[1] for e, _ in seen))
    shoulders = (median(s[0] for _, s in seen), median(s[1] for _, s in seen))
    return Spot(head, shoulders, math.dist(head, shoulders))


def _placed(settings: NeckSettings, state: NeckState, t_s: float, spot: Spot) -> tuple[NeckState, bool]:
    """Compare with the position that the person took last, so that a slow drift counts once it has added up."""
    if t_s - state.gone_s > settings.away_s:
        state = state._replace(neutral=None, view="aslant", gathered=(), scale=math.nan)
    state = state._replace(n_nobody=0, gone_s=math.nan)
    if state.spot is None:
        return state._replace(spot=spot, since_s=t_s), False
    limit = settings.moved * (state.spot.neck if math.isnan(state.scale) else state.scale)
    way = max(math.dist(spot.head, state.spot.head), math.dist(spot.shoulders, state.spot.shoulders))
    if way <= limit:
        return state, False
    return state._replace(spot=spot, since_s=t_s, n_moved=state.n_moved + 1, was_still=False), True


def _gathered(
    settings: NeckSettings, state: NeckState, t_s: float, sights: tuple[Sight, ...], moved: bool
) -> NeckState:
    """Gather looks in one position; take the neutral from them when there are enough."""
    gathered = (sights,) if moved else (*state.gathered, sights)
    if len(gathered) < settings.n_neutral:
        return state._replace(gathered=gathered)
    window = [sight for look in gathered for sight in look]
    taken = neutral.take(settings.measures, settings.readers, t_s, window)
    spot = _spot(window)
    assert spot is not None
    view = _view(settings, window, spot.neck)
    return state._replace(neutral=taken, view=view, gathered=(), scale=spot.neck)


def _view(settings: NeckSettings, window: Sequence[Sight], neck: float) -> View:
    widths = [abs(s.image[_LEFT][0] - s.image[_RIGHT][0]) for s in window]
    seen = [width for width in widths if width == width]
    ratio = median(seen) / neck if seen and neck > 0 else math.nan
    return "front" if ratio >= settings.front else "side" if ratio <= settings.side else "aslant"


def _against_neutral(settings: NeckSettings, state: NeckState, sights: Sequence[Sight]) -> tuple[float, float, str]:
    """Return how far the head and the trunk are from the neutral, deg, and what cannot be told."""
    rest = state.neutral
    if rest is None:
        return math.nan, math.nan, "your own neutral is not known yet: sit for a moment as you like to sit"
    if state.view == "aslant":
        return math.nan, math.nan, "the camera sees you aslant: only changes of position are told"
    values = {}
    for measure, read, own in zip(settings.measures, settings.readers[rest.layout], rest.rests, strict=True):
        seen = [v for s in sights if (v := neutral.value_of(measure, read(s), own)) == v]
        values[measure.name] = median(seen) if seen else math.nan
    lean_deg = values[LEAN[state.view]]
    if math.isnan(lean_deg):
        return math.nan, math.nan, "your hips are not in the picture: only changes of position are told"
    if state.view == "front":
        return math.nan, lean_deg, "the head's way forward cannot be told from there, and the lean is to a side"
    return values[HEAD], lean_deg, ""
