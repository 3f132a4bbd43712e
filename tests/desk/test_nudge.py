"""The tests of nudges: small, then the offer, then an end with its reason."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from tests.desk.days import Keeper
from uncrick.desk import activity as a
from uncrick.desk import asked
from uncrick.desk.companion import Settings
from uncrick.desk.found import BreakDone, BreakOwed, BreakResolved, Found, Nudged, PutOff, SpellEnded, Turned
from uncrick.desk.manners import Manners
from uncrick.desk.nudge import NudgeSettings, held_by
from uncrick.desk.sitting import Heard

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
MIN = 60.0


class Desk(Keeper):
    """A desk at nine in the morning; ticks as the companion does, and keeps every rule while it is used."""

    def __init__(self, manners: Manners | None = None, *, sees: bool = True, begin: datetime = MORNING) -> None:
        super().__init__(Settings(manners or Manners()))
        self.begin = begin
        self.tick(0.0)
        self.hear(a.Known(0.0, "activity", "test") if sees else a.Unknown(0.0, "activity", "no D-Bus"))

    def tick(self, t_s: float) -> None:
        """Let it be *t_s*."""
        self.hear(a.Tick(t_s, self.begin + timedelta(seconds=t_s)))

    def until(self, t_s: float) -> list[Found]:
        """Let time go by to *t_s* and return what was found on the way."""
        n = len(self.found)
        at_s = self.state.sitting.at_s if self.state else 0.0
        while at_s < t_s:
            at_s = min(at_s + 30.0, t_s)
            self.tick(at_s)
        return self.found[n:]

    def say(self, x: Heard) -> list[Found]:
        """Let time go by to *x*, take it, and return what was found."""
        n = len(self.found)
        self.until(x.t_s)
        self.hear(x)
        return self.found[n:]

    def held(self) -> str:
        """Return what holds a nudge back."""
        assert self.state is not None
        settings = NudgeSettings(self.settings.manners, self.settings.sitting)
        return held_by(settings, self.state.nudge, self.state.sitting) or ""


def phases(found: list[Found]) -> list[str]:
    """Return the nudges among *found*."""
    return [e.phase for e in found if isinstance(e, Nudged)]


def became(found: list[Found]) -> list[str]:
    """Return what owed breaks became."""
    return [e.became for e in found if isinstance(e, BreakResolved)]


def test_small_first_then_the_offer_in_a_pause() -> None:
    """After 45 minutes a small sign; the offer only once the person has paused for eight seconds."""
    desk = Desk()

    found = desk.until(45 * MIN)
    assert [BreakOwed(2700.0, 1), Nudged(2700.0, 1, "small", asked=False)] == found[-2:]
    assert phases(desk.until(50 * MIN)) == []

    assert phases(desk.say(a.Idle(50 * MIN + 8, 50 * MIN))) == ["offer"]


@pytest.mark.parametrize(
    ("begins", "ends", "why"),
    [
        (a.CallBegan(40 * MIN), a.CallEnded(70 * MIN), "call"),
        (a.DoNotDisturb(40 * MIN, True), a.DoNotDisturb(70 * MIN, False), "quiet"),
        (a.Fullscreen(40 * MIN, True), a.Fullscreen(70 * MIN, False), "fullscreen"),
        (asked.Paused(40 * MIN, 30 * MIN), a.Input(70 * MIN), "paused"),
        (asked.InMeeting(40 * MIN, 30 * MIN), a.Input(70 * MIN), "meeting"),
    ],
)
def test_what_holds_a_nudge_back_does_not_cancel_it(begins: Heard, ends: Heard, why: str) -> None:
    """In a call, in Do Not Disturb, in a presentation, in a pause, in a meeting it is silent; the break stays owed."""
    desk = Desk()

    desk.say(begins)
    during = desk.until(70 * MIN - 1)
    assert phases(during) == [] and desk.held() == why

    after = desk.say(ends)
    assert [e for e in (*during, *after) if isinstance(e, BreakOwed)] == [BreakOwed(2700.0, 1)]
    assert phases(after) == ["small"]


def test_quiet_hours_cross_midnight() -> None:
    """Nobody is nudged at half past eight in the evening, nor at seven in the morning."""
    manners = Manners()

    quiet = [h for h in range(24) if manners.is_quiet(datetime(2026, 3, 2, h, 30, tzinfo=UTC))]

    assert quiet == [*range(8), *range(20, 24)]
    assert not Manners(quiet_from=time(8), quiet_to=time(8)).is_quiet(MORNING)


def test_getting_up_by_oneself_is_a_break_taken() -> None:
    """Who leaves when the small sign comes has taken the break, and is asked nothing."""
    desk = Desk()
    desk.until(46 * MIN)

    found = desk.say(a.Locked(46 * MIN)) + desk.until(50 * MIN)

    assert became(found) == ["taken_away"]


def test_put_off_is_owed_and_comes_once_more() -> None:
    """A snooze of ten minutes brings the same break back after ten minutes, not a second one."""
    desk = Desk()
    desk.until(45 * MIN)

    found = desk.say(asked.Snoozed(46 * MIN, 600.0))
    assert [PutOff(46 * MIN, 1, 56 * MIN, "snooze")] == found[-1:]

    again = [e for e in desk.until(57 * MIN) if isinstance(e, Nudged)]
    assert [Nudged(56 * MIN, 1, "small", asked=True)] == again
    assert sum(isinstance(e, BreakOwed) for e in desk.found) == 1


def test_dismissed_is_over_for_this_spell() -> None:
    """Not this one: the same spell is nudged no more, however long it lasts."""
    desk = Desk()
    desk.until(45 * MIN)

    assert became(desk.say(asked.Dismissed(46 * MIN))) == ["dismissed"]

    assert phases(desk.until(240 * MIN)) == []


def test_an_offer_nobody_answers_is_taken_back() -> None:
    """Ten minutes after the offer it is gone; time in a call in between does not count against the person."""
    desk = Desk()
    desk.say(a.Idle(45 * MIN + 8, 45 * MIN))
    desk.say(a.Input(46 * MIN))
    desk.say(a.CallBegan(47 * MIN))

    assert became(desk.until(80 * MIN)) == []
    desk.say(a.CallEnded(80 * MIN))

    assert became(desk.until(89 * MIN)) == ["unanswered"]


def test_a_break_done_settles_it() -> None:
    """A break done is told with its length and what it was, and the next spell begins after it."""
    desk = Desk()
    desk.until(45 * MIN)
    desk.say(asked.BreakBegan(46 * MIN, ("butterfly_stretch",)))

    found = desk.say(asked.BreakEnded(48 * MIN, "done"))

    assert BreakDone(48 * MIN, 46 * MIN, ("butterfly_stretch",), "done") in found
    assert became(found) == ["done"]
    assert phases(desk.until(92 * MIN)) == []


def test_a_break_that_hurt_is_not_asked_for_again() -> None:
    """A break that pain ended is owed no more."""
    desk = Desk()
    desk.until(45 * MIN)
    desk.say(asked.BreakBegan(46 * MIN, ("butterfly_stretch",)))

    assert became(desk.say(asked.BreakEnded(46.5 * MIN, "pain"))) == ["pain"]
    assert phases(desk.until(200 * MIN)) == []


def test_one_unasked_an_hour_even_with_short_spells() -> None:
    """With 20 minutes set, and a spell ended by each break, nudges still lie an hour apart."""
    desk = Desk(Manners(every_s=1200.0))
    for i in range(12):
        desk.say(a.Locked(i * 30 * MIN + 28 * MIN))
        desk.say(a.Unlocked(i * 30 * MIN + 30 * MIN))

    times = [e.t_s for e in desk.found if isinstance(e, Nudged) and e.phase == "small"]

    assert len(times) >= 4
    assert min(b - t for t, b in pairwise(times)) >= 3600.0


def test_no_more_than_the_day_may_have() -> None:
    """When the day has had its nudges, the next break that is owed says so and ends."""
    desk = Desk(Manners(every_s=1200.0, most_a_day=2))
    for i in range(9):
        desk.say(a.Locked(i * 70 * MIN + 60 * MIN))
        desk.say(a.Unlocked(i * 70 * MIN + 70 * MIN))

    assert sum(isinstance(e, Nudged) and e.phase == "small" for e in desk.found) == 2
    assert "day_full" in became(desk.found)


def test_a_clock_set_a_day_forward_buys_no_more_nudges() -> None:
    """However the wall clock is set, half a day of elapsed time has no more nudges than a day."""
    desk = Desk(Manners(every_s=1200.0, most_a_day=2))
    for i in range(9):
        desk.begin += timedelta(days=1)
        desk.say(a.Locked(i * 70 * MIN + 60 * MIN))
        desk.say(a.Unlocked(i * 70 * MIN + 70 * MIN))

    assert sum(isinstance(e, Nudged) and e.phase == "small" for e in desk.found) == 2


def test_where_nothing_can_be_seen_it_is_a_plain_timer() -> None:
    """Without any source of input the timer alone brings the small sign, and the offer two minutes later."""
    desk = Desk(sees=False)

    found = desk.until(48 * MIN)

    assert [(e.t_s, e.phase) for e in found if isinstance(e, Nudged)] == [(2700.0, "small"), (2820.0, "offer")]


def test_a_week_of_dismissals_turns_them_down_and_says_so() -> None:
    """Seven days on which no break was taken halve the nudges; one break taken brings them back."""
    desk = Desk()
    for day in range(7):
        t_s = day * 86400.0
        desk.hear(a.Suspended(max(t_s - 50000.0, desk.state.sitting.at_s if desk.state else 0.0)))
        desk.hear(a.Woke(t_s))
        desk.tick(t_s)
        desk.hear(a.Input(t_s))
        desk.say(asked.Dismissed(t_s + 46 * MIN))
    assert desk.state is not None and desk.state.nudge.level == 1
    assert [e.to for e in desk.found if isinstance(e, Turned)] == [1]

    t_s = desk.state.sitting.at_s
    desk.say(asked.BreakBegan(t_s + MIN))
    found = desk.say(asked.BreakEnded(t_s + 3 * MIN, "done"))

    assert [e.to for e in found if isinstance(e, Turned)] == [0]


def test_three_hours_in_a_meeting_give_the_break_up_with_the_reason() -> None:
    """A break that could not be offered for three hours is given up, and the reason says what held it back."""
    desk = Desk()
    desk.say(a.CallBegan(40 * MIN))

    found = desk.until(45 * MIN + 3 * 60 * MIN)

    assert [BreakResolved(45 * MIN + 10800.0, 1, "too_long", offered=False, held="call")] == [
        e for e in found if isinstance(e, BreakResolved)
    ]


def test_a_sleeping_machine_owes_nothing() -> None:
    """The break that was owed when the lid closed was taken by the sleep; waking brings no nudge."""
    desk = Desk()
    desk.say(a.CallBegan(44 * MIN))
    desk.until(50 * MIN)
    desk.hear(a.Suspended(50 * MIN))

    desk.hear(a.Woke(90 * MIN))
    desk.hear(a.CallEnded(90 * MIN))

    assert became(desk.found) == ["taken_away"]
    assert phases(desk.until(100 * MIN)) == []
    assert [e.why for e in desk.found if isinstance(e, SpellEnded)] == ["asleep"]
