"""The command line: one command a thing a person can do here."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from uncrick.cli import bench, doctor, library, watch

app = typer.Typer(
    name="uncrick",
    help="A local-first coach for stiff backs: it guides gentle stretches, watches them, and stops when it hurts.",
    epilog="Example: uncrick watch --demo",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("watch", epilog=watch.WATCH_EXAMPLE)(watch.watch)
app.command("replay", epilog=watch.REPLAY_EXAMPLE)(watch.replay)
app.command("exercises", epilog=library.EXERCISES_EXAMPLE)(library.exercises)
app.command("measures", epilog=library.MEASURES_EXAMPLE)(library.measures)
app.command("check", epilog=library.CHECK_EXAMPLE)(library.check)
app.command("doctor", epilog=doctor.EXAMPLE)(doctor.doctor)
app.command("bench", epilog=bench.EXAMPLE)(bench.bench)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("uncrick"))
        raise typer.Exit


@app.callback()
def _all(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """A local-first coach for stiff backs."""


def run() -> None:
    """Run the command line; a reader that goes away (`uncrick measures | head`) is no error."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("stopped from the keyboard", err=True)
        sys.exit(130)
