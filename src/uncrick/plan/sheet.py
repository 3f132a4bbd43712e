"""One person's evening from everything that was kept of them: what is asked, open, left out, and decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from uncrick.care.assessment import Assessment, Declared, assess, lasting
from uncrick.care.contraindication import judge_all
from uncrick.care.pain import Morning, PainRecord, PainRule, aftermath, is_bad
from uncrick.care.rulebook import Rulebook
from uncrick.care.screening import (
    Answer,
    Asked,
    Because,
    Before,
    Extent,
    Today,
    extent_due,
    questions_of,
    still_to_ask,
)
from uncrick.coach.record import Kind, SessionRecord
from uncrick.plan.past import (
    Course,
    Night,
    Settling,
    Turn,
    baseline_before,
    baseline_of,
    decide_nights,
    mornings_of,
    night_of,
    nights_before,
    rest_after_sessions,
    session_night,
    settling_after,
    within_reach,
)
from uncrick.plan.progress import Evening, Standing, begin
from uncrick.plan.record import Plan, is_asked_on
from uncrick.plan.scene import Body, Known, Now, Reason, Scene
from uncrick.plan.streak import streak
from uncrick.plan.tonight import Tonight, tonight

RECENT_DAYS: Final = 16
"""So many days of sessions and ratings an evening looks at: more than any rule of pain, and than being away."""


@dataclass(frozen=True, slots=True)
class Life:
    """What was kept of one person. pending : sessions of the plan that nothing was decided from for good yet.

    standings : where the prescriptions stood before them. recent : all sessions of the last `RECENT_DAYS`, whole.
    answers : at least those of the last month, and every older one that is not a plain no, with what followed it.
    answered_before : whether there are older answers than those. days : every day with a session.
    rests : every day that a stop or a bad morning made one of rest.
    """

    plan: Plan
    standings: Mapping[str, Standing]
    pending: tuple[SessionRecord, ...]
    recent: tuple[SessionRecord, ...]
    pains: tuple[PainRecord, ...]
    answers: tuple[Answer, ...]
    declared: Declared
    days: frozenset[date] = frozenset()
    rests: frozenset[date] = frozenset()
    answered_before: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """When, and what is only known now. at : with the person's zone. kind : what is to be begun.

    rest_pain : 0-10, None for what was rated today, if anything. fell : since the last time. hours_up, sat_h : h.
    """

    at: datetime
    kind: Kind = "session"
    rest_pain: int | None = None
    fell: bool = False
    hours_up: float | None = None
    sat_h: float | None = None
    morning_rule_on: bool = True


@dataclass(frozen=True, slots=True)
class Care:
    """The rules that do not change from evening to evening, and which exercises each programme has."""

    known: Known
    book: Rulebook
    programmes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An evening, decided. on : its day. extent, because : which questions are due and why; open : still to be asked.

    scene : all that was decided from. turns : what was decided the day after each night that is still open, the
    standings of the last one are tonight's. baseline : last pain at rest. rest_pain : as rated today.
    advice : what the person should do besides. mornings : the evenings whose morning after is to be rated now.
    compared_with : the pain before the session that this morning is held against, None where nobody knows it.
    settling : yesterday's pain that the rule gives hours to settle, until somebody said that it has; None for none.
    done : prescriptions done today. n_days : days in a row.
    """

    on: date
    extent: Extent
    because: Because
    assessment: Assessment
    tonight: Tonight
    scene: Scene
    turns: tuple[Turn, ...]
    standings: Mapping[str, Standing]
    baseline: int | None
    rest_pain: int | None
    advice: tuple[Reason, ...]
    mornings: tuple[date, ...]
    compared_with: int | None
    settling: Settling | None
    done: frozenset[str]
    n_days: int

    @property
    def questions(self) -> tuple[Asked, ...]:
        """What is still to be asked before anything is begun; nothing more once an emergency was named."""
        return () if self.assessment.level == "emergency" else self.assessment.open_questions


