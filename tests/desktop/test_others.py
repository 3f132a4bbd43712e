"""The counters of macOS and Windows, as far as they can be tried elsewhere."""

import asyncio
import sys

import pytest

from tests.desktop.pretend import listening
from uncrick.desk.activity import Idle, Known
from uncrick.desktop.others import CountedIdle, idle_from_ticks, mac_idle, windows_idle
from uncrick.desktop.seeing import CannotSee, Seeing


def test_counted_idleness_is_told():
    """Whatever counts idle seconds becomes Idle since then."""

    async def run():
        source = Seeing("activity", "activity", (CountedIdle(lambda: lambda: 30.0, "somewhere"),))
        async with listening(source, lambda: 100.0) as heard:
            return [await heard.next(), await heard.next()]

    assert asyncio.run(run()) == [
        Known(100.0, "activity", "idle time from somewhere (not tried here)"),
        Idle(100.0, 70.0),
    ]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="this system is one of the two")
@pytest.mark.parametrize("find", [mac_idle, windows_idle])
def test_on_another_system_it_is_a_sentence(find):
    """Elsewhere than on its own system each says so."""
    with pytest.raises(CannotSee, match="this is not"):
        find()


def test_a_count_that_begins_anew_is_no_long_idleness():
    """Windows' count of milliseconds begins anew after 49.7 days; the difference stays right."""
    assert idle_from_ticks(5_000, 2_000) == 3.0
    assert idle_from_ticks(1_000, 0xFFFFFFFF - 999) == 2.0
