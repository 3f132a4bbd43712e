"""`uncrick report`: one honest page for the next visit, as a PDF or as HTML."""

from pathlib import Path
from typing import Annotated

import typer

from uncrick.cli.talk import problems_shown, remark

EXAMPLE = "Example: uncrick report visit.pdf --weeks 6"


def report(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where it goes; a name that ends in .pdf or .html.")],
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=600, help="How many weeks up to today.")] = 12,
    person: Annotated[str, typer.Option("--person", help="Whose; needed where several people use this.")] = "",
    database: Annotated[str, typer.Option("--database", help="Another database: a path or a URL.")] = "",
) -> None:
    """Write one honest page for the next visit: asked, done, skipped and why, pain with the missing days shown.

    No score, no streak: counts, readings and their errors, and where there is too little data, that is what it says.
    """
    from datetime import UTC, datetime

    from uncrick.app.people import person_named
    from uncrick.app.records import open_records
    from uncrick.app.reporting import write_report

    with problems_shown():
        db = open_records(database or None)
        try:
            who = person_named(db, person)
            write_report(db, who, out, datetime.now(UTC).astimezone().date(), weeks)
        finally:
            db.close()
    remark(f"{out} is written; it stays on this machine until you give it to somebody")
