"""Recorded landmarks judged as if a camera saw them now."""

from pathlib import Path

import pytest

from tests.clips.replaying import HERE, clip_of, replayed
from uncrick.app.looking import Wanted
from uncrick.app.replaying import replay_clip
from uncrick.errors import ProblemsError
from uncrick.files.clip_file import read_clip

TWIST = HERE / "chair_spinal_twist_both_sides.parquet"


def replay(path: Path, exercise: str = "", **outputs):
    """Replay a clip; return what came of it and the events told."""
    told: list = []
    return replay_clip(Wanted(path, exercise, **outputs), None, None, told.append), told


def test_a_replay_tells_what_the_engine_sees():
    """The events of a replayed clip are those of the engine alone, and so is the summary."""
    watched, told = replay(TWIST, "chair_spinal_twist")

    events, summary = replayed(clip_of("chair_spinal_twist_both_sides"), "chair_spinal_twist")
    assert told == events
    assert watched.summary == summary
    assert (watched.partial, watched.interrupted, watched.problems) == ("", False, ())


def test_the_end_is_told_in_words():
    """Somebody reads what was done, in sentences."""
    watched, _ = replay(TWIST)

    assert watched.summary is not None and watched.summary.exercise == "chair_spinal_twist"
    assert any("Chair Spinal Twist" in sentence for sentence in watched.says)
    assert all(sentence.endswith((".", "!")) for sentence in watched.says)


def test_a_saved_clip_replays_to_the_same_events(tmp_path):
    """Landmarks that were written and read again are judged the same."""
    _, first = replay(TWIST, "chair_spinal_twist", clip=tmp_path / "again.parquet")

    watched, second = replay(tmp_path / "again.parquet", "chair_spinal_twist")

    assert second == first
    assert watched.n_frames == len(read_clip(TWIST).clip)


def test_a_report_is_written_as_one_page(tmp_path):
    """The report is a file of its own that names the exercise and loads nothing from elsewhere."""
    replay(TWIST, report=tmp_path / "twist.html")

    page = (tmp_path / "twist.html").read_text()
    assert "Chair Spinal Twist" in page
    assert 'src="http' not in page and 'href="http' not in page


def test_what_cannot_be_written_is_told_and_the_rest_stands(tmp_path):
    """A report into a folder that is not there is a problem of its own; the clip beside it is written."""
    watched, told = replay(TWIST, report=tmp_path / "no" / "r.html", clip=tmp_path / "c.parquet")

    assert [p.where for p in watched.problems] == [str(tmp_path / "no" / "r.html")]
    assert (tmp_path / "c.parquet").exists()
    assert told and watched.summary is not None


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    """A missing clip is told with its path."""
    with pytest.raises(ProblemsError) as caught:
        replay(tmp_path / "none.parquet")

    assert [p.where for p in caught.value.problems] == [str(tmp_path / "none.parquet")]
