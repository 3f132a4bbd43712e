"""One file of a batch, judged: the function that is the same in this process, in a pool and on a cluster."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from uncrick.app.batch_files import sha256_of
from uncrick.app.batch_rows import cue_rows, hold_rows, measure_rows, set_row, stop_rows
from uncrick.app.looking import Look, Model, Wanted, line_for
from uncrick.coach.events import Event
from uncrick.coach.lineup import Lineup
from uncrick.coach.watch import Reading
from uncrick.errors import Problem, ProblemsError
from uncrick.files.batch_table import Judged
from uncrick.files.clip_file import ALIKE, KINDS, read_clip
from uncrick.files.library import library_folder, read_library

if TYPE_CHECKING:
    from uncrick.vision.blazepose import Eyes

CLIPS: Final = frozenset((*KINDS, *ALIKE))


@dataclass(frozen=True, slots=True)
class Job:
    """A file to judge. exercise : an id, or empty for whichever is seen.

    by : the program that asks, as `program_here` has it; another one answers otherwise, so it refuses.
    """

    path: str
    exercise: str
    model: Model
    by: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file could not be judged, in a sentence."""

    reason: str


def judge(job: Job) -> Judged | Refused:
    """Judge one file from its first frame to its last. Networks and library are made ready once a process."""
    if job.by != program_here():
        return Refused(f"the machine that was to judge it has {program_here()}, wanted {job.by}")
    try:
        return _judged(job)
    except ProblemsError as error:
        return Refused(_reason(error.problems, job.path))


def _reason(problems: Sequence[Problem], path: str) -> str:
    """Return the first of *problems* as a sentence without the file's own name, and how many more there are."""
    first = problems[0]
    place = first.where.removeprefix(path).lstrip(": ")
    hint = f" ({first.hint})" if first.hint else ""
    more = f"; and {len(problems) - 1} more" if len(problems) > 1 else ""
    return f"{place}{': ' if place else ''}{first.says}{hint}{more}"


@cache
def program_here() -> str:
    """Return what decides how a file is judged: this program's version, and a sum of its library."""
    sum_ = hashlib.sha256()
    for path in sorted(library_folder().rglob("*.yaml")):
        sum_.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"uncrick {version('uncrick')} library {sum_.hexdigest()[:16]}"


def _judged(job: Job) -> Judged:
    is_clip = Path(job.path).suffix.lower() in CLIPS
    viewed = _replayed(job) if is_clip else _watched(job)
    tally, look = viewed.tally, viewed.tally.look
    summary = look.end(_nobody)
    row = replace(
        set_row(look, summary),
        asked=job.exercise,
        landmarks=viewed.landmarks,
        partial=viewed.partial,
        notes="\n".join(viewed.notes),
    )
    sha256 = _sum(job.path)
    if summary is None:
        return Judged(sha256, row, (), (), (), ())
    at = max(look.state.chosen, 0) if look.state else 0
    measures = measure_rows(look.line.watches[at], summary, tally.n_seen[at], look.n_frames)
    return Judged(sha256, row, hold_rows(summary), cue_rows(look, summary), stop_rows(summary), measures)


def _sum(path: str) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise ProblemsError([Problem(path, f"cannot be read: {error.strerror or error}")]) from None


class Tally:
    """A look, and of each measure of each exercise the number of frames in which it had a value."""

    def __init__(self, line: Lineup) -> None:
        self.look = Look(line, keeps=False)
        self.n_seen = [[0] * len(watch.measures) for watch in line.watches]

    def count(self, readings: Iterable[Reading]) -> None:
        """Count one frame."""
        for counts, reading in zip(self.n_seen, readings, strict=True):
            for i, value in enumerate(reading.values[: len(counts)]):
                counts[i] += value == value  # NaN is not equal to itself


@dataclass(frozen=True, slots=True)
class Viewed:
    """A file that was looked at to its end: what made the landmarks, what was missing, what was noted."""

    tally: Tally
    landmarks: str
    partial: str = ""
    notes: tuple[str, ...] = ()


def _replayed(job: Job) -> Viewed:
    read = read_clip(Path(job.path))
    tally = Tally(_line(job.exercise, read.clip.source))
    for frame in read.clip.frames():
        tally.count(tally.look.take(frame, _nobody).readings)
    return Viewed(tally, read.clip.source, notes=tuple(read.notes))


def _watched(job: Job) -> Viewed:
    from uncrick.vision.video import open_video  # half of a worker's start, and clips do without
    from uncrick.vision.watch import seen_by

    # Decoded by one thread, here: in a batch every core has a worker of its own, and a thread ahead would only take
    # time from the others.
    video = open_video(Path(job.path), n_threads=1)
    landmarks = f"blazepose-{job.model}"
    tally = Tally(_line(job.exercise, landmarks))
    for seen in seen_by(_eyes(job.model), video.shots()):
        tally.count(tally.look.take(seen.frame, _nobody).readings)
    return Viewed(tally, landmarks, video.missing)


@lru_cache(maxsize=16)
def _line(exercise: str, landmarks: str) -> Lineup:
    return line_for(read_library(), Wanted(Path(), exercise), landmarks)


@cache
def _eyes(model: Model) -> "Eyes":
    from uncrick.vision.blazepose import VisionSettings, open_eyes

    return open_eyes(VisionSettings(model=model, n_threads=1))


def _nobody(_: Event) -> None:
    """Nobody listens while a batch runs."""
