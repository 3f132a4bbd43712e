"""A batch: every file once, whatever happens on the way, and tables that DuckDB and Polars read."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path

import duckdb
import polars
import pyarrow.parquet as pq
import pytest

from tests.clips.replaying import HERE as CLIPS
from tests.clips.replaying import clip_of, replayed
from uncrick.app import batch_judge, batch_pool
from uncrick.app.batch_files import copies_among, find_sources
from uncrick.app.batch_judge import Job, Refused, judge, program_here
from uncrick.app.batch_pool import DIED, judge_here
from uncrick.app.batching import BatchWanted, run_batch
from uncrick.app.looking import Wanted
from uncrick.app.watching import watch_source
from uncrick.errors import ProblemsError
from uncrick.files.batch_part import own_folder
from uncrick.files.batch_table import TABLES, Judged
from uncrick.files.clip_file import write_clip

TWIST, ABRUPT, PLAIN = "chair_spinal_twist_both_sides", "chair_spinal_twist_abrupt", "chair_spinal_twist_plain"
THREE = (TWIST, ABRUPT, "butterfly_stretch_two")


@pytest.fixture
def folder(tmp_path):
    """A folder with three clips, one of them in a folder of its own."""
    place = tmp_path / "recordings"
    (place / "monday").mkdir(parents=True)
    shutil.copy(CLIPS / f"{TWIST}.parquet", place / "monday")
    shutil.copy(CLIPS / f"{ABRUPT}.parquet", place)
    shutil.copy(CLIPS / "butterfly_stretch_two.parquet", place)
    return place


@pytest.fixture
def in_one_process(monkeypatch):
    """Judge in this process: starting others takes longer than the clips; other tests show what they add."""
    monkeypatch.setattr("uncrick.app.batching.judge_here", judged_one_by_one)


def judged_one_by_one(jobs, _n_workers):
    for job in jobs:
        yield job, judge(job)


def run(folder, out, **more):
    told = []
    batched = run_batch(BatchWanted((str(folder),), out, **more), lambda _done, _all: None, told.append)
    return batched, told


def tables(out):
    return {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in TABLES}


@pytest.mark.usefixtures("in_one_process")
def test_rows_are_what_a_replay_says(folder, tmp_path):
    """Sets, holds, cues, stops and measures of a clip are those that replaying it alone gives."""
    events, summary = replayed(clip_of(ABRUPT), "chair_spinal_twist")

    run(folder, tmp_path / "out", exercise="chair_spinal_twist")

    rows = {name: [r for r in table if ABRUPT in r["file"]] for name, table in tables(tmp_path / "out").items()}
    assert [row["n_repetitions"] for row in rows["sets"]] == [summary.n_reps]
    assert [(r["start_s"], r["end_s"], r["peak"]) for r in rows["holds"]] == [
        (hold.start_s, hold.end_s, hold.peak) for hold in summary.holds
    ]
    assert [(r["t_s"], r["reason"]) for r in rows["stops"]] == [(s.t_s, s.reason) for s in summary.stops] != []
    assert len(rows["cues"]) == sum(type(event).__name__ == "CueRaised" for event in events)
    assert {(r["measure"], r["least"], r["greatest"]) for r in rows["measures"] if r["least"] is not None} == set(
        summary.ranges
    )


@pytest.mark.usefixtures("in_one_process")
def test_seen_part_of_the_main_measure(folder, tmp_path):
    """The seen part of the measure that is held is the seen part of its set."""
    run(folder, tmp_path / "out")

    found = tables(tmp_path / "out")
    holds = {row["file"]: row["measure"] for row in found["holds"]}
    parts = {(row["file"], row["measure"]): row["seen_fraction"] for row in found["measures"]}
    assert len(holds) == 3
    for row in found["sets"]:
        assert parts[row["file"], holds[row["file"]]] == row["seen_fraction"]


def test_video_says_what_watching_it_says(tmp_path):
    """A video in a batch comes to the same set as `uncrick watch` of it."""
    video = CLIPS / "twist_abrupt_female_front.mp4"
    alone = watch_source(Wanted(video, model="lite"), lambda _: None, lambda _t, _l: None)

    run(video, tmp_path / "out", model="lite")

    (row,) = tables(tmp_path / "out")["sets"]
    summary = alone.summary
    assert (row["exercise"], row["n_repetitions"]) == (summary.exercise, summary.n_reps)
    assert (row["n_frames"], row["n_with_body"]) == (alone.n_frames, alone.n_with_body)
    assert (row["n_stops"], row["seen_fraction"]) == (len(summary.stops), summary.seen_fraction)
    assert row["landmarks"] == "blazepose-lite"


def test_same_tables_from_any_number_of_workers(folder, tmp_path):
    """One worker and two write the same bytes."""
    run(folder, tmp_path / "one", n_workers=1)
    run(folder, tmp_path / "two", n_workers=2)

    for name in TABLES:
        assert (tmp_path / "one" / f"{name}.parquet").read_bytes() == (
            tmp_path / "two" / f"{name}.parquet"
        ).read_bytes()


@pytest.mark.usefixtures("in_one_process")
def test_second_run_does_nothing_again(folder, tmp_path, monkeypatch):
    """What was judged is not judged again; a file that changed is, and a new one is added."""
    out = tmp_path / "out"
    run(folder, out)
    before = tables(out)
    asked = []

    def watched(jobs, n_workers):
        asked.extend(Path(job.path).name for job in jobs)
        return judged_one_by_one(jobs, n_workers)

    monkeypatch.setattr("uncrick.app.batching.judge_here", watched)

    again, _ = run(folder, out)
    assert (again.n_judged, again.n_before, asked, tables(out)) == (3, 3, [], before)

    shutil.copy(CLIPS / f"{PLAIN}.parquet", folder / "new.parquet")
    os.utime(folder / f"{ABRUPT}.parquet", (1, 1))
    more, _ = run(folder, out)
    assert (more.n_judged, more.n_before) == (4, 2)
    assert sorted(asked) == [f"{ABRUPT}.parquet", "new.parquet"]


@pytest.mark.usefixtures("in_one_process")
def test_another_question_is_another_batch(folder, tmp_path):
    """Other settings in the same folder give the tables of the other settings, and the old ones come back for free."""
    out = tmp_path / "out"
    run(folder, out)
    before = tables(out)

    other, _ = run(folder, out, exercise="butterfly_stretch")
    assert other.n_before == 0
    assert {row["asked"] for row in tables(out)["sets"]} == {"butterfly_stretch"}

    back, _ = run(folder, out)
    assert back.n_before == 3
    assert tables(out) == before


def test_bad_files_are_listed_and_not_fatal(folder, tmp_path):
    """An empty file, a file that is something else and one with several people: a reason each; the rest is judged."""
    (folder / "empty.mp4").touch()
    (folder / "text.parquet").write_text("not a clip")
    (folder / "two.jsonl").write_text('{"t_s": 0}\n')
    (folder / "notes.txt").write_text("no recording: not looked at")

    batched, told = run(folder, tmp_path / "out")

    failures = {Path(r["file"]).name: r["reason"] for r in tables(tmp_path / "out")["failures"]}
    assert (batched.n_judged, batched.n_failed) == (3, 3)
    assert set(failures) == {"empty.mp4", "text.parquet", "two.jsonl"}
    assert "is empty" in failures["empty.mp4"]
    assert all(str(folder) not in reason for reason in failures.values())
    assert sum(bool(one.failure) for one in told) == 3


@pytest.mark.usefixtures("in_one_process")
def test_failed_file_is_tried_again(folder, tmp_path):
    """A file that was bad and is mended is judged the next time, and no longer a failure."""
    bad = folder / "late.parquet"
    bad.touch()
    first, _ = run(folder, tmp_path / "out")
    shutil.copy(CLIPS / f"{PLAIN}.parquet", bad)

    second, _ = run(folder, tmp_path / "out")

    assert (first.n_failed, second.n_failed, second.n_judged) == (1, 0, 4)
    assert tables(tmp_path / "out")["failures"] == []


@pytest.mark.usefixtures("in_one_process")
def test_no_file_twice(folder, tmp_path):
    """A file named twice, linked to or copied counts once, and the copy is listed."""
    shutil.copy(folder / f"{ABRUPT}.parquet", folder / "zcopy.parquet")
    (folder / "link.parquet").symlink_to(folder / "butterfly_stretch_two.parquet")
    wanted = BatchWanted((str(folder), str(folder / "*.parquet"), str(folder / "**" / "*.parquet")), tmp_path / "out")

    batched = run_batch(wanted, lambda _done, _all: None, lambda _: None)

    found = tables(tmp_path / "out")
    assert (batched.n_judged, batched.n_copies) == (3, 1)
    assert len({row["sha256"] for row in found["sets"]}) == 3
    assert found["copies"] == [{"file": str(folder / "zcopy.parquet"), "same_as": str(folder / f"{ABRUPT}.parquet")}]


@pytest.mark.usefixtures("in_one_process")
def test_out_inside_the_folder_is_not_looked_at(folder):
    """Tables that lie among the recordings are not taken for clips."""
    out = folder / "tables"
    run(folder, out)

    again, _ = run(folder, out)

    assert (again.n_files, again.n_failed) == (3, 0)


def test_nothing_to_judge_is_said(tmp_path):
    """An empty folder, a missing file and an unknown exercise are a sentence each."""
    with pytest.raises(ProblemsError, match="holds no video and no clip"):
        run(tmp_path, tmp_path / "out")
    with pytest.raises(ProblemsError, match="no such file or folder"):
        run(tmp_path / "missing*.mp4", tmp_path / "out")
    with pytest.raises(ProblemsError, match="did you mean 'butterfly_stretch'"):
        run(tmp_path, tmp_path / "out", exercise="buterfly_stretch")


@pytest.mark.usefixtures("in_one_process")
def test_two_batches_in_one_folder(folder, tmp_path):
    """A folder that another batch is writing to is refused, and free again when that one ends."""
    with own_folder(tmp_path / "out"), pytest.raises(ProblemsError, match="another batch"):
        run(folder, tmp_path / "out")

    assert run(folder, tmp_path / "out")[0].n_judged == 3


def test_interrupt_keeps_what_is_finished(folder, tmp_path):
    """Ctrl-C after the first file: its rows are in the tables, no process is left, and the next run does the rest."""
    out = tmp_path / "out"

    def pressed(n_done, _n_all):
        if n_done == 1:
            raise KeyboardInterrupt

    stopped = run_batch(BatchWanted((str(folder),), out), pressed, lambda _: None)

    assert (stopped.interrupted, stopped.n_judged) == (True, 1)
    assert len(tables(out)["sets"]) == 1
    assert active_children() == []
    finished, _ = run(folder, out)
    assert (finished.n_before, finished.n_judged) == (1, 3)


@pytest.mark.usefixtures("in_one_process")
def test_killed_at_any_moment(tmp_path):
    """Killed by force again and again, the batch goes on each time and ends with the tables of a run in one go."""
    place, out = tmp_path / "recordings", tmp_path / "out"
    place.mkdir()
    for i, proof in enumerate((*THREE, PLAIN, "rounded_back_stretch_two", "rocking_floor_stretch_five")):
        shutil.copy(CLIPS / f"{proof}.parquet", place / f"{i}.parquet")
    program = [sys.executable, "-c", "from uncrick.cli.main import run; run()"]
    command = [*program, "batch", str(place), "--out", str(out), "--workers", "1"]

    n_kills = 0
    for n_parts in (1, 4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and len(list(out.glob("parts/*/*.json"))) < n_parts:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        n_kills += process.wait() == -signal.SIGKILL
    assert n_kills >= 1
    before = {path: path.stat().st_mtime_ns for path in out.glob("parts/*/*.json")}
    run(place, out)
    run(place, tmp_path / "in_one_go")

    assert tables(out) == tables(tmp_path / "in_one_go")
    assert len(tables(out)["sets"]) == 6
    assert before.items() <= {path: path.stat().st_mtime_ns for path in out.glob("parts/*/*.json")}.items()


def dies(job):
    """Judge as always, but die of a file called deadly."""
    if "deadly" in job.path:
        os._exit(9)
    return judge(job)


def fails(job):
    """Fail as a fault of the program's own would."""
    raise ZeroDivisionError(job.path)


