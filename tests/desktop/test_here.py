"""All sources of a system together."""

import asyncio
import sys

import pytest

from tests.desktop.pretend import listening, logind, mutter, notifications
from uncrick.desk.activity import SIGHTS, Idle, Known, Locked, Suspended, Unknown, Woke
from uncrick.desktop import here
from uncrick.desktop.here import sources_here


def test_every_sight_has_its_source():
    """All that can be seen of a day is asked for, save the camera and the notices, which have their own."""
    assert {source.sight for source in sources_here()} == set(SIGHTS) - {"camera", "notice"}


async def first(source):
    async with listening(source, lambda: 0.0) as heard:
        return await heard.next()


def test_with_nothing_there_everything_says_why(monkeypatch, tmp_path):
    """Without buses, displays and tools each sight is unknown, with a sentence; sleep is told by the clocks."""
    monkeypatch.setenv("PATH", str(tmp_path))

    async def run():
        return dict(
            zip([s.sight for s in sources_here()], await asyncio.gather(*map(first, sources_here())), strict=True)
        )

    news = asyncio.run(run())

    assert isinstance(news["sleep"], Known)
    for sight in ("activity", "lock", "quiet", "fullscreen"):
        assert isinstance(news[sight], Unknown)
    assert news["activity"].why == (
        "there is no session bus; this is no Wayland session; there is no X11 display here; there is no system bus"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the desktop of Linux")
def test_a_day_on_gnome_is_seen(session_bus, system_bus):
    """With logind, Mutter and notifications on private buses, idleness, lock, sleep and quiet are seen side by side."""

    async def run():
        async with logind(system_bus) as manager, mutter(session_bus) as monitor, notifications(session_bus):
            seen = {source.sight: source for source in sources_here()}
            async with (
                listening(seen["activity"]) as activity,
                listening(seen["lock"]) as lock,
                listening(seen["sleep"]) as sleep,
                listening(seen["quiet"]) as quiet,
            ):
                opening = [await each.next() for each in (activity, lock, sleep, quiet) for _ in (0, 1)]
                await monitor.tell("WatchFired", "u", 1)
                await manager.change("LockedHint", "b", True, "/org/freedesktop/login1/session/c1", SESSION)
                await manager.tell("PrepareForSleep", "b", True)
                await manager.tell("PrepareForSleep", "b", False)
                return opening, [type(await each.next()) for each in (activity, lock, sleep, sleep)]

    opening, news = asyncio.run(run())

    assert [each.what for each in opening if isinstance(each, Known)] >= ["activity", "lock", "sleep", "quiet"]
    assert news == [Idle, Locked, Suspended, Woke]


SESSION = "org.freedesktop.login1.Session"


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_say_what_was_not_tried(system, monkeypatch):
    """On macOS and Windows idleness is counted by the system, and what cannot be seen is said."""
    monkeypatch.setattr(here.sys, "platform", system)

    sources = {source.sight: source for source in sources_here()}

    assert "not tried here" in sources["activity"].watches[0].how
    assert asyncio.run(first(sources["call"])).why.endswith("nothing on this system tells of it")
