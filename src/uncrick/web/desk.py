"""The desk's page: how things stand, a break in the coach's player, silence, settings, the day and the week.

The companion is another process. The page asks it when it runs, and shows days, settings and a break without it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app.desk_break import BreakNow, break_now, tell_companion, wishes_of
from uncrick.app.desk_compare import comparisons
from uncrick.app.desk_control import ask
from uncrick.app.desk_day import week_facts
from uncrick.app.desk_keeping import rated_days
from uncrick.app.desk_settings import settings_changed, settings_record
from uncrick.app.desk_sources import put_in_start, take_from_start
from uncrick.app.desk_start import start_apart, wait_until_runs
from uncrick.app.screening import source_words
from uncrick.app.sessions import Sessions
from uncrick.app.shelf import cards
from uncrick.errors import ProblemsError
from uncrick.web.desk_figures import bands_of
from uncrick.web.frame import Frame, see_other
from uncrick.web.posted import Posted
from uncrick.web.posting import post_anybody

DOES: Final = frozenset({"pause", "meeting", "snooze", "dismiss", "resume", "standing", "sitting", "stop"})
"""What a button may ask of the companion."""

WEEK_DAYS: Final = 7


class DeskPages:
    """The pages below /desk."""

    def __init__(self, frame: Frame, sessions: Sessions) -> None:
        self._frame = frame
        self._sessions = sessions
        self._cards = {card.id: card for card in cards(sessions.book)}

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        return [
            Route("/desk", self.page),
            Route("/desk/now", self.now),
            post_anybody(self._frame, "/desk/do", self._do),
            post_anybody(self._frame, "/desk/start", self._start),
            post_anybody(self._frame, "/desk/settings", self._settings),
            post_anybody(self._frame, "/desk/install", self._install),
            post_anybody(self._frame, "/desk/break", self._break),
            Route("/desk/break/{session}", self.player),
        ]

    def page(self, request: Request) -> Response:
        """Show the whole page for a day, today unless asked."""
        return self._page(request)

    def now(self, request: Request) -> Response:
        """Show only how things stand, for the page to bring itself up to date."""
        who = self._visitor(request)
        if isinstance(who, Response):
            return who
        return self._frame.page(request, "desk_now.html", now=False, **self._standing(who))

    def player(self, request: Request) -> Response:
        """Show the coach's player with a break that was begun here; it may ask for the camera."""
        refused = self._frame.refusal(request)
        if refused is not None:
            return refused
        session = str(request.path_params["session"])
        live = self._sessions.find(session)
        if live is None:
            return see_other("/desk")
        tell_companion(live, self._sessions.folder)
        wishes = [{"exercise": w.exercise, "n_reps": w.n_reps, "hold_s": w.hold_s or 0} for w in live.wishes]
        waits = live.state.stage == "waiting"
        begins = waits and request.query_params.get("now") == "yes"
        values = {"session": session, "goes_on": not waits, "begins": begins, "wishes": json.dumps(wishes)}
        return self._frame.screen(request, "session.html", kind="break", **values)

    def _page(self, request: Request, status: int = 200, problems: tuple[str, ...] = ()) -> Response:
        who = self._visitor(request)
        if isinstance(who, Response):
            return who
        on = _day(request.query_params.get("on", ""))
        days = week_facts(on, self._sessions.folder)
        bands = bands_of(days)
        values = {
            "band": bands[-1], "bands": bands, "on": on, "before": on - timedelta(days=1),
            "after": on + timedelta(days=1) if on < date.today() else None, "settings": self._read_settings(),
            "compared": self._compared(who), "problems": problems, "now": request.query_params.get("break") == "now",
            "sources": source_words(("waongenngarm2021",)), **self._standing(who),
        }  # fmt: skip
        return self._frame.page(request, "desk.html", status, **values)

    def _standing(self, who: str) -> Mapping[str, Any]:
        """Return how things stand, and what a break would be now."""
        try:
            stands = ask({"do": "status"}, self._sessions.folder, 2.0)
            absent = ""
        except ProblemsError as error:
            stands, absent = {"running": False, "sentences": []}, str(error.problems[0].says)
        offer = self._break_now(who)
        shown = [self._cards[name] for name in offer.exercises if name in self._cards]
        return {"stands": stands, "absent": absent, "offer": offer, "pictures": shown}

    def _visitor(self, request: Request) -> str | Response:
        """Return who is here, by id, empty where there are no records of anybody; or what is shown instead."""
        refused = self._frame.refusal(request)
        if refused is not None:
            return refused
        here = self._frame.visitors.here(request)
        if here is None and self._frame.visitors.everybody():
            return see_other("/people")
        return here.id if here is not None else ""

    def _break_now(self, who: str) -> BreakNow:
        return break_now(self._sessions.folder, self._sessions.database, who)

    def _compared(self, who: str) -> tuple[str, ...]:
        rated = rated_days(self._sessions.database, who)
        return comparisons(self._sessions.folder, rated)

    def _read_settings(self) -> Mapping[str, Any]:
        try:
            return settings_record(self._sessions.folder)
        except ProblemsError as error:
            return {"problem": "; ".join(map(str, error.problems))}

    def _do(self, request: Request, form: Posted) -> Response:
        what = form.one("do")
        if what not in DOES:
            return self._page(request, 400, ("That is nothing the companion can do.",))
        asked: dict[str, Any] = {"do": what}
        minutes = form.one("minutes")
        if minutes.isascii() and minutes.isdigit() and len(minutes) < 5:
            asked["for_s"] = int(minutes) * 60
        return self._asked(request, lambda: ask(asked, self._sessions.folder))

    def _start(self, request: Request, form: Posted) -> Response:
        def start() -> None:
            start_apart(self._sessions.folder)
            wait_until_runs(self._sessions.folder)

        return self._asked(request, start)

    def _install(self, request: Request, form: Posted) -> Response:
        if form.one("out"):
            return self._asked(request, take_from_start)
        return self._asked(request, lambda: put_in_start(self._sessions.folder))

    def _settings(self, request: Request, form: Posted) -> Response:
        names = ("every_min", "most_a_day", "quiet_from", "quiet_to")
        changes: dict[str, object] = {name: form.one(name) for name in names if form.one(name)}
        changes |= {name: form.one(name) == "yes" for name in ("in_fullscreen", "camera")}
        return self._asked(request, lambda: settings_changed(changes, self._sessions.folder))

    def _break(self, request: Request, form: Posted) -> Response:
        who = self._visitor(request)
        if isinstance(who, Response):
            return who
        offer = self._break_now(who)
        wishes = wishes_of(offer)
        if not wishes or offer.questions_first:
            return see_other("/desk")
        session = self._sessions.new_id()
        self._sessions.begin(session, wishes, who, kind="break")
        return see_other(f"/desk/break/{session}{'?now=yes' if form.one('now') else ''}")

    def _asked(self, request: Request, act: Callable[[], object]) -> Response:
        try:
            act()
        except ProblemsError as error:
            return self._page(request, 409, tuple(map(str, error.problems)))
        return see_other("/desk")


def _day(written: str) -> date:
    """Return the day that an address asks for; today where it asks for none or for one to come."""
    try:
        return min(date.fromisoformat(written), date.today())
    except ValueError:
        return date.today()
