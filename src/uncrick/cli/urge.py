"""`uncrick urge`: a minute of something else when the back wants to be popped, and whether the urge fades."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.here import DatabaseOption, Json, PersonOption, rating, records_of
from uncrick.cli.talk import PROBLEMS, remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.app.records import Database
    from uncrick.app.urge import Minute, Trend

EXAMPLE = "Example: uncrick urge --urge 6 --stiffness 4"

DIRECTIONS = {
    "fading": "The urge is fading over these weeks.",
    "growing": "The urge is growing over these weeks.",
    "steady": "The urge is about the same over these weeks.",
    "too_little": "Too few urges were kept to say which way it goes: a week needs three.",
}


def urge(
    strength: Annotated[int | None, typer.Option("--urge", min=0, max=10, help="How strong, 0-10.")] = None,
    stiffness: Annotated[int | None, typer.Option("--stiffness", min=0, max=10, help="How stiff, 0-10.")] = None,
    after: Annotated[int | None, typer.Option("--after", min=0, max=10, help="The urge after the minute.")] = None,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Count the minute down.")] = True,
    only_trend: Annotated[bool, typer.Option("--trend", help="Ask nothing: show the last weeks.")] = False,
    database: DatabaseOption = "",
    person: PersonOption = "",
    as_json: Json = False,
) -> None:
    """Do something else for a minute instead of popping, from tonight's sheet, and keep how strong the urge was.

    How often a joint pops is never counted.
    """
    from uncrick.app.urge import minute_for, trend_of
    from uncrick.app.whose import local_now

    with records_of(database, person) as (db, who):
        if only_trend:
            _show_trend(trend_of(db, who.id, local_now()), as_json)
            return
        minute = minute_for(db, who.id, local_now())
        if minute.level == "emergency":
            typer.echo(minute.message)
            raise typer.Exit(PROBLEMS)
        before = strength if strength is not None else rating("how strong is the urge to pop")
        stiff = stiffness if stiffness is not None else rating("how stiff is the back")
        if before is None or stiff is None:
            remark("without a rating nothing is kept; the minute is yours all the same")
        _offer(minute, wait)
        later = after if after is not None else rating("how strong is the urge now")
        if before is not None and stiff is not None:
            _keep(db, who.id, (before, stiff, later), minute)
        _show_trend(trend_of(db, who.id, local_now()), as_json)


def _keep(db: "Database", person: str, rated: tuple[int, int, int | None], minute: "Minute") -> None:
    from uncrick.app.urge import log_urge
    from uncrick.app.whose import local_now
    from uncrick.care.urge import Urge

    log_urge(db, person, Urge(local_now(), *rated), minute.swap)


def _offer(minute: "Minute", wait: bool) -> None:
    """Say what to do for a minute, and count it down."""
    from uncrick.app.screening import exercise_name

    if minute.waits:
        typer.echo("The safety questions are due before any exercise: uncrick plan tonight. Until then:")
    for exercise, n_reps in minute.swap.parts:
        gently = ", half as far as usual" if exercise in minute.half else ""
        times = "once" if n_reps == 1 else f"{n_reps} times"
        typer.echo(f"{exercise_name(exercise)}: {times}{gently}. Stop when it hurts.")
    if not minute.swap.parts:
        typer.echo("Stand up if you can, breathe slowly, and walk a few steps.")
    if wait:
        _count_down(60)


def _count_down(whole_s: int) -> None:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    for _ in track(range(whole_s), description="a minute", console=console, disable=not console.is_terminal):
        time.sleep(1)


def _show_trend(trend: "Trend", as_json: bool) -> None:
    if as_json:
        for week in trend.weeks:
            ratings = {"urge": week.middle, "stiffness": week.middle_stiffness}
            show_row({"week_from": week.from_on.isoformat(), "urges": week.n_urges, **ratings})
        show_row({"direction": trend.direction, "says": DIRECTIONS[trend.direction]})
        return
    cells = [(str(w.from_on), str(w.n_urges), _middle(w.middle), _middle(w.middle_stiffness)) for w in trend.weeks]
    show_table(("week from", "urges", "urge", "stiffness (middle values, self-reported)"), cells)
    typer.echo(DIRECTIONS[trend.direction])


def _middle(value: float | None) -> str:
    return "too few" if value is None else f"{value:g}"
