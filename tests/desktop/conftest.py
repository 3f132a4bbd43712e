"""Buses of one's own, and an environment in which nothing of the machine's desktop can be seen."""

import os
import shutil
import subprocess
import sys

import pytest

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_CURRENT_DESKTOP", "XAUTHORITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/no_such_bus")


def _need(there, sentence):
    if not there:
        pytest.skip(sentence)


def _started(folder, name):
    """Start a bus; return its address and the process."""
    config, path = folder / f"{name}.conf", folder / f"{name}.socket"
    config.write_text(CONFIG.format(path=path), encoding="utf-8")
    command = ("dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return process.stdout.readline().strip(), process


@pytest.fixture(scope="session")
def _daemons(tmp_path_factory):
    _need(sys.platform == "linux" and shutil.which("dbus-daemon"), "there is no dbus-daemon here")
    folder = tmp_path_factory.mktemp("buses")
    started = [_started(folder, name) for name in ("session", "system")]
    yield tuple(address for address, _ in started)
    for _, process in started:
        process.kill()
        process.wait()


@pytest.fixture
def session_bus(_daemons, monkeypatch):
    """The address of a private session bus, which is the one that is found."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", _daemons[0])
    return _daemons[0]


@pytest.fixture
def system_bus(_daemons, monkeypatch):
    """The address of a private system bus, which is the one that is found."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", _daemons[1])
    return _daemons[1]


@pytest.fixture(scope="session")
def _x_display():
    _need(bool(shutil.which("Xvfb") and shutil.which("xdotool")), "there is no Xvfb or no xdotool here")
    read, write = os.pipe()
    command = ("Xvfb", "-displayfd", str(write), "-noreset", "-nolisten", "tcp", "-screen", "0", "640x480x24")
    process = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    process.kill()
    process.wait()


@pytest.fixture
def x_display(_x_display, monkeypatch):
    """An X server of one's own, which is the one that is found."""
    monkeypatch.setenv("DISPLAY", _x_display)
    return _x_display
