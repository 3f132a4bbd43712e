"""The pages and the socket under one address."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from uncrick.app.session import book_record, figures_folder, weights_folder
from uncrick.app.sessions import Sessions
from uncrick.web import wire
from uncrick.web.desk import DeskPages
from uncrick.web.door import Door, DoorKeeper
from uncrick.web.explain import Explaining
from uncrick.web.frame import Frame
from uncrick.web.help import HelpPage
from uncrick.web.library import LibraryPages
from uncrick.web.plan_write import PlanWriting
from uncrick.web.socket import Line

HERE = Path(__file__).parent
PAGE = HERE / "page"
SESSION_ID = re.compile(r"[0-9a-f-]{8,40}")


def make_app(door: Door, sessions: Sessions) -> Starlette:
    """Return the web application: everything a browser asks of this program."""
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape())
    site = _Site(door, sessions, templates)
    explaining = Explaining(door, templates)
    frame = Frame(door, templates, sessions.book.words.notice)
    routes: list[BaseRoute] = [
        Route("/", site.front),
        Route("/session", site.session),
        Route("/book.json", site.book),
        Route("/manifest.webmanifest", site.manifest),
        Route("/sw.js", site.service_worker),
        *explaining.routes(),
        *LibraryPages(frame, sessions.book).routes(),
        *HelpPage(frame, sessions.book).routes(),
        *PlanWriting(frame, sessions.book).routes(),
        *DeskPages(frame, sessions, templates).routes(),
        WebSocketRoute("/session/{session}", site.socket),
        Mount("/static/weights", StaticFiles(directory=weights_folder(), check_dir=False)),
        Mount("/static", StaticFiles(directory=PAGE)),
        Mount("/figures", StaticFiles(directory=figures_folder())),
    ]

    @asynccontextmanager
    async def until_closed(_: Starlette) -> AsyncIterator[None]:
        yield
        explaining.close()
        sessions.close()

    return Starlette(routes=routes, middleware=[Middleware(DoorKeeper, door=door)], lifespan=until_closed)


class _Site:
    """The pages. Each looks at the cookie first; the link's token is taken once and turned into one."""

    def __init__(self, door: Door, sessions: Sessions, templates: Environment) -> None:
        self._door = door
        self._sessions = sessions
        self._templates = templates
        self._book = json.dumps(book_record(sessions.book)).encode()

    async def front(self, request: Request) -> Response:
        """Take the token of an opened link; then the session."""
        token = request.query_params.get("token")
        if token is not None and self._door.knows_token(token):
            return self._door.let_in(RedirectResponse("/session", 303))
        if not self._door.knows_cookie(request.headers):
            return self._page("closed.html", status=401)
        return RedirectResponse("/session", 303)

    async def session(self, request: Request) -> Response:
        """Show the session screen: of the session that can be gone on with, or of a new one."""
        if not self._door.knows_cookie(request.headers):
            return self._page("closed.html", status=401)
        latest = self._sessions.latest()
        session = latest or self._sessions.new_id()
        return self._page("session.html", session=session, goes_on=latest is not None)

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

    def _page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        html = self._templates.get_template(name).render(**values)
        return HTMLResponse(html, status, headers={"cache-control": "no-store"})
