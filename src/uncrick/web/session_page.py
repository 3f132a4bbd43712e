"""The session screen and what it is made of: its page, its words, its line, and what makes it installable."""

import json
import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from uncrick.app.session import book_record
from uncrick.app.sessions import Sessions
from uncrick.web import wire
from uncrick.web.door import Door
from uncrick.web.frame import Frame, see_other
from uncrick.web.socket import Line

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
            return self._door.let_in(see_other("/desk" if to == "/desk" else "/"))
        return self._frame.stranger(request) or see_other("/next")

    def session(self, request: Request) -> Response:
        """Show the session screen: of the session that can be gone on with, or of a new one."""
        refused = self._frame.refusal(request)
        if refused is not None:
            return refused
        latest = self._sessions.latest()
        session = latest or self._sessions.new_id()
        return self._frame.screen(request, "session.html", session=session, goes_on=latest is not None)

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
        await Line(ws, self._sessions, session).serve()
