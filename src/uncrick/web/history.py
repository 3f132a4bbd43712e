"""The history page: plain facts of the last weeks or of everything, with the days not rated shown; and the report."""

import tempfile
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app.people import Person
from uncrick.app.reporting import story, write_report
from uncrick.web.frame import Frame
from uncrick.web.visitor import now_here

SPANS: Final = {"6": "6 weeks", "12": "12 weeks", "52": "a year", "all": "everything"}
KINDS: Final = {"html": "text/html", "pdf": "application/pdf"}


class HistoryPages:
    """The pages at /history."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        return [
            Route("/history", self.page),
            Route("/history/report.{kind:str}", self.report),
        ]

    def page(self, request: Request) -> Response:
        """Show what was kept, by the day or, over more than three months, by the week."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        chosen, weeks = _span(request)
        span, sections = story(self._frame.visitors.records, who.id, now_here().date(), weeks)
        return self._frame.page(request, "history.html", span=span, sections=sections, spans=SPANS, chosen=chosen)

    def report(self, request: Request) -> Response:
        """Give the page for the next visit as a file."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        kind = request.path_params["kind"]
        if kind not in KINDS:
            return self._frame.missing(request, "A report is a page (report.html) or a PDF (report.pdf).")
        headers = {"content-disposition": f'attachment; filename="visit.{kind}"', "cache-control": "no-store"}
        return Response(self._written(who, kind, _span(request)[1]), media_type=KINDS[kind], headers=headers)

    def _written(self, who: Person, kind: str, weeks: int | None) -> bytes:
        with tempfile.TemporaryDirectory(prefix="uncrick") as folder:
            path = Path(folder) / f"visit.{kind}"
            write_report(self._frame.visitors.records, who, path, now_here().date(), weeks)
            return path.read_bytes()


def _span(request: Request) -> tuple[str, int | None]:
    chosen = request.query_params.get("weeks", "12")
    chosen = chosen if chosen in SPANS else "12"
    return chosen, None if chosen == "all" else int(chosen)
