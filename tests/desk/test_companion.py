"""The laws of the companion, held against days in any order that a desktop and a person can bring."""

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.desk.days import MONDAY, SCENES, Keeper, end_of_day, next_due_s, working_day
from uncrick.desk import activity as a
from uncrick.desk.companion import MOST_QUIET_S, Settings, step
from uncrick.desk.manners import Manners


class AnyDay(RuleBasedStateMachine):
    """A companion to which anything may happen next; its keeper fails on the first broken rule."""

    @initialize(every_min=st.sampled_from((20, 45, 60)), most=st.integers(1, 8), quiet=st.booleans())
    def begin(self, every_min: int, most: int, quiet: bool) -> None:
        """Start at half past seven, with the person's own wishes."""
        hours = Manners().quiet_from if quiet else Manners().quiet_to
        self.keeper = Keeper(Settings(Manners(every_min * 60.0, most, quiet_from=hours)))
        self.zone_s = 0.0
        self.keeper.hear(a.Tick(0.0, MONDAY))
        self.keeper.hear(a.Known(0.0, "activity", "test"))

    @property
    def now_s(self) -> float:
        """Return the companion's time."""
        return self.keeper.state.sitting.at_s if self.keeper.state else 0.0

    @rule(minutes=st.integers(1, 90))
    def time_goes_by(self, minutes: int) -> None:
        """Tick as the companion does."""
        for _ in range(minutes):
            t_s = self.now_s + 55
            self.keeper.hear(a.Tick(t_s, MONDAY + timedelta(seconds=t_s + self.zone_s)))

    @rule(scene=st.sampled_from(SCENES), seed=st.integers(0, 2**32))
    def something_happens(self, scene: object, seed: int) -> None:
        """Play a scene of a day, without ticks in between where it is short."""
        assert callable(scene)
        for x in scene(random.Random(seed), self.now_s):
            self.keeper.hear(x)

    @rule(hours=st.sampled_from((-24, -1, 1, 24)))
    def clock_is_set(self, hours: int) -> None:
        """Set the wall clock, or fly somewhere."""
        self.zone_s += hours * 3600

    def teardown(self) -> None:
        """Let what is owed come to its end."""
        if hasattr(self, "keeper"):
            end_of_day(self.keeper)


AnyDay.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestAnyDay = AnyDay.TestCase


@given(st.integers(0, 2**32))
@settings(max_examples=6, deadline=None)
def test_whole_working_days_keep_every_rule(seed: int) -> None:
    """Two random working days, the night between and after them: no rule is broken, and nothing stays owed."""
    draw, keeper, start_s = random.Random(seed), Keeper(), 0.0
    for day in range(2):
        for x in working_day(draw, start_s, MONDAY + timedelta(days=day)):
            keeper.hear(x)
        end_of_day(keeper)
        assert keeper.state is not None
        start_s = keeper.state.sitting.at_s + 30000.0


@given(st.integers(0, 2**32), st.floats(0.05, 0.95))
@settings(max_examples=6, deadline=None)
def test_a_state_may_be_kept_and_gone_on_from(seed: int, cut: float) -> None:
    """Cut the day anywhere and go on from the state that was kept: the same is found."""
    xs = list(working_day(random.Random(seed), 0.0, MONDAY))[:800]
    at = int(len(xs) * cut)
    whole, parts = Keeper(), Keeper()
    for x in xs:
        whole.hear(x)
    for x in xs[:at]:
        parts.hear(x)
    kept = parts.state

    found = list(parts.found)
    for x in xs[at:]:
        kept, out = step(parts.settings, kept, x)
        found += out

    assert whole.found == found and whole.state == kept


@given(st.integers(0, 2**32))
@settings(max_examples=4, deadline=None)
def test_it_wakes_at_most_once_a_second_and_at_least_once_a_minute(seed: int) -> None:
    """Whatever comes next of time alone lies between a second and a minute ahead."""
    keeper = Keeper()
    for x in list(working_day(random.Random(seed), 0.0, MONDAY))[:400]:
        keeper.hear(x)
        assert keeper.state is not None
        assert 0.999 <= next_due_s(keeper) - keeper.state.sitting.at_s <= MOST_QUIET_S + 0.001
