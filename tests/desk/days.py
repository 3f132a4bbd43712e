"""Days at a desk for the tests and the simulated year: random streams of news, and the rules every one must keep."""

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from uncrick.desk import activity as a
from uncrick.desk import asked
from uncrick.desk.companion import Settings, State, due_s, step
from uncrick.desk.found import BreakOwed, BreakResolved, Found, Nudged, SpellEnded
from uncrick.desk.nudge import HALF_DAY_S, OWED_MOST_S, local_at
from uncrick.desk.sitting import Heard, SittingState, presence

MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


class Keeper:
    """Feeds a companion and fails as soon as one of its rules is broken."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.state: State | None = None
        self.found: list[Found] = []
        self.owed: set[int] = set()
        self.shown: list[Nudged] = []
        self.put_off: set[int] = set()
        self.days: dict[int, int] = {}

    def hear(self, x: Heard) -> tuple[Found, ...]:
        """Take one piece of news and hold what comes of it against the rules."""
        self.state, found = step(self.settings, self.state, x)
        for event in found:
            self._check(event, self.state)
        self.found += found
        owed = self.state.nudge.owed
        assert (owed is not None) == bool(self.owed), "an owed break is remembered exactly as long as it is owed"
        if owed is not None:
            assert self.state.sitting.at_s - owed.since_s < OWED_MOST_S, "nothing is owed for ever"
        return found

    def _check(self, event: Found, state: State) -> None:
        if isinstance(event, BreakOwed):
            assert not self.owed, "one break is owed at a time"
            self.owed.add(event.n)
        elif isinstance(event, BreakResolved):
            assert event.n in self.owed, "only what is owed can be resolved"
            self.owed.discard(event.n)
        elif isinstance(event, Nudged):
            self._check_nudge(event, state)
        elif isinstance(event, SpellEnded):
            assert event.sat_s >= 0 and event.unknown_s >= 0
            assert event.sat_s + event.unknown_s <= event.t_s - event.began_s + 1e-6, "no more is counted than went by"

    def _check_nudge(self, event: Nudged, state: State) -> None:
        sat, local = state.sitting, local_at(state.nudge, event.t_s)
        manners = self.settings.manners
        assert not sat.call, "never in a call"
        assert not state.nudge.quiet, "never in Do Not Disturb"
        assert manners.in_fullscreen or not sat.fullscreen, "never in a presentation"
        assert local is not None and not manners.is_quiet(local), "never in quiet hours"
        assert _is_there(self.settings, sat), "never to somebody asleep or away"
        assert event.t_s >= state.nudge.silent_until_s, "never in a pause"
        twice = [n for n in self.shown if n.n == event.n and n.phase == event.phase]
        assert not twice or event.asked, "never twice for one spell, unless the person asked for it again"
        if event.phase == "small":
            day = local.date().toordinal()
            self.days[day] = self.days.get(day, 0) + 1
            assert self.days[day] <= manners.most_a_day, "at most so many a day"
            late = [n for n in self.shown if n.phase == "small" and n.t_s > event.t_s - HALF_DAY_S]
            assert len(late) < manners.most_a_day, "however the clock is set"
            unasked = [n.t_s for n in self.shown if n.phase == "small" and not n.asked]
            if not event.asked and unasked:
                assert event.t_s - unasked[-1] >= manners.unasked_every_s, "one unasked an hour"
        self.shown.append(event)


def _is_there(settings: Settings, sat: SittingState) -> bool:
    return presence(settings.sitting, sat)[0] in ("sitting", "unknown") and not sat.asleep and not sat.locked


def working_day(draw: random.Random, start_s: float, morning: datetime) -> Iterator[Heard]:
    """Yield a day's news from *start_s* on, in any order that a day, a desktop and a person can bring; ticks too."""
    t_s, end_s, local_off_s = start_s, start_s + draw.uniform(6, 18) * 3600, 0.0
    yield a.Known(t_s, "activity", "test") if draw.random() < 0.9 else a.Unknown(t_s, "activity", "no source")
    while t_s < end_s:
        for x in draw.choice(SCENES)(draw, t_s):
            # A machine awake ticks at least once a minute; one that sleeps is silent.
            asleep = isinstance(x, a.Woke)
            while not asleep and x.t_s - t_s > 55:
                t_s += 55
                yield a.Tick(t_s, morning + timedelta(seconds=t_s - start_s + local_off_s))
            t_s = max(t_s, x.t_s)
            yield x
        if draw.random() < 0.01:
            local_off_s += draw.choice((-86400, -3600, 3600, 86400))  # a set clock, a change of zone or of the season
        yield a.Tick(t_s, morning + timedelta(seconds=t_s - start_s + local_off_s))


