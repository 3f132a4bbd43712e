"""The form of a plan that is being written: its fields as a sketch, and what a button of it asks for."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from uncrick.app.plan_writing import Choice, from_programme
from uncrick.plan.record import WEEKDAYS
from uncrick.plan.sketch import MOST_ROWS, Kind, Opening, Row, Sketch, added, moved, opened, without
from uncrick.web.posted import Posted

HEAD: Final = (
    "id",
    "title",
    "written_by",
    "author",
    "written_on",
    "for_person",
    "from_on",
    "until",
    "notes",
    "pain_rule",
)
ROW: Final = (
    "exercise", "id", "sets", "reps", "hold_s", "sides", "most_reps", "most_hold_s", "depth", "pain_rule", "note",
)  # fmt: skip
KEY: Final = re.compile(r"[a-z][0-9]{1,4}")
MOST_TEXT: Final = 5_000
"""A little more than the longest text of a plan file, so that its checker says what is too long."""


def blank(on: date) -> Sketch:
    """Return an empty plan of today, by a therapist: they are whom the page is for first."""
    today = on.isoformat()
    return Sketch(author="therapist", written_on=today, from_on=today)


def sketch_from(form: Posted) -> Sketch:
    """Return the form's fields as a sketch; what is not there is empty, and nothing is judged."""
    head = {name: form.one(f"plan.{name}")[:MOST_TEXT] for name in HEAD}
    keys = [k for k in dict.fromkeys(form.all("row")) if KEY.fullmatch(k)][:MOST_ROWS]
    openings = [k for k in dict.fromkeys(form.all("opening")) if KEY.fullmatch(k)][:MOST_ROWS]
    return Sketch(
        **head,
        goals=tuple(line.strip() for line in form.one("plan.goals").split("\n") if line.strip()),
        openings=tuple(_opening(form, key) for key in openings),
        rows=tuple(_row(form, key) for key in keys),
    )


def pressed(sketch: Sketch, do: str, choices: dict[str, Choice], on: date) -> tuple[Sketch, str]:
    """Return the sketch after a button was pressed, and the key of what to look at then, empty for nothing.

    do : ``add:cat_cow``, ``up:r1``, ``down:r1``, ``remove:r1``, ``step:r1:reps:+1``, ``relax:RULE``, ``clear``,
    ``programme:ID``. Anything else leaves it as it is. Raises ProblemsError for a programme that does not exist.
    """
    verb, _, what = do.partition(":")
    if verb == "add" and what in choices and len(sketch.rows) < MOST_ROWS:
        grown = added(sketch, choices[what].own)
        return grown, grown.rows[-1].key
    if verb in ("up", "down"):
        return moved(sketch, what, -1 if verb == "up" else 1), what
    if verb == "remove":
        return without(sketch, what), ""
    if verb == "step":
        return _stepped(sketch, what, choices), what.partition(":")[0]
    if verb in ("relax", "clear") and len(sketch.openings) < MOST_ROWS:
        kind: Kind = "relax" if verb == "relax" else "cleared"
        grown = opened(sketch, kind, what, on.isoformat())
        return grown, grown.openings[-1].key
    if verb == "programme" and what:
        return from_programme(sketch, what, on), ""
    return sketch, ""


def _row(form: Posted, key: str) -> Row:
    said = {name: form.one(f"{key}.{name}")[:MOST_TEXT] for name in ROW}
    return Row(
        key=key,
        **said,
        duration_s=seconds_of(form.one(f"{key}.minutes")),
        most_duration_s=seconds_of(form.one(f"{key}.most_minutes")),
        days=tuple(day for day in WEEKDAYS if day in form.all(f"{key}.days")),
        at=_parts(form, key),
        fixed=form.one(f"{key}.fixed") == "yes",
        instead=tuple(word for word in re.split(r"[,\s]+", form.one(f"{key}.instead")) if word)[:20],
    )


def _parts(form: Posted, key: str) -> tuple[str, ...]:
    """Return the times of day that are ticked, each box one or more of them; none ticked: how often it suits."""
    ticked = " ".join(form.all(f"{key}.at")) or form.one(f"{key}.any", "any")
    return tuple(ticked.split()[:20])


def _opening(form: Posted, key: str) -> Opening:
    kind: Kind = "relax" if form.one(f"{key}.kind") == "relax" else "cleared"
    said = {name: form.one(f"{key}.{name}")[:MOST_TEXT] for name in ("what", "to", "by", "on", "reason")}
    return Opening(key, kind, **said)


def seconds_of(minutes: str) -> str:
    """Return typed minutes as seconds, exactly as far as a tenth of a second; what is no number as it was typed."""
    try:
        seconds = round(float(minutes) * 60, 1)
    except (ValueError, OverflowError):
        return minutes.strip()
    return f"{seconds:g}" if abs(seconds) < 1e6 else minutes.strip()


def minutes_of(seconds: str) -> str:
    """Return typed seconds as minutes; what is no number as it was typed."""
    try:
        return f"{float(seconds) / 60:.4g}"
    except (ValueError, OverflowError):
        return seconds


def _stepped(sketch: Sketch, what: str, choices: dict[str, Choice]) -> Sketch:
    """Return the sketch with one number a step further, within the range of the exercise's own dose."""
    key, _, rest = what.partition(":")
    name, _, by = rest.partition(":")
    row = next((r for r in sketch.rows if r.key == key), None)
    if row is None or row.exercise not in choices or name not in ("sets", "reps", "hold_s", "minutes"):
        return sketch
    span = getattr(choices[row.exercise], name)
    if span is None:
        return sketch
    typed = minutes_of(row.duration_s) if name == "minutes" else getattr(row, name)
    try:
        now = float(typed)
    except ValueError:
        now = span.least
    then = min(max(now + (span.step if by == "+1" else -span.step), span.least), span.most)
    value = seconds_of(f"{then:g}") if name == "minutes" else f"{then:g}"
    changed = {
        "sets": replace(row, sets=value),
        "reps": replace(row, reps=value),
        "hold_s": replace(row, hold_s=value),
        "minutes": replace(row, duration_s=value),
    }[name]
    return replace(sketch, rows=tuple(changed if r.key == key else r for r in sketch.rows))
