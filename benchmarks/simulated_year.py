"""A year of evenings for many simulated people: no rule may lock up, forget its reason, or push after a stop.

Each person has conditions, a programme, a baseline of pain that wanders, a sensitivity to dose, and habits: how often
they do the sheet, how often they rate the morning after, when they rise. Every evening runs the real code: assessment,
tonight's sheet, the pain rule, the mornings, progress. They are made up; nothing follows from them about real people.

    python benchmarks/simulated_year.py --people 10000 --processes 2
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from uncrick.app.planning import known
from uncrick.care.assessment import Clearance, Declared, assess
from uncrick.care.contraindication import RULINGS, judge_all
from uncrick.care.pain import Felt, Morning, aftermath, is_bad, react
from uncrick.care.screening import Answer, questions_of
from uncrick.files.programme_file import programme_exercises, read_programmes
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.draft import Signatory, draft
from uncrick.plan.ladder import is_no_more
from uncrick.plan.progress import Decision, Evening, Happened, Said, Standing, begin, decide_all, newest_raised
from uncrick.plan.reason import RULES
from uncrick.plan.record import Plan, is_asked_on
from uncrick.plan.scene import Body, Known, Now, Scene
from uncrick.plan.tonight import Tonight, tonight

START = date(2026, 1, 1)
N_DAYS = 365
LIMIT_S = 600.0
"""The year of 10,000 people must be over in ten minutes on two cores."""

IDLE_DAYS = 60
"""So long may a prescription stay undone before the year is searched for its reasons."""


@dataclass
class Person:
    """What is drawn for one simulated person, and how they stand."""

    chance: random.Random
    plan: Plan
    body: Body
    standings: dict[str, Standing]
    baseline: float
    sensitivity: float
    habit: float
    rates_mornings: float
    mornings: list[Morning] = field(default_factory=list)
    rest_until: date | None = None
    happened: dict[str, Happened] = field(default_factory=dict)
    done_on: dict[str, date] = field(default_factory=dict)
    why_not: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass
class Year:
    """What a group of years came to. broken : a sentence for each invariant that did not hold. cpu_s : its own time."""

    cpu_s: float = 0.0
    n_evenings: int = 0
    n_decisions: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    idle: Counter[str] = field(default_factory=Counter)
    n_idle: int = 0
    n_clinician: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, other: "Year") -> None:
        """Add another group's years."""
        self.cpu_s += other.cpu_s
        self.n_evenings += other.n_evenings
        self.n_decisions += other.n_decisions
        self.n_idle += other.n_idle
        self.n_clinician += other.n_clinician
        for mine, theirs in ((self.changes, other.changes), (self.rules, other.rules), (self.idle, other.idle)):
            mine.update(theirs)
        self.broken += other.broken


def make_person(seed: int) -> Person:
    """Draw one person; the same *seed* is the same person, whatever else runs."""
    chance = random.Random(seed)
    book, everything = read_rulebook(), known()
    n_conditions = chance.choices((0, 1, 2, 3, 4), (50, 25, 15, 7, 3))[0]
    conditions = tuple(chance.sample(sorted(book.conditions), n_conditions))
    programme = read_programmes()[chance.choice(sorted(read_programmes()))]
    who = Signatory("Kim", "person", "Kim", START)
    plan = draft(programme, everything.exercises, who, book.default_pain_rule, frozenset())
    cleared: tuple[Clearance, ...] = ()
    if chance.random() < 0.7:
        causes = (*(c for c in conditions if book.conditions[c].level == "clinician"), "cautions")
        cleared = tuple(Clearance(c, "Ann Lee, PT", START, "seen") for c in causes)
    body = _body(conditions, cleared, chance)
    return Person(
        chance=chance,
        plan=plan,
        body=body,
        standings=begin(plan),
        baseline=chance.uniform(0, 5),
        sensitivity=chance.betavariate(1.2, 12),
        habit=chance.betavariate(4, 2),
        rates_mornings=chance.choice((0.0, 0.5, 0.9, 1.0)),
        why_not={p.id: Counter() for p in plan.prescriptions},
    )