def sheet_of(care: Care, life: Life, moment: Moment) -> Sheet:
    """Decide an evening: first the past, then who may do what, then the sheet."""
    on = night_of(moment.at)
    rule = care.book.pain_rules[life.plan.pain_rule]
    conditions = life.declared.conditions
    known = [care.book.conditions[c] for c in conditions if c in care.book.conditions]
    verdicts = judge_all(known, care.known.exercises, life.plan.relaxations)
    closed = frozenset(id_ for id_, verdict in verdicts.items() if verdict.ruling == "exclude")
    course = Course(Evening(on, care.known.ladder, closed), life.plan, rule, life.pains)
    turns, standings = _decided(course, life)
    nights = nights_before(life.recent, on + timedelta(days=1))
    rest_pain = moment.rest_pain if moment.rest_pain is not None else _rated_today(life, on)
    extent, because, assessment = _assessed(care, life, moment, Today(on, rest_pain, moment.fell))
    today = [s for s in life.recent if session_night(s) == on]
    past = nights_before(life.recent, on)
    mornings = mornings_of(rule, past, life.pains)
    after = aftermath(rule, mornings, on)
    rests = [day for day in (after.rest_until, rest_after_sessions(rule, nights)) if day is not None]
    now = Now(
        on, moment.hours_up, moment.sat_h, rest_pain,
        stopped_today=frozenset(stop.exercise for s in today for stop in s.stops),
        n_today=_n_today(care, today),
        rest_until=max(rests, default=None),
    )  # fmt: skip
    body = Body(assessment, verdicts, conditions, moment.morning_rule_on)
    scene = Scene(care.known, life.plan, body, now)
    return Sheet(
        on=on,
        extent=extent,
        because=because,
        assessment=assessment,
        tonight=tonight(scene, standings),
        scene=scene,
        turns=turns,
        standings=standings,
        baseline=baseline_before(life.pains, moment.at),
        rest_pain=rest_pain,
        advice=_advice(rule, mornings, on) if after.see_clinician else (),
        mornings=_to_rate(past, life.pains, on),
        compared_with=next((baseline_of(n, life.pains) for n in past if n.on == on - timedelta(days=1)), None),
        settling=_settling(rule, past, life.pains, on),
        done=frozenset(s.prescription for one in today for s in one.sets if s.prescription and s.outcome == "done"),
        n_days=streak(life.days, lambda day: _is_free(life, assessment, day), on),
    )


def _decided(course: Course, life: Life) -> tuple[tuple[Turn, ...], Mapping[str, Standing]]:
    """Return what was decided since the standings that were kept, and where everything stands now."""
    on = course.evening.on
    kept = {p.id: life.standings.get(p.id) for p in life.plan.prescriptions}
    standings = begin(life.plan) | {id_: standing for id_, standing in kept.items() if standing is not None}
    nights = nights_before(life.pending, on)
    here = tuple(s for s in life.pending if session_night(s) == on)
    turns = decide_nights(course, standings, nights, Night(on, here) if here else None)
    last = turns[-1].standings if turns else standings
    return turns, within_reach(course.evening, last)


def _assessed(care: Care, life: Life, moment: Moment, today: Today) -> tuple[Extent, Because, Assessment]:
    """Return which questions are due and why, and what all answers come to; only fresh ones close what is due.

    A session wants the short questions answered today and after any earlier session (CLINICAL 1.2: before each). A
    break at the desk or a swap lasts a minute or two and comes up to eight times a day: today's answers do for them.
    Our default.
    """
    book, conditions = care.book, life.declared.conditions
    answers = lasting(book, _until(moment.at, life.answers), life.declared.clearances)
    full_on = _full_on(book, answers, life, today.on)
    before = Before(full_on, max((day for day in life.days if day < today.on), default=full_on))
    extent, because = extent_due(book.asking, before, today)
    everything = questions_of(book.questions, "full", conditions)
    known = {answer.question for answer in answers}
    short = {q.id for q in everything if q.short_set or q.id not in known}
    questions = tuple(q for q in everything if extent == "full" or q.id in short)
    fresh = [a for a in answers if night_of(a.at) == today.on]
    if moment.kind == "session" or extent == "full":
        began = [s.started_at for s in life.recent if s.kind == "session" and session_night(s) == today.on]
        fresh = [a for a in fresh if a.at >= max(began, default=a.at)]
    found = assess(book, questions, answers, life.declared, care.programmes)
    return extent, because, replace(found, open_questions=still_to_ask(questions, fresh))


