"""`uncrick doctor`: whether this machine has what is needed, and what to do if not."""

from typing import Annotated

import typer

from uncrick.cli.talk import PROBLEMS, show_row, show_table

EXAMPLE = "Example: uncrick doctor"


def doctor(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """Say what is installed, what is missing, and what to do about it. Opens no camera and no connection."""
    from dataclasses import asdict

    from uncrick.app.inspecting import inspect_machine

    findings = inspect_machine()
    if as_json:
        for finding in findings:
            show_row(asdict(finding))
    else:
        show_table(("what", "state", "detail"), [(f.what, f.state, f.says) for f in findings])
    if any(finding.state != "fine" and finding.needed for finding in findings):
        raise typer.Exit(PROBLEMS)
