"""One stretched joint as a page that needs nothing else: courses, both theories, quiet time, what is not known."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from uncrick.crack.bands import band_gates, calibrated_radius_m, rest_sensitivity
from uncrick.crack.compiled import Floats
from uncrick.crack.joint import PARAMETERS, Joint, joint_values
from uncrick.crack.outcome import Course, Outcome, gas_pressures_pa
from uncrick.crack.sound import RATE_HZ
from uncrick.crack.sources import SOURCES
from uncrick.report.joint_charts import Axes, Line, lines_svg, quiet_svg, theories_svg
from uncrick.report.joint_page import JOINT_PAGE
from uncrick.report.joint_words import DOES_NOT, UNSETTLED, headline
from uncrick.report.page_style import STYLE


class _Chart(NamedTuple):
    """A chart with its title, its sentence, its key and the same numbers as a table."""

    key: str
    title: str
    says: str
    svg: Markup
    names: Sequence[tuple[str, str, str]]
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


class JointStory(NamedTuple):
    """All that the page tells: the joint, its course, outcome and sound (Pa), the median joint's outcome, the theories.

    theories : rows of crack/draws.theory_map of a large sweep.
    """

    joint: Joint
    course: Course
    outcome: Outcome
    sound: Floats
    median: Outcome
    theories: Sequence[Mapping[str, float]]


def joint_html(story: JointStory) -> str:
    """Return the whole page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    gates = band_gates(story.median)
    cited = sorted({g.source for g in gates} | {"chandran2018", "bialosky2010", "unsworth1971", "cramer2011"})
    return environment.from_string(JOINT_PAGE).render(
        style=Markup(STYLE),
        headline=headline(story.outcome),
        lead=_lead(story.outcome),
        tiles=_tiles(story.outcome),
        charts=[*_courses(story), _theories(story.theories), _quiet()],
        unsettled=UNSETTLED,
        does_not=DOES_NOT,
        bands=[
            {"what": g.what, "got": f"{number(g.got)} {g.unit}", "wanted": f"{g.wanted} {g.unit}", "joint": g.joint,
             "source": g.source, "chosen": "yes" if g.chosen else "no"}
            for g in gates
        ],
        parameters=_parameters(story.joint),
        sources=[(key, *SOURCES[key]) for key in cited],
    )  # fmt: skip


def _lead(outcome: Outcome) -> str:
    if outcome.verdict == "no cavity":
        return "Of lumbar joints only put into position, without a thrust, 30 % cracked in one study (cramer2011)."
    left = "less than 1 %" if outcome.left < 0.01 else f"{outcome.left * 100:.0f} %"
    says = (
        f"The cavity reached {number(outcome.greatest_mm3)} mm³ in {number(outcome.growth_ms)} ms; "
        f"{left} of it is left at the end. All of it is computed, from guesses of mass, stiffness, damping and force."
    )
    if outcome.sound_from == "collapse":
        says += " Loudness and pitch are upper ends: the model leaves out what softens a collapse."
    return says


def number(value: float) -> str:
    """Return a number with three digits that count, or a dash where there is none."""
    return f"{float(f'{value:.3g}'):g}" if math.isfinite(value) else "-"


def _tiles(outcome: Outcome) -> list[tuple[str, str]]:
    tiles = [("Gap opened", f"{number(outcome.opened_mm)} mm")]
    if outcome.verdict != "no cavity":
        tiles += [
            ("Peak frequency", f"{number(outcome.peak_hz)} Hz"),
            ("Length of the pop", f"{number(outcome.pop_ms)} ms"),
            ("Loudest", f"{number(outcome.level_db)} dB"),
            ("Growth", f"{number(outcome.growth_db)} dB"),
            ("Collapse", f"{number(outcome.collapse_db)} dB"),
            ("CO₂ in the cavity", f"{number(outcome.gas_co2 * 100)} %"),
        ]
    return tiles


def _courses(story: JointStory) -> list[_Chart]:
    course = story.course
    ms = course.t_s * 1e3
    gases = gas_pressures_pa(course)
    charts = [
        _chart("gap", "The gap between the facets", "The force rises, the film resists, then the gap springs open.",
               [Line("gap", ms, course.gap_m * 1e3, "measure")], ("milliseconds", "mm")),
        _chart("pressure", "Pressure at the rim of the film and in the bubble",
               "The capsule's pressure falls as it gives fluid; the air's is 101 kPa. The bubble's is cut at 200 kPa.",
               [Line("rim of the film", ms, course.rim_pa * 1e-3, "left"),
                Line("bubble", ms, np.minimum(course.bubble_pa * 1e-3, 200.0), "right", (7, 4))],
               ("milliseconds", "kPa")),
        _chart("cavity", "The cavity", "From a nucleus too small to see to a cavity between the facets.",
               [Line("volume", ms, course.volume_m3 * 1e9, "measure")], ("milliseconds", "mm³")),
        _chart("gases", "Gases in the cavity", "Each gas's pressure; vapour (6.3 kPa) comes on top.",
               [Line(name, ms, pa * 1e-3, colour, dash) for (name, pa), colour, dash in
                zip(gases.items(), ("right", "left", "held"), ((), (7, 4), (2, 3)), strict=True)],
               ("milliseconds", "kPa (log)")),
    ]  # fmt: skip
    if story.outcome.verdict != "no cavity":
        charts += _heard(story)
    return charts


