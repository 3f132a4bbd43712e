"""Whether an exercise is open to whoever is here tonight, and if not, by which rule and what would undo it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from uncrick.app.evening import EveningSheet
from uncrick.app.reason_words import Told, reason_told
from uncrick.care.contraindication import ALLOWED
from uncrick.plan.scene import Reason, closed_today

State = Literal["open", "half", "shut", "ask"]

SAYS: Final[Mapping[State, str]] = {
    "open": "Open to you tonight",
    "half": "Half as much and half as far for you",
    "shut": "Not tonight",
    "ask": "First tonight's questions",
}


@dataclass(frozen=True, slots=True)
class OpenTonight:
    """Whether one exercise is open. planned : on tonight's sheet. reason : None where nothing closes or eases it."""

    state: State
    says: str
    planned: bool
    reason: Told | None


def open_tonight(evening: EveningSheet, exercise: str) -> OpenTonight:
    """Return whether *exercise* is open tonight, whatever the plan asks for."""
    scene = evening.sheet.scene
    planned = any(item.amount.exercise == exercise for item in evening.sheet.tonight.items)
    if evening.sheet.questions:
        return OpenTonight("ask", SAYS["ask"], planned, None)
    closed = closed_today(scene, exercise, "")
    if closed is not None:
        return OpenTonight("shut", SAYS["shut"], planned, reason_told(closed))
    verdict = scene.body.verdicts.get(exercise, ALLOWED)
    if verdict.ruling == "caution":
        why = Reason("gentler", (("rules", ", ".join(verdict.rules)),), verdict.source)
        return OpenTonight("half", SAYS["half"], planned, reason_told(why))
    return OpenTonight("open", SAYS["open"], planned, None)
