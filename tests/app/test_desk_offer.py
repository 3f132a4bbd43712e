"""The offer at the desk from the records: the person's plan, today's answers and pain, by tonight's rules."""

from datetime import datetime

import pytest

from tests.app.desks import Clocks, begin
from tests.app.lives import all_no, say, somebody
from tests.app.test_live import Clock
from uncrick.app.answering import put_conditions, put_pain
from uncrick.app.desk_break import break_now, wishes_of
from uncrick.app.desk_offer import desk_person, offer_now
from uncrick.app.desk_settings import settings_changed
from uncrick.app.people import change_settings, new_person
from uncrick.app.records import open_records
from uncrick.app.sessions import Sessions
from uncrick.coach.person import Begun
from uncrick.coach.played import SetEnded, Sounded, Spoken, StageEntered
from uncrick.desk.asked import BreakBegan, BreakEnded
from uncrick.store.people import Settings


@pytest.fixture
def db(tmp_path):
    """Records in a file of their own."""
    opened = open_records(tmp_path / "uncrick.db")
    yield opened
    opened.close()


@pytest.fixture
def kim(db):
    """Somebody with a plan of two stretches who has answered everything an hour ago."""
    who, _ = somebody(db)
    all_no(db, who.id, datetime.now().astimezone())
    return who


def test_it_is_from_ones_own_plan(db, kim, tmp_path):
    """With a plan and answers the break is of the plan, at most what it asks, and says so."""
    found = break_now(tmp_path, db)

    assert found.parts and "From your plan" in found.why
    assert all(part.n_reps >= 1 for part in found.parts)


def test_the_break_of_the_page_is_the_break_that_is_played(db, kim, tmp_path):
    """What was offered is what the player asks for, once each, and stays so when pain before it is told."""
    sessions = Sessions(tmp_path, database=db)
    offered = break_now(tmp_path, db)
    id_ = sessions.new_id()

    live = sessions.begin(id_, wishes_of(offered), desk_person(db, tmp_path), kind="break")
    refused = sessions.may_begin(id_, 2)
    sessions.close()

    assert live is not None and refused is None
    assert tuple(s.exercise for s in live.program.sets) == offered.exercises
    assert live.whose.kind == "break"


def test_a_walk_of_ninety_seconds_is_played_as_one(db, kim, tmp_path):
    """A walk at the desk lasts as long as a break, not as long as the plan's."""
    put_pain(db, kim.id, "rest", 8, datetime.now().astimezone())
    sessions = Sessions(tmp_path, database=db)
    offered = break_now(tmp_path, db)

    live = sessions.begin(sessions.new_id(), wishes_of(offered), kim.id, kind="break")
    sessions.close()

    assert offered.exercises == ("walking",) and "your pain today" in offered.why
    assert live is not None and [(s.exercise, s.duration_s) for s in live.program.sets] == [("walking", 90.0)]


def test_nothing_is_offered_at_an_emergency_answer(db, kim, tmp_path):
    """An emergency answer leaves no offer at all, neither stretch nor walk."""
    say(db, kim.id, "ces_saddle", "yes", datetime.now().astimezone())

    assert offer_now(tmp_path, db) is None
    assert break_now(tmp_path, db).exercises == ()


def test_a_condition_leaves_out_what_it_excludes(db, kim, tmp_path):
    """What a condition excludes is not offered at the desk either."""
    put_conditions(db, kim.id, ("osteoporosis",), (), datetime.now().date())

    assert "chair_spinal_twist" not in break_now(tmp_path, db).exercises


def test_before_any_answer_it_is_a_walk(db, tmp_path):
    """Somebody new is offered a walk until the questions are answered."""
    new_person(db, "Ann")

    found = break_now(tmp_path, db)

    assert found.exercises == ("walking",) and "not answered yet" in found.why


def test_after_a_break_that_hurt_it_is_a_walk_until_tomorrow(db, kim, tmp_path):
    """A break that pain ended leaves walking for the rest of the day."""
    desk = begin(tmp_path, Clocks(datetime.now().astimezone()))
    desk.hear(BreakBegan(desk.now_s(), ("butterfly_stretch",)))
    desk.hear(BreakEnded(desk.now_s(), "pain"))
    desk.close()

    assert break_now(tmp_path, db).exercises == ("walking",)


def test_the_next_break_is_another(db, kim, tmp_path):
    """What was done in the last break comes after what was not."""
    first = break_now(tmp_path, db).exercises
    desk = begin(tmp_path, Clocks(datetime.now().astimezone()))
    desk.hear(BreakBegan(desk.now_s(), first[:1]))
    desk.hear(BreakEnded(desk.now_s(), "done"))
    desk.close()

    second = break_now(tmp_path, db).exercises

    assert len(first) < 2 or second[0] != first[0]


def test_the_hours_after_rising_postpone_strong_bending(db, kim, tmp_path):
    """Within two hours of the hour of rising, what bends strongly is not offered."""
    now = datetime.now().astimezone()
    change_settings(db, kim.id, Settings(rises_at=f"{now:%H:%M}"))

    found = break_now(tmp_path, db)

    assert "rounded_back_stretch" not in found.exercises


def test_with_several_people_the_settings_name_whose_it_is(db, kim, tmp_path):
    """The first of the records, unless the desk's settings name another."""
    ann = new_person(db, "Ann")

    assert desk_person(db, tmp_path) == kim.id
    settings_changed({"person": "Ann"}, tmp_path)
    assert desk_person(db, tmp_path) == ann.id


def test_damaged_records_leave_a_walk_and_the_reason(tmp_path):
    """Records that cannot be opened do not keep anybody from a walk, and the offer says so."""
    damaged = tmp_path / "uncrick.db"
    damaged.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)

    found = break_now(tmp_path)

    assert found.exercises == ("walking",) and "cannot be opened" in found.why


def test_left_alone_the_break_plays_to_its_end_by_voice_and_picture(db, kim, tmp_path):
    """Begun with one press and then left alone: every stage is spoken or sounded, and after about 90 s it is over."""
    sessions = Sessions(tmp_path, database=db)
    id_, clock = sessions.new_id(), Clock()
    live = sessions.begin(id_, wishes_of(break_now(tmp_path, db)), kim.id, kind="break")
    live._clock, live._started_s = clock, clock()
    assert sessions.may_begin(id_, 1) is None
    live.take(Begun(0.0, 1))

    while live.state.stage not in ("after", "ended") and clock.now < 600:
        clock.now += 0.25
        live.tick()
    sessions.close()

    told = [e for e in live.played if isinstance(e, Spoken | Sounded)]
    # On the way into a stretch nothing is said, by the rule of the voice: what to do was said before it.
    quiet = ("move_in", "after", "ended")
    entered = [e for e in live.played if isinstance(e, StageEntered) and e.stage not in quiet]
    silent = [e for e in entered if not any(abs(t.t_s - e.t_s) < 0.6 for t in told)]
    assert live.state.stage == "after"
    assert 60 <= live.state.t_s <= 150
    assert silent == []
    assert {e.outcome for e in live.played if isinstance(e, SetEnded)} == {"done"}
