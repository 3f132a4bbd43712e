"""A reason as a page tells it: what it says, from what it was decided, what would undo it, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from uncrick.app.shelf import source_sentences
from uncrick.care.assessment import CAUTIONS, UNKNOWN
from uncrick.care.rulebook import Rulebook
from uncrick.files.reason_file import read_reasons
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.reason import RULES, told
from uncrick.plan.scene import Reason

LEVEL_WORDS: Final[Mapping[int, str]] = {1: "any", 2: "a good part", 3: "near the end of range"}
"""How much of an attribute a rule acts at, for those that are parts of a range."""

INPUT_WORDS: Final[Mapping[str, str]] = {
    "clean": "sessions without a stop, with good mornings", "first": "goes first", "stops": "stops in a row",
    "until": "until", "questions": "open questions", "because": "because of", "pain": "pain at rest, 0-10",
    "limit": "limit", "rules": "rules", "hours": "hours", "minutes": "minutes", "sessions": "sessions today",
}  # fmt: skip
"""What people call an input of a rule."""


@dataclass(frozen=True, slots=True)
class Told:
    """A reason in words. rule : its name. inputs : what it was decided from, name and value. sources : sentences."""

    says: str
    undo: str
    rule: str
    inputs: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


def reason_told(reason: Reason) -> Told:
    """Return *reason* in words."""
    return rule_told(reason.rule, reason.inputs, reason.source)


def rule_told(rule: str, inputs: tuple[tuple[str, float | str], ...], source: tuple[str, ...] = ()) -> Told:
    """Return what a rule decided, in words: names of rules, questions and conditions as people know them."""
    book, words = read_rulebook(), read_reasons()
    plain = tuple((name, _plain(book, name, value)) for name, value in inputs)
    return Told(
        says=told(words, rule, plain),
        undo=words[rule].undo,
        rule=rule,
        inputs=tuple((INPUT_WORDS.get(name, name), str(value)) for name, value in plain),
        sources=source_sentences(source or RULES[rule][1]),
    )


def cause_words(book: Rulebook, cause: str) -> str:
    """Return what a person knows a cause by: the question they answered, or the condition they named."""
    if cause in book.questions:
        return f"the question “{book.questions[cause].text}”"
    if cause in book.conditions:
        return book.conditions[cause].label
    return {CAUTIONS: "several conditions together", UNKNOWN: "a condition in your own words"}.get(cause, cause)


def rule_words(book: Rulebook, rule: str) -> str:
    """Return a condition's rule as people read it: ``osteoporosis.spine_rotation>=3``, the condition by its label."""
    condition, _, what = rule.partition(".")
    attribute, _, level = what.partition(">=")
    if condition not in book.conditions or not attribute:
        return rule
    asks = attribute.split("+")[0].replace("_", " ")
    degree = LEVEL_WORDS.get(int(level), "") if level.isdigit() else ""
    return f"{book.conditions[condition].label}: {asks}{', ' + degree if degree else ''}"


def _plain(book: Rulebook, name: str, value: float | str) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if name == "rules":
        return "; ".join(rule_words(book, rule) for rule in text.split(", "))
    if name == "because":
        return "; ".join(cause_words(book, cause) for cause in text.split(", "))
    return text
