"""The person's own resting values: when they were still, what each measure read, and how much it jittered."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from uncrick.motion import angle
from uncrick.motion.measure import Layout, Measure, Raw, Sight, point_index

SQUARE_DEG = 10.0
"""A neutral turned less than this against the camera counts as square: the model's own error for someone who faces it
(measured: up to 7 deg, docs/measures.md)."""

ROOM_YAW_GAIN = 0.85
"""The model's room coordinates overstate the turn of a whole, still body by this much (measured at 18 and 25 deg)."""

DEPTH_TRUST = 1.5
"""A turn is at most so many times what depth says: shoulders drawn together look narrower too, without any turn."""

JITTER_AT_DEG = 35.0
"""The turn at which the jitter of a foreshortened width is stated: near zero it has no finite value."""


class Rest(NamedTuple):
    """Neutral of one measure: the resting reading, its divisor, and its jitter (SD) in the measure's unit.

    For `turn`: value = width px, over = depth yaw deg, aside = turn of the body against the camera deg (0 when square),
    room = yaw of the line in the room deg.
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
_HIPS = (point_index("hip_right", "left"), point_index("hip_left", "left"))


def trunk_px(sight: Sight) -> float:
    """Length of the trunk in the picture, midway between the shoulders to midway between the hips; NaN if unseen."""
    shoulder, hip = point_index("shoulder_mid", "left"), point_index("hip_mid", "left")
    return math.dist(sight.image[shoulder][:2], sight.image[hip][:2])


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
    """Turn of the whole resting body against the camera, + to the person's left; 0 when it cannot be told from square.

    Source: room coordinates of shoulders and hips, averaged (docs/measures.md).
    """
    yaws = [angle.yaw_deg(s.world[r], s.world[left]) for s in window for r, left in (_SHOULDERS, _HIPS)]
    seen = [y for y in yaws if y == y]
    turn = ROOM_YAW_GAIN * median(seen) if seen else 0.0
    return turn if abs(turn) >= SQUARE_DEG else 0.0


def rest_of(measure: Measure, raws: Sequence[Raw], turn_deg: float) -> Rest:
    """Reduce the readings of a still window to one measure's neutral; NaN when it was seen less than half the time."""
    seen = [r for r in raws if r.value == r.value and r.over == r.over]
    if 2 * len(seen) < len(raws) or not seen:
        return Rest(math.nan, math.nan, math.nan, math.nan)
    value, over = median(r.value for r in seen), median(r.over for r in seen)
    if measure.kind == "turn":
        rest = Rest(value, over, turn_deg, 0.0, median([r.aside for r in seen]))
        return rest._replace(jitter=_turn_jitter_deg(measure, seen, rest))
    rest = Rest(value, over, 0.0, 0.0)
    values = [v for r in seen if (v := value_of(measure, r, rest)) == v]
    return rest._replace(jitter=_spread(values) if values else math.nan)


def _turn_jitter_deg(measure: Measure, seen: Sequence[Raw], rest: Rest) -> float:
    """Jitter (SD) of a turn, stated for `JITTER_AT_DEG`: of its width, depth and room yaw, as they are mixed."""
    spread = _spread([r.value for r in seen]) / rest.value if rest.value > 0 else math.nan
    wide = math.degrees(spread / math.sin(math.radians(JITTER_AT_DEG)))
    deep = measure.gain * _spread([r.over for r in seen])
    turn = wide if rest.aside else math.hypot(wide, deep) / 2
    return math.hypot(turn, measure.room * _spread([r.aside for r in seen])) / 2 if measure.room else turn


def value_of(measure: Measure, raw: Raw, rest: Rest) -> float:
    """Turn a reading into the value that is judged: against the person's neutral where the measure says so.

    Returns the value in the measure's unit. NaN where the reading or the neutral is NaN, or its divisor is nothing.
    """
    if measure.kind == "turn":
        turn = _turn_value_deg(measure.gain, raw, rest)
        return (turn + measure.room * angle.wrapped_deg(raw.aside - rest.room)) / 2 if measure.room else turn
    over = rest.over if measure.over_neutral else raw.over
    if measure.zero == "subtract":
        change = raw.value - rest.value
        return angle.wrapped_deg(change) if measure.unit == "deg" else _divided(change, over)
    if measure.zero == "ratio":
        return _divided(_divided(raw.value, raw.over), _divided(rest.value, rest.over))
    return _divided(raw.value, over)


def _divided(value: float, over: float) -> float:
    return value / over if over else math.nan


def _turn_value_deg(gain: float, raw: Raw, rest: Rest) -> float:
    """Turn against the neutral, + to the person's left. gain : true turn over the turn read from depth.

    Square to the camera at neutral: the mean of what foreshortening and depth say, because their errors have opposite
    signs. Seen aslant, depth saturates, and foreshortening alone counts, signed by the room coordinates.
    """
    turn = angle.foreshortened_turn_deg(raw.value, rest.value, rest.aside)
    if rest.aside:
        return math.copysign(turn, raw.aside) - rest.aside
    depth = gain * angle.wrapped_deg(raw.over - rest.over)
    return math.copysign(min((turn + abs(depth)) / 2, DEPTH_TRUST * abs(depth)), depth)


def resting_value(measure: Measure, rest: Rest) -> float:
    """Return what the measure reads at the neutral itself: 0 where it is subtracted, 1 where it divides."""
    if measure.kind == "turn":
        return 0.0
    return value_of(measure, Raw(rest.value, rest.over), rest)


def take(measures: Sequence[Measure], readers: Readers, t_s: float, window: Sequence[Sight]) -> Neutral:
    """Take the neutral of all *measures* from a still *window* that ends at *t_s*."""
    layout = layout_of(window)
    turn_deg = body_turn_deg(window)
    rests = tuple(
        rest_of(m, [read(s) for s in window], turn_deg) for m, read in zip(measures, readers[layout], strict=True)
    )
    return Neutral(t_s, rests, layout, median([trunk_px(s) for s in window]))
