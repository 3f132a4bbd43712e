"""A measure: a named number read from one frame, defined as data and compiled to a reader."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from uncrick.motion import angle
from uncrick.pose.frame import Frame
from uncrick.pose.landmark import INDEX, N_LANDMARKS

Kind = Literal["angle", "inclination", "bend", "pitch", "turn", "yaw", "distance", "rise"]
Zero = Literal["none", "subtract", "ratio"]
Along = Literal["any", "vertical", "down", "forward", "sideways"]
Take = Literal["larger", "smaller"]
Near = Literal["left", "right"]
Points = list[Sequence[float]]
Reader = Callable[["Sight"], float]

UNSEEN = (math.nan, math.nan, math.nan)


class Gains(NamedTuple):
    """How one landmark model sees depth; see `Measure`."""

    gain: float
    less: float
    room: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What to read from a frame, and how the person's neutral turns it into the value that is judged.

    points : names of points, see `POINT_NAMES`; number and order depend on *kind*:
        angle (proximal, vertex, distal), bend (lower, middle, upper), inclination, pitch, distance (from, to),
        turn (left, right), yaw (right, left), rise (point,).
    over : two points whose distance divides the reading, or empty; *over_neutral* takes that distance from the neutral,
        so that the divisor cannot shrink with the movement.
    zero : what the neutral does to the reading: nothing, is subtracted, or divides.
    take : read the points of the other side too and let the larger or the smaller value count.
    gain : factor on a yaw, or on the depth of a turn, for what the landmark model is known to lose or add; *less* and
        *less_points* subtract the part of another line's yaw that it is known to mix in. room : factor on the yaw in
        the room, which is mixed into a turn by *room_share* of it. by_model : what of gain, less and room is different
        for other models.
    view : where the camera must stand for the number to mean anything.
    error : the stated error, in *unit*, of a single reading; *source* says where the number comes from.
    """

    name: str
    kind: Kind
    points: tuple[str, ...]
    unit: str
    view: str
    says: str
    source: str
    error: float
    zero: Zero = "none"
    along: Along = "any"
    over: tuple[str, ...] = ()
    over_neutral: bool = False
    take: Take | None = None
    gain: float = 1.0
    less: float = 0.0
    less_points: tuple[str, ...] = ()
    room: float = 0.0
    room_share: float = 0.0
    by_model: tuple[tuple[str, Gains], ...] = ()


def for_model(measure: Measure, model: str) -> Measure:
    """Return *measure* with the gains of the landmark model *model* (``blazepose-lite``), its own for any other one."""
    for name, gains in measure.by_model:
        if name == model:
            return replace(measure, gain=gains.gain, less=gains.less, room=gains.room)
    return measure


class Sight(NamedTuple):
    """One frame as plain floats: points in the picture (px) and in the room (m), unseen ones NaN.

    image : the 33 landmarks as (x, y, z), then the midpoints of pairs as (x, y). world : the 33 landmarks.
    """

    image: Points
    world: Points


class Raw(NamedTuple):
    """What is read from one frame for one measure before the neutral is applied; NaN where a point was not seen.

    value : deg, px or a ratio. over : px that will divide it, 1 without a divisor.
    For `turn`: value = width px, over = yaw of the line in the picture's depth, aside = its yaw in the room, both deg.
    """

    value: float
    over: float = 1.0
    aside: float = 0.0


class Layout(NamedTuple):
    """How a camera sees this person: the side that is nearer, and which way the person faces in a side view.

    facing : +1 towards the right of the picture, -1 towards the left.
    """

    near: Near = "left"
    facing: float = 1.0


_PAIRED = tuple(name.removesuffix("_left") for name in INDEX if name.endswith("_left"))
_MIDDLES = ("shoulder", "hip", "knee", "ankle", "ear", "eye", "elbow", "wrist", "heel", "foot_index")
_MID = {f"{name}_mid": N_LANDMARKS + i for i, name in enumerate(_MIDDLES)}
_MIDDLE_PLACES = tuple((_MID[f"{name}_mid"], INDEX[f"{name}_left"], INDEX[f"{name}_right"]) for name in _MIDDLES)
_N_POINTS = N_LANDMARKS + len(_MIDDLES)
POINT_NAMES = (*INDEX, *_MID, *(f"{name}_near" for name in _PAIRED))
"""Every name for a point: a landmark, midway between two (``_mid``), or the landmark of the nearer side (``_near``)."""


