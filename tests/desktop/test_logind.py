"""logind on a private system bus."""

import asyncio

import pytest

from tests.desktop.pretend import SESSION, listening, logind
from uncrick.desk.activity import Idle, Input, Known, Locked, Suspended, Unknown, Unlocked, Woke
from uncrick.desktop import logind as logind_module
from uncrick.desktop.bus import Place, Signal
from uncrick.desktop.logind import LogindIdle, LogindLock, LogindSleep, flag_of, idle_for_s, lock_of, session_path
from uncrick.desktop.seeing import CannotSee, Seeing

SESSION_INTERFACE = "org.freedesktop.login1.Session"


def kinds(news):
    return [type(each) for each in news]


def test_sleep_and_waking_are_told(system_bus):
    """PrepareForSleep before and after is Suspended and Woke."""

    async def run():
        async with logind(system_bus) as manager, listening(Seeing("sleep", "sleep", (LogindSleep(),))) as heard:
            opening = [await heard.next(), await heard.next()]
            await manager.tell("PrepareForSleep", "b", True)
            slept = await heard.next()
            await manager.tell("PrepareForSleep", "b", False)
            return kinds([*opening, slept, await heard.next()])

    assert asyncio.run(run()) == [Known, Woke, Suspended, Woke]


def test_the_lock_hint_is_told(system_bus):
    """The session's LockedHint is Locked and Unlocked."""

    async def run():
        async with logind(system_bus) as manager, listening(Seeing("lock", "lock", (LogindLock(),))) as heard:
            opening = [await heard.next(), await heard.next()]
            await manager.change("LockedHint", "b", True, SESSION, SESSION_INTERFACE)
            locked = await heard.next()
            await manager.change("LockedHint", "b", False, SESSION, SESSION_INTERFACE)
            return kinds([*opening, locked, await heard.next()])

    assert asyncio.run(run()) == [Known, Unlocked, Locked, Unlocked]


def test_a_request_to_lock_is_believed_for_a_moment(system_bus, monkeypatch):
    """Lock counts as locked until the hint had time to follow; when it does not, the screen counts as open again."""
    monkeypatch.setattr(logind_module, "HINT_S", 0.2)

    async def run():
        async with logind(system_bus) as manager, listening(Seeing("lock", "lock", (LogindLock(),))) as heard:
            await heard.next(), await heard.next()
            await manager.tell("Lock", path=SESSION, interface=SESSION_INTERFACE)
            first = [await heard.next(), await heard.next()]
            manager.properties["LockedHint"].value = True
            await manager.tell("Lock", path=SESSION, interface=SESSION_INTERFACE)
            second = [await heard.next(), await heard.silent(0.4)]
            await manager.tell("Unlock", path=SESSION, interface=SESSION_INTERFACE)
            return kinds(first), second[0].__class__, second[1], type(await heard.next())

    assert asyncio.run(run()) == ([Locked, Unlocked], Locked, True, Unlocked)


def test_the_idle_hint_is_told_with_its_beginning(system_bus):
    """IdleHint is Idle since the time that logind says, and Input when it ends."""

    async def run():
        async with logind(system_bus) as manager:
            source = Seeing("activity", "activity", (LogindIdle(),))
            async with listening(source, lambda: 5000.0) as heard:
                await heard.next(), await heard.next()
                manager.properties["IdleSinceHintMonotonic"].value = 1
                await manager.change("IdleHint", "b", True, SESSION, SESSION_INTERFACE)
                idle = await heard.next()
                await manager.change("IdleHint", "b", False, SESSION, SESSION_INTERFACE)
                return idle, await heard.next()

    idle, active = asyncio.run(run())

    assert isinstance(idle, Idle)
    assert idle.since_s < idle.t_s == 5000.0
    assert isinstance(active, Input)


def test_no_logind_is_unknown(system_bus):
    """A system bus without logind is said."""

    async def run():
        async with listening(Seeing("sleep", "sleep", (LogindSleep(),)), lambda: 0.0) as heard:
            return await heard.next()

    assert asyncio.run(run()) == Unknown(0.0, "sleep", "org.freedesktop.login1 is not on the system bus")


def test_a_logind_that_goes_is_unknown_and_comes_back(system_bus):
    """When logind leaves the bus sleep is unknown, and known again when it returns."""

    async def run():
        async with listening(Seeing("sleep", "sleep", (LogindSleep(),), retry_s=0.05)) as heard:
            await heard.next()
            async with logind(system_bus) as manager:
                back = [await heard.next(), await heard.next()]
                await manager.leave()
                gone = await heard.next()
            return kinds(back), gone.why

    back, why = asyncio.run(run())

    assert back == [Known, Woke]
    assert why == "org.freedesktop.login1 has gone from the system bus"


def test_the_users_own_session_is_found_without_auto(system_bus):
    """A logind that knows no session "auto" is asked for the user's display."""
    from dbus_fast import Variant

    async def run():
        async with logind(system_bus) as manager:
            manager.answers["GetSession"] = None
            manager.properties["Display"] = Variant("(so)", ["c1", SESSION])
            async with listening(Seeing("lock", "lock", (LogindLock(),))) as heard:
                return kinds([await heard.next(), await heard.next()])

    assert asyncio.run(run()) == [Known, Unlocked]


def test_recorded_answers_are_read():
    """What logind tells is read by type; what it does not tell is nothing or a sentence."""
    place = Place("org.freedesktop.login1", SESSION, SESSION_INTERFACE)

    assert lock_of(Signal(SESSION, SESSION_INTERFACE, "Lock", "", ()), place) is True
    assert lock_of(Signal(SESSION, SESSION_INTERFACE, "Unlock", "", ()), place) is False
    assert lock_of(Signal(SESSION, "another", "Lock", "", ()), place) is None
    assert idle_for_s(0, 50.0) == 0.0
    assert idle_for_s(20_000_000, 50.0) == 30.0
    assert idle_for_s(90_000_000, 50.0) == 0.0
    assert session_path(["c1", SESSION]) == SESSION
    for nothing in (["", "/"], "c1", None):
        with pytest.raises(CannotSee, match="no session"):
            session_path(nothing)
    with pytest.raises(CannotSee, match="carries u where b was wanted"):
        flag_of(Signal("/", "org.freedesktop.login1.Manager", "PrepareForSleep", "u", (1,)))
