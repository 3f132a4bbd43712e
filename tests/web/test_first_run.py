"""A first run without a script: what brings you here, the questions, conditions, a plan, a first stretch."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from tests.web.pages import Visitor, n_questions, words_of
from uncrick.app import answering, plans
from uncrick.app.people import people
from uncrick.app.screening import rulebook

EMERGENCY = "ces_saddle"


@pytest.fixture
def visitor(tmp_path):
    """Somebody for whom nothing was kept yet."""
    return Visitor(tmp_path)


def test_the_front_page_of_somebody_new_asks_what_brings_them(visitor):
    """Who opens the link for the first time is asked what brings them here, and for no account."""
    page = words_of(visitor.get("/"))

    assert "What brings you here?" in page
    assert "No account, no e-mail" in page


def test_a_first_run_leads_from_the_link_to_a_plan_and_a_first_stretch(visitor):
    """Stiff, no warning sign, no condition: every question once, then a plan, then a minute and a half of it."""
    first = visitor.begin()
    n = visitor.answer_all()
    conditions = visitor.get("/next")
    visitor.post("/conditions", {"none": "yes"})
    choose = visitor.get("/next")
    stretch = visitor.make_plan()

    assert "Question 1 of" in words_of(first.text)
    assert n == n_questions()
    assert "any of these?" in conditions
    assert "A plan from your answers" in choose
    assert "A first stretch" in stretch.text
    assert 'href="/session?of=first"' in stretch.text
    assert "Ready?" in visitor.get("/")
    kept = answering.answers(visitor.db, people(visitor.db)[0].id)
    assert {a.wording for a in kept} == {rulebook().wording}


def test_every_question_says_why_it_is_asked_and_who_says_so(visitor):
    """Beside each question stand its reason and its sources, as the rulebook has them."""
    visitor.begin()
    questions = rulebook().questions

    for id_, question in questions.items():
        page = words_of(visitor.get(f"/questions?again={id_}"))
        assert question.text in page
        assert f"Why we ask. {question.why}" in page
        assert all(rulebook().sources[key].says in page for key in question.source)


def test_not_sure_is_asked_once_more_in_plainer_words(visitor):
    """Not sure leads to the plainer words of the same question, and says that not sure again counts as yes."""
    visitor.begin()
    id_, question = next(iter(rulebook().questions.items()))

    page = words_of(visitor.post("/questions", {"question": id_, "plainer": "no", "said": "not_sure"}).text)

    assert question.plainer in page
    assert "If you are still not sure, it counts as yes" in page


def test_whom_it_hurts_says_how_much_first_and_is_not_asked_twice(visitor):
    """Pain at rest is rated before the questions, kept, and answers the question about strong pain."""
    page = visitor.begin(brings="hurts")
    visitor.post("/begin/pain", {"pain": "8"})
    who = people(visitor.db)[0]

    assert "How much does it hurt right now" in page.text
    said = {a.question: a.said for a in answering.answers(visitor.db, who.id)}
    assert said == {"severe_now": "yes"}
    assert visitor.answer_all() == n_questions() - 1


def everywhere(visitor) -> dict[str, str]:
    """Return what is read on every page of the frame, and the session."""
    paths = (
        "/", "/next", "/today", "/library", "/library/chair_spinal_twist", "/help", "/settings", "/settings/answers",
        "/questions", "/conditions", "/begin/plan", "/begin/first", "/session", "/explain", "/plan", "/history",
        "/urge", "/plan/write", "/desk",
    )  # fmt: skip
    there = {getattr(route, "path", "") for route in visitor.client.app.routes} | {"/library/chair_spinal_twist"}
    return {path: words_of(visitor.get(path)) for path in paths if path in there}


@pytest.mark.parametrize("when", ["first", "later"])
def test_an_emergency_answer_is_every_page_until_somebody_looked_at_it(visitor, when):
    """Whenever it is named, its message stands alone on every page, with the person's own number; nothing else."""
    if when == "later":
        visitor.arrive()
    else:
        visitor.begin()
    visitor.post("/questions", {"question": EMERGENCY, "plainer": "no", "said": "yes"})

    pages = everywhere(visitor)

    assert len(pages) >= 14
    for path, page in pages.items():
        assert "Call 112 or go to an emergency department now." in page, path
        assert not any(word in page.lower() for word in ("library", "stretch", "tonight", "start", "plan ")), path


