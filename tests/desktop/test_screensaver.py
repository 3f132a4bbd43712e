"""Screen savers on a private session bus."""

import asyncio

from tests.desktop.pretend import listening, program
from uncrick.desk.activity import Idle, Known, Locked, Unknown, Unlocked
from uncrick.desktop.screensaver import ScreenSaverIdle, ScreenSaverLock, wait_s
from uncrick.desktop.seeing import Seeing


def saver(address, who="freedesktop"):
    return program(address, f"org.{who}.ScreenSaver", f"/org/{who}/ScreenSaver", f"org.{who}.ScreenSaver")


def test_the_covered_screen_is_told(session_bus):
    """ActiveChanged is Locked and Unlocked, from GNOME's screen saver where it is the one that answers."""

    async def run():
        async with saver(session_bus, "gnome") as made:
            made.answers["GetActive"] = ("b", [False])
            async with listening(Seeing("lock", "lock", (ScreenSaverLock(),))) as heard:
                news = [await heard.next(), await heard.next()]
                await made.tell("ActiveChanged", "b", True)
                news.append(await heard.next())
                await made.tell("ActiveChanged", "b", False)
                return [type(each) for each in [*news, await heard.next()]]

    assert asyncio.run(run()) == [Known, Unlocked, Locked, Unlocked]


def test_no_screen_saver_is_unknown(session_bus):
    """Where none answers, that is the sentence; one that answers wrongly is named."""

    async def run(lies):
        async with saver(session_bus, "xfce") as made:
            made.answers["GetActive"] = ("s", ["no"]) if lies else ("b", [False])
            if not lies:
                await made.leave()
            async with listening(Seeing("lock", "lock", (ScreenSaverLock(),)), lambda: 0.0) as heard:
                return await heard.next()

    assert asyncio.run(run(False)) == Unknown(0.0, "lock", "no screen saver is on the session bus")
    assert asyncio.run(run(True)).why == "org.xfce.ScreenSaver answered GetActive with s where b was wanted"


def test_its_idle_time_is_read(session_bus, monkeypatch):
    """GetSessionIdleTime is Idle since then; under Wayland it is not believed."""

    async def run():
        async with saver(session_bus) as made:
            made.answers["GetSessionIdleTime"] = ("u", [20_000])
            async with listening(Seeing("a", "activity", (ScreenSaverIdle(),)), lambda: 100.0) as heard:
                return [await heard.next(), await heard.next()]

    assert asyncio.run(run())[1] == Idle(100.0, 80.0)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "Wayland" in asyncio.run(_first(Seeing("a", "activity", (ScreenSaverIdle(),)))).why


async def _first(source):
    async with listening(source) as heard:
        return await heard.next()


def test_it_is_asked_no_more_than_needed():
    """The next look comes when idleness can have begun, or every other second while it lasts; never within a second."""
    assert wait_s(0.0, 8.0) == 8.05
    assert wait_s(7.9, 8.0) == 1.0
    assert wait_s(60.0, 8.0) == 2.0
