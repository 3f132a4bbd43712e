"""The companion itself on private buses and a real X server: everything the desktop tells is seen and acted on."""

import asyncio
import shutil
import subprocess
import sys

import pytest

from tests.app.desks import Clocks
from tests.desktop.pretend import logind, notifications
from uncrick.app.desk import Desk
from uncrick.app.desk_running import Offering, Running
from uncrick.app.desk_sources import notifier, sources_of
from uncrick.app.desk_status import status_record
from uncrick.desk.activity import Tick
from uncrick.desk.offer import Break, Part

OFFER = Break((Part("butterfly_stretch", 3, 5.0),), 0.0, "from_plan")
STREAM = """[{"id": 40, "type": "PipeWire:Interface:Node",
 "info": {"state": "STATE", "props": {"media.class": "Stream/Input/Audio", "application.name": "Talk"}}}]
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the desktop of Linux")


class Scene:
    """A companion at work, with its clocks, what the desktop is, and which pages were opened."""

    def __init__(self, running, clocks, manager, service, sound):
        self.running, self.clocks = running, clocks
        self.manager, self.service, self.sound = manager, service, sound
        self.opened = []

    @property
    def sitting(self):
        return self.running.desk.state.sitting

    def status(self):
        return status_record(self.running.desk)

    async def until(self, so):
        """Wait until something is so; a companion that never gets there fails the test."""
        async with asyncio.timeout(40):
            while not so():
                await asyncio.sleep(0.02)

    async def sit(self, minutes):
        """Let time go by, as nobody has it in a test."""
        for _ in range(int(2 * minutes)):
            self.clocks.on(30.0)
            self.running.hear(Tick(self.running.desk.now_s(), self.clocks.local))
            await asyncio.sleep(0)

    def record(self, state):
        """Let PipeWire tell that a program records, or no longer."""
        with self.sound.open("a", encoding="utf-8") as file:
            file.write(STREAM.replace("STATE", state))

    def shown(self):
        """Return the titles of the notices that were shown, in turn."""
        return [each[4] for each in self.service.asked if each[0] == "Notify"]


def play(tmp_path, scene, buses):
    """Run a companion with the sources and notices of this system, and *scene* beside it."""

    async def run():
        clocks, sound = Clocks(), tmp_path / "sound"
        sound.touch()
        session, system = buses
        async with logind(system) as manager, notifications(session) as service:
            running = Running(Desk(clocks.run(), tmp_path), sources_of(), notifier(), None)
            made = Scene(running, clocks, manager, service, sound)
            running._offering = Offering(
                lambda: OFFER, lambda: {"butterfly_stretch": "Butterfly stretch"}, lambda: made.opened.append("/desk")
            )
            task = asyncio.create_task(running.run(signals=False))
            try:
                seen = running.desk.seen
                kinds = ("activity", "lock", "sleep", "call", "quiet", "notice")
                await made.until(lambda: all(what in seen and seen[what].known for what in kinds))
                return await scene(made)
            finally:
                running.stop()
                await asyncio.wait_for(task, 10)

    return asyncio.run(run())


@pytest.fixture
def desktop(session_bus, system_bus, x_display, tmp_path, monkeypatch):
    """Both buses, an X server, and a pw-dump that prints what a test lets it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "pw-dump"
    program.write_text(f"#!/bin/sh\necho '[]'\nexec tail -n +1 -f {tmp_path}/sound\n", encoding="utf-8")
    program.chmod(0o755)
    (folder / "pactl").symlink_to(shutil.which("false"))
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("UNCRICK_DATABASE", str(tmp_path / "records.db"))
    touch()
    return session_bus, system_bus


def touch():
    subprocess.run(("xdotool", "mousemove_relative", "2", "2"), check=True)


def test_a_morning_at_a_real_desk(desktop, tmp_path):
    """Do Not Disturb and a call hold the small sign back; a real pause brings the offer; its button opens the page."""

    async def scene(made):
        await made.service.change("Inhibited", "b", True)
        await made.until(lambda: made.running.desk.state.nudge.quiet)
        await made.sit(46)
        in_quiet = made.shown(), made.status()["held"]
        made.record("running")
        await made.until(lambda: made.sitting.call)
        await made.service.change("Inhibited", "b", False)
        await made.until(lambda: not made.running.desk.state.nudge.quiet)
        await made.sit(1)
        in_call = made.shown(), made.status()["held"]
        made.record("idle")
        await made.until(lambda: bool(made.shown()))
        touch()
        await made.until(lambda: not made.sitting.idle)
        await made.until(lambda: made.sitting.idle)  # eight real seconds without a touch
        await made.until(lambda: len(made.shown()) > 1)
        offer = made.service.asked[-1]
        await made.service.tell("ActionInvoked", "us", 11, "start")
        await made.until(lambda: bool(made.opened))
        return in_quiet, in_call, made.shown(), offer[6], made.opened

    in_quiet, in_call, shown, buttons, opened = play(tmp_path, scene, desktop)

    assert in_quiet == ([], "quiet")
    assert in_call == ([], "call")
    assert shown == ["A break is due", "Ninety seconds?"]
    assert buttons[::2] == ["start", "snooze", "meeting", "dismiss"]
    assert opened == ["/desk"]


def test_a_bus_that_dies_is_said_and_sitting_goes_on(desktop, tmp_path):
    """When logind and the notification service go, each is one sentence in the status, and the timer runs on."""

    async def scene(made):
        await made.sit(5)
        await made.manager.leave()
        await made.service.leave()
        seen = made.running.desk.seen
        await made.until(lambda: not seen["notice"].known and not seen["quiet"].known)
        await made.until(lambda: not seen["lock"].known and seen["sleep"].says.startswith("sleep from the clocks"))
        await made.sit(5)
        return made.status()

    status = play(tmp_path, scene, desktop)

    assert status["spell_min"] >= 10
    assert any("has gone from the session bus" in sentence for sentence in status["sentences"])
    assert any("has gone from the system bus" in sentence for sentence in status["sentences"])
