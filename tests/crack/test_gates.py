"""The gates: every one passes, and a wrong equation would fail."""

import math
from pathlib import Path

import numpy as np
import pytest

from uncrick.crack import gates_bubble
from uncrick.crack.bubble import Bubble, radius_over_time
from uncrick.crack.gate import Gate, outside, relative
from uncrick.crack.gates_bubble import bubble_gates
from uncrick.crack.gates_film import film_gates
from uncrick.crack.solve import Accuracy
from uncrick.crack.sources import SOURCES
from uncrick.files.curve_file import read_reference_curve

CURVE = read_reference_curve()


@pytest.fixture(scope="module")
def gates():
    return [*bubble_gates(CURVE.t_s, CURVE.radius_m), *film_gates()]


def test_every_gate_passes(gates):
    """All acceptance cases A1 to A10 and both solvers' orders are within their limits."""
    assert [g for g in gates if not g.passed] == []
    assert {g.case for g in gates} == {*(f"A{i}" for i in range(1, 11)), "S1", "S2"}


def test_every_source_is_known(gates):
    """Each gate names a source that is listed with how sure we are of it."""
    assert {g.source for g in gates} <= set(SOURCES)


def test_a_wrong_equation_fails(monkeypatch):
    """The curve's gate fails for a liquid in which sound is one per cent slower."""
    wrong = Bubble(sound_speed_m_s=1481.0 * 0.99)
    monkeypatch.setattr(gates_bubble, "radius_over_time", lambda b, t, a: radius_over_time(wrong, t, a))

    failed = [g for g in gates_bubble._driven_curve(CURVE.t_s, CURVE.radius_m) if not g.passed]

    assert len(failed) == 2


def test_curve_at_looser_accuracy():
    """At 1e-9 a step the curve stays within the gate's 1e-6 of R0; the reference spans 0.21341 to 2.63105."""
    path = radius_over_time(Bubble(), CURVE.t_s, Accuracy(1e-9, 1e-9))

    assert np.abs(path.ys[:, 0] * 130e-6 - CURVE.radius_m).max() / 130e-6 < 1e-6
    assert (CURVE.radius_m.min() / 130e-6, CURVE.radius_m.max() / 130e-6) == pytest.approx((0.21341, 2.63105), abs=1e-5)


def test_not_a_number_never_passes():
    """A gate whose deviation is not a number has failed."""
    assert not Gate("A0", "nothing", math.nan, "1", "", math.nan, 1.0, "identity").passed


def test_distances():
    """Deviations are shares: of what is wanted, or of a band's nearer end."""
    assert relative(1.1, 1.0) == pytest.approx(0.1)
    assert outside(80.0, 100.0, 200.0) == pytest.approx(0.2)
    assert outside(220.0, 100.0, 200.0) == pytest.approx(0.1)
    assert outside(150.0, 100.0, 200.0) == 0.0
    assert math.isnan(outside(math.nan, 100.0, 200.0))


def test_sources_named_in_docstrings_are_known():
    """Every source that a docstring of the crack floor names is listed."""
    folder = Path(gates_bubble.__file__).parent
    named = set()
    for path in folder.glob("*.py"):
        for sentence in path.read_text().split("Source: ")[1:]:
            words = sentence.split(". ")[0].split('"""')[0].replace(";", " ").replace(",", " ").split()
            named |= {word.strip(".()") for word in words if word[:1].islower() and word.strip(".()")[-4:].isdigit()}

    assert {name for name in named if not name.isdigit()} <= set(SOURCES)
