"""library/reasons/<lang>.yaml: what every rule says and what would undo it, or every problem in it."""

import string
from functools import cache

from pydantic import RootModel

from uncrick.errors import Problem, ProblemsError, nearest
from uncrick.files.library import library_folder
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model, read_marked
from uncrick.plan.reason import RULES, ReasonWords


class WrittenReason(WrittenModel):
    """The words of one rule."""

    says: str
    undo: str


class WrittenReasons(RootModel[dict[str, WrittenReason]]):
    """The whole file: rule -> words."""


@cache
def read_reasons(lang: str = "en") -> dict[str, ReasonWords]:
    """Read the reasons that ship. Raises ProblemsError with every problem when the file is broken."""
    name = f"reasons/{lang}.yaml"
    words, problems = check_reasons(read_marked(library_folder() / name, f"library/{name}"))
    if problems:
        raise ProblemsError(problems)
    return words


def check_reasons(marked: Marked) -> tuple[dict[str, ReasonWords], list[Problem]]:
    """Return the words of a file that was read, by rule, and every problem: each rule has words, with its own gaps."""
    written, problems = check_model(marked, WrittenReasons)
    if written is None:
        return {}, problems
    for rule, one in written.root.items():
        if rule not in RULES:
            problems.append(marked.problem((rule,), f"no rule '{rule}'{nearest(rule, RULES)}"))
            continue
        gaps = {gap for _, gap, _, _ in string.Formatter().parse(one.says) if gap}
        for gap in sorted(gaps - set(RULES[rule][0])):
            known = ", ".join(RULES[rule][0]) or "none"
            problems.append(marked.problem((rule, "says"), f"no input '{gap}'", f"known inputs: {known}"))
    missing = [rule for rule in RULES if rule not in written.root]
    problems += [marked.problem((), f"no words for rule '{rule}'", "add it") for rule in missing]
    words = {rule: ReasonWords(one.says, one.undo) for rule, one in written.root.items()}
    return ({} if problems else words), problems
