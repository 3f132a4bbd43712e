"""What keeps the screen awake, told on private buses."""

import asyncio

import pytest
from dbus_fast import Variant

from tests.desktop.pretend import listening, logind, program
from uncrick.desk.activity import Fullscreen, Unknown
from uncrick.desktop.presenting import (
    GNOME,
    KDE,
    GnomePresenting,
    KdePresenting,
    LogindPresenting,
    holds_idle,
    keeps_awake,
)
from uncrick.desktop.seeing import Seeing


async def told(watch, act):
    """Return whether something presents, at first and after each of *act*'s changes."""
    async with listening(Seeing("screen", "fullscreen", (watch,))) as heard:
        await heard.next()
        news = [await heard.next()]
        for change in act:
            await change
            news.append(await heard.next())
        return [each.on for each in news if isinstance(each, Fullscreen)]


def test_gnomes_inhibitors_are_told(session_bus):
    """A session that may not become idle is a presentation; one that may only not be ended is none."""

    async def run():
        async with program(session_bus, *GNOME) as made:
            made.properties["InhibitedActions"] = Variant("u", 1)
            changes = [made.change("InhibitedActions", "u", flags) for flags in (8 | 4, 4)]
            return await told(GnomePresenting(), changes)

    assert asyncio.run(run()) == [False, True, False]


def test_kdes_inhibitors_are_told(session_bus):
    """KDE's HasInhibit at first, and HasInhibitChanged after that."""

    async def run():
        async with program(session_bus, *KDE) as made:
            made.answers["HasInhibit"] = ("b", [True])
            return await told(KdePresenting(), [made.tell("HasInhibitChanged", "b", on) for on in (False, True)])

    assert asyncio.run(run()) == [True, False, True]


def test_logind_inhibitors_are_told(system_bus):
    """An inhibitor of idleness is a presentation; those of sleep and shutdown, which always exist, are none."""

    async def run():
        async with logind(system_bus) as made:
            changes = [made.change("BlockInhibited", "s", words) for words in ("sleep:idle", "sleep")]
            return await told(LogindPresenting(), changes)

    assert asyncio.run(run()) == [False, True, False]


@pytest.mark.parametrize("watch", [GnomePresenting, KdePresenting])
def test_where_nobody_tells_it_is_unknown(watch, session_bus):
    """A desktop without this service says so."""

    async def run():
        async with listening(Seeing("screen", "fullscreen", (watch(),))) as heard:
            return await heard.next()

    news = asyncio.run(run())

    assert isinstance(news, Unknown)
    assert news.why.endswith("is not on the session bus")


def test_recorded_answers_are_read():
    """Flags and lists are read as they are documented."""
    assert [keeps_awake(flags) for flags in (0, 7, 8, 15, "8")] == [False, False, True, True, False]
    assert [holds_idle(text) for text in ("", "sleep", "shutdown:sleep:idle", "handle-lid-switch")] == [
        False,
        False,
        True,
        False,
    ]
