"""The explain page's still figures: charts as paths on a plain grid, for a template to draw; no style, no script."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

WIDTH, HEIGHT = 360.0, 200.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 12.0, 22.0, 40.0
"""Size of a chart and the room around its field, in the drawing's own units."""
AIR_KPA: Final = 101.3
FROM_LOUDEST: Final = "milliseconds from the loudest moment"
UPPER_ENDS: Final = ": upper ends, since the model leaves out what softens a collapse."


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of an axis: where, and what is written there."""

    at: float
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, the class that colours and dashes it, and its path. label_x, label_y : where its name is."""

    name: str
    kind: str
    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. says : what is to be seen in it, in a sentence. rows : the same numbers as a table."""

    key: str
    title: str
    says: str
    x_axis: str
    y_axis: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Scale:
    """Numbers to places on one axis."""

    def __init__(self, ends: tuple[float, float], places: tuple[float, float], *, log: bool = False) -> None:
        self._log = log
        self._low, high = (math.log10(e) if log else e for e in ends)
        self._per = (places[1] - places[0]) / ((high - self._low) or 1.0)
        self._first = places[0]

    def __call__(self, value: float) -> float:
        """Return the place of *value*."""
        return self._first + ((math.log10(value) if self._log else value) - self._low) * self._per


def x_scale(low: float, high: float, *, log: bool = False) -> Scale:
    """Return the scale of the axis below."""
    return Scale((low, high), (LEFT, WIDTH - RIGHT), log=log)


def y_scale(low: float, high: float, *, log: bool = False) -> Scale:
    """Return the scale of the axis on the left, its low end below."""
    return Scale((low, high), (HEIGHT - BOTTOM, TOP), log=log)


def path_of(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Return an SVG path through the places, one decimal each."""
    points = [f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True)]
    return "M" + "L".join(points)


def short(value: float | None) -> str:
    """Return a number with three digits that count, or a dash."""
    return "-" if value is None or not math.isfinite(value) else f"{float(f'{value:.3g}'):,g}"


def share(left: float) -> str:
    """Return a share in words; a tiny one is only about right."""
    return "less than 1 %" if left < 0.01 else f"{left * 100:.0f} %"


def _ticks(scale: Scale, values: Sequence[float]) -> tuple[Tick, ...]:
    return tuple(Tick(round(scale(v), 1), short(v)) for v in values)


def theories_chart(rows: Sequence[Mapping[str, float]]) -> Chart:
    """Draw how loud growth and collapse are against the give of the capsule: medians of the sweep's fifths."""
    x, y = x_scale(0.1, 10.0, log=True), y_scale(40.0, 100.0)
    at = [x(math.sqrt(r["capsule_from"] * r["capsule_to"])) for r in rows]
    lines = []
    for name, key, place in (("growth", "growth_db", 0), ("collapse", "collapse_db", -1)):
        ys = [y(r[key]) for r in rows]
        above = -8.0 if key == "growth_db" else 14.0
        lines.append(Line(name, name, path_of(at, ys), at[place] - 4.0, ys[place] + above))
    table = tuple(
        (f"{r['capsule_from']:.2g} to {r['capsule_to']:.2g}", f"{r['n_cracks']:,.0f}",
         f"{r['growth_share'] * 100:.0f} %", short(r["growth_db"]), short(r["collapse_db"]), f"{r['left'] * 100:.0f} %")
        for r in rows
    )  # fmt: skip
    return Chart(
        "theories", "How loud growth and collapse are, against the give of the capsule",
        "The lines cross: with a stiff capsule growth is the louder, with a giving one collapse is, by some 30 dB.",
        "give of the capsule, mm³ per kPa", "decibels", _ticks(x, (0.1, 0.3, 1.0, 3.0, 10.0)),
        _ticks(y, (40.0, 60.0, 80.0, 100.0)), tuple(lines),
        ("Give, mm³ per kPa", "Cracks", "Growth louder", "Growth, dB", "Collapse, dB", "Cavity left"), table,
    )  # fmt: skip


def quiet_chart(rows: Sequence[Mapping[str, float]]) -> Chart:
    """Draw how long a leftover bubble lasts against its radius, both logarithmic."""
    um = [r["leftover_radius_um"] for r in rows]
    minutes = [r["minutes_until_dissolved"] for r in rows]
    x, y = x_scale(40.0, 500.0, log=True), y_scale(1.0, 300.0, log=True)
    at, up = [x(v) for v in um], [y(v) for v in minutes]
    return Chart(
        "quiet", "Minutes until a leftover bubble has dissolved, against its radius",
        "Twice the radius is more than four times the minutes: 2 minutes at 50 µm, 20 at 136 µm, 204 at 400 µm.",
        "radius of the leftover bubble, µm", "minutes", _ticks(x, (50.0, 100.0, 200.0, 400.0)),
        _ticks(y, (1.0, 5.0, 20.0, 60.0, 240.0)),
        (Line("calculated", "cavity", path_of(at, up), at[0], up[0] - 10.0),),
        ("Radius, µm", "Minutes"), tuple((short(u), short(m)) for u, m in zip(um, minutes, strict=True)),
    )  # fmt: skip


