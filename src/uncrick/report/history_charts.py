"""Facts over time as SVG: lines with their marks, error bars, and a strip a kind that shows what was not rated.

Plain paths and classes, no style of its own: a page colours them by its variables, paper by `PAPER_STYLE`.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from typing import Final, NamedTuple

from uncrick.report.history import Point, Series
from uncrick.report.number import MINUS
from uncrick.report.ticks import nice_ticks


class Size(NamedTuple):
    """How large a chart is drawn, in px at its natural size."""

    name: str
    width: int
    height: int
    font: int


WIDE: Final = Size("wide", 760, 250, 15)
NARROW: Final = Size("narrow", 330, 240, 15)
STRIP: Final = 17
"""px of height of one strip below the chart."""

PAPER_STYLE: Final = """
text { font-family: "Libertinus Serif"; font-size: 15px; fill: #000; } .grid { stroke: #bbb; } .bar { stroke: #999; }
.line { fill: none; stroke: #000; stroke-width: 2; } .s1 .line { stroke-dasharray: 7 4; }
.s2 .line { stroke-dasharray: 2 4; } .mark { fill: #000; } .s1 .mark { fill: #fff; stroke: #000; stroke-width: 1.6; }
.s2 .mark { fill: #777; } .told { fill: #000; } .untold { fill: #fff; stroke: #000; stroke-width: 1; }
"""


class Axis(NamedTuple):
    """The y axis: its ends, and the unit behind each number."""

    low: float
    high: float
    unit: str


class _Frame(NamedTuple):
    """Where things are: the chart's place within its size, and the time it shows."""

    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date
    axis: Axis

    def x(self, on: date) -> float:
        days = max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * (on - self.first).days / days

    def y(self, value: float) -> float:
        part = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return self.bottom - (self.bottom - self.top) * part


def time_chart(lines: Sequence[Series], axis: Axis, size: Size, says: str, strips: bool = False) -> str:
    """Draw *lines* over time. says : what the picture shows, for those who do not see it.

    strips : below, a row for each kind with a full box for what was rated and an empty one for what was not.
    """
    points = [p for series in lines for p in series.points]
    first, last = min(p.on for p in points), max(p.on for p in points)
    height = size.height + (STRIP * len(lines) + 6 if strips else 0)
    frame = _Frame(34.0 if not axis.unit else 44.0, size.width - 14.0, 12.0, size.height - 30.0, first, last, axis)
    body = "".join(_grid(frame, size))
    body += "".join(_line(frame, series, i) for i, series in enumerate(lines))
    if strips:
        body += "".join(_strip(frame, series, i, size) for i, series in enumerate(lines))
    return (
        f'<svg class="history-chart" viewBox="0 0 {size.width} {height}" role="img" aria-label="{escape(says)}">'
        f"{body}</svg>"
    )


def axis_for(lines: Iterable[Series], unit: str, error: float) -> Axis:
    """Return an axis that holds every reading with its error, and at least six errors, so that jitter stays small."""
    points = [p for s in lines for p in s.points if p.least is not None and p.greatest is not None]
    low, high = min(p.least or 0.0 for p in points), max(p.greatest or 0.0 for p in points)
    middle, least_half = (low + high) / 2, max(3 * error, 1e-6)
    low, high = min(low - error, middle - least_half), max(high + error, middle + least_half)
    ticks = nice_ticks(low, high)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
    return Axis(math.floor(low / step) * step, math.ceil(high / step) * step, unit)


def standalone(svg: str) -> str:
    """Return a drawing that stands in a file of its own, in black and white."""
    begun = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    end = begun.index(">") + 1
    return f"{begun[:end]}<style>{PAPER_STYLE}</style>{begun[end:]}"


def _grid(frame: _Frame, size: Size) -> Iterable[str]:
    ticks = nice_ticks(frame.axis.low, frame.axis.high)
    for value in ticks if len(ticks) <= 7 else ticks[::2]:
        y = frame.y(value)
        label = f"{value:g}".replace("-", MINUS) + frame.axis.unit
        yield f'<path class="grid" d="M{frame.left} {y:.1f}H{frame.right}"/>'
        yield f'<text x="{frame.left - 6}" y="{y + 5:.1f}" text-anchor="end">{label}</text>'
    for on in _dates(frame, size):
        x = frame.x(on)
        yield f'<path class="grid" d="M{x:.1f} {frame.bottom}v5"/>'
        anchor = "start" if x < frame.left + 24 else "end" if x > frame.right - 24 else "middle"
        named = f"{on.day} {on:%b}{_year(frame, on)}"
        yield f'<text x="{x:.1f}" y="{frame.bottom + 21}" text-anchor="{anchor}">{named}</text>'


def _dates(frame: _Frame, size: Size) -> list[date]:
    """Return the days that are named below the chart: both ends, and a few between."""
    n = 2 if size.width < 400 else 5
    days = (frame.last - frame.first).days
    return [frame.first + timedelta(days=round(i * days / n)) for i in range(n + 1)] if days else [frame.first]


def _year(frame: _Frame, on: date) -> str:
    return f" {on:%y}" if frame.first.year != frame.last.year else ""


def _line(frame: _Frame, series: Series, i: int) -> str:
    """Draw one kind: its readings, joined where nothing lies between, each with its error or its ends."""
    parts: list[str] = []
    run: list[Point] = []
    for point in series.points:
        if point.mean is None:
            if point.n_asked:
                parts += [_joined(frame, run)]
                run = []
            continue
        run.append(point)
    parts += [_joined(frame, run)]
    rated = [p for p in series.points if p.mean is not None]
    bars = "".join(_bar(frame, p, series.error) for p in rated)
    marks = "".join(_mark(frame.x(p.on), frame.y(p.mean or 0.0), i, 3.6 if len(rated) > 60 else 4.6) for p in rated)
    return f'<g class="s{i}">{bars}{"".join(parts)}{marks}</g>'


def _joined(frame: _Frame, run: Sequence[Point]) -> str:
    if len(run) < 2:
        return ""
    path = "L".join(f"{frame.x(p.on):.1f} {frame.y(p.mean or 0.0):.1f}" for p in run)
    return f'<path class="line" d="M{path}"/>'


def _bar(frame: _Frame, p: Point, error: float) -> str:
    """Draw the error of a reading, or the ends of several."""
    low, high = (p.least or 0.0) - error, (p.greatest or 0.0) + error
    if high <= low:
        return ""
    return f'<path class="bar" d="M{frame.x(p.on):.1f} {frame.y(low):.1f}V{frame.y(high):.1f}"/>'


def _mark(x: float, y: float, i: int, r: float) -> str:
    """Draw a reading: a disc, a square or a triangle, so that kinds differ without colour."""
    if i == 0:
        return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
    if i == 1:
        return f'<path class="mark" d="M{x - r:.1f} {y - r:.1f}h{2 * r}v{2 * r}h-{2 * r}z"/>'
    return f'<path class="mark" d="M{x:.1f} {y - 1.2 * r:.1f}l{1.2 * r:.1f} {2.1 * r:.1f}h-{2.4 * r:.1f}z"/>'


def _strip(frame: _Frame, series: Series, i: int, size: Size) -> str:
    """Draw what was rated and what was not: a box each, filled as far as it was rated."""
    y = size.height + 4 + STRIP * i
    width = max((frame.right - frame.left) / max(len(series.points), 1) - 1, 1.6)
    boxes = []
    for p in series.points:
        if not p.n_asked:
            continue
        x, part = frame.x(p.on) - width / 2, min(p.n / p.n_asked, 1.0)
        boxes.append(f'<path class="untold" d="M{x:.1f} {y}h{width:.1f}v10h-{width:.1f}z"/>')
        if part:
            boxes.append(
                f'<path class="told" d="M{x:.1f} {y + 10 * (1 - part):.1f}h{width:.1f}V{y + 10}h-{width:.1f}z"/>'
            )
    sign = _mark(frame.left - 14, y + 5, i, 4.2)
    return f'<g class="s{i}">{sign}</g><g class="strip s{i}">{"".join(boxes)}</g>'
