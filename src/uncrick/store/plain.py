"""A row as plain JSON and back: the same bounds that the table keeps, checked before anything is put into it."""

import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import JSON, Boolean, Column, Date, Double, Integer, Table, Text

from uncrick.store.columns import Utc

Plain = dict[str, Any]

YEARS = range(1970, 2200)
"""What a record can be of. Ours: a clock that is further out than this has no say."""

MOST_DEPTH = 12
"""How deep a tree may go. Ours; what is written here goes four deep."""


def plain_row(table: Table, row: Mapping[str, Any]) -> Plain:
    """Return a row as a JSON object: times in UTC to a microsecond, days as 2026-11-28, unknown as null."""
    return {column.name: _plain(row[column.name]) for column in table.columns}


def row_of_plain(table: Table, plain: Plain) -> tuple[dict[str, Any], list[str]]:
    """Return the row of a JSON object, and everything wrong with it, a sentence each; only a row with none counts."""
    known = [column.name for column in table.columns]
    wrong = [f"no column '{name[:40]}'" for name in plain if name not in known]
    wrong += [f"column '{name}' is missing" for name in known if name not in plain]
    row = {}
    for column in table.columns:
        if column.name in plain:
            row[column.name], says = _value(column, plain[column.name])
            wrong += [f"{column.name}: {says}"] * bool(says)
    return row, wrong


def schema_of(table: Table) -> Plain:
    """Return the JSON Schema of a table's rows."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table.name,
        "type": "object",
        "properties": {column.name: _schema(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.isoformat() if isinstance(value, date) else value


def _value(column: Column[Any], plain: Any) -> tuple[Any, str]:  # noqa: ANN401 - any JSON value, any column
    """Return the column's value of a plain one, and what is wrong with it, or an empty string."""
    if isinstance(column.type, JSON):
        return plain, _tree_wrong(column, plain)
    if plain is None:
        return None, "" if column.nullable else "found nothing"
    if isinstance(column.type, Text):
        return plain, _text_wrong(column, plain)
    if isinstance(column.type, Boolean):
        return plain, "" if isinstance(plain, bool) else f"found {_shown(plain)}, wanted true or false"
    if isinstance(column.type, Integer):
        least, most = column.info["least"], column.info["most"]
        fits = type(plain) is int and least <= plain <= most
        return plain, "" if fits else f"found {_shown(plain)}, wanted a whole number from {least} to {most}"
    if isinstance(column.type, Double):
        fits = isinstance(plain, int | float) and not isinstance(plain, bool) and _is_finite(plain)
        return (float(plain) if fits else plain), "" if fits else f"found {_shown(plain)}, wanted a number"
    return _time(column, plain)


def _time(column: Column[Any], plain: Any) -> tuple[Any, str]:  # noqa: ANN401 - any JSON value
    wanted = "a day like 2026-11-28" if isinstance(column.type, Date) else "a time like 2026-11-28T20:15:00.000000Z"
    try:
        if isinstance(column.type, Date):
            found = date.fromisoformat(plain)
        else:
            found = datetime.strptime(plain, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return plain, f"found {_shown(plain)}, wanted {wanted}"
    return found, "" if found.year in YEARS else f"found the year {found.year}, wanted 1970 to 2199"


def _text_wrong(column: Column[Any], plain: object) -> str:
    if not isinstance(plain, str):
        return f"found {_shown(plain)}, wanted text"
    one_of = column.info.get("one_of")
    if one_of is not None and plain not in one_of:
        return f"found {_shown(plain)}, wanted one of: {', '.join(word or 'nothing' for word in one_of)}"
    return "" if _is_storable(plain) else "holds a character that no text has"


def _tree_wrong(column: Column[Any], plain: object) -> str:
    if _depth(plain) > MOST_DEPTH:
        return f"is nested more than {MOST_DEPTH} deep"
    if not all(_is_storable(text) for text in _texts(plain)):
        return "holds a character that no text has"
    try:
        _adapter(column).validate_json(json.dumps(plain), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(str(part) for part in first["loc"])
        return f"{at + ': ' if at else ''}{first['msg'][0].lower()}{first['msg'][1:]}"
    return ""


@cache
def _adapter(column: Column[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(column.info["tree"])


def _schema(column: Column[Any]) -> Plain:
    if isinstance(column.type, JSON):
        return _adapter(column).json_schema()
    kind: Plain = {"type": "string"}
    if isinstance(column.type, Utc):
        kind["format"] = "date-time"
    elif isinstance(column.type, Date):
        kind["format"] = "date"
    elif isinstance(column.type, Boolean):
        kind = {"type": "boolean"}
    elif isinstance(column.type, Integer):
        kind = {"type": "integer", "minimum": column.info["least"], "maximum": column.info["most"]}
    elif isinstance(column.type, Double):
        kind = {"type": "number"}
    elif "one_of" in column.info:
        kind["enum"] = list(column.info["one_of"])
    return {"anyOf": [kind, {"type": "null"}]} if column.nullable else kind


def _depth(value: object) -> int:
    """Return how deep a tree goes, counted no further than is allowed."""
    level, depth = [value], 0
    while level and depth <= MOST_DEPTH:
        level = [
            below
            for one in level
            for below in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
        ]
        depth += 1
    return depth


def _texts(value: object) -> Iterator[str]:
    """Yield every string of a tree, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield name
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)


def _is_storable(text: str) -> bool:
    """Whether both databases can keep *text*: no NUL, no half of a surrogate pair."""
    return "\0" not in text and text.encode("utf-8", "replace") == text.encode("utf-8", "surrogatepass")


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _shown(value: object) -> str:
    written = json.dumps(value, ensure_ascii=True)
    return written if len(written) <= 40 else written[:37] + "..."
