"""A plan as a YAML file: every problem in it with its line, or the plan; and writing one that reads back the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from uncrick.care.assessment import CAUTIONS, UNKNOWN, Clearance
from uncrick.care.contraindication import Relaxation
from uncrick.care.rulebook import Rulebook
from uncrick.errors import Problem, nearest
from uncrick.exercise.definition import Exercise
from uncrick.files.marked_yaml import KeyPath, Marked, check_model, line_in_file
from uncrick.files.plan_mend import mended
from uncrick.files.plan_written import WrittenPlan, WrittenPrescription
from uncrick.files.yaml_text import yaml_text
from uncrick.plan.ladder import own_amount
from uncrick.plan.record import WEEKDAYS, Amount, Limits, Plan, Prescription


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a plan may name: the exercises and the rules there are."""

    exercises: Mapping[str, Exercise]
    book: Rulebook

    def rules(self) -> tuple[str, ...]:
        """Return the ids of all rules that a therapist may relax."""
        return tuple(rule.id for c in self.book.conditions.values() for rule in c.rules)


def check_plan(marked: Marked, shelf: Shelf) -> tuple[Plan | None, list[Problem]]:
    """Return the plan of a file that was read, with every problem; None when there is any."""
    written, problems = check_model(marked, WrittenPlan)
    if written is not None:
        problems += _what_it_says(marked, written, shelf)
        return (None if problems else _plan(written, shelf)), sorted(problems, key=line_in_file)
    rest, gone = mended(marked, next(iter(shelf.exercises)))
    if rest is not None:
        told = {marked.where(path) for path in gone}
        problems += [p for p in _what_it_says(marked, rest, shelf) if p.where not in told]
    return None, sorted(problems, key=line_in_file)


def _what_it_says(marked: Marked, written: WrittenPlan, shelf: Shelf) -> list[Problem]:
    """Return what is wrong with what a plan says, beyond the form of its values."""
    problems = [*_plan_problems(marked, written, shelf)]
    for i, one in enumerate(written.exercises):
        problems += _prescription_problems(marked, written, i, one, shelf)
    return [*problems, *_twice(marked, written)]


def plan_text(plan: Plan) -> str:
    """Return *plan* as the YAML of a plan file, in the order people read it; check_plan gives the same plan again."""
    head = {
        "plan": plan.id, "title": plan.title, "written_by": plan.written_by, "author": plan.author,
        "written_on": plan.written_on, "for": plan.for_person, "from": plan.from_on,
        "until": plan.until, "goals": list(plan.goals), "notes": plan.notes,
        "pain_rule": plan.pain_rule,
        "relax": [{"rule": r.rule, "to": r.to, "on": r.on, "reason": r.reason} for r in plan.relaxations],
        "cleared": [
            {"cause": c.cause, "by": c.by, "on": c.on, "reason": c.reason} for c in plan.clearances
        ],
        "exercises": [_written(p) for p in plan.prescriptions],
    }  # fmt: skip
    return yaml_text({key: value for key, value in head.items() if value not in (None, "", [])})


def _written(p: Prescription) -> dict[str, object]:
    """Return a prescription as written, without what is as it would be anyway."""
    amount, limits = p.amount, p.limits
    most = {"reps": limits.most_reps, "hold_s": limits.most_hold_s, "duration_s": limits.most_duration_s}
    row: dict[str, object] = {"exercise": amount.exercise}
    if p.id != amount.exercise:
        row["id"] = p.id
    row |= {"sets": amount.sets, "reps": amount.reps, "hold_s": _even(amount.hold_s)}
    if amount.duration_s:
        row["duration_s"] = _even(amount.duration_s)
    extras: dict[str, object] = {
        "sides": p.sides if p.sides != "own" else None,
        "days": "daily" if p.days == WEEKDAYS else list(p.days),
        "at": list(p.at) if p.at != ("any",) else None,
        "most": {key: value for key, value in most.items() if value is not None},
        "depth": limits.depth if limits.depth != 1 else None,
        "progress": None if limits.may_progress else False,
        "instead": list(p.instead),
        "pain_rule": p.pain_rule,
        "note": p.note,
    }
    return row | {key: value for key, value in extras.items() if value not in (None, "", [], {})}


def _even(number: float) -> float:
    """Return a whole number without its idle ``.0``."""
    return int(number) if number == int(number) else number


def _plan_problems(marked: Marked, written: WrittenPlan, shelf: Shelf) -> Iterable[Problem]:
    if written.until is not None and written.until < written.from_:
        says = f"ends on {written.until}, before it begins on {written.from_}"
        yield marked.problem(("until",), says, "the last day it holds")
    if written.author == "person":
        alone = "only a therapist may, by name, date and reason"
        if written.pain_rule != "seed_strict":
            yield marked.problem(("pain_rule",), f"'{written.pain_rule}' is not for oneself", alone)
        if written.relax:
            yield marked.problem(("relax",), "rules are relaxed in a plan written by oneself", alone)
        if written.cleared:
            yield marked.problem(("cleared",), "causes are cleared in a plan written by oneself", alone)
    rules = shelf.rules()
    for i, relaxed in enumerate(written.relax):
        if relaxed.rule not in rules:
            says = f"no rule '{relaxed.rule}'{nearest(relaxed.rule, rules)}"
            yield marked.problem(("relax", i, "rule"), says, "uncrick screen --verdicts")
    causes = (*shelf.book.questions, *shelf.book.conditions, CAUTIONS, UNKNOWN)
    for i, cleared in enumerate(written.cleared):
        if cleared.cause not in causes:
            says = f"no question or condition '{cleared.cause}'{nearest(cleared.cause, causes)}"
            yield marked.problem(("cleared", i, "cause"), says, "uncrick screen --list")


