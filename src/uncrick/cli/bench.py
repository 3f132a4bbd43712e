"""`uncrick bench`: how fast this machine sees and judges, as ratios measured in one run."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from uncrick.cli.talk import problems_shown, remark, show_row, show_table

EXAMPLE = "Example: uncrick bench --model lite"


def bench(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A recording of one person; the demo without.")
    ] = None,
    model: Annotated[Literal["lite", "full", "heavy"], typer.Option(help="Size of the landmark model.")] = "full",
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads for each network.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Measure decoding alone, the landmark model alone, the whole pipeline, and the engine, turn by turn in one run."""
    from dataclasses import asdict

    from uncrick.app.benchmarking import benchmark
    from uncrick.app.watching import demo_recording

    remark("measuring, about a minute")
    with problems_shown():
        result = benchmark(file or demo_recording(), model, threads)
    record = {
        key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(result.speed).items()
    }
    record |= {"engine_us_median": round(result.engine_us_median, 1), "engine_exercise": result.exercise}
    if as_json:
        show_row(record)
    else:
        show_table(("number", "value"), [(key, str(value)) for key, value in record.items()])
