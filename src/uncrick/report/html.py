"""The report as one HTML page that needs nothing else: no network, no script, no other file."""

from collections.abc import Callable, Iterator
from typing import Final

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from uncrick.report.charts import NARROW, WIDE, chart_svg
from uncrick.report.facts import ChartFact, Facts, HoldFact, Origin, Span
from uncrick.report.figure import body_figure, line_figure
from uncrick.report.number import Number, error_text, value_text, way_text
from uncrick.report.page_style import STYLE
from uncrick.report.page_template import ICONS, TEMPLATES
from uncrick.report.words import STOP_ADVICE, duration_words, sentence

SIZES: Final = {size.name: size for size in (WIDE, NARROW)}


def report_html(facts: Facts) -> str:
    """Return the whole page of *facts*. What came from outside (file names, words) is escaped."""
    held = {id(hold.key): hold for hold in facts.holds if hold.key}
    return (
        _environment()
        .get_template("page")
        .render(
            facts=facts,
            style=Markup(STYLE),
            parts=_parts(facts),
            tiles=_tiles(facts),
            held=[held.get(id(key)) for key in facts.keys],
            deepest=facts.charts[0].title if facts.charts else "Measure",
            icons={name: Markup(drawing) for name, drawing in ICONS.items()},
            notes={basis.key: basis.n for basis in facts.bases},
            advice=STOP_ADVICE,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    filters: dict[str, Callable[..., object]] = {
        "value": value_text,
        "error": error_text,
        "way": way_text,
        "clock": clock_text,
        "sentence": sentence,
        "origin": origin_words,
        "figure": lambda key: Markup(line_figure(key)),
        "body": lambda seen: Markup(body_figure(seen.frame, f"Line figure of the body at {clock_text(seen.at)}")),
        "chart": lambda chart, size: Markup(chart_svg(chart, SIZES[size])),
        "meanwhile": meanwhile,
    }
    environment.filters.update(filters)
    return environment


def _parts(facts: Facts) -> list[str]:
    """Return the sections that have something to say, in their order."""
    seen = facts.outcome == "seen"
    wanted = {
        "stops": bool(facts.stops),
        "hints": bool(facts.hints),
        "tried": bool(facts.tried),
        "figures": bool(facts.keys),
        "glimpses": bool(facts.glimpses),
        "charts": bool(facts.charts),
        "holds": bool(facts.holds),
        "ranges": bool(facts.ranges),
        "cues": seen,
        "unseen": True,
        "bases": True,
    }
    return [name for name, is_wanted in wanted.items() if is_wanted]


def _tiles(facts: Facts) -> list[tuple[str, Number]]:
    """Return the key figures with what each is called: repetitions, the counted holds, how much was seen."""
    if facts.repetitions is None or facts.seen_part is None:
        return []
    counted = [hold for hold in facts.holds if hold.counted]
    tiles = [("Repetitions", facts.repetitions)]
    if len(counted) <= 2:
        tiles += [(_hold_title(hold), hold.length) for hold in counted]
    else:
        lengths = sorted((hold.length for hold in counted), key=lambda length: length.value)
        tiles += [(f"Shortest of {len(counted)} holds", lengths[0]), ("Longest hold", lengths[-1])]
    return [*tiles, ("Frames seen well", facts.seen_part)]


def _hold_title(hold: HoldFact) -> str:
    return f"Hold {hold.n}{', ' + hold.side if hold.side else ''}"


def clock_text(at: Number | float) -> str:
    """Write a moment to a tenth of a second, as minutes and seconds beyond the first minute: ``7.6 s``, ``1:07.6``."""
    t_s = at.value if isinstance(at, Number) else at
    if t_s != t_s:
        return "never"
    tenths = round(10 * t_s)
    return f"{tenths / 10:.1f} s" if tenths < 600 else f"{tenths // 600}:{tenths % 600 / 10:04.1f}"


def origin_words(origin: Origin) -> str:
    """Say where the numbers come from: when, how long, which file, which model."""
    return " · ".join(_origin_parts(origin))


def _origin_parts(origin: Origin) -> Iterator[str]:
    if origin.began is not None:
        yield f"{origin.began.day} {origin.began:%B %Y, %H:%M}"
    yield duration_words(origin.duration.value)
    yield f"{origin.frames.value:.0f} frames"
    if origin.source:
        yield f"file {origin.source}"
    yield f"landmarks by {origin.model}" if origin.model else "landmark model not recorded"


def meanwhile(chart: ChartFact, span: Span) -> str:
    """Say what happened during *span* of a chart: holds, cues, stops and repetitions, in their order."""
    things = [(b.start_s, f"hold of {b.label}") for b in chart.brackets]
    things += [(m.t_s, _mark_words(m.kind, m.label, m.says)) for m in chart.marks]
    last = span is chart.spans[-1]
    here = [
        says
        for t_s, says in sorted(things)
        if span.start_s <= t_s < _until(chart, span) or (last and t_s >= span.start_s)
    ]
    return "; ".join(here) or "nothing more"


def _until(chart: ChartFact, span: Span) -> float:
    """Return when the next span begins: what falls between two spans belongs to the earlier."""
    later = [s.start_s for s in chart.spans if s.start_s > span.start_s]
    return min(later, default=chart.end_s)


def _mark_words(kind: str, label: str, says: str) -> str:
    if kind == "repetition":
        return says
    return f"cue {label}" if kind == "cue" else "stop"
