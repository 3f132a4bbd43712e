"""The library's pages: every exercise at a glance, and one page each."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from uncrick.app.evening import EveningSheet
from uncrick.app.session import Book
from uncrick.app.shelf import Card, cards, leaflet
from uncrick.web.frame import Frame
from uncrick.web.open_tonight import open_tonight

POSITIONS = {"sitting": "Sitting", "standing": "Standing", "floor": "On the floor"}
"""The three groups of the page, in order: what needs least getting ready comes first."""


class LibraryPages:
    """The pages below /library."""

    def __init__(self, frame: Frame, book: Book) -> None:
        self._frame = frame
        self._book = book
        self._cards = cards(book)

    def routes(self) -> list[Route]:
        """Return where the pages are."""
        return [Route("/library", self.all), Route("/library/{exercise}", self.one)]

    def all(self, request: Request) -> Response:
        """Show every exercise, or those for one part of the body and without props if asked."""
        region = request.query_params.get("region", "")
        bare = request.query_params.get("props", "") == "none"
        shown = [c for c in self._cards if (not region or region in c.regions) and not (bare and c.props)]
        evening = self._evening(request)
        groups = [(name, [c for c in shown if c.position == position]) for position, name in POSITIONS.items()]
        return self._frame.page(
            request,
            "library.html",
            groups=[group for group in groups if group[1]],
            n_shown=len(shown),
            n_all=len(self._cards),
            regions=regions_of(self._cards),
            region=region,
            bare=bare,
            tonight={c.id: open_tonight(evening, c.id) for c in shown} if evening is not None else {},
        )

    def one(self, request: Request) -> Response:
        """Show everything about one exercise."""
        id_ = request.path_params["exercise"]
        found = leaflet(self._book, id_)
        if found is None:
            return self._frame.missing(request, f"The library has no exercise called {id_[:60]}.")
        evening = self._evening(request)
        tonight = open_tonight(evening, id_) if evening is not None else None
        return self._frame.page(request, "exercise.html", leaflet=found, card=found.card, tonight=tonight)

    def _evening(self, request: Request) -> EveningSheet | None:
        """Return the evening of whoever is here, None for nobody in particular."""
        visitors = self._frame.visitors
        who = visitors.here(request) if visitors.knows(request) else None
        return visitors.evening(request, who) if who is not None else None


def regions_of(cards: Sequence[Card]) -> list[tuple[str, int]]:
    """Return the parts of the body that exercises are about, most exercises first, with how many."""
    n: dict[str, int] = {}
    for card in cards:
        for region in card.regions:
            n[region] = n.get(region, 0) + 1
    return sorted(n.items(), key=lambda item: (-item[1], item[0]))
