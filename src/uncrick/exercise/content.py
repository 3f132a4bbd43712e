"""An exercise as the plain content of its file: what reading that file gives back."""

from uncrick.exercise.definition import Cue, Exercise, Hold, Phase, When
from uncrick.exercise.dose import Dose

Plain = str | float | bool | list["Plain"] | dict[str, "Plain"]
"""What a YAML or JSON file can say."""


def content_of(exercise: Exercise) -> dict[str, Plain]:
    """Return the content of the exercise's file, keys in the order of the library; what says nothing is left out."""
    content: dict[str, Plain] = {"id": exercise.id, "kind": exercise.kind, "view": exercise.view}
    for key in ("regions", "equipment"):
        content[key] = list(getattr(exercise, key))
    content["attributes"] = dict(exercise.attributes)
    for key in ("source", "easier", "harder"):
        if getattr(exercise, key):
            content[key] = list(getattr(exercise, key))
    if exercise.start:
        content["start"] = _when(exercise.start)
    if exercise.speed:
        content["speed"] = exercise.speed
    if exercise.hold:
        content["hold"] = _hold(exercise.hold)
    if exercise.phases:
        content["phases"] = {phase.name: _phase(phase) for phase in exercise.phases}
        content["repetition"] = {"each": list(exercise.repetition.each)}
        if exercise.repetition.rest:
            content["repetition"] = {"each": list(exercise.repetition.each), "rest": exercise.repetition.rest}
    if exercise.cues:
        content["cues"] = {cue.name: _cue(cue) for cue in exercise.cues}
    content["dose"] = _dose(exercise.dose)
    if exercise.by_sight:
        content["by_sight"] = True
    content["unjudged"] = list(exercise.unjudged)
    content["proof"] = list(exercise.proof)
    return content


def _when(when: When) -> Plain:
    groups: list[Plain] = []
    for group in when:
        tests: dict[str, Plain] = {}
        for condition in group:
            test = tests.setdefault(condition.measure, {})
            assert isinstance(test, dict)
            test[condition.op] = condition.value
        groups.append(tests)
    return groups[0] if len(groups) == 1 else groups


def _phase(phase: Phase) -> Plain:
    out: dict[str, Plain] = {"when": _when(phase.when)}
    if phase.side:
        out["side"] = phase.side
    if phase.hold:
        out["hold"] = True
    return out


def _hold(hold: Hold) -> Plain:
    return {"measure": hold.measure, "deep": hold.deep, "within": hold.within, "least_s": hold.least_s}


def _cue(cue: Cue) -> Plain:
    inside: dict[str, Plain] = {"in": list(cue.phases)} if cue.phases else {}
    return {**inside, "when": _when(cue.when), "for_s": cue.for_s, "severity": cue.severity, "rank": cue.rank}


def _dose(dose: Dose) -> Plain:
    keys = ("sets", "reps", "hold_s", "rest_s", "move_s", "both_sides", "times_per_day")
    out: dict[str, Plain] = {key: getattr(dose, key) for key in keys}
    out |= {"reps_range": list(dose.reps_range), "hold_range_s": list(dose.hold_range_s)}
    out["sets_range"] = list(dose.sets_range)
    if dose.duration_s:
        out |= {"duration_s": dose.duration_s, "duration_range_s": list(dose.duration_range_s)}
    return {**out, "days_per_week": dose.days_per_week, "source": list(dose.source)}
