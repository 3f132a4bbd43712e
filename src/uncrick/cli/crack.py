"""`uncrick crack`: why a joint pops, as a simulation that is checked, and hearing one, without any promise."""

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from uncrick.cli.talk import PROBLEMS, problems_shown, remark, show_row, show_table

if TYPE_CHECKING:
    from uncrick.crack.hearing import Crack
    from uncrick.crack.pop import Pop

app = typer.Typer(
    name="crack",
    help="Why a joint pops: a checked simulation of both theories, and a detector that makes no promises.",
    epilog="Example: uncrick crack simulate --compliant",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of columns.")]
UNSETTLED = "scientists have not settled which of the two makes the sound, and no pop treats a stiff back"


def clean(record: dict[str, object]) -> dict[str, object]:
    """Return *record* with what is not a number as null, floats to six digits: what JSON can hold."""
    shown: dict[str, object] = {}
    for key, value in record.items():
        if isinstance(value, float):
            shown[key] = float(f"{value:.6g}") if math.isfinite(value) else None
        else:
            shown[key] = value
    return shown


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}" if math.isfinite(value) else "-"
    return str(value)


@contextmanager
def progress(says: str, total: float) -> Iterator[Callable[[float], None]]:
    """Show a bar on stderr while something takes its time; yields what moves it on."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(says, total=total)
        yield lambda done: bar.update(task, completed=done)


@app.command(epilog="Example: uncrick crack verify --json")
def verify(as_json: Json = False) -> None:
    """Check every equation against what is known, and the median joint against what was measured on people.

    Exits 1 when a gate fails. 'chosen' marks measurements that were used to choose a default: agreeing with those
    predicts nothing.
    """
    from dataclasses import asdict

    from uncrick.app.joints import verify as verify_all

    with problems_shown():
        gates = verify_all()
    if as_json:
        for gate in gates:
            show_row(clean({**asdict(gate), "passed": gate.passed}))
    else:
        header = ("case", "gate", "deviation", "limit", "got", "wanted", "source", "joint", "what")
        show_table(header, [
            (g.case, "passed" if g.passed else "FAILED", f"{g.deviation:.1e}", f"{g.limit:.0e}",
             f"{g.got:.6g} {g.unit}", f"{g.wanted} {g.unit}", g.source, g.joint,
             g.what + (" (used to choose a default)" if g.chosen else ""))
            for g in gates
        ])  # fmt: skip
    failed = [gate for gate in gates if not gate.passed]
    remark(f"{len(gates) - len(failed)} of {len(gates)} gates passed")
    if failed:
        raise typer.Exit(PROBLEMS)


@app.command(epilog="Example: uncrick crack simulate --stiff --set ramp_s=0.05 --report crack.html")
def simulate(
    stiff: Annotated[bool, typer.Option("--stiff", help="A capsule that hardly gives: the cavity stays.")] = False,
    compliant: Annotated[bool, typer.Option("--compliant", help="A capsule that gives: the cavity collapses.")] = False,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Set a number.")] = None,
    numbers: Annotated[bool, typer.Option("--numbers", help="List the numbers that can be set, and leave.")] = False,
    report: Annotated[Path | None, typer.Option(metavar="OUT.html", help="Write a page with charts.")] = None,
    wav: Annotated[Path | None, typer.Option(metavar="OUT.wav", help="Write the sound, and OUT_slow.wav.")] = None,
    as_json: Json = False,
) -> None:
    """Stretch one joint: gap, pressure, bubble, gases, sound. Everything not set has its default.

    A stretch that forms no cavity says so: that is an answer, not an error.
    """
    from dataclasses import asdict

    from uncrick.app.joints import joint_from, save_report, save_sound, stretch_joint
    from uncrick.crack.joint import COMPLIANT, STIFF, Joint, joint_values
    from uncrick.report.joint_words import headline

    if numbers:
        _show_numbers(as_json)
        return
    if stiff and compliant:
        remark("uncrick: a capsule is --stiff or --compliant, not both")
        raise typer.Exit(2)
    with problems_shown():
        stretched = stretch_joint(joint_from(STIFF if stiff else COMPLIANT if compliant else Joint(), settings or []))
        outcome = stretched.outcome
        values = {**asdict(outcome), "collapse_over_growth_db": outcome.collapse_over_growth_db}
        if as_json:
            show_row({"joint": joint_values(stretched.joint), "outcome": clean(values)})
        else:
            show_table(("number", "value"), [(name, _short(value)) for name, value in values.items()])
        remark(headline(outcome))
        remark(UNSETTLED)
        if report is not None:
            save_report(report, stretched)
            remark(f"wrote {report}")
        if wav is not None:
            paths = save_sound(wav, stretched)
            level = f"{outcome.level_db:.0f} dB at {stretched.joint.distance_m:g} m"
            remark(f"wrote {paths[0]} and {paths[1]}, as loud as can be played; in truth the peak is {level}")


def _show_numbers(as_json: bool) -> None:
    from dataclasses import asdict

    from uncrick.crack.joint import PARAMETERS

    if as_json:
        for p in PARAMETERS:
            show_row(asdict(p))
        return
    header = ("number", "default", "allowed", "unit", "rests on", "what it is")
    rows = [(p.name, f"{p.default:g}", f"{p.low:g} to {p.high:g}", p.unit, p.rests_on, p.means) for p in PARAMETERS]
    show_table(header, rows)


@app.command(epilog="Example: uncrick crack sweep --n 10000 --out sweep.parquet")
def sweep(
    n: Annotated[int, typer.Option("--n", help="How many joints to draw.")] = 1000,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Processes; one a core without.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="OUT.parquet", help="Write a row a draw.")] = None,
    as_json: Json = False,
) -> None:
    """Draw joints over everything nobody has measured, and show what decides whether growth or collapse is heard.

    Also shows how long a leftover bubble lasts against its size. Draws that could not be computed are listed with
    their reason.
    """
    from uncrick.app.joints import save_sweep, sweep_records
    from uncrick.app.joints import sweep as run_sweep

    with problems_shown(), progress(f"stretching {n} joints", n) as moved:
        done = iter(range(1, n + 1))
        drawn = run_sweep(n, workers, lambda: moved(next(done)))
    with problems_shown():
        if out is not None:
            save_sweep(out, drawn)
    records = sweep_records(drawn)
    for kind, rows in records.items():
        if as_json:
            for row in rows:
                show_row({"kind": kind, **clean(row)})
        elif rows:
            show_table(tuple(rows[0]), [tuple(_short(value) for value in row.values()) for row in rows])
            sys.stdout.write("\n")
    if out is not None:
        remark(f"wrote {out}")
    remark(UNSETTLED)


@app.command(epilog="Example: uncrick crack listen recording.wav --during 12.5-18")
def listen(
    source: Annotated[str, typer.Argument(metavar="FILE|MICROPHONE", help="A sound file, or the word MICROPHONE.")],
    during: Annotated[list[str] | None, typer.Option(metavar="FROM-TO", help="Count only these seconds.")] = None,
    seconds: Annotated[float, typer.Option(min=1, max=86400, help="How long to listen to the microphone.")] = 60.0,
    as_json: Json = False,
) -> None:
    """Name the pops in a sound with their probability and why, grouped into cracks. Nothing that is heard is kept.

    The probability is among simulated sounds; on real joints it has not been measured. A keyboard or a dropped pen can
    pass for a pop: --during keeps what fell into a stretch near its end.
    """
    from uncrick.app.listening import listen_to_file, listen_to_microphone, moments_from
    from uncrick.crack.hearing import group_pops, within

    with problems_shown():
        moments = moments_from(during or [])
        if source == "MICROPHONE":
            remark(f"listening for {seconds:g} s, or until Ctrl-C; nothing is recorded")
            pops: list[Pop] = []
            with suppress(KeyboardInterrupt):
                for pop in listen_to_microphone(seconds):
                    pops += within([pop], moments)
                    remark(f"{pop.t_s:8.2f} s  a pop, perhaps")
            cracks = group_pops(pops)
        else:
            with progress("listening", 1.0) as moved:
                heard = listen_to_file(Path(source), moments, lambda done_s, all_s: moved(done_s / all_s))
            cracks = heard.cracks
            for sentence in heard.remarks:
                remark(f"note: {sentence}")
    _show_cracks(cracks, as_json)


def _show_cracks(cracks: list["Crack"], as_json: bool) -> None:
    rows = [(i, crack, pop) for i, crack in enumerate(cracks, 1) for pop in crack.pops]
    if as_json:
        for i, crack, pop in rows:
            show_row({"crack": i, "t_s": round(pop.t_s, 4), "probability": round(pop.probability, 3),
                      "n_pops": len(crack.pops), "why": pop.why})  # fmt: skip
    elif rows:
        header = ("crack", "t_s", "probability", "why")
        show_table(header, [(str(i), f"{pop.t_s:.3f}", f"{pop.probability:.2f}", pop.why) for i, _, pop in rows])
    remark(f"{len(rows)} possible pops in {len(cracks)} possible cracks; not measured on real joints")
