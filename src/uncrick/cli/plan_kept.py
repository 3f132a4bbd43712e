"""`uncrick plan add` and `uncrick plan history`: the plan that holds, and everything that was decided about it."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.here import DatabaseOption, Json, PersonOption, records_of
from uncrick.cli.plan_words import amount_words
from uncrick.cli.talk import remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.app.plans import KeptDecision, KeptPlan

ADD_EXAMPLE = "Example: uncrick plan add plan.yaml --key ann_lee.pub"
HISTORY_EXAMPLE = "Example: uncrick plan history --days 30"


def add(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="A plan file, or one closed for you (.age).")],
    key: Annotated[
        Path | None, typer.Option("--key", help="The therapist's public key: the plan must be theirs.")
    ] = None,
    identity: Annotated[
        Path | None, typer.Option("--identity", help="Your key file, for a plan closed for you.")
    ] = None,
    database: DatabaseOption = "",
    person: PersonOption = "",
) -> None:
    """Keep a plan: from now on it holds, in the place of the one before. Of one with a problem nothing is kept."""
    from uncrick.app.planning import public_key, read_plan
    from uncrick.app.plans import add_plan

    with records_of(database, person) as (db, who):
        read = read_plan(plan, identity, key)
        kept = add_plan(db, who.id, read.text, public_key(key) if key is not None else "", str(plan))
    n = len(read.plan.prescriptions)
    typer.echo(f"{kept.title}: {n} exercises, from {read.plan.from_on}, kept for {who.name}.")
    if kept.trusted:
        typer.echo(f"Signed by {kept.written_by}, with a key that you know.")
    elif read.plan.author == "therapist":
        typer.echo("Nobody whose key you know has signed it: what it relaxes or clears does not count (--key).")


def history(
    days: Annotated[int, typer.Option("--days", min=1, max=36500, help="How far back.")] = 90,
    same: Annotated[bool, typer.Option("--all", help="Also evenings on which nothing changed.")] = False,
    database: DatabaseOption = "",
    person: PersonOption = "",
    as_json: Json = False,
) -> None:
    """List a person's plans, and what was decided about them: when, what, why, and what would undo it."""
    from uncrick.app.plans import decisions, plans
    from uncrick.app.whose import local_now

    with records_of(database, person) as (db, who):
        kept = plans(db, who.id)
        since = local_now().date() - timedelta(days=days)
        decided = [(one, made) for one in kept for made in decisions(db, one.id, since)]
    decided = [(one, made) for one, made in decided if same or made.decision.change != "same"]
    if as_json:
        _show_records(kept, decided)
        return
    if not kept:
        remark("there is no plan yet; uncrick plan new, then uncrick plan add")
        return
    rows = [(p.title, p.written_by, str(p.added_at.date()), str(p.ended_at.date()) if p.ended_at else "") for p in kept]
    show_table(("plan", "by", "since", "until"), rows)
    if decided:
        show_table(("day", "what", "change", "to", "why"), [_row(made) for _, made in decided])
    else:
        remark(f"nothing has changed in {days} days (--all shows every evening)")


def _row(made: "KeptDecision") -> tuple[str, str, str, str, str]:
    from uncrick.app.planning import change_text

    decision = made.decision
    says, undo = change_text(decision.rule, decision.inputs)
    to = f"{decision.after.exercise} {amount_words(decision.after)}"
    return str(made.on_day), decision.prescription, decision.change, to, f"{says} {undo}"


def _show_records(kept: "tuple[KeptPlan, ...]", decided: "list[tuple[KeptPlan, KeptDecision]]") -> None:
    from uncrick.app.planning import change_text

    for plan in kept:
        ended = plan.ended_at.isoformat() if plan.ended_at else None
        head = {"plan": plan.plan_id, "title": plan.title, "by": plan.written_by, "trusted": plan.trusted}
        show_row(head | {"since": plan.added_at.isoformat(), "until": ended, "sha256": plan.sha256})
    for plan, made in decided:
        decision = made.decision
        says, undo = change_text(decision.rule, decision.inputs)
        row: dict[str, object] = {
            "on": made.on_day.isoformat(),
            "plan": plan.plan_id,
            "prescription": decision.prescription,
        }
        row |= {"change": decision.change, "rule": decision.rule, "inputs": dict(decision.inputs)}
        amounts = {"before": decision.before._asdict(), "after": decision.after._asdict()}
        show_row(row | amounts | {"says": says, "undo": undo})
