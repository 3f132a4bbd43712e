"""A measure over time as SVG: phases shaded, holds bracketed, cues and stops marked; the page's colours, no others."""

import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

import altair as alt
import vl_convert as vlc

from uncrick.report.facts import ChartFact, Span
from uncrick.report.number import MINUS, UNIT_WORDS
from uncrick.report.ticks import nice_ticks

VEGA_LITE: Final = "v" + ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])

COLOURS: Final = {
    "ink": "#010101", "muted": "#020202", "line": "#030303", "left": "#040404", "right": "#050505",
    "held": "#060606", "measure": "#070707", "stop": "#080808", "card": "#090909",
}  # fmt: skip
"""Stand-ins for the page's colour variables; `_themed` puts those in, so that one drawing serves dark and light."""


class Size(NamedTuple):
    """How large a chart is drawn, in px at its natural size; *font* is what its text is set in."""

    name: str
    width: int
    height: int
    font: int
    ticks: int


LEAST_SPAN: Final = 3.0
"""An axis reaches at least so many errors up and down, so that jitter does not fill the picture."""

WIDE: Final = Size("wide", 860, 320, 16, 12)
NARROW: Final = Size("narrow", 236, 300, 16, 4)


_Draw = Callable[[alt.Chart, alt.Y, "Size"], list[alt.Chart]]


class _Scales(NamedTuple):
    """The axes of one chart. pad : room above and below for brackets and marks, in the measure's unit."""

    x: alt.Scale
    y: alt.Scale
    low: float
    high: float
    pad: float
    ticks: tuple[float, ...]


def chart_svg(chart: ChartFact, size: Size) -> str:
    """Draw *chart* as an SVG element without a namespace of its own, for use inside a page.

    Colours are the page's CSS variables (--ink, --muted, --line, --left, --right, --held, --measure, --stop, --card).
    """
    scales = _scales(chart, size)
    layers = [*_bands(chart, size, scales), *_lines(chart, size, scales), *_holds(chart, size, scales)]
    layers += _marks(chart, size, scales)
    drawn = alt.layer(*layers).properties(width=size.width, height=size.height, background="transparent")
    drawn = drawn.configure(font="system-ui, sans-serif").configure_view(stroke=None)
    svg = vlc.vegalite_to_svg(drawn.to_dict(), vl_version=VEGA_LITE)
    return _themed(svg, f"{chart.basis}-{size.name}", _alternative(chart))


def _scales(chart: ChartFact, size: Size) -> _Scales:
    """Fit the axes round everything that is drawn: the line with its error, brackets, limits, and a row of marks."""
    values = [v for _, v in chart.points if v is not None]
    values += [*chart.limits, *(b.peak for b in chart.brackets)]
    middle = (min(values) + max(values)) / 2
    values += [middle - LEAST_SPAN * chart.error, middle + LEAST_SPAN * chart.error]
    low, high = min(values) - chart.error, max(values) + chart.error
    ticks = nice_ticks(low, high)
    pad = 0.14 * (high - low)
    outs = {b.outward for b in chart.brackets}
    low -= pad * (1.7 if -1.0 in outs else 0.3)
    high += pad * (1.7 if 1.0 in outs else 0.3)
    low -= pad if chart.marks else 0.0
    n_lines = max((len(_label(span, chart, size)) for span in chart.spans if span.shade), default=0)
    high += 0.8 * pad * n_lines
    end_s = max(chart.end_s, chart.start_s + 1e-3)
    x = alt.Scale(domain=[chart.start_s, end_s], nice=False)
    return _Scales(x, alt.Scale(domain=[low, high], nice=False), low, high, pad, ticks)


