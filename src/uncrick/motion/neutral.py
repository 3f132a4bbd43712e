"""The person's own resting values: when they were still, what each measure read, and how much it jittered."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from uncrick.motion import angle
from uncrick.motion.measure import Layout, Measure, Raw, Sight, point_index

ROOM_YAW_GAIN = 0.85
"""The model's room coordinates overstate the turn of a whole, still body by this much (measured at 18 and 25 deg)."""

ROOM_SHARE = 0.7
"""How much of the turn of a resting body is believed from the room; the rest from the picture's depth, which arms that
lie in front of the shoulders disturb more (measured: a square body reads up to 8 deg in depth, 5 in the room)."""

DEPTH_TRUST = 1.5
"""A turn is at most so many times what depth says: shoulders drawn together look narrower too, without any turn."""

WIDTH_ERROR = 0.035
DEPTH_ERROR_DEG = 5.0
"""Errors (SD) of a line's width, as a part of it, and of its turn in depth: what the two are weighed by (measured)."""

JITTER_AT_DEG = 35.0
"""The turn at which the jitter of a foreshortened width is stated: near zero it has no finite value."""


class Rest(NamedTuple):
    """Neutral of one measure: the resting reading, its divisor, and its jitter (SD) in the measure's unit.

    For `turn`: value = width px, over = depth yaw deg, aside = turn of the body against the camera deg, room = yaw of
    the line in the room deg.
    """

    value: float
    over: float
    aside: float
    jitter: float
    room: float = 0.0


class Neutral(NamedTuple):
    """Resting values of all measures (in their order), when they were taken, and how the camera saw the person."""

    t_s: float
    rests: tuple[Rest, ...]
    layout: Layout
    trunk_px: float


@dataclass(frozen=True, slots=True)
class Stillness:
    """When a person counts as still: for *still_s* no point jitters (SD) or drifts by more than a part of the trunk.

    Our default, chosen so that jitter of real recordings (1-2 % of the trunk) passes and a slow turn does not.
    """

    still_s: float = 0.9
    jitter: float = 0.04
    drift: float = 0.035


Readers = Mapping[Layout, Sequence[Callable[[Sight], Raw]]]
"""For every way a camera may see a person, the compiled readers of the measures in their order."""

_SEEN_FROM = ("shoulder_left", "shoulder_right", "hip_left", "hip_right", "elbow_left", "elbow_right", "nose")
_BODY = tuple(point_index(name, "left") for name in _SEEN_FROM)
_SHOULDERS = (point_index("shoulder_right", "left"), point_index("shoulder_left", "left"))
_SHOULDER_MID, _HIP_MID = point_index("shoulder_mid", "left"), point_index("hip_mid", "left")
_HIPS = (point_index("hip_right", "left"), point_index("hip_left", "left"))


def trunk_px(sight: Sight) -> float:
    """Length of the trunk in the picture, midway between the shoulders to midway between the hips; NaN if unseen."""
    shoulder, hip = sight.image[_SHOULDER_MID], sight.image[_HIP_MID]
    return math.dist(shoulder[:2], hip[:2])


def is_still(settings: Stillness, window: Sequence[Sight]) -> bool:
    """Whether shoulders, hips, elbows and head stayed where they were over *window*; unseen points do not count.

    One sight alone shows nobody still.
    """
    if len(window) < 2:
        return False
    trunk = median(lengths) if (lengths := [x for s in window if (x := trunk_px(s)) == x]) else 0.0
    if trunk <= 0 or len(lengths) < len(window):
        return False
    half = len(window) // 2
    for i in _BODY:
        for axis in (0, 1):
            track = [s.image[i][axis] for s in window]
            if any(x != x for x in track):
                continue
            drift = _mean(track[half:]) - _mean(track[:half])
            if not (_spread(track) <= settings.jitter * trunk and abs(drift) <= settings.drift * trunk):
                return False
    return True


def _mean(values: Sequence[float]) -> float:
    """Return the mean; unlike those of the standard library, it and the spread give NaN or inf and never raise."""
    return sum(values) / len(values)


def _spread(values: Sequence[float]) -> float:
    """Return the standard deviation of the values themselves."""
    mean = _mean(values)
    return math.sqrt(sum([(x - mean) * (x - mean) for x in values]) / len(values))


def layout_of(window: Sequence[Sight]) -> Layout:
    """Decide from a still *window* which side is nearer the camera and which way the person faces in the picture.

    Nearer: smaller depth of shoulder and hip. Facing: where nose, knees and toes point, summed; the signs agree in a
    side view, and in a front view nothing that is read depends on it.
    """
    depth = sum(s.image[r][2] - s.image[left][2] for s in window for r, left in (_SHOULDERS, _HIPS))
    ahead = 0.0
    for s in window:
        for back, front in (("ear_mid", "nose"), ("hip_mid", "knee_mid"), ("heel_mid", "foot_index_mid")):
            step = s.image[point_index(front, "left")][0] - s.image[point_index(back, "left")][0]
            ahead += step if step == step else 0.0
    return Layout("left" if depth >= 0 else "right", 1.0 if ahead >= 0 else -1.0)


def body_turn_deg(window: Sequence[Sight]) -> float:
    """Turn of the whole resting body against the camera, + to the person's left; 0 where there are no room coordinates.

    Source: room coordinates of shoulders and hips, averaged (docs/measures.md).
    """
    yaws = [angle.yaw_deg(s.world[r], s.world[left]) for s in window for r, left in (_SHOULDERS, _HIPS)]
    seen = [y for y in yaws if y == y]
    return ROOM_YAW_GAIN * median(seen) if seen else 0.0