def _body(conditions: tuple[str, ...], cleared: tuple[Clearance, ...], chance: random.Random) -> Body:
    book, at = read_rulebook(), datetime(START.year, START.month, START.day, tzinfo=UTC)
    questions = questions_of(book.questions, "full", conditions)
    rare = {q.id for q in questions if chance.random() < 0.002}
    answers = [Answer(q.id, "yes" if q.id in rare else "no", at, book.wording) for q in questions]
    found = assess(book, questions, answers, Declared(conditions, clearances=cleared), programme_exercises())
    verdicts = judge_all((book.conditions[c] for c in conditions), known().exercises)
    return Body(found, verdicts, conditions)


def live(person: Person, year: Year, everything: Known) -> None:
    """Let one person live a year."""
    for i in range(N_DAYS):
        on = START + timedelta(days=i)
        _rate_morning(person, year, on)
        closed = frozenset(e for e, v in person.body.verdicts.items() if v.ruling == RULINGS[-1])
        evening = Evening(on, everything.ladder, closed)
        before = person.standings
        person.standings, decisions = decide_all(evening, person.plan, before, person.happened)
        _check_decisions(year, decisions, person.happened)
        person.happened = {}
        chance = person.chance
        person.baseline = min(10.0, max(0.0, person.baseline + chance.gauss(0, 0.4) - 0.01))
        rest_pain = round(person.baseline)
        now = Now(on, chance.uniform(0.2, 14), chance.uniform(0, 3), rest_pain, rest_until=person.rest_until)
        found = tonight(Scene(everything, person.plan, person.body, now), person.standings)
        _check_sheet(year, person, found)
        if chance.random() < person.habit:
            _do(person, everything, found, rest_pain)
        year.n_evenings += 1
    _check_idle(year, person)


def _do(person: Person, everything: Known, found: Tonight, baseline: int) -> None:
    """Do the sheet; a harder dose hurts more often, and the second stop ends it."""
    rule, n_stops = everything.pain_rules[person.plan.pain_rule], 0
    for item in found.items:
        if item.instead_of:
            continue
        amount = item.amount
        load = amount.sets * amount.reps * (2 + amount.hold_s) / 60 + amount.duration_s / 600
        hurts = person.chance.random() < person.sensitivity * load
        action = react(rule, Felt(baseline, baseline, hurts), n_stops)
        stopped = action != "go"
        n_stops += stopped
        done = not stopped and person.chance.random() < 0.95
        person.happened[item.prescription] = Happened(found.on, done, stopped)
        person.done_on[item.prescription] = found.on
        if action == "stop_session":
            person.rest_until = found.on + timedelta(days=1 + rule.rest_days)
            break


def _rate_morning(person: Person, year: Year, on: date) -> None:
    """Say how the morning after was, or not; a bad one drops the newest step and brings a day of rest."""
    if not person.happened or person.chance.random() >= person.rates_mornings:
        return
    rule = read_rulebook().pain_rules[person.plan.pain_rule]
    base = round(person.baseline)
    rise = person.chance.choices((-1, 0, 1, 2, 3), (10, 60, 20, 7, 3))[0]
    morning = Morning(on, min(10, max(0, base + rise)), base)
    person.mornings = [m for m in person.mornings if (on - m.on).days < rule.within_days] + [morning]
    after = aftermath(rule, person.mornings, on)
    year.n_clinician += after.see_clinician
    newest = newest_raised(person.standings) if after.drop_newest else ""
    said: Said = "bad" if is_bad(rule, morning) else "good"
    person.happened = {
        id_: one._replace(morning=said, newest_dropped=id_ == newest) for id_, one in person.happened.items()
    }
    if after.rest_until is not None:
        person.rest_until = after.rest_until


