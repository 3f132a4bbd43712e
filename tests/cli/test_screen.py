"""`uncrick screen` as a person meets it."""

import json

from typer.testing import CliRunner

from uncrick.cli.screen import app
from uncrick.files.library import read_library
from uncrick.files.screening_file import read_rulebook

RUN = CliRunner()


def test_verdicts_print_a_line_per_cell():
    """--verdicts --json prints all 36 x 32 cells, each with verdict, rules and sources."""
    result = RUN.invoke(app, ["--verdicts", "--json"])

    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert {(r["condition"], r["exercise"]) for r in rows} == {
        (c, e) for c in read_rulebook().conditions for e in read_library().exercises
    }
    assert all(bool(r["rules"]) == bool(r["sources"]) == (r["verdict"] != "allow") for r in rows)


def test_all_no_is_fine():
    """Somebody who answers everything with no is told so, without any praise of their health, and leaves with 0."""
    result = RUN.invoke(app, [], input="\n" + "no\n" * 25)

    assert result.exit_code == 0
    assert result.stdout == "No warning signs in your answers. This is not a medical check.\n"


def test_emergency_stops_the_asking_and_shows_only_its_message():
    """The first emergency answer ends the questions; nothing but the message with the own number is printed."""
    result = RUN.invoke(app, ["--condition", "scoliosis", "--emergency-number", "144"], input="no\nyes\n")

    assert result.exit_code == 1
    assert result.stdout == (
        "Call 144 or go to an emergency department now. Do not exercise. This app cannot assess this.\n"
    )


def test_not_sure_twice_counts_as_yes():
    """Not sure, and not sure again in plainer words, is an emergency at an emergency question."""
    result = RUN.invoke(app, ["--short", "--json"], input="?\n?\n")

    assert json.loads(result.stdout)["level"] == "emergency"


def test_sources_are_one_word_away():
    """Asking for the source shows it and puts the question again."""
    result = RUN.invoke(app, ["--short"], input="source\nyes\n")

    assert "CES warning card" in result.stderr


def test_unknown_condition_is_wrong_use():
    """A condition that does not exist is told with the nearest, and nothing is asked."""
    result = RUN.invoke(app, ["--condition", "osteoporosi"])

    assert result.exit_code == 2
    assert "did you mean 'osteoporosis'?" in result.stderr


def test_answers_are_kept(tmp_path):
    """--save writes the answers with time and wording."""
    path = tmp_path / "answers.json"

    RUN.invoke(app, ["--condition", "scoliosis", "--save", str(path)], input="no\n" * 25)

    kept = json.loads(path.read_text())
    assert len(kept["answers"]) == 25
    assert kept["conditions"] == ["scoliosis"]
    assert {a["wording"] for a in kept["answers"]} == {read_rulebook().wording}


def test_answers_that_break_off_keep_nothing(tmp_path):
    """When the answers end too early the program says so and keeps nothing."""
    path = tmp_path / "answers.json"

    result = RUN.invoke(app, ["--short", "--save", str(path)], input="no\nno\n")

    assert result.exit_code == 1
    assert "not kept" in result.stderr
    assert not path.exists()
