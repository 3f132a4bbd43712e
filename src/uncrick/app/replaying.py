"""Judging recorded landmarks exactly as if a camera saw them now."""

from pathlib import Path

from uncrick.app.looking import (
    INTERRUPTED,
    Look,
    Tell,
    Told,
    Wanted,
    Watched,
    interruptible,
    library_for,
    line_for,
    watched_of,
)
from uncrick.files.clip_file import read_clip


def replay_clip(wanted: Wanted, part: str | None, yaw_deg: float | None, tell: Tell) -> Watched:
    """Judge the landmarks in a file.

    part : which person or session of a file with several. yaw_deg : where the camera stands, for points in a room.
    Raises ProblemsError with everything that is wrong with the file, or when there is no such exercise.
    """
    path = Path(str(wanted.source))
    library, wanted = library_for(wanted)
    line_for(library, wanted, "")  # an unknown exercise is said before a long file is read
    read = read_clip(path, part, yaw_deg)
    clip = read.clip
    look = Look(line_for(library, wanted, clip.source), keeps=True, any_movement=wanted.any_movement)
    with interruptible(look):
        for frame in clip.frames():
            look.take(frame, tell)
    summary = look.end(tell)
    size_px = (clip.width_px, clip.height_px)
    partial = INTERRUPTED if look.interrupted else ""
    return watched_of(library, wanted, look, Told(summary, size_px, clip.source, path.name, None, partial), read.notes)
