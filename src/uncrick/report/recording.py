"""What a report is made of: every frame with what the engine read in it, and where the recording came from."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from uncrick.coach.watch import Reading
from uncrick.pose.frame import Frame


class Shot(NamedTuple):
    """One frame with what the engine read in it: ``Shot(frame, seen.reading)``, *seen* as `engine.step` returned it."""

    frame: Frame
    reading: Reading


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One watching, live or from a file, as a report needs it.

    shots : every frame that was looked at, in order; empty when there was none.
    model : what made the landmarks, e.g. ``blazepose-full``. source : name of the file, empty for a camera.
    began : when the recording was made or the watching began, None when nobody knows.
    partial : why the watching ended before the recording did, as a clause; empty when it is whole.
    looks_like : id of the exercise that was recognised instead of the one that was asked for, empty for none.
    """

    shots: tuple[Shot, ...]
    model: str = ""
    source: str = ""
    began: datetime | None = None
    partial: str = ""
    looks_like: str = ""

    @property
    def start_s(self) -> float:
        """Time of the first frame, 0 without one."""
        return self.shots[0].frame.t_s if self.shots else 0.0

    @property
    def end_s(self) -> float:
        """Time of the last frame, 0 without one."""
        return self.shots[-1].frame.t_s if self.shots else 0.0

    @property
    def duration_s(self) -> float:
        """Time from the first frame to the last."""
        return self.end_s - self.start_s

    @property
    def n_bodies(self) -> int:
        """Frames in which anybody was found."""
        return sum(shot.frame.has_body for shot in self.shots)

    @property
    def frame_s(self) -> float:
        """Mean time between two frames, 0 with fewer than two."""
        return self.duration_s / (len(self.shots) - 1) if len(self.shots) > 1 else 0.0
