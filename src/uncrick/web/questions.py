"""The safety questions, one at a time; the emergency message; and who has looked at what an answer raised."""

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app import answering
from uncrick.app.answering import Clearance, Said
from uncrick.app.desk_start import BREAK_NOW
from uncrick.app.people import Person
from uncrick.app.screening import rulebook
from uncrick.app.shelf import source_sentences
from uncrick.care.screening import Asked, questions_of
from uncrick.errors import ProblemsError
from uncrick.plan.sheet import Sheet
from uncrick.web.emergency_words import emergency_values
from uncrick.web.frame import Frame, see_other
from uncrick.web.posted import Posted
from uncrick.web.posting import post, post_visitor
from uncrick.web.visitor import now_here

SAID: Final[dict[str, Said]] = {"yes": "yes", "no": "no", "not_sure": "not_sure", "skipped": "skipped"}


BECAUSE: Final[dict[str, str]] = {
    "yes": "All questions, because you asked for them.",
    "fell": "All questions, because you fell or had an accident.",
}
"""Why every question is asked once more."""

AFTER: Final = {"": "/next", "session": "/session", "break": BREAK_NOW}
"""Where to go after the last question."""


class QuestionPages:
    """The pages at /questions and /emergency."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        frame = self._frame
        return [
            Route("/questions", self.page),
            post(frame, "/questions", self.answered),
            post_visitor(frame, "/emergency", self.looked_at),
            Route("/emergency", self.page),
        ]

    def page(self, request: Request) -> Response:
        """Show the question that is due now, or the one that is to be answered again; else what comes next."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        sheet, query = self._frame.visitors.evening(request, who).sheet, request.query_params
        again = rulebook().questions.get(query.get("again", ""))
        every = every_of(query.get("all", "")) if again is not None else ""
        due = next(iter(sheet.questions), None)
        asked = due if again is None else Asked(again, plainer=query.get("plainer") == "yes")
        if asked is None:
            return see_other(AFTER[then_of(query.get("then", ""))])
        ids = every_id(sheet) if every else questions_asked(sheet)
        n = ids.index(asked.question.id) + 1 if asked.question.id in ids else 1
        return self._frame.page(
            request,
            "question.html",
            n=n,
            of=len(ids),
            because=BECAUSE.get(every) or ("One answer again." if again else self._because(request, who)),
            asked=asked,
            sources=source_sentences(asked.question.source),
            before=ids[n - 2] if n > 1 else "",
            then=then_of(query.get("then", "")),
            every=every,
        )

    def _because(self, request: Request, who: Person) -> str:
        return self._frame.visitors.evening(request, who).because

    def answered(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep an answer, with its wording and time; then the next question."""
        question = rulebook().questions.get(form.word("question"))
        said = SAID.get(form.word("said"))
        if question is None or said is None or (said == "skipped" and not question.may_skip):
            return see_other("/questions")
        plainer = form.word("plainer") == "yes"
        answer = answering.answer_now(question.id, said, now_here(), plainer=plainer)
        answering.put_answer(self._frame.visitors.records, who.id, answer)
        every = every_of(form.word("all"))
        if not every:
            return see_other(f"/questions?then={then_of(form.word('then'))}")
        if said == "not_sure" and not plainer:
            return see_other(f"/questions?again={question.id}&all={every}&plainer=yes")
        ids = every_id(self._frame.visitors.evening(request, who).sheet)
        at = ids.index(question.id) + 1 if question.id in ids else len(ids)
        return see_other(f"/questions?again={ids[at]}&all={every}" if at < len(ids) else "/next")

    def looked_at(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep that a clinician looked at every answer that calls for the emergency number, by name, day and reason."""
        evening = self._frame.visitors.evening(request, who)
        causes = [c.id for c in evening.sheet.assessment.causes if c.level == "emergency"]
        problems = put_looked_at(self._frame, who, causes, form)
        if not problems:
            return see_other("/next")
        said = {name: form.word(name) for name in ("by", "on", "reason")}
        return self._frame.rendered(request, "emergency.html", 422, **emergency_values(who, problems, said))


def put_looked_at(frame: Frame, who: Person, causes: list[str], form: Posted) -> tuple[str, ...]:
    """Keep that a clinician looked at *causes*, each by itself; return what is missing, and then nothing is kept."""
    on = form.day("on")
    if on is None:
        return ("on which day did they look at it?",)
    now: datetime = now_here()
    try:
        for cause in causes:
            clearance = Clearance(cause, form.word("by"), on, form.word("reason"))
            answering.put_clearance(frame.visitors.records, who.id, clearance, now)
    except ProblemsError as error:
        return tuple(f"{p.says}{f': {p.hint}' if p.hint else ''}" for p in error.problems)
    return ()


def questions_asked(sheet: Sheet) -> tuple[str, ...]:
    """Return the ids of the set that is asked now, in order."""
    here = [q.id for q in questions_of(rulebook().questions, sheet.extent, sheet.scene.body.conditions)]
    return tuple(dict.fromkeys((*here, *(asked.question.id for asked in sheet.questions))))


def then_of(said: str) -> str:
    """Return what comes after the last question: a session, a break at the desk, or, empty, whatever is next."""
    return said if said in AFTER else ""


def every_of(said: str) -> str:
    """Return why every question is asked once more: because somebody wants it, or fell; empty for not so."""
    return said if said in BECAUSE else ""


def every_id(sheet: Sheet) -> tuple[str, ...]:
    """Return the ids of all questions for whoever it is."""
    return tuple(q.id for q in questions_of(rulebook().questions, "full", sheet.scene.body.conditions))
