"""Harder, the same, or easier: decided for each prescription from what happened, then applied to all at once.

One thing at a time, only after three sessions without a stop whose next mornings were no worse than the baseline plus
one, never speed; back one step after a stop. Source: clinical_progression (library/sources.yaml).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, NamedTuple

from uncrick.plan.ladder import Ladder, harder_form, next_easier, next_harder
from uncrick.plan.record import Amount, Plan, Prescription

Change = Literal["harder", "same", "easier", "pause", "resume"]
Said = Literal["good", "bad", "unknown"]


@dataclass(frozen=True, slots=True)
class Rules:
    """clean_sessions : without a stop before a step up. low_stops : stops in a row at the least dose before a pause.

    pause_days : how long a pause lasts. stop_rest_days : days an exercise rests after it was stopped. Ours but the
    first, which is clinical_progression's.
    """

    clean_sessions: int = 3
    low_stops: int = 3
    pause_days: int = 14
    stop_rest_days: int = 1


class Standing(NamedTuple):
    """Where one prescription stands.

    below : the amounts it came up from, the newest last; a step back returns to them. n_clean : sessions that count
    towards a step up. n_low_stops : stops in a row at the least dose. raised_on : when the newest step up was, None for
    never. paused_until, resting_until : first day it comes back, None when it is not away.
    """

    amount: Amount
    below: tuple[Amount, ...] = ()
    n_clean: int = 0
    n_low_stops: int = 0
    raised_on: date | None = None
    paused_until: date | None = None
    resting_until: date | None = None


class Happened(NamedTuple):
    """What became of one prescription since the last deciding. morning : the rating of the morning after.

    done : all of it was done. stopped : pain, a fault or a warning sign ended it. newest_dropped : the morning was so
    bad that the newest step of the whole plan is taken back, and this is it.
    """

    on: date
    done: bool
    stopped: bool
    morning: Said = "unknown"
    newest_dropped: bool = False


class Decision(NamedTuple):
    """What is to become of one prescription, why, from what, and (by the rule's words) what would undo it.

    rule : key of the reasons in words. inputs : the numbers it was decided from, by name.
    """

    prescription: str
    change: Change
    before: Amount
    after: Amount
    rule: str
    inputs: tuple[tuple[str, float | str], ...]


@dataclass(frozen=True, slots=True)
class Evening:
    """What progress is decided from: rules, rungs, exercises closed to this person, and the day.

    closed : a harder form among these is never stepped up to.
    """

    on: date
    ladder: Ladder
    closed: frozenset[str] = frozenset()
    rules: Rules = field(default_factory=Rules)


def begin(plan: Plan) -> dict[str, Standing]:
    """Return where every prescription of a new plan stands."""
    return {p.id: Standing(p.amount) for p in plan.prescriptions}


def step(
    evening: Evening, prescription: Prescription, standing: Standing, happened: Happened | None
) -> tuple[Standing, Decision]:
    """Decide about one prescription and return how it would stand; nothing else is looked at.

    happened : None when it was not tried since the last deciding.
    """
    standing = _back_again(evening, standing)
    if standing.paused_until is not None:
        return standing, _same(prescription, standing, "paused", until=standing.paused_until.isoformat())
    if happened is None:
        return standing, _same(prescription, standing, "not_tried")
    if happened.stopped:
        return _after_stop(evening, prescription, standing, happened)
    if happened.newest_dropped:
        return _back_one(evening, prescription, standing, "bad_morning")
    if happened.morning == "bad":
        return standing._replace(n_clean=0), _same(prescription, standing, "morning_not_good")
    if not happened.done:
        return standing, _same(prescription, standing, "not_done")
    if happened.morning == "unknown":
        return standing, _same(prescription, standing, "no_morning")
    standing = standing._replace(n_clean=standing.n_clean + 1, n_low_stops=0)
    if standing.n_clean < evening.rules.clean_sessions:
        return standing, _same(prescription, standing, "not_yet", clean=standing.n_clean)
    return _up_one(evening, prescription, standing)


def decide_all(
    evening: Evening, plan: Plan, standings: Mapping[str, Standing], happened: Mapping[str, Happened]
) -> tuple[dict[str, Standing], tuple[Decision, ...]]:
    """Decide about every prescription from the same evening, then apply: all that is easier, and one thing harder.

    Of several that would get harder, the one that waited longest does; the others keep their count and go next.
    """
    stepped = {p.id: step(evening, p, standings[p.id], happened.get(p.id)) for p in plan.prescriptions}
    harder = [id_ for id_, (_, decision) in stepped.items() if decision.change == "harder"]
    worse = any(decision.change in ("easier", "pause") for _, decision in stepped.values())
    chosen = "" if worse or not harder else min(harder, key=lambda i: standings[i].raised_on or date.min)
    after: dict[str, Standing] = {}
    decisions: list[Decision] = []
    for id_, (standing, decision) in stepped.items():
        if decision.change == "harder" and id_ != chosen:
            kept = standings[id_]
            standing = kept._replace(n_clean=evening.rules.clean_sessions - 1, n_low_stops=0)
            rule = "others_eased" if worse else "one_at_a_time"
            decision = decision._replace(change="same", after=decision.before, rule=rule, inputs=(("first", chosen),))
        after[id_] = standing
        decisions.append(decision)
    return after, tuple(decisions)


def newest_raised(standings: Mapping[str, Standing]) -> str:
    """Return the prescription whose step up is the newest of all, empty when none is raised."""
    raised = {id_: s.raised_on for id_, s in standings.items() if s.below and s.raised_on is not None}
    return max(raised, key=lambda id_: raised[id_]) if raised else ""


def _same(prescription: Prescription, standing: Standing, rule: str, **inputs: float | str) -> Decision:
    return Decision(prescription.id, "same", standing.amount, standing.amount, rule, tuple(inputs.items()))


def _back_again(evening: Evening, standing: Standing) -> Standing:
    """End a pause or a rest whose day has come."""
    if standing.paused_until is not None and evening.on >= standing.paused_until:
        standing = standing._replace(paused_until=None, n_low_stops=0)
    if standing.resting_until is not None and evening.on >= standing.resting_until:
        standing = standing._replace(resting_until=None)
    return standing


def _after_stop(
    evening: Evening, prescription: Prescription, standing: Standing, happened: Happened
) -> tuple[Standing, Decision]:
    rest = happened.on + timedelta(days=1 + evening.rules.stop_rest_days)
    standing = standing._replace(resting_until=rest if rest > evening.on else None)
    return _back_one(evening, prescription, standing, "after_stop")


def _back_one(evening: Evening, prescription: Prescription, standing: Standing, rule: str) -> tuple[Standing, Decision]:
    """Go back to the amount it came up from, else one step down; at the least dose stay, and pause after a while."""
    before = standing.amount
    down = standing.below[-1] if standing.below else next_easier(evening.ladder, before)
    standing = standing._replace(n_clean=0, below=standing.below[:-1])
    if down is not None:
        decision = Decision(prescription.id, "easier", before, down, rule, ())
        return standing._replace(amount=down, n_low_stops=0), decision
    n_low = standing.n_low_stops + (rule == "after_stop")
    if n_low < evening.rules.low_stops:
        return standing._replace(n_low_stops=n_low), _same(prescription, standing, "at_least_dose", stops=n_low)
    until = evening.on + timedelta(days=evening.rules.pause_days)
    inputs: tuple[tuple[str, float | str], ...] = (("stops", n_low), ("until", until.isoformat()))
    decision = Decision(prescription.id, "pause", before, before, "pause", inputs)
    return standing._replace(n_low_stops=0, paused_until=until), decision


def _up_one(evening: Evening, prescription: Prescription, standing: Standing) -> tuple[Standing, Decision]:
    """Go one step up where there is one: repetitions, then hold, then the harder form if it is open to this person."""
    before, n_clean = standing.amount, standing.n_clean
    if not prescription.limits.may_progress:
        return _waiting(evening, standing), _same(prescription, standing, "author_fixed")
    up = next_harder(evening.ladder, prescription.limits, before)
    rule = "three_clean"
    if up is None:
        up, rule = harder_form(evening.ladder, before), "harder_form"
        if up is None or up.exercise in evening.closed:
            return _waiting(evening, standing), _same(prescription, standing, "at_most")
    raised = standing._replace(amount=up, below=(*standing.below, before), n_clean=0, raised_on=evening.on)
    return raised, Decision(prescription.id, "harder", before, up, rule, (("clean", n_clean),))


def _waiting(evening: Evening, standing: Standing) -> Standing:
    """Keep the count at what one more good session completes, so that it cannot grow for ever."""
    return standing._replace(n_clean=evening.rules.clean_sessions - 1)
