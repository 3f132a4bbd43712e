"""`uncrick plan print`: a plan with pictures for paper, as a PDF or as one HTML page."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from uncrick.cli.talk import problems_shown, remark

EXAMPLE = "Example: uncrick plan print plan.yaml --out plan.pdf"


def print_plan(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="A plan file, or one closed for you (.age).")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Where it goes; a name that ends in .pdf or .html.")],
    paper: Annotated[Literal["a4", "us-letter"], typer.Option("--paper", help="The size of a PDF's pages.")] = "a4",
    key: Annotated[
        Path | None, typer.Option("--key", help="The therapist's public key: the plan must be theirs.")
    ] = None,
    identity: Annotated[
        Path | None, typer.Option("--identity", help="Your key file, to open a plan closed for you.")
    ] = None,
) -> None:
    """Print a plan with pictures: figures, steps, boxes to tick, the stop rule on top, and the file as a QR code."""
    from uncrick.app.planning import read_plan
    from uncrick.app.printing import print_plan

    with problems_shown():
        is_less = print_plan(read_plan(plan, identity, key), out, paper)
    remark(f"{out} is written")
    if is_less:
        remark("what only a therapist may decide is left out of it: give their public key with --key")
