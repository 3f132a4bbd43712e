"""The companion as a process: one at a time, killed and started again, told to stop; and its notices' buttons."""

import asyncio
import json
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.app.desks import Clocks, begin, work
from uncrick.app.desk import Desk
from uncrick.app.desk_control import ask, control_path, runs
from uncrick.app.desk_running import Offering, Running
from uncrick.app.desk_words import sentences
from uncrick.cli.main import app
from uncrick.desk.activity import CallBegan, Idle, Input, Known, Unknown
from uncrick.desk.offer import Break, Part
from uncrick.desk.source import Notice, Pressed
from uncrick.errors import ProblemsError

PROGRAM = "from uncrick.cli.main import run; run()"
OFFER = Break((Part("butterfly_stretch", 3, 5.0),), 0.0, "from_plan")


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    """Nothing of whoever runs the tests is read, written or spoken to."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/no_such_bus")


def started(folder):
    """Start the real companion and wait until it answers."""
    command = [sys.executable, "-c", PROGRAM, "desk", "start", "--folder", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while not runs(folder):
        assert process.poll() is None and time.monotonic() < until, process.stderr
        time.sleep(0.1)
    return process


def command(folder, *words):
    """Run one command of the desk and return how it ended."""
    return CliRunner().invoke(app, ["desk", *words, "--folder", str(folder)])


def test_killed_and_started_again_by_the_system(tmp_path):
    """kill -9 in the middle of a meeting: the next start has the spell, the silence and the time gone by."""
    first = started(tmp_path)
    ask({"do": "meeting", "for_s": 1800}, tmp_path)
    before = ask({"do": "status"}, tmp_path)
    first.kill()
    first.wait()

    assert not runs(tmp_path)
    second = started(tmp_path)
    after = ask({"do": "status"}, tmp_path)
    ask({"do": "stop"}, tmp_path)

    assert second.wait(20) == 0
    assert after["since"][:19] == before["since"][:19]
    assert after["silent_until"][:16] == before["silent_until"][:16]
    assert after["spell_min"] >= before["spell_min"]


def test_one_at_a_time(tmp_path):
    """A second start is refused with a sentence, and the first one's status tells of it."""
    first = started(tmp_path)

    second = command(tmp_path, "start")
    told = command(tmp_path, "status")
    first.send_signal(signal.SIGTERM)

    assert second.exit_code == 1 and "one runs at a time" in second.stderr
    assert "A second start was refused" in told.stdout
    assert first.wait(20) == 0
    assert not control_path(tmp_path).exists()


def test_without_a_companion_each_command_says_so(tmp_path):
    """Status, pause and stop end with 1 and one sentence; day, week and settings work all the same."""
    for words in (("status",), ("pause", "30m"), ("stop",)):
        done = command(tmp_path, *words)
        assert (done.exit_code, done.stderr.count("\n")) == (1, 1) and "is not running" in done.stderr
    assert command(tmp_path, "pause", "soon").exit_code == 2
    week = command(tmp_path, "week", "--json").stdout.splitlines()
    assert len([json.loads(line) for line in week]) == 7
    assert command(tmp_path, "set", "--every-min", "90").exit_code == 2
    assert "walk" in command(tmp_path, "stretch", "--no-browser").stdout


