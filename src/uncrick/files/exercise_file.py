"""library/exercises/<id>.yaml as an Exercise, or every problem in it with its line."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from uncrick.errors import Problem
from uncrick.exercise.attribute import ATTRIBUTES
from uncrick.exercise.definition import (
    MOVEMENT,
    Condition,
    Cue,
    Exercise,
    Hold,
    Op,
    Phase,
    Repetition,
    Severity,
    Side,
    View,
    When,
)
from uncrick.exercise.dose import Dose
from uncrick.files.exercise_names import name_problems
from uncrick.files.marked_yaml import Marked, WrittenModel, check_model, line_in_file
from uncrick.motion.measure import Measure

ID = r"^[a-z][a-z0-9_]*$"
"""What the id of an exercise looks like."""

OPS: tuple[Op, ...] = ("above", "below", "moves", "pushes", "rises", "falls")


class WrittenTest(WrittenModel):
    """The comparisons of one measure; every one that is given must be fulfilled."""

    above: float | None = None
    below: float | None = None
    moves: float | None = Field(None, gt=0)
    pushes: float | None = Field(None, gt=0)
    rises: float | None = Field(None, gt=0)
    falls: float | None = Field(None, gt=0)


WrittenGroup = dict[str, WrittenTest]
WrittenWhen = WrittenGroup | list[WrittenGroup]


class WrittenPhase(WrittenModel):
    """One phase."""

    when: WrittenWhen
    side: Literal["left", "right"] | None = None
    hold: bool = False


class WrittenHold(WrittenModel):
    """What staying means."""

    measure: str
    deep: float = Field(gt=0)
    within: float = Field(gt=0)
    least_s: float = Field(ge=0, le=60)


class WrittenRepetition(WrittenModel):
    """Once round."""

    each: tuple[str, ...] = Field(min_length=1)
    rest: str = ""


class WrittenCue(WrittenModel):
    """One thing to say."""

    when: WrittenWhen
    severity: Severity
    in_: tuple[str, ...] = Field((), alias="in")
    for_s: float = Field(1.2, ge=0, le=30)
    rank: int = Field(5, ge=1, le=9)


class WrittenDose(WrittenModel):
    """How much."""

    sets: int = Field(ge=1, le=10)
    reps: int = Field(ge=1, le=60)
    hold_s: float = Field(ge=0, le=120)
    rest_s: float = Field(ge=0, le=300)
    move_s: float = Field(ge=0, le=30)
    both_sides: bool
    times_per_day: int = Field(ge=1, le=10)
    reps_range: tuple[int, int]
    hold_range_s: tuple[float, float]
    sets_range: tuple[int, int] = (1, 1)
    duration_s: float = Field(0, ge=0, le=7200)
    duration_range_s: tuple[float, float] = (0, 0)
    days_per_week: int = Field(7, ge=1, le=7)
    source: tuple[str, ...] = Field(min_length=1)


class WrittenExercise(WrittenModel):
    """The whole file."""

    id: str = Field(pattern=ID)
    kind: Literal["stretch", "mobility", "strength", "stability", "motor_control", "self_massage", "aerobic"]
    view: View
    regions: tuple[str, ...]
    equipment: tuple[str, ...]
    attributes: dict[str, int]
    source: tuple[str, ...] = Field(min_length=1)
    start: WrittenWhen = Field(default_factory=dict)
    speed: str = ""
    hold: WrittenHold | None = None
    phases: dict[str, WrittenPhase] = Field(default_factory=dict)
    repetition: WrittenRepetition | None = None
    cues: dict[str, WrittenCue] = Field(default_factory=dict)
    dose: WrittenDose
    by_sight: bool = False
    unjudged: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()


def check_exercise(marked: Marked, book: Mapping[str, Measure]) -> tuple[Exercise | None, list[Problem]]:
    """Return the exercise of a file that was read, with every problem; None when there is any.

    book : the measures that exist; every one that is named must be among them.
    """
    written, problems = check_model(marked, WrittenExercise)
    problems += name_problems(marked, book)
    if written is not None:
        problems += _sense_problems(marked, written)
    whole = written if not problems else None
    return (_exercise(whole) if whole is not None else None), sorted(problems, key=line_in_file)


def _sense_problems(marked: Marked, written: WrittenExercise) -> list[Problem]:
    """What is well formed but cannot work."""
    problems: list[Problem] = _untracked_problems(marked, written)
    held = [name for name, phase in written.phases.items() if phase.hold]
    if held and written.hold is None:
        problems.append(marked.problem(("phases", held[0], "hold"), "held, but the file has no 'hold'", "add hold:"))
    for name in held if written.hold else ():
        used = {m for group in _groups(written.phases[name].when) for m in group}
        if written.hold and written.hold.measure not in used:
            says = f"held, but '{written.hold.measure}' is not in its 'when'"
            problems.append(marked.problem(("phases", name, "when"), says, "the hold's measure must open the phase"))
    for path, when in _whens(written):
        for group in _groups(when):
            if not group or any(not _conditions(m, test) for m, test in group.items()):
                problems.append(marked.problem(path, "says nothing to compare", f"one of {', '.join(OPS)}"))
    moving = any(t.moves is not None for c in written.cues.values() for g in _groups(c.when) for t in g.values())
    if moving and not written.speed:
        problems.append(marked.problem(("cues",), "a cue asks what 'moves', but the file has no 'speed'", "add speed:"))
    return [*problems, *_dose_problems(marked, written.dose)]


def _untracked_problems(marked: Marked, written: WrittenExercise) -> list[Problem]:
    """An exercise without phases is led by timer and voice alone, and must say so; one with phases counts them."""
    problems: list[Problem] = []
    if bool(written.phases) != (written.repetition is not None):
        problems.append(marked.problem((), "'phases' and 'repetition' go together", "give both or none"))
    if (MOVEMENT in written.unjudged) == bool(written.phases):
        says = f"'{MOVEMENT}' stands in 'unjudged' exactly when there are no phases"
        problems.append(marked.problem(("unjudged",), says, "timer and voice only must be said"))
    if not written.phases and written.cues:
        problems.append(marked.problem(("cues",), "cues without phases cannot be judged", "delete them"))
    for name, level in written.attributes.items():
        if not 0 <= level <= ATTRIBUTES.get(name, level):
            says = f"found {level}, wanted 0 to {ATTRIBUTES[name]}"
            problems.append(marked.problem(("attributes", name), says))
    return problems


def _dose_problems(marked: Marked, dose: WrittenDose) -> list[Problem]:
    """Ranges run forwards."""
    ranges = {
        "sets_range": dose.sets_range,
        "reps_range": dose.reps_range,
        "hold_range_s": dose.hold_range_s,
        "duration_range_s": dose.duration_range_s,
    }
    return [
        marked.problem(("dose", key), f"from {low:g} to {high:g} runs backwards", "least first")
        for key, (low, high) in ranges.items()
        if low > high
    ]


def _whens(written: WrittenExercise) -> list[tuple[tuple[str | int, ...], WrittenWhen]]:
    whens: list[tuple[tuple[str | int, ...], WrittenWhen]] = []
    if written.start:
        whens.append((("start",), written.start))
    whens += [(("phases", name, "when"), phase.when) for name, phase in written.phases.items()]
    whens += [(("cues", name, "when"), cue.when) for name, cue in written.cues.items()]
    return whens


def _groups(when: WrittenWhen) -> list[WrittenGroup]:
    return when if isinstance(when, list) else [when]


def _conditions(measure: str, test: WrittenTest) -> list[Condition]:
    values = ((op, getattr(test, op)) for op in OPS)
    return [Condition(measure, op, value) for op, value in values if value is not None]


def _when(when: WrittenWhen) -> When:
    return tuple(
        tuple(c for measure, test in group.items() for c in _conditions(measure, test)) for group in _groups(when)
    )


def _exercise(written: WrittenExercise) -> Exercise:
    hold, repetition = written.hold, written.repetition
    return Exercise(
        id=written.id,
        kind=written.kind,
        view=written.view,
        start=_when(written.start) if written.start else (),
        phases=tuple(Phase(n, _when(p.when), _side(p.side), p.hold) for n, p in written.phases.items()),
        repetition=Repetition(repetition.each, repetition.rest) if repetition else Repetition(()),
        hold=Hold(hold.measure, hold.within, hold.deep, hold.least_s) if hold else None,
        speed=written.speed,
        cues=tuple(Cue(n, _when(c.when), c.severity, c.in_, c.for_s, c.rank) for n, c in written.cues.items()),
        dose=Dose(**written.dose.model_dump()),
        equipment=written.equipment,
        regions=written.regions,
        attributes=tuple(written.attributes.items()),
        unjudged=written.unjudged,
        source=written.source,
        proof=written.proof,
        by_sight=written.by_sight,
        easier=written.easier,
        harder=written.harder,
    )


def _side(side: Literal["left", "right"] | None) -> Side:
    return side or ""
