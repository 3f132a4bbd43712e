"""The one schema of what travels between page and program: landmarks in binary, everything else as JSON."""

import math
import struct
from dataclasses import asdict
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from uncrick.coach.person import FeltRight, SkipReason
from uncrick.coach.screen import Screen
from uncrick.pose.frame import Frame, empty_frame
from uncrick.pose.landmark import N_LANDMARKS

VERSION = 1

_FLOAT = np.dtype("<f4")
_TIME = struct.Struct("<d")

FLOATS_PER_LANDMARK = 7
"""x, y, z in the picture (px); x, y, z in the room (m); visibility."""

FRAME_BYTES = 8 + N_LANDMARKS * FLOATS_PER_LANDMARK * 4
"""A frame with a body: the page's time as one double, then the landmarks as floats, all little-endian."""

EMPTY_BYTES = 8
"""A frame with nobody in it: the time alone. The program answers every frame with its eight bytes of time."""

MAX_BYTES = 8192
"""No message of a page is longer."""

MAX_FRAMES_PER_S = 60
"""More frames than any camera gives a page are no camera."""

CLOSE: dict[str, int] = {
    "malformed": 4400,
    "token": 4401,
    "origin": 4403,
    "session": 4404,
    "order": 4408,
    "taken_over": 4409,
    "large": 4413,
    "nan": 4422,
    "many": 4429,
    "busy": 4503,
}
"""Why the program closes a connection, as the code the page sees."""


class WireError(Exception):
    """A message that cannot be taken; *why* is a key of CLOSE."""

    def __init__(self, why: str, says: str) -> None:
        self.why = why
        super().__init__(says)


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class WishSaid(_Said):
    """One stretch the person wants tonight."""

    exercise: str = Field(max_length=80)
    n_reps: int | None = Field(default=None, ge=1, le=50)
    hold_s: float | None = Field(default=None, gt=0, le=600)


class Hello(_Said):
    """The first message. resume : go on if the session only stands because the connection was lost."""

    type: Literal["hello"]
    version: int
    resume: bool = False


class BeginSaid(_Said):
    """Start, with pain at rest 0-10 and the stretches wanted; none means tonight's."""

    type: Literal["begin"]
    pain: int | None = Field(default=None, ge=0, le=10)
    wishes: tuple[WishSaid, ...] = Field(default=(), max_length=40)


class CameraSaid(_Said):
    """The camera went on or off."""

    type: Literal["camera"]
    on: bool


class PauseSaid(_Said):
    """Stand still."""

    type: Literal["pause"]
    why: Literal["person", "hidden", "gesture"] = "person"


class SkipSaid(_Said):
    """Leave this set out."""

    type: Literal["skip"]
    reason: SkipReason


class PaceSaid(_Said):
    """How much time is given, and whether steps follow by themselves."""

    type: Literal["pace"]
    pace: float = Field(ge=0.5, le=10)
    by_itself: bool


class PlainSaid(_Said):
    """Everything that is one press."""

    type: Literal["resume", "back", "easier", "extend", "next", "pain_mistaken", "put_away"]


class PainSaid(_Said):
    """It hurts."""

    type: Literal["pain"]
    why: Literal["button", "key", "gesture", "pop"] = "button"


class PopSaid(_Said):
    """The person says that a pop was heard from their back. probability : the page's detector's."""

    type: Literal["pop"]
    pain: bool
    probability: float = Field(ge=0, le=1)


class PainAnswersSaid(_Said):
    """The answers to the pain questions. stop : what it is like. yes : follow-up questions not answered no."""

    type: Literal["pain_answers"]
    where: str = Field(default="", max_length=80)
    level: int | None = Field(default=None, ge=0, le=10)
    stop: str = Field(default="stop_pain", max_length=40)
    yes: tuple[Annotated[str, Field(max_length=40)], ...] = Field(default=(), max_length=20)


