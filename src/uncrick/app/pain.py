"""What happens after "it hurts": the person's answers go to care, its decision comes back with its reason."""

from dataclasses import dataclass
from typing import Any

from uncrick.care import pain as care
from uncrick.care.level import worst_level
from uncrick.care.rulebook import emergency_message
from uncrick.coach.person import PainAction
from uncrick.files.screening_file import read_rulebook

PLAIN_STOP = "stop_pain"


@dataclass(frozen=True, slots=True)
class PainAnswers:
    """What the person said. where : words. level : 0-10, None for not said. stop : what it is like, an id of care's.

    yes : the follow-up questions answered with yes or not sure.
    """

    where: str = ""
    level: int | None = None
    stop: str = PLAIN_STOP
    yes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PainDecision:
    """What care decided, what to tell the person, why, and where the rule comes from."""

    action: PainAction
    says: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PainCare:
    """By what pain is decided for one person. rule : id of the plan's pain rule, empty for the one that everybody has.

    number : their own emergency number, empty for none.
    """

    rule: str = ""
    number: str = ""


EVERYBODY = PainCare()


def decide_pain(answers: PainAnswers, baseline: int | None, n_stops: int, whose: PainCare = EVERYBODY) -> PainDecision:
    """Ask care what to do. baseline : pain before the session. n_stops : stops in this session before this one."""
    book = read_rulebook()
    rule = book.pain_rules[whose.rule or book.default_pain_rule]
    stop = book.stops.get(answers.stop, book.stops[PLAIN_STOP])
    asked = [book.questions[q] for q in answers.yes if q in book.questions]
    level = worst_level([stop.level, *(q.if_yes for q in asked)])
    felt = care.Felt(baseline, answers.level, hurts=True, spreading=bool(stop.then_ask))
    reaction = care.react(rule, felt, n_stops)
    sources = tuple(dict.fromkeys([*stop.source, *(s for q in asked for s in q.source), *rule.source]))
    named = tuple(book.sources[s].says for s in sources if s in book.sources)
    if level == "emergency" or "emergency" in (stop.action, reaction):
        why = " ".join(q.why for q in asked) or stop.text
        return PainDecision("emergency", emergency_message(book, whose.number), why, named)
    if level == "clinician" or not care.may_exercise(rule, answers.level):
        why = " ".join(q.why for q in asked) or _high(rule, answers.level) or stop.text
        return PainDecision("clinician", book.says["clinician"], why, named)
    if "stop_session" in (stop.action, reaction):
        why = stop.text if stop.action == "stop_session" else "It is the second stop of this session."
        return PainDecision("end", "That is enough for today. Rest now.", why, named)
    says = "Rest a little. This stretch does not come again today; a different one follows."
    return PainDecision("go_on", says, "Stopping is a rule of this coach, not a sign of damage.", named)


def may_begin(rest_pain: int | None, whose: PainCare = EVERYBODY) -> PainDecision | None:
    """Return why there are no exercises today, None where *rest_pain* (0-10) allows them."""
    book = read_rulebook()
    rule = book.pain_rules[whose.rule or book.default_pain_rule]
    if care.may_exercise(rule, rest_pain):
        return None
    named = tuple(book.sources[s].says for s in rule.source if s in book.sources)
    return PainDecision("clinician", book.says["clinician"], _high(rule, rest_pain), named)


def _high(rule: care.PainRule, level: int | None) -> str:
    if care.may_exercise(rule, level):
        return ""
    return f"At {rule.rest_limit} or more out of 10 there are no exercises today. Walking and rest only."


def stops_to_offer() -> list[dict[str, Any]]:
    """Return what the person can say it is like, each with the questions that follow it."""
    book = read_rulebook()
    return [
        {
            "id": stop.id,
            "text": stop.text,
            "ask": [{"id": q, "text": book.questions[q].text, "why": book.questions[q].why} for q in stop.then_ask],
        }
        for stop in book.stops.values()
    ]