def test_only_the_person_can_speak_to_it(tmp_path):
    """The socket and its folder are the owner's alone; what is not understood is answered with a sentence."""
    process = started(tmp_path)
    path = control_path(tmp_path)

    mode = stat.S_IMODE(path.stat().st_mode)
    folder_mode = stat.S_IMODE(path.parent.stat().st_mode)
    answers = []
    for line in (
        b"{}\n",
        b"not json\n",
        b'{"do": "erase"}\n',
        b"x" * 200_000 + b"\n",
        b'{"do": "pause", "for_s": -1}\n',
    ):
        with socket.socket(socket.AF_UNIX) as other:
            other.settimeout(5)
            other.connect(str(path))
            try:
                other.sendall(line)
                answers.append(other.recv(65536))
            except OSError:
                answers.append(b"")
    alive = runs(tmp_path)
    process.terminate()

    assert (mode, folder_mode & 0o077) == (0o600, 0)
    assert all(b"problem" in answer for i, answer in enumerate(answers) if i != 3)
    assert alive
    process.wait(20)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    """Where the journal cannot be, the start ends with a sentence and no traceback."""
    (tmp_path / "desk").write_text("in the way")

    done = command(tmp_path, "start")

    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_settings_that_are_wrong_keep_it_from_starting(tmp_path):
    """A settings file with two mistakes is told with both, and nothing runs."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "settings.json").write_text('{"every_min": 500, "most_a_day": "many"}')

    done = command(tmp_path, "start")

    assert done.exit_code == 1
    assert "every_min" in done.stderr and "most_a_day" in done.stderr


class Shown:
    """A notifier that keeps what it was shown, and presses what the test says."""

    name = "test"

    def __init__(self, takes=True):
        self.notices: list[Notice] = []
        self.presses = asyncio.Queue()
        self._takes = takes

    async def show(self, notice):
        self.notices.append(notice)
        return self._takes

    async def events(self, now):
        if not self._takes:
            yield Unknown(now(), "notice", "the desktop refuses notices")
        else:
            yield Known(now(), "notice", "notices with buttons")
        while True:
            button = await self.presses.get()
            yield Pressed(now(), "desk", button)


class Told:
    """A source that tells what the test says."""

    name = "test"

    def __init__(self):
        self.news = asyncio.Queue()

    async def events(self, now):
        yield Known(now(), "activity", "test")
        while True:
            yield await self.news.get()


def play(tmp_path, scene, *, takes=True):
    """Run a companion with a source and a notifier of the test's while *scene* plays."""

    async def run():
        clocks, opened = Clocks(), []
        shown, told = Shown(takes), Told()
        offering = Offering(lambda: OFFER, lambda: {"butterfly_stretch": "Butterfly stretch"}, lambda: opened.append(1))
        running = Running(Desk(clocks.run(), tmp_path), (told,), shown, offering)
        task = asyncio.create_task(running.run(signals=False))
        await asyncio.sleep(0.1)
        try:
            return await scene(running, clocks, told, shown, opened)
        finally:
            running.stop()
            await asyncio.wait_for(task, 10)

    return asyncio.run(run())


async def until(condition):
    """Wait until something is so; a test that waits for ever fails."""
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to be so")


async def sit(running, clocks, minutes):
    """Let somebody sit for so long."""
    for _ in range(int(minutes * 2)):
        clocks.on(30.0)
        running.hear(Input(running.desk.now_s()))
        await asyncio.sleep(0)


async def offered(running, clocks, told, shown):
    """Come to where the offer is shown."""
    await sit(running, clocks, 46)
    now_s = running.desk.now_s()
    clocks.on(9.0)
    await told.news.put(Idle(now_s + 9.0, now_s))
    await until(lambda: any(n.title == "Ninety seconds?" for n in shown.notices))


def test_small_then_the_offer_with_its_buttons(tmp_path):
    """The small sign is quiet; the offer names the movements, says where they come from, and has four buttons."""

    async def scene(running, clocks, told, shown, opened):
        await offered(running, clocks, told, shown)
        return [n for n in shown.notices if n.title]

    small, offer = play(tmp_path, scene)[:2]

    assert small.quiet and small.title == "A break is due"
    assert "Butterfly stretch, 3 times" in offer.body and "From your plan" in offer.body
    assert [button for button, _ in offer.buttons] == ["start", "snooze", "meeting", "dismiss"]