def test_file_that_kills_its_worker(folder, monkeypatch):
    """A file that takes its process with it is refused after a second try; all others are judged."""
    (folder / "deadly.parquet").touch()
    (folder / "monday" / f"{TWIST}.parquet").unlink()
    jobs = [Job(str(path), "", "lite", program_here()) for path in sorted(folder.rglob("*.parquet"))]
    monkeypatch.setattr(batch_pool, "judge", dies)

    done = dict(judge_here(jobs, 2))

    assert len(done) == 3
    assert [job.path for job, outcome in done.items() if outcome == Refused(DIED)] == [str(folder / "deadly.parquet")]
    assert sum(isinstance(outcome, Judged) for outcome in done.values()) == 2


def test_fault_of_our_own_is_a_failure_of_its_file(monkeypatch):
    """An exception that nobody foresaw refuses its file and asks for a report."""
    monkeypatch.setattr(batch_pool, "judge", fails)

    ((_, outcome),) = judge_here([Job("a.parquet", "", "lite", "")], 1)

    assert "ZeroDivisionError: a.parquet" in outcome.reason


def test_other_program_refuses():
    """A machine of a cluster with another version or library refuses instead of judging by other rules."""
    outcome = judge(Job(str(CLIPS / f"{TWIST}.parquet"), "", "lite", "uncrick 0.0.1 library 0"))

    assert isinstance(outcome, Refused)
    assert program_here() in outcome.reason


