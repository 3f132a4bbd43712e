"""The frame of every page but the session screen: who may see it, the way to the other pages, and the notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from uncrick.app.people import Person
from uncrick.web.emergency_words import emergency_values
from uncrick.web.visitor import Visitors


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
    """Renders pages within the frame. notice : stands at the foot of every page.

    trouble : why the records cannot be opened, empty when they are.
    """

    def __init__(self, visitors: Visitors, templates: Environment, notice: str, trouble: str = "") -> None:
        self.visitors = visitors
        self.trouble = trouble
        self._templates = templates
        self._notice = notice

    def stranger(self, request: Request) -> Response | None:
        """Return what a stranger is shown, None for somebody who came in by the link."""
        if self.visitors.knows(request):
            return None
        return HTMLResponse(self._templates.get_template("closed.html").render(), 401, HEADERS)

    def refusal(self, request: Request) -> Response | None:
        """Return what is shown instead of any page: to a stranger the door, in an emergency its message alone."""
        return self.stranger(request) or self._emergency(request)

    def enter(self, request: Request) -> Person | Response:
        """Return who is here, for a page about a person; or what is shown instead of it."""
        return self._emergency(request) or self.known(request)

    def known(self, request: Request) -> Person | Response:
        """Return who is here, even while the emergency message stands; or the way in."""
        stranger = self.stranger(request)
        if stranger is not None:
            return stranger
        if self.visitors.database is None:
            return self.rendered(request, "trouble.html", 503)
        who = self.visitors.here(request)
        return who if who is not None else see_other("/people" if self.visitors.everybody() else "/begin")

    def page(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """Return the page *template*, filled with *values*, or what is shown instead of any page."""
        return self.refusal(request) or self.rendered(request, template, status, **values)

    def rendered(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """Return the page *template* as it is, whoever asks: for the few pages that are open in an emergency."""
        html = self._templates.get_template(template).render({**self._about(request), **values})
        return HTMLResponse(html, status, HEADERS)

    def screen(self, request: Request, template: str, **values: object) -> Response:
        """Return a page that may use camera and microphone, when the person says so."""
        html = self._templates.get_template(template).render({**self._about(request), **values})
        return HTMLResponse(html, headers={"cache-control": "no-store"})

    def trouble_page(self, request: Request, says: str) -> Response:
        """Return the page that says why something of the records could not be read or written."""
        if not self.visitors.knows(request):
            return HTMLResponse(self._templates.get_template("closed.html").render(), 401, HEADERS)
        request.state.visitor = None
        return self.rendered(request, "trouble.html", 503, says=says)

    def missing(self, request: Request, says: str) -> Response:
        """Return the page for something that is not there."""
        return self.page(request, "missing.html", 404, says=says)

    def _emergency(self, request: Request) -> Response | None:
        """Return the emergency message while an answer of the person who is here calls for it."""
        who = self.visitors.here(request) if self.visitors.knows(request) else None
        if who is None or not self.visitors.in_emergency(request, who):
            return None
        return self.rendered(request, "emergency.html", 200, **emergency_values(who))

    def _about(self, request: Request) -> Mapping[str, object]:
        """Return what the frame itself shows."""
        here = request.url.path
        there = _paths(request.app.routes)
        places = [place for place in PLACES if place.path in there]
        return {
            "places": places,
            "here": next((p.path for p in places if here == p.path or here.startswith(p.path + "/")), here),
            "person": self.visitors.here(request),
            "notice": self._notice,
            "trouble": self.trouble,
        }


def _paths(routes: list[BaseRoute]) -> frozenset[str]:
    return frozenset(r.path for r in routes if isinstance(r, Route | Mount))


def see_other(path: str) -> RedirectResponse:
    """Return the answer to a form: look at *path* now, so that going back or reloading posts nothing twice."""
    return RedirectResponse(path, 303)
