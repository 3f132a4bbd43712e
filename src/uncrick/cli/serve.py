"""`uncrick serve`: the coach on a page of this machine; what `uncrick` alone does."""

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: uncrick serve --port 9000 --no-browser"


def serve(
    port: Annotated[int, typer.Option(help="Port to serve on.", min=0, max=65535)] = 8642,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    lan: Annotated[
        bool, typer.Option("--lan", help="Also serve your home network, encrypted, so that a phone can be the screen.")
    ] = False,
    folder: Annotated[Path | None, typer.Option(help="Where running sessions are kept.", file_okay=False)] = None,
    database: Annotated[str, typer.Option(help="The records, a path or a URL; else the folder's, or your own.")] = "",
) -> None:
    """Start the coach in the browser, on this machine only."""
    from uncrick.errors import ProblemsError
    from uncrick.web.serving import Opened, Serving
    from uncrick.web.serving import serve as serve_pages

    def opened(what: Opened) -> None:
        for link in what.links:
            typer.echo(link)
        if what.code and sys.stderr.isatty():
            typer.echo(what.code, err=True)
            typer.echo("A phone in your home network opens the coach with this code, by its camera.", err=True)
        for line in filter(None, (what.note, what.trouble)):
            typer.echo(line, err=True)
        typer.echo("The coach is ready. Ctrl-C ends it; a session that is on can be gone on with.", err=True)
        if browser:
            webbrowser.open(what.links[0])

    try:
        serve_pages(Serving(port, lan, folder, database), opened)
    except ProblemsError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(1) from error
