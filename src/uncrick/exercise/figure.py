"""An exercise drawn as text: its phases, what opens each, and how they make a repetition."""

from collections.abc import Mapping

from uncrick.exercise.definition import Condition, Cue, Exercise, Phase, When
from uncrick.motion.measure import Measure

SIGNS = {"above": ">", "below": "<"}
VERBS = {
    "moves": "moves {} in 0.7 s",
    "pushes": "pushes {} outward in 0.5 s",
    "rises": "rises {} from its low",
    "falls": "falls {} from its high",
}
UNITS = {"deg": " deg", "ratio": ""}


def drawn(exercise: Exercise, book: Mapping[str, Measure]) -> str:
    """Return the phase table of *exercise*, its repetition as a walk through it, and its cues, as lines of text."""
    lines = [f"{exercise.id}  ({exercise.view} view)", ""]
    if exercise.start:
        lines += [*_wrapped("begins from", _when_text(exercise.start, book)), ""]
    lines += [_phase_line(exercise, phase, book) for phase in exercise.phases]
    lines += ["", *_walk(exercise), ""]
    lines += [_cue_line(cue, book) for cue in exercise.cues]
    return "\n".join(lines).rstrip() + "\n"


def _phase_line(exercise: Exercise, phase: Phase, book: Mapping[str, Measure]) -> str:
    held = f"   held >= {exercise.hold.least_s:g} s" if phase.hold and exercise.hold else ""
    return f"  [{phase.name}]".ljust(14) + f"when {_when_text(phase.when, book)}{held}"


def _walk(exercise: Exercise) -> list[str]:
    """Draw the repetition: out and back from the resting phase, or round and round."""
    repetition = exercise.repetition
    if not repetition.each:
        return ["  no phases: timer and voice lead it, the camera judges nothing"]
    if not repetition.rest:
        return ["  one repetition:  " + " -> ".join(f"[{name}]" for name in repetition.each) + " -> again"]
    width = max(len(name) for name in repetition.each) + 2
    arms = [f"<=> [{name}]".ljust(width + 5) for name in repetition.each]
    rest = f"  one repetition:  [{repetition.rest}] "
    lines = [rest + arms[0].rstrip()]
    lines += [" " * len(rest) + arm.rstrip() for arm in arms[1:]]
    if len(repetition.each) > 1:
        lines[-1] += "   each once, in any order"
    return lines


def _cue_line(cue: Cue, book: Mapping[str, Measure]) -> str:
    where = f" in {' or '.join(cue.phases)}" if cue.phases else ""
    lasting = f" for {cue.for_s:g} s" if cue.for_s else ""
    return f"  {cue.severity:<8}{cue.name:<16} when {_when_text(cue.when, book)}{lasting}{where}"


def _when_text(when: When, book: Mapping[str, Measure]) -> str:
    return " or ".join(" and ".join(_condition_text(c, book) for c in group) for group in when)


def _condition_text(condition: Condition, book: Mapping[str, Measure]) -> str:
    measure = book.get(condition.measure)
    unit = UNITS[measure.unit] if measure else (" s" if condition.measure.endswith("_s") else " deg")
    value = f"{condition.value:g}{unit}"
    if condition.op in SIGNS:
        return f"{condition.measure} {SIGNS[condition.op]} {value}"
    return f"{condition.measure} {VERBS[condition.op].format(value)}"


def _wrapped(head: str, text: str, width: int = 100) -> list[str]:
    """Break *text* at its ' and ' so that no line is longer than *width*; later lines are set in under the first."""
    lines, line = [], f"  {head} "
    indent = " " * len(line)
    for part in text.split(" and "):
        piece = part if line.strip() in ("", head) else f" and {part}"
        if len(line) + len(piece) > width:
            lines.append(line)
            line, piece = indent, f"and {part}"
        line += piece
    return [*lines, line]
