"""Buses of one's own, and an environment in which nothing of the machine's desktop can be seen."""

import shutil
import sys

import pytest

from tests.desktop.buses import begun_bus, begun_display


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_CURRENT_DESKTOP", "XAUTHORITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/no_such_bus")


def _need(there, sentence):
    if not there:
        pytest.skip(sentence)


@pytest.fixture(scope="session")
def _daemons(tmp_path_factory):
    _need(sys.platform == "linux" and shutil.which("dbus-daemon"), "there is no dbus-daemon here")
    folder = tmp_path_factory.mktemp("buses")
    with begun_bus(folder, "session") as session, begun_bus(folder, "system") as system:
        yield session, system


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
    with begun_display() as display:
        yield display


@pytest.fixture
def x_display(_x_display, monkeypatch):
    """An X server of one's own, which is the one that is found."""
    monkeypatch.setenv("DISPLAY", _x_display)
    return _x_display
