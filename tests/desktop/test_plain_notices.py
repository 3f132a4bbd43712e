"""Notices without a service."""

import asyncio
import sys

import pytest

from tests.desktop.pretend import listening
from uncrick.desk.activity import Known, Unknown
from uncrick.desk.source import Notice
from uncrick.desktop.notices import FreedesktopNotices
from uncrick.desktop.plain_notices import SCRIPT, MacNotices, NoNotices, notices_here


async def first(notifier):
    async with listening(notifier, lambda: 5.0) as heard:
        return await heard.next()


def test_where_nothing_can_be_shown_it_is_said():
    """Without any way of showing, every notice is refused and the status says where to look instead."""

    async def run():
        return await first(NoNotices()), await NoNotices().show(Notice("a", "b"))

    news, shown = asyncio.run(run())

    assert isinstance(news, Unknown)
    assert "the page or the status" in news.why
    assert not shown


def test_macs_script_gets_words_as_words(tmp_path, monkeypatch):
    """Title and text are arguments of the script and never part of it; without the program the notice is refused."""

    async def run():
        return await MacNotices().show(Notice("a", 'T" & (do shell script "x")', "B")), await first(MacNotices())

    program = tmp_path / "osascript"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/said\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    shown, news = asyncio.run(run())

    assert shown
    assert (tmp_path / "said").read_text(encoding="utf-8") == f'-e\n{SCRIPT}\nT" & (do shell script "x")\nB\n'
    assert isinstance(news, Known)
    assert "not tried here" in news.how
    program.unlink()
    assert not asyncio.run(run())[0]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are other notices")
def test_linux_has_buttons():
    """On Linux notices are those of the desktop's own service."""
    assert isinstance(notices_here(), FreedesktopNotices)
