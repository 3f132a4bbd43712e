"""`uncrick bench`: the numbers that the contract names, measured on a short recording."""

import json

import pytest

from tests.cli.commands import ran
from uncrick.files.library import library_folder

PROMISED = {
    "decode_fps", "model_fps", "pipeline_fps", "pipeline_over_model", "engine_us_median", "threads", "model",
}  # fmt: skip


@pytest.mark.slow
def test_the_json_line_has_every_promised_number():
    """One object with all numbers, each more than nothing, and the ratio near that of the two rates beside it."""
    done = ran("bench", library_folder() / "demo" / "glute_bridge.webm", "--model", "lite", "--json")

    record = json.loads(done.out)
    assert done.code == 0
    assert set(record) >= PROMISED
    assert (record["model"], record["threads"]) == ("lite", 1)
    assert record["pipeline_over_model"] == pytest.approx(record["pipeline_fps"] / record["model_fps"], rel=0.5)
    assert all(record[name] > 0 for name in PROMISED - {"model"})


def test_a_recording_that_is_not_there_is_one_sentence(tmp_path):
    """Nothing is measured, nothing printed, exit code 1."""
    done = ran("bench", tmp_path / "none.mp4", "--json")

    assert (done.code, done.out) == (1, "")
    assert "there is no such file" in done.err
