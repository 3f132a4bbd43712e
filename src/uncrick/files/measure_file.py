"""library/measures.yaml as a book of measures, or every problem in it."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, RootModel, model_validator

from uncrick.errors import Problem, nearest
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model
from uncrick.motion.measure import POINT_NAMES, Along, Gains, Kind, Measure, Take, Zero

N_POINTS: Mapping[Kind, int] = {
    "angle": 3,
    "bend": 3,
    "inclination": 2,
    "pitch": 2,
    "turn": 2,
    "yaw": 2,
    "distance": 2,
    "rise": 1,
}
"""How many points each kind of measure takes."""


class WrittenGains(WrittenModel):
    """What is different for one landmark model."""

    gain: float | None = None
    less: float | None = None
    room: float | None = None


class WrittenMeasure(WrittenModel):
    """One entry of the file; the fields are those of `Measure`."""

    says: str
    kind: Kind
    points: tuple[str, ...]
    unit: Literal["deg", "ratio"]
    view: Literal["front", "side", "any"]
    error: float
    source: str
    zero: Zero = "none"
    along: Along = "any"
    over: tuple[str, ...] = ()
    over_neutral: bool = False
    sides: Literal["one", "either"] = "one"
    take: Take | None = None
    gain: float = 1.0
    less: float = 0.0
    less_points: tuple[str, ...] = ()
    room: float = 0.0
    room_share: float = 0.0
    by_model: dict[str, WrittenGains] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wanted = N_POINTS[self.kind]
        if len(self.points) != wanted:
            raise ValueError(f"a measure of kind '{self.kind}' takes {wanted} points, found {len(self.points)}")
        for name in (*self.points, *self.over, *self.less_points):
            if name not in POINT_NAMES:
                raise ValueError(f"no point '{name}'{nearest(name, POINT_NAMES)}")
        if len(self.over) not in (0, 2) or len(self.less_points) not in (0, 2):
            raise ValueError("'over' and 'less_points' take two points or none")
        if (self.sides == "either") != (self.take is not None):
            raise ValueError("'sides: either' and 'take' go together")
        return self


class WrittenMeasures(RootModel[dict[str, WrittenMeasure]]):
    """The whole file: name -> measure."""


def check_measures(marked: Marked) -> tuple[dict[str, Measure], list[Problem]]:
    """Return the measures of a file that was read, by name, and every problem; no measures when there is any."""
    written, problems = check_model(marked, WrittenMeasures)
    if written is None:
        return {}, problems
    return {name: _measure(name, one) for name, one in written.root.items()}, []


def _measure(name: str, written: WrittenMeasure) -> Measure:
    return Measure(
        name=name,
        kind=written.kind,
        points=written.points,
        unit=written.unit,
        view=written.view,
        says=written.says,
        source=written.source,
        error=written.error,
        zero=written.zero,
        along=written.along,
        over=written.over,
        over_neutral=written.over_neutral,
        take=written.take,
        gain=written.gain,
        less=written.less,
        less_points=written.less_points,
        room=written.room,
        room_share=written.room_share,
        by_model=tuple((name, _gains(written, gains)) for name, gains in written.by_model.items()),
    )


def _gains(written: WrittenMeasure, own: WrittenGains) -> Gains:
    gain = written.gain if own.gain is None else own.gain
    less = written.less if own.less is None else own.less
    return Gains(gain, less, written.room if own.room is None else own.room)
