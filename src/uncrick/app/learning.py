"""Learning an exercise from being shown it: a file for a therapist to complete, its proof clip and golden events."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from uncrick.app.looking import Model
from uncrick.coach import engine, learn, summary
from uncrick.coach.events import event_record
from uncrick.coach.learn import Learned
from uncrick.coach.summary import SetSummary, summary_record
from uncrick.coach.watch import compile_watch
from uncrick.errors import Problem, ProblemsError
from uncrick.exercise.content import content_of
from uncrick.exercise.definition import Exercise
from uncrick.files.clip_file import KINDS, read_clip, write_clip
from uncrick.files.exercise_file import ID, check_exercise
from uncrick.files.library import read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.whole_file import write_text
from uncrick.files.yaml_text import yaml_text
from uncrick.pose.clip import Clip, clip_from_frames

HEADER = """\
# Learned from {source}: {n} repetitions, seen from the {view}.
# A person must complete it before anybody follows it: attributes (what the movement asks of a body; screening reads
# them, and empty does not mean harmless), start, cues and stops, the dose and its source, regions, equipment.
# Measures that moved: {moves}.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of a demonstration. counted : repetitions that the written exercise finds in its own proof."""

    learned: Learned
    exercise: Exercise
    counted: int
    written: tuple[Path, ...]


def learn_exercise(source: Path, name: str, n_reps: int | None, folder: Path, model: Model = "full") -> Shown:
    """Learn an exercise from a clip or a video with at least three repetitions, and write its files into *folder*.

    Writes ``NAME.yaml``, ``NAME_shown.parquet`` and ``NAME_shown.events.jsonl``.
    Raises ProblemsError, with everything that keeps it from being learned or written.
    """
    if not re.match(ID, name):  # at once, not after the video was watched
        says = f"found '{name}', wanted small letters, digits and _, a letter first"
        raise ProblemsError([Problem("--name", says, "for example: side_reach")])
    clip = _clip(source, model)
    library = read_library()
    learned, problems = learn.learn(clip, library.measures, n_reps)
    if learned is None:
        raise ProblemsError([replace(problem, where=str(source)) for problem in problems])
    exercise = replace(learn.exercise_of(learned, name), proof=(f"{name}_shown",))
    text = _text(exercise, learned, source.name)
    _, problems = check_exercise(read_marked(text, f"{name}.yaml"), library.measures)
    if problems:
        raise ProblemsError(problems)
    lines, told = _replayed(clip, exercise)
    files = [folder / f"{name}.yaml", folder / f"{name}_shown.parquet", folder / f"{name}_shown.events.jsonl"]
    write_clip(clip, files[1])
    write_text("\n".join(lines) + "\n", files[2])
    write_text(text, files[0])
    return Shown(learned, exercise, told.n_reps, tuple(files))


def _clip(source: Path, model: Model) -> Clip:
    if source.suffix.lower() in KINDS:
        return read_clip(source).clip
    from uncrick.vision.blazepose import VisionSettings
    from uncrick.vision.video import open_video
    from uncrick.vision.watch import watch_video

    video = open_video(source)
    frames = watch_video(video, VisionSettings(model=model))
    return clip_from_frames(frames, video.facts.width_px, video.facts.height_px, f"blazepose-{model}")


def _text(exercise: Exercise, learned: Learned, source: str) -> str:
    moves = ", ".join(f"{move.measure} ({move.rest:.3g} to {move.far:.3g})" for move in learned.moves)
    head = HEADER.format(source=source, n=learned.n_reps, view=learned.view, moves=moves)
    return head + yaml_text(content_of(exercise), width=100)


def _replayed(clip: Clip, exercise: Exercise) -> tuple[list[str], SetSummary]:
    """Return the JSON lines that the exercise gives on its own demonstration, and their summary."""
    watch = compile_watch(exercise, read_library().measures, model=clip.source)
    state, sums, records = None, None, []
    for frame in clip:
        state, seen = engine.step(watch, state, frame)
        sums, _ = summary.step(watch, sums, seen)
        records += [event_record(event) for event in seen.events]
    last = engine.finish(watch, state, clip.t_s[-1] if len(clip) else 0.0)
    told = summary.summarise(watch, sums, last)
    records += [*(event_record(event) for event in last), summary_record(told)]
    return [json.dumps(record) for record in records], told
