"""The evening a sheet is made for, and what it closes: everything that keeps an exercise from being done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from uncrick.care.assessment import Assessment
from uncrick.care.contraindication import ALLOWED, Gentler, Verdict
from uncrick.care.pain import PainRule, may_exercise
from uncrick.care.timing import MORNING_RULE, TimeRules, is_postponed
from uncrick.exercise.definition import Exercise
from uncrick.plan.ladder import Ladder
from uncrick.plan.progress import Standing
from uncrick.plan.record import Plan, Prescription

WALKING = "walking"
"""What stays open on a day of rest. Source: CLINICAL 4, pain at rest: walking and rest only."""


@dataclass(frozen=True, slots=True)
class Body:
    """What holds for this person: their assessment, the verdict on every exercise, and what they declared."""

    assessment: Assessment
    verdicts: Mapping[str, Verdict]
    conditions: tuple[str, ...] = ()
    morning_rule_on: bool = True


@dataclass(frozen=True, slots=True)
class Now:
    """The moment. hours_up, sat_h : hours since rising and of sitting just before, None when not known.

    stopped_today : exercises that were stopped today. n_today : sessions so far today by region. rest_until : first day
    on which more than rest is open. rest_pain : 0-10, None when not rated.
    """

    on: date
    hours_up: float | None = None
    sat_h: float | None = None
    rest_pain: int | None = None
    stopped_today: frozenset[str] = frozenset()
    n_today: Mapping[str, int] | None = None
    rest_until: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What does not change from evening to evening: exercises, their rungs, and the rules of care."""

    exercises: Mapping[str, Exercise]
    ladder: Ladder
    gentler: Gentler
    times: TimeRules
    pain_rules: Mapping[str, PainRule]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that changed something. rule : key of the reasons in words; *says* its own rules and sources.

    inputs : what it was decided from.
    """

    rule: str
    inputs: tuple[tuple[str, str], ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything an evening is decided from."""

    known: Known
    plan: Plan
    body: Body
    now: Now


def closed_by(scene: Scene, prescription: Prescription, standing: Standing) -> Reason | None:
    """Return why a prescription is not for tonight, the weightiest reason first, or None."""
    reason = closed_today(scene, standing.amount.exercise, prescription.pain_rule)
    if reason is not None:
        return reason
    on = scene.now.on
    if standing.paused_until is not None and on < standing.paused_until:
        return Reason("paused", (("until", standing.paused_until.isoformat()),))
    if standing.resting_until is not None and on < standing.resting_until:
        return Reason("rests_after_stop", (("until", standing.resting_until.isoformat()),))
    return None


def closed_today(scene: Scene, id_: str, pain_rule: str) -> Reason | None:
    """Return why nobody like this does exercise *id_* now, whatever the plan says, or None."""
    known, body, now = scene.known, scene.body, scene.now
    if not body.assessment.allows(id_):
        causes = ", ".join(c.id for c in body.assessment.causes if c.level == "clinician")
        return Reason("clinician_first", (("because", causes),))
    if id_ != WALKING and (reason := _pain_closes(scene, known.pain_rules[pain_rule or scene.plan.pain_rule])):
        return reason
    if id_ in now.stopped_today:
        return Reason("stopped_today")
    verdict = body.verdicts.get(id_, ALLOWED)
    if verdict.ruling == "exclude":
        return Reason("excluded", (("rules", ", ".join(verdict.rules)),), verdict.source)
    exercise = known.exercises[id_]
    morning = known.times.morning
    if is_postponed(morning, dict(exercise.attributes), now.hours_up, body.conditions, body.morning_rule_on):
        return Reason(MORNING_RULE, (("hours", f"{now.hours_up:g}"),), morning.source)
    most = max(((now.n_today or {}).get(region, 0) for region in exercise.regions), default=0)
    if id_ != WALKING and most >= known.times.sessions_per_day:
        return Reason("repeat_limit", (("sessions", str(most)),), known.times.repeat_source)
    return None


def _pain_closes(scene: Scene, rule: PainRule) -> Reason | None:
    """Return why pain at rest, or the day of rest after it, closes everything but walking, or None."""
    now = scene.now
    if not may_exercise(rule, now.rest_pain):
        return Reason("pain_at_rest", (("pain", str(now.rest_pain)), ("limit", str(rule.rest_limit))), rule.source)
    if now.rest_until is not None and now.on < now.rest_until:
        return Reason("day_of_rest", (("until", now.rest_until.isoformat()),), rule.source)
    return None
