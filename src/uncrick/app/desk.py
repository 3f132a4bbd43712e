"""The desk companion as far as it needs no machine around it: news in, journal, one step, and how things stand.

Everything that happens goes through `hear`: it is decided by the pure step, written down, and only then acted upon. So
a companion that is killed goes on where it was, with its spell and its owed break.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from uncrick.desk import companion
from uncrick.desk.activity import SIGHTS, CameraLight, Known, Sight, Suspended, Tick, Unknown
from uncrick.desk.companion import Settings, State
from uncrick.desk.found import Found
from uncrick.desk.sitting import Heard
from uncrick.files.desk_journal import DeskJournal, Kept, newest_kept
from uncrick.files.desk_settings import WrittenDesk, read_desk_settings
from uncrick.files.journal_file import state_folder

LONG_S: Final = 3600.0
"""An absence of the machine longer than this is told in the status."""

JUMP_S: Final = 90.0
"""A wall clock that differs by more than this from the time gone by was set."""


UNWRITTEN: Final = "What happens now is not kept, and a restart will not know it."


@dataclass(frozen=True, slots=True)
class Run:
    """Which clocks a companion goes by. now_s : seconds that go on in sleep. boot : names this run of the machine."""

    now_s: Callable[[], float]
    local: Callable[[], datetime]
    boot: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one way of seeing. says : how it is seen, or why not."""

    what: Sight
    known: bool
    says: str


class Desk:
    """One companion. folder : where its journal and settings are; nothing else of it is anywhere."""

    def __init__(self, run: Run, folder: Path | None = None) -> None:
        self.folder = folder or state_folder()
        self.run = run
        self.written: WrittenDesk = read_desk_settings(self.folder)
        self.settings = Settings(self.written.manners())
        self.state: State | None = None
        self.seen: dict[Sight, Seen] = {}
        self.light: CameraLight | None = None
        self.absences: list[str] = []
        self.clock_says = ""
        self.trouble = ""
        self.offer_says = ""
        self.unwritten = ""
        self._journal = DeskJournal(self.folder)
        self._offset_s = 0.0
        self._local: tuple[float, datetime] | None = None
        self._go_on()

    def now_s(self) -> float:
        """Return the companion's time: it goes on through sleep, restarts, and new starts of the machine."""
        return self.run.now_s() + self._offset_s

    def hear(self, x: Heard) -> tuple[Found, ...]:
        """Take one piece of news, decide, write it down, and return what is to be acted upon."""
        self._notice(x)
        before = self.state
        state, found = companion.step(self.settings, before, x)
        self.state = state
        self._write(x, state, found)
        return found

    def _write(self, x: Heard, state: State, found: tuple[Found, ...]) -> None:
        """Write down what was heard and found; a disk that takes nothing is told, and the companion goes on without."""
        local = self.run.local()
        try:
            self._journal.hear(x, tells=bool(found))
            for event in found:
                self._journal.find(event, state.sitting.at_s, local)
            if self._journal.day != local.date():
                self._journal.begin(local.date(), self.run.boot, self._offset_s, state, local)
        except OSError as error:
            self.unwritten = f"The journal cannot be written: {(error.strerror or str(error)).lower()}. {UNWRITTEN}"

    def tick(self) -> tuple[Found, ...]:
        """Let it be now."""
        return self.hear(Tick(self.now_s(), self.run.local()))

    def due_in_s(self) -> float:
        """Return how long until a tick is needed, s."""
        if self.state is None:
            return 0.0
        return max(companion.due_s(self.settings, self.state) - self.now_s(), 0.05)

    def read_settings(self) -> None:
        """Go by the settings as they are in their file now. Raises ProblemsError where they are wrong."""
        self.written = read_desk_settings(self.folder)
        self.settings = Settings(self.written.manners())

    def close(self) -> None:
        """Close the journal."""
        self._journal.close()

    def _go_on(self) -> None:
        """Go on from what was kept: the state, then the news since then, then whatever nobody saw in between."""
        kept, local = newest_kept(self.folder), self.run.local()
        missed: tuple[Found, ...] = ()
        if kept is not None:
            self._offset_s = _offset_s(kept, self.run)
            missed = self._replay(kept)
        self._journal.begin(local.date(), self.run.boot, self._offset_s, self.state, local)
        if self.state is not None:
            for event in missed:
                self._journal.find(event, self.state.sitting.at_s, local)
        now_s = self.now_s()
        for what in SIGHTS:  # whatever was seen before, who sees it now says so first
            self.hear(Unknown(now_s, what, "nothing has been heard of it yet"))
        self.tick()

    def _replay(self, kept: Kept) -> tuple[Found, ...]:
        """Play what was heard again, and return what was found by it but not written down any more."""
        self.state = kept.state
        found: list[Found] = []
        for x in kept.heard:
            self.state, out = companion.step(self.settings, self.state, x)
            found += out
        return tuple(found[len(kept.facts) :])

    def _notice(self, x: Heard) -> None:
        """Keep what only the status tells: sights, the camera's light, long absences, clocks that were set."""
        match x:
            case Known(what=what, how=how):
                self.seen[what] = Seen(what, True, how)
            case Unknown(what=what, why=why):
                self.seen[what] = Seen(what, False, why)
            case CameraLight():
                self.light = x
            case Tick(local=local):
                self._look_at_clock(x.t_s, local)
            case _:
                pass
        at_s = self.state.sitting.at_s if self.state is not None else x.t_s
        if x.t_s - at_s > LONG_S and not isinstance(x, Suspended):
            hours = (x.t_s - at_s) / 3600
            until = self.run.local()
            since = until - timedelta(seconds=x.t_s - at_s)
            says = (
                f"Nothing was heard for {hours:.1f} h, from {since:%a %d %b %H:%M} to {until:%a %d %b %H:%M}: "
                "the machine slept or was off, or this did not run. It counts as no sitting."
            )
            self.absences = [*self.absences[-4:], says]

    def _look_at_clock(self, t_s: float, local: datetime) -> None:
        if self._local is not None:
            before_s, before = self._local
            jumped_s = (local - before).total_seconds() - (t_s - before_s)
            zone = local.utcoffset() != before.utcoffset()
            if zone:
                self.clock_says = (
                    f"The clock's zone changed from UTC{before:%z} to UTC{local:%z}: "
                    "quiet hours follow the new one, lengths of sitting are not touched."
                )
            elif abs(jumped_s) > JUMP_S:
                self.clock_says = (
                    f"The wall clock was set by {jumped_s / 60:+.0f} min: quiet hours follow it, "
                    "lengths of sitting are not touched."
                )
        self._local = (t_s, local)


def _offset_s(kept: Kept, run: Run) -> float:
    """Return what makes this run's clock go on from the kept one; of another run of the machine by the wall clock."""
    if kept.boot == run.boot:
        return kept.offset_s
    newest = kept.at_s if kept.at_s > float("-inf") else 0.0
    off_s = max((run.local() - kept.at).total_seconds(), 0.0) if kept.at is not None else 0.0
    return newest + off_s - run.now_s()