def _check_decisions(year: Year, decisions: tuple[Decision, ...], happened: dict[str, Happened]) -> None:
    n_harder = 0
    for decision in decisions:
        year.n_decisions += 1
        year.changes[decision.change] += 1
        year.rules[decision.rule] += 1
        n_harder += decision.change == "harder"
        if decision.rule not in RULES:
            year.broken.append(f"a change without a reason: {decision}")
        if (decision.before != decision.after) != (decision.change in ("harder", "easier")):
            year.broken.append(f"a change that is none, or none that is: {decision}")
        one = happened.get(decision.prescription)
        same_exercise = decision.before.exercise == decision.after.exercise
        if one is not None and one.stopped and same_exercise and not is_no_more(decision.after, decision.before):
            year.broken.append(f"a dose that rose after a stop: {decision}")
    if n_harder > 1:
        year.broken.append(f"{n_harder} things harder on one evening")


def _check_sheet(year: Year, person: Person, found: Tonight) -> None:
    for item in found.items:
        if person.body.verdicts[item.amount.exercise].ruling == "exclude":
            year.broken.append(f"excluded on the sheet: {item}")
    if found.level == "emergency":
        if found.items:
            year.broken.append("something to do at an emergency")
        for why in person.why_not.values():
            why["emergency"] += 1
        return
    named = {i.prescription for i in found.items if not i.instead_of}
    for left in found.left_out:
        person.why_not[left.prescription][left.reason.rule] += 1
        named.add(left.prescription)
    for prescription in person.plan.prescriptions:
        if prescription.id not in named and is_asked_on(prescription, found.on):
            year.broken.append(f"vanished from the sheet without a reason: {prescription.id} on {found.on}")


def _check_idle(year: Year, person: Person) -> None:
    """Everything that was not done for a long time must have been left out for a reason, or offered and not done."""
    end = START + timedelta(days=N_DAYS)
    for prescription in person.plan.prescriptions:
        last = person.done_on.get(prescription.id)
        if last is not None and (end - last).days <= IDLE_DAYS:
            continue
        year.n_idle += 1
        why = person.why_not[prescription.id]
        if why:
            year.idle[why.most_common(1)[0][0]] += 1
        elif person.habit * IDLE_DAYS > 10:
            year.broken.append(f"idle without a reason: {prescription.id}")


def years_of(seeds: range) -> Year:
    """Let a group of people live their years."""
    year, everything = Year(), known()
    began_s = time.process_time()
    for seed in seeds:
        live(make_person(seed), year, everything)
    year.cpu_s = time.process_time() - began_s
    return year


def run(n_people: int, n_processes: int) -> tuple[Year, float]:
    """Return what *n_people* years came to, and how long that took in s."""
    began_s = time.perf_counter()
    groups = [range(i, min(i + 50, n_people)) for i in range(0, n_people, 50)]
    total = Year()
    if n_processes == 1:
        for group in groups:
            total.add(years_of(group))
        return total, time.perf_counter() - began_s
    with ProcessPoolExecutor(n_processes) as pool:
        for i, year in enumerate(pool.map(years_of, groups)):
            total.add(year)
            if sys.stderr.isatty():
                print(f"\r{min((i + 1) * 50, n_people)} of {n_people}", end="", file=sys.stderr)
    return total, time.perf_counter() - began_s


def main() -> int:
    """Run it and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    year, took_s = run(wanted.people, wanted.processes)
    limit_s = LIMIT_S * wanted.people / 10_000
    print(json.dumps({
        "people": wanted.people, "days": N_DAYS, "processes": wanted.processes, "took_s": round(took_s, 1),
        "limit_s": limit_s, "took_over_limit": round(took_s / limit_s, 3),
        "cpu_s": round(year.cpu_s, 1), "cpu_over_limit_on_two_cores": round(year.cpu_s / (2 * limit_s), 3),
        "evenings": year.n_evenings, "decisions": year.n_decisions, "changes": dict(year.changes),
        "rules": dict(year.rules), "idle_prescriptions": year.n_idle, "idle_because": dict(year.idle),
        "see_a_clinician": year.n_clinician, "broken": len(year.broken), "first_broken": year.broken[:5],
    }, indent=1))  # fmt: skip
    return 1 if year.broken else 0


if __name__ == "__main__":
    sys.exit(main())
