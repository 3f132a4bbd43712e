"""Everything a report states, as one value: each number with its error and what it rests on, each sentence ready."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from uncrick.exercise.definition import Side
from uncrick.motion.measure import Layout, Measure
from uncrick.pose.frame import Frame
from uncrick.report.number import Basis, Number

Outcome = Literal["seen", "idle", "waiting", "hidden", "other", "unrecognised", "nobody"]
"""seen : something was counted, held, stopped or corrected. idle : the start position, and nothing after it. waiting :
somebody, but never in the start position. hidden : too little of the body in the picture. other : not the exercise that
was asked for. unrecognised : none was asked for and none was recognised. nobody : no frame had a body."""

Shade = Literal["", "left", "right", "held"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers come from. Texts are empty and *began* None when nobody knows."""

    model: str
    source: str
    began: datetime | None
    duration: Number
    frames: Number
    bodies: Number
    partial: str


@dataclass(frozen=True, slots=True, eq=False)
class KeyFrame:
    """One moment worth a picture: *frame* at *t_s*, with the measure to point out.

    rest : the frame of the person's neutral, None when it was not kept. number : what the measure reads at its deepest.
    """

    title: str
    t_s: float
    frame: Frame
    rest: Frame | None
    layout: Layout
    measure: Measure
    number: Number


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """A moment of a recording of which nothing is claimed: the body as it was seen."""

    at: Number
    frame: Frame


@dataclass(frozen=True, slots=True, eq=False)
class HoldFact:
    """One hold. n : its place in the set. says : what became of it. key : its picture, None when no frame was kept."""

    n: int
    phase: str
    side: Side
    start: Number
    end: Number
    length: Number
    peak: Number
    says: str
    counted: bool
    key: KeyFrame | None


@dataclass(frozen=True, slots=True)
class RangeFact:
    """Least and greatest of one measure."""

    title: str
    says: str
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class SaidFact:
    """A cue or a stop: its place on the chart, when it was said, the sentence, and the rule that it came from."""

    n: int
    at: Number
    says: str
    severity: str
    why: str


@dataclass(frozen=True, slots=True)
class UnseenFact:
    """Something that could not be judged, since when, and why."""

    at: Number
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in one phase; *low* and *high* of the charted measure in it. shade : colour of the band."""

    says: str
    side: Side
    shade: Shade
    start_s: float
    end_s: float
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment on a chart: a cue, a stop or a counted repetition; *label* stands on the chart, *says* in its table."""

    kind: Literal["cue", "stop", "repetition"]
    t_s: float
    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """A hold on a chart of the measure that is held: from when to when, and how deep."""

    label: str
    start_s: float
    end_s: float
    peak: float
    outward: float


@dataclass(frozen=True, slots=True)
class ChartFact:
    """One measure over time, with everything drawn on it.

    points : (t_s, value) with None for unseen. shaded : names of the phases whose bands are shaded.
    limits : values at which a cue of this measure begins.
    """

    title: str
    says: str
    unit: str
    error: float
    basis: str
    start_s: float
    end_s: float
    points: tuple[tuple[float, float | None], ...]
    spans: tuple[Span, ...]
    shaded: tuple[str, ...]
    brackets: tuple[Bracket, ...]
    marks: tuple[Mark, ...]
    limits: tuple[float, ...]
    ways: tuple[str, str] | tuple[()]


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """One report. Texts are plain, tuples may be empty, and every `Number` names a `Basis` that is in *bases*."""

    outcome: Outcome
    exercise: str
    name: str
    headline: str
    lead: str
    hints: tuple[str, ...]
    origin: Origin
    repetitions: Number | None
    seen_part: Number | None
    holds: tuple[HoldFact, ...]
    keys: tuple[KeyFrame, ...]
    glimpses: tuple[Glimpse, ...]
    stops: tuple[SaidFact, ...]
    cues: tuple[SaidFact, ...]
    ranges: tuple[RangeFact, ...]
    unseen: tuple[UnseenFact, ...]
    unjudged: tuple[str, ...]
    charts: tuple[ChartFact, ...]
    tried: tuple[str, ...]
    bases: tuple[Basis, ...]
    notice: str
