"""Cameras in use: real files held open by real programs."""

import asyncio
import subprocess
import sys
import time

import pytest

from tests.desktop.pretend import listening
from uncrick.desk.activity import CallBegan, CallEnded, Known, Unknown
from uncrick.desktop import camera_use
from uncrick.desktop.camera_use import CameraUse, cameras_in, users_of
from uncrick.desktop.seeing import Seeing

HOLD = "import sys, time; held = open(sys.argv[1]); print('open', flush=True); time.sleep(600)"


@pytest.fixture
def devices(tmp_path):
    """A folder with one camera, and things that are none."""
    folder = tmp_path / "dev"
    folder.mkdir()
    for name in ("video0", "video-aside", "audio0"):
        (folder / name).touch()
    return folder


def opened(path):
    """Start a program that keeps *path* open."""
    process = subprocess.Popen((sys.executable, "-c", HOLD, str(path)), stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a /proc that tells who uses what")


def test_a_camera_in_use_is_a_call(devices, monkeypatch):
    """Another program that opens a camera is CallBegan at once and not after a look; when it ends, CallEnded."""
    monkeypatch.setattr(camera_use, "SETTLE_S", 0.05)

    async def run():
        async with listening(Seeing("call", "call", (CameraUse(devices),)), lambda: 5.0) as heard:
            opening = [await heard.next(), await heard.next()]
            process = await asyncio.to_thread(opened, devices / "video0")
            try:
                began = await heard.next()
            finally:
                process.kill()
                process.wait()
            return opening, began, await heard.next()

    opening, began, ended = asyncio.run(run())

    assert opening == [Known(5.0, "call", "cameras in use from /proc"), CallEnded(5.0)]
    assert isinstance(began, CallBegan)
    assert began.by.startswith("python")
    assert isinstance(ended, CallEnded)


def test_the_companions_own_camera_is_no_call(devices):
    """Who is named as one's own does not count, nor does this process."""
    process = opened(devices / "video0")
    try:
        with (devices / "video0").open():
            assert len(CameraUse(devices).users()) == 1
            assert CameraUse(devices, own=(process.pid,)).users() == []
    finally:
        process.kill()
        process.wait()


def test_only_cameras_count(devices, tmp_path):
    """Cameras are /dev/video and a number; without any, nobody is looked for."""
    assert cameras_in(devices) == [devices / "video0"]
    assert users_of([], tmp_path / "none", frozenset()) == []


def test_processes_that_cannot_be_looked_into_are_passed_over(tmp_path, devices):
    """A process of somebody else, and one that ends meanwhile, are no error."""
    processes = tmp_path / "proc"
    (processes / "12" / "fd").mkdir(parents=True)
    (processes / "13").mkdir()
    (processes / "sys").mkdir()
    (processes / "12" / "fd" / "3").symlink_to(devices / "video0")

    assert users_of(cameras_in(devices), processes, frozenset()) == ["a program"]


def test_without_proc_it_is_unknown(tmp_path):
    """A system without /proc says so."""

    async def run():
        async with listening(Seeing("call", "call", (CameraUse(tmp_path, tmp_path),)), lambda: 5.0) as heard:
            return await heard.next()

    assert asyncio.run(run()) == Unknown(5.0, "call", "this system has no /proc that tells who uses a camera")


def test_a_look_costs_little(devices):
    """A look into all processes takes a small part of the thirty seconds between two looks."""
    use = CameraUse(devices)
    use.users()

    spent_s = time.process_time()
    use.users()

    assert time.process_time() - spent_s < 0.01 * camera_use.LOOK_S
