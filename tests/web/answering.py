"""A companion that answers on its real socket from a thread, with clocks that the test moves."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.app.desks import Clocks, begin
from uncrick.app.desk import Desk
from uncrick.app.desk_running import Offering, Running
from uncrick.desk.offer import walk


class Answering:
    """The companion and its clocks."""

    def __init__(self, folder: Path) -> None:
        self.clocks = Clocks()
        self.desk: Desk = begin(folder, self.clocks)
        self.opened = 0

    def open_page(self) -> None:
        """Count how often the break's page was to be opened."""
        self.opened += 1


@contextmanager
def answering(folder: Path) -> Iterator[Answering]:
    """Answer for the length of a test. Signals of the system are left to the test's own process."""
    here = Answering(folder)
    offering = Offering(lambda: walk("answers_missing"), dict, here.open_page)
    running = Running(here.desk, (), None, offering)
    ready = threading.Event()

    def serve() -> None:
        async def run() -> None:
            await running.run(ready.set, signals=False)

        asyncio.run(run())

    thread = threading.Thread(target=serve)
    thread.start()
    assert ready.wait(10)
    try:
        yield here
    finally:
        running.stop()
        thread.join(10)