def test_networks_are_loaded_once():
    """Two videos of one size of model use the same networks."""
    assert batch_judge._eyes("lite") is batch_judge._eyes("lite")


def test_order_and_endings(tmp_path):
    """A folder gives videos and clips by their endings, in the order of their names, hidden ones left out."""
    for name in ("b.MP4", "a.jsonl", ".hidden.mp4", "c.txt", "d.c3d"):
        (tmp_path / name).touch()

    found = find_sources([str(tmp_path)], tmp_path / "out")

    assert [Path(one.name).name for one in found] == ["a.jsonl", "b.MP4", "d.c3d"]


def test_empty_files_are_no_copies(tmp_path):
    """Two empty files are two failures, not a file and its copy."""
    for name in ("a.mp4", "b.mp4"):
        (tmp_path / name).touch()

    assert copies_among(find_sources([str(tmp_path)], tmp_path / "out")) == {}


@pytest.mark.usefixtures("in_one_process")
def test_broken_part_is_done_again(folder, tmp_path):
    """A part that a failing disk left half is not believed: its file is judged again."""
    out = tmp_path / "out"
    run(folder, out)
    before = tables(out)
    part = next(out.glob("parts/*/*.json"))
    part.write_bytes(part.read_bytes()[:40])

    again, _ = run(folder, out)

    assert (again.n_before, again.n_judged) == (2, 3)
    assert tables(out) == before


