"""The plan page: what the plan asks and why, who signed it, what changed; load one, print it, end it."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from uncrick.app.people import Person
from uncrick.app.plan_page import (
    Loading,
    PlanView,
    keys_listed,
    know_key,
    load_plan_for,
    plan_view,
    plans_listed,
)
from uncrick.app.plans import KeptPlan, current_plan, end_plan, forget_key, kept_plan, problems_of, refused_plan
from uncrick.app.printing import plan_pdf, printed_page
from uncrick.app.session import Book
from uncrick.app.shelf import cards
from uncrick.errors import Problem, ProblemsError
from uncrick.web.frame import Frame, see_other
from uncrick.web.posted import MOST_BYTES, Posted
from uncrick.web.posting import post
from uncrick.web.visitor import now_here

TOLD = {
    "loaded": "The plan is loaded. It holds from now on, in the place of the one before.",
    "ended": "The plan is ended. It stays in the list below.",
    "known": "The key is known now. What its owner signs counts as your therapist's.",
    "forgotten": "The key is known no longer.",
}
"""What is told after a form."""


class PlanPages:
    """The pages below /plan, but for writing one."""

    def __init__(self, frame: Frame, book: Book) -> None:
        self._frame = frame
        self._cards = {card.id: card for card in cards(book)}

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        frame = self._frame
        return [
            Route("/plan", self.page),
            post(frame, "/plan/load", self.load, MOST_BYTES),
            post(frame, "/plan/end", self.end),
            post(frame, "/plan/key", self.key),
            post(frame, "/plan/key/forget", self.forget),
            Route("/plan/print", self.printed),
            Route("/plan/print.pdf", self.pdf),
            Route("/plan/kept/{id}", self.kept),
            Route("/plan/kept/{id}/file", self.file),
        ]

    def page(self, request: Request) -> Response:
        """Show the plan that holds, or how to get one."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        return self._shown(request, who, told=TOLD.get(request.query_params.get("done", ""), ""))

    def load(self, request: Request, who: Person, form: Posted) -> Response:
        """Load a plan from a file or from its text; with any problem nothing is kept, and all are told."""
        chosen, pasted = form.files.get("plan"), form.one("text")
        if chosen is None and not pasted.strip():
            return self._shown(request, who, (Problem("a plan", "none was chosen", "choose a file or paste its text"),))
        data, name = (chosen.data, chosen.name) if chosen is not None else (pasted.encode(), "pasted text")
        key, identity = form.files.get("key_file"), form.files.get("identity")
        typed = key.data.decode("utf-8", "replace") if key is not None else form.one("key")
        loading = Loading(data, name, typed, identity.data if identity is not None else b"")
        try:
            load_plan_for(self._frame.visitors.records, who.id, loading)
        except ProblemsError as error:
            return self._shown(request, who, tuple(error.problems))
        return see_other("/plan?done=loaded")

    def end(self, request: Request, who: Person, form: Posted) -> Response:
        """End the plan that holds."""
        end_plan(self._frame.visitors.records, who.id)
        return see_other("/plan?done=ended")

    def key(self, request: Request, who: Person, form: Posted) -> Response:
        """Know the key of the plan that holds: the person has compared it with their therapist's."""
        db = self._frame.visitors.records
        kept = kept_plan(db, who.id, form.one("plan"))
        if kept is None or form.one("compared") != "yes":
            problem = Problem("the key", "was not compared", "ask your therapist for its fingerprint, by telephone")
            return self._shown(request, who, (problem,))
        know_key(db, kept)
        return see_other("/plan?done=known")

    def forget(self, request: Request, who: Person, form: Posted) -> Response:
        """Know a key no longer."""
        forget_key(self._frame.visitors.records, who.id, form.one("key"))
        return see_other("/plan?done=forgotten")

    def printed(self, request: Request) -> Response:
        """Show the plan that holds, for paper."""
        found = self._current(request)
        if isinstance(found, Response):
            return found
        return HTMLResponse(printed_page(found.sheet, found.kept.text, "/plan/print.css"))

    def pdf(self, request: Request) -> Response:
        """Give the plan that holds as a PDF."""
        found = self._current(request)
        if isinstance(found, Response):
            return found
        name = f'inline; filename="{found.kept.plan_id}.pdf"'
        pdf = plan_pdf(found.sheet, found.kept.text)
        return Response(pdf, media_type="application/pdf", headers={"content-disposition": name})

    def kept(self, request: Request) -> Response:
        """Show one plan of the list, whether or not it still holds; of one that cannot be read, why."""
        found = self._one(request)
        if isinstance(found, Response):
            return found
        who, kept = found
        problems = problems_of(kept)
        view = None if problems else self._view(who, kept)
        return self._frame.page(request, "plan_kept.html", kept=kept, view=view, problems=problems, cards=self._cards)

    def file(self, request: Request) -> Response:
        """Give a plan as the file that it was, to a byte."""
        found = self._one(request)
        if isinstance(found, Response):
            return found
        _, kept = found
        name = f'attachment; filename="{kept.plan_id}.yaml"'
        headers = {"content-disposition": name, "cache-control": "no-store"}
        return Response(kept.text.encode(), media_type="application/octet-stream", headers=headers)

    def _current(self, request: Request) -> PlanView | Response:
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        kept = current_plan(self._frame.visitors.records, who.id)
        return self._view(who, kept) if kept is not None else see_other("/plan")

    def _one(self, request: Request) -> tuple[Person, KeptPlan] | Response:
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        kept = kept_plan(self._frame.visitors.records, who.id, request.path_params["id"])
        if kept is None:
            return self._frame.missing(request, "There is no such plan of yours.")
        return who, kept

    def _view(self, who: Person, kept: KeptPlan) -> PlanView:
        return plan_view(self._frame.visitors.records, kept, who.name, now_here().date())

    def _shown(self, request: Request, who: Person, problems: tuple[Problem, ...] = (), told: str = "") -> Response:
        db = self._frame.visitors.records
        kept = current_plan(db, who.id)
        return self._frame.page(
            request,
            "plan.html",
            422 if problems else 200,
            view=self._view(who, kept) if kept is not None else None,
            problems=problems,
            refused=refused_plan(db, who.id),
            told=told,
            listed=plans_listed(db, who.id),
            keys=keys_listed(db, who.id),
            cards=self._cards,
        )
