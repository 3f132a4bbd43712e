"""One page's connection to its session: messages in, events out, the newest frame only."""

import asyncio
import json
import struct
import time
from collections import deque
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from uncrick.app.live import Live, Out
from uncrick.app.pain import PainAnswers
from uncrick.app.session import Wish, line_of, points_of, sentence
from uncrick.app.sessions import Sessions
from uncrick.coach import person
from uncrick.coach.events import CueRaised, StopRaised
from uncrick.coach.events import event_record as seen_record
from uncrick.coach.played import Sounded, Spoken, played_record
from uncrick.coach.summary import SetSummary
from uncrick.coach.summary import summary_record as set_record
from uncrick.pose.frame import Frame
from uncrick.web import wire
from uncrick.web.straight import straight_of
from uncrick.web.wire import WireError

HELLO_S = 10.0
"""A connection that says nothing for so long is closed."""

MOST_WAITING = 256
"""A page that does not read is sent no more than this; its screen is always the newest."""


class Line:
    """One connection. The newest one of a session speaks for it; an older one is closed."""

    def __init__(self, ws: WebSocket, sessions: Sessions, session: str) -> None:
        self._ws = ws
        self._sessions = sessions
        self._session = session
        self._live: Live | None = None
        self._outbox: deque[str | bytes] = deque(maxlen=MOST_WAITING)
        self._screen: str | None = None
        self._filled = asyncio.Event()
        self._frame: Frame | None = None
        self._last_t_s = -float("inf")
        self._counted = (0.0, 0)
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._straight = straight_of(ws.scope)
        self._sending = False
        self.closed_with: tuple[int, str] | None = None
        self.n_dropped = 0

    async def serve(self) -> None:
        """Serve the connection until it ends, however it ends; the session then stands still, to be gone on with."""
        sender = asyncio.create_task(self._send_all())
        try:
            await self._greet()
            if self._straight is not None:
                self._straight.taker = self._take_now
            while self.closed_with is None:
                message = await self._ws.receive()
                if message["type"] == "websocket.disconnect":
                    break
                data = message.get("bytes")
                self._take(data if data is not None else message.get("text") or "")
        except WireError as error:
            self.closed_with = (wire.CLOSE[error.why], str(error)[:120])
        except WebSocketDisconnect:
            pass
        finally:
            await self._end(sender)

    def _take(self, message: bytes | str) -> None:
        if isinstance(message, bytes):
            self._take_frame(message)
        else:
            self._take_said(wire.read_said(message))

    def _take_now(self, message: bytes | str) -> None:
        """Take a message in the turn in which it came, without the task that waits for messages."""
        if self.closed_with is None:
            try:
                self._take(message)
            except WireError as error:
                self.hang_up(error.why, str(error)[:120])

    async def _end(self, sender: asyncio.Task[None]) -> None:
        if self._straight is not None:
            self._straight.taker = None
        if self._timer is not None:
            self._timer.cancel()
        if self._live is not None and LINES.get(self._session) is self:
            del LINES[self._session]
            self._stand_still(self._live)
            self._sessions.forget(self._session)
        sender.cancel()
        if self.closed_with is not None and self._ws.application_state is WebSocketState.CONNECTED:
            code, says = self.closed_with
            try:
                await self._ws.close(code, says)
            except (RuntimeError, WebSocketDisconnect):
                return  # the page went first

    def _stand_still(self, live: Live) -> None:
        if not live.state.paused:
            live.take(person.Paused(0.0, "connection"))
        if live.camera_on:
            live.camera(on=False)

    async def _greet(self) -> None:
        """Wait for the page's first word, find its session, and tell it everything."""
        try:
            message = await asyncio.wait_for(self._ws.receive(), HELLO_S)
        except TimeoutError:
            raise WireError("malformed", "nothing was said") from None
        hello = wire.read_said(message.get("text") or "")
        if not isinstance(hello, wire.Hello) or hello.version != wire.VERSION:
            raise WireError("malformed", f"the first message is a hello of version {wire.VERSION}")
        live = self._sessions.find(self._session) or self._sessions.begin(self._session)
        if live is None:
            raise WireError("busy", "there are too many sessions")
        older = LINES.get(self._session)
        LINES[self._session] = self
        self._live = live
        if older is not None:
            older.hang_up("taken_over", "another page has taken over")
        if hello.resume and live.state.paused and live.standing_why == "connection":
            self._tell(live.take(person.Resumed(0.0)))
        self._tell([])

    def hang_up(self, why: str, says: str) -> None:
        """Close this connection from outside of its own task."""
        self.closed_with = (wire.CLOSE[why], says)
        self._loop.create_task(self._ws.close(*self.closed_with))

    def _take_frame(self, data: bytes) -> None:
        """Keep the newest frame; one that was not looked at yet is dropped for it."""
        second, n = self._counted
        now = self._loop.time()
        self._counted = (now, 1) if now - second >= 1.0 else (second, n + 1)
        if self._counted[1] > wire.MAX_FRAMES_PER_S:
            raise WireError("many", f"more than {wire.MAX_FRAMES_PER_S} frames in a second")
        frame = wire.read_frame(data, self._last_t_s)
        self._last_t_s = frame.t_s
        if self._frame is None:
            self._loop.call_soon(self._look)
        else:
            self.n_dropped += 1
            self._answer(self._frame)
        self._frame = frame

    def _look(self) -> None:
        frame, self._frame = self._frame, None
        if frame is not None and self._live is not None:
            out = self._live.frame(frame)
            if out:
                self._tell(out)
            elif self._timer is None:
                self._arm(self._live)
            self._answer(frame)

    def _answer(self, frame: Frame) -> None:
        """Tell the page that a frame was dealt with, after the events that it brought."""
        self._post(struct.pack("<d", frame.t_s))

    def _take_said(self, said: wire.Said) -> None:
        live = self._live
        assert live is not None
        match said:
            case wire.Hello():
                raise WireError("malformed", "a second hello")
            case wire.BeginSaid():
                self._begin(live, said)
            case wire.CameraSaid():
                self._last_t_s = -float("inf") if said.on else self._last_t_s
                self._tell(live.camera(on=said.on))
            case wire.PainAnswersSaid():
                answers = PainAnswers(said.where, said.level, said.stop, said.yes)
                decision, out = live.hurt(answers)
                shown = {"action": decision.action, "says": decision.says, "why": decision.why}
                self._post_json(wire.told("decision", **shown, sources=list(decision.sources)))
                self._tell(out)
            case wire.PlainSaid(type="put_away"):
                self._sessions.put_away(self._session)
            case _:
                self._tell(live.take(input_said(said)))
                if isinstance(said, wire.FinishSaid):
                    self._sessions.put_away(self._session)

    def _begin(self, live: Live, said: wire.BeginSaid) -> None:
        """Begin, unless pain at rest forbids exercises today; other stretches than tonight's make another session."""
        wishes = tuple(Wish(w.exercise, w.n_reps, w.hold_s) for w in said.wishes)
        refusal = self._sessions.may_begin(self._session, said.pain, wishes)
        if refusal is not None:
            shown = {"says": refusal.says, "why": refusal.why, "sources": list(refusal.sources)}
            self._post_json(wire.told("refusal", **shown))
            return
        self._tell(live.take(person.Begun(0.0, said.pain)))

    def _tell(self, out: list[Out]) -> None:
        """Tell the page what happened and how the screen is now, then wait for what the clock brings next."""
        live = self._live
        assert live is not None
        for event in out:
            self._post_json(_told(live, event))
        screen = live.screen()
        line = line_of(live.book, live.program, screen.stage, screen.at, screen.side)
        self._screen = json.dumps(wire.told_screen(screen, line))
        if self._sent_now(self._screen):
            self._screen = None
        else:
            self._filled.set()
        if any(getattr(e, "stage", "") in ("after", "ended") for e in out):
            played = [played_record(e) for e in live.played if not isinstance(e, Spoken | Sounded)]
            self._post_json(wire.told("summary", played=played, sets=live.summaries))
        self._arm(live)

    def _arm(self, live: Live) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        due = live.due_in_s()
        if due < float("inf"):
            self._timer = self._loop.call_later(due, self._tick)

    def _tick(self) -> None:
        if self._live is not None and self.closed_with is None:
            self._tell(self._live.tick())

    def _post_json(self, message: dict[str, Any]) -> None:
        self._post(json.dumps(message))

    def _post(self, message: str | bytes) -> None:
        if not self._sent_now(message):
            self._outbox.append(message)
            self._filled.set()

    def _sent_now(self, message: str | bytes) -> bool:
        """Send *message* in this turn, unless others wait before it or the page does not read."""
        waits = self._sending or self._outbox
        return not waits and self._straight is not None and self._straight.send_now(message)

    async def _send_all(self) -> None:
        """Send what waits: events in their order, then the newest screen alone."""
        try:
            while True:
                await self._filled.wait()
                self._filled.clear()
                self._sending = True
                while self._outbox:
                    message = self._outbox.popleft()
                    if isinstance(message, bytes):
                        await self._ws.send_bytes(message)
                    else:
                        await self._ws.send_text(message)
                screen, self._screen = self._screen, None
                if screen:
                    await self._ws.send_text(screen)
                self._sending = False
        except (RuntimeError, WebSocketDisconnect):
            return  # the page is gone; the receiving side ends the connection


