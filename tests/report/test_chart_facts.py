"""What is drawn of a set over time."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.watched import PROOFS, proof, proof_facts
from uncrick.coach.watch import Reading
from uncrick.pose.frame import empty_frame
from uncrick.report.chart_facts import N_BINS, charts_of
from uncrick.report.recording import Recording, Shot


@pytest.mark.parametrize("name", list(PROOFS))
def test_first_chart_is_the_main_measure(name: str) -> None:
    """The first chart shows the measure that decides, with every hold and every repetition on it."""
    seen, chart = proof(name), proof_facts(name).charts[0]

    assert chart.basis == seen.summary.measure
    assert len(chart.brackets) == len(seen.summary.holds)
    assert sum(m.kind == "repetition" for m in chart.marks) == seen.summary.n_reps


@pytest.mark.parametrize("name", list(PROOFS))
def test_spans_follow_each_other(name: str) -> None:
    """Phases on a chart are in order, do not overlap, and lie inside it."""
    chart = proof_facts(name).charts[0]

    edges = [t for span in chart.spans for t in (span.start_s, span.end_s)]

    assert edges == sorted(edges)
    assert chart.start_s <= edges[0] and edges[-1] <= chart.end_s


def test_stop_brings_its_own_measure() -> None:
    """The measure a stop came from has a chart of its own."""
    charts = proof_facts("chair_spinal_twist_abrupt").charts

    assert [c.basis for c in charts] == ["trunk_rotation", "shoulder_yaw"]
    assert any(m.kind == "stop" for m in charts[1].marks)


@settings(max_examples=20, deadline=None)
@given(n=st.integers(2 * N_BINS + 1, 5 * N_BINS), at=st.floats(0, 1), gap=st.floats(0, 1))
def test_thinning_keeps_peaks_and_gaps(n: int, at: float, gap: float) -> None:
    """However long the recording, its greatest value and its gaps stay on the chart, in the order of time."""
    seen = proof("chair_spinal_twist_both_sides")
    peak, hole = int(at * (n - 1)), int(gap * (n - 1))
    values = [30.0 if i == peak else math.nan if i == hole else math.sin(i / 50) for i in range(n)]
    m = len(seen.watch.measures)
    shots = [
        Shot(empty_frame(i / 30), Reading(i / 30, "middle", (v,) * m, math.nan, True)) for i, v in enumerate(values)
    ]
    recording = Recording(tuple(shots))

    points = charts_of(seen.watch, (), (), recording, _words())[0].points

    times = [t for t, _ in points]
    assert len(points) <= 3 * N_BINS + 3
    assert times == sorted(times)
    assert max(v for _, v in points if v is not None) == 30.0
    assert (None in [v for _, v in points]) == (hole != peak)


def test_no_reading_no_chart() -> None:
    """A recording in which nothing was read has no chart rather than an empty one."""
    seen = proof("chair_spinal_twist_both_sides")
    blank = [s._replace(reading=s.reading._replace(values=(), usable=False)) for s in seen.recording.shots]

    charts = charts_of(seen.watch, seen.events, (), replace(seen.recording, shots=tuple(blank)), _words())

    assert charts == ()


def _words():
    from uncrick.files.library import read_library

    return read_library().words
