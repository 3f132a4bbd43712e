"""The nights before tonight: what became of every prescription in each, how the morning after was, what is decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final, NamedTuple

from uncrick.care.pain import SETTLED, Morning, PainRecord, PainRule, is_bad, to_settle
from uncrick.coach.record import SessionRecord, SetRecord
from uncrick.plan.progress import Decision, Evening, Happened, Said, Standing, decide_all, newest_raised
from uncrick.plan.record import Plan

DAY_TURNS_H: Final = 4
"""What is done before four in the morning belongs to the evening before. Our default."""

OPEN_NIGHTS: Final = 2
"""So many nights stay open to be decided again, because a morning can be rated until its day is over. Our default."""

AHEAD_DAYS: Final = 4
"""What bears a date that has not come counts as of so many days ago: longer than anything rests. Our default."""

BASELINE_DAYS: Final = 14
"""An older rating is no baseline any more. Our default: as long as after which all questions are asked again."""


class Night(NamedTuple):
    """All sessions of one day. ahead : they bear dates that have not come, because the clock was wrong or is."""

    on: date
    sessions: tuple[SessionRecord, ...]
    ahead: bool = False


class Settling(NamedTuple):
    """Pain that a night left to settle within hours (*within_h*). rose_to : 0-10.

    morning : the last rating of the morning after, None for none yet. settled : what was said of it, None for nothing.
    """

    rose_to: int
    within_h: float
    morning: int | None
    settled: bool | None


class Turn(NamedTuple):
    """What was decided the day after a night, and where everything stands since."""

    night: Night
    on: date
    standings: Mapping[str, Standing]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What nights are decided by: the evening's rungs and rules, the plan, its pain rule, and all ratings of pain."""

    evening: Evening
    plan: Plan
    rule: PainRule
    pains: tuple[PainRecord, ...]


def night_of(at: datetime) -> date:
    """Return the evening that a moment belongs to, by the clock of its own zone."""
    return (at - timedelta(hours=DAY_TURNS_H)).date()


def session_night(session: SessionRecord) -> date:
    """Return the evening that a session belongs to, by the clock the person had then."""
    return night_of(session.started_at.astimezone(timezone(timedelta(minutes=session.utc_offset_min))))


def nights_before(sessions: Iterable[SessionRecord], today: date) -> tuple[Night, ...]:
    """Return the nights before *today*, the oldest first, and last of all what bears a later date than today.

    Either the clock was wrong then or it is now, and nobody can tell. So it counts, as of a few days ago, but is never
    decided for good before its day comes, and nothing rests for it.
    """
    found: dict[date, list[SessionRecord]] = {}
    ahead: list[SessionRecord] = []
    for session in sessions:
        on = session_night(session)
        if on > today:
            ahead.append(session)
        elif on < today:
            found.setdefault(on, []).append(session)
    nights = [Night(on, tuple(found[on])) for on in sorted(found)]
    if ahead:
        nights.append(Night(today - timedelta(days=AHEAD_DAYS), tuple(ahead), ahead=True))
    return tuple(nights)


def baseline_before(pains: Iterable[PainRecord], at: datetime) -> int | None:
    """Return what the person last rated at rest before *at*, None where that is too long ago or never was."""
    rated = [p for p in pains if p.moment in ("before", "rest") and p.level is not None and p.at < at]
    last = max(rated, key=lambda p: p.at, default=None)
    return last.level if last and at - last.at <= timedelta(days=BASELINE_DAYS) else None


def settling_after(rule: PainRule, night: Night, pains: Sequence[PainRecord]) -> Settling | None:
    """Return what pain of *night* has to settle within the rule's hours, and what was said of it; None for none."""
    levels = [h.level for s in night.sessions for h in s.hurts] + [s.pain_after for s in night.sessions]
    rose_to = to_settle(rule, baseline_of(night, pains), levels)
    if rose_to is None:
        return None
    last = _morning_of(night, pains)
    said = {word: settled for settled, word in SETTLED.items()}
    settled = next((said[kind] for kind in last.kinds if kind in said), None) if last else None
    return Settling(rose_to, rule.settle_h, last.level if last else None, settled)


def morning_after(rule: PainRule, night: Night, pains: Sequence[PainRecord]) -> Morning | None:
    """Return the rating of the morning after *night* against the pain before its session; None where either is missing.

    Pain that had to settle is unsettled when the person says so; where they say nothing, while it has not come down.
    """
    last = _morning_of(night, pains)
    if last is None or last.level is None or not any(s.kind == "session" for s in night.sessions):
        return None
    settling, baseline = settling_after(rule, night, pains), baseline_of(night, pains)
    if baseline is None:
        if settling is None or settling.settled is None:
            return None
        baseline = last.level  # nothing to hold the morning against, but what was said of settling counts
    unsettled = settling is not None and (last.level > baseline if settling.settled is None else not settling.settled)
    return Morning(last.on_day, last.level, baseline, unsettled)


