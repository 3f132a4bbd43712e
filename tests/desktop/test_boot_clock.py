"""The clock that counts sleep, and the sleep that two clocks betray."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from tests.desktop.pretend import listening
from uncrick.desk.activity import Known, Suspended, Woke
from uncrick.desktop import boot_clock
from uncrick.desktop.boot_clock import Clocks, ClockSleep, boot_s, slept_s
from uncrick.desktop.seeing import Seeing


def test_the_clock_goes_on():
    """It never goes back."""
    times = [boot_s() for _ in range(100)]

    assert times == sorted(times)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_what_was_slept_is_what_one_clock_missed(start, awake, slept):
    """However long it was awake, the sleep is the difference of the clocks, and a small one is none."""
    found = slept_s(Clocks(start, 5.0), Clocks(start + awake + slept, 5.0 + awake))

    assert found == 0.0 if slept < boot_clock.SLEPT_S - 1e-3 else abs(found - slept) < 1e-3 or slept < 2.001


def test_a_sleep_is_told_on_waking(monkeypatch):
    """Three days with the lid closed are Suspended three days ago and Woke now."""
    monkeypatch.setattr(boot_clock, "LOOK_S", 0.01)
    readings = iter([Clocks(100.0, 50.0), Clocks(105.0, 55.0), Clocks(105.0 + 3 * 86400 + 5.0, 60.0)])
    last = Clocks(105.0 + 3 * 86400 + 5.0, 60.0)
    monkeypatch.setattr(boot_clock, "read_clocks", lambda: next(readings, last))

    async def run():
        async with listening(Seeing("sleep", "sleep", (ClockSleep(),)), lambda: 1e6) as heard:
            return [await heard.next() for _ in range(4)]

    news = asyncio.run(run())

    assert news[:2] == [Known(1e6, "sleep", "sleep from the clocks, noticed on waking"), Woke(1e6)]
    assert news[2:] == [Suspended(1e6 - 3 * 86400), Woke(1e6)]
