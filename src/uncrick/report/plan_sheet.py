"""A plan as people read it: how much, when, on which side, in words; what to do when it hurts; boxes to tick."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from uncrick.care.pain import PainRule, StopEvent
from uncrick.exercise.definition import Exercise
from uncrick.exercise.words import ExerciseWords, Words
from uncrick.plan.record import WEEKDAYS, Amount, PartOfDay, Plan, Prescription, Weekday
from uncrick.report.words import listed, n_words, sentence

DAYS: Final[Mapping[Weekday, str]] = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip
PARTS: Final[Mapping[PartOfDay, str]] = {
    "any": "whenever it suits", "morning": "in the morning", "midday": "at midday", "evening": "in the evening",
}  # fmt: skip
RULE_NAMES: Final[Mapping[str, str]] = {
    "seed_strict": "the strict rule of this coach",
    "therapist_traffic_light": "the traffic light, a therapist's choice",
}


class PaperWords(NamedTuple):
    """What a plan is told with: exercises, the words of the library, the pain rules and what a person can stop for."""

    exercises: Mapping[str, Exercise]
    words: Words
    pain_rules: Mapping[str, PainRule]
    stops: Mapping[str, StopEvent]


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One exercise of the sheet. days : whether it is asked, Monday first. boxes : to tick on each such day.

    limits : what progress may not pass, and how far to go, as sentences; empty where the exercise's own hold.
    """

    exercise: str
    name: str
    how_much: str
    when: str
    props: str
    start: str
    steps: tuple[str, ...]
    easier: str
    limits: tuple[str, ...]
    instead: tuple[str, ...]
    note: str
    days: tuple[bool, ...]
    boxes: int


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A whole plan in words. made : who wrote it, for whom, from when. signed : by whom, or that nobody did.

    stop : the stop rule, a sentence each. opened : what a therapist relaxed or looked at, with name, date and reason.
    """

    title: str
    made: str
    lasts: str
    signed: str
    goals: tuple[str, ...]
    notes: str
    stop: tuple[str, ...]
    opened: tuple[str, ...]
    items: tuple[SheetItem, ...]
    notice: str


def sheet_of(plan: Plan, known: PaperWords, signed: str) -> PlanSheet:
    """Return *plan* in words. signed : the sentence about its signature."""
    own_rules = {p.pain_rule for p in plan.prescriptions if p.pain_rule} - {plan.pain_rule}
    stop = stop_sentences(known.pain_rules[plan.pain_rule], known.stops)
    stop += tuple(f"Where an exercise names it, it is {RULE_NAMES[rule]}." for rule in sorted(own_rules))
    return PlanSheet(
        title=plan.title,
        made=f"For {plan.for_person}, by {plan.written_by}{_author(plan)}, {day_words(plan.written_on)}.",
        lasts=f"From {day_words(plan.from_on)}" + (f" until {day_words(plan.until)}." if plan.until else " on."),
        signed=signed,
        goals=tuple(map(sentence, plan.goals)),
        notes=sentence(plan.notes),
        stop=stop,
        opened=tuple(_opened(plan)),
        items=tuple(_item(plan, p, known) for p in plan.prescriptions),
        notice=known.words.notice,
    )


def stop_sentences(rule: PainRule, stops: Mapping[str, StopEvent]) -> tuple[str, ...]:
    """Return the pain rule as it is written on top of a sheet, from the rule's own numbers."""
    if rule.red is not None:
        green = rule.red - 1 if rule.green is None else rule.green
        during = (
            f"While moving: 0 to {green} of 10, go on. Up to {rule.red - 1}, go on only if it settles within "
            f"{rule.settle_h:g} hours. {rule.red} or more, or if it hurts: stop that exercise for today."
        )
    else:
        during = (
            "A mild stretch is fine, pain is not. If it hurts, or pain goes up by "
            f"{n_words(rule.rise or 1, 'point')} of 10: stop that exercise for today."
        )
    over = [s.text for s in stops.values() if s.action == "stop_session"]
    emergency = " ".join(s.text for s in stops.values() if s.action == "emergency")
    return (
        during,
        f"After {n_words(rule.stops_end_session, 'stop')}, stop for today altogether. "
        "Stopping is the right choice; nothing is lost.",
        "Stop for today, and talk to a clinician, at any of these: " + " ".join(over),
        f"Call your local emergency number: {emergency}",
        f"Pain of {rule.rest_limit} or more of 10 before you begin: only walking and rest today.",
        f"Pain {n_words(rule.morning_rise, 'point')} higher the next morning: {n_words(rule.rest_days, 'day')} of "
        f"rest, and one step back. {_capital(n_words(rule.mornings, 'such morning'))} in {rule.within_days} days: "
        "talk to a doctor or physical therapist.",
    )


