"""Measure files: read as measures, or refused with every problem at its line."""

import pytest

from uncrick.files.library import read_library
from uncrick.files.marked_yaml import read_marked
from uncrick.files.measure_file import N_POINTS, check_measures
from uncrick.motion.measure import Layout, Measure, reader

GOOD = """\
gap:
  says: distance between the elbows
  kind: distance
  points: [elbow_left, elbow_right]
  over: [shoulder_left, shoulder_right]
  over_neutral: true
  unit: ratio
  view: front
  error: 0.3
  source: docs/measures.md
rise:
  says: a foot off the floor
  kind: rise
  points: [ankle_left]
  sides: either
  take: larger
  unit: ratio
  view: front
  error: 0.05
  source: docs/measures.md
"""


def problems_of(*changes: tuple[str, str]) -> list[str]:
    """Return the problems of the good file with some parts replaced."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    book, problems = check_measures(read_marked(text, "m.yaml"))
    assert book == {} or not problems
    return [str(problem) for problem in problems]


def test_a_good_file_is_the_measures_it_says():
    """Every field arrives in the measure, and what is left out has its plain meaning."""
    book, problems = check_measures(read_marked(GOOD, "m.yaml"))

    assert problems == []
    assert book["gap"] == Measure(
        "gap", "distance", ("elbow_left", "elbow_right"), "ratio", "front", "distance between the elbows",
        "docs/measures.md", 0.3, over=("shoulder_left", "shoulder_right"), over_neutral=True,
    )  # fmt: skip
    assert (book["rise"].take, book["rise"].zero, book["rise"].gain) == ("larger", "none", 1.0)


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("kind: distance", "kind: distanse"), 3, "distance"),
        (("unit: ratio", "unit: metres"), 7, "deg"),
        (("points: [elbow_left, elbow_right]", "points: [elbow_left]"), 1, "takes 2 points, found 1"),
        (("points: [ankle_left]", "points: [ankel_left]"), 11, "no point 'ankel_left'; did you mean 'ankle_left'?"),
        (("over: [shoulder_left, shoulder_right]", "over: [shoulder_left]"), 1, "take two points or none"),
        (("  take: larger\n", ""), 11, "'sides: either' and 'take' go together"),
        (("  sides: either\n", ""), 11, "'sides: either' and 'take' go together"),
        (("error: 0.05", "eror: 0.05"), 19, "error"),
        (("view: front", "view: behind"), 8, "front"),
        (("error: 0.3", "error: small"), 9, "a number"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(change, line, says):
    """A measure that cannot be read is refused where it stands, with what was wanted."""
    assert [p for p in problems_of(change) if p.startswith(f"m.yaml:{line}") and says in p]


def test_all_problems_are_told_at_once():
    """Mistakes in both measures are told in one go, in the order of the lines."""
    changes = (("kind: distance", "kind: distanse"), ("unit: ratio", "unit: m"), ("take: larger", "take: it"))

    problems = problems_of(*changes)

    assert [p.split("  ")[0] for p in problems] == ["m.yaml:3", "m.yaml:7", "m.yaml:16"]


def test_a_measure_written_twice_is_told():
    """The second measure of a name is a problem, not a silent replacement."""
    text = GOOD + GOOD[: GOOD.index("rise:")]

    _, problems = check_measures(read_marked(text, "m.yaml"))

    assert any("the key 'gap' is written twice" in str(p) for p in problems)


@pytest.mark.parametrize("name", sorted(read_library().measures))
def test_every_measure_that_ships_says_what_it_is_and_how_sure(name):
    """Each measure has its words, a stated error, a source and as many points as its kind takes, and compiles."""
    made = read_library().measures[name]

    assert made.name == name and made.says and made.source and made.error > 0
    assert len(made.points) == N_POINTS[made.kind]
    assert callable(reader(made, Layout()))
