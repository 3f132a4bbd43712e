"""The page to write a plan: pick, dose, see at once what the patient will see and what is wrong; save, sign, print."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from uncrick.app.plan_preview import Preview, causes_to_clear, conditions_to_ask, preview, rules_to_relax
from uncrick.app.plan_writing import (
    SigningKey,
    Told,
    Written,
    choices,
    from_plan,
    pain_rules,
    plan_bytes,
    plan_id,
    write,
)
from uncrick.app.planning import check_text, programmes, read_text
from uncrick.app.plans import add_plan, current_plan
from uncrick.app.printing import page_style, plan_pdf, printed_page
from uncrick.app.session import Book
from uncrick.errors import Problem, ProblemsError
from uncrick.plan.record import WEEKDAYS
from uncrick.plan.sketch import Sketch
from uncrick.report.plan_sheet import DAYS
from uncrick.web.frame import Frame, see_other
from uncrick.web.plan_form import blank, minutes_of, pressed, sketch_from
from uncrick.web.posted import Posted, posted

LOCAL: Final = ("127.0.0.1", "::1", "testclient")
"""Where a browser of this very machine comes from (and the one of the tests)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk while a plan is written: the sketch, what of it was chosen, and what is to be said.

    focus : key of what to look at. faults : problems beside the plan's own, of a file that was opened or a key.
    """

    sketch: Sketch
    conditions: tuple[str, ...] = ()
    faults: tuple[Problem, ...] = ()
    focus: str = ""


class PlanWriting:
    """The page below /plan/write."""

    def __init__(self, frame: Frame, book: Book, today: Callable[[], date] = date.today) -> None:
        self._frame = frame
        self._choices = choices(book)
        self._today = today

    def routes(self) -> list[Route]:
        """Return where the page and what it gives are."""
        return [
            self._form("/plan/write", self.pressed),
            Route("/plan/write", self.page),
            self._form("/plan/write/file", self.file),
            self._form("/plan/write/print", self.printed),
            self._form("/plan/write/mine", self.mine),
            Route("/plan/print.css", self.style),
        ]

    def _form(self, path: str, handle: Callable[[Request, Posted, Desk], Response]) -> Route:
        """Return the route of a form of the page, worked on beside the loop that the sessions run in.

        One that is too large leads back to an empty page that says so.
        """

        async def answer(request: Request) -> Response:
            refused = await run_in_threadpool(self._frame.refusal, request)
            if refused is not None:
                return refused
            try:
                form = await posted(request)
            except ProblemsError as error:
                desk = Desk(blank(self._today()), faults=tuple(error.problems))
                return await run_in_threadpool(self._shown, request, desk, 413)
            desk = Desk(sketch_from(form), form.all("condition"))
            return await run_in_threadpool(handle, request, form, desk)

        return Route(path, answer, methods=["POST"])

    def page(self, request: Request) -> Response:
        """Show the page: empty, from a programme, or from the person's own plan."""
        if (refused := self._frame.refusal(request)) is not None:
            return refused
        desk = Desk(blank(self._today()))
        if request.query_params.get("from") == "mine":
            return self._shown(request, self._taken_up(request, desk))
        programme = request.query_params.get("programme", "")
        return self._shown(request, self._pressed(desk, f"programme:{programme}" if programme else ""))

    def pressed(self, request: Request, form: Posted, desk: Desk) -> Response:
        """Show the page after a button of it was pressed."""
        do = form.one("do")
        if do == "open":
            return self._shown(request, self._opened(form, desk))
        if do == "mine":
            return self._shown(request, self._taken_up(request, desk))
        return self._shown(request, self._pressed(desk, f"programme:{form.one('programme')}" if do == "start" else do))

    def file(self, request: Request, form: Posted, desk: Desk) -> Response:
        """Give the plan as a file: plain, signed with a key, or closed for one person; a problem leads back."""
        on = self._today()
        written = write(desk.sketch, on)
        recipient = form.one("recipient").strip()
        try:
            data = plan_bytes(written, self._key(request, form), recipient, on)
        except ProblemsError as error:
            own = () if written.plan is None else tuple(error.problems)
            return self._shown(request, replace(desk, faults=own, focus="save"), 422)
        id_ = written.plan.id if written.plan is not None else plan_id("", on)
        name = f"{id_}.yaml" + (".age" if recipient else "")
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response(data, media_type="application/octet-stream", headers=headers)

    def mine(self, request: Request, form: Posted, desk: Desk) -> Response:
        """Make what was written the plan of the person who is here; a problem leads back."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        written = write(desk.sketch, self._today())
        if written.plan is None:
            return self._shown(request, replace(desk, focus="problems"), 422)
        add_plan(self._frame.visitors.records, who.id, written.text)
        return see_other("/plan?done=loaded")

    def printed(self, request: Request, form: Posted, desk: Desk) -> Response:
        """Show the plan for paper, or give it as a PDF; a plan with problems leads back to the page."""
        written = write(desk.sketch, self._today())
        if written.sheet is None or written.plan is None:
            return self._shown(request, replace(desk, focus="problems"), 422)
        if form.one("do") == "pdf":
            name = f'inline; filename="{written.plan.id}.pdf"'
            paper = "us-letter" if form.one("paper") == "us-letter" else "a4"
            pdf = plan_pdf(written.sheet, written.text, paper)
            return Response(pdf, media_type="application/pdf", headers={"content-disposition": name})
        return HTMLResponse(printed_page(written.sheet, written.text, "/plan/print.css"))

    def style(self, request: Request) -> Response:
        """Give the style of the printed page."""
        return Response(page_style(), media_type="text/css", headers={"cache-control": "no-cache"})

    def _taken_up(self, request: Request, desk: Desk) -> Desk:
        """Take up the plan that holds for the person who is here, as a new one."""
        who, records = self._frame.visitors.here(request), self._frame.visitors.database
        kept = current_plan(records, who.id) if who is not None and records is not None else None
        if kept is None:
            return replace(desk, faults=(Problem("your plan", "there is none yet", "start from a programme"),))
        return Desk(from_plan(check_text(kept.text), self._today()), desk.conditions)

    def _pressed(self, desk: Desk, do: str) -> Desk:
        try:
            sketch, focus = pressed(desk.sketch, do, self._choices, self._today())
        except ProblemsError as error:
            return replace(desk, faults=tuple(error.problems))
        return replace(desk, sketch=sketch, focus=focus)

    def _opened(self, form: Posted, desk: Desk) -> Desk:
        """Take a plan file up again as a new plan; one with problems is told whole, and nothing of it is taken."""
        chosen = form.files.get("taken")
        if chosen is None:
            return replace(desk, faults=(Problem("a plan file", "none was chosen", "choose one first"),))
        try:
            return Desk(
                from_plan(check_text(read_text(chosen.data, chosen.name), chosen.name), self._today()), desk.conditions
            )
        except ProblemsError as error:
            return replace(desk, faults=tuple(error.problems))

    def _key(self, request: Request, form: Posted) -> SigningKey | None:
        """Return the key that was chosen to sign with. Raises ProblemsError where it came over a network."""
        key = form.files.get("key")
        if form.one("do") != "sign":
            return None
        if key is None:
            raise ProblemsError([Problem("the key", "none was chosen", "'uncrick plan key' makes one")])
        if request.client is None or request.client.host not in LOCAL:
            says = "came over the network, and a key never leaves its machine"
            raise ProblemsError(
                [Problem("the key", says, "sign on the machine that Uncrick runs on: uncrick plan sign")]
            )
        return SigningKey(key.data, form.one("passphrase"), key.name)

    def _shown(self, request: Request, desk: Desk, status: int = 200) -> Response:
        written = write(desk.sketch, self._today())
        seen: Preview | None = None
        if written.plan is not None and desk.conditions:
            seen = preview(written.plan, desk.conditions, self._today())
        begun = bool(desk.sketch.rows or desk.sketch.title)
        return self._frame.page(
            request,
            "plan_write.html",
            status,
            sketch=desk.sketch,
            choices=self._choices,
            written=written,
            preview=seen,
            desk=desk,
            begun=begun,
            wrong=wrong_fields(desk.sketch, written) if begun else {},
            programmes=programmes(),
            conditions=conditions_to_ask(),
            rules=rules_to_relax(),
            causes=causes_to_clear(),
            pain_rules=list(pain_rules()),
            regions=sorted({region for c in self._choices.values() for region in c.card.regions}),
            props=sorted({prop for c in self._choices.values() for prop in c.card.props}),
            weekdays=[(day, DAYS[day]) for day in WEEKDAYS],
            minutes_of=minutes_of,
        )


def wrong_fields(sketch: Sketch, written: Written) -> dict[str, Told]:
    """Return the form's field of each problem, so that it can be marked: ``r1.reps``, ``plan.title``."""
    found: dict[str, Told] = {}
    for told in written.problems:
        field = _field(sketch, told.path)
        if field:
            found.setdefault(field, told)
    return found


NAMES: Final = {
    "for": "for_person", "from": "from_on", "plan": "id", "exercises": "rows", "rule": "what", "cause": "what",
    "duration_s": "minutes", "most.duration_s": "most_minutes", "most.reps": "most_reps",
    "most.hold_s": "most_hold_s", "progress": "fixed",
}  # fmt: skip
"""What the form calls a key of the file where it calls it something else."""


def _field(sketch: Sketch, path: str) -> str:
    head, bracket, rest = path.partition("[")
    if not bracket:
        return f"plan.{NAMES.get(head, head)}" if head else ""
    index, _, key = rest.partition("]")
    key = key.lstrip(".").partition("[")[0]
    listed: dict[str, list[str]] = {
        "exercises": [r.key for r in sketch.rows],
        "relax": [o.key for o in sketch.openings if o.kind == "relax"],
        "cleared": [o.key for o in sketch.openings if o.kind == "cleared"],
    }
    keys = listed.get(head, [])
    if not index.isdigit() or int(index) >= len(keys):
        return f"plan.{NAMES.get(head, head)}"
    return f"{keys[int(index)]}.{NAMES.get(key, key)}"
