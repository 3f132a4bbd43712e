"""The pages and the socket under one address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from uncrick.app.session import figures_folder, weights_folder
from uncrick.app.sessions import Sessions
from uncrick.errors import ProblemsError
from uncrick.web.desk import DeskPages
from uncrick.web.door import Door, DoorKeeper
from uncrick.web.explain import Explaining
from uncrick.web.first_run import FirstRun
from uncrick.web.frame import Frame
from uncrick.web.help import HelpPage
from uncrick.web.history import HistoryPages
from uncrick.web.library import LibraryPages
from uncrick.web.people import PeoplePages
from uncrick.web.plan import PlanPages
from uncrick.web.plan_write import PlanWriting
from uncrick.web.questions import QuestionPages
from uncrick.web.session_page import PAGE, SessionPage
from uncrick.web.settings import SettingsPages
from uncrick.web.taking_out import TakingOut
from uncrick.web.today import TodayPage
from uncrick.web.urge import UrgePages
from uncrick.web.visitor import Visitors

TEMPLATES = Path(__file__).parent / "templates"


def make_app(door: Door, sessions: Sessions, trouble: str = "") -> Starlette:
    """Return the web application: everything a browser asks of this program.

    trouble : why the records cannot be opened, empty when they are; without them the four stretches are left.
    """
    templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape())
    book = sessions.book
    frame = Frame(Visitors(door, sessions.database), templates, book.words.notice, trouble)
    explaining = Explaining(frame, templates)
    settings = SettingsPages(frame, book)
    routes: list[BaseRoute] = [
        *SessionPage(door, sessions, frame).routes(),
        *explaining.routes(),
        *LibraryPages(frame, book).routes(),
        *HelpPage(frame, book).routes(),
        *PlanWriting(frame, book).routes(),
        *PlanPages(frame, book).routes(),
        *HistoryPages(frame).routes(),
        *DeskPages(frame, sessions).routes(),
        *PeoplePages(frame).routes(),
        *FirstRun(frame, book).routes(),
        *QuestionPages(frame).routes(),
        *TodayPage(frame, book).routes(),
        *settings.routes(),
        *TakingOut(frame, sessions, settings).routes(),
        *UrgePages(frame, book).routes(),
        Mount("/static/weights", StaticFiles(directory=weights_folder(), check_dir=False)),
        Mount("/static", StaticFiles(directory=PAGE)),
        Mount("/figures", StaticFiles(directory=figures_folder())),
    ]

    async def problems(request: Request, error: Exception) -> Response:
        """Say what is wrong with the records, in their own sentence; nothing was changed."""
        assert isinstance(error, ProblemsError)
        return frame.trouble_page(request, "; ".join(map(str, error.problems)))

    @asynccontextmanager
    async def until_closed(_: Starlette) -> AsyncIterator[None]:
        yield
        explaining.close()
        sessions.close()

    return Starlette(
        routes=routes,
        middleware=[Middleware(DoorKeeper, door=door)],
        exception_handlers={ProblemsError: problems},
        lifespan=until_closed,
    )
