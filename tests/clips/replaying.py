"""Replaying a proof: the landmarks of a recording through the engine, as the JSON lines that are compared."""

import json
from pathlib import Path

from uncrick.coach import engine, summary
from uncrick.coach.events import Event, event_record
from uncrick.coach.summary import SetSummary
from uncrick.coach.watch import compile_watch
from uncrick.files.clip_file import read_clip
from uncrick.files.library import read_library
from uncrick.pose.clip import Clip

HERE = Path(__file__).parent


def clip_of(proof: str) -> Clip:
    """Read the landmarks of a proof."""
    return read_clip(HERE / f"{proof}.parquet").clip


def replayed(clip: Clip, exercise: str) -> tuple[list[Event], SetSummary]:
    """Run *clip* through the engine; return every event and the summary."""
    library = read_library()
    watch = compile_watch(library.exercises[exercise], library.measures, model=clip.source)
    state, sums = None, None
    events: list[Event] = []
    t_s = 0.0
    for frame in clip:
        state, seen = engine.step(watch, state, frame)
        sums, _ = summary.step(watch, sums, seen)
        events += seen.events
        t_s = frame.t_s
    last = engine.finish(watch, state, t_s)
    return [*events, *last], summary.summarise(watch, sums, last)


def golden_lines(proof: str, exercise: str) -> list[str]:
    """Return the JSON lines a replay of the proof gives, the summary last."""
    events, told = replayed(clip_of(proof), exercise)
    records = [*(event_record(event) for event in events), summary.summary_record(told)]
    return [json.dumps(record) for record in records]


def proofs() -> list[tuple[str, str]]:
    """Return every (proof, exercise) that the library names."""
    return [(proof, id_) for id_, exercise in read_library().exercises.items() for proof in exercise.proof]


def bless() -> None:
    """Write the golden events of all proofs anew; for a person to read the difference."""
    for proof, exercise in proofs():
        (HERE / f"{proof}.events.jsonl").write_text("\n".join(golden_lines(proof, exercise)) + "\n")


if __name__ == "__main__":
    bless()
