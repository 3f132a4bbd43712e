"""A session's inputs as records and back: played again they give the same session."""

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from uncrick.coach import person
from uncrick.coach.events import Event
from uncrick.coach.keeping import SetSeen
from uncrick.coach.person import Input
from uncrick.coach.summary import HoldSeen, StopSeen

_INPUTS: dict[str, type] = {kind.__name__: kind for kind in get_args(Input)}
_EVENTS: dict[str, type] = {kind.__name__: kind for kind in get_args(Event)}


def input_record(x: Input) -> dict[str, Any]:
    """Return *x* as one JSON object that `input_of` turns back into an equal value."""
    return _record("input", x)


def input_of(record: dict[str, Any]) -> Input:
    """Return the input of a journal's line. Raises ValueError for one that this version does not know."""
    values = dict(record)
    kind = _INPUTS.get(values.pop("input", ""))
    if kind is None:
        raise ValueError(f"a journal line that is no input: {record}")
    if kind is person.Watched:
        seen = dict(values["event"])
        values["event"] = _made(_EVENTS.get(seen.pop("event", "")), seen)
    made: Input = _made(kind, values)
    return made


def seen_of(line: Mapping[str, Any]) -> SetSeen:
    """Return what the camera saw of a set, from its line in the journal: the summary, and the session's time of it."""
    summary, clock_s = line["summary"], line["clock_s"]
    holds = [
        HoldSeen(
            h["side"], _number(h["start_s"]), _number(h["end_s"]), _number(h["hold_s"]), _number(h["peak"]),
            h["completed"], h.get("after_stop", False),
        )
        for h in summary["holds"]
    ]  # fmt: skip
    ranges = summary["range"].items()
    return SetSeen(
        exercise=summary["exercise"],
        start_s=line["start_s"],
        end_s=_number(summary["t_s"]) + clock_s,
        clock_s=clock_s,
        n_reps=summary["n_repetitions"],
        fraction=summary["seen_fraction"] or 0.0,
        measure=next((h["measure"] for h in summary["holds"]), ""),
        unit=next((h["unit"] for h in summary["holds"]), ""),
        holds=tuple(holds),
        stops=tuple(StopSeen(s["t_s"], s["reason"], s["side"]) for s in summary["stops"]),
        ranges=tuple((name, low, high) for name, (low, high) in ranges if low is not None and high is not None),
        cues=tuple(summary["cues"].items()),
        unseen=tuple((u["measure"], u["why"]) for u in summary["unseen"]),
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _record(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the two unions
    record: dict[str, Any] = {name: type(value).__name__}
    for field in fields(value):
        inner = getattr(value, field.name)
        record[field.name] = _record("event", inner) if type(inner).__name__ in _EVENTS else inner
    return record


def _made(kind: type | None, values: dict[str, Any]) -> Any:  # noqa: ANN401 - any of the two unions
    if kind is None:
        raise ValueError(f"a journal line that is no event: {values}")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"a journal line that does not fit {kind.__name__}: {values}") from error
