"""Mutter's IdleMonitor on a private session bus."""

import asyncio

from tests.desktop.pretend import listening, mutter
from uncrick.desk.activity import Idle, Input, Known, Unknown
from uncrick.desktop.mutter import MutterIdle
from uncrick.desktop.seeing import Seeing


def source():
    return Seeing("activity", "activity", (MutterIdle(),), "first")


def test_idleness_and_return_are_told_again_and_again(session_bus):
    """The idle watch is Idle since eight seconds before; the watch for the return is set anew each time."""

    async def run():
        async with mutter(session_bus) as monitor, listening(source(), lambda: 100.0) as heard:
            news = [await heard.next(), await heard.next()]
            for returned in (2, 3):
                await monitor.tell("WatchFired", "u", 1)
                news.append(await heard.next())
                await monitor.tell("WatchFired", "u", returned)
                news.append(await heard.next())
            return news, monitor.asked

    news, asked = asyncio.run(run())

    assert news[:2] == [Known(100.0, "activity", "idle time from Mutter"), Input(100.0)]
    assert news[2:] == [Idle(100.0, 92.0), Input(100.0)] * 2
    assert ("AddIdleWatch", 8000) in asked


def test_who_is_idle_already_is_idle(session_bus):
    """When the companion starts beside somebody who left, they are idle since they left."""

    async def run():
        async with mutter(session_bus) as monitor:
            monitor.answers["GetIdletime"] = ("t", [60_000])
            async with listening(source(), lambda: 100.0) as heard:
                first = [await heard.next(), await heard.next()]
                await monitor.tell("WatchFired", "u", 2)
                return first, await heard.next()

    first, after = asyncio.run(run())

    assert first[1] == Idle(100.0, 40.0)
    assert after == Input(100.0)


def test_a_monitor_that_lies_is_unknown(session_bus):
    """A Mutter whose signal carries something else is not believed any more."""

    async def run():
        async with mutter(session_bus) as monitor, listening(source()) as heard:
            await heard.next(), await heard.next()
            await monitor.tell("WatchFired", "s", "one")
            return await heard.next()

    news = asyncio.run(run())

    assert isinstance(news, Unknown)
    assert news.why == "Mutter's WatchFired carries s where u was wanted"
