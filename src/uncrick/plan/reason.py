"""Every rule that can change a plan or an evening: its inputs, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PROGRESSION = ("clinical_progression",)

RULES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "three_clean": (("clean",), PROGRESSION),
    "harder_form": (("clean",), PROGRESSION),
    "not_yet": (("clean",), PROGRESSION),
    "one_at_a_time": (("first",), PROGRESSION),
    "others_eased": (("first",), ("our_rule",)),
    "at_most": ((), PROGRESSION),
    "author_fixed": ((), ("our_rule",)),
    "not_tried": ((), ("our_rule",)),
    "not_done": ((), PROGRESSION),
    "no_morning": ((), PROGRESSION),
    "morning_not_good": ((), PROGRESSION),
    "after_stop": ((), PROGRESSION),
    "bad_morning": ((), ("our_rule",)),
    "at_least_dose": (("stops",), ("our_rule",)),
    "pause": (("stops", "until"), ("our_rule",)),
    "paused": (("until",), ("our_rule",)),
    "plan_not_in_force": ((), ("our_rule",)),
    "answers_missing": (("questions",), ("our_rule",)),
    "clinician_first": (("because",), ("triage_levels",)),
    "pain_at_rest": (("pain", "limit"), ("our_rule",)),
    "day_of_rest": (("until",), ("our_rule",)),
    "rests_after_stop": (("until",), ("our_rule",)),
    "stopped_today": ((), ("article",)),
    "excluded": (("rules",), ()),
    "morning_flexion": (("hours",), ("snook2002",)),
    "repeat_limit": (("sessions",), ("nhsinform_daily",)),
    "gentler": (("rules",), ()),
    "bad_mornings": (("mornings", "days"), ("our_rule",)),
    "after_long_sitting": (("hours", "minutes"), ("memory_creep",)),
}
"""Rule -> the names of its inputs, and keys of its sources; of the two without, the condition's rules name theirs."""


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """What people read of one rule. says : with gaps for the inputs. undo : what would undo it."""

    says: str
    undo: str


def told(words: Mapping[str, ReasonWords], rule: str, inputs: tuple[tuple[str, float | str], ...]) -> str:
    """Return the sentence of *rule* with its inputs filled in; raises KeyError for a rule that has no words."""
    filled = {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in inputs}
    return words[rule].says.format(**filled)
