"""`uncrick batch`: folders of videos and clips in, tables of what the coach saw out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from uncrick.cli.talk import INTERRUPTED, PROBLEMS, problems_shown, remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.app.batching import Progress, Told

EXAMPLE = "Example: uncrick batch recordings --out tables"
HEADER = ("file", "exercise", "repetitions", "holds", "stops", "remark")


def batch(
    sources: Annotated[
        list[str], typer.Argument(metavar="DIR|GLOB...", help="Folders, patterns or files: videos and clips.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the tables; running again goes on there.")],
    exercise: Annotated[
        str, typer.Option("--exercise", metavar="ID", help="The exercise to look for; else whichever is seen.")
    ] = "",
    model: Annotated[Literal["lite", "full", "heavy"], typer.Option(help="Size of the landmark model.")] = "full",
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=1024, help="Processes here; one a core without.")
    ] = None,
    ray: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Judge on a Ray cluster: its address, or 'auto'.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line instead of columns.")] = False,
) -> None:
    """Judge many videos and clips and write tables of their sets, holds, cues, stops and measures as Parquet."""
    from uncrick.app.batch_pool import cores_here
    from uncrick.app.batching import BatchWanted, closing_sentences, run_batch

    wanted = BatchWanted(tuple(sources), out, exercise, model, workers or cores_here(), ray)
    rows: list[tuple[str, ...]] = []
    tell = (lambda told: show_row(_record(told))) if as_json else (lambda told: rows.append(_cells(told)))
    with problems_shown(), _progress() as progress:
        batched = run_batch(wanted, progress, tell)
    if not as_json:
        show_table(HEADER, rows)
    for sentence in closing_sentences(batched, out):
        remark(sentence)
    if batched.interrupted:
        raise typer.Exit(INTERRUPTED)
    if batched.n_failed:
        raise typer.Exit(PROBLEMS)


def _record(told: "Told") -> dict[str, object]:
    if told.judged is None:
        return (
            {"file": told.file, "failure": told.failure}
            if told.failure
            else {"file": told.file, "same_as": told.same_as}
        )
    row = told.judged.set
    return {
        "file": told.file,
        "exercise": row.exercise,
        "n_repetitions": row.n_repetitions,
        "n_holds_completed": row.n_holds_completed,
        "n_stops": row.n_stops,
        "partial": row.partial,
    }


def _cells(told: "Told") -> tuple[str, ...]:
    if told.judged is None:
        return told.file, "", "", "", "", told.failure or f"the same as {told.same_as}"
    row = told.judged.set
    numbers = (row.n_repetitions, row.n_holds_completed, row.n_stops)
    return told.file, row.exercise or "none recognised", *map(str, numbers), row.partial


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Show on stderr how many files are done; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _n_done, _n_all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("judging, Ctrl-C ends"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda n_done, n_all: bar.update(task, completed=n_done, total=n_all)
