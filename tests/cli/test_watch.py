"""`uncrick watch` and `uncrick replay` as a person meets them."""

import json
import signal
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.commands import CLIPS, RUN, TWIST, environment, ran
from uncrick.files.clip_file import read_clip
from uncrick.files.library import library_folder

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "events.schema.json").read_text())
SHORT = library_folder() / "demo" / "glute_bridge.webm"
ABRUPT = CLIPS / "chair_spinal_twist_abrupt.parquet"
KIND = ("--model", "lite", "--exercise", "glute_bridge")


def test_replay_prints_columns_and_talks_on_stderr():
    """Events go to stdout under a header, one a row; the end in words goes to stderr."""
    done = ran("replay", TWIST, "--exercise", "chair_spinal_twist")

    header, *rows = done.out.splitlines()
    assert done.code == 0
    assert header.split() == ["t_s", "event", "detail"]
    assert [row.split()[1] for row in rows].count("hold_completed") == 2
    assert "Chair Spinal Twist" in done.err and "Chair Spinal Twist" not in done.out


def test_replay_json_is_valid_line_by_line():
    """Every line is an object of the published schema, in the order of time, and the last is the summary."""
    done = ran("replay", ABRUPT, "--exercise", "chair_spinal_twist", "--json")

    records = [json.loads(line) for line in done.out.splitlines()]
    for record in records:
        Draft202012Validator(SCHEMA).validate(record)
    times = [record["t_s"] for record in records]
    assert done.code == 0
    assert times == sorted(times)
    assert [r["event"] for r in records].count("stop_raised") == 1
    assert [r["event"] for r in records].index("set_summary") == len(records) - 1


def test_without_an_exercise_it_says_which_one_it_saw():
    """The summary names the exercise, and so does the sentence at the end."""
    done = ran("replay", TWIST, "--json")

    assert json.loads(done.out.splitlines()[-1])["exercise"] == "chair_spinal_twist"
    assert "Chair Spinal Twist" in done.err


def test_a_longer_hold_may_be_asked_for():
    """Five seconds do not complete a hold of eight: it is broken off, and nothing else changes."""
    done = ran("replay", TWIST, "--exercise", "chair_spinal_twist", "--hold", "8", "--json")

    events = [json.loads(line)["event"] for line in done.out.splitlines()]
    assert events.count("hold_broken") == 2
    assert "hold_completed" not in events


@pytest.mark.parametrize("command", [("watch", SHORT, "--model", "lite"), ("replay", TWIST)], ids=["watch", "replay"])
def test_an_unknown_exercise_is_wrong_use_and_names_the_nearest(command):
    """A typing error in the exercise's id costs one sentence, not a watching."""
    done = ran(*command, "--exercise", "chair_spinal_twits", "--json")

    assert (done.code, done.out) == (2, "")
    assert "no exercise 'chair_spinal_twits'; did you mean 'chair_spinal_twist'?" in done.err


@pytest.mark.parametrize(
    ("command", "name", "content", "says"),
    [
        ("watch", "none.mp4", None, "there is no such file"),
        ("watch", "text.mp4", b"this is no video\n" * 50, "is not a video that can be read"),
        ("watch", "empty.mp4", b"", "is empty"),
        ("replay", "none.parquet", None, "there is no such file"),
        ("replay", "text.parquet", b"this is no clip\n" * 50, "parquet"),
        ("replay", "clip.docx", b"PK", "docx"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, command, name, content, says):
    """Missing files and files of another kind leave with 1, one line on stderr, and nothing on stdout."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    done = ran(command, path, "--json")

    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert str(path) in done.err and says in done.err.lower()


def test_a_truncated_video_keeps_what_came_before(tmp_path):
    """A recording that breaks off is judged to there, said to be partial, and leaves with 1."""
    whole = (library_folder() / "demo" / "chair_spinal_twist.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 4])

    done = ran("watch", tmp_path / "cut.mp4", "--model", "lite", "--json", "--save-clip", tmp_path / "cut.parquet")

    assert done.code == 1
    assert "Partial: " in done.err
    assert json.loads(done.out.splitlines()[-1])["event"] == "set_summary"
    assert len(read_clip(tmp_path / "cut.parquet").clip) > 10


def test_a_recording_cut_before_its_index_is_one_sentence(tmp_path):
    """Where nothing at all can be decoded there is a sentence and no result."""
    whole = (library_folder() / "demo" / "chair_spinal_twist.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[:300])

    done = ran("watch", tmp_path / "cut.mp4", "--json")

    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [(), ("--demo", "x.mp4")])
def test_there_must_be_one_thing_to_watch(arguments):
    """Nothing, or two things, to watch is wrong use."""
    done = ran("watch", *arguments)

    assert (done.code, done.out) == (2, "")
    assert "give one thing to watch" in done.err


def test_a_camera_that_is_not_there_is_one_sentence():
    """A number is a camera; without one of that number there is a sentence."""
    done = ran("watch", "97", "--json")

    assert (done.code, done.out) == (1, "")
    assert "camera 97" in done.err


def test_a_full_disk_keeps_the_result_and_says_what_was_not_written(tmp_path):
    """When neither report nor clip fit, each is one sentence; all events and the summary are there; nothing is left."""
    done = ran(
        "replay", TWIST, "--json", "--report", tmp_path / "r.html", "--save-clip", tmp_path / "c.parquet",
        largest_file=4096,
    )  # fmt: skip

    said = [line for line in done.err.splitlines() if "cannot be written" in line]
    assert done.code == 1
    assert [any(name in line for line in said) for name in ("r.html", "c.parquet")] == [True, True]
    assert "Written" not in done.err
    assert json.loads(done.out.splitlines()[-1])["n_repetitions"] == 1
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_annotating_keeps_watching(tmp_path):
    """When the annotated video does not fit, the watching goes on to its end without it."""
    done = ran("watch", SHORT, *KIND, "--json", "--annotate", tmp_path / "v.mov", largest_file=20_000)

    assert done.code == 1
    assert "v.mov" in done.err and "Written" not in done.err
    assert json.loads(done.out.splitlines()[-1])["event"] == "set_summary"


def test_written_files_are_named(tmp_path):
    """What was written is said, with its path."""
    done = ran("replay", TWIST, "--save-clip", tmp_path / "c.parquet")

    assert done.code == 0
    assert f"Written: {tmp_path / 'c.parquet'}" in done.err


def test_ctrl_c_keeps_partial_results_and_leaves_with_130(tmp_path):
    """Ctrl-C in the middle of a watching ends it: summary, clip, one sentence on being partial, exit code 130."""
    clip = tmp_path / "partial.parquet"
    command = [*RUN, "watch", "--demo", "--exercise", "chair_spinal_twist", "--json", "--save-clip", str(clip)]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
    assert watching.stdout is not None

    first = watching.stdout.readline()
    watching.send_signal(signal.SIGINT)
    out, err = watching.communicate(timeout=120)

    records = [json.loads(line) for line in (first + out).splitlines()]
    assert watching.returncode == 130
    assert "Traceback" not in err and "partial: stopped from the keyboard" in err.lower()
    assert records[0]["event"] == "body_found" and records[-1]["event"] == "set_summary"
    assert records[-1]["t_s"] < 18
    assert 0 < len(read_clip(clip).clip) < 278
