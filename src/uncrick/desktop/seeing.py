"""One thing seen in one or more ways: ways that fail are tried again, and whoever sees is said, or why nobody does.

A `Watch` is one way of seeing one thing that is on or off: idle, locked, asleep, in a call. `Seeing` makes a source of
several: the best that works ("first"), or all of them at once ("any": on when one of them says so).
"""

import asyncio
import math
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol

from uncrick.desk import activity
from uncrick.desk.activity import Activity, Known, Sight, Unknown
from uncrick.desk.source import Clock

RETRY_S: Final = 60.0
"""What could not be seen is tried again after so long, for a desktop may start after the companion does; then after
twice as long each time, up to `RETRY_MOST_S`. Our defaults."""

RETRY_MOST_S: Final = 960.0


class CannotSee(Exception):  # noqa: N818 - it is no error: it is what a watch has to say
    """Why something cannot be seen here, in one sentence without a full stop."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How it stands since *t_s*. since_s : when idleness began, for idleness. by : who is the reason, if known."""

    t_s: float
    on: bool
    since_s: float = math.nan
    by: str = ""


class Watch(Protocol):
    """One way of seeing one thing."""

    @property
    def how(self) -> str:
        """How it sees, for the status: "idle time from Mutter"."""
        ...

    def stands(self, now: Clock) -> AsyncGenerator[Stand]:
        """Give how it stands at once, and again at every change. Raises CannotSee, at first or later."""
        ...


Join = Literal["first", "any"]


@dataclass(frozen=True, slots=True)
class Seeing:
    """A source of one sight. watches : best first."""

    name: str
    sight: Sight
    watches: Sequence[Watch]
    join: Join = "any"
    retry_s: float = RETRY_S

    async def events(self, now: Clock) -> AsyncGenerator[Activity]:
        """See `Source.events`."""
        run = _Run(self, now)
        run.start(range(len(self.watches)) if self.join == "any" else range(min(1, len(self.watches))))
        try:
            for told in run.told():
                yield told
            while self.watches:
                run.take(*(await run.queue.get()))
                for told in run.told():
                    yield told
        finally:
            await run.stop()


@dataclass(slots=True)
class _Run:
    """What is going on while a source is read."""

    source: Seeing
    now: Clock
    queue: asyncio.Queue[tuple[int, Stand | CannotSee]] = field(default_factory=asyncio.Queue)
    tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    seen: dict[int, Stand] = field(default_factory=dict)
    unseen: dict[int, str] = field(default_factory=dict)
    last_stand: Stand | None = None
    last_sight: str = ""

    def start(self, numbers: Sequence[int]) -> None:
        for i in numbers:
            if i not in self.tasks:
                self.tasks[i] = asyncio.create_task(self._follow(i))

    async def _follow(self, i: int) -> None:
        wait_s = self.source.retry_s
        while True:
            why = CannotSee(f"{self.source.watches[i].how}: it ended")
            try:
                async with aclosing(self.source.watches[i].stands(self.now)) as stands:
                    async for stand in stands:
                        wait_s = self.source.retry_s
                        self.queue.put_nowait((i, stand))
            except CannotSee as trouble:
                why = trouble
            except Exception as trouble:  # a source never raises; what nobody foresaw is told like the rest
                why = CannotSee(f"{self.source.watches[i].how}: it broke off ({trouble!r})")
            self.queue.put_nowait((i, why))
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, max(RETRY_MOST_S, self.source.retry_s))

    def take(self, i: int, news: Stand | CannotSee) -> None:
        if i not in self.tasks:
            return
        if isinstance(news, Stand):
            self.seen[i] = news
            self.unseen.pop(i, None)
        else:
            self.seen.pop(i, None)
            self.unseen[i] = str(news)
        if self.source.join == "first":
            self._keep_best()

    def _keep_best(self) -> None:
        """Run only the best that sees and the better ones, which go on being tried; or one more when none does."""
        n = len(self.source.watches)
        best = min(self.seen, default=n)
        for i in [i for i in self.tasks if i > best]:
            self.tasks.pop(i).cancel()
            self.seen.pop(i, None)
            self.unseen.pop(i, None)
        if best == n and len(self.unseen) == len(self.tasks) < n:
            self.start([len(self.tasks)])

    def told(self) -> list[Activity]:
        """Return what is new since it was last asked."""
        source, t_s = self.source, self.now()
        if not self.seen and len(self.unseen) < len(source.watches):
            return []
        why = (
            "; ".join(dict.fromkeys(self.unseen[i] for i in sorted(self.unseen)))
            or "nothing on this system tells of it"
        )
        if not self.seen:
            told: list[Activity] = [] if why == self.last_sight else [Unknown(t_s, source.sight, why)]
            self.last_sight, self.last_stand = why, None
            return told
        how = "; ".join(source.watches[i].how for i in sorted(self.seen))
        if source.join == "any" and self.unseen:
            how = f"{how} (not seen: {why})"
        told = [] if how == self.last_sight else [Known(t_s, source.sight, how)]
        stand = next((self.seen[i] for i in sorted(self.seen) if self.seen[i].on), self.seen[min(self.seen)])
        old, self.last_sight, self.last_stand = self.last_stand, how, stand
        if old is None or old.on != stand.on:
            told.append(event_of(source.sight, stand))
        elif told:
            told.append(event_of(source.sight, replace(stand, t_s=t_s)))
        return told

    async def stop(self) -> None:
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


def event_of(sight: Sight, stand: Stand) -> Activity:
    """Return what the core is told when *sight* stands so. Raises ValueError for a sight that is not on or off."""
    t_s, on = stand.t_s, stand.on
    match sight:
        case "activity":
            return activity.Idle(t_s, stand.since_s) if on else activity.Input(t_s)
        case "lock":
            return activity.Locked(t_s) if on else activity.Unlocked(t_s)
        case "sleep":
            return activity.Suspended(t_s) if on else activity.Woke(t_s)
        case "call":
            return activity.CallBegan(t_s, stand.by) if on else activity.CallEnded(t_s)
        case "quiet":
            return activity.DoNotDisturb(t_s, on)
        case "fullscreen":
            return activity.Fullscreen(t_s, on)
        case _:
            raise ValueError(f"{sight} is not on or off")
