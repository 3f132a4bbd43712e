"""The session screen and what it is made of: its page, its words, its line, and what makes it installable."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from uncrick.app.desk_start import BREAK_NOW
from uncrick.app.evening import evening_of
from uncrick.app.session import book_record
from uncrick.app.sessions import Sessions
from uncrick.web import wire
from uncrick.web.door import Door
from uncrick.web.evening_view import minutes_of
from uncrick.web.frame import Frame, see_other
from uncrick.web.session_sheet import sheet_asked, wishes_for, wishes_shown
from uncrick.web.socket import Line
from uncrick.web.visitor import now_here

PAGE = Path(__file__).parent / "page"
SESSION_ID = re.compile(r"[0-9a-f-]{8,40}")


class SessionPage:
    """The link's way in, and the session screen."""

    def __init__(self, door: Door, sessions: Sessions, frame: Frame) -> None:
        self._door = door
        self._sessions = sessions
        self._frame = frame
        self._book = json.dumps(book_record(sessions.book)).encode()

    def routes(self) -> list[BaseRoute]:
        """Return where all of it is."""
        return [
            Route("/", self.front),
            Route("/session", self.session),
            Route("/book.json", self.book),
            Route("/manifest.webmanifest", self.manifest),
            Route("/sw.js", self.service_worker),
            WebSocketRoute("/session/{session}", self.socket),
        ]

    def front(self, request: Request) -> Response:
        """Take the token of an opened link; then the front page."""
        token = request.query_params.get("token")
        if token is not None and self._door.knows_token(token):
            to = request.query_params.get("to")
            return self._door.let_in(see_other(BREAK_NOW if to == BREAK_NOW else "/"))
        return self._frame.stranger(request) or see_other("/next")

    def session(self, request: Request) -> Response:
        """Show the session screen: of the session that can be gone on with, or of a new one."""
        visitors = self._frame.visitors
        if visitors.database is None:
            return self._frame.refusal(request) or self._screen(request, self._sessions.latest(), {})
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        latest = self._sessions.latest(who.id)
        evening, asked = visitors.evening(request, who), sheet_asked(**_asked(request.query_params))
        number = who.settings.emergency_number
        if latest is not None:
            return self._screen(request, latest, {"number": number})
        if evening.sheet.questions:
            return see_other("/questions?then=session")
        wishes = wishes_for(visitors, self._sessions.book, evening, asked)
        if not wishes:
            return see_other("/today")
        values: dict[str, object] = {
            "kind": asked.of,
            "wishes": wishes_shown(self._sessions.book, wishes),
            "query": asked.query,
            "number": number,
        }
        values["minutes"] = minutes_of(self._sessions.book, wishes)
        if asked.urge:
            values |= {"back": f"/urge/{asked.urge}", "back_says": "And the urge now?"}
        return self._screen(request, None, {**values, "rated": evening.sheet.rest_pain})

    def _screen(self, request: Request, latest: str | None, values: Mapping[str, object]) -> Response:
        session = latest or self._sessions.new_id()
        return self._frame.screen(request, "session.html", session=session, goes_on=latest is not None, **values)

    async def book(self, request: Request) -> Response:
        """Give the page exercises, words and pain questions."""
        if not self._door.knows_cookie(request.headers):
            return JSONResponse({"error": "open the link first"}, 401)
        return Response(self._book, media_type="application/json", headers={"cache-control": "no-cache"})

    async def manifest(self, request: Request) -> Response:
        """Give what makes the page installable."""
        return FileResponse(PAGE / "manifest.webmanifest", media_type="application/manifest+json")

    async def service_worker(self, request: Request) -> Response:
        """Give the service worker, which may look after the whole address."""
        return FileResponse(PAGE / "sw.js", media_type="text/javascript", headers={"cache-control": "no-cache"})

    async def socket(self, ws: WebSocket) -> None:
        """Serve a session's connection; a stranger's is closed with a code that says why."""
        await ws.accept()
        if not (self._door.knows_host(ws.headers) and self._door.knows_origin(ws.headers)):
            await ws.close(wire.CLOSE["origin"], "not a page of this program")
            return
        if not self._door.knows_cookie(ws.headers):
            await ws.close(wire.CLOSE["token"], "open the link that the program printed")
            return
        session = ws.path_params["session"]
        if not SESSION_ID.fullmatch(session):
            await ws.close(wire.CLOSE["session"], "no such session")
            return
        if not await run_in_threadpool(self._is_open, ws, session):
            await ws.close(wire.CLOSE["session"], "no such session for whoever is here")
            return
        await Line(ws, self._sessions, session).serve()
        self._sessions.forget(session)

    def _is_open(self, ws: WebSocket, session: str) -> bool:
        """Open a new session for the person at the browser; False for a session that is somebody else's."""
        visitors = self._frame.visitors
        if visitors.database is None:
            return True
        live, who = self._sessions.find(session), visitors.at(ws.headers)
        if live is not None:
            return live.whose.kind == "break" or live.whose.person == (who.id if who is not None else "")
        if who is None:
            return False
        asked = sheet_asked(**_asked(ws.query_params))
        evening = evening_of(visitors.database, who.id, now_here())
        wishes = wishes_for(visitors, self._sessions.book, evening, asked)
        self._sessions.begin(session, wishes, who.id, asked.kind)
        return True


def _asked(query: QueryParams) -> dict[str, str]:
    return {"of": query.get("of", ""), "urge": query.get("urge", "")}
