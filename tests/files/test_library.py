"""The library that ships: read whole, checked against itself, and refused when any file of it is broken."""

import shutil
from pathlib import Path

import pytest

from uncrick.files.library import check_library, library_folder, read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.source_file import check_sources

FOUR = {"chair_spinal_twist", "rocking_floor_stretch", "butterfly_stretch", "rounded_back_stretch"}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A library of one's own, to break."""
    heavy = shutil.ignore_patterns("*.mp4", "crack", "demo")
    return Path(shutil.copytree(library_folder(), tmp_path / "library", ignore=heavy))


def problems_in(folder: Path) -> list[str]:
    """Return every problem of the library in *folder*."""
    library, problems = check_library(folder, "en")
    assert (library is None) == bool(problems)
    return [str(problem) for problem in problems]


def test_the_library_that_ships_has_no_problems():
    """All measures, exercises and words agree with each other."""
    library, problems = check_library(library_folder(), "en")

    assert problems == []
    assert library is not None
    assert set(library.exercises) >= FOUR
    assert list(library.exercises) == sorted(library.exercises)


def test_the_four_stretches_of_the_article_are_tracked_and_proved():
    """Each of the four can be judged by the camera, is known by sight, and names a recording that proves it."""
    for id_ in FOUR:
        exercise = read_library().exercises[id_]
        assert exercise.is_tracked and exercise.by_sight and exercise.proof and "article" in exercise.source


def test_the_library_is_read_once():
    """A second reading is the very same value."""
    assert read_library() is read_library()


def test_every_source_of_an_exercise_is_known():
    """Each key an exercise names as its source is in the list of sources."""
    known, problems = check_sources(read_marked(library_folder() / "sources.yaml"))

    assert problems == []
    for exercise in read_library().exercises.values():
        assert set(exercise.source) | set(exercise.dose.source) <= set(known), exercise.id


def test_problems_of_all_files_are_told_at_once(copied):
    """A broken measure, two broken exercises and missing words come together, each with its own file."""
    for name, old, new in (
        ("exercises/butterfly_stretch.yaml", "{elbow_gap: {above: 1.8}}", "{elbow_gab: {above: 1.8}}"),
        ("exercises/rounded_back_stretch.yaml", "rest: upright", "rest: uprigth"),
        ("words/en.yaml", "      feet_lift:", "      feet:"),
    ):
        text = (copied / name).read_text()
        assert old in text
        (copied / name).write_text(text.replace(old, new))

    problems = problems_in(copied)

    assert any(p.startswith("library/exercises/butterfly_stretch.yaml:") and "'elbow_gab'" in p for p in problems)
    assert any(p.startswith("library/exercises/rounded_back_stretch.yaml:") and "'uprigth'" in p for p in problems)
    assert any(p.startswith("library/words/en.yaml:") and "'feet_lift'" in p for p in problems)


def test_an_id_that_is_not_its_file_name_is_told(copied):
    """An exercise is found by its file, so both must have the same name."""
    path = copied / "exercises" / "walking.yaml"
    path.rename(path.with_name("strolling.yaml"))

    assert any("'walking' in a file called 'strolling.yaml'" in p for p in problems_in(copied))


def test_an_easier_form_that_does_not_exist_is_told(copied):
    """A progression to an exercise that is not there is told with the nearest that is."""
    path = copied / "exercises" / "pelvic_tilt.yaml"
    path.write_text(path.read_text().replace("harder: [glute_bridge]", "harder: [glute_bidge]"))

    assert any("no exercise 'glute_bidge'; did you mean 'glute_bridge'?" in p for p in problems_in(copied))
