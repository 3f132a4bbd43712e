"""Charts of one stretched joint as SVG in the page's colours: gap, cavity, pressure, gases, sound, both theories."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import altair as alt
import numpy as np
import vl_convert as vlc
from numpy.typing import NDArray

from uncrick.report.charts import COLOURS, NARROW, VEGA_LITE, WIDE, Size

Floats = NDArray[np.float64]
_Drawn = alt.LayerChart | alt.FacetChart
HEIGHT_PX: Final = 220
N_POINTS: Final = 600


class Line(NamedTuple):
    """One line of a chart: what it is, where it is (x and y, (N,) each), and its colour on the page."""

    name: str
    x: Floats
    y: Floats
    colour: str
    dash: tuple[int, ...] = ()


class Axes(NamedTuple):
    """What the axes say. says : the chart in a sentence, for whoever cannot see it. log_x, log_y : logarithmic axes."""

    x: str
    y: str
    says: str
    log_x: bool = False
    log_y: bool = False


def thinned(x: Floats, y: Floats, n_points: int = N_POINTS) -> tuple[Floats, Floats]:
    """Return at most *n_points* of a long line, (N,), keeping the least and the greatest of every stretch of it."""
    if len(x) <= n_points:
        return x, y
    width = -(-2 * len(x) // n_points)
    n = len(x) // width * width
    blocks = y[:n].reshape(-1, width)
    rows = np.arange(len(blocks)) * width
    chosen = np.unique(np.concatenate([rows + blocks.argmin(axis=1), rows + blocks.argmax(axis=1), [len(x) - 1]]))
    return x[chosen], y[chosen]


def lines_svg(key: str, lines: Sequence[Line], axes: Axes) -> str:
    """Draw *lines* on common axes, wide and narrow, as two SVG elements in a pair of boxes. *key* names the chart."""
    drawn = [(size, _lines_chart(lines, axes, size)) for size in (WIDE, NARROW)]
    return "".join(f'<div class="{size.name}">{_svg(f"{key}-{size.name}", chart, axes)}</div>' for size, chart in drawn)


def _axis(title: str, size: Size, ticks: int) -> alt.Axis:
    return alt.Axis(
        title=title, tickCount=ticks, gridColor=COLOURS["line"], domain=False, tickColor=COLOURS["line"],
        labelColor=COLOURS["muted"], titleColor=COLOURS["muted"], labelFontSize=size.font, titleFontSize=size.font,
        titleFontWeight="normal", format="~s" if title.startswith("frequency") else "~r", titlePadding=10,
    )  # fmt: skip


def _starts_at_zero(lines: Sequence[Line]) -> bool:
    """Return whether 0 belongs on the axis: the lines come near it, measured against how far they reach."""
    low, high = min(float(np.nanmin(line.y)) for line in lines), max(float(np.nanmax(line.y)) for line in lines)
    return low < 0.3 * high


def _lines_chart(lines: Sequence[Line], axes: Axes, size: Size) -> _Drawn:
    every = np.concatenate([line.x for line in lines])
    ends = [float(every.min()), float(every.max())]
    kind: Literal["log", "linear"] = "log" if axes.log_x else "linear"
    x_scale = alt.Scale(type=kind, domain=ends, nice=False)
    x = alt.X("x:Q", scale=x_scale, axis=_axis(axes.x, size, size.ticks - 3))
    y_scale = alt.Scale(
        type="log" if axes.log_y else "linear", zero=not axes.log_y and _starts_at_zero(lines), nice=True
    )
    y = alt.Y("y:Q", scale=y_scale, axis=_axis(axes.y, size, 5))
    layers = []
    for line in lines:
        at, values = thinned(line.x, line.y, N_POINTS if size is WIDE else N_POINTS // 2)
        rows = [{"x": float(a), "y": float(b)} for a, b in zip(at, values, strict=True) if np.isfinite(b)]
        chart = alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]
        dash = list(line.dash) or [1, 0]
        layers.append(chart.mark_line(color=COLOURS[line.colour], strokeWidth=2.2, strokeDash=dash).encode(x, y))
    return alt.layer(*layers).properties(width=size.width - 60, height=HEIGHT_PX, background="transparent")


def _svg(key: str, chart: _Drawn, axes: Axes) -> str:
    """Return the chart as an inline SVG: colours are the page's variables, ids are its own, no namespace."""
    configured = chart.configure(font="system-ui, sans-serif").configure_view(stroke=None)
    svg = vlc.vegalite_to_svg(configured.to_dict(), vl_version=VEGA_LITE)
    for name, stand_in in COLOURS.items():
        svg = svg.replace(stand_in, f"var(--{name})")
    svg = re.sub(r"""\sxmlns(:\w+)?=(".*?"|'.*?')""", "", svg)
    svg = re.sub(r'\bid="', f'id="{key}-', svg)
    svg = re.sub(r"url\((['\"]?)#", rf"url(\1#{key}-", svg)
    return re.sub(r"<svg\b", f'<svg role="img" aria-label="{axes.says}"', svg, count=1)


def theories_svg(rows: Sequence[Mapping[str, float]]) -> str:
    """Draw how loud growth and collapse are, from stiff to giving capsules: medians of a sweep."""
    x = np.array([(row["capsule_from"] * row["capsule_to"]) ** 0.5 for row in rows])
    lines = [
        Line("growth", x, np.array([row["growth_db"] for row in rows]), "left"),
        Line("collapse", x, np.array([row["collapse_db"] for row in rows]), "right", (7, 4)),
    ]
    says = "Level of growth and of collapse against how easily the capsule gives; the lines cross"
    return lines_svg("theories", lines, Axes("give of the capsule, mm³/kPa (log)", "dB at the microphone", says, True))


def quiet_svg(rows: Sequence[tuple[float, float]]) -> str:
    """Draw how long a leftover bubble lasts against its radius: about the square of it."""
    um, minutes = np.array(rows).T
    says = "Minutes until a leftover bubble has dissolved against its radius; both axes logarithmic"
    axes = Axes("radius of the leftover bubble, µm (log)", "minutes (log)", says, True, True)
    return lines_svg("quiet", [Line("minutes", um, minutes, "measure")], axes)
