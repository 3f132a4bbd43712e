"""First run, in order: what brings you here, warning signs, conditions, a plan from answers, a first stretch."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from uncrick.app import answering, plans
from uncrick.app.evening import EveningSheet
from uncrick.app.people import Person, Settings, change_settings, new_person
from uncrick.app.plans import Wish
from uncrick.app.screening import rulebook
from uncrick.app.session import Book
from uncrick.app.shelf import props
from uncrick.errors import ProblemsError
from uncrick.plan.programme import Part, Place
from uncrick.web.frame import Frame, see_other
from uncrick.web.minute import FIRST_S, minute_of, parts_shown, swap_wishes
from uncrick.web.posted import Posted
from uncrick.web.posting import post, post_anybody
from uncrick.web.visitor import now_here

BRINGS: Final = ("stiff", "hurts", "plan")
MINUTES: Final = (2, 5, 8, 12)
AT_HAND: Final = ("chair", "wall", "doorway", "mat", "pillow", "strap")
"""Props that, or whose substitutes, are in most homes; ticked beforehand. Our default."""

SEVERE: Final = "severe_now"
"""The question that the rating of pain at rest answers."""


class FirstRun:
    """The pages of a first run. What comes next is read from the records, so it can be left and gone on with."""

    def __init__(self, frame: Frame, book: Book) -> None:
        self._frame = frame
        self._book = book

    def routes(self) -> list[BaseRoute]:
        """Return where the pages are."""
        frame = self._frame
        return [
            Route("/next", self.next),
            Route("/begin", self.brings),
            post_anybody(frame, "/begin", self.brought),
            Route("/begin/pain", self.pain),
            post(frame, "/begin/pain", self.rated),
            Route("/conditions", self.conditions),
            post(frame, "/conditions", self.told),
            Route("/begin/plan", self.wish),
            post(frame, "/begin/plan", self.wished),
            Route("/begin/first", self.first),
        ]

    def next(self, request: Request) -> Response:
        """Go to what is still missing before a first evening, or to Today."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        return see_other(next_step(who, self._frame.visitors.evening(request, who)))

    def brings(self, request: Request) -> Response:
        """Ask what brings somebody here, and what to call them."""
        refused = self._frame.refusal(request)
        if refused is not None:
            return refused
        if self._frame.visitors.database is None:
            return self._frame.rendered(request, "trouble.html", 503)
        return self._begin(request, {"brings": "", "name": "", "emergency_number": ""}, ())

    def brought(self, request: Request, form: Posted) -> Response:
        """Keep somebody new; then the questions. Nobody gets round an emergency message by a new name."""
        refused = self._frame.refusal(request)
        if refused is not None:
            return refused
        visitors = self._frame.visitors
        if visitors.database is None:
            return self._frame.rendered(request, "trouble.html", 503)
        said = {name: form.word(name) for name in ("brings", "name", "emergency_number")}
        brings = said["brings"] if said["brings"] in BRINGS else "stiff"
        settings = Settings(emergency_number=said["emergency_number"][:40], choices={"brings": brings})
        try:
            who = new_person(visitors.database, said["name"] or "Me", settings)
        except ProblemsError as error:
            return self._begin(request, said, tuple(map(str, error.problems)))
        return visitors.remember(see_other("/next"), who)

    def pain(self, request: Request) -> Response:
        """Ask how much it hurts now."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        rules = rulebook()
        return self._frame.page(request, "pain_now.html", limit=rules.pain_rules[rules.default_pain_rule].rest_limit)

    def rated(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep the rating; it answers the question about strong pain at rest, which is not asked twice."""
        level = form.number("pain", 0, 10)
        if level is None:
            return see_other("/begin/pain")
        records, rules, now = self._frame.visitors.records, rulebook(), now_here()
        answering.put_pain(records, who.id, "rest", level, now)
        if SEVERE in rules.questions:
            strong = level >= rules.asking.full_at_pain
            answering.put_answer(records, who.id, answering.answer_now(SEVERE, "yes" if strong else "no", now))
        self._choose(who, {"pain": "rated"})
        return see_other("/next")

    def conditions(self, request: Request) -> Response:
        """Ask for conditions."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        has = answering.conditions(self._frame.visitors.records, who.id)
        return self._frame.page(
            request,
            "conditions.html",
            first=who.settings.choices.get("conditions") != "asked",
            conditions=list(rulebook().conditions.values()),
            has=[one.condition for one in has if one.condition],
            other="\n".join(one.words for one in has if not one.condition),
        )

    def told(self, request: Request, who: Person, form: Posted) -> Response:
        """Keep the conditions that were ticked, and those in somebody's own words."""
        none = form.word("none") == "yes"
        ids = () if none else tuple(c for c in form.all("condition") if c in rulebook().conditions)
        other = () if none else tuple(line for line in form.word("other")[:400].splitlines() if line.strip())
        answering.put_conditions(self._frame.visitors.records, who.id, ids, other, now_here().date())
        first = who.settings.choices.get("conditions") != "asked"
        self._choose(who, {"conditions": "asked"})
        return see_other("/next" if first else "/settings?done=kept")

    def wish(self, request: Request) -> Response:
        """Ask what the plan shall be for."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        at_hand = AT_HAND if who.settings.props is None else who.settings.props
        said = {"part": "lower", "minutes": 8, "place": "floor", "props": at_hand}
        return self._choices(request, who, said, ())

    def wished(self, request: Request, who: Person, form: Posted) -> Response:
        """Make and keep the plan, without what conditions and missing props leave out."""
        at_hand = tuple(p for p in self._book.words.equipment if p in form.all("prop"))
        part: Part = "upper" if form.word("part") == "upper" else "lower"
        place: Place = "chair" if form.word("place") == "chair" else "floor"
        minutes = form.number("minutes", 1, 60) or 8
        records = self._frame.visitors.records
        change_settings(records, who.id, replace(who.settings, props=at_hand))
        try:
            plans.made_plan(records, who.id, who.name, Wish(part, minutes, place), at_hand)
        except ProblemsError as error:
            said = {"part": part, "minutes": minutes, "place": place, "props": at_hand}
            told = tuple(f"{p.says}{f': {p.hint}' if p.hint else ''}" for p in error.problems)
            return self._choices(request, who, said, told)
        first = who.settings.choices.get("first") != "offered"
        if first:
            self._choose(who, {"first": "offered"}, props=at_hand)
        return see_other("/begin/first" if first else "/plan")

    def first(self, request: Request) -> Response:
        """Offer the first stretch: a minute and a half of tonight's sheet, without a camera."""
        who = self._frame.enter(request)
        if isinstance(who, Response):
            return who
        evening = self._frame.visitors.evening(request, who)
        wishes = swap_wishes(minute_of(self._book, evening, FIRST_S), evening)
        return self._frame.page(
            request, "first.html", plan=evening.in_force.title, parts=parts_shown(self._book, wishes, evening),
            nothing=evening.message,
        )  # fmt: skip

    def _begin(self, request: Request, said: Mapping[str, str], problems: tuple[str, ...]) -> Response:
        values: dict[str, object] = {
            "said": said,
            "problems": problems,
            "numbers": [n for place, n in rulebook().emergency_numbers.items() if place != "default"],
            "people": self._frame.visitors.everybody(),
        }
        return self._frame.rendered(request, "begin.html", 422 if problems else 200, **values)

    def _choices(
        self, request: Request, who: Person, said: Mapping[str, object], problems: tuple[str, ...]
    ) -> Response:
        evening = self._frame.visitors.evening(request, who)
        values: dict[str, object] = {
            "first": evening.plan is None,
            "problems": problems,
            "level": evening.sheet.assessment.level,
            "message": evening.message,
            "said": said,
            "minutes_offered": MINUTES,
            "props": list(props(self._book, self._book.words.equipment)),
        }
        return self._frame.page(request, "choose.html", 422 if problems else 200, **values)

    def _choose(self, who: Person, choices: Mapping[str, str], props: tuple[str, ...] | None = None) -> None:
        """Keep what somebody has come past on their first run."""
        settings = replace(who.settings, choices={**who.settings.choices, **choices})
        settings = replace(settings, props=props) if props is not None else settings
        change_settings(self._frame.visitors.records, who.id, settings)


def next_step(who: Person, evening: EveningSheet) -> str:
    """Return the page that comes next: what is still missing before a first evening, or Today."""
    choices = who.settings.choices
    if choices.get("brings") == "hurts" and choices.get("pain") != "rated":
        return "/begin/pain"
    first = choices.get("conditions") != "asked"
    if evening.sheet.questions and (first or evening.plan is None):
        return "/questions"
    if first:
        return "/conditions"
    if evening.plan is None:
        return "/plan" if choices.get("brings") == "plan" else "/begin/plan"
    return "/today"
