"""Sleep, lock and, as a last resort, idleness from logind on the system bus."""

import time
from collections.abc import AsyncGenerator
from typing import Final

from uncrick.desk.source import Clock
from uncrick.desktop.bus import Ask, Bus, Place, Signal, changed, open_bus
from uncrick.desktop.seeing import CannotSee, Stand

SERVICE: Final = "org.freedesktop.login1"
MANAGER: Final = Place(SERVICE, "/org/freedesktop/login1", f"{SERVICE}.Manager")
OWN_USER: Final = Place(SERVICE, "/org/freedesktop/login1/user/self", f"{SERVICE}.User")

HINT_S: Final = 10.0
"""After a request to lock, so long until the session's own hint is believed: some lockers never set it, some requests
lock nothing. Our default."""


class LogindSleep:
    """Sleep: logind says before the machine sleeps, and after it woke."""

    how = "sleep from logind"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("system") as bus:
            await bus.listen(MANAGER, "PrepareForSleep")
            asleep = await bus.read(MANAGER, "PreparingForSleep", "b")
            yield Stand(now(), bool(asleep))
            async for signal in bus.signals():
                yield Stand(now(), flag_of(signal))


class LogindLock:
    """The lock of the session's screen: the hint that the desktop sets, and requests to lock and unlock."""

    how = "lock from logind"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("system") as bus:
            session = await own_session(bus)
            await bus.listen_properties(session)
            await bus.listen(session, "Lock")
            await bus.listen(session, "Unlock")
            yield Stand(now(), bool(await bus.read(session, "LockedHint", "b")))
            wait_s: float | None = None
            while True:
                signal = await bus.heard(wait_s)
                wait_s = HINT_S if signal is not None and signal.member == "Lock" else None
                if signal is None:
                    yield Stand(now(), bool(await bus.read(session, "LockedHint", "b")))
                elif (locked := lock_of(signal, session)) is not None:
                    yield Stand(now(), locked)


class LogindIdle:
    """The idle hint of the session. Desktops set it minutes late, and some never: used when nothing else can tell."""

    how = "idle hint of logind, which desktops set late or never"

    async def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """See `Watch.stands`."""
        async with open_bus("system") as bus:
            session = await own_session(bus)
            await bus.listen_properties(session)
            yield await _idle_stand(bus, session, now, bool(await bus.read(session, "IdleHint", "b")))
            async for signal in bus.signals():
                idle = changed(signal, session, "IdleHint", "b")
                if idle is not None:
                    yield await _idle_stand(bus, session, now, bool(idle))


async def _idle_stand(bus: Bus, session: Place, now: Clock, idle: bool) -> Stand:
    t_s = now()
    if not idle:
        return Stand(t_s, False)
    since_us = await bus.read(session, "IdleSinceHintMonotonic", "t")
    assert isinstance(since_us, int)
    return Stand(t_s, True, t_s - idle_for_s(since_us, time.clock_gettime(time.CLOCK_MONOTONIC)))


def idle_for_s(since_us: int, monotonic_s: float) -> float:
    """Return how long somebody has been idle; 0 when logind does not know since when, or the future."""
    return max(0.0, monotonic_s - since_us / 1e6) if since_us else 0.0


async def own_session(bus: Bus) -> Place:
    """Return the session with a screen that this program belongs to. Raises CannotSee."""
    try:
        (path,) = await bus.ask(Ask(MANAGER, "GetSession", "o", "s", ("auto",)))
    except CannotSee as trouble:
        if "is not on" in str(trouble) or "did not answer" in str(trouble):
            raise
        shown = await bus.read(OWN_USER, "Display", "(so)")
        path = session_path(shown)
    return Place(SERVICE, str(path), f"{SERVICE}.Session")


def session_path(shown: object) -> str:
    """Return the path in a user's Display property. Raises CannotSee when the user has no session with a screen."""
    path = str(shown[1]) if isinstance(shown, list | tuple) and len(shown) == 2 else "/"
    if path == "/":
        raise CannotSee("logind knows no session with a screen of this person")
    return path


def lock_of(signal: Signal, session: Place) -> bool | None:
    """Return whether the screen is locked now, None when the signal says nothing about it."""
    if signal.interface == session.interface and signal.member in ("Lock", "Unlock"):
        return signal.member == "Lock"
    hint = changed(signal, session, "LockedHint", "b")
    return None if hint is None else bool(hint)


def flag_of(signal: Signal) -> bool:
    """Return the one yes or no that a signal carries. Raises CannotSee when it carries something else."""
    if signal.types != "b":
        raise CannotSee(f"{signal.interface}.{signal.member} carries {signal.types or 'nothing'} where b was wanted")
    return bool(signal.body[0])