def point_index(name: str, near: Near) -> int:
    """Return where the point *name* stands in a `Sight`."""
    if name.endswith("_near"):
        return INDEX[name.removesuffix("near") + near]
    return _MID[name] if name in _MID else INDEX[name]


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """Which landmarks are read at all: *image* in the picture, those of *world* in the room too, by index.

    middles : of the points midway between two that are read, (place in the sight, left, right).
    image_rows, world_rows : the same as arrays, to take them out of a frame.
    """

    image: tuple[int, ...] = tuple(range(N_LANDMARKS))
    world: tuple[int, ...] = tuple(range(N_LANDMARKS))
    middles: tuple[tuple[int, int, int], ...] = _MIDDLE_PLACES
    image_rows: NDArray[np.intp] = field(init=False)
    world_rows: NDArray[np.intp] = field(init=False)

    def __post_init__(self) -> None:
        """Make the arrays."""
        object.__setattr__(self, "image_rows", np.array(self.image, np.intp))
        object.__setattr__(self, "world_rows", np.array(self.world, np.intp))


EVERYTHING = Needs()


def needs_of(measures: Iterable[Measure], also: Iterable[str] = ()) -> Needs:
    """Return what *measures* read, and the landmarks named in *also*; those in the room too where any measure does."""
    names, in_room = [*also], [*also]
    for measure in measures:
        own = (*measure.points, *measure.over, *measure.less_points)
        names += [*own, *_other_side(own)] if measure.take else own
        in_room += own if measure.kind in ("yaw", "turn") else ()
    read, in_room_read = _landmarks_of(names), _landmarks_of(in_room)
    middles = tuple(m for m in _MIDDLE_PLACES if m[1] in read and m[2] in read)
    reads_room = len(in_room) > len([*also])
    return Needs(tuple(sorted(read)), tuple(sorted(in_room_read)) if reads_room else (), middles)


def _landmarks_of(names: Iterable[str]) -> set[int]:
    """Return the landmarks behind *names*: both of a pair, where it is the nearer one or the middle."""
    stems = {name.removesuffix("_mid").removesuffix("_near") for name in names if name not in INDEX}
    both = {INDEX[f"{stem}_{side}"] for stem in stems for side in ("left", "right")}
    return both | {INDEX[name] for name in names if name in INDEX}


def sight_of(frame: Frame, visibility_min: float, needs: Needs = EVERYTHING) -> Sight:
    """Return the frame's landmarks followed by their midpoints, as plain floats; what is not needed counts as unseen.

    Plain floats, because a reader touches a handful of numbers a frame and numpy's cost per call is ten times the sum.
    """
    image: Points = [UNSEEN] * _N_POINTS
    rows = needs.image_rows
    visibility = frame.visibility.take(rows).tolist()
    for i, seen, point in zip(needs.image, visibility, frame.image_px.take(rows, 0).tolist(), strict=True):
        if seen >= visibility_min:
            image[i] = point
    for place, left, right in needs.middles:
        a, b = image[left], image[right]
        image[place] = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    if not needs.world:
        return Sight(image, [])
    world: Points = [UNSEEN] * N_LANDMARKS
    for i, point in zip(needs.world, frame.world_m.take(needs.world_rows, 0).tolist(), strict=True):
        if image[i] is not UNSEEN:
            world[i] = point
    return Sight(image, world)


