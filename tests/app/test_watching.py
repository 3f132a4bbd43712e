"""A video judged through the coach's eyes, with what was asked for written beside."""

from pathlib import Path

import cv2
import pytest

from tests.clips.replaying import HERE
from uncrick.app.looking import Wanted
from uncrick.app.watching import demo_recording, watch_source
from uncrick.coach.events import RepetitionCounted
from uncrick.errors import ProblemsError
from uncrick.files.clip_file import read_clip
from uncrick.files.library import library_folder

ROCKING = HERE / "rocking_female_side.mp4"
SHORT = library_folder() / "demo" / "glute_bridge.webm"


def watched(path: Path, **changes):
    """Watch a file with the smallest model; return what came of it, the events, and the times of progress."""
    told, times = [], []
    wanted = Wanted(path, **({"model": "lite"} | changes))
    return watch_source(wanted, told.append, lambda t_s, length_s: times.append((t_s, length_s))), told, times


def n_pictures(path: Path) -> int:
    """Return how many pictures of a video can be decoded."""
    video = cv2.VideoCapture(str(path))
    n = 0
    while video.read()[0]:
        n += 1
    return n


@pytest.fixture(scope="module")
def rocked():
    """The rocking recording, watched once."""
    return watched(ROCKING)


def test_a_recording_is_recognised_and_counted(rocked):
    """From pixels to five rocks, without being told what is done."""
    seen, told, _ = rocked

    assert seen.summary is not None
    assert (seen.summary.exercise, seen.summary.n_reps) == ("rocking_floor_stretch", 5)
    assert [e.n for e in told if isinstance(e, RepetitionCounted)] == [1, 2, 3, 4, 5]
    assert (seen.partial, seen.interrupted, seen.problems) == ("", False, ())


def test_progress_is_told_with_every_frame(rocked):
    """Each frame says how far the watching is, of a length that is known."""
    seen, _, times = rocked

    assert len(times) == seen.n_frames
    assert times[-1][0] == seen.end_s
    assert times[-1][1] == pytest.approx(17.0, abs=0.2)


def test_a_watched_video_gives_clip_report_and_annotated_video(tmp_path):
    """All three files come of one watching; the clip has every frame and the video plays as long as the original."""
    out = {"report": tmp_path / "r.html", "clip": tmp_path / "c.parquet", "annotate": tmp_path / "v.mov"}

    seen, _, _ = watched(SHORT, exercise="glute_bridge", **out)

    assert seen.problems == ()
    assert len(read_clip(out["clip"]).clip) == seen.n_frames > 20
    assert read_clip(out["clip"]).clip.source == "blazepose-lite"
    assert "<html" in out["report"].read_text()
    assert n_pictures(out["annotate"]) == seen.n_frames


def test_files_that_cannot_be_written_are_told_and_the_watching_goes_on(tmp_path):
    """Folders that do not exist spoil none of the judging, and each is one problem."""
    nowhere = tmp_path / "no"
    out = {"report": nowhere / "r.html", "clip": nowhere / "c.parquet", "annotate": nowhere / "v.mov"}

    seen, _, _ = watched(SHORT, exercise="glute_bridge", **out)

    assert sorted(p.where for p in seen.problems) == sorted(map(str, out.values()))
    assert seen.n_frames > 20 and seen.summary is not None


def test_ctrl_c_keeps_what_was_seen(tmp_path):
    """An interruption after two seconds ends the watching: partial, with the events and the summary until then."""
    told: list = []

    def progress(t_s, _length_s):
        if t_s > 2.0:
            raise KeyboardInterrupt

    clip = tmp_path / "partial.parquet"
    seen = watch_source(Wanted(ROCKING, "rocking_floor_stretch", "lite", clip=clip), told.append, progress)

    assert seen.interrupted and seen.partial.startswith("stopped from the keyboard")
    assert 2.0 < seen.end_s < 2.2
    assert seen.summary is not None and seen.summary.end_s == seen.end_s
    assert len(read_clip(clip).clip) == seen.n_frames
    assert told


def test_a_video_that_breaks_off_is_partial(tmp_path):
    """Half a file with its index at the front is judged as far as it goes, and said to be partial."""
    whole = demo_recording().read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 4])

    seen, _, _ = watched(cut)

    assert 0 < seen.n_frames < 200
    assert "cut.mp4" in seen.partial
    assert any(sentence.startswith("Partial: ") for sentence in seen.says)


@pytest.mark.parametrize("name", ["missing.mp4", "text.mp4", "empty.mp4", "folder"])
def test_what_is_no_video_is_one_sentence(tmp_path, name):
    """A missing file, a text, an empty file and a folder are each told with their name, and nothing else."""
    (tmp_path / "text.mp4").write_text("not a video\n" * 100)
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "folder").mkdir()

    with pytest.raises(ProblemsError) as caught:
        watched(tmp_path / name)

    assert [p.where for p in caught.value.problems] == [str(tmp_path / name)]


def test_an_unknown_exercise_is_told_before_anything_is_watched():
    """No frame is looked at when there is no such exercise."""
    with pytest.raises(ProblemsError, match="did you mean 'glute_bridge'"):
        watched(SHORT, exercise="glute_brige")


def test_the_demo_ships():
    """The recording of `--demo` is part of the library."""
    assert demo_recording().is_file()
