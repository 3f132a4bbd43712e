"""The companion while it runs: sources in, notices out, one socket to speak to it, one of it at a time."""

import asyncio
import contextlib
import fcntl
import json
import os
import signal
import stat
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from uncrick.app.desk import Desk
from uncrick.app.desk_control import MOST_BYTES, WAIT_S, control_path
from uncrick.app.desk_status import status_record
from uncrick.app.desk_words import NOTICE, WHY, offer_notice, small_notice, turned_notice
from uncrick.desk import activity, asked
from uncrick.desk.found import BreakDone, BreakResolved, Found, Nudged, PutOff, SpellEnded, Turned
from uncrick.desk.offer import Break
from uncrick.desk.sitting import Heard
from uncrick.desk.source import Button, Notice, Notifier, Pressed, Source
from uncrick.errors import Problem, ProblemsError

SNOOZE_S = 600.0
MEETING_S = 3600.0
"""What one press of "in 10 minutes" and of "in a meeting" means; commands and page can say other lengths."""

MOST_FOR_S = 86400.0


class Running:
    """One companion at work. offer : what to offer now. open_break : brings the break before the person."""

    def __init__(
        self, desk: Desk, sources: Sequence[Source], notifier: Notifier | None, offer: "Offering",
    ) -> None:  # fmt: skip
        self.desk = desk
        self._sources = sources
        self._notifier = notifier
        self._offering = offer
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._to_keep = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Stop, from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._over.set)

    async def run(self, ready: Callable[[], None] = lambda: None, *, signals: bool = True) -> None:
        """Run until told to stop, by the socket or, with *signals*, by one of the system."""
        self._loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT) if signals else ():
            self._loop.add_signal_handler(number, self._over.set)
        server = await self._listen()
        for source in self._sources:
            self._spawn(self._follow(source))
        if self._notifier is not None:
            self._spawn(self._presses(self._notifier))
        else:
            self.hear(activity.Unknown(self.desk.now_s(), "notice", "no way to show notices was found here"))
        self._spawn(self._clock())
        self._spawn(self._keep())
        ready()
        try:
            await self._over.wait()
        finally:
            server.close()
            control_path(self.desk.folder).unlink(missing_ok=True)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self.desk.close()

    def hear(self, x: Heard) -> None:
        """Take news, and act upon what comes of it."""
        for found in self.desk.hear(x):
            self._act(found)
        self._news.set()

    def _act(self, found: Found) -> None:
        state = self.desk.state
        match found:
            case Nudged(phase="small") if state is not None:
                self._show(small_notice(self.desk.settings, state))
            case Nudged(phase="offer"):
                self._spawn(self._offer())
            case PutOff() | BreakResolved() | BreakDone():
                self._show(Notice(NOTICE, ""))
            case Turned(to=to, n_shown=n_shown):
                self._show(turned_notice(to, n_shown))
            case _:
                pass
        if isinstance(found, SpellEnded | BreakDone | BreakResolved):
            self._to_keep.set()

    async def _offer(self) -> None:
        found = await asyncio.to_thread(self._offering.now)
        await self._shown(offer_notice(found, self._offering.names()))

    def _show(self, notice: Notice) -> None:
        self._spawn(self._shown(notice))

    async def _shown(self, notice: Notice) -> None:
        if self._notifier is not None:
            await self._notifier.show(notice)  # a refusal comes back as news

    async def _follow(self, source: Source) -> None:
        async for news in source.events(self.desk.now_s):
            self.hear(news)

    async def _presses(self, notifier: Notifier) -> None:
        async for news in notifier.events(self.desk.now_s):
            if isinstance(news, Pressed):
                self._pressed(news.button)
                continue
            self.hear(news)
            if isinstance(news, activity.Known):
                self._show_again()

    def _show_again(self) -> None:
        """Show what is owed now where notices could not be shown, or not any more, a moment ago."""
        state = self.desk.state
        owed = state.nudge.owed if state is not None else None
        if state is not None and owed is not None and owed.phase == "small":
            self._show(small_notice(self.desk.settings, state))
        elif owed is not None and owed.phase == "offered":
            self._spawn(self._offer())

    def _pressed(self, button: Button) -> None:
        now_s = self.desk.now_s()
        match button:
            case "start" | "open":
                self._spawn(self._begin())
            case "snooze":
                self.hear(asked.Snoozed(now_s, SNOOZE_S))
            case "meeting":
                self.hear(asked.InMeeting(now_s, MEETING_S))
            case "dismiss":
                self.hear(asked.Dismissed(now_s))

    async def _begin(self) -> None:
        self._show(Notice(NOTICE, ""))
        await asyncio.to_thread(self._offering.open_page)

    async def _keep(self) -> None:
        """Put what was found into the records, at the start and whenever there is more."""
        while True:
            self.desk.trouble = await asyncio.to_thread(self._offering.keep)
            self.desk.offer_says = await asyncio.to_thread(self._remark)
            await self._to_keep.wait()
            self._to_keep.clear()

    def _remark(self) -> str:
        """Return why a break would be no stretch of the person's plan, empty where it would be one."""
        found = self._offering.now()
        return "" if found is None or found.why == "from_plan" else WHY[found.why]

    async def _clock(self) -> None:
        """Tick when something is due, and otherwise now and then; never more than once a second."""
        while True:
            self._news.clear()
            due_s = self.desk.due_in_s()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), due_s)
                continue
            for found in self.desk.tick():
                self._act(found)

    async def _listen(self) -> asyncio.Server:
        path = control_path(self.desk.folder)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        mask = os.umask(0o177)
        try:
            server = await asyncio.start_unix_server(self._answer, path, limit=MOST_BYTES)
        finally:
            os.umask(mask)
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        return server

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await asyncio.wait_for(reader.readline(), WAIT_S)
            writer.write(json.dumps(self._asked(line)).encode() + b"\n")
            await asyncio.wait_for(writer.drain(), WAIT_S)
        except (TimeoutError, ValueError, OSError):
            pass  # whoever asked has gone, or speaks something else
        finally:
            writer.close()

    def _asked(self, line: bytes) -> Mapping[str, Any]:
        try:
            request = json.loads(line)
            return self._do(str(request["do"]), request)
        except ProblemsError as error:
            return {"problem": "; ".join(str(p) for p in error.problems)}
        except (ValueError, KeyError, TypeError):
            return {"problem": "was asked something that it does not know"}

    def _do(self, what: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do what a command or the page asks, and answer how things stand."""
        now_s = self.desk.now_s()
        said = _said(what, now_s, request)
        if said is not None:
            self.hear(said)
        elif what == "settings":
            self.desk.read_settings()
            self._to_keep.set()
        elif what == "stop":
            self._over.set()
        elif what == "second":
            self.desk.absences = [
                *[a for a in self.desk.absences if not a.startswith("A second")][-4:],
                f"A second start was refused at {self.desk.run.local():%H:%M}: one companion runs at a time.",
            ]
        elif what not in ("here", "status"):
            raise ValueError(what)
        for found in self.desk.tick():
            self._act(found)
        return {"here": True} if what == "here" else status_record(self.desk)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Let no part of the companion end unnoticed."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            says = f"A part of the companion ended by a mistake of ours ({error!r}): start it again."
            self.desk.absences = [*self.desk.absences[-4:], says]


class Offering:
    """What the companion needs of the rest of the program. now, names : the break and names of exercises.

    keep : puts what was found into the records, and returns why that was not possible, if it was not.
    """

    def __init__(
        self,
        now: Callable[[], Break | None],
        names: Callable[[], Mapping[str, str]],
        open_page: Callable[[], None],
        keep: Callable[[], str] = lambda: "",
    ) -> None:
        self.now = now
        self.names = names
        self.open_page = open_page
        self.keep = keep


def _said(what: str, now_s: float, request: Mapping[str, Any]) -> Heard | None:
    """Return what a request says to the core, None for one that is about the companion itself."""
    match what:
        case "pause":
            return asked.Paused(now_s, _for_s(request, float("inf")))
        case "meeting":
            return asked.InMeeting(now_s, _for_s(request, MEETING_S))
        case "snooze":
            return asked.Snoozed(now_s, _for_s(request, SNOOZE_S))
        case "dismiss":
            return asked.Dismissed(now_s)
        case "resume":
            return asked.GoneOn(now_s)
        case "began":
            return asked.BreakBegan(now_s, tuple(str(w) for w in request.get("what", ()))[:8])
        case "ended":
            ending = str(request.get("ending", "left"))
            return asked.BreakEnded(now_s, "done" if ending == "done" else "pain" if ending == "pain" else "left")
        case "standing":
            return activity.Standing(now_s)
        case "sitting":
            return activity.Sitting(now_s)
        case _:
            return None


def _for_s(request: Mapping[str, Any], default: float) -> float:
    for_s = request.get("for_s")
    if for_s is None:
        return default
    if not 0 < float(for_s) <= MOST_FOR_S:
        raise ProblemsError([Problem("length", f"found {for_s} s, wanted more than nothing and at most a day")])
    return float(for_s)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of the one companion that may keep its journal in *folder*. Raises ProblemsError for a second."""
    path = folder / "desk" / "lock"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            says = "runs already, and one runs at a time"
            raise ProblemsError([Problem("desk companion", says, "uncrick desk status")]) from None
        yield