@pytest.mark.parametrize(
    ("button", "phase"), [("snooze", "put_off"), ("meeting", "put_off"), ("dismiss", None), ("start", "offered")]
)
def test_every_button_of_the_offer_works(tmp_path, button, phase):
    """Later, in a meeting and not this one are done at once; start opens the break's page."""

    async def scene(running, clocks, told, shown, opened):
        await offered(running, clocks, told, shown)
        await shown.presses.put(button)
        await until(lambda: bool(opened) if button == "start" else _phase(running) == phase)
        return _phase(running), opened, shown.notices[-1]

    found, opened, last = play(tmp_path, scene)

    assert found == phase
    assert bool(opened) == (button == "start")
    assert button == "start" or last.title == ""


def _phase(running):
    owed = running.desk.state.nudge.owed
    return None if owed is None else owed.phase


def test_status_says_why_a_break_is_no_stretch_of_the_plan(tmp_path):
    """A plan with nothing for a chair is one sentence of the status, and the companion goes on with a walk."""

    async def scene(running, clocks, told, shown, opened):
        running._offering.now = lambda: Break((), 90.0, "nothing_for_chair")
        running._to_keep.set()
        await until(lambda: running.desk.offer_says)
        return list(sentences(running.desk))

    assert any("nothing in your plan can be done in a chair" in s for s in play(tmp_path, scene))


def test_refused_notices_are_told_and_the_break_stays_owed(tmp_path):
    """Where no notice can be shown, status says so, and the break is still there to be taken."""

    async def scene(running, clocks, told, shown, opened):
        await sit(running, clocks, 46)
        return running.desk.seen["notice"].says, _phase(running)

    assert play(tmp_path, scene, takes=False) == ("the desktop refuses notices", "small")


def test_a_call_heard_by_a_source_silences_it(tmp_path):
    """News of a source goes the whole way: in a call nothing is shown."""

    async def scene(running, clocks, told, shown, opened):
        await told.news.put(CallBegan(running.desk.now_s(), "microphone"))
        await sit(running, clocks, 60)
        return [n for n in shown.notices if n.title], _phase(running)

    assert play(tmp_path, scene) == ([], "owed")


def test_a_companion_that_hangs_is_told(tmp_path):
    """Who is not answered within the time gets a sentence, not a wait for ever."""
    path = control_path(tmp_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        with pytest.raises(ProblemsError, match="does not answer"):
            ask({"do": "status"}, tmp_path, 0.2)


def test_without_a_runtime_folder_the_socket_is_beside_the_journal(tmp_path, monkeypatch):
    """Where the system gives no XDG_RUNTIME_DIR, the person's own state folder does."""
    monkeypatch.delenv("XDG_RUNTIME_DIR")

    assert control_path(tmp_path) == tmp_path / "desk" / "control"


def test_install_writes_what_uninstall_removes(tmp_path):
    """Whichever way this system starts programs: the file is in the person's own folder, and gone again."""
    done = command(tmp_path, "install")
    paths = [line for line in done.stdout.splitlines() if line]
    there = [Path(path).exists() for path in paths]
    gone = CliRunner().invoke(app, ["desk", "uninstall"])

    assert done.exit_code == 0 and there == [True]
    assert all(path.startswith(str(tmp_path)) for path in paths)
    assert gone.exit_code == 0 and not any(Path(path).exists() for path in paths)


def test_what_was_sat_before_midnight_stays_with_its_day(tmp_path):
    """A spell across midnight is shared out between both dates."""
    from uncrick.app.desk_day import day_facts

    clocks = Clocks(Clocks().local.replace(hour=23, minute=30))
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 60)
    desk.hear(Idle(desk.now_s(), desk.now_s()))
    work(desk, clocks, 6)
    desk.close()

    first, second = (day_facts(Clocks().local.date().replace(day=day), tmp_path) for day in (2, 3))

    assert first.sat_s == pytest.approx(1800, abs=60)
    assert second.sat_s == pytest.approx(1800, abs=60)
