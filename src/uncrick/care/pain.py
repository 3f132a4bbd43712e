"""What pain does: before a session, during it, after it, and on the mornings that follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from uncrick.care.level import Level

Action = Literal["go", "ease", "stop_exercise", "stop_session", "emergency"]
EnabledBy = Literal["anyone", "therapist"]
Moment = Literal["before", "during", "after", "next_morning", "rest"]


SETTLED: Final = {True: "settled", False: "unsettled"}
"""What is said of pain that a rule gives hours to settle, as a rating's kind. "Not yet" counts as unsettled."""


@dataclass(frozen=True, slots=True)
class PainRule:
    """One written rule for pain on the 0-10 scale. Source of both that ship: CLINICAL 4.

    rest_limit : at rest, from here on no exercises today.
    rise : above the baseline, stop the exercise; None where only *red* counts. red : stop whatever the baseline was.
    stops_end_session : so many stops end the session.
    morning_rise : next morning above the baseline, from here on it was too much. mornings, within_days : so many such
    mornings in so many days lead to a clinician. rest_days : of rest after such a morning or an ended session.
    settle_h : hours in which pain below red must settle; 0 where none is allowed. green : up to here it need not.
    """

    id: str
    enabled_by: EnabledBy
    rest_limit: int
    rise: int | None
    red: int | None
    stops_end_session: int
    morning_rise: int
    mornings: int
    within_days: int
    rest_days: int
    settle_h: float
    green: int | None
    says: tuple[tuple[str, str], ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StopEvent:
    """Something a person can say while exercising, and what it does at once.

    then_ask : questions to put next; a yes counts by their own level. level : what is shown besides.
    """

    id: str
    text: str
    action: Action
    source: tuple[str, ...]
    then: str = ""
    then_ask: tuple[str, ...] = ()
    level: Level = "ok"


@dataclass(frozen=True, slots=True)
class Felt:
    """What a person says during an exercise. now, baseline : 0-10, None when not rated. spreading : sharp or moving."""

    baseline: int | None
    now: int | None
    hurts: bool = False
    spreading: bool = False


@dataclass(frozen=True, slots=True)
class PainRecord:
    """One rating as it is kept. level : 0-10, None when not rated. at : with its zone; on_day : by that clock.

    session : the one it belongs to, None for none. kinds : what was said of it (ids of stop events and questions).
    action, rule : what was decided and by which pain rule; empty where nothing was to be decided.
    """

    id: str
    at: datetime
    on_day: date
    moment: Moment
    level: int | None
    session: str | None = None
    place: str = ""
    kinds: tuple[str, ...] = ()
    action: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Morning:
    """The rating of a morning after a session. unsettled : pain that was to settle within hours has not."""

    on: date
    pain: int
    baseline: int
    unsettled: bool = False


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What bad mornings ask for. rest_until : the first day on which exercising may go on, None for no rest."""

    drop_newest: bool
    rest_until: date | None
    see_clinician: bool


def may_exercise(rule: PainRule, rest_pain: int | None) -> bool:
    """Whether pain at rest allows exercises today; not rated, it does not forbid them."""
    return rest_pain is None or rest_pain < rule.rest_limit


def react(rule: PainRule, felt: Felt, n_stops: int) -> Action:
    """Return what *felt* does during an exercise.

    n_stops : stops in this session so far, this one not counted. Hurting stops, whatever the rule; so does pain that
    is sharp or spreads. Where the rule allows amber, pain under red is eased, not stopped.
    """
    rise = felt.now - felt.baseline if felt.now is not None and felt.baseline is not None else 0
    red = rule.red is not None and felt.now is not None and felt.now >= rule.red
    if not (felt.hurts or felt.spreading or red or (rule.rise is not None and rise >= rule.rise)):
        return "ease" if rule.rise is None and rise > 0 else "go"
    return "stop_session" if n_stops + 1 >= rule.stops_end_session else "stop_exercise"


def to_settle(rule: PainRule, baseline: int | None, levels: Iterable[int | None]) -> int | None:
    """Return up to where *levels* of a session rose, where that has to settle within the rule's hours; else None.

    The green range need not settle, nor what was there before the session (*baseline*, None for not rated).
    """
    top = max((level for level in levels if level is not None), default=0)
    allowed = max(rule.green or 0, baseline or 0)
    return top if rule.settle_h and top > allowed else None


def is_bad(rule: PainRule, morning: Morning) -> bool:
    """Whether a morning says that the session before was too much."""
    return morning.unsettled or morning.pain - morning.baseline >= rule.morning_rise


def aftermath(rule: PainRule, mornings: Iterable[Morning], today: date) -> Aftermath:
    """Return what the mornings up to *today* ask for."""
    bad = sorted({m.on for m in mornings if m.on <= today and is_bad(rule, m)})
    recent = [on for on in bad if (today - on).days < rule.within_days]
    resting = bool(bad) and (today - bad[-1]).days < rule.rest_days
    return Aftermath(
        drop_newest=bool(bad) and bad[-1] == today,
        rest_until=date.fromordinal(bad[-1].toordinal() + rule.rest_days) if resting else None,
        see_clinician=len(recent) >= rule.mornings,
    )
