"""Each subject shows three correct repetitions of a movement; what is learned counts the other subjects' sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from uncrick.app.browsing import all_measures
from uncrick.coach import engine, learn
from uncrick.coach.events import RepetitionCounted
from uncrick.coach.watch import compile_watch
from uncrick.exercise.definition import Exercise
from uncrick.files.uiprmd_file import Session
from uncrick.motion.measure import Measure
from uncrick.pose.clip import Clip

N_SHOWN = 3
STANDING_S = 1.2
"""The recordings are cut at the first movement, while a person in front of a camera first stands: the engine takes its
neutral then. The first frame is held for so long before each session that is counted."""


def learned_and_counted(sessions: Sequence[Session]) -> dict[int, list[float]]:
    """Return for each subject who shows, for each session of the others, 1 if it was counted exactly.

    Where nothing could be learned from the three repetitions, every session counts as wrong.
    """
    book = {measure.name: measure for measure in all_measures()}
    correct = [s for s in sessions if s.correct]
    out: dict[int, list[float]] = {}
    for shown in correct:
        others = [s for s in correct if s.movement == shown.movement and s.subject != shown.subject]
        learned, _ = learn.learn(_first(shown), book)
        exercise = learn.exercise_of(learned, "shown") if learned else None
        exact = [exercise is not None and _count(exercise, s, book) == len(s.bounds) for s in others]
        out.setdefault(shown.subject, []).extend(map(float, exact))
    return out


def _first(session: Session) -> Clip:
    """Return the first three repetitions, and the tenth of a second after them."""
    n = int(session.bounds[N_SHOWN - 1, 1]) + 3
    clip = session.read.clip
    return replace(
        clip,
        t_s=clip.t_s[:n],
        image_px=clip.image_px[:n],
        world_m=clip.world_m[:n],
        visibility=clip.visibility[:n],
    )


def _count(exercise: Exercise, session: Session, book: Mapping[str, Measure]) -> int:
    watch, state, n = compile_watch(exercise, book), None, 0
    for frame in _standing_first(session.read.clip).frames():
        state, seen = engine.step(watch, state, frame)
        n += sum(isinstance(event, RepetitionCounted) for event in seen.events)
    return n


def _standing_first(clip: Clip) -> Clip:
    n = round(STANDING_S * 30)
    image, world, visibility = (
        np.concatenate([np.repeat(x[:1], n, axis=0), x]) for x in (clip.image_px, clip.world_m, clip.visibility)
    )
    t_s = np.arange(len(clip) + n) / 30
    return replace(clip, t_s=t_s, image_px=image, world_m=world, visibility=visibility)
