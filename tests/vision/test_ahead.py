"""Reading ahead: order, errors, silence, and an end that leaves nothing behind."""

import threading
import time
from collections.abc import Iterator

import pytest

from uncrick.vision.ahead import Ahead


def readers() -> int:
    return sum(thread.name == "uncrick-ahead" for thread in threading.enumerate())


def test_everything_comes_in_order() -> None:
    """A file's pictures come all, and in the order they were read."""
    with Ahead(range(1000), n_ahead=3) as items:
        assert list(items) == list(range(1000))


def test_what_the_source_raises_is_raised_here() -> None:
    """An error while reading reaches the one who asked, after the items before it."""

    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("torn")

    items = Ahead(broken())

    assert next(items) == 1
    for _ in range(2):
        with pytest.raises(ValueError, match="torn"):
            next(items)


def test_reading_waits_when_nobody_takes() -> None:
    """No more items are held than were asked for, and one in the reader's hand."""
    read = []

    def counted() -> Iterator[int]:
        for i in range(100):
            read.append(i)
            yield i

    with Ahead(counted(), n_ahead=2) as items:
        next(items)
        time.sleep(0.1)

        assert len(read) <= 4


def test_a_live_source_gives_the_newest() -> None:
    """A slow reader of a camera gets the picture of now, not one of the past."""
    shown = threading.Event()

    def camera() -> Iterator[int]:
        yield from range(50)
        shown.set()
        time.sleep(0.2)

    with Ahead(camera(), n_ahead=1, newest_only=True) as items:
        shown.wait(2)

        assert next(items) == 49


def test_silence_is_a_timeout_and_not_a_hang() -> None:
    """A source that says nothing for as long as agreed raises TimeoutError."""

    def silent() -> Iterator[int]:
        time.sleep(1)
        yield 1

    with Ahead(silent(), patience_s=0.05) as items, pytest.raises(TimeoutError):
        next(items)


def test_leaving_early_ends_the_thread_and_closes_the_source() -> None:
    """Whoever stops watching leaves no thread and no open file behind."""
    before = readers()
    closed = threading.Event()

    def source() -> Iterator[int]:
        try:
            while True:
                yield 0
        finally:
            closed.set()

    with Ahead(source(), n_ahead=1) as items:
        next(items)

    assert closed.wait(1)
    assert readers() == before
