"""The safety questions, one at a time; the emergency message; and who has looked at what an answer raised."""

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app import answering
from uncrick.app.answering import Clearance, Said
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
        evening = self._frame.visitors.evening(request, who)
        again = rulebook().questions.get(request.query_params.get("again", ""))
        asked = Asked(again, plainer=False) if again is not None else next(iter(evening.sheet.questions), None)
        if asked is None:
            return see_other("/session" if request.query_params.get("then") == "session" else "/next")
        asked_all = questions_asked(evening.sheet)
        n = max(1, len(asked_all) - len(evening.sheet.questions) + (0 if again else 1))
        return self._frame.page(
            request,
            "question.html",
            n=min(n, len(asked_all)),
            of=len(asked_all),
            because="One answer again." if again else evening.because,
            asked=asked,
            sources=source_sentences(asked.question.source),
            before=question_before(asked_all, asked.question.id),
            then=then_of(request.query_params.get("then", "")),
        )

    def answered(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep an answer, with its wording and time; then the next question."""
        question = rulebook().questions.get(form.word("question"))
        said = SAID.get(form.word("said"))
        if question is None or said is None or (said == "skipped" and not question.may_skip):
            return see_other("/questions")
        plainer = form.word("plainer") == "yes"
        answer = answering.answer_now(question.id, said, now_here(), plainer=plainer)
        answering.put_answer(self._frame.visitors.records, who.id, answer)
        return see_other(f"/questions?then={then_of(form.word('then'))}")

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
    """Return where to go after the last question: to the session, or, empty, to what comes next."""
    return "session" if said == "session" else ""


def question_before(asked: tuple[str, ...], question: str) -> str:
    """Return the question before *question* in the set, empty for the first one."""
    at = asked.index(question) if question in asked else 0
    return asked[at - 1] if at > 0 else ""
