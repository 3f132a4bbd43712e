"""One person's evening out of the records: what is asked, what is open, what is decided, and that it is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from uncrick.app.planning import known
from uncrick.app.plans import KeptPlan, plan_in_force, plan_that_holds, refused_words
from uncrick.care.assessment import Declared
from uncrick.care.rulebook import emergency_message
from uncrick.coach.record import Kind
from uncrick.errors import Problem, ProblemsError
from uncrick.files.programme_file import programme_exercises
from uncrick.files.screening_file import read_rulebook
from uncrick.plan.past import DAY_TURNS_H, Turn, n_settled, night_of
from uncrick.plan.record import Plan
from uncrick.plan.sheet import RECENT_DAYS, Care, Life, Moment, Sheet, sheet_of
from uncrick.store.answers import has_answers, load_answers, load_clearances, load_conditions, load_raised_answers
from uncrick.store.database import Database
from uncrick.store.pain import load_pains
from uncrick.store.people import Person, load_person
from uncrick.store.plans import load_decisions, load_standings, save_decisions, save_standings
from uncrick.store.sessions import load_sessions
from uncrick.store.settled import load_decided_days, load_nights, load_pending, save_settled

REST_RULES: Final = ("bad_morning", "morning_not_good")
"""Decisions of a morning after which a day of rest follows."""

MORNING_SETTING: Final = "morning_rule"
"""The setting by which somebody without the conditions for it turns off that bending waits after rising."""


@dataclass(frozen=True, slots=True)
class EveningSheet:
    """An evening, ready to be shown. plan : None where none holds, and *sheet* is of the programme that stands in.

    refused : that the plan that should hold cannot be read, empty where it can.
    message : what is shown at its level, with the person's own emergency number. because : why these questions are due.
    decided : what was decided since the last session, and on which day; None where there was none.
    """

    person: Person
    plan: KeptPlan | None
    refused: str
    in_force: Plan
    sheet: Sheet
    message: str
    because: str
    decided: Turn | None


@dataclass(frozen=True, slots=True)
class Asking:
    """What is only known now; see `plan.sheet.Moment`."""

    kind: Kind = "session"
    rest_pain: int | None = None
    fell: bool = False
    sat_h: float | None = None


def evening_of(db: Database, person: str, now: datetime, asking: Asking | None = None) -> EveningSheet:
    """Return the evening of a person (their id) at *now*, which has their zone; what was decided newly is kept.

    Raises ProblemsError where there is nobody of that id.
    """
    asking = asking or Asking()
    with db.reading() as c:
        found, is_new = _evening(c, person, now, asking)
    if not is_new:
        return found
    with db.writing() as c:
        found, is_new = _evening(c, person, now, asking)
        if is_new and found.plan is not None:
            _keep(c, found.plan, found.sheet)
    return found


def _evening(c: Connection, person: str, now: datetime, asking: Asking) -> tuple[EveningSheet, bool]:
    """Return the evening, and whether anything of it is to be kept."""
    who = load_person(c, person)
    if who is None:
        raise ProblemsError([Problem("person", "is not here any more", "uncrick people")])
    holds = plan_that_holds(c, person)
    kept = holds.plan
    plan = plan_in_force(kept, who.name, night_of(now))
    book = read_rulebook()
    life = _life(c, who, kept, plan, now)
    moment = Moment(
        now, asking.kind, asking.rest_pain, asking.fell, _hours_up(who.settings.rises_at, now), asking.sat_h,
        who.settings.choices.get(MORNING_SETTING) != "off",
    )  # fmt: skip
    sheet = sheet_of(Care(known(), book, programme_exercises()), life, moment)
    level = sheet.assessment.level
    number = who.settings.emergency_number
    evening = EveningSheet(
        person=who,
        plan=kept,
        refused=refused_words(holds),
        in_force=plan,
        sheet=sheet,
        message=emergency_message(book, number) if level == "emergency" else book.says[level],
        because=book.asking.because[sheet.because],
        decided=sheet.turns[-1] if sheet.turns else None,
    )
    return evening, kept is not None and _is_new(c, kept, sheet.turns)


def _life(c: Connection, who: Person, kept: KeptPlan | None, plan: Plan, now: datetime) -> Life:
    """Load what an evening depends on: little of the past whole, the rest as days."""
    on = night_of(now)
    recent = on - timedelta(days=RECENT_DAYS)
    since = now - timedelta(days=read_rulebook().asking.full_every_days + 2)
    told = [one for one in load_conditions(c, who.id) if one.ended is None or one.ended > now.date()]
    cleared = tuple(one.clearance for one in load_clearances(c, who.id))
    stops = load_nights(c, who.id, DAY_TURNS_H, stopped=True)
    rest_days = read_rulebook().pain_rules[plan.pain_rule].rest_days
    rests = {day + timedelta(days=n) for day in stops for n in range(1, 2 + rest_days)}
    return Life(
        plan=plan,
        standings=load_standings(c, kept.id) if kept else {},
        pending=load_pending(c, kept.id) if kept else (),
        recent=(
            *load_sessions(c, who.id, recent, on - timedelta(days=1), parts=("stops", "hurts")),
            *load_sessions(c, who.id, since=on, parts=("sets", "stops", "hurts")),
        ),
        pains=load_pains(c, who.id, since=recent),
        answers=(*load_raised_answers(c, who.id, since), *load_answers(c, who.id, since)),
        declared=Declared(
            tuple(one.condition for one in told if one.condition),
            tuple(one.words for one in told if not one.condition),
            (*plan.clearances, *cleared),
        ),
        days=load_nights(c, who.id, DAY_TURNS_H),
        rests=frozenset(rests | load_decided_days(c, who.id, REST_RULES)),
        answered_before=has_answers(c, who.id, since),
    )


def _is_new(c: Connection, kept: KeptPlan, turns: tuple[Turn, ...]) -> bool:
    """Whether *turns* say anything that is not kept already."""
    turns = tuple(turn for turn in turns if not turn.night.ahead)
    if not turns:
        return False
    if n_settled(turns):
        return True
    before: dict[date, set[object]] = {}
    for one in load_decisions(c, kept.id, turns[0].on):
        before.setdefault(one.on_day, set()).add(one.decision)
    return any(before.get(turn.on) != set(turn.decisions) for turn in turns)


def _keep(c: Connection, kept: KeptPlan, sheet: Sheet) -> None:
    """Keep the decisions, and of nights that are decided for good where everything stood after them."""
    for turn in (one for one in sheet.turns if not one.night.ahead):
        save_decisions(c, kept.id, turn.on, turn.decisions)
    settled = sheet.turns[: n_settled(sheet.turns)]
    if settled:
        save_standings(c, kept.person, kept.id, settled[-1].standings)
        save_settled(c, kept.id, [session.id for turn in settled for session in turn.night.sessions])


def _hours_up(rises_at: str, now: datetime) -> float | None:
    """Return how long ago somebody rose who rises at that time on most days, h; None where they did not say."""
    if not rises_at:
        return None
    hour, _, minute = rises_at.partition(":")
    return (now.hour + now.minute / 60 - int(hour) - int(minute) / 60) % 24
