"""`uncrick screen`: the safety questions in the terminal, and what every condition leaves out and why."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.talk import PROBLEMS, problems_shown, remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.app.screening import Interview, Outcome
    from uncrick.care.screening import Asked, Said

EXAMPLE = "Example: uncrick screen --verdicts --condition osteoporosis"

app = typer.Typer(rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of sentences and columns.")]
Conditions = Annotated[
    list[str] | None, typer.Option("--condition", help="Something you have, by its id; repeat it for several.")
]


@app.command(epilog=EXAMPLE)
def screen(
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Ask nothing: print what each condition does to each exercise.")
    ] = False,
    conditions: Conditions = None,
    list_: Annotated[bool, typer.Option("--list", help="Ask nothing: print the conditions and their ids.")] = False,
    short: Annotated[bool, typer.Option("--short", help="Ask the few questions before a session only.")] = False,
    save: Annotated[Path | None, typer.Option("--save", help="Keep the answers in this file.")] = None,
    number: Annotated[
        str, typer.Option("--emergency-number", help="Your own emergency number; else that of your records.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Ask the safety questions. Leaves with 1 when the answer is to talk to somebody first."""
    from uncrick.app.screening import check_conditions

    ids = tuple(conditions or ())
    with problems_shown():
        check_conditions(ids)
    if list_:
        _show_conditions(as_json)
    elif verdicts:
        _show_verdicts(ids, as_json)
    else:
        _ask(ids, short, save, number, as_json)


def _show_conditions(as_json: bool) -> None:
    from uncrick.app.screening import rulebook

    known = rulebook().conditions.values()
    if as_json:
        for c in known:
            show_row({"condition": c.id, "label": c.label, "level": c.level, "source": list(c.source)})
    else:
        show_table(("condition", "level", "what it is"), [(c.id, c.level, c.label) for c in known])


def _show_verdicts(ids: tuple[str, ...], as_json: bool) -> None:
    from uncrick.app.screening import verdict_rows

    rows = list(verdict_rows(ids))
    if not as_json:
        shown = [r for r in rows if r.verdict.ruling != "allow"]
        header = ("condition", "exercise", "verdict", "because")
        show_table(header, [(r.condition, r.exercise, r.verdict.ruling, ", ".join(r.verdict.rules)) for r in shown])
        remark(f"{len(rows) - len(shown)} of {len(rows)} are allowed and not shown; sources with --json")
        return
    for r in rows:
        rules = list(r.verdict.rules)
        cell = {"condition": r.condition, "exercise": r.exercise, "verdict": r.verdict.ruling}
        show_row(cell | {"rules": rules, "sources": list(r.sources)})


def _ask(ids: tuple[str, ...], short: bool, save: Path | None, number: str, as_json: bool) -> None:
    """Put one question after the other; an emergency ends the asking at once."""
    from uncrick.app.people import number_here
    from uncrick.app.screening import Interview, outcome, save_interview

    interview = Interview("short" if short else "full", ids)
    if not ids and not short:
        interview = Interview("full", asked_conditions())
    while (asked := interview.next()) is not None:
        interview = interview.answered(asked, said_of(asked))
    found = outcome(interview, number or number_here())
    if save is not None:
        with problems_shown():
            save_interview(interview, save)
    _show_outcome(found, interview, as_json)
    if found.assessment.level in ("emergency", "clinician"):
        raise typer.Exit(PROBLEMS)


def asked_conditions() -> tuple[str, ...]:
    """Ask which conditions somebody has, and return their ids."""
    from uncrick.app.screening import check_conditions, rulebook

    remark("Which of these do you have, or have you been told you have?")
    for condition in rulebook().conditions.values():
        remark(f"  {condition.id:<28}{condition.label}")
    ids = tuple(line_of("ids, with spaces between them; Enter for none").split())
    with problems_shown():
        check_conditions(ids)
    return ids


def line_of(prompt: str) -> str:
    """Return one line that a person types; the prompt goes to stderr, because stdout is data."""
    typer.echo(f"{prompt}: ", nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        remark("\nnothing was answered any more; what has been said so far is not kept")
        raise typer.Exit(PROBLEMS)
    return line.strip()


def said_of(asked: "Asked") -> "Said":
    """Ask until the answer is one of four words; ``why`` shows the reason and the source."""
    from uncrick.app.screening import source_words

    question = asked.question
    remark("")
    remark(question.plainer if asked.plainer else question.text)
    remark(f"  why: {question.why}" + (f" {question.help}" if question.help else ""))
    words: dict[str, Said] = {"y": "yes", "yes": "yes", "n": "no", "no": "no", "?": "not_sure", "not sure": "not_sure"}
    words |= {"s": "skipped", "skip": "skipped"}
    while True:
        answer = line_of("yes, no, not sure (?), skip, or source").lower()
        if answer in words:
            return words[answer]
        if answer == "source":
            for sentence in source_words(question.source):
                remark(f"  {sentence}")


def _show_outcome(found: "Outcome", interview: "Interview", as_json: bool) -> None:
    assessment = found.assessment
    if as_json:
        rows = {name: sorted(table) for name, table in (("left_out", found.left_out), ("gentler", found.gentler))}
        causes = [{"id": c.id, "level": c.level, "urgent": c.urgent} for c in assessment.causes]
        show_row({"level": assessment.level, "says": found.message, "causes": causes, **rows})
        return
    typer.echo(found.message)
    if assessment.level == "emergency":
        return
    urgent = [c for c in assessment.causes if c.level == "clinician"]
    for cause in urgent:
        when = {"same_day": ", today", "days": ", within days", "if_new": ", if this is new or getting worse"}
        typer.echo(f"  because of: {cause.id}{when.get(cause.urgent, '')}")
    if assessment.may_do:
        typer.echo(f"  still open meanwhile: {', '.join(sorted(assessment.may_do))}")
    if found.left_out and not urgent:
        typer.echo(f"  left out: {', '.join(sorted(found.left_out))}")
        typer.echo(f"  half as much, half as far: {', '.join(sorted(found.gentler)) or 'none'}")
    if interview.conditions:
        typer.echo("  why: uncrick screen --verdicts " + " ".join(f"--condition {c}" for c in interview.conditions))
