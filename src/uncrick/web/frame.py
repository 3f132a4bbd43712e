"""The frame of every page but the session screen: who may see it, the way to the other pages, and the notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from uncrick.web.door import Door


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the frame leads to. icon : a drawing of templates/icons.html."""

    path: str
    name: str
    icon: str


PLACES: Final = (
    Place("/today", "Today", "today"),
    Place("/library", "Library", "library"),
    Place("/plan", "Plan", "plan"),
    Place("/history", "History", "history"),
    Place("/desk", "Desk", "desk"),
)
"""The pages of the first navigation, in order; one whose route does not exist is left out."""

HEADERS: Final = {
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), screen-wake-lock=()",
}
"""What a page says about somebody is kept by no cache; and the browser is told to give it no camera, no microphone."""


class Frame:
    """Renders pages within the frame. notice : stands at the foot of every page."""

    def __init__(self, door: Door, templates: Environment, notice: str) -> None:
        self.door = door
        self._templates = templates
        self._notice = notice

    def refusal(self, request: Request) -> Response | None:
        """Return what a stranger is shown, None for somebody who came in by the link."""
        if self.door.knows_cookie(request.headers):
            return None
        return HTMLResponse(self._templates.get_template("closed.html").render(), 401, HEADERS)

    def page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """Return the page *template*, filled with *values*; a stranger is asked to open the link first."""
        refused = self.refusal(request)
        if refused is not None:
            return refused
        html = self._templates.get_template(template).render(**self._about(request), **values)
        return HTMLResponse(html, status, HEADERS)

    def missing(self, request: Request, says: str) -> Response:
        """Return the page for something that is not there."""
        return self.page(request, "missing.html", 404, says=says)

    def _about(self, request: Request) -> Mapping[str, object]:
        """Return what the frame itself shows."""
        here = request.url.path
        there = _paths(request.app.routes)
        places = [place for place in PLACES if place.path in there]
        return {
            "places": places,
            "here": next((p.path for p in places if here == p.path or here.startswith(p.path + "/")), here),
            "notice": self._notice,
        }


def _paths(routes: list[BaseRoute]) -> frozenset[str]:
    return frozenset(r.path for r in routes if isinstance(r, Route | Mount))


def see_other(path: str) -> RedirectResponse:
    """Return the answer to a form: look at *path* now, so that going back or reloading posts nothing twice."""
    return RedirectResponse(path, 303)