def _work(draw: random.Random, t_s: float) -> Iterator[Heard]:
    """Typing with pauses of all lengths."""
    yield a.Input(t_s)
    for _ in range(draw.randint(1, 12)):
        t_s += draw.expovariate(1 / 400) + 9
        yield a.Idle(t_s, t_s - 8.0)
        t_s += draw.choice((draw.uniform(0, 20), draw.uniform(20, 290), draw.uniform(200, 900)))
        yield a.Input(t_s)


def _absorbed(draw: random.Random, t_s: float) -> Iterator[Heard]:
    """Hours without getting up, with the pauses of somebody who reads what they write."""
    yield a.Input(t_s)
    end_s = t_s + draw.uniform(3600, 3 * 3600)
    while t_s < end_s:
        t_s += draw.expovariate(1 / 300) + 9
        yield a.Idle(t_s, t_s - 8.0)
        t_s += draw.uniform(0, 120)
        yield a.Input(t_s)
        if draw.random() < 0.03:
            yield from _say(draw, t_s)


def _call(draw: random.Random, t_s: float) -> Iterator[Heard]:
    yield a.CallBegan(t_s, "microphone")
    if draw.random() < 0.5:
        yield a.Idle(t_s + 30, t_s + 22)
    yield a.CallEnded(t_s + draw.uniform(60, 7200))


def _lock(draw: random.Random, t_s: float) -> Iterator[Heard]:
    yield a.Locked(t_s)
    t_s += draw.choice((draw.uniform(1, 59), draw.uniform(60, 5400)))
    if draw.random() < 0.9:
        yield a.Unlocked(t_s)
    yield a.Input(t_s)


def _sleep(draw: random.Random, t_s: float) -> Iterator[Heard]:
    if draw.random() < 0.8:
        yield a.Suspended(t_s)
    yield a.Woke(t_s + draw.choice((30.0, 900.0, 40000.0, 3 * 86400.0)))


def _flags(draw: random.Random, t_s: float) -> Iterator[Heard]:
    kind = draw.choice((a.DoNotDisturb, a.Fullscreen))
    yield kind(t_s, True)
    yield kind(t_s + draw.uniform(10, 5000), False)


def _stand(draw: random.Random, t_s: float) -> Iterator[Heard]:
    yield a.Standing(t_s)
    yield a.Sitting(t_s + draw.uniform(5, 4000))


def _blind(draw: random.Random, t_s: float) -> Iterator[Heard]:
    what = draw.choice(a.SIGHTS)
    yield a.Unknown(t_s, what, "the bus does not answer")
    if draw.random() < 0.8:
        yield a.Known(t_s + draw.uniform(1, 2000), what, "test")


def _look(draw: random.Random, t_s: float) -> Iterator[Heard]:
    yield a.CameraPosture(t_s, draw.choice((True, False, None)), draw.uniform(-5, 30), math.nan, draw.random() < 0.3)
    if draw.random() < 0.7:
        yield a.Unknown(t_s + draw.uniform(1, 600), "camera", "on battery")


def _say(draw: random.Random, t_s: float) -> Iterator[Heard]:
    for_s = draw.choice((300.0, 600.0, 1800.0, 7200.0))
    kind = draw.choice((asked.Snoozed, asked.InMeeting, asked.Paused))
    yield draw.choice((kind(t_s, for_s), asked.Dismissed(t_s), asked.GoneOn(t_s)))


def _break(draw: random.Random, t_s: float) -> Iterator[Heard]:
    yield asked.BreakBegan(t_s, ("butterfly_stretch",))
    if draw.random() < 0.9:
        ending: asked.BreakEnding = draw.choice(("done", "done", "left", "pain"))
        yield asked.BreakEnded(t_s + draw.uniform(5, 200), ending)


SCENES = (_work, _work, _absorbed, _absorbed, _call, _lock, _sleep, _flags, _stand, _blind, _look, _say, _break)


def end_of_day(keeper: Keeper) -> None:
    """Let three hours go by, tick by tick: what is owed now can be owed no more then."""
    assert keeper.state is not None
    owed = set(keeper.owed)
    t_s = keeper.state.sitting.at_s
    local = local_at(keeper.state.nudge, t_s) or MONDAY
    for i in range(1, int((OWED_MOST_S + 120) // 50)):
        keeper.hear(a.Tick(t_s + 50 * i, local + timedelta(seconds=50 * i)))
    assert not keeper.owed & owed, "every owed break was offered, taken, or given up with a reason"


def next_due_s(keeper: Keeper) -> float:
    """Return when the companion would tick by itself."""
    assert keeper.state is not None
    return due_s(keeper.settings, keeper.state)
