"""Draws: the same each time, spread evenly, and each either with an outcome or with a reason."""

import numpy as np
import pytest

from uncrick.crack import draws
from uncrick.crack.draws import DRAWN, Drawn, deciders, draw_joint, rank_correlation, run_draw, table_of, theory_map
from uncrick.crack.joint import BY_NAME, Joint, check_joint, joint_values
from uncrick.crack.solve import Accuracy


def test_draw_0_is_the_median():
    """Draw 0 has every number at its default."""
    assert joint_values(draw_joint(0)) == pytest.approx(joint_values(Joint()))


def test_draws_are_allowed():
    """Every draw is a joint a person could have typed."""
    assert [i for i in range(2000) if check_joint(joint_values(draw_joint(i)))] == []


def test_draws_are_even():
    """Every drawn number fills its range evenly, and no two go together."""
    names = [name for name in DRAWN if name != "nucleus_um"]
    where = np.array([
        [np.log(getattr(j, n) / BY_NAME[n].default) / np.log(BY_NAME[n].spread) for n in names]
        for j in map(draw_joint, range(4000))
    ])  # fmt: skip

    quantiles = np.quantile(where, [0.1, 0.25, 0.5, 0.75, 0.9], axis=0)
    assert quantiles == pytest.approx(np.tile([[-0.8], [-0.5], [0.0], [0.5], [0.8]], len(names)), abs=0.02)
    together = np.corrcoef(where.T) - np.eye(len(names))
    assert np.abs(together).max() < 0.05


def test_the_capsule_decides():
    """Over sixty draws, no number goes as closely with what is left of the cavity as the capsule's give."""
    drawn = [run_draw(i) for i in range(60)]

    found = deciders(drawn, "left")

    assert [d.failed for d in drawn if d.failed] == []
    assert next(iter(found)) == "capsule_mm3_kpa"
    assert found["capsule_mm3_kpa"] < -0.6
    rows = theory_map(drawn)
    assert rows[0]["growth_share"] > rows[-1]["growth_share"]
    assert sum(row["n_draws"] for row in rows) == len(drawn)


def test_a_failed_draw_is_kept_with_its_reason(monkeypatch):
    """A draw that cannot be computed stays in the table with its reason and empty numbers."""
    monkeypatch.setattr(draws, "SWEEP_ACCURACY", Accuracy(1e-6, 1e-6, 30))

    failed = run_draw(5)
    table = table_of([failed])

    assert failed.outcome is None
    assert "used up its steps" in failed.failed
    assert table["i_draw"] == [5]
    assert table["failed"] == [failed.failed]


def test_table():
    """One column a number, one row a draw, empty where a draw failed."""
    good = run_draw(0)

    table = table_of([good, Drawn(1, draw_joint(1), None, "because")])

    assert table["peak_hz"] == [good.outcome.peak_hz, None]
    assert table["failed"] == ["", "because"]
    assert {len(column) for column in table.values()} == {2}


def test_rank_correlation():
    """Any rising curve correlates fully, any falling one fully the other way, two points not at all."""
    x = np.arange(20.0)

    assert rank_correlation(x, np.exp(x)) == pytest.approx(1.0)
    assert rank_correlation(x, -(x**3)) == pytest.approx(-1.0)
    assert np.isnan(rank_correlation(x[:2], x[:2]))
