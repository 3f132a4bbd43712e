"""`uncrick batch` as a person calls it."""

import json
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from tests.clips.replaying import HERE as CLIPS
from uncrick.cli.main import app

RUN = CliRunner()


def batch(*args, code=0):
    result = RUN.invoke(app, ["batch", *map(str, args)])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def folder(tmp_path):
    """A folder with one clip."""
    place = tmp_path / "recordings"
    place.mkdir()
    shutil.copy(CLIPS / "chair_spinal_twist_both_sides.parquet", place / "twist.parquet")
    return place


def test_rows_and_closing_sentence(folder, tmp_path):
    """stdout has a row for each file, stderr what came of all; the exit code is 0 when every file was judged."""
    result = batch(folder, "--out", tmp_path / "out", "--workers", 1)

    header, row = result.stdout.splitlines()
    assert header.split() == ["file", "exercise", "repetitions", "holds", "stops", "remark"]
    assert row.split()[1:] == ["chair_spinal_twist", "1", "2", "0"]
    assert "1 file judged, 0 of them before." in result.stderr
    assert f"Tables written: {tmp_path / 'out'}" in result.stderr


def test_json_and_failures(folder, tmp_path):
    """With --json each file is an object; a bad file has its reason, and makes the exit code 1."""
    (folder / "bad.mp4").touch()
    shutil.copy(folder / "twist.parquet", folder / "twist_again.parquet")

    result = batch(folder, "--out", tmp_path / "out", "--workers", 1, "--json", code=1)

    bad, twist, again = (json.loads(line) for line in result.stdout.splitlines())
    assert "is empty" in bad["failure"]
    assert (twist["exercise"], twist["n_repetitions"], twist["n_holds_completed"]) == ("chair_spinal_twist", 1, 2)
    assert again == {"file": str(folder / "twist_again.parquet"), "same_as": str(folder / "twist.parquet")}
    assert "1 file could not be judged (failures.parquet says why)." in result.stderr
    assert "1 file the same as another" in result.stderr


def test_wrong_use(folder, tmp_path):
    """No workers, an unknown exercise and no --out are wrong use; an empty folder is a problem."""
    batch(folder, "--out", tmp_path / "out", "--workers", 0, code=2)
    batch(folder, "--out", tmp_path / "out", "--exercise", "twist", code=2)
    batch(folder, code=2)
    (tmp_path / "empty").mkdir()
    batch(tmp_path / "empty", "--out", tmp_path / "out", code=1)


def test_out_that_is_a_file(folder, tmp_path):
    """A file where the tables should go is a sentence, not a traceback."""
    (tmp_path / "out").write_text("mine")

    result = batch(folder, "--out", tmp_path / "out", code=1)

    assert "cannot be written" in result.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_ctrl_c(tmp_path):
    """Ctrl-C to the whole process group: exit code 130, tables of what was finished, and a word on how to go on."""
    place, out = tmp_path / "recordings", tmp_path / "out"
    place.mkdir()
    short = CLIPS / "chair_spinal_twist_both_sides.parquet"
    shutil.copy(short, place / "a.parquet")
    shutil.copy(
        CLIPS / "rocking_female_side.mp4", place / "b.mp4"
    )  # with the heavy model, long enough to be stopped in
    program = [sys.executable, "-c", "from uncrick.cli.main import run; run()"]
    command = [*program, "batch", str(place), "--out", str(out), "--workers", "1", "--model", "heavy"]

    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while process.poll() is None and not list(out.glob("parts/*/*.json")):
        time.sleep(0.02)
    subprocess.run(["kill", "-INT", "--", f"-{process.pid}"], check=True)
    said = process.communicate(timeout=60)[1]

    assert process.returncode == 128 + signal.SIGINT, said
    assert [row["file"] for row in pq.read_table(out / "sets.parquet").to_pylist()] == [str(place / "a.parquet")]
    assert "1 file left: the same command goes on from here" in said
    assert "Traceback" not in said
