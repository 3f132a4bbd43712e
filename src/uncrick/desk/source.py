"""The two doors between the companion and this machine: where news of activity comes from, and how a person is told."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from uncrick.desk.activity import Activity

Clock = Callable[[], float]
"""Gives ``t_s``: seconds that never go back and go on while the machine sleeps."""

Button = Literal["start", "snooze", "meeting", "dismiss", "open"]


class Source(Protocol):
    """One way of seeing something of the person's day.

    A source never raises: what it cannot see, or no longer, it tells as `Unknown` with one sentence and goes on or
    ends; what it can see it tells as `Known`, first thing, followed at once by how it stands (`Locked` or `Unlocked`,
    ...). It wakes at most once a second while nothing happens. The iterator ends when closed (``aclose``) and lets
    everything go. One source alone tells of a sight: one that looks at several signs (camera and microphone) puts them
    together. When it can see no more (paused, on battery), it says `Unknown`, which takes back all it had told.
    """

    @property
    def name(self) -> str:
        """What it is called in the status: "mutter", "logind", "x11", "camera"."""
        ...

    def events(self, now: Clock) -> AsyncIterator[Activity]:
        """Give its news, stamped by *now*, as long as anybody asks."""
        ...


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be shown. quiet : without sound and without staying. buttons : what can be pressed, and its label.

    A notice with the same *key* takes the place of the one before; one without title is taken away.
    """

    key: str
    title: str
    body: str = ""
    quiet: bool = False
    buttons: tuple[tuple[Button, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a notice was pressed; "dismiss" too when the person closed it, not when it went away by itself."""

    t_s: float
    key: str
    button: Button


class Notifier(Protocol):
    """Shows notices on this desktop; like a source it never raises, and tells of itself by `Known` and `Unknown`."""

    @property
    def name(self) -> str:
        """What it is called in the status."""
        ...

    async def show(self, notice: Notice) -> bool:
        """Show, replace or take away a notice; False when the desktop did not take it."""
        ...

    def events(self, now: Clock) -> AsyncIterator[Pressed | Activity]:
        """Give what is pressed, and `Known` or `Unknown` with what "notice", as long as anybody asks."""
        ...
