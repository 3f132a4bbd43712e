"""The tasks on UI-PRMD: count, segment, recognise, tell correct from incorrect; each frame is seen once, in order."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from uncrick.coach import periodic, quality, recognise
from uncrick.coach.course import Course, course_of
from uncrick.coach.periodic import Periodic, RepetitionsSeen
from uncrick.coach.quality import Parts, Standard
from uncrick.coach.recognise import Recognising
from uncrick.coach.segment import Span
from uncrick.files.uiprmd_file import FRAMES_PER_S, Session, parts_of, recorded, session_of
from uncrick.pose.clip import Clip

Floats = NDArray[np.float64]
SETTINGS = Periodic()
"""The one configuration, used for everything."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen of one session.

    spans : of the repetitions as told in the end. prompt : as told when the next repetition was over, never corrected.
    courses : of *spans*. delays_s : from a repetition's end to the event that counts it, negative before it.
    """

    movement: int
    subject: int
    correct: bool
    truth: tuple[Span, ...]
    n: int
    spans: tuple[Span, ...]
    prompt: tuple[Span, ...]
    courses: tuple[Course, ...]
    delays_s: tuple[float, ...]


def read_sessions(folder: Path) -> list[Session]:
    """Read every session of every ``uiprmd_kinect_m*.npz`` in *folder*."""
    sessions: list[Session] = []
    for path in sorted(folder.glob("uiprmd_kinect_m*.npz")):
        with np.load(path) as file:
            arrays = recorded({key: file[key] for key in file.files}, path.name)
        sessions += [session_of(arrays, subject, correct, path.name) for subject, correct in parts_of(arrays)]
    return sessions


def watch(session: Session, change: Callable[[Clip], Clip] = lambda clip: clip) -> Watched:
    """Stream one session, *changed* on the way, through the counter."""
    clip = change(session.read.clip)
    state: periodic.PeriodicState | None = None
    spans: list[Span] = []
    prompt: list[Span] = []
    courses: list[Course] = []
    times: list[float] = []
    for frame in clip.frames():
        state, events = periodic.step(SETTINGS, state, frame)
        for event in events:
            spans = _as_told(spans, event)
            prompt = [*prompt[: event.n - 2], *event.spans[-2:-1]] if event.n > 1 else []
            courses = [*courses[: event.n - len(event.spans)], *_courses(state, event)]
            times = [*times[: event.n - 1], event.t_s]
    for event in periodic.finish(SETTINGS, state, float(clip.t_s[-1])) if state else ():
        spans = _as_told(spans, event)
        prompt = [*prompt[: event.n - 1], *spans[len(prompt[: event.n - 1]) :]]
        assert state is not None
        courses = [*courses[: event.n - len(event.spans)], *_courses(state, event)]
    truth = tuple(Span(a / FRAMES_PER_S, b / FRAMES_PER_S) for a, b in session.bounds.tolist())
    delays = tuple(t - s.end_s for t, s in zip(times, truth, strict=False)) if len(times) == len(truth) else ()
    done = (len(spans), tuple(spans), tuple(prompt), tuple(courses), delays)
    return Watched(session.movement, session.subject, session.correct, truth, *done)


def _as_told(spans: list[Span], event: RepetitionsSeen) -> list[Span]:
    return [*spans[: event.n - len(event.spans)], *event.spans]


def _courses(state: periodic.PeriodicState, event: RepetitionsSeen) -> list[Course]:
    return [course_of(state.t_s, state.shapes, span) for span in event.spans]


def count_error(watched: Watched) -> float:
    """Return how many repetitions too many (positive) or too few were counted."""
    return watched.n - len(watched.truth)


def matches(found: Sequence[Span], truth: Sequence[Span], least_iou: float = 0.5) -> tuple[int, list[float]]:
    """Return how many of *found* match a true repetition of their own, and the errors of their starts and ends, s."""
    free, errors, n = list(truth), list[float](), 0
    for span in found:
        best = max(free, key=lambda t: _iou(span, t), default=None)
        if best is not None and _iou(span, best) >= least_iou:
            free.remove(best)
            errors += [abs(span.start_s - best.start_s), abs(span.end_s - best.end_s)]
            n += 1
    return n, errors


def _iou(a: Span, b: Span) -> float:
    shared = max(0.0, min(a.end_s, b.end_s) - max(a.start_s, b.start_s))
    return shared / (max(a.end_s, b.end_s) - min(a.start_s, b.start_s))


def recognised(everything: Sequence[Watched]) -> list[tuple[Watched, list[bool], list[bool]]]:
    """Name each repetition, knowing the correct repetitions of the other subjects.

    Returns for each session whether each repetition was named rightly by itself, and with those just before it.
    A repetition missed, or counted too many, is named wrongly.
    """
    out = []
    for subject in sorted({w.subject for w in everything}):
        others = [w for w in everything if w.subject != subject and w.correct and w.courses]
        known = tuple(recognise.reference_of(str(w.movement), w.courses) for w in others)
        settings = Recognising(known, unlike_deg=math.inf)
        for w in everything:
            if w.subject != subject:
                continue
            state, alone, together = None, list[bool](), list[bool]()
            for span, course in zip(w.spans, w.courses, strict=True):
                state, named = recognise.step(settings, state, (span.end_s, course))
                together.append(named.name == str(w.movement))
                alone.append(state.last[-1][:1] != () and state.last[-1][0].name == str(w.movement))
            out.append((w, _missed(w, alone), _missed(w, together)))
    return out


def judged(everything: Sequence[Watched]) -> list[tuple[Watched, list[bool]]]:
    """Tell correct from incorrect repetitions of each subject by a rule fitted on the other subjects.

    Returns for each session whether each repetition was told rightly; one missed or too many is told wrongly.
    """
    out = []
    for subject in sorted({w.subject for w in everything}):
        training = [w for w in everything if w.subject != subject]
        full = standards(training)
        left_out = {s: standards([w for w in training if w.subject != s]) for s in {w.subject for w in training}}
        table = [(o, w.correct) for w in training for o in spreads(w, full, left_out[w.subject] or full)]
        rule = fitted([o for o, _ in table], [c for _, c in table])
        for w in everything:
            if w.subject == subject:
                odds = [quality.log_odds(rule, off) for off in spreads(w, full, full)]
                out.append((w, _missed(w, [(o > 0) == w.correct for o in odds])))
    return out


def standards(watched: Sequence[Watched]) -> dict[int, Standard]:
    """Return the standard of each movement, set by the correct sessions among *watched*, its spread steadied."""
    made = {
        movement: quality.standard_of(
            [w.courses for w in watched if w.movement == movement and w.correct and w.courses]
        )
        for movement in sorted({w.movement for w in watched if w.correct and w.courses})
    }
    typical = quality.typical_of(list(made.values())) if made else None
    return {m: quality.steadied(s, typical) for m, s in made.items()} if typical else {}


def shipped(everything: Sequence[Watched]) -> dict[str, dict[str, dict[str, float]]]:
    """Return what quality.TYPICAL and quality.RULE are made from: everything there is."""
    full = standards(everything)
    left_out = {s: standards([w for w in everything if w.subject != s]) for s in {w.subject for w in everything}}
    table = [(o, w.correct) for w in everything for o in spreads(w, full, left_out[w.subject])]
    rule = fitted([o for o, _ in table], [c for _, c in table])
    alone = [
        quality.standard_of([w.courses for w in everything if w.movement == m and w.correct])
        for m in sorted({w.movement for w in everything})
    ]
    typical = quality.typical_of(alone)
    named = {"usual": typical.usual, "spread": typical.spread, "towards": rule.towards, "away": rule.away}
    plain = {name: {k: round(v, 4) for k, v in parts._asdict().items()} for name, parts in named.items()}
    return {"fitted": {"base": {"": round(rule.base, 4)}, **plain}}


def spreads(watched: Watched, full: dict[int, Standard], without: dict[int, Standard]) -> list[Parts]:
    """Return how far each repetition is off: from the standard *without* its own subject, in the spreads of *full*."""
    standard = without.get(watched.movement, full[watched.movement])
    courses = watched.courses
    earlier = [courses[max(0, i - quality.N_EARLIER) : i] for i in range(len(courses))]
    parts = [quality.parts_of(standard, c, before) for c, before in zip(courses, earlier, strict=True)]
    return [quality.spreads_off(full[watched.movement], p) for p in parts]


EITHER_WAY = ("range_ln", "tempo_ln")
"""Parts that may be too high or too low. Of all others more is worse; the rule may not reward it."""


def fitted(off: Sequence[Parts], correct: Sequence[bool], ridge: float = 10.0) -> quality.Rule:
    """Return the rule that fits best: logistic regression with a ridge.

    A weight that would reward being worse is held at zero, the largest first, until none is left.
    """
    n, either = len(Parts._fields), [Parts._fields.index(name) for name in EITHER_WAY]
    z, y = np.array(off), np.array(correct, dtype=float)
    x = np.column_stack([np.ones(len(z)), z, np.abs(z[:, either])])
    used = list(range(x.shape[1]))
    free = [0, *(1 + i for i in either)]
    while True:
        found = _newton(x[:, used], y, ridge)
        wrong = {k: w for k, w in zip(used, found.tolist(), strict=True) if k not in free and w > 0}
        if not wrong:
            break
        used.remove(max(wrong, key=lambda k: wrong[k]))
    weights = np.zeros(x.shape[1])
    weights[used] = found
    away = np.zeros(n)
    away[either] = weights[1 + n :]
    return quality.Rule(float(weights[0]), Parts(*weights[1 : 1 + n].tolist()), Parts(*away.tolist()))


def _newton(x: Floats, y: Floats, ridge: float) -> Floats:
    """Return the weights of the columns of x (the first is the constant, not held down) that best tell y, 0 or 1."""
    penalty = np.diag([1e-6, *[ridge] * (x.shape[1] - 1)])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + penalty
        weights = weights - np.linalg.solve(curvature, x.T @ (p - y) + penalty @ weights)
    return weights


def _missed(watched: Watched, right: list[bool]) -> list[bool]:
    return [*right, *[False] * (len(watched.truth) - len(right))]


def frames_per_s(sessions: Sequence[Session], n: int = 30) -> float:
    """Return how many frames the counter takes in a second of one core's time, given landmarks."""
    streams = [list(session.read.clip.frames()) for session in sessions[:: max(1, len(sessions) // n)]]
    started_s = time.process_time()
    for stream in streams:
        state = None
        for frame in stream:
            state, _ = periodic.step(SETTINGS, state, frame)
        periodic.finish(SETTINGS, state, stream[-1].t_s)
    return sum(map(len, streams)) / (time.process_time() - started_s)


def gaps_s(watched: Sequence[Watched]) -> list[float]:
    """Return the times from one boundary to the next of all spans told, to see that none overlaps: none is negative."""
    return [b.start_s - a.end_s for w in watched for a, b in pairwise(w.spans)]
