"""How far each measure is off, on rendered people whose joints are known exactly.

    python benchmarks/measure_errors.py --data DIR [--model lite|full|heavy] [--json]

DIR holds ``clips/`` and ``demo/``: videos, and for each a CSV of true joints and a JSON with its exercise and holds.
Every video is watched as `uncrick watch` would, and every measure its exercise names is read twice against one neutral:
from the landmarks, and from the true joints in the picture. A turn or yaw is compared with the true turn of the
shoulder line or hip line about the vertical instead. Rendered people are not real ones: blank faces, tight clothes, one
room. What is found here tells of signs, formulas and the landmark model's habits, of nobody's real error.
"""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from uncrick.coach import engine
from uncrick.coach.events import Event, HoldBroken, HoldCompleted
from uncrick.coach.watch import compile_watch
from uncrick.exercise.definition import Exercise, measures_of, start_measures_of
from uncrick.files.library import Library, read_library
from uncrick.motion import neutral
from uncrick.motion.angle import wrapped_deg
from uncrick.motion.measure import Layout, Measure, Sight, for_model, reader, sight_of
from uncrick.pose.frame import Floats, Frame
from uncrick.pose.landmark import INDEX, N_LANDMARKS
from uncrick.vision.blazepose import VisionSettings
from uncrick.vision.video import open_video
from uncrick.vision.watch import watch_video

REST_S = 0.9
"""The neutral is taken from so much of a recording's start when the person rests there, else from its first frames."""
N_FIRST = 3
VISIBILITY_MIN = 0.5
"""Visibility below which a landmark is not read, as the engine has it."""


class Recording(NamedTuple):
    """One video with its truth. joints : (T, 17, 2) px, in the order of *names*. rows : the CSV, a dict a frame."""

    name: str
    exercise: Exercise
    frames: list[Frame]
    joints: Floats
    names: list[str]
    rows: list[dict[str, str]]
    holds: list[dict[str, float]]


class Off(NamedTuple):
    """Errors of one measure in one recording, in the measure's unit, and the range that the truth went through."""

    errors: Floats
    travelled: float
    unseen: float


class Told(NamedTuple):
    """What is printed. holds : for each true hold how much too long, s, and too deep, deg, the engine took it."""

    measures: dict[str, dict[str, float | str | None]]
    landmarks: dict[str, dict[str, float | None]]
    holds: dict[str, list[tuple[float | None, float | None]]]


