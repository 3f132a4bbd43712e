"""The sentences of a report: what was seen, never what it means for anyone's health."""

from collections.abc import Sequence
from typing import Final

from uncrick.coach.hold import PUSH_S
from uncrick.exercise.definition import REPETITION_S, SIDE_DIFFERENCE, Condition
from uncrick.motion.measure import Measure
from uncrick.motion.traverse import Traverse
from uncrick.report.number import plain_text

STOP_ADVICE: Final = (
    "Stopping was the right choice. Come back to a comfortable position and rest. If anything hurts, let it be for "
    "today, and talk to a doctor or physical therapist if it does not settle."
)

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def n_words(n: int, noun: str) -> str:
    """Write how many in words up to ten: ``no stop``, ``one hold``, ``two repetitions``, ``12 holds``."""
    many = noun if n in (0, 1) else noun + "s"
    return f"{_SMALL[n] if n < len(_SMALL) else n} {many}"


def sentence(text: str) -> str:
    """Begin *text* with a capital and end it with a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def title(text: str) -> str:
    """Begin *text* with a capital."""
    return text[:1].upper() + text[1:]


def measure_title(name: str) -> str:
    """Write a measure's name as a heading: ``trunk_rotation`` becomes ``Trunk rotation``."""
    return title(name.replace("_", " "))


def duration_words(duration_s: float) -> str:
    """Write how long something took: ``18.3 s``, ``2 min 05 s``."""
    if duration_s < 60:
        return f"{duration_s:.1f} s"
    whole = round(duration_s)
    return f"{whole // 60} min {whole % 60:02d} s"


def listed(parts: Sequence[str]) -> str:
    """Join *parts* as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def condition_words(condition: Condition, measure: Measure | None) -> str:
    """Say in words when *condition* holds. measure : None for a number the engine keeps itself."""
    unit, error = (measure.unit, measure.error) if measure else ("s" if condition.measure == REPETITION_S else "deg", 1)
    fine = min(error, 10.0 ** -len(f"{condition.value:g}".partition(".")[2]))
    value = plain_text(condition.value, unit, fine)
    what = measure.says.partition(";")[0].partition(", used")[0] if measure else _KEPT[condition.measure]
    match condition.op:
        case "above":
            return f"{what}: more than {value}"
        case "below":
            return f"{what}: less than {value}"
        case "moves":
            return f"{what}: {value} or more within {Traverse().over_s:g} s"
        case "pushes":
            return f"{what}: a further {value} or more within {PUSH_S:g} s, during a hold"
        case "rises":
            return f"{what}: up by {value} or more since it last turned"
        case "falls":
            return f"{what}: down by {value} or more since it last turned"


_KEPT = {
    REPETITION_S: "time of one repetition",
    SIDE_DIFFERENCE: "how much further one side went than the other",
}

LEADS: Final = {
    "idle": "Somebody took the start position, but nothing after it came far enough to be a hold or a repetition.",
    "waiting": "Somebody was there, but never still in the start position, so nothing could be measured or counted.",
    "hidden": "Shoulders and hips were not all in the picture, so nothing could be measured or counted.",
    "other": "It was not the exercise that was asked for, so nothing was counted and nothing was corrected.",
    "unrecognised": "Nothing was counted and nothing was corrected. What was tried is listed below.",
    "nobody": "No frame showed a person, so there is nothing to measure.",
}

HEADLINES: Final = {
    "idle": "Nothing was counted",
    "waiting": "The start position was not seen",
    "hidden": "Too little of the body was seen",
    "other": "Something else was being done",
    "unrecognised": "None of the known stretches was seen",
    "nobody": "Nobody was seen",
}

HINTS: Final = {
    "idle": (),
    "waiting": ("Be still in the start position for about a second before the first movement.",),
    "hidden": ("Move the camera back, or turn it, until it sees you from head to knees at least.",),
    "other": ("Be still in the start position for about a second before the first movement.",),
    "unrecognised": (
        "Be still in the start position for about a second before the first movement.",
        "Name the exercise if you know which one it is: then the report can say what was missing.",
    ),
    "nobody": (
        "Light the room from the front and keep windows out of the background.",
        "Put the camera where it sees you from head to feet.",
        "Check that it is the recording you meant.",
    ),
}

VIEWS: Final = {
    "front": "The camera should face your chest.",
    "side": "The camera should see you from the side.",
}
