"""Notices with buttons on a private session bus."""

import asyncio

import pytest

from tests.desktop.pretend import listening, notifications
from uncrick.desk.activity import Known, Unknown
from uncrick.desk.source import Notice, Pressed
from uncrick.desktop.bus import Signal
from uncrick.desktop.notices import FreedesktopNotices, answered, written

OFFER = Notice("break", "Ninety seconds?", "You sat <45> & more.", buttons=(("start", "Start"), ("snooze", "Later")))


def scene(play, **service):
    """Return a coroutine function that plays with a service, a notifier and its news."""

    async def run(address):
        notifier = FreedesktopNotices(retry_s=0.05)
        async with notifications(address, **service) as made, listening(notifier, lambda: 5.0) as heard:
            assert await heard.next() == Known(5.0, "notice", play.__doc__)
            return await play(made, notifier, heard)

    return run


def test_a_notice_is_shown_with_its_buttons(session_bus):
    """The service is given the words, the buttons in turn, and hints; markup is written as text."""

    async def play(made, notifier, heard):
        "notices"
        assert await notifier.show(OFFER)
        return made.asked[-1]

    _, app, replaces, icon, title, body, actions, hints, lasts = asyncio.run(scene(play)(session_bus))

    assert (app, replaces, icon, title, lasts) == ("Uncrick", 0, "", "Ninety seconds?", -1)
    assert body == "You sat &lt;45&gt; &amp; more."
    assert actions == ["start", "Start", "snooze", "Later"]
    assert hints["urgency"].signature == "y"


def test_every_button_works(session_bus):
    """What the service says was pressed is Pressed, once, though it closes the notice too."""

    async def play(made, notifier, heard):
        "notices"
        pressed = []
        for number, button in enumerate(("start", "snooze", "meeting", "dismiss", "open"), 11):
            await notifier.show(Notice("break", "Now?", buttons=((button, button),)))
            await made.tell("ActionInvoked", "us", number, button)
            await made.tell("NotificationClosed", "uu", number, 2)
            pressed.append(await heard.next())
        return pressed, await heard.silent()

    pressed, silent = asyncio.run(scene(play)(session_bus))

    assert pressed == [Pressed(5.0, "break", name) for name in ("start", "snooze", "meeting", "dismiss", "open")]
    assert silent


def test_closing_it_is_no_and_its_own_end_is_nothing(session_bus):
    """A notice that the person closed is "dismiss"; one that ran out or was taken away says nothing."""

    async def play(made, notifier, heard):
        "notices"
        for number, why in ((11, 1), (12, 3), (13, 2)):
            await notifier.show(OFFER)
            await made.tell("NotificationClosed", "uu", number, why)
            await asyncio.sleep(0.05)
        return await heard.next(), await heard.silent()

    assert asyncio.run(scene(play)(session_bus)) == (Pressed(5.0, "break", "dismiss"), True)


def test_a_notice_takes_the_place_of_the_one_before(session_bus):
    """The same key replaces, another stands beside, and one without title takes it away."""

    async def play(made, notifier, heard):
        "notices"
        await notifier.show(OFFER)
        await notifier.show(OFFER)
        await notifier.show(Notice("other", "Hm"))
        await notifier.show(Notice("break", ""))
        await notifier.show(Notice("break", ""))
        return [(each[0], each[2] if each[0] == "Notify" else each[1]) for each in made.asked[1:]]

    assert asyncio.run(scene(play)(session_bus)) == [
        ("Notify", 0),
        ("Notify", 11),
        ("Notify", 0),
        ("CloseNotification", 11),
    ]


def test_notices_of_others_are_not_ours(session_bus):
    """Buttons of notices that somebody else shows, and signals of other types, press nothing."""

    async def play(made, notifier, heard):
        "notices"
        await notifier.show(OFFER)
        await made.tell("ActionInvoked", "us", 99, "start")
        await made.tell("ActionInvoked", "s", "start")
        await made.tell("NotificationClosed", "ss", "11", "2")
        await made.tell("ActionInvoked", "us", 11, "unheard-of")
        return await heard.silent()

    assert asyncio.run(scene(play)(session_bus))


def test_a_service_without_buttons_is_said(session_bus):
    """Where no buttons are shown, none are sent, and the status says so."""

    async def play(made, notifier, heard):
        "notices without buttons: this desktop shows none"
        await notifier.show(OFFER)
        return made.asked[-1][5:7]

    body, actions = asyncio.run(scene(play, abilities=("body",))(session_bus))

    assert (body, actions) == ("You sat <45> & more.", [])


def test_a_refused_notice_is_said(session_bus):
    """A desktop that refuses gets False back and one sentence, and the next notice is tried all the same."""

    async def play(made, notifier, heard):
        "notices"
        taken = made.answers["Notify"]
        made.answers["Notify"] = None
        refused = await notifier.show(OFFER)
        news = await heard.next()
        made.answers["Notify"] = taken
        return refused, news, await notifier.show(OFFER)

    why = "a notice was refused: org.freedesktop.Notifications does not know that question"
    assert asyncio.run(scene(play)(session_bus)) == (False, Unknown(5.0, "notice", why), True)


def test_a_service_that_goes_and_comes_is_said(session_bus):
    """Without the service notices are unknown and refused; when it is back they are known again."""

    async def run():
        notifier = FreedesktopNotices(retry_s=0.05)
        async with listening(notifier, lambda: 5.0) as heard:
            news, shown = [await heard.next()], [await notifier.show(OFFER)]
            async with notifications(session_bus) as made:
                news.append(await heard.next())
                shown.append(await notifier.show(OFFER))
                await made.leave()
                news.append(await heard.next())
            return news, shown

    news, shown = asyncio.run(run())

    assert [type(each) for each in news] == [Unknown, Known, Unknown]
    assert news[0].why == "org.freedesktop.Notifications is not on the session bus"
    assert shown == [False, True]


def test_without_a_bus_notices_are_unknown():
    """No session bus is one sentence, said once."""

    async def run():
        async with listening(FreedesktopNotices(retry_s=0.01), lambda: 5.0) as heard:
            return await heard.next(), await heard.silent()

    why = "there is no session bus"
    assert asyncio.run(run()) == (Unknown(5.0, "notice", why), True)


def test_a_quiet_notice_makes_no_sound():
    """A small notice is without sound and does not stay; pressing a notice itself opens what can be opened."""
    quiet = written(Notice("small", "Soon", quiet=True), 0, frozenset({"actions"}))
    loud = written(Notice("open", "Look", buttons=(("open", "Look"),)), 3, frozenset({"actions"}))

    assert {"suppress-sound", "transient"} <= set(quiet[6])
    assert "transient" not in loud[6]
    assert loud[5] == ["open", "Look", "default", ""]


@pytest.mark.parametrize(
    ("member", "types", "body", "means"),
    [
        ("ActionInvoked", "us", (7, "start"), (7, "start")),
        ("ActionInvoked", "us", (7, "default"), (7, "open")),
        ("ActionInvoked", "us", (7, "what"), (7, None)),
        ("NotificationClosed", "uu", (7, 2), (7, "dismiss")),
        ("NotificationClosed", "uu", (7, 1), (7, None)),
        ("NotificationClosed", "us", (7, "x"), (-1, None)),
        ("Other", "u", (7,), (-1, None)),
    ],
)
def test_answers_are_read(member, types, body, means):
    """What a service tells is read by the specification."""
    assert answered(Signal("/", "org.freedesktop.Notifications", member, types, body)) == means
