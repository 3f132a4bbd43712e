"""A session's inputs as records and back: played again they give the same session."""

from dataclasses import fields
from typing import Any, get_args

from uncrick.coach import person
from uncrick.coach.events import Event
from uncrick.coach.person import Input

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
