"""Charts as SVG."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.watched import PROOFS, proof_facts
from uncrick.report.charts import COLOURS, NARROW, WIDE, chart_svg
from uncrick.report.ticks import nice_ticks


@pytest.mark.parametrize("name", list(PROOFS))
def test_chart_takes_the_pages_colours(name: str) -> None:
    """A chart is well-formed, has the page's colours only, its own ids, and words for those who cannot see it."""
    svg = chart_svg(proof_facts(name).charts[0], NARROW)

    root = ET.fromstring(svg)

    assert root.get("role") == "img" and "table" in (root.get("aria-label") or "")
    assert not re.search(r"#[0-9a-fA-F]{6}\b", svg)
    assert "http" not in svg and "xmlns" not in svg
    assert {f"var(--{name})" for name in ("measure", "line", "muted")} <= set(re.findall(r"var\(--\w+\)", svg))


def test_text_is_readable() -> None:
    """No text of a chart is set smaller than 16 px."""
    svg = chart_svg(proof_facts("chair_spinal_twist_abrupt").charts[0], WIDE)

    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)]

    assert sizes and min(sizes) >= 16


def test_holds_and_stops_are_written_not_only_coloured() -> None:
    """Holds carry their length, phases their name and stops the word, so that colour never stands alone."""
    svg = chart_svg(proof_facts("chair_spinal_twist_abrupt").charts[0], WIDE)

    words = set(re.findall(r">([^<>]+)</text>", svg))

    assert {"stop", "turned left", "turned right"} <= words
    assert any(re.fullmatch(r"4\.\d s", word) for word in words)


def test_stand_ins_are_no_parts_of_each_other() -> None:
    """Putting one colour in place cannot disturb another."""
    stand_ins = list(COLOURS.values())

    assert len(set(stand_ins)) == len(stand_ins)
    assert all(len(s) == 7 for s in stand_ins)


@given(low=st.floats(-1000, 1000), span=st.floats(0.01, 2000))
def test_nice_ticks(low: float, span: float) -> None:
    """An axis has three to nine round ticks, all inside it."""
    ticks = nice_ticks(low, low + span)

    assert 2 <= len(ticks) <= 9
    assert all(low - 1e-6 * span <= t <= low + span * (1 + 1e-6) for t in ticks)
