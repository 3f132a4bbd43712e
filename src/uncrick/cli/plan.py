"""`uncrick plan`: make, check, sign and show a plan that is a file; the other orders of `plan` join it here."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from uncrick.cli import plan_kept, plan_print, plan_tonight
from uncrick.cli.plan_words import amount_words, day_of
from uncrick.cli.talk import problems_shown, remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.app.planning import ReadPlan

NEW_EXAMPLE = "Example: uncrick plan new --programme gentle_start --by 'Kim' > plan.yaml"
CHECK_EXAMPLE = "Example: uncrick plan check plan.yaml --key ann_lee.pub"
KEY_EXAMPLE = "Example: uncrick plan key ann_lee.key"
SIGN_EXAMPLE = "Example: uncrick plan sign plan.yaml --key ann_lee.key -o plan_signed.yaml"
SHOW_EXAMPLE = "Example: uncrick plan show plan.yaml"

app = typer.Typer(
    help="Plans: make, check, sign, show, add, tonight, history.", no_args_is_help=True, rich_markup_mode=None
)
app.command("print", epilog=plan_print.EXAMPLE)(plan_print.print_plan)
app.command("add", epilog=plan_kept.ADD_EXAMPLE)(plan_kept.add)
app.command("history", epilog=plan_kept.HISTORY_EXAMPLE)(plan_kept.history)
app.command("tonight", epilog=plan_tonight.EXAMPLE)(plan_tonight.tonight)

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of columns.")]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="A plan file, or one closed for you (.age).")]
Identity = Annotated[Path | None, typer.Option("--identity", help="Your key file, to open a plan closed for you.")]
PublicKey = Annotated[Path | None, typer.Option("--key", help="The therapist's public key: the plan must be theirs.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", help="Write here instead of to stdout.")]
Day = Annotated[str, typer.Option("--on", help="A day, like 2026-11-22; today without.")]
Conditions = Annotated[
    list[str] | None, typer.Option("--condition", help="Something you have, by its id; repeat it for several.")
]


@app.command("programmes", epilog="Example: uncrick plan programmes --json")
def programmes(as_json: Json = False) -> None:
    """List the programmes that ship."""
    from dataclasses import asdict

    from uncrick.app.planning import programmes

    known = programmes().values()
    if as_json:
        for programme in known:
            show_row(asdict(programme))
        return
    rows = [(p.id, f"{p.minutes} min", p.place, ", ".join(x.exercise for x in p.portions)) for p in known]
    show_table(("programme", "length", "place", "exercises"), rows)


@app.command("new", epilog=NEW_EXAMPLE)
def new(
    programme: Annotated[str, typer.Option("--programme", help="Which; without, it is chosen by what follows.")] = "",
    part: Annotated[Literal["upper", "lower"], typer.Option("--part", help="The part of the back.")] = "lower",
    minutes: Annotated[int, typer.Option("--minutes", min=1, max=60, help="How long you have.")] = 8,
    place: Annotated[Literal["floor", "chair"], typer.Option("--place", help="Where you can be.")] = "floor",
    conditions: Conditions = None,
    have: Annotated[list[str] | None, typer.Option("--have", help="A prop you have, by its id; any without.")] = None,
    by: Annotated[str, typer.Option("--by", help="Your name.")] = "me",
    for_: Annotated[str, typer.Option("--for", help="Whom it is for; yourself without.")] = "",
    therapist: Annotated[bool, typer.Option("--therapist", help="You write it as their therapist.")] = False,
    on: Day = "",
    out: Out = None,
) -> None:
    """Make a plan from a programme, less what the conditions leave out. It is a text file: change what you like."""
    from uncrick.app.planning import Wish, chosen_programme, excluded_by, new_plan, save_plan
    from uncrick.app.screening import check_conditions
    from uncrick.plan.draft import Signatory

    ids = tuple(conditions or ())
    with problems_shown():
        check_conditions(ids)
        wish = Wish(part, minutes, place)
        who = Signatory(by, "therapist" if therapist else "person", for_ or by, day_of(on))
        excluded = excluded_by(ids, tuple(have) if have else None)
        text = new_plan(programme or chosen_programme(wish, excluded).id, who, excluded)
        if out is not None:
            save_plan(text, out)
    if out is None:
        typer.echo(text, nl=False)


@app.command("check", epilog=CHECK_EXAMPLE)
def check(plan: PlanFile, key: PublicKey = None, identity: Identity = None) -> None:
    """Check a plan: every problem with its line, and who signed it."""
    from uncrick.app.planning import read_plan

    with problems_shown():
        read = read_plan(plan, identity, key)
    n = len(read.plan.prescriptions)
    typer.echo(f"{read.plan.title}: {n} exercise{'s' if n != 1 else ''}, from {read.plan.from_on}")
    if read.seal is None:
        typer.echo("not signed")
    else:
        typer.echo(f"signed by {read.seal.by} on {read.seal.on}, key {read.seal.fingerprint}")
    if (read.plan.relaxations or read.plan.clearances) and not read.trusted:
        typer.echo("what it relaxes or clears does not count: give their public key with --key")


@app.command("key", epilog=KEY_EXAMPLE)
def key(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where the private key goes; it must not exist yet.")],
    person: Annotated[bool, typer.Option("--person", help="A key to open plans with, not one to sign.")] = False,
    lock: Annotated[bool, typer.Option("--lock", help="Ask for a passphrase that locks it.")] = False,
) -> None:
    """Make a key: the private part goes to a file that only you can read, the public part is printed."""
    from uncrick.app.planning import new_person_key, new_signing_key

    passphrase = typer.prompt("passphrase", hide_input=True, confirmation_prompt=True, err=True) if lock else ""
    with problems_shown():
        typer.echo(new_person_key(path) if person else new_signing_key(path, passphrase))
    remark(f"{path} is private; give away only what is printed above")


@app.command("sign", epilog=SIGN_EXAMPLE)
def sign(
    plan: PlanFile,
    key: Annotated[Path, typer.Option("--key", help="Your private key.")],
    for_: Annotated[str, typer.Option("--for", help="Close it for this person, by their public key (age1...).")] = "",
    unlock: Annotated[bool, typer.Option("--unlock", help="Ask for the passphrase of the key.")] = False,
    on: Day = "",
    out: Out = None,
) -> None:
    """Sign a plan, and close it for one person's eyes if asked to."""
    from uncrick.app.planning import closed_text, read_plan, save_plan, signed

    passphrase = typer.prompt("passphrase", hide_input=True, err=True) if unlock else ""
    with problems_shown():
        text = signed(read_plan(plan), key, passphrase, day_of(on))
        if out is not None:
            save_plan(text, out, for_)
        else:
            typer.echo(closed_text(text, for_), nl=False)


@app.command("show", epilog=SHOW_EXAMPLE)
def show(plan: PlanFile, identity: Identity = None, key: PublicKey = None, as_json: Json = False) -> None:
    """Show what a plan asks."""
    from uncrick.app.planning import read_plan

    with problems_shown():
        read = read_plan(plan, identity, key)
    if as_json:
        for p in read.plan.prescriptions:
            amount = p.amount._asdict()
            show_row({"prescription": p.id, **amount, "sides": p.sides, "days": list(p.days), "at": list(p.at)})
        return
    _show_plan(read)


def _show_plan(read: "ReadPlan") -> None:
    plan = read.plan
    typer.echo(f"{plan.title}, for {plan.for_person}, by {plan.written_by} on {plan.written_on}")
    typer.echo(f"from {plan.from_on}" + (f" until {plan.until}" if plan.until else ""))
    for goal in plan.goals:
        typer.echo(f"goal: {goal}")
    rows = []
    for p in plan.prescriptions:
        days = "daily" if len(p.days) == 7 else " ".join(p.days)
        rows.append((p.amount.exercise, amount_words(p.amount), days, " ".join(p.at), p.note))
    show_table(("exercise", "how much", "days", "at", "note"), rows)
