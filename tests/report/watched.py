"""Recordings run through the engine, for the tests of the report: real landmarks, nothing made up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from tests.clips.replaying import clip_of
from uncrick.coach import engine, summary
from uncrick.coach.events import Event
from uncrick.coach.summary import SetSummary
from uncrick.coach.watch import Watch, compile_watch
from uncrick.files.library import read_library
from uncrick.motion.measure import Layout
from uncrick.pose.frame import Frame
from uncrick.report.facts import Facts
from uncrick.report.gather import facts_of
from uncrick.report.html import report_html
from uncrick.report.recording import Recording, Shot

PROOFS = {
    "chair_spinal_twist_both_sides": "chair_spinal_twist",
    "chair_spinal_twist_abrupt": "chair_spinal_twist",
    "butterfly_stretch_two": "butterfly_stretch",
    "rounded_back_stretch_two": "rounded_back_stretch",
    "rocking_floor_stretch_five": "rocking_floor_stretch",
}


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """What watching gave, and the layouts the engine itself used."""

    watch: Watch
    events: tuple[Event, ...]
    summary: SetSummary
    recording: Recording
    layouts: frozenset[Layout]


def watched(frames: Iterable[Frame], exercise: str) -> Watched:
    """Run *frames* through the engine, gathering what a report needs as `Recording` says."""
    library = read_library()
    watch = compile_watch(library.exercises[exercise], library.measures)
    state, sums, t_s = None, None, 0.0
    events: list[Event] = []
    shots, layouts = [], set()
    for frame in frames:
        state, seen = engine.step(watch, state, frame)
        sums, _ = summary.step(watch, sums, seen)
        events += seen.events
        shots.append(Shot(frame, seen.reading))
        if state.rest is not None:
            layouts.add(state.rest.layout)
        t_s = frame.t_s
    last = engine.finish(watch, state, t_s)
    told = summary.summarise(watch, sums, last)
    recording = Recording(tuple(shots), model="blazepose-full", source="twist.mp4")
    return Watched(watch, (*events, *last), told, recording, frozenset(layouts))


def facts_from(seen: Watched, **changes: object) -> Facts:
    """Return the facts of a watching; *changes* are of its recording."""
    words = read_library().words
    return facts_of(seen.watch, seen.summary, seen.events, replace(seen.recording, **changes), words)


@cache
def proof(name: str) -> Watched:
    """Return the watching of a recorded proof."""
    return watched(clip_of(name), PROOFS[name])


@cache
def proof_facts(name: str) -> Facts:
    """Return the facts of a recorded proof."""
    return facts_from(proof(name))


@cache
def proof_page(name: str) -> str:
    """Return the page of a recorded proof."""
    return report_html(proof_facts(name))


def sitting_still(duration_s: float) -> Watched:
    """Watch somebody who sits in the start position of the twist and does nothing: the same second again and again."""
    second = list(clip_of("chair_spinal_twist_both_sides"))[12:18]
    frames = [replace(second[i % 6], t_s=i / 15) for i in range(int(15 * duration_s))]
    return watched(frames, "chair_spinal_twist")
