"""Do Not Disturb: GNOME's own tool, and a service on a private bus."""

import asyncio
import os
import shutil
import subprocess
from itertools import cycle, islice

import pytest

from tests.desktop.pretend import listening, notifications
from uncrick.desk.activity import DoNotDisturb, Known, Unknown
from uncrick.desktop import quiet
from uncrick.desktop.quiet import BANNERS, SCHEMA, GnomeQuiet, NotifierQuiet, quiet_from
from uncrick.desktop.seeing import CannotSee, Seeing


def test_an_inhibited_notification_service_is_quiet(session_bus):
    """KDE's property Inhibited is Do Not Disturb, on and off."""

    async def run():
        source = Seeing("quiet", "quiet", (NotifierQuiet(),))
        async with notifications(session_bus) as made, listening(source, lambda: 5.0) as heard:
            news = [await heard.next(), await heard.next()]
            for on in (True, False):
                await made.change("Inhibited", "b", on)
                news.append(await heard.next())
            return news

    news = asyncio.run(run())

    assert news[0] == Known(5.0, "quiet", "Do Not Disturb from the notification service")
    assert news[1:] == [DoNotDisturb(5.0, on) for on in (False, True, False)]


def test_a_service_without_it_is_unknown(session_bus):
    """A notification service that knows no Do Not Disturb says so."""

    async def run():
        async with notifications(session_bus) as made:
            made.properties.clear()
            async with listening(Seeing("quiet", "quiet", (NotifierQuiet(),)), lambda: 5.0) as heard:
                return await heard.next()

    assert asyncio.run(run()) == Unknown(5.0, "quiet", "org.freedesktop.Notifications does not know that question")


def test_gnomes_setting_is_followed(tmp_path, monkeypatch):
    """On GNOME, turning banners off with gsettings itself is Do Not Disturb on."""
    if not shutil.which("gsettings") or SCHEMA not in _schemas():
        pytest.skip("there is no gsettings with GNOME's schemas here")
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    monkeypatch.setenv("GSETTINGS_BACKEND", "keyfile")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    async def run():
        async with listening(Seeing("quiet", "quiet", (GnomeQuiet(),)), lambda: 5.0) as heard:
            news = [await heard.next(), await heard.next()]
            return [*news, await _turned_until_heard(heard, "false"), await _turned_until_heard(heard, "true")]

    news = asyncio.run(run())

    assert news[0] == Known(5.0, "quiet", "Do Not Disturb from GNOME's settings")
    assert news[1:] == [DoNotDisturb(5.0, on) for on in (False, True, False)]


async def _turned_until_heard(heard, shown):
    """Turn banners to *shown*, and to and fro while nothing is heard: gsettings does not say when it listens."""
    for each in islice(cycle((shown, "true" if shown == "false" else "false")), 99):
        await asyncio.to_thread(_turn, each)
        if not await heard.silent(0.3):
            break
    return await heard.next()


def test_what_changed_before_gsettings_listened_is_seen(tmp_path, monkeypatch):
    """A change while the tool still starts is told by nothing; a second look finds it."""
    monkeypatch.setattr(quiet, "LISTENS_S", 0.1)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    tool = tmp_path / "gsettings"
    tool.write_text(f"#!/bin/sh\n[ $1 = monitor ] && exec sleep 60\ncat {tmp_path}/is; echo false > {tmp_path}/is\n")
    tool.chmod(0o700)
    (tmp_path / "is").write_text("true\n")

    async def run():
        async with listening(Seeing("quiet", "quiet", (GnomeQuiet(),)), lambda: 5.0) as heard:
            return [await heard.next() for _ in range(3)]

    assert asyncio.run(run())[1:] == [DoNotDisturb(5.0, on) for on in (False, True)]


def _schemas():
    return subprocess.run(("gsettings", "list-schemas"), capture_output=True, text=True, check=True).stdout.split()


def _turn(shown):
    subprocess.run(("gsettings", "set", SCHEMA, BANNERS, shown), check=True, env=os.environ, capture_output=True)


def test_elsewhere_gnomes_setting_is_not_asked():
    """A desktop that is not GNOME may have the setting and not heed it."""

    async def run():
        async with listening(Seeing("quiet", "quiet", (GnomeQuiet(),)), lambda: 5.0) as heard:
            return await heard.next()

    assert asyncio.run(run()) == Unknown(5.0, "quiet", "this desktop is not GNOME")


def test_what_gsettings_prints_is_read():
    """Banners shown is not quiet; what is no yes or no is a sentence."""
    assert quiet_from("false\n")
    assert not quiet_from(" true\n")
    with pytest.raises(CannotSee, match="answers 'maybe' where true or false was wanted"):
        quiet_from("maybe")