def main() -> int:
    """Measure and print; 1 when the recordings are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with clips/ and demo/")
    parser.add_argument("--model", choices=("lite", "full", "heavy"), default="full")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    asked = parser.parse_args()
    if not (asked.data / "clips").is_dir():
        print(f"skipped: the recordings with known joints are not in {asked.data} (--data DIR)", file=sys.stderr)
        return 0
    library = read_library()
    book = {name: for_model(measure, f"blazepose-{asked.model}") for name, measure in library.measures.items()}
    found: dict[str, dict[str, Off]] = defaultdict(dict)
    pixels: dict[str, Floats] = {}
    held: dict[str, list[tuple[float | None, float | None]]] = {}
    for recording in recordings(asked.data, library, VisionSettings(model=asked.model, n_threads=1)):
        print(recording.name, file=sys.stderr)
        pixels[recording.name] = pixel_errors(recording)
        for name in dict.fromkeys((*measures_of(recording.exercise), *start_measures_of(recording.exercise))):
            if name in book:
                found[name][recording.name] = errors_of(book[name], recording)
        if recording.holds and recording.name.startswith("clips/"):
            held[recording.name] = hold_errors(library, recording, asked.model)
    told = Told(
        {name: _measure_record(book[name], offs) for name, offs in sorted(found.items())},
        {name: _spread(errors) for name, errors in pixels.items()},
        held,
    )
    print(json.dumps(told._asdict())) if asked.json else _show(told)
    return 0


def recordings(data: Path, library: Library, settings: VisionSettings) -> Iterator[Recording]:
    """Watch every video that has a truth and an exercise the camera judges."""
    for path in sorted([*data.glob("clips/*.mp4"), *data.glob("demo/*.webm")]):
        facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        exercise = library.exercises.get(facts["exercise"])
        if exercise is None or not exercise.is_tracked:
            continue
        frames = list(watch_video(open_video(path), settings))
        with path.with_suffix(".csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        joints = [key.removesuffix("_u") for key in rows[0] if key.endswith("_u")]
        xy = np.array([[(float(row[f"{j}_u"]), float(row[f"{j}_v"])) for j in joints] for row in rows])
        names = [_landmark(joint) for joint in joints]
        n = min(len(frames), len(rows))
        name = f"{path.parent.name}/{path.stem}"
        yield Recording(name, exercise, frames[:n], xy[:n], names, rows[:n], facts["holds"])


def _landmark(joint: str) -> str:
    side, _, part = joint.rpartition("_")
    return f"{part}_{side}" if side else part


def true_frame(recording: Recording, i: int) -> Frame:
    """Return frame *i* as a camera without error would give it: the joints that are known, the rest NaN, no depth."""
    image = np.full((N_LANDMARKS, 3), np.nan)
    places = [INDEX[name] for name in recording.names]
    image[places, :2] = recording.joints[i]
    visibility = np.zeros(N_LANDMARKS)
    visibility[places] = 1.0
    return Frame(recording.frames[i].t_s, image, np.full((N_LANDMARKS, 3), np.nan), visibility)


def pixel_errors(recording: Recording) -> Floats:
    """Return px over frames and joints, flattened: how far landmarks are from the true joints, where one was seen."""
    places = [INDEX[name] for name in recording.names]
    seen = np.array([frame.image_px[places, :2] for frame in recording.frames])
    errors: Floats = np.linalg.norm(seen - recording.joints, axis=2).ravel()
    return errors[np.isfinite(errors)]


def n_rest(recording: Recording) -> int:
    """Return how many frames at the start are the neutral."""
    rest = [i for i, row in enumerate(recording.rows) if float(row["t"]) <= REST_S and row["phase"] == "rest"]
    return len(rest) if len(rest) > N_FIRST else N_FIRST


def errors_of(measure: Measure, recording: Recording) -> Off:
    """Read *measure* from the landmarks and from the truth, each against its own neutral; return what differs."""
    seen = [sight_of(frame, VISIBILITY_MIN) for frame in recording.frames]
    window = n_rest(recording)
    layout = neutral.layout_of(seen[:window])
    read = values_of(measure, seen, layout, window)
    if measure.kind in ("turn", "yaw"):
        true = true_turns(measure, recording, window)
    else:
        perfect = [sight_of(true_frame(recording, i), VISIBILITY_MIN) for i in range(len(seen))]
        true = values_of(measure, perfect, layout, window)
    errors = read - true
    if measure.unit == "deg":
        errors = np.array([wrapped_deg(e) for e in errors])
    known = np.isfinite(true)
    travelled = float(np.ptp(true[known])) if known.any() else np.nan
    unseen = float(np.mean(~np.isfinite(read[known]))) if known.any() else np.nan
    return Off(errors[np.isfinite(errors)], travelled, unseen)


def values_of(measure: Measure, sights: list[Sight], layout: Layout, window: int) -> Floats:
    """Return what the engine would judge on every frame, before smoothing."""
    read = reader(measure, layout)
    raws = [read(sight) for sight in sights]
    rest = neutral.rest_of(measure, raws[:window], neutral.body_turn_deg(sights[:window]))
    return np.array([neutral.value_of(measure, raw, rest) for raw in raws])


def true_turns(measure: Measure, recording: Recording, window: int) -> Floats:
    """Return the true turn of the line that *measure* reads about the vertical, deg, against the same neutral."""

    def line(points: tuple[str, ...]) -> Floats:
        column = "hip_line_rot" if "hip" in points[0] else "shoulder_line_rot"
        return np.array([float(row[column]) for row in recording.rows])

    turn = line(measure.points)
    return turn - np.median(turn[:window]) if measure.kind == "turn" or measure.zero == "subtract" else turn


def hold_errors(library: Library, recording: Recording, model: str) -> list[tuple[float | None, float | None]]:
    """Return for every true hold how much too long it was taken, s, and how much too deep, deg; None if not known."""
    watch = compile_watch(recording.exercise, library.measures, model=f"blazepose-{model}")
    state, events = None, list[Event]()
    for frame in recording.frames:
        state, seen = engine.step(watch, state, frame)
        events += seen.events
    events += engine.finish(watch, state, recording.frames[-1].t_s)
    holds = [event for event in events if isinstance(event, HoldCompleted | HoldBroken)]
    pairs: list[tuple[float | None, float | None]] = []
    degrees = watch.measures[watch.main].unit == "deg"
    for true in recording.holds:
        middle = (true["start"] + true["end"]) / 2
        own = next((h for h in holds if h.start_s < middle < h.end_s), None)
        if own is None:
            pairs.append((None, None))
            continue
        deeper = _number(own.peak - true["amp"]) if degrees and abs(true["amp"]) > 1 else None
        pairs.append((_number(own.hold_s - (true["end"] - true["start"])), deeper))
    return pairs


def _spread(errors: Floats) -> dict[str, float | None]:
    if not errors.size:
        return {"median": None, "p90": None}
    return {"median": _number(np.median(errors)), "p90": _number(float(np.percentile(errors, 90)))}


def _number(value: float | np.floating[Any]) -> float | None:
    return round(float(value), 3) if np.isfinite(value) else None


def _measure_record(measure: Measure, offs: dict[str, Off]) -> dict[str, float | str | None]:
    errors = np.concatenate([off.errors for off in offs.values()])
    worst = max(offs, key=lambda name: _spread(np.abs(offs[name].errors))["median"] or -1.0)
    return {
        "unit": measure.unit,
        "stated": measure.error,
        "recordings": len(offs),
        **_spread(np.abs(errors)),
        "bias": _number(np.median(errors)) if errors.size else None,
        "travelled": _number(max(off.travelled for off in offs.values())),
        "unseen": _number(np.mean([off.unseen for off in offs.values()])),
        "worst": worst,
        "worst_median": _spread(np.abs(offs[worst].errors))["median"],
    }


def _show(told: Told) -> None:
    """Print three tables in Markdown."""
    print("| measure | unit | stated | median | 90 % within | bias | truth moves | unseen | recordings |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, row in told.measures.items():
        cells = [row[key] for key in ("unit", "stated", "median", "p90", "bias", "travelled", "unseen", "recordings")]
        print(f"| `{name}` | " + " | ".join(_cell(cell) for cell in cells) + " |")
    print("\n| recording | landmark to joint, px: median | 90 % within |\n|---|---|---|")
    for name, errors in told.landmarks.items():
        print(f"| {name} | {_cell(errors['median'])} | {_cell(errors['p90'])} |")
    print("\n| recording | holds too long by, s | too deep by, deg |\n|---|---|---|")
    for name, pairs in told.holds.items():
        columns = [", ".join("-" if x is None else f"{x:+.2f}" for x in column) for column in zip(*pairs, strict=True)]
        print(f"| {name} | {' | '.join(columns)} |")


def _cell(value: float | str | None) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
