"""A form's way in: who may post, how much, and the work done beside the loop that the sessions run in."""

from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from uncrick.app.people import Person
from uncrick.errors import ProblemsError
from uncrick.web.frame import Frame
from uncrick.web.posted import Posted, posted

FORM_BYTES: Final = 64 * 1024
"""A form without a file is a few answers and a note."""

Handle = Callable[[Request, Person, Posted], Response]
HandleAnybody = Callable[[Request, Posted], Response]
Way = Callable[[Request], Person | Response]


def post(frame: Frame, path: str, handle: Handle, most_bytes: int = FORM_BYTES) -> Route:
    """Return the route of a form that somebody who is known posts; the origin was looked at on the way in."""
    return _person_route(frame, path, handle, (frame.enter, most_bytes))


def post_visitor(frame: Frame, path: str, handle: Handle) -> Route:
    """Return the route of a form that is open to somebody who is known even while the emergency message stands."""
    return _person_route(frame, path, handle, (frame.known, FORM_BYTES))


def post_anybody(frame: Frame, path: str, handle: HandleAnybody) -> Route:
    """Return the route of a form that is open before anybody is known, and in an emergency."""

    async def answer(request: Request) -> Response:
        refused = frame.stranger(request)
        if refused is not None:
            return refused
        form = await _read(frame, request, FORM_BYTES)
        return form if isinstance(form, Response) else await run_in_threadpool(handle, request, form)

    return Route(path, answer, methods=["POST"])


def _person_route(frame: Frame, path: str, handle: Handle, how: tuple[Way, int]) -> Route:
    way, most_bytes = how

    async def answer(request: Request) -> Response:
        who = await run_in_threadpool(way, request)
        if isinstance(who, Response):
            return who
        form = await _read(frame, request, most_bytes)
        return form if isinstance(form, Response) else await run_in_threadpool(handle, request, who, form)

    return Route(path, answer, methods=["POST"])


async def _read(frame: Frame, request: Request, most_bytes: int) -> Posted | Response:
    try:
        return await posted(request, most_bytes)
    except ProblemsError as error:
        return frame.rendered(request, "missing.html", 413, says="; ".join(map(str, error.problems)))