def _heard(story: JointStory) -> list[_Chart]:
    at = story.outcome.crack_at_s
    first, last = max(0, round((at - 0.02) * RATE_HZ)), round((at + 0.04) * RATE_HZ)
    piece = story.sound[first:last]
    ms = (np.arange(len(piece)) + first) * 1e3 / RATE_HZ
    spectrum = np.abs(np.fft.rfft(story.sound, 1 << 16)) ** 2
    f_hz = np.fft.rfftfreq(1 << 16, 1.0 / RATE_HZ)
    thirds = np.geomspace(20.0, 20_000.0, 61)
    inside = [(f_hz >= low) & (f_hz < high) for low, high in pairwise(thirds)]
    level = np.array([10.0 * np.log10(max(float(spectrum[m].max(initial=0.0)), 1e-30)) for m in inside])
    hz = np.sqrt(thirds[:-1] * thirds[1:])
    kept = np.array([bool(m.any()) for m in inside]) & (level > level.max() - 80.0)
    return [
        _chart("sound", "The sound", f"Pressure at a microphone {story.joint.distance_m:g} m from the skin.",
               [Line("pressure", ms, piece, "measure")], ("milliseconds", "Pa")),
        _chart("spectrum", "Its pitch", "Neck cracks peaked at 86-1830 Hz at the skin (reggars1996).",
               [Line("level", hz[kept], level[kept] - level.max(), "measure")],
               ("frequency in Hz (log)", "dB below the peak")),
    ]  # fmt: skip


def _chart(key: str, title: str, says: str, lines: Sequence[Line], units: tuple[str, str]) -> _Chart:
    """Return a chart of lines over a common x, with twelve rows of it as a table."""
    svg = lines_svg(key, lines, Axes(*units, f"{title}: {says}", "(log)" in units[0], "(log)" in units[1]))
    x = lines[0].x
    rows = [(number(float(x[i])), *(number(float(line.y[i])) for line in lines))
            for i in np.linspace(0, len(x) - 1, 12).astype(int)]  # fmt: skip
    names = [(line.name, line.colour, " ".join(map(str, line.dash))) for line in lines] if len(lines) > 1 else []
    return _Chart(key, title, says, Markup(svg), names, (units[0], *(f"{n.name}, {units[1]}" for n in lines)), rows)


def _theories(rows: Sequence[Mapping[str, float]]) -> _Chart:
    n_draws = round(sum(row["n_draws"] for row in rows))
    says = (
        f"Medians of {n_draws} joints drawn from everything unmeasured. Where the capsule is stiff, growth is the "
        "louder; where it gives, collapse is."
    )
    header = ("give, mm³/kPa", "cracks", "growth louder", "growth, dB", "collapse, dB", "cavity left")
    table = [
        (f"{row['capsule_from']:.2g} to {row['capsule_to']:.2g}", f"{row['n_cracks']:.0f}",
         f"{row['growth_share'] * 100:.0f} %", number(row["growth_db"]), number(row["collapse_db"]),
         f"{row['left'] * 100:.0f} %")
        for row in rows
    ]  # fmt: skip
    names = [("growth", "left", ""), ("collapse", "right", "7 4")]
    return _Chart("theories", "The two theories side by side", says, Markup(theories_svg(rows)), names, header, table)


def _quiet() -> _Chart:
    rows = rest_sensitivity()
    says = (
        f"A leftover bubble of {calibrated_radius_m() * 1e6:.0f} µm takes the 20 minutes that a knuckle stays quiet: "
        "this radius was chosen to fit, so the time is not predicted. Half the radius is about a fifth of the time. No "
        "such time is known for a back."
    )
    table = [(f"{um:.0f}", number(minutes)) for um, minutes in rows]
    return _Chart("quiet", "The quiet time afterwards, fitted to knuckles", says, Markup(quiet_svg(rows)), (),
                  ("radius, µm", "minutes"), table)  # fmt: skip


def _parameters(joint: Joint) -> list[dict[str, str]]:
    values = joint_values(joint)
    return [
        {
            "name": p.name,
            "value": f"{values[p.name]:.7g} {p.unit}".removesuffix(" 1"),
            "allowed": f"{p.low:.7g} to {p.high:.7g}",
            "means": p.means,
            "rests_on": p.rests_on,
        }
        for p in PARAMETERS
    ]
