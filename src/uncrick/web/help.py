"""The help page: how to stop, keys, gestures, what the camera sees and cannot, sources, privacy."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from uncrick.app.session import Book
from uncrick.app.shelf import cards
from uncrick.app.sources import all_sources
from uncrick.web.frame import Frame

KEYS = (
    ("P or Esc", "It hurts: the movement ends at once", "Esc always works; single letters can be switched off"),
    ("Space", "Pause, and go on", ""),
    ("E", "Easier", ""),
    ("M", "More time", ""),
    ("S", "Skip, with a reason", ""),
    ("B", "Back", ""),
    ("N", "Go on without waiting", ""),
    ("T", "Say the time left", ""),
    ("H", "How it is done, step by step", "The session waits meanwhile"),
    ("Digits, arrows, Enter", "Answer a question", "It is read aloud; 1 and then 0 is 10"),
    ("R", "Read the question again", ""),
)
"""Keys of the session screen: key, what it does, remark."""


class HelpPage:
    """The page at /help."""

    def __init__(self, frame: Frame, book: Book) -> None:
        self._frame = frame
        self._cards = cards(book)

    def routes(self) -> list[Route]:
        """Return where the page is."""
        return [Route("/help", self.page)]

    async def page(self, request: Request) -> Response:
        """Show the page."""
        return self._frame.page(
            request,
            "help.html",
            keys=KEYS,
            tracked=[c for c in self._cards if c.tracked],
            untracked=[c for c in self._cards if not c.tracked],
            sources=all_sources(),
        )
