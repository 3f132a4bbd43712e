"""A plan that is being written as the text of a plan file, right or wrong: the file's own checker tells which."""

import re
from datetime import date
from typing import Final

from uncrick.files.yaml_text import yaml_text
from uncrick.plan.record import WEEKDAYS
from uncrick.plan.sketch import Opening, Row, Sketch

WHOLE: Final = re.compile(r"[-+]?[0-9]{1,15}")
BROKEN: Final = re.compile(r"[-+]?(\.[0-9]{1,15}|[0-9]{1,15}\.[0-9]{0,15})([eE][-+]?[0-9]{1,3})?")
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def sketch_text(sketch: Sketch) -> str:
    """Return *sketch* as YAML, keys in the order of a plan file; empty fields are left out, save those a plan needs."""
    needed: dict[str, object] = {
        "plan": sketch.id,
        "title": sketch.title,
        "written_by": sketch.written_by,
        "author": sketch.author,
        "written_on": _day(sketch.written_on),
        "for": sketch.for_person,
        "from": _day(sketch.from_on),
    }
    more: dict[str, object] = {
        "until": _day(sketch.until),
        "goals": [goal for goal in sketch.goals if goal.strip()],
        "notes": sketch.notes,
        "pain_rule": sketch.pain_rule,
        "relax": [_relaxed(o) for o in sketch.openings if o.kind == "relax"],
        "cleared": [_cleared(o) for o in sketch.openings if o.kind == "cleared"],
    }
    rows = [_row(row) for row in sketch.rows]
    return yaml_text(needed | _kept(more) | {"exercises": rows})


def _row(row: Row) -> dict[str, object]:
    most = {
        "reps": _number(row.most_reps), "hold_s": _number(row.most_hold_s), "duration_s": _number(row.most_duration_s)
    }  # fmt: skip
    said: dict[str, object] = {
        "id": row.id,
        "sets": _number(row.sets),
        "reps": _number(row.reps),
        "hold_s": _number(row.hold_s),
        "duration_s": _number(row.duration_s),
        "sides": row.sides if row.sides != "own" else "",
        "days": "daily" if row.days == WEEKDAYS else list(row.days),
        "at": list(row.at) if row.at != ("any",) else [],
        "most": _kept(most),
        "depth": _number(row.depth),
        "progress": False if row.fixed else None,
        "instead": list(row.instead),
        "pain_rule": row.pain_rule,
        "note": row.note,
    }
    kept = {key: value for key, value in said.items() if key == "days" or value not in (None, "", [], {})}
    return {"exercise": row.exercise} | kept


def _relaxed(o: Opening) -> dict[str, object]:
    return {"rule": o.what, "to": o.to, "on": _day(o.on), "reason": o.reason}


def _cleared(o: Opening) -> dict[str, object]:
    by = {"by": o.by} if o.by.strip() else {}
    return {"cause": o.what} | by | {"on": _day(o.on), "reason": o.reason}


def _kept(said: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def _number(typed: str) -> object:
    """Return a typed number as a number; anything else as the text that it is, for the checker to name."""
    typed = typed.strip()
    if WHOLE.fullmatch(typed):
        return int(typed)
    return float(typed) if BROKEN.fullmatch(typed) else typed


def _day(typed: str) -> object:
    typed = typed.strip()
    try:
        return date.fromisoformat(typed) if DAY.fullmatch(typed) else typed
    except ValueError:
        return typed
