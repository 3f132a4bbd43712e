"""A desk companion for the tests, with clocks that the test moves, and no machine around it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from uncrick.app.desk import Desk, Run
from uncrick.desk.activity import Known
from uncrick.desk.sitting import Heard

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clocks:
    """Both clocks of one run of a machine."""

    def __init__(self, local: datetime = NINE, boot: str = "one", up_s: float = 100.0) -> None:
        self.local, self.boot, self.up_s = local, boot, up_s

    def on(self, s: float) -> None:
        """Let time go by."""
        self.up_s += s
        self.local += timedelta(seconds=s)

    def run(self) -> Run:
        """Return the clocks as the companion reads them."""
        return Run(lambda: self.up_s, lambda: self.local, self.boot)


def sees(desk: Desk) -> None:
    """Let keys and mouse be seen."""
    desk.hear(Known(desk.now_s(), "activity", "test"))


def begin(folder: Path, clocks: Clocks) -> Desk:
    """Start a companion that sees keys and mouse."""
    desk = Desk(clocks.run(), folder)
    sees(desk)
    return desk


def work(desk: Desk, clocks: Clocks, minutes: float, *xs: Heard) -> None:
    """Let somebody work for so long, ticking every half minute."""
    for x in xs:
        desk.hear(x)
    for _ in range(int(minutes * 2)):
        clocks.on(30.0)
        desk.tick()
