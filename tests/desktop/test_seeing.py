"""Ways of seeing joined to a source."""

import asyncio

import pytest

from tests.desktop.pretend import listening
from uncrick.desk.activity import CallBegan, CallEnded, Idle, Input, Known, Locked, Unknown, Unlocked
from uncrick.desktop.seeing import CannotSee, Seeing, Stand, event_of


class Told:
    """A watch that says what it is told to: stands, a CannotSee to end with, or None to be silent."""

    def __init__(self, how, *says):
        self.how = how
        self.n_begun = 0
        self.queue = asyncio.Queue()
        self.says(*says)

    def says(self, *news):
        for each in news:
            self.queue.put_nowait(each)

    async def stands(self, now):
        self.n_begun += 1
        while True:
            news = await self.queue.get()
            if isinstance(news, Exception):
                raise news
            yield news


def test_what_is_seen_is_said_first_and_then_how_it_stands():
    """A source opens with Known and how it stands, then tells changes only."""

    async def run():
        watch = Told("lock from a test", Stand(1.0, False), Stand(2.0, False), Stand(3.0, True))
        async with listening(Seeing("lock", "lock", (watch,)), lambda: 9.0) as heard:
            return [await heard.next() for _ in range(3)]

    assert asyncio.run(run()) == [Known(9.0, "lock", "lock from a test"), Unlocked(1.0), Locked(3.0)]


def test_the_best_way_that_works_is_used():
    """Ways joined by "first" are tried in turn, each only when the better ones failed."""

    async def run():
        bad, good, spare = Told("bad", CannotSee("no bus")), Told("good", Stand(1.0, True, 0.5)), Told("spare")
        source = Seeing("activity", "activity", (bad, good, spare), "first")
        async with listening(source, lambda: 9.0) as heard:
            return [await heard.next(), await heard.next()], spare.n_begun

    assert asyncio.run(run()) == ([Known(9.0, "activity", "good"), Idle(1.0, 0.5)], 0)


def test_a_better_way_takes_over_when_it_comes():
    """A way that failed is tried again; once it sees, the worse one ends."""

    async def run():
        better, worse = Told("better", CannotSee("not yet")), Told("worse", Stand(1.0, False))
        source = Seeing("activity", "activity", (better, worse), "first", retry_s=0.01)
        async with listening(source, lambda: 9.0) as heard:
            first = [await heard.next(), await heard.next()]
            better.says(Stand(2.0, True, 1.0))
            second = [await heard.next(), await heard.next()]
            worse.says(Stand(3.0, False))
            return first, second, await heard.silent()

    first, second, silent = asyncio.run(run())

    assert first == [Known(9.0, "activity", "worse"), Input(1.0)]
    assert second == [Known(9.0, "activity", "better"), Idle(2.0, 1.0)]
    assert silent


def test_without_any_way_the_reasons_are_one_sentence():
    """When nothing can see, every reason stands once, and is not said again."""

    async def run():
        ways = [Told("a", CannotSee("no bus"), CannotSee("no bus")), Told("b", CannotSee("no bus"))]
        ways.append(Told("c", CannotSee("no display")))
        source = Seeing("activity", "activity", ways, "first", retry_s=0.01)
        async with listening(source, lambda: 9.0) as heard:
            return await heard.next(), await heard.silent()

    assert asyncio.run(run()) == (Unknown(9.0, "activity", "no bus; no display"), True)


def test_a_source_without_ways_says_so():
    """Where there is no way at all, the source says that and ends."""

    async def run():
        return [news async for news in Seeing("lock", "lock", ()).events(lambda: 9.0)]

    assert asyncio.run(run()) == [Unknown(9.0, "lock", "nothing on this system tells of it")]


def test_any_of_several_is_enough():
    """Joined by "any" it is on while one of them says so, and who that is is told."""

    async def run():
        camera, sound = Told("camera", Stand(1.0, False)), Told("sound", Stand(1.0, False))
        async with listening(Seeing("call", "call", (camera, sound)), lambda: 9.0) as heard:
            opening = [await heard.next() for _ in range(4)]
            camera.says(Stand(2.0, True, by="cheese"))
            began = await heard.next()
            sound.says(Stand(3.0, True, by="talk"))
            await heard.silent()
            camera.says(Stand(4.0, False))
            still = await heard.silent()
            sound.says(Stand(5.0, False))
            return opening, began, still, await heard.next()

    opening, began, still, ended = asyncio.run(run())

    assert opening[2:] == [Known(9.0, "call", "camera; sound"), CallEnded(9.0)]
    assert began == CallBegan(2.0, "cheese")
    assert still
    assert isinstance(ended, CallEnded)


def test_what_one_of_several_cannot_see_is_said_beside():
    """A source that sees only in part says which part is missing."""

    async def run():
        ways = (Told("camera", Stand(1.0, False)), Told("sound", CannotSee("no PipeWire")))
        async with listening(Seeing("call", "call", ways), lambda: 9.0) as heard:
            return [await heard.next() for _ in range(4)][2]

    assert asyncio.run(run()) == Known(9.0, "call", "camera (not seen: no PipeWire)")


def test_a_way_that_breaks_is_no_longer_believed():
    """What said "on" and then fails holds nothing up, and comes back by itself."""

    async def run():
        watch = Told("lock", Stand(1.0, True), CannotSee("the bus broke off"), Stand(2.0, False))
        async with listening(Seeing("lock", "lock", (watch,), retry_s=0.01), lambda: 9.0) as heard:
            return [await heard.next() for _ in range(5)]

    assert asyncio.run(run()) == [
        Known(9.0, "lock", "lock"),
        Locked(1.0),
        Unknown(9.0, "lock", "the bus broke off"),
        Known(9.0, "lock", "lock"),
        Unlocked(2.0),
    ]


def test_what_nobody_foresaw_is_told_and_not_raised():
    """A way that breaks by an error of its own ends in Unknown too."""

    async def run():
        async with listening(Seeing("lock", "lock", (Told("lock", ZeroDivisionError("oh")),)), lambda: 9.0) as heard:
            return await heard.next()

    assert asyncio.run(run()).why == "lock: it broke off (ZeroDivisionError('oh'))"


def test_only_what_is_on_or_off_is_an_event_of_this_kind():
    """A sight that is not on or off is a mistake in the program."""
    with pytest.raises(ValueError, match="camera"):
        event_of("camera", Stand(0.0, True))
