"""The past as sums is the same on every database, by the day and by the week."""

from datetime import date, timedelta

import pytest

from tests.app.test_history import at
from tests.store.samples import a_person
from uncrick.care.pain import PainRecord
from uncrick.coach.record import HoldRecord, HurtRecord, PopRecord, SessionRecord, SetRecord, StopRecord
from uncrick.store.pain import save_pain
from uncrick.store.past import (
    Window,
    load_begun,
    load_first_day,
    load_held,
    load_hurts,
    load_popped,
    load_ratings,
    load_session_days,
    load_stopped,
    load_tried,
)
from uncrick.store.people import save_person
from uncrick.store.sessions import save_session

MONDAY = date(2026, 11, 23)


@pytest.fixture
def lived(db):
    """Somebody with a session on the Monday and the Sunday of one week, and one on the next Monday."""
    sets = (SetRecord(0, 0, "cat_cow", "", 4, 3, 5.0, "done", "", True, True),)
    holds = (
        HoldRecord(0, 0, "left", 4.0, 5.0, True, True, 30.0, "trunk_rotation", "deg"),
        HoldRecord(0, 1, "left", 6.0, 5.0, True, True, 40.0, "trunk_rotation", "deg"),
        HoldRecord(0, 2, "right", 5.0, 5.0, False, True),
    )
    stops = (StopRecord(0, 0, 4.0, "cat_cow", "abrupt", "left", "camera"),)
    hurts = (HurtRecord(0, 0, 4.0, "cat_cow", "", "hold", "low back", 4, ("stop_pain",), "stop_exercise"),)
    pops = (PopRecord(0, 0, 5.0, "cat_cow", False),)
    with db.writing() as c:
        save_person(c, a_person())
        for n, days in enumerate((0, 6, 7)):
            on = MONDAY + timedelta(days=days)
            session = SessionRecord(
                f"s{n}", "kim", "", "session", at(on), at(on, 20), on, 0, "finished", "done", 3 + n, None, "", "",
                "both", sets, holds, stops, hurts, pops,
            )  # fmt: skip
            save_session(c, session)
            save_pain(c, "kim", PainRecord(f"p{n}", at(on, 8), on, "next_morning", n))
    return db


def test_sums_by_the_week_begin_on_monday(lived):
    """Two days of one week come together under its Monday; the next Monday begins another."""
    window = Window("kim", MONDAY, MONDAY + timedelta(days=20), "week")
    next_ = MONDAY + timedelta(days=7)

    with lived.reading() as c:
        rated, held = load_ratings(c, window), load_held(c, window)
        tried, begun = load_tried(c, window), load_begun(c, window)
        days, first = load_session_days(c, window), load_first_day(c, "kim")

    assert [tuple(r) for r in rated] == [
        (MONDAY, "before", 2, 7, 3, 4), (MONDAY, "next_morning", 2, 1, 0, 1),
        (next_, "before", 1, 5, 5, 5), (next_, "next_morning", 1, 2, 2, 2),
    ]  # fmt: skip
    left = next(h for h in held if h[0] == MONDAY and h[2] == "left")
    assert left[3:] == (True, "trunk_rotation", "deg", 4, 20.0, 20.0, 4, 140.0, 30.0, 40.0)
    right = next(h for h in held if h[0] == next_ and h[2] == "right")
    assert right[6:] == (1, 5.0, 5.0, 0, None, None, None)
    assert [tuple(t) for t in tried] == [("cat_cow", "done", "", 3, 12, 9, 3)]
    assert begun == {"cat_cow": 3}
    assert [n for _, n in days] == [1, 1, 1]
    assert first == MONDAY


def test_single_facts_come_in_the_order_of_time(lived):
    """Stops, pain and pops come one by one, with their day; of somebody else there is nothing."""
    window = Window("kim", MONDAY, MONDAY + timedelta(days=6), "day")

    with lived.reading() as c:
        stopped, hurts, popped = load_stopped(c, window), load_hurts(c, window), load_popped(c, window)
        nobody = load_tried(c, replace_person(window, "lee"))

    assert [s[0] for s in stopped] == [MONDAY, MONDAY + timedelta(days=6)]
    assert stopped[0][1:] == ("cat_cow", "abrupt", "left", "camera")
    assert [tuple(hurts[0][1:4]), list(hurts[0][4])] == [("cat_cow", 4, "low back"), ["stop_pain"]]
    assert [p[1:] for p in popped] == [("cat_cow", False)] * 2
    assert nobody == ()


def replace_person(window: Window, person: str) -> Window:
    return Window(person, window.first, window.last, window.by)
