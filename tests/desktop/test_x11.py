"""X11 on a server of one's own, touched by xdotool."""

import asyncio
import subprocess

import pytest

from tests.desktop.pretend import listening
from uncrick.desk.activity import Fullscreen, Idle, Input, Known, Unknown
from uncrick.desktop import x11
from uncrick.desktop.seeing import Seeing
from uncrick.desktop.x11 import X11Fullscreen, X11Idle


def touch(*words):
    """Do something with the mouse or the keyboard, as a person does."""
    subprocess.run(("xdotool", *words), check=True)


async def first(watch, sight="activity"):
    async with listening(Seeing("x11", sight, (watch,)), lambda: 0.0) as heard:
        return await heard.next()


def test_idleness_and_return_are_told(x_display):
    """On a real X server: a touched mouse is Input, a moment without is Idle since that touch, and so on."""

    async def run():
        async with listening(Seeing("activity", "activity", (X11Idle(0.4),))) as heard:
            opening = [await heard.next(), await heard.next()]
            news = [opening[-1]]
            for touched in (("mousemove_relative", "3", "3"), ("key", "a")):
                while not isinstance(news[-1], Idle):
                    news.append(await heard.next())
                touch(*touched)
                news.append(await heard.next())
                assert isinstance(news[-1], Input)
            news.append(await heard.next())
            return opening, news

    opening, news = asyncio.run(run())

    assert opening[0].how == "idle time from X11"
    assert isinstance(news[-1], Idle)
    assert news[-1].t_s - 3.0 < news[-1].since_s <= news[-1].t_s - 0.39
    assert news[-1].since_s > news[-2].t_s - 0.5


def test_a_window_that_fills_the_screen_is_told(x_display):
    """With a window manager that says which window is in front, one that fills the screen is Fullscreen."""

    async def run():
        async with x11.open_x11() as server:
            root = server.screen.root
            names = ("_NET_ACTIVE_WINDOW", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN", "_NET_SUPPORTING_WM_CHECK")
            front, state, full, checks = [await server.atom(name) for name in names]
            window = await made_window(server)
            server.send(changed_property(root, checks, 33, (window,)))
            server.send(changed_property(root, front, 33, (window,)))
            server.send(changed_property(window, state, 4, ()))
            await server.atom("WM_NAME")
            async with listening(Seeing("screen", "fullscreen", (X11Fullscreen(),))) as heard:
                news = [await heard.next(), await heard.next()]
                server.send(changed_property(window, state, 4, (full,)))
                news.append(await heard.next())
                server.send(changed_property(window, state, 4, ()))
                news.append(await heard.next())
            server.send(changed_property(root, checks, 33, ()))
            await server.atom("WM_NAME")
            return news

    news = asyncio.run(run())

    assert isinstance(news[0], Known)
    assert [each.on for each in news[1:] if isinstance(each, Fullscreen)] == [False, True, False]


async def made_window(server):
    """Make a window of 10 by 10."""
    import struct

    window = server.new_id()
    server.send(struct.pack("<BBHIIhhHHHHII", 1, 0, 8, window, server.screen.root, 0, 0, 10, 10, 0, 1, 0, 0))
    return window


def changed_property(window, atom, kind, numbers):
    """Return ChangeProperty with 32-bit numbers."""
    import struct

    body = struct.pack(f"<{len(numbers)}I", *numbers)
    return struct.pack("<BBHIIIBxxxI", 18, 0, 6 + len(numbers), window, atom, kind, 32, len(numbers)) + body


def test_without_a_window_manager_it_is_unknown(x_display):
    """Where no window manager tells, full screens cannot be seen, and that is said."""
    news = asyncio.run(first(X11Fullscreen(), "fullscreen"))

    assert news == Unknown(0.0, "fullscreen", "no window manager tells which window is in front")


@pytest.mark.parametrize(
    ("display", "wayland", "says"),
    [
        ("", "", "there is no X11 display here"),
        ("nowhere", "", "DISPLAY is 'nowhere', which names no display"),
        (":6543", "", "the X server of DISPLAY :6543 cannot be reached"),
        (":0", "wayland-0", "under Wayland, X11 sees only a part of the windows"),
    ],
)
def test_without_an_x_server_it_is_unknown(display, wayland, says, monkeypatch):
    """No display, a wrong one, one where nobody answers, and X11 under Wayland are sentences."""
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)

    assert asyncio.run(first(X11Idle())) == Unknown(0.0, "activity", says)


def test_an_x_server_that_hangs_is_unknown(monkeypatch):
    """A server that takes the connection and says nothing costs a moment and a sentence."""
    monkeypatch.setattr(x11, "ANSWER_S", 0.2)

    async def run():
        server = await asyncio.start_server(lambda reader, _: reader.read(), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{port - 6000}")
        try:
            return await first(X11Idle())
        finally:
            server.close()

    assert asyncio.run(run()).why == "the X server did not answer within 0.2 s"
