"""The settings page: the person, their PIN, their answers, the people at home, and where the records are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app import answering
from uncrick.app.people import Person, change_settings, check_pin, rename_person, set_pin
from uncrick.app.screening import rulebook
from uncrick.app.session import Book
from uncrick.app.shelf import props, source_sentences
from uncrick.care.screening import Answer, Question, latest
from uncrick.errors import ProblemsError
from uncrick.report.plan_sheet import day_words
from uncrick.web.frame import Frame, see_other
from uncrick.web.people import pin_says
from uncrick.web.posted import Posted
from uncrick.web.posting import post

SAID = {"yes": "yes", "no": "no", "not_sure": "not sure", "skipped": "skipped"}
KEPT = {"kept": "Kept.", "pin": "The PIN is changed.", "no-pin": "Your pages ask for no PIN any more."}


class SettingsPages:
    """The pages below /settings, but for taking records out."""

    def __init__(self, frame: Frame, book: Book) -> None:
        self._frame = frame
        self._book = book

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        frame = self._frame
        return [
            Route("/settings", self.page),
            post(frame, "/settings", self.keep),
            post(frame, "/settings/pin", self.pin),
            Route("/settings/answers", self.answers),
        ]

    def page(self, request: Request) -> Response:
        """Show the settings; where the records cannot be opened, those of this device and why."""
        return self.shown(request, (), KEPT.get(request.query_params.get("done", ""), ""))

    def shown(self, request: Request, problems: tuple[str, ...], told: str = "", status: int = 200) -> Response:
        """Show the settings with what is to be told."""
        visitors = self._frame.visitors
        values: dict[str, object] = {"problems": problems, "told": told, "where_says": self._frame.trouble}
        if visitors.database is None:
            return self._frame.page(request, "settings.html", 200, **values)
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        values = values | {
            "numbers": numbers(),
            "props": list(props(self._book, self._book.words.equipment)),
            "has_props": who.settings.props or (),
            "n_answers": len(answering.answers(visitors.records, who.id)),
            "n_conditions": len(answering.conditions(visitors.records, who.id)),
            "first_question": next(iter(rulebook().questions)),
            "n_people": len(visitors.everybody()),
            "where_says": f"They are kept in {visitors.records.where}. Nothing is sent anywhere.",
        }
        return self._frame.page(request, "settings.html", status, **values)

    def keep(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep what somebody set for themselves."""
        settings = replace(
            who.settings,
            emergency_number=form.word("emergency_number")[:40],
            rises_at=form.word("rises_at"),
            props=tuple(p for p in self._book.words.equipment if p in form.all("prop")),
        )
        records = self._frame.visitors.records
        try:
            change_settings(records, who.id, settings)
            if form.word("name") != who.name:
                rename_person(records, who.id, form.word("name"))
        except ProblemsError as error:
            return self.shown(request, tuple(map(str, error.problems)), status=422)
        return see_other("/settings?done=kept")

    def pin(self, request: Request, who: Person, form: Posted) -> Response:
        """Set, change or take away the PIN; the old one is asked for first."""
        records = self._frame.visitors.records
        if who.pin_hash:
            check = check_pin(records, who.id, form.word("old"), datetime.now(UTC))
            if not check.fits:
                return self.shown(request, (pin_says(check),), status=403)
        try:
            changed = set_pin(records, who.id, form.word("new"))
        except ProblemsError as error:
            return self.shown(request, tuple(map(str, error.problems)), status=422)
        done = "pin" if changed.pin_hash else "no-pin"
        return self._frame.visitors.remember(see_other(f"/settings?done={done}"), changed)

    def answers(self, request: Request) -> Response:
        """Show the last answer to each question, with its wording and time."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        kept = latest(answering.answers(self._frame.visitors.records, who.id))
        questions = rulebook().questions
        shown = [_answer_shown(questions[id_], kept[id_]) for id_ in questions if id_ in kept]
        return self._frame.page(request, "answers.html", answers=shown)


def _answer_shown(question: Question, answer: Answer) -> Mapping[str, object]:
    at = answer.at.astimezone()
    return {
        "id": question.id,
        "text": question.text,
        "said": SAID[answer.said],
        "plainer": answer.plainer,
        "when": f"{day_words(at.date())}, {at:%H:%M}",
        "wording": answer.wording,
        "why": question.why,
        "sources": source_sentences(question.source),
    }


def numbers() -> tuple[str, ...]:
    """Return emergency numbers to choose from; none is assumed."""
    return tuple(number for country, number in rulebook().emergency_numbers.items() if country != "default")
