"""Files and functions stay small enough to be read at one go."""

import ast

import pytest

from tests.house.tree import ROOT, SRC, definitions, modules, place, text_of, tracked

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50
PARAMETERS = 5
CODE = (SRC, ROOT / "benchmarks", ROOT / ".ci")
PAGE = (".js", ".css", ".html")


def test_no_file_is_longer_than_four_hundred_lines():
    """Every module, script, style sheet and template ends after 400 lines at most."""
    files = [path for folder in CODE for path in modules(folder)]
    files += [path for path in tracked() if path.is_relative_to(SRC) and path.suffix in PAGE]

    long = {
        path.relative_to(ROOT).as_posix(): n
        for path in files
        if (n := len(text_of(path).splitlines())) > LINES_OF_A_FILE
    }

    assert len(files) > 100
    assert long == {}


@pytest.mark.parametrize("folder", CODE, ids=lambda folder: folder.name)
def test_no_function_is_longer_than_a_screen_and_a_half(folder):
    """Every function has 50 lines at most, its docstring not counted."""
    functions = [written for written in definitions(folder) if not isinstance(written.node, ast.ClassDef)]

    long = [place(written) for written in functions if lines_of(written.node) > LINES_OF_A_FUNCTION]

    assert functions
    assert long == []


def lines_of(node) -> int:
    """Return a function's lines from `def` to its end, without its docstring."""
    text = node.body[0] if ast.get_docstring(node) is not None else None
    return node.end_lineno - node.lineno + 1 - (text.end_lineno - text.lineno + 1 if text else 0)


@pytest.mark.parametrize("folder", CODE, ids=lambda folder: folder.name)
def test_no_function_takes_more_than_five_parameters(folder):
    """Five parameters at most, self aside; a command's are its options and may be more."""
    many = [
        place(written)
        for written in definitions(folder)
        if not isinstance(written.node, ast.ClassDef)
        and not written.where.startswith("src/uncrick/cli/")
        and n_parameters(written.node) > PARAMETERS
    ]

    assert many == []


def n_parameters(node) -> int:
    """Return how many things a function must be told."""
    every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([one for one in every if one.arg not in ("self", "cls")])
