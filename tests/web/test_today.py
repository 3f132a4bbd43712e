"""Today, the urge and the session's sheet, without a script: what is shown, why, and what is kept."""

import html
import json
import re
from datetime import timedelta

import pytest

from tests.app.lives import evening, keep, under_traffic_light
from tests.web.pages import Visitor, words_of
from uncrick.app import plans, urge
from uncrick.app.evening import evening_of
from uncrick.app.people import people
from uncrick.app.session import open_book
from uncrick.app.whose import local_now
from uncrick.care.urge import Swap, Urge
from uncrick.web.evening_view import limits_of


@pytest.fixture
def visitor(tmp_path):
    """Somebody with a plan, who answered every question today."""
    someone = Visitor(tmp_path)
    someone.arrive()
    return someone


def who(visitor):
    return people(visitor.db)[0]


def test_every_exercise_of_the_sheet_is_there_with_its_amount(visitor):
    """Each item of tonight's sheet has its picture, its name and how much; nothing else is called tonight's."""
    page = visitor.get("/today")
    sheet = evening_of(visitor.db, who(visitor).id, local_now()).sheet

    portions = page[page.index('class="evening"') :]
    assert len(sheet.tonight.items) >= 3
    for item in sheet.tonight.items:
        assert f'href="/library/{item.amount.exercise}"' in portions
        assert f'src="/figures/{item.amount.exercise}.webp"' in portions or item.amount.exercise == "walking"
    assert portions.count('class="portion"') == len(sheet.tonight.items)


def test_what_is_left_out_says_its_rule_and_what_would_undo_it(tmp_path):
    """A condition that comes after the plan moves exercises to Not tonight, each with rule, numbers and undoing."""
    visitor = Visitor(tmp_path)
    visitor.arrive()
    visitor.post("/conditions", {"condition": ["cannot_floor"], "other": ""})

    page = words_of(visitor.get("/today"))

    assert "Not tonight" in page
    assert "Left out for you, by cannot get down to or up from the floor safely: floor transfer" in page
    assert "What would undo it. A physical therapist can relax a rule by name, date and reason." in page
    assert "Rule excluded" in page


def test_where_no_camera_can_tell_half_it_is_said():
    """Under caution the page says of a movement by hip or knee that the clock counts it; of a turn it does not."""
    book = open_book()
    said = {id_: list(limits_of(book, id_, 0.5, 0.85)) for id_ in ("glute_bridge", "chair_spinal_twist", "walking")}

    assert said["glute_bridge"][1:] == [
        "A camera cannot tell half of this one: what it does not count, the clock does."
    ]
    assert said["chair_spinal_twist"] == said["walking"]
    assert list(limits_of(book, "glute_bridge", 1.0, 1.0)) == []


def test_yesterdays_amber_is_asked_with_the_morning_and_changed_later(visitor, tmp_path):
    """The morning's form asks whether it settled; after not yet the page rests and asks again, after yes it goes on."""
    kept = under_traffic_light(visitor.db, who(visitor).id, tmp_path)
    began = local_now() - timedelta(days=1)
    offset = int(began.utcoffset().total_seconds()) // 60
    keep(visitor.db, evening(kept, 0, started_at=began, ended_at=began, utc_offset_min=offset, pain_after=5))

    page = words_of(visitor.get("/today"))
    visitor.post("/today/morning", {"pain": "3", "settled": "no"})
    not_yet = visitor.get("/today")
    visitor.post("/today/morning", {"pain": "3", "settled": "yes"})
    after = words_of(visitor.get("/today"))

    assert "How was this morning?" in page
    assert "Yesterday it rose to 5. Was it back to what it was before the session within 24 hours?" in page
    assert "A day of rest" in words_of(not_yet)
    assert "You said: not yet." in not_yet and 'name="pain" value="3"' in not_yet
    assert "settle" not in after and "A day of rest" not in after


def test_the_session_asks_for_tonights_sheet(visitor):
    """The session screen holds the sheet's exercises with their amounts, and not the four of the article."""
    page = visitor.get("/session")
    wishes = json.loads(html.unescape(re.search(r'data-wishes="([^"]*)"', page)[1]))
    sheet = evening_of(visitor.db, who(visitor).id, local_now()).sheet

    asked = [(i.amount.exercise, i.amount.reps, i.amount.hold_s, i.amount.sets) for i in sheet.tonight.items]
    assert [(w["exercise"], w["n_reps"], w["hold_s"], w["n_sets"]) for w in wishes] == asked


