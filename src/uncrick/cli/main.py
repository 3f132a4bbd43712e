"""The command line: one command a thing a person can do here."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from uncrick.cli import (
    batch,
    bench,
    crack,
    desk,
    doctor,
    learn,
    library,
    pain,
    people,
    plan,
    records,
    report,
    screen,
    serve,
    urge,
    watch,
)

app = typer.Typer(
    name="uncrick",
    help="A local-first coach for stiff backs: it guides gentle stretches, watches them, and stops when it hurts.",
    epilog="Example: uncrick watch --demo",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve", epilog=serve.EXAMPLE)(serve.serve)
app.command("watch", epilog=watch.WATCH_EXAMPLE)(watch.watch)
app.command("replay", epilog=watch.REPLAY_EXAMPLE)(watch.replay)
app.command("batch", epilog=batch.EXAMPLE)(batch.batch)
app.command("learn", epilog=learn.EXAMPLE)(learn.learn)
app.command("exercises", epilog=library.EXERCISES_EXAMPLE)(library.exercises)
app.command("measures", epilog=library.MEASURES_EXAMPLE)(library.measures)
app.command("check", epilog=library.CHECK_EXAMPLE)(library.check)
app.command("screen", epilog=screen.EXAMPLE)(screen.screen)
app.add_typer(plan.app, name="plan")
app.command("people", epilog=people.EXAMPLE)(people.people)
app.add_typer(pain.app, name="pain")
app.command("urge", epilog=urge.EXAMPLE)(urge.urge)
app.command("report", epilog=report.EXAMPLE)(report.report)
app.add_typer(crack.app, name="crack")
app.add_typer(desk.app, name="desk")
app.command("export", epilog=records.EXPORT_EXAMPLE)(records.export)
app.command("import", epilog=records.IMPORT_EXAMPLE)(records.import_)
app.command("erase", epilog=records.ERASE_EXAMPLE)(records.erase)
app.command("backup", epilog=records.BACKUP_EXAMPLE)(records.backup)
app.command("restore", epilog=records.RESTORE_EXAMPLE)(records.restore)
app.command("doctor", epilog=doctor.EXAMPLE)(doctor.doctor)
app.command("bench", epilog=bench.EXAMPLE)(bench.bench)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("uncrick"))
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _all(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """A local-first coach for stiff backs: it guides gentle stretches, watches them, and stops when it hurts.

    Without a command it opens the coach in your browser.
    """
    if context.invoked_subcommand is None:
        serve.serve()


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
