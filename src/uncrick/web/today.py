"""Today: tonight's sheet with its reasons, the morning to rate, the questions that are due, and the way to start."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app.evening import EveningSheet
from uncrick.app.people import Person
from uncrick.app.reason_words import reason_told
from uncrick.app.recording import rate_morning
from uncrick.app.screening import rulebook
from uncrick.app.session import Book
from uncrick.app.whose import wishes_of
from uncrick.plan.record import WEEKDAYS
from uncrick.report.plan_sheet import DAYS, day_words
from uncrick.report.words import n_words, title
from uncrick.web.evening_view import causes_shown, items_shown, left_shown, minutes_of
from uncrick.web.frame import Frame, see_other
from uncrick.web.posted import Posted
from uncrick.web.posting import post
from uncrick.web.questions import put_looked_at
from uncrick.web.visitor import now_here

DONE: Final = {
    "morning": "Kept. How the morning was counts in what the plan asks next.",
    "looked-at": "Kept, by name, day and reason.",
    "urge": "Kept.",
}
"""What is told after a form."""


class TodayPage:
    """The pages at /today."""

    def __init__(self, frame: Frame, book: Book) -> None:
        self._frame = frame
        self._book = book

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        frame = self._frame
        return [
            Route("/today", self.page),
            post(frame, "/today/morning", self.morning),
            post(frame, "/today/looked-at", self.looked_at),
        ]

    def page(self, request: Request) -> Response:
        """Show tonight's sheet."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        return self._shown(request, who, (), DONE.get(request.query_params.get("done", ""), ""))

    def morning(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep how the morning after was."""
        level = form.number("pain", 0, 10)
        if level is None:
            return see_other("/today")
        settled = {"yes": True, "no": False}.get(form.word("settled"))
        rate_morning(self._frame.visitors.records, who.id, level, now_here(), settled)
        return see_other("/today?done=morning")

    def looked_at(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep that a clinician looked at one cause."""
        causes = [c.id for c in self._frame.visitors.evening(request, who).sheet.assessment.causes]
        asked = [c for c in causes if c == form.word("cause")]
        problems = put_looked_at(self._frame, who, asked, form) if asked else ("that is not on the list any more",)
        return self._shown(request, who, problems) if problems else see_other("/today?done=looked-at")

    def _shown(self, request: Request, who: Person, problems: tuple[str, ...], told: str = "") -> Response:
        evening = self._frame.visitors.evening(request, who)
        sheet, book = evening.sheet, self._book
        items, minutes = items_shown(book, sheet), minutes_of(book, wishes_of(evening))
        values: dict[str, object] = {
            "day": f"{DAYS[WEEKDAYS[sheet.on.weekday()]]} {day_words(sheet.on)}",
            "title": "Tonight" if now_here().hour >= 17 or now_here().hour < 4 else "Today",
            "lead": lead_of(evening),
            "told": told,
            "problems": problems,
            "refused": evening.refused,
            "advice": [reason_told(reason) for reason in sheet.advice],
            "mornings": mornings_shown(evening),
            "settling": settling_shown(evening),
            "items": items,
            "minutes": minutes,
            "reasons": [reason_told(reason) for reason in sheet.tonight.reasons],
            "nothing": evening.message if sheet.assessment.level == "clinician" else "Nothing tonight. Rest counts.",
            "left_out": left_shown(book, sheet),
            "start": start_of(evening),
            "pop": sheet.assessment.may_begin,
            "level": sheet.assessment.level,
            "level_says": evening.message,
            "causes": causes_shown(sheet),
            "today": date.today().isoformat(),
            "plan": plan_shown(evening),
        }
        return self._frame.page(request, "today.html", 422 if problems else 200, **values)


def lead_of(evening: EveningSheet) -> str:
    """Return what the evening is, in a sentence."""
    if evening.plan is None:
        return "You have no plan yet. The four stretches of the article stand in for one; nothing of them gets harder."
    days = evening.sheet.n_days
    in_a_row = f" {title(n_words(days, 'day'))} in a row; rest and stops do not break it." if days > 1 else ""
    return f"From your plan.{in_a_row}"


def start_of(evening: EveningSheet) -> Mapping[str, str]:
    """Return how to start now, or why not."""
    sheet = evening.sheet
    n = len(sheet.questions)
    if n:
        says = f"{n_words(n, 'question')} first. {evening.because}"
        return {"title": "First the questions", "says": says, "href": "/questions?then=session", "word": "Answer"}
    if not sheet.tonight.items:
        says = "There is nothing to start. A walk at your own pace, or rest."
        return {"title": "Not now", "says": says, "href": "", "word": ""}
    if sheet.done:
        says = "You have been here today. Doing it again is up to you; the limits of the day hold."
        return {"title": "Done today", "says": says, "href": "/session", "word": "Again"}
    says = "The questions are answered. A mild stretch is fine; pain is not."
    return {"title": "Ready?", "says": says, "href": "/session", "word": "Start"}


def mornings_shown(evening: EveningSheet) -> list[Mapping[str, str]]:
    """Return the mornings that are to be rated now, with what they are compared with."""
    before = evening.sheet.compared_with
    against = "nothing yet: no rating from before" if before is None else f"{before}, as it was before the session"
    return [
        {"says": "How was this morning?", "on": on.isoformat(), "baseline_says": against}
        for on in evening.sheet.mornings
    ]


def settling_shown(evening: EveningSheet) -> Mapping[str, str] | None:
    """Return what is to be asked of pain that had hours to settle, None where nothing waits for it."""
    settling = evening.sheet.settling
    if settling is None:
        return None
    rule = rulebook().pain_rules[evening.in_force.pain_rule]
    return {
        "says": f"Yesterday it rose to {settling.rose_to}. Was it back to what it was before the session within "
        f"{settling.within_h:g} hours?",
        "no": f"Not within {settling.within_h:g} hours, or not yet",
        "then": f"Until it has settled, {n_words(rule.rest_days, 'day')} of rest, and the newest step goes back. Your "
        "physical therapist chose this rule.",
        "morning": "" if settling.morning is None else str(settling.morning),
        "said": "" if settling.settled is None else "You said: not yet. ",
    }


def plan_shown(evening: EveningSheet) -> Mapping[str, str] | None:
    """Return which plan it is, and who made it; None where there is none."""
    if evening.plan is None:
        return None
    plan = evening.in_force
    by = "Made from your answers" if plan.author == "person" else f"Written by {plan.written_by}"
    return {"title": plan.title, "made": f"{by}, {day_words(plan.written_on)}."}