def how_much(amount: Amount, exercise: Exercise, sides: str = "own") -> str:
    """Return an amount in words: ``2 times to each side, each held 15 seconds``."""
    if amount.duration_s:
        minutes = amount.duration_s / 60
        once = f"{minutes:g} minute{'s' if minutes != 1 else ''}"
        return once if amount.sets == 1 else f"{amount.sets} times {once}, with a rest between"
    side = ""
    if exercise.dose.both_sides:
        side = {"left": " to the left", "right": " to the right"}.get(sides, " to each side")
    once = ("once" if amount.reps == 1 else f"{amount.reps} times") + side
    if amount.hold_s:
        once += (
            f", {'' if amount.reps == 1 else 'each '}held {amount.hold_s:g} second{'s' if amount.hold_s != 1 else ''}"
        )
    return once if amount.sets == 1 else f"{once}; all of it {amount.sets} times, with a rest between"


def when_words(prescription: Prescription) -> str:
    """Return the days and times of day in words: ``every day, in the morning and in the evening``."""
    days = prescription.days
    if days == WEEKDAYS or len(set(days)) == 7:
        said = "every day"
    elif days == WEEKDAYS[:5]:
        said = "Monday to Friday"
    else:
        said = listed([DAYS[day] for day in WEEKDAYS if day in days])
    at = [PARTS[part] for part in dict.fromkeys(prescription.at)]
    often = {part: prescription.at.count(part) for part in prescription.at}
    told = [f"{n_words(often[p], 'time')} {PARTS[p]}" if often[p] > 1 else PARTS[p] for p in often]
    return said if at == [PARTS["any"]] and len(prescription.at) == 1 else f"{said}, {listed(told)}"


def day_words(day: date) -> str:
    """Write a day as people do: ``28 November 2026``."""
    return f"{day.day} {day:%B %Y}"


def _author(plan: Plan) -> str:
    return " (physical therapist)" if plan.author == "therapist" and "PT" not in plan.written_by else ""


def _opened(plan: Plan) -> Iterable[str]:
    """Tell what a therapist relaxed or has looked at; it counts only where the signature was checked."""
    for r in plan.relaxations:
        yield f"{r.by} eased the rule {r.rule} to '{r.to}' on {day_words(r.on)}: {r.reason}"
    for c in plan.clearances:
        yield f"{c.by} looked at {c.cause} on {day_words(c.on)}: {c.reason}"


def _item(plan: Plan, p: Prescription, known: PaperWords) -> SheetItem:
    exercise = known.exercises[p.amount.exercise]
    words: ExerciseWords = known.words.exercises[exercise.id]
    equipment, other = known.words.equipment, known.words.substitutes
    props = [equipment[e] + (f" (or {other[e]})" if other.get(e) else "") for e in exercise.equipment]
    return SheetItem(
        exercise=exercise.id,
        name=words.name,
        how_much=_capital(how_much(p.amount, exercise, p.sides)),
        when=_capital(when_words(p)),
        props="; ".join(props),
        start=words.start,
        steps=words.steps,
        easier=words.easier,
        limits=tuple(_limits(plan, p)),
        instead=tuple(known.words.exercises[name].name for name in p.instead),
        note=sentence(p.note),
        days=tuple(day in p.days for day in WEEKDAYS),
        boxes=len(p.at),
    )


def _limits(plan: Plan, p: Prescription) -> Iterable[str]:
    limits = p.limits
    if limits.depth != 1:
        yield f"Go {limits.depth:.0%} of the way that you could.".replace("%", " %")
    if not limits.may_progress:
        yield "It stays as it is: it does not get harder by itself."
    most = [
        f"{limits.most_reps} times" if limits.most_reps is not None else "",
        f"{limits.most_hold_s:g} seconds of a hold" if limits.most_hold_s is not None else "",
        f"{limits.most_duration_s / 60:g} minutes" if limits.most_duration_s is not None else "",
    ]
    if any(most):
        yield f"At most {listed([m for m in most if m])}, however well it goes."
    if p.pain_rule and p.pain_rule != plan.pain_rule:
        yield f"Here the pain rule is {RULE_NAMES[p.pain_rule]}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
