"""`uncrick learn`: an exercise from being shown it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from uncrick.cli.talk import problems_shown, remark, show_row

EXAMPLE = "Example: uncrick learn my_recording.mp4 --name side_reach --repetitions 5"


def learn(
    source: Annotated[Path, typer.Argument(metavar="CLIP|VIDEO", help="At least three repetitions, shown slowly.")],
    name: Annotated[str, typer.Option(metavar="ID", help="Its id: small letters, digits and _.")],
    repetitions: Annotated[int | None, typer.Option(min=3, help="How many are shown, if you know.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files are written.", file_okay=False)] = Path(),
    model: Annotated[Literal["lite", "full", "heavy"], typer.Option(help="Size of the landmark model.")] = "full",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Learn an exercise from a recording: a file to complete, its proof clip, and the golden events of that clip."""
    from uncrick.app.learning import learn_exercise

    with problems_shown():
        shown = learn_exercise(source, name, repetitions, out, model)
    learned = shown.learned
    moves = [{"measure": m.measure, "rest": round(m.rest, 3), "far": round(m.far, 3)} for m in learned.moves]
    if as_json:
        record: dict[str, object] = {"id": name, "view": learned.view, "n_repetitions": learned.n_reps, "moves": moves}
        record |= {"tempo_s": round(learned.tempo_s, 2), "hold_s": round(learned.hold_s, 2), "side": learned.side}
        show_row(record | {"counted": shown.counted, "written": [str(path) for path in shown.written]})
    remark(f"{learned.n_reps} repetitions of about {learned.tempo_s:.1f} s, seen from the {learned.view}.")
    remark(f"Counted by {learned.main.measure}; in its own recording the new file finds {shown.counted}.")
    if shown.counted != learned.n_reps:
        remark(f"These differ. How many were shown? Say so, for example: --repetitions {shown.counted}")
    remark("A person must complete it: what it asks of a body, start, cues, stops, dose. It is not screened yet.")
    for path in shown.written:
        remark(f"Written: {path}")
    remark(f"Try it: uncrick watch VIDEO --exercise {shown.written[0]}")
