"""The whole of library/screening.yaml as one value: everything that care decides by."""

from collections.abc import Mapping
from dataclasses import dataclass

from uncrick.care.contraindication import BodyCondition, Gentler
from uncrick.care.level import Level
from uncrick.care.pain import PainRule, StopEvent
from uncrick.care.screening import Asking, Question
from uncrick.care.timing import TimeRules


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure or a rule comes from. certainty : verified, partly, memory, ours or article."""

    says: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Questions, conditions and rules by id.

    wording : version of the questions' words, kept with every answer. approved_by : empty until a therapist has.
    says : what is shown at each level. emergency_numbers : by country, and ``default``.
    """

    wording: str
    language: str
    approved_by: str
    says: Mapping[Level, str]
    emergency_numbers: Mapping[str, str]
    asking: Asking
    gentler: Gentler
    questions: Mapping[str, Question]
    conditions: Mapping[str, BodyCondition]
    stops: Mapping[str, StopEvent]
    pain_rules: Mapping[str, PainRule]
    default_pain_rule: str
    times: TimeRules
    sources: Mapping[str, Source]


def emergency_message(book: Rulebook, number: str = "") -> str:
    """Return the one thing shown at an emergency, with the person's own *number* where they have set one."""
    default = book.emergency_numbers["default"]
    return book.says["emergency"].replace(default, number.strip() or default, 1)
