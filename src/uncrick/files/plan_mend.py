"""A plan file with wrong values, read as far as it goes: what is wrong is set aside, and the rest is checked."""

import copy
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from uncrick.files.marked_yaml import KeyPath, Marked
from uncrick.files.model_english import model_problems
from uncrick.files.plan_written import WrittenPlan

TURNS: Final = 4
"""So often what is still wrong is set aside; each turn goes a level deeper."""

STAND_INS: Final[Mapping[str, str]] = {
    "plan": "x", "title": "x", "written_by": "x", "author": "therapist", "written_on": "2000-01-01", "for": "x",
    "from": "2000-01-01", "rule": "x", "to": "caution", "on": "2000-01-01", "reason": "x", "cause": "x",
}  # fmt: skip
"""What takes the place of a needed value that is wrong or missing; nothing is ever said about it."""


def mended(marked: Marked, exercise: str) -> tuple[WrittenPlan | None, frozenset[KeyPath]]:
    """Return the plan of *marked* without its wrong values, and where those were; None where too little is left.

    exercise : the id that takes the place of one that is missing.
    """
    value: Any = copy.deepcopy(marked.value)
    gone: set[KeyPath] = set()
    for _ in range(TURNS):
        try:
            return WrittenPlan.model_validate(value), frozenset(gone)
        except ValidationError as error:
            paths = [path for path, _, _ in model_problems(error, marked.root, WrittenPlan)]
        gone.update(paths)
        for path in sorted(paths, key=len, reverse=True):
            _set_aside(value, path, {**STAND_INS, "exercise": exercise})
    return None, frozenset(gone)


def _set_aside(value: object, path: KeyPath, stand_ins: Mapping[str, str]) -> None:
    """Take the value at *path* out, or put a stand-in where something must be; list items keep their places."""
    if not path:
        return
    for part in path[:-1]:
        inside = value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else {}
        if part not in inside:
            return
        value = inside[part]
    last = path[-1]
    if isinstance(value, dict) and isinstance(last, str):
        if last in stand_ins:
            value[last] = stand_ins[last]
        elif last == "exercises":
            value[last] = [{"exercise": stand_ins["exercise"]}]
        else:
            value.pop(last, None)
    elif isinstance(value, list) and isinstance(last, int) and last < len(value):
        if path[0] == "exercises" and len(path) == 2:
            value[last] = {"exercise": stand_ins["exercise"]}
        else:
            del value[last]
