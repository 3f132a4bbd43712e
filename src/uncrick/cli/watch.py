"""`uncrick watch` and `uncrick replay`: a recording, a camera or landmarks in, what the coach saw out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from uncrick.cli.talk import INTERRUPTED, PROBLEMS, problems_shown, remark, show_problems, show_row

if TYPE_CHECKING:
    from uncrick.app.looking import Progress, Tell, Wanted, Watched
    from uncrick.coach.events import Event

WATCH_EXAMPLE = "Example: uncrick watch --demo --report twist.html"
REPLAY_EXAMPLE = "Example: uncrick replay twist.parquet --exercise chair_spinal_twist"

Exercise = Annotated[
    str, typer.Option("--exercise", metavar="ID", help="The exercise to look for; else whichever is seen.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of columns.")]
Report = Annotated[Path | None, typer.Option("--report", metavar="OUT.html", help="Write a report to open or print.")]
Clip = Annotated[Path | None, typer.Option("--save-clip", metavar="OUT.parquet", help="Write the landmarks seen.")]
Any_ = Annotated[bool, typer.Option("--any", help="Also count whatever movement repeats: watched, not judged.")]
Hold = Annotated[
    float | None, typer.Option("--hold", metavar="S", min=0, max=600, help="Seconds that a hold should last.")
]


def watch(
    source: Annotated[
        str | None, typer.Argument(metavar="FILE|CAMERA", help="A video file, or a camera's number.")
    ] = None,
    exercise: Exercise = "",
    demo: Annotated[bool, typer.Option("--demo", help="Watch the recording that ships with Uncrick.")] = False,
    model: Annotated[Literal["lite", "full", "heavy"], typer.Option(help="Size of the landmark model.")] = "full",
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads for each network.")] = 1,
    any_movement: Any_ = False,
    hold_s: Hold = None,
    as_json: Json = False,
    report: Report = None,
    annotate: Annotated[
        Path | None, typer.Option(metavar="OUT.mp4|.webm", help="Write the video, body drawn in; .webm is quicker.")
    ] = None,
    save_clip: Clip = None,
) -> None:
    """Watch a video file or a camera and say what the coach sees. Nothing is stored but the files you name."""
    from uncrick.app.looking import Wanted
    from uncrick.app.watching import demo_recording, watch_source

    if demo == (source is not None):
        remark("uncrick: give one thing to watch: a video file, a camera's number, or --demo")
        raise typer.Exit(2)
    path = demo_recording() if source is None else Path(source)
    camera = int(source) if source is not None and source.isdecimal() and not path.exists() else None
    wanted = Wanted(
        path if camera is None else camera, exercise, model, threads, hold_s, report, annotate, save_clip, any_movement
    )
    with problems_shown(), _progress(live=camera is not None) as progress:
        watched = watch_source(wanted, _teller(as_json), progress)
    _close(wanted, watched, as_json)


def replay(
    clip: Annotated[Path, typer.Argument(metavar="CLIP", help="Landmarks: .parquet, .npz, .jsonl, .trc or .c3d.")],
    exercise: Exercise = "",
    part: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which person or session of a file with several.")
    ] = None,
    yaw: Annotated[
        float | None,
        typer.Option(metavar="DEG", help="Camera of points in a room: 0 in front, 90 at the left."),
    ] = None,
    any_movement: Any_ = False,
    hold_s: Hold = None,
    as_json: Json = False,
    report: Report = None,
    save_clip: Clip = None,
) -> None:
    """Judge recorded landmarks exactly as if a camera saw them now."""
    from uncrick.app.looking import Wanted
    from uncrick.app.replaying import replay_clip

    wanted = Wanted(clip, exercise, hold_s=hold_s, report=report, clip=save_clip, any_movement=any_movement)
    with problems_shown():
        watched = replay_clip(wanted, part, yaw, _teller(as_json))
    _close(wanted, watched, as_json)


def _teller(as_json: bool) -> "Tell":
    """Return what tells an event: as a JSON line, or as a row of plain columns under a header."""
    from uncrick.app.browsing import read_words
    from uncrick.coach.events import event_record
    from uncrick.report.text import event_row, header_row

    if as_json:
        return lambda event: show_row(event_record(event))
    words, head = read_words(), [header_row()]

    def tell(event: "Event") -> None:
        row = event_row(event, words)
        sys.stdout.write("\n".join((*head, row)) + "\n")  # no head over a table that a problem keeps from coming
        head.clear()
        sys.stdout.flush()

    return tell


def _close(wanted: "Wanted", watched: "Watched", as_json: bool) -> None:
    """Print the summary, say what was not there or not whole, and leave with the exit code that fits."""
    from uncrick.app.looking import written_words
    from uncrick.coach.summary import nothing_record, summary_record

    if as_json:
        show_row(summary_record(watched.summary) if watched.summary else nothing_record(watched.end_s))
    for sentence in (*watched.says, *written_words(wanted, watched.problems)):
        remark(sentence)
    show_problems(watched.problems)
    if watched.interrupted:
        raise typer.Exit(INTERRUPTED)
    if watched.partial or watched.problems:
        raise typer.Exit(PROBLEMS)


@contextmanager
def _progress(live: bool) -> "Iterator[Progress]":
    """Show on stderr how far the watching is; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _t_s, _length_s: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("watching, Ctrl-C ends" if live else "watching", total=None)
        yield lambda t_s, length_s: bar.update(task, completed=t_s, total=length_s)
