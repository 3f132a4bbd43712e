"""How the command line talks: rows, tables, problems and exit codes."""

import json

import pytest
import typer

from uncrick.cli.talk import problems_shown, show_row, show_table
from uncrick.errors import Problem, ProblemsError


def test_a_row_is_one_json_line(capsys):
    """An object is one line of JSON with its letters as they are."""
    show_row({"t_s": 1.5, "what": "± 4 °"})

    out = capsys.readouterr().out
    assert out == '{"t_s": 1.5, "what": "± 4 °"}\n'
    assert json.loads(out)["t_s"] == 1.5


def test_a_number_that_json_does_not_have_is_the_programmers_mistake():
    """NaN never reaches a reader."""
    with pytest.raises(ValueError, match="JSON"):
        show_row({"x": float("nan")})


def test_a_table_is_as_wide_as_its_widest_cells_and_leaves_the_last_alone(capsys):
    """Columns line up, and no row ends in blanks."""
    show_table(("a", "bb", "last"), [("long cell", "1", "x"), ("s", "22", "a much longer last cell"), ("s", "", "")])

    assert capsys.readouterr().out.splitlines() == [
        "a          bb  last",
        "long cell  1   x",
        "s          22  a much longer last cell",
        "s",
    ]


@pytest.mark.parametrize(("where", "code"), [("file.yaml:3", 1), ("--exercise", 2)])
def test_problems_are_sentences_on_stderr_with_the_code_that_fits(capsys, where, code):
    """What is wrong in a file leaves with 1, a wrong option with 2; every problem is a line of its own."""
    problems = [Problem(where, "is wrong", "do this"), Problem("other", "is wrong too")]

    with pytest.raises(typer.Exit) as left, problems_shown():
        raise ProblemsError(problems)

    said = capsys.readouterr()
    assert left.value.exit_code == code
    assert said.out == ""
    assert said.err.splitlines() == [f"uncrick: {where}  is wrong (do this)", "uncrick: other  is wrong too"]


def test_other_errors_are_the_programmers_and_go_through():
    """What is no problem of a person is not hidden."""
    with pytest.raises(KeyError), problems_shown():
        raise KeyError("x")