def test_the_message_goes_only_by_name_day_and_reason(visitor):
    """Without a name, a reason or a day the message stays; with all three it goes, and all three are kept."""
    visitor.arrive()
    visitor.post("/questions", {"question": EMERGENCY, "plainer": "no", "said": "yes"})
    today = date.today()
    for missing in ("by", "on", "reason"):
        said = {"by": "Dr. Lee, GP", "on": today.isoformat(), "reason": "examined, nothing found"} | {missing: ""}
        assert visitor.post("/emergency", said).status_code == 422
    tomorrow = visitor.post("/emergency", {"by": "Lee", "on": (today + timedelta(1)).isoformat(), "reason": "seen"})
    still = visitor.get("/today")

    visitor.post("/emergency", {"by": "Dr. Lee, GP", "on": today.isoformat(), "reason": "examined"})

    kept = answering.clearances(visitor.db, people(visitor.db)[0].id)
    assert tomorrow.status_code == 422
    assert "Call 112" in still
    assert "Call 112" not in visitor.get("/today")
    assert [(c.clearance.cause, c.clearance.by, c.clearance.reason) for c in kept] == [
        (EMERGENCY, "Dr. Lee, GP", "examined")
    ]


def test_a_no_afterwards_does_not_take_the_message_away(visitor):
    """Once named, an emergency is not un-named by answering the same question with no."""
    visitor.arrive()
    visitor.post("/questions", {"question": EMERGENCY, "plainer": "no", "said": "yes"})

    visitor.post("/questions", {"question": EMERGENCY, "plainer": "no", "said": "no"})

    assert "Call 112" in visitor.get("/today")


def test_a_condition_leaves_out_its_exercises_and_says_why(visitor):
    """Somebody with thin bones gets a plan and a sheet without what the condition excludes, each with its rule."""
    visitor.arrive(conditions=("osteoporosis",))
    today = words_of(visitor.get("/today"))
    kept = plans.current_plan(visitor.db, people(visitor.db)[0].id)

    assert kept is not None
    assert "Osteoporosis or osteopenia (thin bones)" in today
    assert "Rocking Floor Stretch" not in today
    assert "What would undo it." in today


def test_words_that_no_rule_knows_lead_to_a_clinician(visitor):
    """A condition in one's own words is kept, and asks for a clinician first."""
    visitor.begin()
    visitor.answer_all()
    visitor.post("/conditions", {"other": "a thing with my third rib"})
    who = people(visitor.db)[0]

    kept = answering.conditions(visitor.db, who.id)

    assert [c.words for c in kept] == ["a thing with my third rib"]
    assert "Please talk to a doctor or physical therapist" in words_of(visitor.get("/begin/plan"))


def test_after_a_fall_every_question_is_asked_once_more(tmp_path):
    """From Settings all questions come again, one after the other, not sure in plainer words; then the day goes on."""
    visitor = Visitor(tmp_path)
    visitor.arrive()
    who = people(visitor.db)[0]
    n_before = len(answering.answers(visitor.db, who.id))
    page = visitor.get("/settings")
    path = unescape(re.search(r'href="(/questions[^"]*all=fell)"', page)[1])
    seen, text = [], visitor.get(path)
    while found := re.search(r'name="question" value="(\w+)"', text):
        plainer = "yes" if 'name="plainer" value="yes"' in text else "no"
        said = "not_sure" if found[1] == "weight_loss" and plainer == "no" else "no"
        seen.append((found[1], plainer))
        text = visitor.post("/questions", {"question": found[1], "plainer": plainer, "said": said, "all": "fell"}).text

    assert "because you fell" in words_of(visitor.get(path))
    assert [id_ for id_, plainer in seen if plainer == "no"] == [
        q.id for q in rulebook().questions.values() if not q.applies_with
    ]
    assert ("weight_loss", "yes") in seen
    assert "From your plan" in words_of(text)
    assert len(answering.answers(visitor.db, who.id)) > n_before