def rest_of(measure: Measure, raws: Sequence[Raw], body_deg: float) -> Rest:
    """Reduce the readings of a still window to one measure's neutral; NaN when it was seen less than half the time."""
    seen = [r for r in raws if r.value == r.value and r.over == r.over]
    if 2 * len(seen) < len(raws) or not seen:
        return Rest(math.nan, math.nan, math.nan, math.nan)
    value, over = median(r.value for r in seen), median(r.over for r in seen)
    if measure.kind == "turn":
        aside = ROOM_SHARE * body_deg + (1 - ROOM_SHARE) * angle.deep_yaw_deg(over, measure.gain)
        rest = Rest(value, over, aside, 0.0, median([r.aside for r in seen]))
        return rest._replace(jitter=_turn_jitter_deg(measure, seen, rest))
    rest = Rest(value, over, 0.0, 0.0)
    settle = settler(measure)
    values = [v for r in seen if (v := settle(r.value, r.over, rest)) == v]
    return rest._replace(jitter=_spread(values) if values else math.nan)


def _turn_jitter_deg(measure: Measure, seen: Sequence[Raw], rest: Rest) -> float:
    """Jitter (SD) of a turn, stated for `JITTER_AT_DEG`: of its width and depth in equal parts, and of its room yaw."""
    spread = _spread([r.value for r in seen]) / rest.value if rest.value > 0 else math.nan
    wide = math.degrees(spread / math.sin(math.radians(JITTER_AT_DEG)))
    deep = _spread([angle.deep_yaw_deg(r.over, measure.gain) for r in seen])
    turn = math.hypot(wide, deep) / 2
    if not measure.room_share:
        return turn
    room = measure.room * _spread([r.aside for r in seen])
    return math.hypot((1 - measure.room_share) * turn, measure.room_share * room)


def value_of(measure: Measure, raw: Raw, rest: Rest) -> float:
    """Turn a reading into the value that is judged: against the person's neutral where the measure says so.

    Returns the value in the measure's unit. NaN where the reading or the neutral is NaN, or its divisor is nothing.
    """
    if measure.kind == "turn":
        turn = turn_deg(measure.gain, raw.value, raw.over, rest)
        return with_room(measure)(turn, angle.wrapped_deg(raw.aside - rest.room))
    return settler(measure)(raw.value, raw.over, rest)


Settle = Callable[[float, float, Rest], float]
"""A reading and its divisor against the neutral: the value that is judged, NaN as in `value_of`."""


def settler(measure: Measure) -> Settle:
    """Compile what the neutral does to the readings of *measure*, which is none of a turn."""
    match measure.zero:
        case "subtract" if measure.unit == "deg":
            return lambda value, over, rest: angle.wrapped_deg(value - rest.value)
        case "subtract" if measure.over_neutral:
            return lambda value, over, rest: _divided(value - rest.value, rest.over)
        case "subtract":
            return lambda value, over, rest: _divided(value - rest.value, over)
        case "ratio":
            return lambda value, over, rest: _divided(_divided(value, over), _divided(rest.value, rest.over))
    if measure.over_neutral:
        return lambda value, over, rest: _divided(value, rest.over)
    return lambda value, over, rest: _divided(value, over)


def with_room(measure: Measure) -> Callable[[float, float], float]:
    """Compile how a turn in the picture and one in the room, both against the neutral, make the turn of *measure*."""
    share, gain = measure.room_share, measure.room
    if not share:
        return lambda turn, room: turn
    return lambda turn, room: turn + share * (gain * room - turn)


def _divided(value: float, over: float) -> float:
    return value / over if over else math.nan


def turn_deg(gain: float, width: float, depth_deg: float, rest: Rest) -> float:
    """Turn in the picture against the neutral, + to the person's left. NaN where a reading or the neutral is.

    gain : true depth over the depth the model draws. width : px. depth_deg : yaw of the line as drawn.
    Both readings are of the line against the camera: foreshortening, which knows no side and little near square, and
    depth, which saturates when far aside. They are weighed by their errors, and the resting turn is taken away.
    """
    deep = angle.deep_yaw_deg(depth_deg, gain) - angle.deep_yaw_deg(rest.over, gain) + rest.aside
    wide, far = angle.foreshortened_turn_deg(width, rest.value, rest.aside), abs(deep)
    share = _width_share((wide + far) / 2)
    return math.copysign(min(share * wide + (1 - share) * far, DEPTH_TRUST * far), deep) - rest.aside


def _width_share(turn_deg: float) -> float:
    """Return how much foreshortening counts at a turn of *turn_deg*, 0..1: its error grows without end near square."""
    wide_deg = math.degrees(WIDTH_ERROR) / max(math.sin(math.radians(turn_deg)), 0.05)
    return DEPTH_ERROR_DEG**2 / (DEPTH_ERROR_DEG**2 + wide_deg**2)


def resting_value(measure: Measure, rest: Rest) -> float:
    """Return what the measure reads at the neutral itself: 0 where it is subtracted, 1 where it divides."""
    if measure.kind == "turn":
        return 0.0
    return value_of(measure, Raw(rest.value, rest.over), rest)


def take(measures: Sequence[Measure], readers: Readers, t_s: float, window: Sequence[Sight]) -> Neutral:
    """Take the neutral of all *measures* from a still *window* that ends at *t_s*."""
    layout = layout_of(window)
    body_deg = body_turn_deg(window)
    rests = tuple(
        rest_of(m, [read(s) for s in window], body_deg) for m, read in zip(measures, readers[layout], strict=True)
    )
    return Neutral(t_s, rests, layout, median([trunk_px(s) for s in window]))
