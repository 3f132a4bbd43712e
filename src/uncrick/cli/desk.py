"""`uncrick desk`: the companion at the desk, started, asked, silenced and looked back on."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from uncrick.cli.talk import problems_shown, remark, show_row, show_table

START_EXAMPLE = "Example: uncrick desk start"
STATUS_EXAMPLE = "Example: uncrick desk status --json"
PAUSE_EXAMPLE = "Example: uncrick desk pause 30m"
SET_EXAMPLE = "Example: uncrick desk set --every-min 30 --quiet-from 18:00"
DAY_EXAMPLE = "Example: uncrick desk day --on 2026-11-27"
WEEK_EXAMPLE = "Example: uncrick desk week --json"

app = typer.Typer(
    help="The companion at the desk: sitting, breaks, the day.", no_args_is_help=True, rich_markup_mode=None
)

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of sentences and columns.")]
Folder = Annotated[Path | None, typer.Option(help="Where its journal is, if not in the usual place.", file_okay=False)]
For = Annotated[str, typer.Argument(metavar="[LENGTH]", help="How long: 90s, 30m, 2h.")]
On = Annotated[str, typer.Option("--on", help="The day, like 2026-11-27; today if left out.")]
LENGTH = re.compile(r"(\d+(?:\.\d+)?) *(s|m|min|h)?")


@app.command("start", epilog=START_EXAMPLE)
def start(
    folder: Folder = None,
    port: Annotated[int, typer.Option(help="Port of the pages, for the break.", min=1, max=65535)] = 8642,
) -> None:
    """Run the companion here until it is stopped: it counts sitting and offers breaks. No camera unless you set it."""
    from uncrick.app.desk_start import start as run

    def ready() -> None:
        remark("The companion runs. 'uncrick desk status' tells what it sees; Ctrl-C or 'uncrick desk stop' ends it.")

    with problems_shown():
        run(folder, ready, port)


@app.command("status", epilog=STATUS_EXAMPLE)
def status(folder: Folder = None, as_json: Json = False) -> None:
    """Tell how things stand: sitting, what is owed, what can be seen here and what cannot."""
    _say({"do": "status"}, folder, as_json)


@app.command("pause", epilog=PAUSE_EXAMPLE)
def pause(length: For = "", folder: Folder = None, as_json: Json = False) -> None:
    """Be silent, and shut the camera, for a while or until resume. A break that is owed stays owed."""
    _say({"do": "pause", "for_s": _length_s(length)}, folder, as_json)


@app.command("meeting", epilog="Example: uncrick desk meeting 1h")
def meeting(length: For = "", folder: Folder = None, as_json: Json = False) -> None:
    """Say that you are in a meeting, an hour if no length is given: silent until then, and the break comes after."""
    _say({"do": "meeting", "for_s": _length_s(length)}, folder, as_json)


@app.command("snooze", epilog="Example: uncrick desk snooze 10m")
def snooze(length: For = "", folder: Folder = None, as_json: Json = False) -> None:
    """Put the break off, ten minutes if no length is given."""
    _say({"do": "snooze", "for_s": _length_s(length)}, folder, as_json)


@app.command("dismiss", epilog="Example: uncrick desk dismiss")
def dismiss(folder: Folder = None, as_json: Json = False) -> None:
    """Not this one: the break is owed no more, and this spell of sitting is left alone."""
    _say({"do": "dismiss"}, folder, as_json)


@app.command("resume", epilog="Example: uncrick desk resume")
def resume(folder: Folder = None, as_json: Json = False) -> None:
    """Go on at once after a pause, a meeting or a snooze, with as many nudges as you set at first."""
    _say({"do": "resume"}, folder, as_json)


@app.command("standing", epilog="Example: uncrick desk standing")
def standing(folder: Folder = None, as_json: Json = False) -> None:
    """Say that you stand now: a change of position, which ends the spell of sitting."""
    _say({"do": "standing"}, folder, as_json)


@app.command("sitting", epilog="Example: uncrick desk sitting")
def sitting(folder: Folder = None, as_json: Json = False) -> None:
    """Say that you sit again."""
    _say({"do": "sitting"}, folder, as_json)


@app.command("stretch", epilog="Example: uncrick desk stretch")
def stretch(
    browser: Annotated[bool, typer.Option(help="Open the page in the browser; else its link is printed.")] = True,
    port: Annotated[int, typer.Option(help="Port of the pages.", min=1, max=65535)] = 8642,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Begin a break now: what it would be and why, then the coach's player in the browser. Needs no companion."""
    from uncrick.app.desk_break import break_now, break_record
    from uncrick.app.desk_start import break_link, open_break

    with problems_shown():
        found = break_now(folder)
    if as_json:
        show_row(break_record(found))
    else:
        typer.echo(f"{found.says} {found.why}".rstrip())
    if not found.offered:
        raise typer.Exit(1)
    if browser:
        open_break(folder, port)
    else:
        typer.echo(break_link(folder, port), err=as_json)


@app.command("stop", epilog="Example: uncrick desk stop")
def stop(folder: Folder = None) -> None:
    """End the companion; its journal stays, and the next start goes on from it."""
    from uncrick.app.desk_control import ask

    with problems_shown():
        ask({"do": "stop"}, folder)
    remark("The companion has ended.")


@app.command("install", epilog="Example: uncrick desk install")
def install(folder: Folder = None, as_json: Json = False) -> None:
    """Have the companion start with your desktop: a systemd user unit, or an autostart entry where there is none."""
    from uncrick.app.desk_sources import put_in_start

    with problems_shown():
        _installed(put_in_start(folder), as_json)


