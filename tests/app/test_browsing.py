"""Looking into the library, and checking files that people write for it."""

import json

import pytest

from uncrick.app import browsing
from uncrick.errors import ProblemsError
from uncrick.files.library import library_folder, read_library

SHIPPED = library_folder()


def test_every_exercise_comes_with_its_words():
    """All exercises, by id, each with the words under the same id."""
    every = browsing.all_exercises()

    assert [e.id for e, _ in every] == sorted(read_library().exercises)
    assert all(words is read_library().words.exercises[e.id] for e, words in every)


def test_one_exercise_is_found_or_the_nearest_is_named():
    """A wrong id is a problem that offers the right one."""
    assert browsing.one_exercise("walking")[1].name == "Walking"
    with pytest.raises(ProblemsError, match=r"no exercise 'wallking'; did you mean 'walking'\?"):
        browsing.one_exercise("wallking")


def test_an_exercise_of_ones_own_is_shown_from_its_file(tmp_path):
    """A file is shown and drawn like what ships, in words made from its names; a broken one tells its problems."""
    text = (SHIPPED / "exercises" / "butterfly_stretch.yaml").read_text().replace("id: butterfly", "id: my_butterfly")
    (tmp_path / "mine.yaml").write_text(text)
    (tmp_path / "broken.yaml").write_text(text.replace("elbow_gap", "elbow_gab"))

    exercise, words = browsing.one_exercise(str(tmp_path / "mine.yaml"))

    assert (exercise.id, words.name) == ("my_butterfly_stretch", "My butterfly stretch")
    assert "elbow_gap" in browsing.exercise_drawing(exercise)
    assert browsing.what_is_judged(exercise, words)
    with pytest.raises(ProblemsError, match="did you mean 'elbow_gap'"):
        browsing.one_exercise(str(tmp_path / "broken.yaml"))


@pytest.mark.parametrize("id_", sorted(read_library().exercises))
def test_every_exercise_is_a_json_object(id_):
    """The record of an exercise with its words can be written as JSON and keeps its id."""
    record = browsing.exercise_record(*browsing.one_exercise(id_))

    assert json.loads(json.dumps(record, allow_nan=False))["id"] == id_
    assert record["words"]["name"]


@pytest.mark.parametrize("name", ["exercises/butterfly_stretch.yaml", "measures.yaml", "words/en.yaml"])
def test_files_that_ship_have_no_problems(name):
    """The kind of a file is told by what is in it, and each that ships is without a problem."""
    assert browsing.check_file(SHIPPED / name) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("exercises/butterfly_stretch.yaml", "{elbow_gap: {above: 1.8}}", "{elbow_gab: {above: 1.8}}", "elbow_gab"),
        ("measures.yaml", "kind: turn", "kind: twirl", "turn"),
        ("words/en.yaml", "      feet_lift:", "      feet:", "feet_lift"),
    ],
)
def test_a_broken_file_is_told_with_its_own_path_and_line(tmp_path, name, old, new, says):
    """What is wrong is named where the person wrote it."""
    text = (SHIPPED / name).read_text()
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1

    problems = [str(p) for p in browsing.check_file(path)]

    assert any(p.startswith(f"{path}:") and says in p for p in problems)
    assert any(abs(int(p.removeprefix(f"{path}:").split(" ")[0]) - line) <= 1 for p in problems) or "words" in name


@pytest.mark.parametrize("text", ["a: 1\n", "- 1\n", "just words\n"])
def test_a_file_of_no_known_kind_is_told(tmp_path, text):
    """YAML that is nothing of the library is refused with what there is."""
    (tmp_path / "x.yaml").write_text(text)

    (problem,) = browsing.check_file(tmp_path / "x.yaml")

    assert "is none of the kinds of file that Uncrick knows" in str(problem)


def test_a_missing_file_is_a_problem_and_no_exception(tmp_path):
    """Checking what is not there says so."""
    assert ["there is no such file" in str(p) for p in browsing.check_file(tmp_path / "none.yaml")] == [True]


def test_what_is_judged_and_what_is_not_is_said():
    """Every cue with its severity, then what cannot be seen."""
    said = browsing.what_is_judged(*browsing.one_exercise("chair_spinal_twist"))

    assert "correction: Keep both feet flat on the floor." in said
    assert said[-1].startswith("cannot see: ")
