"""`uncrick exercises`, `measures` and `check`: what the library holds, and whether a file may join it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.talk import PROBLEMS, problems_shown, remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.exercise.definition import Exercise
    from uncrick.exercise.words import ExerciseWords

EXERCISES_EXAMPLE = "Example: uncrick exercises chair_spinal_twist --draw"
MEASURES_EXAMPLE = "Example: uncrick measures --json"
CHECK_EXAMPLE = "Example: uncrick check my_exercise.yaml"

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of columns.")]


def exercises(
    id_: Annotated[
        str | None, typer.Argument(metavar="ID|FILE", help="One exercise, or a file of yours; all without.")
    ] = None,
    draw: Annotated[bool, typer.Option("--draw", help="Draw the phases, the repetition and the cues.")] = False,
    as_json: Json = False,
) -> None:
    """List the exercises, or show one: how to do it, how much, what the camera judges and what it cannot."""
    from uncrick.app.browsing import all_exercises, exercise_drawing, exercise_record, one_exercise

    with problems_shown():
        wanted = [one_exercise(id_)] if id_ else all_exercises()
    if as_json:
        for exercise, words in wanted:
            show_row(exercise_record(exercise, words))
    elif draw:
        sys.stdout.write("\n".join(exercise_drawing(exercise) for exercise, _ in wanted))
    elif id_:
        sys.stdout.write(_page(*wanted[0]))
    else:
        header = ("id", "view", "repetitions", "hold", "name")
        show_table(header, [_row(exercise, words) for exercise, words in wanted])


def measures(as_json: Json = False) -> None:
    """List every number the camera may judge, from where it must stand, and how sure it is."""
    from dataclasses import asdict

    from uncrick.app.browsing import all_measures

    if as_json:
        for measure in all_measures():
            show_row(asdict(measure))
        return
    header = ("measure", "view", "error", "what it is")
    show_table(header, [(m.name, m.view, f"± {m.error:g} {m.unit}", m.says) for m in all_measures()])


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Exercise, measure or words files.")],
    as_json: Json = False,
) -> None:
    """Check files that you wrote: every problem, with its line, or silence."""
    from dataclasses import asdict

    from uncrick.app.browsing import check_file

    with problems_shown():
        found = [problem for path in files for problem in check_file(path)]
    for problem in found:
        if as_json:
            show_row(asdict(problem))
        else:
            sys.stdout.write(f"{problem}\n")
    if found:
        remark(f"{len(found)} problem{'s' if len(found) > 1 else ''} found")
        raise typer.Exit(PROBLEMS)


def _row(exercise: "Exercise", words: "ExerciseWords") -> tuple[str, ...]:
    dose = exercise.dose
    sides = " a side" if dose.both_sides else ""
    hold = f"{dose.hold_s:g} s" if dose.hold_s else "-"
    return exercise.id, exercise.view, f"{dose.reps}{sides}", hold, words.name


def _page(exercise: "Exercise", words: "ExerciseWords") -> str:
    """Return one exercise as people read it in a terminal."""
    from uncrick.app.browsing import what_is_judged

    dose = exercise.dose
    sides = ", each side" if dose.both_sides else ""
    lines = [words.name, "=" * len(words.name), "", words.start, ""]
    lines += [f"{i}. {step}" for i, step in enumerate(words.steps, 1)]
    lines += ["", f"Easier: {words.easier}", f"Harder: {words.harder}", ""]
    lines += [
        f"How much: {dose.sets} x {dose.reps} repetitions, held {dose.hold_s:g} s{sides}, {dose.times_per_day} a day."
    ]
    lines += [
        "",
        f"The camera sees ({exercise.view} view):",
        *(f"  - {cue}" for cue in what_is_judged(exercise, words)),
    ]
    lines += ["", f"Source: {', '.join(exercise.source)}; dose: {', '.join(dose.source)} (docs/sources.bib)", ""]
    return "\n".join(lines)