@pytest.mark.usefixtures("in_one_process")
def test_clips_of_other_kinds(tmp_path):
    """A clip as JSON lines comes to the same rows as the same clip as Parquet."""
    clip = clip_of(TWIST)
    write_clip(clip, tmp_path / "a.parquet")
    write_clip(clip, tmp_path / "b.jsonl")

    run(tmp_path, tmp_path / "out")

    one, two = tables(tmp_path / "out")["sets"]
    assert {**one, "file": "", "sha256": ""} == {**two, "file": "", "sha256": ""}


@pytest.mark.usefixtures("in_one_process")
def test_tables_say_what_was_asked(folder, tmp_path):
    """Every table carries the question and the program that answered it."""
    run(folder, tmp_path / "out", exercise="chair_spinal_twist", model="lite")

    for name in TABLES:
        about = json.loads(pq.read_schema(tmp_path / "out" / f"{name}.parquet").metadata[b"uncrick_batch"])
        assert about == {"exercise": "chair_spinal_twist", "model": "lite", "by": program_here()}


def recipes(language):
    """Return the recipes of docs/batch.md in a language, in order."""
    text = (Path(__file__).parents[2] / "docs" / "batch.md").read_text()
    return [block.split("```")[0] for block in text.split(f"```{language}\n")[1:]]


@pytest.mark.usefixtures("in_one_process")
def test_recipes_of_the_documentation(folder, tmp_path, monkeypatch):
    """Every DuckDB and Polars recipe in docs/batch.md runs on the tables of a batch, and says what it promises."""
    (folder / "empty.mp4").touch()
    run(folder, tmp_path / "tables")
    monkeypatch.chdir(tmp_path)

    answers = [duckdb.sql(each).fetchall() for each in recipes("sql")]
    scope = {}
    for each in recipes("python"):
        exec(each, scope)

    assert len(answers) >= 3
    assert ("chair_spinal_twist", 2) in [row[:2] for row in answers[0]]
    assert all(answers)
    assert isinstance(scope["deepest"], polars.DataFrame)
    assert scope["deepest"].height > 0
