"""What each number rests on: how it was obtained, how far off it may be, and who says so."""

from collections.abc import Sequence

from uncrick.coach.watch import Watch
from uncrick.motion.measure import Measure
from uncrick.report.number import Basis, plain_text
from uncrick.report.recording import Recording
from uncrick.report.words import VIEWS, measure_title, sentence

TIMES, FRAMES, COUNT, HOLDS, PART = "times", "frames", "count", "holds", "part"
"""Keys of the bases that are no measure."""

_CITED = "Source: docs/sources.bib, key {}."
_OURS = "Our default, measured on rendered people with known angles: how well it fits real people is not known."


def bases_of(recording: Recording, watch: Watch | None, watched: bool) -> tuple[Basis, ...]:
    """Return the bases of a report's numbers in the order of its notes.

    watch : None when no exercise was looked for. watched : whether any of its measures and counts is stated.
    """
    found = [_frames(recording), _times(recording)]
    if watch is not None:
        found.append(_part(watch))
    if watch is not None and watched:
        found += [_count(watch), *([_holds(watch)] if watch.exercise.hold else [])]
        found += [_measure(measure) for measure in watch.measures]
    return tuple(Basis(b[0], i + 1, *b[1:]) for i, b in enumerate(found))


Row = tuple[str, str, str, str, str]


def _frames(recording: Recording) -> Row:
    model = recording.model or "not recorded"
    how = (
        f"Every frame of the recording that was looked at, {len(recording.shots)} of them. In each the landmark model "
        f"({model}) placed the points of one body or none. Pictures were not kept."
    )
    return FRAMES, "Frames and bodies", how, "nothing, it is counted.", "The recording itself."


def _times(recording: Recording) -> Row:
    how = "The time stamp of the frame, counted from the start of the recording."
    frame_ms = 1000 * recording.frame_s
    error = f"one frame, {frame_ms:.0f} ms." if frame_ms > 0 else "one frame."
    return TIMES, "Times", how, error, "The recording's own clock."


def _part(watch: Watch) -> Row:
    main = measure_title(watch.measures[watch.main].name).lower()
    how = f"Frames in which the {main} could be read, as a part of all frames."
    return PART, "How much was seen", how, "nothing, it is counted.", "The frames, see above."


def _count(watch: Watch) -> Row:
    how = (
        "The phases of the exercise once round, counted by the phase table. A phase that asks for a hold counts only "
        "when it was held. What came after a stop is not counted."
    )
    return COUNT, "Repetitions", how, "nothing, it is counted.", sources_words(watch.exercise.source)


def _holds(watch: Watch) -> Row:
    held = watch.exercise.hold
    assert held is not None
    within = plain_text(held.within, watch.measures[watch.main].unit, held.within)
    how = (
        f"From when the movement into the stretch came to rest (it then stays within {within}) to when the movement "
        "out of it began. Both moments come from fitting a smooth movement to what was measured around them."
    )
    error = f"{plain_text(watch.limits.hold_error_s, 's', watch.limits.hold_error_s)} for the length of a hold."
    return HOLDS, "Length of a hold", how, error, f"{_CITED.format('flash1985')} {_OURS}"


def _measure(measure: Measure) -> Row:
    zero = {
        "none": "",
        "subtract": " It is counted from your own neutral, taken while you were still at the start.",
        "ratio": " It is a part of your own neutral, taken while you were still at the start.",
    }[measure.zero]
    view = f" {VIEWS[measure.view]}" if measure.view in VIEWS else ""
    how = f"{sentence(measure.says)} Read from the landmarks of each frame, as the mean of the last 0.17 s.{zero}{view}"
    error = f"{plain_text(measure.error, measure.unit, measure.error)} for a single reading, up or down."
    return measure.name, measure_title(measure.name), how, error, f"Source: {measure.source}."


def sources_words(keys: Sequence[str]) -> str:
    """Say which entries of the bibliography something rests on."""
    return _CITED.format(", ".join(keys)) if keys else _OURS
