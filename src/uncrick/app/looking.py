"""One watching as it goes on: what is wanted of it, what is kept of each frame, and what came of it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from uncrick.coach import lineup, periodic
from uncrick.coach.events import Event, MovementCounted
from uncrick.coach.lineup import Lineup, LineupSeen, LineupState
from uncrick.coach.periodic import Periodic, PeriodicState, RepetitionsSeen
from uncrick.coach.summary import SetSummary
from uncrick.coach.watch import Reading, compile_watch
from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.clip_file import write_clip
from uncrick.files.library import Library, read_library, with_own_exercise
from uncrick.files.whole_file import write_text
from uncrick.pose.clip import clip_from_frames
from uncrick.pose.frame import Frame
from uncrick.report.facts import Facts
from uncrick.report.gather import facts_of, facts_of_unrecognised
from uncrick.report.recording import Recording, Shot
from uncrick.report.text import closing_sentences

Model = Literal["lite", "full", "heavy"]
COUNTING = Periodic()
INTERRUPTED = "stopped from the keyboard: what was seen until then is all there is"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look at and for, and which files to write.

    source : a file, or a camera by its number. exercise : an id, or empty for whichever is seen.
    hold_s : the hold that counts as complete, None for the exercise's own least.
    any_movement : count whatever repeats, too, known or not.
    """

    source: Path | int
    exercise: str = ""
    model: Model = "full"
    n_threads: int = 1
    hold_s: float | None = None
    report: Path | None = None
    annotate: Path | None = None
    clip: Path | None = None
    any_movement: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of it.

    summary : None when no exercise was recognised. end_s : time of the last frame.
    partial : why this is not all of it, or empty.
    problems : files that were asked for and could not be written; the rest stands.
    says : the end in words, each a sentence.
    """

    summary: SetSummary | None
    end_s: float
    n_frames: int
    n_with_body: int
    partial: str
    interrupted: bool
    says: tuple[str, ...]
    problems: tuple[Problem, ...]


Tell = Callable[[Event], None]
Progress = Callable[[float, float | None], None]
"""Called with the time watched so far and the whole length, s; None when that is not known."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a watching once it is over.

    size_px : of the picture, (width, height). model : what made the landmarks. source : name of the file, empty for a
    camera. began : when, None when nobody knows.
    """

    summary: SetSummary | None
    size_px: tuple[int, int]
    model: str
    source: str
    began: datetime | None
    partial: str
    facts: Facts | None = None


class Look:
    """One watching as it goes on: the state, and what must be kept of each frame."""

    def __init__(self, line: Lineup, keeps: bool, any_movement: bool = False) -> None:
        self.line, self.keeps, self.any_movement = line, keeps, any_movement
        self.counter: PeriodicState | None = None
        self.n_movements = 0
        self.state: LineupState | None = None
        self.frames: list[Frame] = []
        self.readings: list[tuple[Reading, ...]] = []
        self.events: list[Event] = []
        self.n_frames = self.n_with_body = 0
        self.interrupted = False

    def take(self, frame: Frame, tell: Tell) -> LineupSeen:
        """Judge one frame and tell its events."""
        self.state, seen = lineup.step(self.line, self.state, frame)
        self.n_frames += 1
        self.n_with_body += frame.has_body
        self._told(seen.events, tell)
        if self.any_movement:
            self.counter, counted = periodic.step(COUNTING, self.counter, frame)
            self._counted(counted, tell)
        if self.keeps:
            self.frames.append(frame)
            self.readings.append(seen.readings)
        return seen

    def end(self, tell: Tell) -> SetSummary | None:
        """Tell the events of the end and return the summary."""
        events, summary = lineup.finish(self.line, self.state)
        self._told(events, tell)
        if self.any_movement:
            self._counted(periodic.finish(COUNTING, self.counter, self.end_s), tell)
        return summary

    @property
    def end_s(self) -> float:
        """Time of the last frame, 0 before the first."""
        return self.state.t_s if self.state else 0.0

    def _counted(self, seen: Iterable[RepetitionsSeen], tell: Tell) -> None:
        for one in seen:
            self.n_movements = one.n
            self._told([MovementCounted(one.t_s, one.n, one.revised)], tell)

    def _told(self, events: Iterable[Event], tell: Tell) -> None:
        for event in events:
            self.events.append(event)
            tell(event)


def library_for(wanted: Wanted) -> tuple[Library, Wanted]:
    """Return the library, with a person's own exercise (``--exercise mine.yaml``) added, and what is wanted.

    Raises ProblemsError with every problem of that file.
    """
    library = read_library()
    if not wanted.exercise.endswith((".yaml", ".yml")):
        return library, wanted
    library, id_ = with_own_exercise(library, Path(wanted.exercise))
    return library, replace(wanted, exercise=id_)


def line_for(library: Library, wanted: Wanted, model: str) -> Lineup:
    """Return the exercises to look for: the one that was asked for, and those that are recognised by sight.

    model : what makes the landmarks, as a clip names its source.
    Raises ProblemsError, with the nearest name, for an unknown id and for an exercise no camera can judge.
    """
    known = library.exercises
    if wanted.exercise and wanted.exercise not in known:
        says = f"no exercise '{wanted.exercise}'{nearest(wanted.exercise, known)}"
        raise ProblemsError([Problem("--exercise", says, "uncrick exercises")])
    if wanted.exercise and not known[wanted.exercise].is_tracked:
        says = f"the camera cannot judge {wanted.exercise}: it is led by timer and voice"
        raise ProblemsError([Problem("--exercise", says, "uncrick exercises")])
    ids = [id_ for id_, exercise in known.items() if exercise.by_sight or id_ == wanted.exercise]
    watches = tuple(compile_watch(known[id_], library.measures, wanted.hold_s, model) for id_ in ids)
    return Lineup(watches, ids.index(wanted.exercise) if wanted.exercise else -1)


@contextmanager
def interruptible(look: Look) -> Iterator[None]:
    """Let Ctrl-C end what is done inside, wherever it strikes, and remember that it did; what was seen is kept."""
    try:
        yield
    except KeyboardInterrupt:
        look.interrupted = True


def written_files(wanted: Wanted, look: Look, told: Told) -> list[Problem]:
    """Write the clip and the report that were asked for; return what could not be written."""
    problems: list[Problem] = []
    if wanted.clip is not None:
        try:
            write_clip(clip_from_frames(look.frames, *told.size_px, told.model), wanted.clip)
        except ProblemsError as error:
            problems += error.problems
    if wanted.report is not None and told.facts is not None:
        try:
            from uncrick.report.html import report_html  # brings the chart library: only for who wants a report

            write_text(report_html(told.facts), wanted.report)
        except ProblemsError as error:
            problems += error.problems
    return problems


def facts_of_look(library: Library, look: Look, told: Told) -> Facts:
    """Return what there is to report of a watching; it must have kept its frames."""
    state = look.state
    at = max(state.chosen, 0) if state else 0
    rows = zip(look.frames, look.readings, strict=False)  # Ctrl-C may strike between the two
    watches = look.line.watches
    recording = Recording(
        shots=tuple(Shot(frame, readings[at]) for frame, readings in rows),
        model=told.model,
        source=told.source,
        began=told.began,
        partial=told.partial,
        looks_like=watches[state.other].exercise.id if state and state.other >= 0 else "",
    )
    if told.summary is None:
        return facts_of_unrecognised([watch.exercise.id for watch in watches], recording, library.words)
    return facts_of(watches[at], told.summary, look.events, recording, library.words)


def watched_of(library: Library, wanted: Wanted, look: Look, told: Told, notes: Iterable[str] = ()) -> Watched:
    """Put together what came of a watching, and write the files that were asked for."""
    if look.keeps:
        told = replace(told, facts=facts_of_look(library, look, told))
    problems = tuple(written_files(wanted, look, told))
    said = [f"{note[0].upper()}{note[1:].rstrip('.')}." for note in notes]
    if told.facts is not None:
        said += closing_sentences(told.facts)
    elif told.partial:
        said.append(f"Partial: {told.partial.rstrip('.')}.")
    if look.any_movement:
        said.append(movement_words(look, told.summary))
    return Watched(
        told.summary,
        look.end_s,
        look.n_frames,
        look.n_with_body,
        told.partial,
        look.interrupted,
        tuple(said),
        problems,
    )


def movement_words(look: Look, summary: SetSummary | None) -> str:
    """Say what the counter that knows no exercise has counted, and whether the phases of a known one agree."""
    if summary is None or not summary.n_reps:
        return f"Watched, not judged: a movement was repeated {look.n_movements} times."
    watch = next(w for w in look.line.watches if w.exercise.id == summary.exercise)
    n_phases = len(watch.exercise.repetition.each)
    slack = 0 if watch.exercise.repetition.rest else 1  # a swing may begin and end half way
    if abs(summary.n_reps * n_phases - look.n_movements) <= slack:
        return f"Cross-check: by movement alone there are {look.n_movements} ways out and back, which agrees."
    return f"Cross-check: by movement alone there are {look.n_movements} ways out and back, which does not agree."


def written_words(wanted: Wanted, problems: Iterable[Problem]) -> list[str]:
    """Return a sentence for each file that was asked for and written."""
    failed = {problem.where for problem in problems}
    outputs = [path for path in (wanted.report, wanted.annotate, wanted.clip) if path and str(path) not in failed]
    return [f"Written: {path}" for path in outputs]