def _morning_of(night: Night, pains: Iterable[PainRecord]) -> PainRecord | None:
    """Return the last rating of the morning after *night*."""
    on = night.on + timedelta(days=1)
    rated = [p for p in pains if p.moment == "next_morning" and p.on_day == on and p.level is not None]
    return max(rated, key=lambda p: p.at, default=None)


def baseline_of(night: Night, pains: Iterable[PainRecord]) -> int | None:
    """Return the pain before the first whole session of *night*, None where nobody knows."""
    whole = [s for s in night.sessions if s.kind == "session"]
    before = [s.pain_before for s in whole if s.pain_before is not None]
    if before or not whole:
        return before[0] if before else None
    return baseline_before(pains, whole[0].started_at)


def mornings_of(rule: PainRule, nights: Iterable[Night], pains: Sequence[PainRecord]) -> tuple[Morning, ...]:
    """Return every morning after *nights* that was rated."""
    found = (morning_after(rule, night, pains) for night in nights)
    return tuple(morning for morning in found if morning is not None)


def said_of(course: Course, night: Night, next_night: Night | None) -> Said:
    """Return how the morning after was. Good counts only when it was said before the next session: no dose rises late.

    Bad counts whenever it was said.
    """
    morning = morning_after(course.rule, night, course.pains)
    if morning is None:
        return "unknown"
    if is_bad(course.rule, morning):
        return "bad"
    if next_night is not None and next_night.on == morning.on:
        began = min(s.started_at for s in next_night.sessions)
        rated = max(p.at for p in course.pains if p.moment == "next_morning" and p.on_day == morning.on)
        if rated >= began:
            return "unknown"
    return "good"


def happened_in(night: Night, standings: Mapping[str, Standing], morning: Said) -> dict[str, Happened]:
    """Return what became of every prescription that was tried; a bad morning takes the newest step of the plan back."""
    stopped = {stop.exercise for session in night.sessions for stop in session.stops}
    dropped = newest_raised(standings) if morning == "bad" else ""
    found: dict[str, Happened] = {}
    for id_, standing in standings.items():
        tries = [[s for s in session.sets if s.prescription == id_] for session in night.sessions]
        tried = [s for sets in tries for s in sets if s.n_done or s.outcome in ("stopped", "pain")]
        was_stopped = standing.amount.exercise in stopped or any(s.exercise in stopped for s in tried)
        if tried or was_stopped or id_ == dropped:
            done = any(_all_done(session, sets) for session, sets in zip(night.sessions, tries, strict=True))
            found[id_] = Happened(night.on, done and not was_stopped, was_stopped, morning, id_ == dropped)
    return found


def decide_nights(
    course: Course, standings: Mapping[str, Standing], nights: Sequence[Night], tonight: Night | None = None
) -> tuple[Turn, ...]:
    """Decide the day after each of *nights*, one after the other; *tonight* is what was done today already."""
    turns: list[Turn] = []
    for i, night in enumerate(nights):
        following = nights[i + 1] if i + 1 < len(nights) else tonight
        on = night.on + timedelta(days=1)
        happened = happened_in(night, standings, said_of(course, night, following))
        evening = Evening(on, course.evening.ladder, course.evening.closed, course.evening.rules)
        standings, decisions = decide_all(evening, course.plan, standings, happened)
        turns.append(Turn(night, on, standings, decisions))
    return tuple(turns)


def n_settled(turns: Sequence[Turn]) -> int:
    """Return how many of *turns* are decided for good: all but the newest, and none whose date has not come."""
    return max(sum(not turn.night.ahead for turn in turns) - OPEN_NIGHTS, 0)


def within_reach(evening: Evening, standings: Mapping[str, Standing]) -> dict[str, Standing]:
    """Return *standings* with no pause or rest longer than its rule, whatever the clock said when it was decided."""
    rules = evening.rules
    pause = evening.on + timedelta(days=rules.pause_days)
    rest = evening.on + timedelta(days=1 + rules.stop_rest_days)
    return {
        id_: s._replace(
            paused_until=min(s.paused_until, pause) if s.paused_until else None,
            resting_until=min(s.resting_until, rest) if s.resting_until else None,
        )
        for id_, s in standings.items()
    }


def rest_after_sessions(rule: PainRule, nights: Iterable[Night]) -> date | None:
    """Return the first day after rest that a session asks for which pain ended; None where none did."""
    ended = [n.on for n in nights if any(s.ending in ("pain", "clinician", "emergency") for s in n.sessions)]
    return max(ended) + timedelta(days=1 + rule.rest_days) if ended else None


def _all_done(session: SessionRecord, sets: Sequence[SetRecord]) -> bool:
    """Whether every asked set among *sets* was done whole, in its own form; a short break's counts for nothing."""
    if session.kind != "session" or not sets:
        return False
    broken = {hold.set_n for hold in session.holds if not hold.completed}
    whole = {s.at for s in sets if s.outcome == "done" and s.n_done >= s.n_asked and not s.easier and s.n not in broken}
    return whole == {s.at for s in sets}