def _until(at: datetime, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Return *answers* without what was said while the clock was ahead, which could hide what is said now.

    A no from then is forgotten and asked again; anything else counts from now on.
    """
    return tuple(a if a.at <= at else replace(a, at=at) for a in answers if a.at <= at or a.said != "no")


def _full_on(book: Rulebook, answers: tuple[Answer, ...], life: Life, on: date) -> date | None:
    """Return when the full set was last answered whole: the oldest of the newest answers to what everybody is asked."""
    newest: dict[str, date] = {}
    for answer in answers:
        newest[answer.question] = max(night_of(answer.at), newest.get(answer.question, date.min))
    asked = [q.id for q in book.questions.values() if not q.applies_with]
    if all(q in newest for q in asked):
        return min(newest[q] for q in asked)
    return on - timedelta(days=book.asking.full_every_days) if life.answered_before else None


def _rated_today(life: Life, on: date) -> int | None:
    """Return the last rating at rest of this day, None where there is none."""
    rated = [p for p in life.pains if p.moment in ("before", "rest") and p.level is not None and night_of(p.at) == on]
    last = max(rated, key=lambda p: p.at, default=None)
    return last.level if last else None


def _n_today(care: Care, today: list[SessionRecord]) -> dict[str, int]:
    """Return how many whole sessions moved each part of the back today."""
    counted: dict[str, int] = {}
    for session in (s for s in today if s.kind == "session"):
        moved = {s.exercise for s in session.sets if s.n_done and s.exercise in care.known.exercises}
        for region in {region for id_ in moved for region in care.known.exercises[id_].regions}:
            counted[region] = counted.get(region, 0) + 1
    return counted


def _to_rate(past: tuple[Night, ...], pains: tuple[PainRecord, ...], on: date) -> tuple[date, ...]:
    """Return the evening whose morning after is today and not rated yet."""
    rated = any(p.moment == "next_morning" and p.on_day == on for p in pains)
    yesterday = on - timedelta(days=1)
    due = any(n.on == yesterday and any(s.kind == "session" for s in n.sessions) for n in past)
    return (yesterday,) if due and not rated else ()


def _settling(rule: PainRule, past: tuple[Night, ...], pains: tuple[PainRecord, ...], on: date) -> Settling | None:
    """Return what yesterday's pain still has to settle."""
    night = next((n for n in past if n.on == on - timedelta(days=1) and not n.ahead), None)
    found = settling_after(rule, night, pains) if night else None
    return None if found and found.settled else found


def _advice(rule: PainRule, mornings: tuple[Morning, ...], on: date) -> tuple[Reason, ...]:
    bad = {m.on for m in mornings if is_bad(rule, m) and 0 <= (on - m.on).days < rule.within_days}
    return (Reason("bad_mornings", (("mornings", str(len(bad))), ("days", str(rule.within_days))), rule.source),)


def _is_free(life: Life, assessment: Assessment, day: date) -> bool:
    """Whether nothing had to be done on *day*: nothing asked, a day of rest, or somebody to talk to first."""
    waits = not assessment.may_begin and not assessment.open_questions
    asked = any(is_asked_on(p, day) for p in life.plan.prescriptions)
    return not asked or day in life.rests or (waits and day > max(life.days, default=date.min))