def test_a_session_waits_for_its_questions(tmp_path):
    """Without answers there is no session screen, only the next question."""
    visitor = Visitor(tmp_path)
    visitor.begin()

    page = words_of(visitor.get("/session"))

    assert "Question 1 of" in page
    assert "Start" not in page


def test_the_first_stretch_never_asks_for_more_than_tonight_does(tmp_path):
    """The first minute and a half keeps what a condition halved, in number and in depth."""
    visitor = Visitor(tmp_path)
    visitor.arrive(conditions=("osteoporosis",))
    page = visitor.get("/session?of=first")
    wishes = json.loads(html.unescape(re.search(r'data-wishes="([^"]*)"', page)[1]))
    items = evening_of(visitor.db, who(visitor).id, local_now()).sheet.tonight.items
    by_name = {item.amount.exercise: item for item in items}

    assert wishes
    for wish in wishes:
        item = by_name[wish["exercise"]]
        assert wish["n_reps"] <= item.amount.reps * item.amount.sets
        assert wish["hold_s"] <= item.amount.hold_s
        assert bool(wish["says"]) is (item.depth < 1)


def test_an_urge_is_kept_with_its_minute_and_the_urge_after(visitor):
    """Rated urge and stiffness lead to a minute from tonight's sheet; the urge after it is kept with them."""
    offered = visitor.post("/urge", {"urge": "8", "stiffness": "6"})
    kept = urge.urges(visitor.db, who(visitor).id)[0]

    visitor.post(f"/urge/{kept.id}", {"after": "3"})

    again = urge.urges(visitor.db, who(visitor).id)[0]
    assert kept.swap.parts
    assert all(f'href="/library/{id_}"' in offered.text for id_, _ in kept.swap.parts)
    assert f"/session?of=swap&amp;urge={kept.id}" in offered.text
    assert (again.urge.urge, again.urge.stiffness, again.urge.after) == (8, 6, 3)


def test_the_trend_of_the_urge_counts_no_pops(visitor):
    """The page shows the weeks' middle urge and its direction in words; how often anything popped is on no page."""
    now, id_ = local_now(), who(visitor).id
    for days, strength in ((20, 8), (19, 8), (18, 8), (2, 4), (1, 4), (0, 4)):
        urge.log_urge(visitor.db, id_, Urge(now - timedelta(days=days), strength, 5), Swap((), 0.0))

    page = words_of(visitor.get("/urge"))

    assert "The urge is getting weaker." in page
    assert "What pops is never counted here" in page


def test_an_urge_that_is_no_number_is_not_kept(visitor):
    """A rating that is missing or out of range is asked for again, and nothing is kept."""
    for said in ({}, {"urge": "11", "stiffness": "3"}, {"urge": "3"}, {"urge": "-1", "stiffness": "x"}):
        assert visitor.post("/urge", said).status_code == 422

    assert urge.urges(visitor.db, who(visitor).id) == ()


def test_a_plan_of_ones_own_can_be_made_anew(visitor):
    """A second wish makes a second plan, which then holds in the place of the first."""
    first = plans.current_plan(visitor.db, who(visitor).id)

    visitor.make_plan(part="upper", place="chair", minutes="2")

    second = plans.current_plan(visitor.db, who(visitor).id)
    assert second.id != first.id
    assert len(plans.plans(visitor.db, who(visitor).id)) == 2


def test_the_library_says_what_is_open_tonight_and_why_not(tmp_path):
    """An excluded exercise says its rule, an eased one that it is halved, an open one that it is open."""
    visitor = Visitor(tmp_path)
    visitor.arrive(conditions=("osteoporosis",))
    shut, half = words_of(visitor.get("/library/chair_spinal_twist")), words_of(visitor.get("/library/glute_bridge"))
    eased = words_of(visitor.get("/library/supine_trunk_rotation"))

    shelf = words_of(visitor.get("/library"))

    assert "Not tonight Left out for you, by osteoporosis or osteopenia (thin bones)" in shut
    assert "Open to you tonight" in half
    assert "Half as much and half as far for you" in eased
    assert "Not tonight" in shelf


def test_before_the_questions_are_answered_nothing_is_called_open(tmp_path):
    """Somebody whose questions are due is sent to them from the library, and no exercise is called open."""
    visitor = Visitor(tmp_path)
    visitor.begin()

    page = words_of(visitor.get("/library/glute_bridge"))

    assert "First tonight's questions" in page
    assert "Open to you" not in page