@app.command("uninstall", epilog="Example: uncrick desk uninstall")
def uninstall(as_json: Json = False) -> None:
    """Take away what install wrote, and stop what it started."""
    from uncrick.app.desk_sources import take_from_start

    with problems_shown():
        _installed(take_from_start(), as_json)


def _installed(done: dict[str, Any], as_json: bool) -> None:
    if as_json:
        show_row(done)
        return
    for path in done["paths"]:
        typer.echo(path)
    remark(f"The companion: {done['says']}.")


@app.command("set", epilog=SET_EXAMPLE)
def set_(
    every_min: Annotated[float | None, typer.Option(help="Minutes of sitting before a break, 20-60.")] = None,
    most_a_day: Annotated[int | None, typer.Option(help="Nudges a day, 1-8.")] = None,
    quiet_from: Annotated[str | None, typer.Option(help="Quiet hours begin, like 20:00.")] = None,
    quiet_to: Annotated[str | None, typer.Option(help="Quiet hours end; the same as the beginning for none.")] = None,
    in_fullscreen: Annotated[
        bool | None, typer.Option("--in-fullscreen/--not-in-fullscreen", help="Nudge over a full screen too.")
    ] = None,
    camera: Annotated[
        bool | None,
        typer.Option("--camera/--no-camera", help="Look at your own posture by camera, from the next start."),
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Whose plan the breaks come from, where there are several.")
    ] = None,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Show the settings, or change those that are given. Defaults: 45 minutes, 8 a day, quiet from 20:00 to 08:00."""
    from uncrick.app.desk_settings import settings_changed

    wishes = {
        "every_min": every_min, "most_a_day": most_a_day, "quiet_from": quiet_from, "quiet_to": quiet_to,
        "in_fullscreen": in_fullscreen, "camera": camera, "person": person,
    }  # fmt: skip
    with problems_shown():
        record = settings_changed({k: v for k, v in wishes.items() if v is not None}, folder)
    if as_json:
        show_row(record)
    else:
        show_table(("setting", "is"), [(name, str(value)) for name, value in record.items()])


@app.command("day", epilog=DAY_EXAMPLE)
def day(on: On = "", folder: Folder = None, as_json: Json = False) -> None:
    """Print the day as facts: spells of sitting, breaks owed and taken, changes of position. There is no score."""
    from uncrick.app.desk_day import day_facts, day_record, day_rows

    with problems_shown():
        facts = day_facts(_day(on), folder)
    if as_json:
        for row in day_rows(facts):
            show_row(row)
        show_row({"what": "day", **day_record(facts)})
        return
    rows = day_rows(facts)
    if not rows:
        remark("Nothing is written of that day.")
        return
    show_table(("from", "to", "what", "detail"), [_columns(row) for row in rows])
    remark(_sums(day_record(facts)))


@app.command("week", epilog=WEEK_EXAMPLE)
def week(on: On = "", folder: Folder = None, as_json: Json = False) -> None:
    """Print the seven days that end today, one line a day."""
    from uncrick.app.desk_day import day_record, week_facts

    with problems_shown():
        records = [day_record(facts) for facts in week_facts(_day(on), folder)]
    if as_json:
        for record in records:
            show_row(record)
        return
    header = ("day", "sat", "timed", "spells", "longest", "owed", "taken", "skipped", "changes")
    keys = ("sat_min", "unseen_min", "n_spells", "longest_min", "n_owed", "n_taken", "n_skipped", "n_changes")
    show_table(header, [(str(r["on"]), *(f"{r[key]:g}" for key in keys)) for r in records])
    remark("sat, timed, longest: minutes. 'timed' could not be seen, only timed.")


def _columns(row: dict[str, Any]) -> tuple[str, ...]:
    start_at, end = row["from"][11:16], str(row.get("to", ""))[11:16]
    match row["what"]:
        case "sitting":
            seen = f"{row['sat_min']:g} min" + (f" and {row['unseen_min']:g} min timed" if row["unseen_min"] else "")
            return start_at, end, "sat", f"{seen}, {'ended by ' + row['ended_by'] if row['ended_by'] else 'goes on'}"
        case "owed":
            held = f", kept back by {row['held']}" if row["held"] else ""
            return start_at, "", "break owed", f"{row['became']}{held}"
        case "break":
            return start_at, end, "break", f"{', '.join(row['of']) or 'a break'}: {row['ending']}"
        case _:
            return start_at, "", "position", f"{row['to_position']} ({row['by']})"


def _sums(record: dict[str, Any]) -> str:
    return (
        f"{record['sat_min']:g} min seen sitting, {record['unseen_min']:g} min timed only, "
        f"longest {record['longest_min']:g} min; {record['n_owed']} breaks owed, {record['n_taken']} taken; "
        f"{record['n_changes']} changes of position"
    )


def _say(request: dict[str, Any], folder: Path | None, as_json: bool) -> None:
    """Ask the companion, and show how things stand after it."""
    from uncrick.app.desk_control import ask

    with problems_shown():
        answer = ask(request, folder)
    if as_json:
        show_row(answer)
        return
    for sentence in answer["sentences"]:
        typer.echo(sentence)


def _length_s(written: str) -> float | None:
    from uncrick.errors import Problem, ProblemsError

    if not written:
        return None
    found = LENGTH.fullmatch(written.strip())
    if found is None:
        with problems_shown():
            raise ProblemsError([Problem("--length", f"found '{written}', wanted a length like 90s, 30m or 2h")])
    assert found is not None
    return float(found[1]) * {"s": 1.0, "h": 3600.0}.get(found[2] or "m", 60.0)


def _day(written: str) -> date:
    from uncrick.errors import Problem, ProblemsError

    if not written:
        return date.today()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ProblemsError([Problem("--on", f"found '{written}', wanted a day like 2026-11-27")]) from None