def _prescription_problems(
    marked: Marked, written: WrittenPlan, i: int, one: WrittenPrescription, shelf: Shelf
) -> Iterable[Problem]:
    at: KeyPath = ("exercises", i)
    exercise = shelf.exercises.get(one.exercise)
    for key, name in (("exercise", one.exercise), *(("instead", n) for n in one.instead)):
        if name not in shelf.exercises:
            says = f"no exercise '{name}'{nearest(name, shelf.exercises)}"
            yield marked.problem((*at, key), says, "uncrick exercises")
    if one.pain_rule == "therapist_traffic_light" and written.author == "person":
        yield marked.problem((*at, "pain_rule"), f"'{one.pain_rule}' is not for oneself", "a therapist may choose it")
    yield from _day_problems(marked, at, written, one)
    if exercise is not None:
        yield from _amount_problems(marked, at, written, one, exercise)


def _day_problems(marked: Marked, at: KeyPath, written: WrittenPlan, one: WrittenPrescription) -> Iterable[Problem]:
    """Days that contradict each other or the dates of the plan."""
    if one.days == "daily":
        days = WEEKDAYS
    elif not one.days:
        yield marked.problem((*at, "days"), "names no day", "delete the exercise, or name its days")
        return
    else:
        days = one.days
        twice = [day for day in dict.fromkeys(days) if days.count(day) > 1]
        if twice:
            yield marked.problem((*at, "days"), f"names {', '.join(twice)} twice", "'at' says how often in a day")
    if "any" in one.at and len(one.at) > 1:
        yield marked.problem((*at, "at"), "'any' stands beside a time of day", "name each time, or only 'any'")
    held = _weekdays_between(written.from_, written.until)
    if held and not held.intersection(days):
        says = f"is for {', '.join(days)}, which do not come between {written.from_} and {written.until}"
        yield marked.problem((*at, "days"), says, "other days, or other dates")


def _weekdays_between(first: date, last: date | None) -> frozenset[str]:
    if last is None or (last - first).days >= 6:
        return frozenset(WEEKDAYS)
    n_days = max(0, (last - first).days + 1)
    return frozenset(WEEKDAYS[(first + timedelta(days=i)).weekday()] for i in range(n_days))


def _amount_problems(
    marked: Marked, at: KeyPath, written: WrittenPlan, one: WrittenPrescription, exercise: Exercise
) -> Iterable[Problem]:
    dose, amount = exercise.dose, _amount(one, exercise)
    if one.sides != "own" and not dose.both_sides:
        yield marked.problem((*at, "sides"), f"{exercise.id} has no sides", "delete the line")
    if one.duration_s is not None and not dose.duration_s:
        yield marked.problem((*at, "duration_s"), f"{exercise.id} is counted by repetitions", "use reps and hold_s")
    parts = (
        ("reps", amount.reps, dose.reps_range[1], one.most.reps),
        ("hold_s", amount.hold_s, dose.hold_range_s[1], one.most.hold_s),
        ("duration_s", amount.duration_s, dose.duration_range_s[1], one.most.duration_s),
    )
    for key, asked, own_most, most in parts:
        if most is not None and most < asked:
            yield marked.problem((*at, "most", key), f"at most {most:g}, but {asked:g} is asked", "raise one of them")
        if written.author == "person" and asked > own_most:
            says = f"found {asked:g}, wanted at most {own_most:g} for {exercise.id}"
            yield marked.problem((*at, key), says, "a therapist may ask for more")


def _twice(marked: Marked, written: WrittenPlan) -> Iterable[Problem]:
    """Every prescription needs a name of its own."""
    seen: set[str] = set()
    for i, one in enumerate(written.exercises):
        name = one.id or one.exercise
        if name in seen:
            says = f"'{name}' stands here twice"
            yield marked.problem(
                ("exercises", i, "id" if one.id else "exercise"), says, "give one of them its own 'id'"
            )
        seen.add(name)


def _plan(written: WrittenPlan, shelf: Shelf) -> Plan:
    by = written.written_by
    return Plan(
        id=written.plan,
        title=written.title,
        written_by=by,
        author=written.author,
        written_on=written.written_on,
        for_person=written.for_,
        from_on=written.from_,
        until=written.until,
        goals=written.goals,
        notes=written.notes,
        pain_rule=written.pain_rule,
        relaxations=tuple(Relaxation(r.rule, r.to, by, r.on, r.reason) for r in written.relax),
        clearances=tuple(Clearance(c.cause, c.by or by, c.on, c.reason) for c in written.cleared),
        prescriptions=tuple(_prescription(one, shelf.exercises[one.exercise]) for one in written.exercises),
    )


def _prescription(one: WrittenPrescription, exercise: Exercise) -> Prescription:
    most = one.most
    return Prescription(
        id=one.id or one.exercise,
        amount=_amount(one, exercise),
        sides=one.sides,
        days=WEEKDAYS if one.days == "daily" else one.days,
        at=one.at,
        limits=Limits(most.reps, most.hold_s, most.duration_s, one.depth, one.progress),
        instead=one.instead,
        pain_rule=one.pain_rule or "",
        note=one.note,
    )


def _amount(one: WrittenPrescription, exercise: Exercise) -> Amount:
    own = own_amount(exercise)
    return Amount(
        exercise.id,
        own.sets if one.sets is None else one.sets,
        own.reps if one.reps is None else one.reps,
        own.hold_s if one.hold_s is None else one.hold_s,
        own.duration_s if one.duration_s is None else one.duration_s,
    )
