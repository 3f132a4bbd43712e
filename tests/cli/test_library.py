"""`uncrick exercises`, `measures` and `check` as a person meets them."""

import json

import pytest
from typer.testing import CliRunner

from uncrick.cli.main import app
from uncrick.files.library import library_folder, read_library

RUN = CliRunner()
BROKEN = """\
id: my_turn
kind: stretch
view: front
regions: [thoracic]
equipment: []
attributes: {spine_rotation: 9}
source: [article]
phases:
  middle: {when: {trunk_rotatoin: {below: 12}}}
  left: {when: {trunk_rotation: {above: 18}}, hold: true}
repetition: {each: [lefd], rest: middle}
dose: {sets: 1, reps: 2, hold_s: 5, rest_s: 5, move_s: 3, both_sides: false, times_per_day: 1,
  reps_range: [4, 1], hold_range_s: [5, 30], source: [article]}
"""


def invoke(*arguments: object):
    """Run a command in this process."""
    return RUN.invoke(app, [str(a) for a in arguments])


def test_exercises_are_listed_one_a_row():
    """All of them, with where the camera stands, how often and how long."""
    done = invoke("exercises")

    header, *rows = done.stdout.splitlines()
    assert done.exit_code == 0 and done.stderr == ""
    assert header.split() == ["id", "view", "repetitions", "hold", "name"]
    assert [row.split()[0] for row in rows] == sorted(read_library().exercises)


def test_exercises_as_json_are_one_object_a_line():
    """Every line is an exercise with its words."""
    records = [json.loads(line) for line in invoke("exercises", "--json").stdout.splitlines()]

    assert [r["id"] for r in records] == sorted(read_library().exercises)
    assert all(r["words"]["steps"] for r in records)


def test_one_exercise_is_shown_to_be_read():
    """Name, steps, dose, what the camera judges and what it cannot, and the sources."""
    page = invoke("exercises", "chair_spinal_twist").stdout

    assert page.startswith("Chair Spinal Twist\n")
    assert "1. Grow tall" in page
    assert "stop: Stop there. That was too sudden." in page
    assert "cannot see: pain, and how it feels" in page
    assert "Source: article" in page


def test_one_exercise_is_drawn():
    """The phase table is what the engine runs."""
    assert "one repetition:  [middle] <=> [left]" in invoke("exercises", "chair_spinal_twist", "--draw").stdout


def test_an_unknown_exercise_is_wrong_use_and_names_the_nearest():
    """Nothing is printed but the sentence."""
    done = invoke("exercises", "buterfly_stretch")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "no exercise 'buterfly_stretch'; did you mean 'butterfly_stretch'?" in done.stderr


def test_measures_are_listed_with_view_and_error():
    """Every number the camera may judge, from where, and how sure it is."""
    done = invoke("measures")

    row = next(line for line in done.stdout.splitlines() if line.startswith("trunk_rotation "))
    assert done.exit_code == 0
    assert "front" in row and "± 4 deg" in row
    assert len(done.stdout.splitlines()) == 1 + len(read_library().measures)


def test_measures_as_json_are_one_object_a_line():
    """Each line is a measure with its points and source."""
    records = [json.loads(line) for line in invoke("measures", "--json").stdout.splitlines()]

    assert {r["name"] for r in records} == set(read_library().measures)
    assert all(r["points"] and r["source"] for r in records)


def test_check_is_silent_about_good_files():
    """Files that ship have nothing wrong: no output, exit code 0."""
    done = invoke("check", library_folder() / "measures.yaml", library_folder() / "exercises" / "walking.yaml")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


@pytest.fixture
def broken(tmp_path):
    """An exercise file with five mistakes."""
    path = tmp_path / "my_turn.yaml"
    path.write_text(BROKEN)
    return path


def test_check_prints_all_problems_with_their_lines(broken):
    """Every mistake is a row that begins with file and line; how many there are is said on stderr."""
    done = invoke("check", broken)

    rows = done.stdout.splitlines()
    assert done.exit_code == 1
    assert all(row.startswith(f"{broken}:") for row in rows)
    lines = [int(row.removeprefix(f"{broken}:").split(" ")[0]) for row in rows]
    assert lines == sorted(lines) and set(lines) == {6, 9, 10, 11, 13}
    assert "did you mean 'trunk_rotation'" in done.stdout
    assert done.stderr == f"{len(rows)} problems found\n"


def test_check_as_json_has_place_sentence_and_hint(broken):
    """Every problem is an object an editor can read."""
    records = [json.loads(line) for line in invoke("check", broken, "--json").stdout.splitlines()]

    assert all(set(r) == {"where", "says", "hint"} for r in records)
    assert any(r["says"].startswith("no measure 'trunk_rotatoin'") for r in records)


def test_check_reads_every_file_to_the_end(broken, tmp_path):
    """One missing file does not keep the next from being checked."""
    done = invoke("check", tmp_path / "none.yaml", broken)

    assert done.exit_code == 1
    assert "there is no such file" in done.stdout.splitlines()[0]
    assert "trunk_rotatoin" in done.stdout
