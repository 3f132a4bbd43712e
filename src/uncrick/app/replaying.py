"""Judging recorded landmarks exactly as if a camera saw them now."""

from pathlib import Path

from uncrick.app.looking import INTERRUPTED, Look, Tell, Wanted, Watched, line_for, until_interrupted, written_files
from uncrick.files.clip_file import read_clip
from uncrick.files.library import read_library


def replay_clip(wanted: Wanted, part: str | None, tell: Tell) -> Watched:
    """Judge recorded landmarks exactly as if a camera saw them now.

    part : which person or session of a file with several.
    Raises ProblemsError with everything that is wrong with the file, or when there is no such exercise.
    """
    library = read_library()
    look = Look(line_for(library, wanted), keeps=wanted.report is not None or wanted.clip is not None)
    read = read_clip(Path(str(wanted.source)), part)
    clip = read.clip
    for frame in until_interrupted(look, clip.frames()):
        look.take(frame, tell)
    summary = look.end(tell)
    problems = written_files(wanted, look, summary, (clip.width_px, clip.height_px), clip.source)
    partial = INTERRUPTED if look.interrupted else ""
    notes = tuple(read.notes)
    return Watched(
        summary, look.end_s, look.n_frames, look.n_with_body, partial, look.interrupted, notes, tuple(problems)
    )
