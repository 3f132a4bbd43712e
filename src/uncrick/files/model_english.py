"""What pydantic found wrong with a file's value, in plain English and at the place it was written."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic.errors import PydanticInvalidForJsonSchema
from pydantic_core import ErrorDetails

from uncrick.errors import nearest
from uncrick.files.yaml_tree import Node

KeyPath: TypeAlias = tuple[str | int, ...]
Schema: TypeAlias = dict[str, object]

MAX_SHOWN: Final = 60
"""Characters of a found value that are repeated to the person."""
WORDS: Final = re.compile(r"'([^']*)'")


class Finding(NamedTuple):
    """One thing wrong: the key path as it is in the file, what it says and what to do."""

    path: KeyPath
    says: str
    hint: str


class Located(NamedTuple):
    """An error with its path in the file and the union member it was tried as (empty outside a union)."""

    path: KeyPath
    member: KeyPath
    error: ErrorDetails


WANTED: Final[dict[str, str]] = {
    "int_type": "a whole number", "int_parsing": "a whole number", "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number",
    "float_type": "a number", "float_parsing": "a number", "finite_number": "a finite number",
    "bool_type": "true or false", "bool_parsing": "true or false",
    "string_type": "text", "none_required": "nothing",
    "list_type": "a list", "tuple_type": "a list", "set_type": "a list", "frozen_set_type": "a list",
    "dict_type": "keys with values", "model_type": "keys with values", "model_attributes_type": "keys with values",
    "dataclass_type": "keys with values", "mapping_type": "keys with values",
    "greater_than": "more than {gt}", "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}", "less_than_equal": "at most {le}", "multiple_of": "a multiple of {multiple_of}",
    "too_short": "at least {min_length} of them", "too_long": "at most {max_length} of them",
    "string_too_short": "at least {min_length} characters", "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "text of the form {pattern}",
    "date_type": "a date like 2025-03-31", "date_parsing": "a date like 2025-03-31",
    "date_from_datetime_parsing": "a date like 2025-03-31",
    "datetime_type": "a time like 2025-03-31T18:00Z", "datetime_parsing": "a time like 2025-03-31T18:00Z",
    "datetime_from_date_parsing": "a time like 2025-03-31T18:00Z", "timezone_aware": "a time with its zone, such as Z",
    "time_type": "a time of day like 18:30", "time_parsing": "a time of day like 18:30",
}  # fmt: skip
"""What each of pydantic's error types wants, said to a person; the braces are filled from the error's context."""


def model_problems(error: ValidationError, root: Node, model: type[BaseModel]) -> list[Finding]:
    """Return the findings of *error* with their real key paths; the tries of one union are told as one."""
    located = [locate(details, root) for details in error.errors(include_url=False)]
    findings: dict[Finding, None] = {}
    for path, group in _by_path(_best_members(located)).items():
        findings.update(dict.fromkeys(_merged(path, group, lambda at: known_keys(model, at))))
    return list(findings)


def locate(details: ErrorDetails, root: Node) -> Located:
    """Split pydantic's location into the path that exists in the file and the union members tried on the way."""
    path: list[str | int] = []
    member: list[str | int] = []
    node = root
    loc = [part for part in details["loc"] if part != "[key]"]
    for i, part in enumerate(loc):
        if part in node.children:
            node = node.children[part][1]
            path.append(part)
        elif i == len(loc) - 1 and details["type"] == "missing":
            path.append(part)
        else:
            member.extend((len(path), part))
    return Located(tuple(path), tuple(member), details)


def _best_members(located: list[Located]) -> list[Located]:
    """Keep, of the members of each union, those that got furthest: their errors lie deepest and are fewest."""
    plain = [item for item in located if not item.member]
    unions: dict[KeyPath, dict[str | int, list[Located]]] = {}
    for item in located:
        if item.member:
            at = item.path[: int(item.member[0])]
            unions.setdefault(at, {}).setdefault(item.member[1], []).append(item)
    for members in unions.values():
        rank = {name: (-max(len(item.path) for item in items), len(items)) for name, items in members.items()}
        best = min(rank.values())
        plain.extend(item for name, items in members.items() if rank[name] == best for item in items)
    return plain


def _by_path(located: list[Located]) -> dict[KeyPath, list[ErrorDetails]]:
    groups: dict[KeyPath, list[ErrorDetails]] = {}
    for item in located:
        groups.setdefault(item.path, []).append(item.error)
    return groups