def reader(measure: Measure, layout: Layout) -> Callable[[Sight], Raw]:
    """Compile *measure* for a person seen as *layout* says: a function from `Sight` to `Raw`."""
    if measure.kind == "turn":
        return _turn_reader(measure, layout)
    value = _value_reader(measure, measure.points, layout)
    over = _length_reader(measure.over, layout)
    if measure.take is None:
        return lambda s: Raw(value(s), over(s))
    other = _value_reader(measure, _other_side(measure.points), layout)
    other_over = _length_reader(_other_side(measure.over), layout)
    larger = measure.take == "larger"

    def read_either(s: Sight) -> Raw:
        a, b = value(s), other(s)
        return Raw(a, over(s)) if _counts(a, b, larger) else Raw(b, other_over(s))

    return read_either


def value_reader(measure: Measure, layout: Layout) -> Reader:
    """Compile *measure* to what `reader` gives as the value alone, where no divisor is wanted."""
    value = _value_reader(measure, measure.points, layout)
    if measure.take is None:
        return value
    other = _value_reader(measure, _other_side(measure.points), layout)
    larger = measure.take == "larger"

    def read_either(s: Sight) -> float:
        a, b = value(s), other(s)
        return a if _counts(a, b, larger) else b

    return read_either


def _counts(a: float, b: float, larger: bool) -> bool:
    """Whether *a* counts, and not *b* of the other side: the larger or the smaller one, or the one that is seen."""
    return b != b or (a == a and (a >= b) == larger)


def _other_side(names: tuple[str, ...]) -> tuple[str, ...]:
    swap = {"left": "right", "right": "left"}
    return tuple("_".join(swap.get(part, part) for part in name.split("_")) for name in names)


def _turn_reader(measure: Measure, layout: Layout) -> Callable[[Sight], Raw]:
    left, right = (point_index(p, layout.near) for p in measure.points)

    def read_turn(s: Sight) -> Raw:
        a, b = s.image[left], s.image[right]
        return Raw(a[0] - b[0], angle.yaw_deg(b, a), angle.yaw_deg(s.world[right], s.world[left]))

    return read_turn


def _length_reader(names: tuple[str, ...], layout: Layout) -> Reader:
    if not names:
        return lambda _: 1.0
    a, b = (point_index(n, layout.near) for n in names)
    return lambda s: math.dist(s.image[a][:2], s.image[b][:2])


def _value_reader(measure: Measure, names: tuple[str, ...], layout: Layout) -> Reader:
    index = [point_index(name, layout.near) for name in names]
    a, b, c, facing = index[0], index[min(1, len(index) - 1)], index[-1], layout.facing
    match measure.kind:
        case "angle":
            return lambda s: angle.joint_angle_deg(s.image[a], s.image[b], s.image[c])
        case "inclination":
            return lambda s: angle.inclination_deg(s.image[a], s.image[b], facing)
        case "bend":
            return lambda s: angle.bend_deg(s.image[a], s.image[b], s.image[c], facing)
        case "pitch":
            return lambda s: angle.pitch_deg(s.image[a], s.image[b])
        case "yaw":
            return _yaw_reader(measure, layout)
        case "rise":
            return lambda s: -s.image[a][1]
        case "turn" | "distance":
            return _distance_reader(a, b, measure.along, facing)


def _yaw_reader(measure: Measure, layout: Layout) -> Reader:
    right, left = (point_index(n, layout.near) for n in measure.points)
    gain, less = measure.gain, measure.less
    if not measure.less_points:
        return lambda s: gain * angle.yaw_deg(s.world[right], s.world[left])
    other_right, other_left = (point_index(n, layout.near) for n in measure.less_points)
    return lambda s: (
        gain * angle.yaw_deg(s.world[right], s.world[left])
        - less * angle.yaw_deg(s.world[other_right], s.world[other_left])
    )


def _distance_reader(a: int, b: int, along: Along, facing: float) -> Reader:
    match along:
        case "any":
            return lambda s: math.dist(s.image[a][:2], s.image[b][:2])
        case "forward":
            return lambda s: facing * (s.image[b][0] - s.image[a][0])
        case "sideways":
            return lambda s: abs(s.image[b][0] - s.image[a][0])
        case "vertical":
            return lambda s: abs(s.image[b][1] - s.image[a][1])
        case "down":
            return lambda s: s.image[b][1] - s.image[a][1]
