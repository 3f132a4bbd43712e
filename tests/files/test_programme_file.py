"""The programmes that ship."""

from uncrick.files.library import library_folder, read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.programme_file import check_programmes, programme_exercises, read_programmes
from uncrick.files.screening_file import read_rulebook

TEXT = (library_folder() / "programmes.yaml").read_text(encoding="utf-8")


def test_the_programmes_that_ship_are_the_seven_of_the_draft():
    """There are seven, and no programme without the floor asks anybody to get down to it."""
    known, exercises = read_programmes(), read_library().exercises

    assert len(known) == 7
    for programme in known.values():
        floor = any(dict(exercises[p.exercise].attributes).get("floor_transfer") for p in programme.portions)
        assert floor == (programme.place == "floor"), programme.id


def test_every_question_that_leaves_a_programme_open_names_one_that_exists():
    """A warning sign that leaves a programme open names a programme that ships."""
    named = {q.may_follow for q in read_rulebook().questions.values() if q.may_follow}

    assert named <= set(programme_exercises())


def test_unknown_exercises_and_sources_are_told():
    """A wrong exercise and a wrong source are told together."""
    wrong = TEXT.replace("exercise: pelvic_tilt", "exercise: pelvic_tlt").replace("[practical_rule]", "[practical_rul]")

    _, found = check_programmes(read_marked(wrong, "p.yaml"), read_library().exercises, read_rulebook().sources)

    assert len(found) == 3
    assert all("did you mean" in str(p) for p in found)
