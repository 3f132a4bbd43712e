"""How the command line talks: problems and remarks to stderr, one sentence a line, and the exit codes."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import typer

from uncrick.errors import Problem, ProblemsError

FINE, PROBLEMS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def remark(sentence: str) -> None:
    """Say one sentence on stderr."""
    typer.echo(sentence, err=True)


def show_problems(problems: Iterable[Problem]) -> None:
    """Say each problem on a line of its own on stderr."""
    for problem in problems:
        remark(f"uncrick: {problem}")


@contextmanager
def problems_shown(code: int = PROBLEMS) -> Iterator[None]:
    """Show what is wrong with a person's input as sentences, never as a traceback, and leave with *code*.

    A wrong value of an option (the place starts with ``--``) is wrong use.
    """
    try:
        yield
    except ProblemsError as error:
        show_problems(error.problems)
        wrong_use = any(problem.where.startswith("--") for problem in error.problems)
        raise typer.Exit(WRONG_USE if wrong_use else code) from None


def show_row(record: Mapping[str, object]) -> None:
    """Print one object as a JSON line."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


def show_table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print plain columns, each as wide as its widest cell; the last one is left as it is."""
    rows = [header, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        sys.stdout.write("  ".join([*cells, row[-1]]).rstrip() + "\n")
