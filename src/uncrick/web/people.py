"""Who is here: the page to choose oneself, the PIN before one's own pages, and the one to switch."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app.people import PinCheck, check_pin, person
from uncrick.web.frame import Frame, see_other
from uncrick.web.posted import Posted
from uncrick.web.posting import post_anybody


class PeoplePages:
    """The pages below /people.

    They are open in an emergency too: it is one person's, and somebody else who is known may be here. Nobody new is
    made while it stands, because a new name would be a way round it.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        return [Route("/people", self.page), post_anybody(self._frame, "/people/enter", self.enter)]

    def page(self, request: Request) -> Response:
        """Show everybody's name, to choose oneself; while the emergency message stands nothing beside it."""
        return self._frame.stranger(request) or self._page(request, ())

    def enter(self, request: Request, form: Posted) -> Response:
        """Let somebody in, with their PIN where they have one; a wrong one is told, and after five there is a wait."""
        records = self._frame.visitors.records
        who = person(records, form.word("id"))
        if who is None:
            return self._page(request, ("Nobody of that name has records here.",))
        if who.pin_hash:
            check = check_pin(records, who.id, form.word("pin"), datetime.now(UTC))
            if not check.fits:
                return self._page(request, (pin_says(check),))
        return self._frame.visitors.remember(see_other("/"), who)

    def _page(self, request: Request, problems: tuple[str, ...]) -> Response:
        visitors = self._frame.visitors
        if visitors.database is None:
            return self._frame.rendered(request, "trouble.html", 503)
        alone = self._frame.refusal(request) is not None
        values = {"people": visitors.everybody(), "problems": problems, "told": "", "alone": alone}
        return self._frame.rendered(request, "people.html", 403 if problems else 200, **values)


def pin_says(check: PinCheck) -> str:
    """Return what somebody is told whose PIN did not fit."""
    if check.wait_s > 0:
        return f"Too many wrong PINs. The next try counts in {check.wait_s:.0f} seconds."
    return "That is not the PIN. Nothing was opened."
