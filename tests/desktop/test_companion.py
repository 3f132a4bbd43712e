"""The whole companion on private buses: idle, lock, suspend, call, Do Not Disturb, resume, each seen and acted on."""

import asyncio
import subprocess
import sys
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from tests.app.desks import Clocks
from tests.desktop.pretend import SESSION, logind, mutter, notifications
from uncrick.app.desk import Desk
from uncrick.app.desk_control import ask
from uncrick.app.desk_running import Offering, Running
from uncrick.app.desk_status import status_record
from uncrick.desk.found import SpellEnded
from uncrick.desk.offer import Break, Part
from uncrick.desktop.camera_use import CameraUse
from uncrick.desktop.here import sources_here
from uncrick.desktop.notices import FreedesktopNotices
from uncrick.desktop.seeing import Seeing, Stand
from uncrick.errors import ProblemsError
from uncrick.files.desk_journal import facts_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the desktop of Linux")
SESSION_INTERFACE = "org.freedesktop.login1.Session"
OFFER = Break((Part("butterfly_stretch", 3, 5.0),), 0.0, "from_plan")
WATCH, SLEEPING = "WatchFired", "PrepareForSleep"


class Desktop:
    """A desktop whose programs do what the test says, and the companion that watches it."""

    def __init__(self, running, clocks, login, monitor, service, calls):
        self.running, self.clocks = running, clocks
        self.login, self.monitor, self.service, self.calls = login, monitor, service, calls
        self.opened = 0

    @property
    def state(self):
        return self.running.desk.state

    @property
    def shown(self):
        """The titles of all notices so far."""
        return [body[3] for name, *body in self.service.asked if name == "Notify"]

    async def minutes(self, n):
        """Let time go by for companion and desktop alike."""
        for _ in range(int(n * 2)):
            self.clocks.on(30.0)
            for found in self.running.desk.tick():
                self.running._act(found)
            await asyncio.sleep(0)

    async def come(self, condition, what):
        """Wait until something is so."""
        for _ in range(400):
            if condition():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"it did not come: {what}; {status_record(self.running.desk)['sentences']}")

    async def idle(self):
        """Let nobody touch anything for a while."""
        self.monitor.answers["GetIdletime"] = ("t", [9000])
        await self.monitor.tell(WATCH, "u", 1)
        await self.come(lambda: self.state.sitting.idle, "idle")

    async def key(self):
        """Press a key."""
        self.monitor.answers["GetIdletime"] = ("t", [100])
        await self.monitor.tell(WATCH, "u", 2)
        await self.come(lambda: not self.state.sitting.idle, "a key")

    async def press(self, number, button):
        """Press a button of the notice that is shown."""
        await self.service.tell("ActionInvoked", "us", number, button)


class Calls:
    """A camera or microphone in use, as the test says; how it is found is tested with the adapters."""

    how = "calls as the test says"

    def __init__(self):
        self.queue = asyncio.Queue()

    async def stands(self, now):
        yield Stand(now(), False)
        while True:
            yield Stand(now(), await self.queue.get(), by="a test")


@asynccontextmanager
async def desktop(session_bus, system_bus, folder):
    """Bring up logind, Mutter, a notification service, and a companion that sees them."""
    async with AsyncExitStack() as stack:
        login = await stack.enter_async_context(logind(system_bus))
        monitor = await stack.enter_async_context(mutter(session_bus))
        service = await stack.enter_async_context(notifications(session_bus))
        clocks, calls = Clocks(), Calls()
        sources = [s for s in sources_here() if s.sight != "call"] + [Seeing("call", "call", (calls,))]
        made = Desktop(None, clocks, login, monitor, service, calls)
        offering = Offering(lambda: OFFER, lambda: {"butterfly_stretch": "Butterfly stretch"}, lambda: _opened(made))
        made.running = Running(Desk(clocks.run(), folder), sources, FreedesktopNotices(), offering)
        task = asyncio.create_task(made.running.run(signals=False))
        sights = ("activity", "lock", "sleep", "call", "quiet", "notice")
        seen = made.running.desk.seen
        await made.come(lambda: all(s in seen and seen[s].known for s in sights), "all that can be seen")
        try:
            yield made
        finally:
            made.running.stop()
            await asyncio.wait_for(task, 10)


def _opened(made):
    made.opened += 1