def _layer(rows: list[dict[str, object]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def _x(scales: _Scales, size: Size, field: str = "t") -> alt.X:
    axis = alt.Axis(
        title="seconds", tickCount=size.ticks, grid=False, domainColor=COLOURS["line"], tickColor=COLOURS["line"],
        labelColor=COLOURS["muted"], titleColor=COLOURS["muted"], labelFontSize=size.font, titleFontSize=size.font,
        titleFontWeight="normal", labelFlush=False,
    )  # fmt: skip
    return alt.X(f"{field}:Q", scale=scales.x, axis=axis)


def _y(chart: ChartFact, scales: _Scales, size: Size, field: str = "v") -> alt.Y:
    unit = UNIT_WORDS[chart.unit].strip()
    expr = f"replace(format(datum.value, '~g'), '-', '{MINUS}') + '{unit}'"
    if chart.ways:
        expr = f"format(abs(datum.value), '~g') + '{unit}'"
    axis = alt.Axis(
        title=None, values=list(scales.ticks), gridColor=COLOURS["line"], domain=False, ticks=False, labelPadding=6,
        labelColor=COLOURS["muted"], labelFontSize=size.font, labelExpr=expr,
    )  # fmt: skip
    return alt.Y(f"{field}:Q", scale=scales.y, axis=axis)


def _bands(chart: ChartFact, size: Size, scales: _Scales) -> list[alt.Chart]:
    """Shade the phases that stretch, and name them where there is room."""
    shaded = [s for s in chart.spans if s.shade]
    rows: list[dict[str, object]] = [{"t": s.start_s, "t2": s.end_s, "c": COLOURS[s.shade]} for s in shaded]
    labels: list[dict[str, object]] = [
        {"t": (s.start_s + s.end_s) / 2, "v": scales.high, "s": _label(s, chart, size)} for s in shaded
    ]
    band = _layer(rows).mark_rect(opacity=0.13).encode(
        x=_x(scales, size), x2="t2:Q", color=alt.Color("c:N", scale=None)
    )  # fmt: skip
    name = _layer(labels).mark_text(baseline="top", dy=5, fontSize=size.font, color=COLOURS["ink"]).encode(
        x=_x(scales, size), y=_y(chart, scales, size), text="s:N"
    )  # fmt: skip
    return [band, name]


def _label(span: Span, chart: ChartFact, size: Size) -> list[str]:
    """Return a phase's name on one line or on a line a word, whichever fits its band; nothing when neither does."""
    part = (span.end_s - span.start_s) / max(chart.end_s - chart.start_s, 1e-3)
    room = part * size.width / (0.58 * size.font)
    for lines in ([span.says], span.says.split()):
        if max(map(len, lines)) <= room and len(lines) <= 2:
            return lines
    return []


def _lines(chart: ChartFact, size: Size, scales: _Scales) -> list[alt.Chart]:
    """Draw the measure, the band of its error, and the limits of its cues."""
    rows: list[dict[str, object]] = [
        {"t": t, "v": v, "lo": None if v is None else v - chart.error, "hi": None if v is None else v + chart.error}
        for t, v in chart.points
    ]
    x, y = _x(scales, size), _y(chart, scales, size)
    error = _layer(rows).mark_area(opacity=0.18, color=COLOURS["measure"]).encode(
        x=x, y=_y(chart, scales, size, "lo"), y2="hi:Q"
    )  # fmt: skip
    line = _layer(rows).mark_line(strokeWidth=2.5, color=COLOURS["measure"], strokeJoin="round")
    line = line.encode(x=x, y=y)
    limits: list[dict[str, object]] = [{"v": v} for v in chart.limits]
    limit = _layer(limits).mark_rule(strokeDash=[2, 5], strokeWidth=2, color=COLOURS["ink"]).encode(y=y)
    return [error, line, limit] if limits else [error, line]


def _holds(chart: ChartFact, size: Size, scales: _Scales) -> list[alt.Chart]:
    """Bracket every hold on its outer side, with its length."""
    rows: list[dict[str, object]] = []
    for b in chart.brackets:
        v = b.peak + b.outward * (chart.error + 0.45 * scales.pad)
        tick, text = v - b.outward * 0.3 * scales.pad, v + b.outward * 0.55 * scales.pad
        rows.append({"t": b.start_s, "t2": b.end_s, "mid": (b.start_s + b.end_s) / 2, "v": v, "tick": tick,
                     "text": text, "s": b.label})  # fmt: skip
    if not rows:
        return []
    y = _y(chart, scales, size)
    rule = _layer(rows).mark_rule(strokeWidth=2, color=COLOURS["ink"])
    label = _layer(rows).mark_text(fontSize=size.font, fontWeight="bold", color=COLOURS["ink"])
    return [
        rule.encode(x=_x(scales, size), x2="t2:Q", y=y),
        rule.encode(x=_x(scales, size), y=y, y2="tick:Q"),
        rule.encode(x=_x(scales, size, "t2"), y=y, y2="tick:Q"),
        label.encode(x=_x(scales, size, "mid"), y=_y(chart, scales, size, "text"), text="s:N"),
    ]


def _marks(chart: ChartFact, size: Size, scales: _Scales) -> list[alt.Chart]:
    """Mark cues (triangle), stops (square) and repetitions (circle) along the foot, each with its number or word."""
    x, y, foot = _x(scales, size), _y(chart, scales, size), scales.low + 0.45 * scales.pad
    layers = []
    for kind, draw in (("cue", _flag("triangle-up", "ink")), ("stop", _flag("square", "stop")), ("repetition", _ring)):
        rows: list[dict[str, object]] = [{"t": m.t_s, "v": foot, "s": m.label} for m in chart.marks if m.kind == kind]
        layers += [drawn.encode(x=x) for drawn in draw(_layer(rows), y, size)] if rows else []
    return layers


def _flag(shape: Literal["triangle-up", "square"], colour: str) -> _Draw:
    """Return what draws a line across the chart with a sign at its foot and a word beside that."""
    paint, dash = COLOURS[colour], [1, 0] if colour == "stop" else [4, 4]

    def draw(base: alt.Chart, y: alt.Y, size: Size) -> list[alt.Chart]:
        word = base.mark_text(
            align="left", dx=11, baseline="middle", fontSize=size.font, fontWeight="bold", color=paint
        )  # fmt: skip
        return [
            base.mark_rule(strokeDash=dash, strokeWidth=2, color=paint),
            base.mark_point(shape=shape, size=170, opacity=1, fill=paint, stroke=paint).encode(y=y),
            word.encode(y=y, text="s:N"),
        ]

    return draw


def _ring(base: alt.Chart, y: alt.Y, size: Size) -> list[alt.Chart]:
    """Draw a ring with a number in it."""
    ring = base.mark_point(size=430, opacity=1, fill=COLOURS["card"], stroke=COLOURS["muted"], strokeWidth=2)
    number = base.mark_text(dy=1, fontSize=size.font, fontWeight="bold", color=COLOURS["muted"])
    return [ring.encode(y=y), number.encode(y=y, text="s:N")]


def _alternative(chart: ChartFact) -> str:
    """Say in one sentence what the picture shows; the table beside it has the numbers."""
    return f"Line chart: {chart.title.lower()} over time. The table below it holds the same numbers."


def _themed(svg: str, prefix: str, says: str) -> str:
    """Give a drawing the page's colours, ids of its own, a text for those who cannot see it, and no namespace."""
    for name, stand_in in COLOURS.items():
        svg = svg.replace(stand_in, f"var(--{name})")
    svg = re.sub(r"""\sxmlns(:\w+)?=(".*?"|'.*?')""", "", svg)
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r"url\((['\"]?)#", rf"url(\1#{prefix}-", svg)
    return re.sub(r"<svg\b", f'<svg role="img" aria-label="{says}"', svg, count=1)
