"""A session as it is kept: what was asked, done, held, stopped, felt and heard; self-reported and seen kept apart."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from uncrick.coach.played import Ending, Outcome, Stage
from uncrick.exercise.definition import Side

Kind = Literal["session", "break", "swap"]
SessionState = Literal["running", "finished", "left"]
Watched = Literal["camera", "self_reported", "both"]
StopSource = Literal["camera", "person"]


@dataclass(frozen=True, slots=True)
class SetRecord:
    """One set, or one try of it where the person went back. n : counted over the session from 0, in order of time.

    at : its place among the asked sets. n_asked, n_done : repetitions, of both sides together. hold_asked_s : as it was
    asked at last. easier : in its easier form, or less of it by the person's own wish.
    seen : a camera saw every repetition; else they are self-reported. seen_fraction : part of the frames in which the
    judged measure was seen, None without a camera.
    n_seen : repetitions that the camera counted by itself. ranges : least and greatest of each measure, in its own
    unit, with its name. cues : how often each was raised. unseen : a measure, and why it could not be judged.
    """

    n: int
    at: int
    exercise: str
    prescription: str
    n_asked: int
    n_done: int
    hold_asked_s: float
    outcome: Outcome
    reason: str
    easier: bool
    seen: bool
    seen_fraction: float | None = None
    n_seen: int = 0
    ranges: tuple[tuple[str, float, float], ...] = ()
    cues: tuple[tuple[str, int], ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """One hold. set_n : of its set. n : counted within the set from 0. hold_s, asked_s : s.

    seen : a camera saw it; else its length is that of the clock, as self-reported.
    peak : deepest value of *measure* in *unit*, with its sign; None where no camera saw it.
    """

    set_n: int
    n: int
    side: Side
    hold_s: float
    asked_s: float
    seen: bool
    completed: bool
    peak: float | None = None
    measure: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class StopRecord:
    """One stop. n : counted over the session from 0. set_n : of the set that was on or just over.

    at_s : s since the session began. source : what raised it; a person's own *reason* is what care answered.
    """

    n: int
    set_n: int
    at_s: float
    exercise: str
    reason: str
    side: Side
    source: StopSource


@dataclass(frozen=True, slots=True)
class HurtRecord:
    """Pain during the session, in the person's own answers. level : 0-10, None when not rated.

    side, stage : of what was being done. action : what care decided. Counted as StopRecord is; each has a stop, too.
    """

    n: int
    set_n: int
    at_s: float
    exercise: str
    side: Side
    stage: Stage
    place: str
    level: int | None
    kinds: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True)
class PopRecord:
    """A pop that the person said was their back; nothing follows from it unless it hurt. Counted as StopRecord is."""

    n: int
    set_n: int
    at_s: float
    exercise: str
    hurt: bool


@dataclass(frozen=True, slots=True)
class SessionHead:
    """What is known of a session when it begins. person, plan : their ids, empty for none.

    started_at : UTC. on_day, utc_offset_min : the person's own day, and how far their clock was from UTC.
    prescriptions : of each asked set, empty where no plan asked for it.
    """

    id: str
    person: str
    plan: str
    kind: Kind
    started_at: datetime
    on_day: date
    utc_offset_min: int
    prescriptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session as recorded. ended_at : UTC, None while it runs. ending : empty while it runs or when it was left.

    pain_before, pain_after : 0-10 at rest, None when not said. watched : what the repetitions rest on, all of them seen
    by a camera, all self-reported, or both.
    """

    id: str
    person: str
    plan: str
    kind: Kind
    started_at: datetime
    ended_at: datetime | None
    on_day: date
    utc_offset_min: int
    state: SessionState
    ending: Ending | Literal[""]
    pain_before: int | None
    pain_after: int | None
    felt_right: str
    note: str
    watched: Watched
    sets: tuple[SetRecord, ...] = ()
    holds: tuple[HoldRecord, ...] = ()
    stops: tuple[StopRecord, ...] = ()
    hurts: tuple[HurtRecord, ...] = ()
    pops: tuple[PopRecord, ...] = ()