def _merged(path: KeyPath, errors: list[ErrorDetails], known: Callable[[KeyPath], list[str]]) -> Iterator[Finding]:
    """Yield the findings at one path: what was wanted by several union members is joined by "or"."""
    wanted: dict[str, None] = {}
    for error in errors:
        if error["type"] in WANTED:
            wanted[_wanted(error)] = None
        elif error["type"] in ("literal_error", "enum") and len(errors) > 1:
            wanted[str(error["ctx"]["expected"])] = None
        else:
            says, hint = _in_words(path, error, known)
            yield Finding(path, says, hint)
    if wanted:
        found = errors[0]["input"]
        if found == "" and errors[0]["type"] == "string_too_short":
            yield Finding(path, "is empty", "")
        else:
            yield Finding(path, f"found {shown(found)}, wanted {' or '.join(wanted)}", _hint(found, wanted))


def _wanted(error: ErrorDetails) -> str:
    """Return what *error* wants, its limits written without idle zeros."""
    limits = {key: f"{x:g}" if isinstance(x, float) else x for key, x in error.get("ctx", {}).items()}
    return WANTED[error["type"]].format(**limits)


def _in_words(path: KeyPath, error: ErrorDetails, known: Callable[[KeyPath], list[str]]) -> tuple[str, str]:
    """Return what to say of an error that names words: keys, choices, or a validator's own sentence."""
    context: Mapping[str, object] = error.get("ctx", {})
    kind, found = error["type"], error["input"]
    if kind == "missing":
        return "is missing", "add it"
    if kind == "extra_forbidden":
        names = known(path[:-1])
        near = nearest(str(path[-1]), names)
        return f"no such key '{path[-1]}'{near}", "" if near or not names else f"known here: {', '.join(names)}"
    if kind in ("literal_error", "enum"):
        choices = str(context["expected"])
        return f"found {shown(found)}, wanted {choices}{nearest(str(found), WORDS.findall(choices))}", ""
    if kind == "union_tag_invalid":
        choices = " or ".join(f"'{word}'" for word in WORDS.findall(str(context["expected_tags"])))
        tag = str(context["tag"])
        return f"found '{tag}', wanted {choices}{nearest(tag, WORDS.findall(choices))}", ""
    if kind == "union_tag_not_found":
        return f"the key {context['discriminator']} is missing", "add it"
    hint = str(context.get("hint", ""))
    if kind in ("value_error", "assertion_error"):
        return str(context.get("error", error["msg"])), hint
    if kind.startswith(("date", "time")) or kind in WORDS_OF_PYDANTIC:
        return f"found {shown(found)}: {error['msg']}", hint
    return error["msg"], hint


WORDS_OF_PYDANTIC: Final = ("url_parsing", "uuid_parsing", "decimal_parsing", "bytes_type")
"""Types whose own sentence does not repeat what was found."""


def shown(found: object) -> str:
    """Return *found* as a person would write it, cut short."""
    if found is None:
        return "nothing"
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, dict):
        return f"{len(found)} keys with values"
    if isinstance(found, list):
        return "an empty list" if not found else f"a list of {len(found)}"
    text = str(found)
    text = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."
    return f"'{text}'" if isinstance(found, str) else text


def _hint(found: object, wanted: Mapping[str, None]) -> str:
    """Return what to do about the few mistakes that everybody makes."""
    if isinstance(found, str) and re.fullmatch(r"[-+]?\d+,\d+", found) and "a number" in wanted:
        return f"write a point: {found.replace(',', '.')}"
    if "text" in wanted and isinstance(found, int | float):
        return "put it in quotes"
    if "a list" in wanted and isinstance(found, str):
        return f"write [{shown(found)[1:-1]}]"
    return ""


def known_keys(model: type[BaseModel], path: KeyPath) -> list[str]:
    """Return the names of the keys that *model* knows at *path*, over all members of the unions on the way."""
    try:
        schema: Schema = model.model_json_schema()
    except PydanticInvalidForJsonSchema:
        return []
    here = _plain_schemas(schema, schema)
    for part in path:
        here = [deeper for one in here for below in _below(one, part) for deeper in _plain_schemas(below, schema)]
    names = [name for one in here if isinstance(props := one.get("properties"), dict) for name in props]
    return sorted(dict.fromkeys(names))


def _plain_schemas(one: object, whole: Schema) -> list[Schema]:
    """Return *one* with references followed and unions opened."""
    if not isinstance(one, dict):
        return []
    if isinstance(ref := one.get("$ref"), str):
        definitions = whole.get("$defs")
        return _plain_schemas(definitions.get(ref.rsplit("/", 1)[-1]), whole) if isinstance(definitions, dict) else []
    members = [member for key in ("anyOf", "oneOf", "allOf") for member in one.get(key, [])]
    return [one, *(plain for member in members for plain in _plain_schemas(member, whole))]


def _below(one: Schema, part: str | int) -> list[object]:
    """Return the schemas of what stands at *part* in *one*."""
    if isinstance(part, int):
        return [one.get("items")]
    properties = one.get("properties")
    if isinstance(properties, dict) and part in properties:
        return [properties[part]]
    return [one.get("additionalProperties")]
