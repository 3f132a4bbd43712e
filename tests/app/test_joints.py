"""What a person can do with a joint on paper: set numbers, stretch, sweep, check, write."""

import json

import numpy as np
import pyarrow.parquet as pq
import pytest
import soundfile

from uncrick.app import joints
from uncrick.app.joints import (
    joint_from,
    save_report,
    save_sound,
    save_sweep,
    stretch_joint,
    sweep,
    sweep_records,
)
from uncrick.crack.joint import STIFF, Joint
from uncrick.crack.solve import Accuracy
from uncrick.errors import ProblemsError


def test_settings_are_put_in():
    """name=value settings change a joint, the last of the same name counts."""
    assert joint_from(Joint(), ["ramp_s=0.3", "force_n = 20", "force_n=30"]) == Joint(ramp_s=0.3, force_n=30.0)


def test_every_wrong_setting_is_named():
    """Settings that are no pair, no number, no known name, out of range: a problem each."""
    with pytest.raises(ProblemsError) as error:
        joint_from(Joint(), ["ramp_s", "force_n=strong", "forse_n=3", "gap_um=-1", "depth_mm=nan"])

    says = [str(problem) for problem in error.value.problems]
    assert len(says) == 5
    assert all(problem.where.startswith("--set ") for problem in error.value.problems)
    assert "did you mean 'force_n'" in says[2]


def test_scipy_takes_over():
    """Where our solver may not take enough steps, SciPy follows the stretch to the same crack."""
    ours = stretch_joint(STIFF).outcome

    theirs = stretch_joint(STIFF, Accuracy(1e-7, 1e-7, 100)).outcome

    assert (ours.solver, theirs.solver) == ("rosenbrock", "SciPy Radau")
    assert theirs.peak_hz == pytest.approx(ours.peak_hz, rel=5e-3)


def test_neither_solver(monkeypatch):
    """Where neither can follow, a sentence says where and why."""
    monkeypatch.setattr(
        joints, "follow_by_scipy", lambda joint, accuracy: joints.follow(joint, Accuracy(1e-7, 1e-7, 9))
    )

    with pytest.raises(ProblemsError, match="used up its steps"):
        stretch_joint(STIFF, Accuracy(1e-7, 1e-7, 9))


@pytest.mark.slow
def test_sweep_does_not_depend_on_its_workers(tmp_path):
    """Twelve draws come out the same from one process and from two, and go to Parquet and back."""
    seen = []

    one = sweep(12, 1, lambda: seen.append(1))
    two = sweep(12, 2, lambda: None)
    save_sweep(tmp_path / "sweep.parquet", two)

    assert [d.outcome for d in one] == [d.outcome for d in two]
    assert len(seen) == 12
    table = pq.read_table(tmp_path / "sweep.parquet")
    assert table.column("peak_hz").to_pylist() == [d.outcome.peak_hz for d in one]
    assert "guesses" in table.schema.metadata[b"uncrick.about"].decode()
    json.dumps(sweep_records(two))


def test_too_many_draws():
    """No draws, or too many, is a sentence."""
    for n in (0, -3, 10**9):
        with pytest.raises(ProblemsError, match="draws"):
            sweep(n, 1, lambda: None)


def test_sound_can_be_heard(tmp_path):
    """The crack and the slowed crack are written as loud as can be played, the slow one four times as long."""
    path, slow = save_sound(tmp_path / "crack.wav", stretch_joint(STIFF))

    sound, rate_hz = soundfile.read(path)
    longer, _ = soundfile.read(slow)
    assert (rate_hz, slow.name) == (48_000, "crack_slow.wav")
    assert np.abs(sound).max() == pytest.approx(0.9, abs=0.01)
    assert len(longer) == 4 * len(sound)


def test_sound_is_a_wav(tmp_path):
    """Another kind of sound file than WAV is not pretended to be written."""
    with pytest.raises(ProblemsError, match=r"call it crack\.wav"):
        save_sound(tmp_path / "crack.mp3", stretch_joint(STIFF))

    assert list(tmp_path.iterdir()) == []


def test_no_crack_no_sound(tmp_path):
    """A stretch that does not crack writes no sound and says why."""
    with pytest.raises(ProblemsError, match="does not crack"):
        save_sound(tmp_path / "crack.wav", stretch_joint(Joint(gap_um=200.0, force_n=5.0, ramp_s=1.0)))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("joint", [STIFF, Joint(gap_um=200.0, force_n=5.0, ramp_s=1.0)])
def test_report(joint, tmp_path):
    """The page needs nothing else, says that nothing is settled, and has a table for every chart."""
    save_report(tmp_path / "r.html", stretch_joint(joint))

    page = (tmp_path / "r.html").read_text()
    assert "Scientists have not settled this" in page
    assert "fitted to knuckles" in page
    assert page.count('role="img"') == 2 * page.count("The same as a table")
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert "nan" not in page.lower().split("</style>")[1].replace("nanometre", "")


def test_report_into_a_missing_folder(tmp_path):
    """A page that cannot be written is a sentence."""
    with pytest.raises(ProblemsError, match="no such folder"):
        save_report(tmp_path / "not" / "there.html", stretch_joint(STIFF))
