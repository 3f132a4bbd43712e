"""I want to pop it: how strong, how stiff, a minute of something else, how strong after it, and whether it fades."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app import urge as urges
from uncrick.app.people import Person
from uncrick.app.session import Book
from uncrick.care.urge import ENOUGH, Swap, Trend, Urge
from uncrick.report.plan_sheet import day_words
from uncrick.web.frame import Frame, see_other
from uncrick.web.minute import parts_shown, swap_wishes
from uncrick.web.posted import Posted
from uncrick.web.posting import post
from uncrick.web.visitor import now_here

SAYS: Final = {
    "fading": "The urge is getting weaker.",
    "growing": "The urge is getting stronger. A physical therapist can help with what lies behind it.",
    "steady": "The urge is steady.",
    "too_little": "Too little to say yet.",
}
"""What the direction of the trend means."""


class UrgePages:
    """The pages below /urge. What pops is never asked, and never counted."""

    def __init__(self, frame: Frame, book: Book) -> None:
        self._frame = frame
        self._book = book

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        frame = self._frame
        return [
            Route("/urge", self.page),
            post(frame, "/urge", self.logged),
            Route("/urge/{urge}", self.swap),
            post(frame, "/urge/{urge}", self.after),
        ]

    def page(self, request: Request) -> Response:
        """Ask how strong the urge is and how stiff it feels, and show the trend."""
        who = self._frame.enter(request)
        return who if isinstance(who, Response) else self._ask(request, who, ())

    def logged(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep an urge with the minute that tonight's sheet leaves open instead."""
        urge, stiffness = form.number("urge", 0, 10), form.number("stiffness", 0, 10)
        if urge is None or stiffness is None:
            return self._ask(request, who, ("Both numbers are needed, 0 to 10.",))
        records, now = self._frame.visitors.records, now_here()
        minute = urges.minute_for(records, who.id, now)
        swap = Swap((), 0.0) if minute.waits else minute.swap
        kept = urges.log_urge(records, who.id, Urge(now, urge, stiffness), swap)
        return see_other(f"/urge/{kept.id}")

    def swap(self, request: Request) -> Response:
        """Show the minute, and ask for the urge after it."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        kept = urges.kept_urge(self._frame.visitors.records, who.id, request.path_params["urge"])
        if kept is None:
            return self._frame.missing(request, "There is no urge of that name here.")
        evening = self._frame.visitors.evening(request, who)
        wishes = swap_wishes(kept.swap, evening)
        waits = bool(evening.sheet.questions)
        return self._frame.page(
            request,
            "urge.html",
            step="swap",
            lasts_says=f"About {round(kept.swap.lasts_s)} seconds" if wishes else "A minute",
            parts=parts_shown(self._book, wishes, evening),
            nothing="Get up, breathe, and walk a minute at your own pace. " + (evening.because if waits else ""),
            start_href=f"/session?of=swap&urge={kept.id}" if wishes and not waits else "",
            urge_id=kept.id,
            trend=None,
        )

    def after(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep how strong the urge is after the minute."""
        records = self._frame.visitors.records
        kept = urges.kept_urge(records, who.id, request.path_params["urge"])
        level = form.number("after", 0, 10)
        if kept is None or level is None:
            return see_other("/urge")
        urges.log_after(records, who.id, kept, level)
        return see_other("/urge?done=kept")

    def _ask(self, request: Request, who: Person, problems: tuple[str, ...]) -> Response:
        trend = urges.trend_of(self._frame.visitors.records, who.id, now_here())
        values: dict[str, object] = {
            "step": "ask",
            "problems": problems,
            "told": "Kept." if request.query_params.get("done") else "",
            "trend": trend_shown(trend),
        }
        return self._frame.page(request, "urge.html", 422 if problems else 200, **values)


def trend_shown(trend: Trend) -> Mapping[str, object] | None:
    """Return the last weeks in words, None before the first urge was logged."""
    if not any(week.n_urges for week in trend.weeks):
        return None
    weeks = [
        {
            "from_on": day_words(week.from_on),
            "n": week.n_urges,
            "middle": f"{week.middle:g}" if week.middle is not None else None,
            "middle_stiffness": f"{week.middle_stiffness:g}" if week.middle_stiffness is not None else None,
        }
        for week in trend.weeks
    ]
    return {"says": SAYS[trend.direction], "weeks": weeks, "enough": ENOUGH}
