"""`uncrick crack`: data on stdout, talk on stderr, exit codes, and never a traceback."""

import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from uncrick.app import joints
from uncrick.cli.crack import app
from uncrick.crack.gate import Gate

RUN = CliRunner()


def crack(*words):
    return RUN.invoke(app, [str(word) for word in words])


def rows(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_help_imports_no_numbers():
    """Help comes without the compiler, SciPy or numpy being loaded."""
    script = (
        "import sys; import uncrick.cli.crack; "
        "print([m for m in ('numba', 'scipy', 'numpy', 'altair', 'pyarrow') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["verify", "simulate", "sweep", "listen"])
def test_help_ends_with_an_example(command):
    """Every command's help ends with an example."""
    assert crack(command, "--help").stdout.strip().splitlines()[-1].strip().startswith("Example: uncrick crack")


def test_verify():
    """Every gate is printed with its deviation, source and joint; all pass, exit 0."""
    result = crack("verify", "--json")

    gates = rows(result)
    assert result.exit_code == 0
    assert len(gates) == 23
    assert all(gate["passed"] and gate["source"] and gate["joint"] for gate in gates)
    assert [gate["case"] for gate in gates if gate["chosen"]] == ["B3", "B6"]


def test_verify_fails(monkeypatch):
    """One failed gate: marked, counted, exit 1."""
    gates = [
        Gate("A1", "good", 1.0, "1", "", 0.0, 1.0, "identity"),
        Gate("A2", "bad", 2.0, "1", "", 1.0, 0.1, "identity"),
    ]
    monkeypatch.setattr(joints, "verify", lambda: gates)

    result = crack("verify")

    assert result.exit_code == 1
    assert "FAILED" in result.stdout
    assert "1 of 2 gates passed" in result.stderr


def test_simulate():
    """One JSON object: the joint's numbers and what became of it; the talk says that nothing is settled."""
    result = crack("simulate", "--stiff", "--set", "depth_mm=30", "--json")

    (row,) = rows(result)
    assert result.exit_code == 0
    assert row["joint"]["depth_mm"] == 30.0
    assert row["outcome"]["sound_from"] == "growth"
    assert "scientists have not settled" in result.stderr


def test_simulate_no_crack():
    """A stretch without a cavity is an answer: exit 0, a sentence, null where there is no number."""
    result = crack("simulate", "--set", "gap_um=200", "--set", "force_n=5", "--set", "ramp_s=1", "--json")

    assert result.exit_code == 0
    assert rows(result)[0]["outcome"]["peak_hz"] is None
    assert "This stretch does not crack" in result.stderr


def test_simulate_writes(tmp_path):
    """A report and both sounds are written where asked."""
    result = crack("simulate", "--report", tmp_path / "r.html", "--wav", tmp_path / "c.wav")

    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.wav", "c_slow.wav", "r.html"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--set", "force_n=-3"], "outside 0.1 to 500 N"),
        (["--set", "force_n=inf"], "outside 0.1 to 500 N"),
        (["--set", "capsule=3"], "did you mean 'capsule_mm3_kpa'"),
        (["--set", "force_n"], "not name=value"),
        (["--stiff", "--compliant"], "not both"),
    ],
)
def test_simulate_wrong_use(words, says):
    """A wrong setting is a sentence on stderr and exit 2."""
    result = crack("simulate", *words)

    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_numbers():
    """Every number that can be set is listed with range, unit and what it rests on."""
    listed = rows(crack("simulate", "--numbers", "--json"))

    assert {"name", "unit", "low", "high", "means", "rests_on"} <= set(listed[0])
    assert "capsule_mm3_kpa" in crack("simulate", "--numbers").stdout


def test_sweep(tmp_path):
    """A small sweep gives its kinds of rows, and a Parquet file."""
    result = crack("sweep", "--n", 8, "--workers", 1, "--out", tmp_path / "s.parquet", "--json")

    kinds = {row["kind"] for row in rows(result)}
    assert result.exit_code == 0
    assert kinds == {"verdicts", "theories", "deciders", "quiet"}
    assert (tmp_path / "s.parquet").exists()


def test_sweep_wrong_use():
    """No draws is wrong use."""
    assert crack("sweep", "--n", 0).exit_code == 2


def test_listen(tmp_path):
    """A pop in a recording is named with its time, probability and why, and without any claim."""
    t_s = np.arange(6 * 48_000) / 48_000
    ring = np.where(t_s >= 2.5, np.sin(2 * np.pi * 700 * (t_s - 2.5)) * np.exp(-np.maximum(t_s - 2.5, 0) / 2e-3), 0.0)
    sound = 0.2 * ring + 1e-4 * np.random.default_rng(1).standard_normal(len(t_s))
    soundfile.write(tmp_path / "pop.wav", sound, 48_000)

    result = crack("listen", tmp_path / "pop.wav", "--json")

    (row,) = rows(result)
    assert row["t_s"] == pytest.approx(2.5, abs=3e-3)
    assert "kurtosis" in row["why"]
    assert "not measured on real joints" in result.stderr
    assert crack("listen", tmp_path / "pop.wav", "--during", "4-5").stdout == ""


def test_listen_to_no_sound(tmp_path):
    """A file that is no sound: a sentence, exit 1."""
    (tmp_path / "text.wav").write_text("hello")

    result = crack("listen", tmp_path / "text.wav")

    assert result.exit_code == 1
    assert "not a sound file" in result.stderr
