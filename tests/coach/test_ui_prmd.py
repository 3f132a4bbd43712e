"""The figures of docs/benchmarks.md hold on the whole of UI-PRMD that is at hand (../shared/data/ui-prmd)."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "ui-prmd"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the UI-PRMD recordings are not beside the project"),
]


@pytest.fixture(scope="module")
def tasks():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import ui_prmd_tasks

    return ui_prmd_tasks


@pytest.fixture(scope="module")
def watched(tasks):
    return [tasks.watch(session) for session in tasks.read_sessions(DATA)]


def test_counts(tasks, watched):
    """Correct sessions are counted exactly; incorrect ones to within one, nearly all exactly."""
    right, wrong = ([tasks.count_error(w) for w in watched if w.correct is c] for c in (True, False))

    assert np.mean(np.equal(right, 0)) >= 0.99
    assert np.mean(np.equal(wrong, 0)) >= 0.8
    assert np.mean(np.abs(wrong) <= 1) >= 0.95


def test_segments(tasks, watched):
    """Repetitions are found where people cut them, to within 80 ms in the mean."""
    for correct, least in ((True, 0.98), (False, 0.95)):
        chosen = [w for w in watched if w.correct is correct]
        found = [tasks.matches(w.spans, w.truth) for w in chosen]
        total = sum(len(w.spans) + len(w.truth) for w in chosen)

        assert 2 * sum(n for n, _ in found) / total >= least
        assert np.mean([e for _, errors in found for e in errors]) <= 0.08


def test_names_and_verdicts(tasks, watched):
    """Leaving one subject out, repetitions are named and told correct from incorrect as well as is written down."""
    named = tasks.recognised(watched)
    verdicts = [x for _, right in tasks.judged(watched) for x in right]

    assert np.mean([x for w, _, right in named if w.correct for x in right]) >= 0.99
    assert np.mean([x for w, _, right in named if not w.correct for x in right]) >= 0.95
    assert np.mean(verdicts) >= 0.85