class FinishSaid(_Said):
    """The answers after the session."""

    type: Literal["finish"]
    pain: int | None = Field(default=None, ge=0, le=10)
    felt_right: FeltRight = ""
    note: str = Field(default="", max_length=1000)


Said = Annotated[
    Hello
    | BeginSaid
    | CameraSaid
    | PauseSaid
    | SkipSaid
    | PaceSaid
    | PlainSaid
    | PainSaid
    | PopSaid
    | PainAnswersSaid
    | FinishSaid,
    Field(discriminator="type"),
]
_SAID: TypeAdapter[Said] = TypeAdapter(Said)

TOLD = ("book", "screen", "say", "sound", "event", "decision", "refusal", "summary", "error")
"""Types of what the program tells the page; `told` makes them."""


def read_said(text: str) -> Said:
    """Return a page's JSON message. Raises WireError for one that is too large or does not fit."""
    if len(text) > MAX_BYTES:
        raise WireError("large", f"a message of {len(text)} characters; {MAX_BYTES} at most")
    try:
        return _SAID.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        raise WireError("malformed", f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def read_frame(data: bytes, after_s: float) -> Frame:
    """Return the frame of a binary message. Raises WireError.

    after_s : the time of the frame before; a later one must follow it. What was not seen has visibility 0.
    """
    if len(data) not in (FRAME_BYTES, EMPTY_BYTES):
        why = "large" if len(data) > FRAME_BYTES else "malformed"
        raise WireError(why, f"a frame of {len(data)} bytes; it has {FRAME_BYTES} or {EMPTY_BYTES}")
    (t_s,) = _TIME.unpack_from(data)
    if not abs(t_s) < float("inf"):
        raise WireError("nan", "a frame whose time is no number")
    if t_s <= after_s:
        raise WireError("order", f"a frame of {t_s:.3f} s after one of {after_s:.3f} s")
    if len(data) == EMPTY_BYTES:
        return empty_frame(t_s)
    values = np.frombuffer(data, _FLOAT, -1, 8).astype(np.float64).reshape(N_LANDMARKS, FLOATS_PER_LANDMARK)
    total = np.add.reduce(values, None)  # NaN and infinity stay in a sum, and singles cannot overflow a double
    if not math.isfinite(total):
        raise WireError("nan", "a frame with a landmark that is no number")
    image, world = values[:, 0:3].copy(), values[:, 3:6].copy()  # rows are taken faster out of a whole array
    return Frame(t_s, image, world, values[:, 6])


def write_frame(frame: Frame) -> bytes:
    """Return *frame* as a page would send it: what was not seen has visibility 0. The inverse of `read_frame` else."""
    if not frame.has_body:
        return struct.pack("<d", frame.t_s)
    values = np.concatenate([frame.image_px, frame.world_m, frame.visibility[:, None]], axis=1)
    values[~np.isfinite(values).all(axis=1)] = 0.0
    landmarks: bytes = values.astype("<f4").tobytes()
    return struct.pack("<d", frame.t_s) + landmarks


def told(kind: str, **values: Any) -> dict[str, Any]:  # noqa: ANN401 - becomes JSON
    """Return a message to the page."""
    return {"type": kind, **values}


def told_screen(screen: Screen, line: str) -> dict[str, Any]:
    """Return the message that draws the screen; times to a millisecond. line : the sentence of the stage."""
    record = asdict(screen)
    return told("screen", line=line, **{k: round(v, 3) if isinstance(v, float) else v for k, v in record.items()})


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what a page may say, with the frame's layout and the codes of closing beside it."""
    return {
        "version": VERSION,
        "frame": {
            "bytes": FRAME_BYTES,
            "empty_bytes": EMPTY_BYTES,
            "landmarks": N_LANDMARKS,
            "floats": FLOATS_PER_LANDMARK,
        },
        "limits": {"max_bytes": MAX_BYTES, "max_frames_per_s": MAX_FRAMES_PER_S},
        "close": CLOSE,
        "told": list(TOLD),
        "said": _SAID.json_schema(),
    }