def test_a_whole_morning(session_bus, system_bus, tmp_path):
    """Small sign, offer in a pause, put off by its button, silent in a call and in Do Not Disturb, back after each;
    start opens the break; lock and sleep end the sitting; waking brings nothing of the night."""

    async def morning():
        async with desktop(session_bus, system_bus, tmp_path) as d:
            await d.minutes(46)
            await d.come(lambda: d.shown == ["A break is due"], "the small sign")
            await d.idle()
            await d.minutes(0.5)
            await d.come(lambda: d.shown[-1] == "Ninety seconds?", "the offer")

            await d.press(11, "snooze")
            await d.come(lambda: d.state.nudge.owed.phase == "put_off", "put off")
            await d.key()
            await d.calls.queue.put(True)
            await d.come(lambda: d.state.sitting.call, "the call")
            await d.minutes(30)
            n_in_call = len(d.shown)
            await d.service.change("Inhibited", "b", True)
            await d.come(lambda: d.state.nudge.quiet, "Do Not Disturb")
            await d.calls.queue.put(False)
            await d.come(lambda: not d.state.sitting.call, "the end of the call")
            return await _later(d, n_in_call)

    async def _later(d, n_in_call):
        await d.minutes(1)
        n_in_quiet = len(d.shown)
        await d.service.change("Inhibited", "b", False)
        await d.come(lambda: not d.state.nudge.quiet, "the end of Do Not Disturb")
        await d.minutes(0.5)
        await d.come(lambda: d.shown[-1] == "A break is due", "the break that is still owed")
        await d.come(lambda: "desk" in d.running._notifier._shown, "its number")
        await d.press(d.running._notifier._shown["desk"], "start")
        await d.come(lambda: d.opened == 1, "the page of the break")

        await d.login.change("LockedHint", "b", True, SESSION, SESSION_INTERFACE)
        await d.come(lambda: d.state.sitting.locked, "the lock")
        await d.minutes(3)
        await d.login.tell(SLEEPING, "b", True)
        await d.come(lambda: d.state.sitting.asleep, "sleep")
        d.clocks.on(3 * 86400.0)
        await d.login.tell(SLEEPING, "b", False)
        await d.come(lambda: not d.state.sitting.asleep, "waking")
        await d.login.change("LockedHint", "b", False, SESSION, SESSION_INTERFACE)
        await d.come(lambda: not d.state.sitting.locked, "unlocking")
        n_before = len(d.shown)
        await d.minutes(5)
        return n_in_call, n_in_quiet, n_before, len(d.shown), d.state.nudge.owed

    n_in_call, n_in_quiet, n_before, n_after, owed = asyncio.run(morning())

    assert n_in_call == n_in_quiet == 2
    assert (n_before, n_after, owed) == (3, 3, None)
    ended = [f.found for f in facts_of(tmp_path, Clocks().local.date()) if isinstance(f.found, SpellEnded)]
    assert [e.why for e in ended] == ["locked"]


def test_a_bus_that_goes_away_leaves_what_there_is(session_bus, system_bus, tmp_path):
    """logind ends in the middle of the day: lock and sleep are told as not seen, and the rest goes on."""

    async def run():
        async with desktop(session_bus, system_bus, tmp_path) as d:
            await d.login.leave()
            await d.come(lambda: not d.running.desk.seen["lock"].known, "the lock is unseen")
            await d.minutes(46)
            await d.come(lambda: "A break is due" in d.shown, "the small sign")
            return status_record(d.running.desk)["sentences"]

    sentences = asyncio.run(run())

    assert any(s.startswith("Not seen here because") and s.endswith(": locked screen.") for s in sentences)


def test_a_camera_in_use_is_a_call(monkeypatch, tmp_path):
    """The adapter that looks for cameras is one of the sources that make a call."""
    call = next(s for s in sources_here() if s.sight == "call")

    assert any(isinstance(watch, CameraUse) for watch in call.watches)


def test_the_real_program_sees_a_real_desktop(session_bus, system_bus, x_display, tmp_path):
    """`uncrick desk start` in a process of its own: real input on a real X server, a lock, kill -9, and on it goes."""

    async def run():
        async with logind(system_bus) as login, notifications(session_bus):
            first = await started(tmp_path)
            await told(tmp_path, lambda s: _known(s, "activity", "lock", "sleep", "notice"))
            subprocess.run(("xdotool", "key", "--delay", "0", "a"), check=True)
            await told(tmp_path, lambda s: s["presence"] == "sitting")
            await told(tmp_path, lambda s: any("X11" in one["says"] for one in s["sees"]))
            await login.change("LockedHint", "b", True, SESSION, SESSION_INTERFACE)
            await told(tmp_path, lambda s: s["why"] == "locked")
            await login.change("LockedHint", "b", False, SESSION, SESSION_INTERFACE)
            before = await told(tmp_path, lambda s: s["presence"] == "sitting")
            first.kill()
            await first.wait()

            second = await started(tmp_path)
            after = await told(tmp_path, lambda s: _known(s, "activity", "lock"))
            await asyncio.to_thread(ask, {"do": "stop"}, tmp_path)
            await asyncio.wait_for(second.wait(), 20)
            return before, after

    before, after = asyncio.run(run())

    assert before["since"][:19] == after["since"][:19]


def _known(status, *sights):
    return all(one["known"] for one in status["sees"] if one["what"] in sights)


async def started(folder):
    """Start the companion in a process of its own."""
    program = "from uncrick.cli.main import run; run()"
    command = (sys.executable, "-c", program, "desk", "start", "--folder", str(folder))
    return await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)


async def told(folder, condition):
    """Return the status once it is so."""
    status = None
    for _ in range(300):
        try:
            status = await asyncio.to_thread(ask, {"do": "status"}, folder, 2.0)
        except ProblemsError:
            status = None
        if status is not None and condition(status):
            return status
        await asyncio.sleep(0.1)
    raise AssertionError(f"it did not come to be so: {status and status['sentences']}")
