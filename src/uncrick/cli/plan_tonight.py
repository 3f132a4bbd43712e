"""`uncrick plan tonight`: tonight's sheet, from the records with all that was done, or from a plan that is a file."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.here import DatabaseOption, Json, PersonOption, rating, records_of
from uncrick.cli.plan_words import amount_words, day_of
from uncrick.cli.screen import asked_conditions, line_of, said_of
from uncrick.cli.talk import PROBLEMS, problems_shown, remark, show_row, show_table
from uncrick.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from uncrick.app.evening import Asking, EveningSheet
    from uncrick.app.records import Database
    from uncrick.plan.past import Settling
    from uncrick.plan.tonight import Tonight

EXAMPLE = "Example: uncrick plan tonight --pain 2"

Hours = Annotated[float | None, typer.Option("--hours-up", min=0, max=48, help="With a file: hours since you rose.")]


def tonight(
    plan: Annotated[Path | None, typer.Argument(metavar="[PLAN]", help="A plan file; without, your records.")] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="With a file: answers that 'uncrick screen --save' kept.")
    ] = None,
    pain: Annotated[int | None, typer.Option("--pain", min=0, max=10, help="Pain at rest now, 0-10.")] = None,
    hours_up: Hours = None,
    sat: Annotated[float | None, typer.Option("--sat", min=0, max=48, help="Hours you have just been sitting.")] = None,
    fell: Annotated[bool, typer.Option("--fell", help="You fell or had an accident since the last time.")] = False,
    identity: Annotated[
        Path | None, typer.Option("--identity", help="Your key file, for a plan closed for you.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="The therapist's public key.")] = None,
    on: Annotated[str, typer.Option("--on", help="With a file: a day, like 2026-11-22; today without.")] = "",
    ask: Annotated[bool, typer.Option("--ask/--no-ask", help="Ask what is due before showing the sheet.")] = True,
    database: DatabaseOption = "",
    person: PersonOption = "",
    as_json: Json = False,
) -> None:
    """Print tonight's sheet: what the plan asks, less what your answers leave out, with a reason for everything.

    Without a file it comes from your records: the questions that are due are asked first, and what was done, stopped
    and felt before decides. With a file it is the first evening of that plan. Leaves with 1 when you should talk to
    somebody first.
    """
    if plan is not None:
        with problems_shown():
            _of_file(plan, answers, (hours_up, sat, pain), (identity, key, on), as_json)
        return
    from uncrick.app.evening import Asking

    with records_of(database, person) as (db, who):
        found = _asked(db, who.id, Asking(rest_pain=pain, fell=fell, sat_h=sat), ask)
    _show_evening(found, as_json)
    if found.sheet.assessment.level in ("emergency", "clinician"):
        raise typer.Exit(PROBLEMS)


def _of_file(
    plan: Path,
    answers: Path | None,
    hours: tuple[float | None, float | None, int | None],
    trust: tuple[Path | None, Path | None, str],
    as_json: bool,
) -> None:
    from uncrick.app.people import number_here
    from uncrick.app.planning import Now, read_plan, sheet
    from uncrick.app.screening import open_interview, outcome

    if answers is None:
        says = "a plan file knows no answers"
        raise ProblemsError([Problem("--answers", says, "name answers, or: uncrick plan add FILE")])
    identity, key, on = trust
    interview = open_interview(answers)
    found = sheet(read_plan(plan, identity, key), interview, Now(day_of(on), *hours))
    if as_json:
        _show_sheet_rows(found)
        return
    if found.level in ("emergency", "clinician"):
        typer.echo(outcome(interview, number_here()).message)
    _show_sheet(found)


def _asked(db: "Database", person: str, asking: "Asking", ask: bool) -> "EveningSheet":
    """Ask what is due, one after the other, and return the evening; an emergency ends the asking at once."""
    from uncrick.app.answering import answer_now, conditions, put_answer, put_conditions, put_pain
    from uncrick.app.evening import evening_of
    from uncrick.app.whose import local_now

    now = local_now()
    if asking.rest_pain is not None:
        put_pain(db, person, "rest", asking.rest_pain, now)
    found = evening_of(db, person, now, asking)
    if not ask:
        return found
    _ask_morning(db, person, found, now)
    if found.sheet.because == "first_time" and found.sheet.questions and not conditions(db, person):
        put_conditions(db, person, asked_conditions(), (), now.date())
    if found.sheet.questions:
        remark(found.because)
    found = evening_of(db, person, local_now(), asking)
    while found.sheet.questions:
        asked = found.sheet.questions[0]
        put_answer(db, person, answer_now(asked.question.id, said_of(asked), local_now(), plainer=asked.plainer))
        found = evening_of(db, person, local_now(), asking)
    return found


def _ask_morning(db: "Database", person: str, found: "EveningSheet", now: datetime) -> None:
    from uncrick.app.recording import rate_morning

    sheet, settling = found.sheet, found.sheet.settling
    if sheet.assessment.level == "emergency" or not (sheet.mornings or settling):
        return
    level = settling.morning if settling else None
    if sheet.mornings:
        level = rating("how much did it hurt this morning, after yesterday's session")
    if level is not None:
        rate_morning(db, person, level, now, _settled(settling) if settling else None)


def _settled(settling: "Settling") -> bool | None:
    """Ask whether pain that had hours to settle has done so; anything but yes and no is no answer."""
    asked = f"within {settling.within_h:g} hours, was it back to what it was before the session: yes, or not yet (no)"
    said = line_of(f"yesterday it rose to {settling.rose_to}; {asked}").lower()
    return {"yes": True, "y": True, "no": False, "n": False}.get(said)


def _show_evening(found: "EveningSheet", as_json: bool) -> None:
    from uncrick.app.planning import reason_record, reason_text

    sheet = found.sheet
    if as_json:
        for reason in sheet.advice:
            show_row({"advice": reason.rule, "reasons": [reason_record(reason)]})
        due = [asked.question.id for asked in sheet.questions]
        plan = found.plan.title if found.plan else ""
        head = {"plan": plan, "says": found.message, "questions_due": due, "because": found.because}
        show_row(head | {"days_in_a_row": sheet.n_days})
        _show_sheet_rows(sheet.tonight)
        return
    if sheet.assessment.level in ("emergency", "clinician"):
        typer.echo(found.message)
    if sheet.assessment.level == "emergency":
        return
    if found.refused:
        remark(found.refused)
    elif found.plan is None:
        typer.echo("There is no plan yet; the four of the article stand in. uncrick plan new, then uncrick plan add")
    for reason in sheet.advice:
        typer.echo(reason_text(reason)[0])
    for decision in found.decided.decisions if found.decided else ():
        if decision.change != "same":
            _show_change(decision.prescription, decision.change, decision.rule, decision.inputs)
    _show_sheet(sheet.tonight)


def _show_change(id_: str, change: str, rule: str, inputs: tuple[tuple[str, float | str], ...]) -> None:
    from uncrick.app.planning import change_text

    says, undo = change_text(rule, inputs)
    typer.echo(f"{change}: {id_}. {says} {undo}")


def _show_sheet(found: "Tonight") -> None:
    from uncrick.app.planning import reason_text

    for reason in found.reasons:
        typer.echo(reason_text(reason)[0])
    if found.items:
        rows = []
        for item in found.items:
            whys = [f"in place of {item.instead_of}"] if item.instead_of else []
            whys += [reason_text(reason)[0] for reason in item.reasons]
            rows.append((item.amount.exercise, amount_words(item.amount), f"{100 * item.depth:.0f} %", " ".join(whys)))
        show_table(("tonight", "how much", "how far", "why"), rows)
    for left in found.left_out:
        says, undo = reason_text(left.reason)
        typer.echo(f"not tonight: {left.exercise}. {says} {undo}")


def _show_sheet_rows(found: "Tonight") -> None:
    from uncrick.app.planning import reason_record

    for item in found.items:
        amount = item.amount._asdict()
        reasons = [reason_record(r) for r in item.reasons]
        row = {"tonight": item.prescription, **amount, "depth": item.depth, "speed": item.speed}
        show_row(row | {"instead_of": item.instead_of, "reasons": reasons})
    for left in found.left_out:
        row = {"left_out": left.prescription, "exercise": left.exercise, "offer": list(left.offer)}
        show_row(row | {"reasons": [reason_record(left.reason)]})
    show_row({"level": found.level, "on": found.on.isoformat(), "reasons": [reason_record(r) for r in found.reasons]})
