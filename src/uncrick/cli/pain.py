"""`uncrick pain`: how it hurts now, and how the morning after a session was."""

from typing import Annotated

import typer

from uncrick.cli.here import DatabaseOption, PersonOption, records_of
from uncrick.cli.talk import remark

MORNING_EXAMPLE = "Example: uncrick pain morning 2"
NOW_EXAMPLE = "Example: uncrick pain now 3"

app = typer.Typer(help="Rate pain, 0-10: this morning, or now at rest.", no_args_is_help=True, rich_markup_mode=None)

Level = Annotated[int, typer.Argument(metavar="N", min=0, max=10, help="0 is none, 10 the worst there can be.")]


@app.command("morning", epilog=MORNING_EXAMPLE)
def morning(
    level: Level,
    settled: Annotated[
        bool | None,
        typer.Option("--settled/--not-settled", help="Whether yesterday's pain settled, where your plan's rule asks."),
    ] = None,
    database: DatabaseOption = "",
    person: PersonOption = "",
) -> None:
    """Rate this morning: it decides whether the session of the evening before was too much."""
    from uncrick.app.evening import evening_of
    from uncrick.app.planning import reason_text
    from uncrick.app.recording import rate_morning
    from uncrick.app.whose import local_now

    with records_of(database, person) as (db, who):
        now = local_now()
        before = evening_of(db, who.id, now).sheet
        rate_morning(db, who.id, level, now, settled)
        sheet = evening_of(db, who.id, now).sheet
    typer.echo(f"Kept: {level} of 10 this morning.")
    if not before.mornings and before.settling is None:
        typer.echo("No session of yesterday evening waits for it; it is kept as a rating all the same.")
    if sheet.settling is not None:
        rose_to = sheet.settling.rose_to
        remark(
            f"yesterday it rose to {rose_to}: once it is back to what it was, uncrick pain morning {level} --settled"
        )
    for reason in sheet.advice:
        typer.echo(reason_text(reason)[0])


@app.command("now", epilog=NOW_EXAMPLE)
def now_(level: Level, database: DatabaseOption = "", person: PersonOption = "") -> None:
    """Rate pain at rest now: the sheet of this evening heeds it."""
    from uncrick.app.answering import put_pain
    from uncrick.app.pain import may_begin
    from uncrick.app.whose import local_now

    with records_of(database, person) as (db, who):
        put_pain(db, who.id, "rest", level, local_now())
    typer.echo(f"Kept: {level} of 10 at rest.")
    refusal = may_begin(level)
    if refusal is not None:
        typer.echo(f"{refusal.says} {refusal.why}")
