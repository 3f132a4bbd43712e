"""What was seen of one file as rows of the batch's tables."""

import math

from uncrick.app.looking import Look
from uncrick.coach.events import CueRaised
from uncrick.coach.summary import SetSummary
from uncrick.coach.watch import Watch
from uncrick.files.batch_table import CueRow, HoldRow, MeasureRow, SetRow, StopRow


def set_row(look: Look, summary: SetSummary | None) -> SetRow:
    """Return the row of the set; what is known of the file only is still empty: asked, landmarks, partial, notes."""
    state = look.state
    holds = summary.holds if summary else ()
    n_completed = sum(hold.completed for hold in holds)
    return SetRow(
        exercise=summary.exercise if summary else None,
        asked="",
        landmarks="",
        start_s=_known(summary.start_s) if summary else None,
        end_s=look.end_s,
        neutral_s=_known(summary.neutral_s) if summary else None,
        n_repetitions=summary.n_reps if summary else 0,
        n_holds_completed=n_completed,
        n_holds_broken=len(holds) - n_completed,
        n_cues=sum(n for _, n in summary.cues) if summary else 0,
        n_stops=len(summary.stops) if summary else 0,
        seen_fraction=summary.seen_fraction if summary else 0.0,
        n_frames=look.n_frames,
        n_with_body=look.n_with_body,
        looks_like=look.line.watches[state.other].exercise.id if state and state.other >= 0 else "",
        partial="",
        notes="",
    )


def hold_rows(summary: SetSummary) -> tuple[HoldRow, ...]:
    """Return a row for each hold."""
    return tuple(
        HoldRow(
            summary.exercise,
            hold.side,
            hold.start_s,
            hold.end_s,
            hold.hold_s,
            summary.measure,
            summary.unit,
            _known(hold.peak),
            hold.completed,
            hold.after_stop,
        )
        for hold in summary.holds
    )


def cue_rows(look: Look, summary: SetSummary) -> tuple[CueRow, ...]:
    """Return a row for each time a cue was raised."""
    raised = (event for event in look.events if isinstance(event, CueRaised))
    return tuple(CueRow(summary.exercise, one.t_s, one.cue, one.severity, one.says) for one in raised)


def stop_rows(summary: SetSummary) -> tuple[StopRow, ...]:
    """Return a row for each stop."""
    return tuple(StopRow(summary.exercise, stop.t_s, stop.reason, stop.side) for stop in summary.stops)


def measure_rows(watch: Watch, summary: SetSummary, n_seen: list[int], n_frames: int) -> tuple[MeasureRow, ...]:
    """Return a row for each measure of the exercise, seen or not. n_seen : frames with a value, by measure."""
    ranges = {name: (low, high) for name, low, high in summary.ranges}
    rows = []
    for measure, n in zip(watch.measures, n_seen, strict=True):
        least, greatest = ranges.get(measure.name, (None, None))
        seen_fraction = n / n_frames if n_frames else 0.0
        rows.append(MeasureRow(summary.exercise, measure.name, measure.unit, least, greatest, seen_fraction))
    return tuple(rows)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
