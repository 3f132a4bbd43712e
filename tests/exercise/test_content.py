"""The content of an exercise's file."""

import pytest
import yaml

from uncrick.app.browsing import all_exercises, all_measures
from uncrick.exercise.content import content_of
from uncrick.files.exercise_file import check_exercise
from uncrick.files.marked_yaml import read_marked

BOOK = {measure.name: measure for measure in all_measures()}


@pytest.mark.parametrize("exercise", [exercise for exercise, _ in all_exercises()], ids=lambda e: e.id)
def test_what_is_written_reads_back(exercise):
    """Every exercise of the library, written as YAML and read again, is the same exercise."""
    text = yaml.safe_dump(content_of(exercise), sort_keys=False)

    read, problems = check_exercise(read_marked(text, "written.yaml"), BOOK)

    assert problems == []
    assert read == exercise