LINES: dict[str, Line] = {}
"""The connection that speaks for each session."""


def input_said(said: wire.Said) -> person.Input:
    """Return what the player takes for a press; its time is set where it is taken."""
    match said:
        case wire.PauseSaid():
            return person.Paused(0.0, said.why)
        case wire.SkipSaid():
            return person.Skipped(0.0, said.reason)
        case wire.PaceSaid():
            return person.Paced(0.0, said.pace, said.by_itself)
        case wire.PainSaid():
            return person.PainFelt(0.0, said.why)
        case wire.PopSaid():
            return person.PopHeard(0.0, said.pain, said.probability)
        case wire.FinishSaid():
            return person.Finished(0.0, said.pain, said.felt_right, said.note)
        case wire.PlainSaid():
            press: person.Input = _PRESSES[said.type](0.0)
            return press
    raise WireError("malformed", f"'{said.type}' cannot be said now")


_PRESSES: dict[str, type[Any]] = {
    "resume": person.Resumed,
    "back": person.WentBack,
    "easier": person.MadeEasier,
    "extend": person.Extended,
    "next": person.WentOn,
    "pain_mistaken": person.PainMistaken,
}


def _told(live: Live, event: Out) -> dict[str, Any]:
    match event:
        case Spoken():
            text = sentence(live.book, live.program, event)
            points = list(points_of(live.book, event.says))
            return wire.told("say", says=event.says, text=text, rank=event.rank, points=points, at=time.time())
        case Sounded():
            return wire.told("sound", sound=event.sound)
        case SetSummary():
            return wire.told("event", seen=set_record(event))
        case CueRaised() | StopRaised():
            return wire.told("event", seen=seen_record(event))
    if type(event).__module__.endswith("coach.events"):
        return wire.told("event", seen=seen_record(event))  # type: ignore[arg-type]
    return wire.told("event", played=played_record(event))  # type: ignore[arg-type]
