"""What is drawn of a set over time: the measure, its phases, holds, cues, stops and repetitions."""

import math
from collections.abc import Sequence
from dataclasses import replace

from uncrick.coach.events import CueRaised, Event, RepetitionCounted, StopRaised
from uncrick.coach.watch import Reading, Watch
from uncrick.exercise.definition import KEPT_BY_ENGINE, Phase, outward
from uncrick.exercise.words import Words
from uncrick.report.facts import Bracket, ChartFact, HoldFact, Mark, Shade, Span
from uncrick.report.number import measured, plain_text
from uncrick.report.recording import Recording
from uncrick.report.words import measure_title

GAP_S = 0.6
"""A phase that goes unseen for longer is drawn as two."""

MORE = 2
"""Besides the main measure, so many measures of cues and stops get a chart."""

N_BINS = 500
"""A line keeps the least and the greatest of so many stretches of time; more cannot be seen."""

Points = tuple[tuple[float, float | None], ...]


def charts_of(
    watch: Watch, events: Sequence[Event], holds: Sequence[HoldFact], recording: Recording, words: Words
) -> tuple[ChartFact, ...]:
    """Return the chart of the main measure, then those of the measures that cues and stops came from."""
    marks = _marks(events, words)
    names = [m.name for m in watch.measures]
    main = _chart(watch, watch.main, recording, words, marks)
    charts = [replace(main, brackets=tuple(_bracket(watch, hold) for hold in holds))]
    for name in _raised(watch, events):
        i = names.index(name)
        if i != watch.main and len(charts) <= MORE:
            chart = _chart(watch, i, recording, words, marks)
            charts.append(replace(chart, limits=_limits(watch, name)))
    return tuple(chart for chart in charts if any(v is not None for _, v in chart.points))


def _raised(watch: Watch, events: Sequence[Event]) -> tuple[str, ...]:
    """Return the measures of every cue and stop that was raised, each once."""
    raised = {e.cue if isinstance(e, CueRaised) else e.reason for e in events if isinstance(e, CueRaised | StopRaised)}
    conditions = (c for cue in watch.exercise.cues if cue.name in raised for group in cue.when for c in group)
    return tuple(dict.fromkeys(c.measure for c in conditions if c.measure not in KEPT_BY_ENGINE))


def _limits(watch: Watch, name: str) -> tuple[float, ...]:
    """Return the values of a measure at which a cue of the exercise begins, where the value alone decides."""
    conditions = (c for cue in watch.exercise.cues for group in cue.when for c in group)
    return tuple(dict.fromkeys(c.value for c in conditions if c.measure == name and c.op in ("above", "below")))


def _chart(watch: Watch, i: int, recording: Recording, words: Words, marks: tuple[Mark, ...]) -> ChartFact:
    measure, zero = watch.measures[i], measured(watch.measures[i], 0.0)
    spans = _spans(watch, i, recording, words)
    return ChartFact(
        title=measure_title(measure.name),
        says=measure.says,
        unit=measure.unit,
        error=measure.error,
        basis=measure.name,
        start_s=recording.start_s,
        end_s=recording.end_s,
        points=_points(recording, i),
        spans=spans,
        shaded=tuple(dict.fromkeys(span.says for span in spans if span.shade)),
        brackets=(),
        marks=marks,
        limits=(),
        ways=zero.ways,
    )


def _points(recording: Recording, i: int) -> Points:
    """Return the values of measure *i* over time, None where unseen, thinned to what can be seen on a page."""
    rows = [(s.reading.t_s, s.reading.values[i] if s.reading.values else math.nan) for s in recording.shots]
    rows.sort()
    if len(rows) <= 2 * N_BINS:
        kept = rows
    else:
        size = math.ceil(len(rows) / N_BINS)
        kept = [row for k in range(0, len(rows), size) for row in _extremes(rows[k : k + size])]
    return tuple((round(t, 3), round(v, 4) if v == v else None) for t, v in kept)


def _extremes(rows: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the least and the greatest of *rows* in their order, and one unseen row if there is any."""
    seen = [row for row in rows if row[1] == row[1]]
    unseen = [row for row in rows if row[1] != row[1]][:1]
    ends = {min(seen, key=lambda r: r[1]), max(seen, key=lambda r: r[1])} if seen else set()
    return sorted([*ends, *unseen])


def _spans(watch: Watch, i: int, recording: Recording, words: Words) -> tuple[Span, ...]:
    """Return the stretches of time spent in one phase each, with the range of measure *i* in them."""
    runs: list[list[Reading]] = []
    for shot in recording.shots:
        reading = shot.reading
        if not reading.usable or not reading.phase:
            continue
        last = runs[-1][-1] if runs else None
        if last and last.phase == reading.phase and reading.t_s - last.t_s <= GAP_S:
            runs[-1].append(reading)
        else:
            runs.append([reading])
    return tuple(_span(watch, i, run, words) for run in runs)


def _span(watch: Watch, i: int, run: Sequence[Reading], words: Words) -> Span:
    phase, measure = watch.exercise.phase(run[0].phase), watch.measures[i]
    values = [r.values[i] for r in run if r.values[i] == r.values[i]]
    return Span(
        says=words.phases[phase.name],
        side=phase.side,
        shade=_shade(watch, phase),
        start_s=run[0].t_s,
        end_s=run[-1].t_s,
        low=measured(measure, min(values, default=math.nan)),
        high=measured(measure, max(values, default=math.nan)),
    )


def _shade(watch: Watch, phase: Phase) -> Shade:
    """Say how a phase is shaded: by its side, as the stretch itself, or not at all."""
    if phase.side:
        return phase.side
    swinging = watch.exercise.repetition.each[:1] if watch.exercise.hold is None else ()
    return "held" if phase.hold or phase.name in swinging else ""


def _bracket(watch: Watch, hold: HoldFact) -> Bracket:
    phase = next(p for p in watch.exercise.phases if p.hold and p.side == hold.side)
    label = plain_text(hold.length.value, "s", hold.length.error)
    return Bracket(label, hold.start.value, hold.end.value, hold.peak.value, outward(watch.exercise, phase))


def _marks(events: Sequence[Event], words: Words) -> tuple[Mark, ...]:
    """Return cues, stops and repetitions as marks; cues and stops carry the number they have in their lists."""
    marks: list[Mark] = []
    n_cues = 0
    for event in events:
        if isinstance(event, CueRaised):
            n_cues += 1
            marks.append(Mark("cue", event.t_s, f"{n_cues}", words.cue(event.says)))
        elif isinstance(event, StopRaised):
            marks.append(Mark("stop", event.t_s, "stop", words.cue(event.says)))
        elif isinstance(event, RepetitionCounted):
            marks.append(Mark("repetition", event.t_s, f"{event.n}", f"repetition {event.n} counted"))
    return tuple(marks)
