"""Watching a video file or a camera with the coach's eyes, and writing what was asked for."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from uncrick.app.captions import Captioner
from uncrick.app.looking import (
    INTERRUPTED,
    Look,
    Progress,
    Tell,
    Told,
    Wanted,
    Watched,
    interruptible,
    library_for,
    line_for,
    watched_of,
)
from uncrick.errors import Problem, ProblemsError
from uncrick.files.library import library_folder
from uncrick.vision.annotate import AnnotatedVideo
from uncrick.vision.blazepose import VisionSettings, open_eyes
from uncrick.vision.draw import Caption
from uncrick.vision.video import open_video
from uncrick.vision.watch import Seen, watch_with

DEMO = "demo/chair_spinal_twist.mp4"


def demo_recording() -> Path:
    """Return the recording that ships for `uncrick watch --demo`."""
    return library_folder() / DEMO


def watch_source(wanted: Wanted, tell: Tell, progress: Progress) -> Watched:
    """Watch a video file or a camera, telling each event as it happens.

    Ctrl-C ends the watching, not the program: what was seen until then is kept, and said to be partial.
    Raises ProblemsError, with one sentence each, when there is nothing to see or no such exercise.
    """
    library, wanted = library_for(wanted)
    video = open_video(wanted.source)
    keeps = not video.is_live or wanted.report is not None or wanted.clip is not None
    model = f"blazepose-{wanted.model}"
    look = Look(line_for(library, wanted, model), keeps, wanted.any_movement)
    eyes = open_eyes(VisionSettings(model=wanted.model, n_threads=wanted.n_threads))
    facts = video.facts
    problems: list[Problem] = []
    began = datetime.now(UTC)
    with ExitStack() as stack:
        annotated, captioner = _open_annotated(wanted, stack, problems), Captioner(library)
        with interruptible(look):
            for seen in watch_with(eyes, video):
                said = look.take(seen.frame, tell)
                if annotated is not None:
                    annotated = _annotate(annotated, seen, captioner.caption(said), problems)
                progress(seen.frame.t_s, facts.duration_s)
    summary = look.end(tell)
    told = Told(
        summary,
        size_px=(facts.width_px, facts.height_px),
        model=model,
        source="" if video.is_live else facts.name,
        began=began if video.is_live else None,
        partial=INTERRUPTED if look.interrupted else video.missing,
    )
    watched = watched_of(library, wanted, look, told)
    return replace(watched, problems=(*problems, *watched.problems))


def _open_annotated(wanted: Wanted, stack: ExitStack, problems: list[Problem]) -> AnnotatedVideo | None:
    if wanted.annotate is None:
        return None
    try:
        video = AnnotatedVideo(wanted.annotate)
    except ProblemsError as error:
        problems += error.problems
        return None
    stack.callback(_finish, video, problems)
    return video


def _finish(video: AnnotatedVideo, problems: list[Problem]) -> None:
    """Finish the file; what cannot be finished spoils nothing else, and its first problem is the one to tell."""
    try:
        video.close()
    except ProblemsError as error:
        told = {problem.where for problem in problems}
        problems += [problem for problem in error.problems if problem.where not in told]


def _annotate(
    annotated: AnnotatedVideo, seen: Seen, caption: Caption, problems: list[Problem]
) -> AnnotatedVideo | None:
    """Draw on one picture; when the disk is full, say so once and go on watching without."""
    try:
        annotated.add(seen, caption)
    except ProblemsError as error:
        problems += error.problems
        return None
    return annotated