def courses(stretch: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Draw one stretch around its loudest moment: cavity with gap, pressure, and the sound at the microphone."""
    return _cavity(stretch), _pressure(stretch), _sound(stretch)


def _window(stretch: Mapping[str, Any]) -> tuple[list[int], list[float]]:
    """Return which moments are drawn and their times, ms from the loudest one."""
    loud_ms = (stretch["outcome"]["crack_at_s"] or 0.0) * 1e3
    ms = [t * 1e-2 - loud_ms for t in stretch["t_10us"]]
    kept = [i for i, t in enumerate(ms) if -25.0 <= t <= 75.0]
    return kept, [ms[i] for i in kept]


def _course(
    stretch: Mapping[str, Any], key: str, column: tuple[str, float], ends: tuple[float, float], marks: Sequence[float]
) -> Chart:
    kept, ms = _window(stretch)
    values = [stretch[column[0]][i] * column[1] for i in kept]
    x, y = x_scale(-25.0, 75.0), y_scale(*ends)
    words = _WORDS[key]
    path = path_of([x(t) for t in ms], [y(min(max(v, ends[0]), ends[1])) for v in values])
    rows = tuple((short(round(ms[i], 1)), short(values[i])) for i in range(0, len(ms), 4))
    line = Line(words[0], key, path, 0.0, 0.0)
    times = _ticks(x, (-25.0, 0.0, 25.0, 50.0, 75.0))
    return Chart(key, words[1], words[2], FROM_LOUDEST, words[3], times, _ticks(y, marks), (line,),
                 ("ms", words[3]), rows)  # fmt: skip


_WORDS: Final = {
    "cavity": ("cavity", "Size of the cavity", "The cavity grows within milliseconds.", "mm³"),
    "pressure": ("pressure", "Pressure in the joint", f"It starts at the air's {AIR_KPA:.0f} kPa and falls.", "kPa"),
}


def _cavity(stretch: Mapping[str, Any]) -> Chart:
    chart = _course(stretch, "cavity", ("volume_001mm3", 1e-2), (0.0, 150.0), (0.0, 50.0, 100.0, 150.0))
    greatest, left = stretch["outcome"]["greatest_mm3"], stretch["outcome"]["left"]
    says = f"It grows to {short(greatest)} mm³; {share(left)} of that is still there at the end."
    return _said(chart, says)


def _pressure(stretch: Mapping[str, Any]) -> Chart:
    chart = _course(stretch, "pressure", ("rim_01kpa", 0.1), (-20.0, 120.0), (0.0, 50.0, 100.0))
    lowest = min(stretch["rim_01kpa"]) * 0.1
    return _said(chart, f"It falls from the air's {AIR_KPA:.0f} kPa to {short(lowest)} kPa.")


def _said(chart: Chart, says: str) -> Chart:
    return replace(chart, says=says)


def _sound(stretch: Mapping[str, Any]) -> Chart:
    wave = stretch["wave"]
    mpa, loud_ms = wave["mpa"], stretch["outcome"]["crack_at_s"] * 1e3
    top = max(abs(v) for v in mpa)
    step = (wave["to_ms"] - wave["from_ms"]) / len(mpa)
    ms = [wave["from_ms"] - loud_ms + (i + 0.5) * step for i in range(len(mpa))]
    x, y = x_scale(-20.0, 40.0), y_scale(-top, top)
    line = Line("sound", "sound", path_of([x(t) for t in ms], [y(v) for v in mpa]), 0.0, 0.0)
    outcome = stretch["outcome"]
    says = f"{short(outcome['level_db'])} decibels at 10 cm, loudest near {short(outcome['peak_hz'])} Hz"
    says += UPPER_ENDS if outcome["sound_from"] == "collapse" else "."
    rows = tuple((short(round(ms[i], 1)), short(mpa[i])) for i in range(0, len(ms), len(ms) // 12))
    marks = _ticks(x, (-20.0, 0.0, 20.0, 40.0))
    return Chart("sound", "Its sound at the microphone", says, FROM_LOUDEST, "mPa", marks,
                 _ticks(y, (-top, 0.0, top)), (line,), ("ms", "mPa"), rows)  # fmt: skip
