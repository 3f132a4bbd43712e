"""Recordings nobody has seen: what should be said of each, and what is.

    python benchmarks/unseen.py --data DIR [--clips DIR] [--only WORD] [--json]

Two kinds, both real pixels through the real landmark model: figures painted from the true joints of the rendered people
(`unseen_figure`), whose camera, body, pace and mistakes are chosen, and the rendered recordings themselves, re-timed,
cut, darkened and so on (`unseen_pictures`), or as other cameras would bring them (`unseen_cameras`). DIR holds
``clips/`` with videos, and a CSV of true joints for each, and ``real/sports2d_demo.mp4``.
With ``--clips`` the landmarks are kept there and used again, so that a change of the engine is seen at once.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from uncrick.app.looking import Wanted as Looking
from uncrick.app.looking import line_for
from uncrick.coach import lineup
from uncrick.coach.events import Event, Unseen
from uncrick.coach.summary import SetSummary
from uncrick.files.clip_file import read_clip, write_clip
from uncrick.files.library import read_library
from uncrick.pose.clip import Clip, clip_from_frames
from uncrick.vision.blazepose import Eyes, VisionSettings, open_eyes
from uncrick.vision.picture import Picture
from uncrick.vision.source import Shot
from uncrick.vision.watch import seen_by
from unseen_cameras import other_cameras
from unseen_pictures import edited_recordings
from unseen_scenes import Recording, Wanted, painted_recordings


def main() -> int:
    """Print a line for each recording; 1 when one is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--clips", type=Path, help="folder to keep landmarks in")
    parser.add_argument("--only", default="", help="part of the names to try")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    eyes = open_eyes(VisionSettings(n_threads=1))
    n_wrong = 0
    for recording in every_recording(asked.data):
        if asked.only not in recording.name:
            continue
        clip = landmarks(eyes, recording, asked.clips)
        events, told = judged(clip, recording.asked)
        wrong = differences(recording.wanted, events, told)
        n_wrong += bool(wrong)
        row = {"recording": recording.name, "wrong": wrong, "came": in_short(told)}
        print(
            json.dumps(row)
            if asked.json
            else f"{recording.name:34} {'; '.join(wrong) or 'as it should be':60} {row['came']}"
        )
        sys.stdout.flush()
    return int(n_wrong > 0)


def every_recording(data: Path) -> Iterator[Recording]:
    """Yield all recordings, one after the other."""
    yield from painted_recordings(data)
    yield from edited_recordings(data)
    yield from other_cameras(data)


def landmarks(eyes: Eyes, recording: Recording, kept: Path | None) -> Clip:
    """Return what the landmark model sees of a recording, from *kept* if it is there."""
    path = kept / f"{recording.name.replace(' ', '_').replace(',', '')}.parquet" if kept else None
    if path is not None and path.exists():
        return read_clip(path).clip
    times = [i / recording.fps for i in range(int(recording.seconds * recording.fps))]
    first = recording.picture(0.0)
    frames = [seen.frame for seen in seen_by(eyes, (Shot(t, Picture(recording.picture(t))) for t in times))]
    clip = clip_from_frames(frames, first.shape[1], first.shape[0], "blazepose-full")
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_clip(clip, path)
    return clip


def judged(clip: Clip, asked: str) -> tuple[list[Event], SetSummary | None]:
    """Return what `uncrick watch` would tell."""
    line = line_for(read_library(), Looking(Path(), asked), clip.source)
    state, events = None, list[Event]()
    for frame in clip:
        state, seen = lineup.step(line, state, frame)
        events += seen.events
    last, told = lineup.finish(line, state)
    return [*events, *last], told


def differences(wanted: Wanted, events: list[Event], told: SetSummary | None) -> list[str]:
    """Return in short words what is not as it should be."""
    return list(_differences(wanted, events, told))


def _differences(wanted: Wanted, events: list[Event], told: SetSummary | None) -> Iterator[str]:
    if wanted.why and not any(isinstance(e, Unseen) and wanted.why in e.why for e in events):
        yield f"not said: {wanted.why}"
    if told is None:
        if wanted.exercise is not None:
            yield f"not recognised: {wanted.exercise}"
        return
    if wanted.exercise is None:
        yield f"taken for {told.exercise}"
    elif told.exercise != wanted.exercise:
        yield f"taken for {told.exercise}, not {wanted.exercise}"
    if wanted.n_reps is not None and told.n_reps != wanted.n_reps:
        yield f"{told.n_reps} repetitions, not {wanted.n_reps}"
    if (stops := tuple(stop.reason for stop in told.stops)) != wanted.stops:
        yield f"stops {stops}, not {wanted.stops}"
    cues = {name for name, _ in told.cues}
    if missing := set(wanted.cues) - cues:
        yield f"not said: {', '.join(sorted(missing))}"
    if extra := cues - set(wanted.cues) - set(wanted.may):
        yield f"said: {', '.join(sorted(extra))}"
    yield from _hold_differences(wanted, told)


def _hold_differences(wanted: Wanted, told: SetSummary) -> Iterator[str]:
    if wanted.holds is None:
        return
    if [h.side for h in told.holds] != [side for side, _ in wanted.holds]:
        yield f"holds {[h.side for h in told.holds]}, not {[side for side, _ in wanted.holds]}"
        return
    for hold, (_, hold_s) in zip(told.holds, wanted.holds, strict=True):
        if abs(hold.hold_s - hold_s) > wanted.within[0]:
            yield f"hold {hold.hold_s - hold_s:+.2f} s"
        if abs(abs(hold.peak) - wanted.peak_deg) > wanted.within[1]:
            yield f"depth {abs(hold.peak) - wanted.peak_deg:+.1f} deg"


def in_short(told: SetSummary | None) -> str:
    """Return what came in one line."""
    if told is None:
        return "nothing recognised"
    holds = ", ".join(f"{h.side} {h.hold_s:.2f} s {h.peak:.1f}".strip() for h in told.holds)
    stops, cues = ", ".join(s.reason for s in told.stops), ", ".join(f"{name} x{n}" for name, n in told.cues)
    return f"{told.exercise} n={told.n_reps} [{holds}] stops [{stops}] cues [{cues}]"


if __name__ == "__main__":
    sys.exit(main())
