"""Sessions in and out of the records: each set kept when it ends, nothing lost by a crash, nothing doubled."""

import os
import time
from datetime import timedelta

import pytest

from tests.app.lives import DAYS, TWO, all_no, evening_at, say, somebody
from tests.app.test_live import Clock
from uncrick.app.answering import answers, put_conditions, put_pain
from uncrick.app.evening import evening_of
from uncrick.app.live import Live
from uncrick.app.pain import PainAnswers
from uncrick.app.people import erase_person
from uncrick.app.recording import forget_journals, keep_left, keep_session, pains_of, rate_after, rate_morning
from uncrick.app.records import open_records
from uncrick.app.session import Wish
from uncrick.app.sessions import Sessions
from uncrick.coach import person
from uncrick.errors import ProblemsError
from uncrick.store.pain import load_pains
from uncrick.store.sessions import load_session, load_sessions

NOW = evening_at(0)


@pytest.fixture
def db(tmp_path):
    """Records in a file of their own."""
    opened = open_records(tmp_path / "uncrick.db")
    yield opened
    opened.close()


@pytest.fixture
def kim(db):
    """Somebody with a plan of two stretches who has answered everything."""
    who, _ = somebody(db, number="0118 999")
    all_no(db, who.id, NOW - timedelta(hours=1))
    return who


def sessions_in(db, tmp_path, now=NOW) -> Sessions:
    """Return a program's sessions, at an evening."""
    return Sessions(tmp_path / "state", database=db, now=lambda: now)


def begun(sessions: Sessions, who, pain: int | None = 3) -> tuple[str, Live, Clock]:
    """Begin a session of somebody's, with a clock that is set by hand."""
    id_ = sessions.new_id()
    live = sessions.begin(id_, person=who.id)
    clock = Clock()
    live._clock, live._started_s = clock, clock()
    assert sessions.may_begin(id_, pain) is None
    live.take(person.Begun(0.0, pain))
    return id_, live, clock


def wait(live: Live, clock: Clock, s: float) -> None:
    """Let time pass."""
    clock.now += s
    live.tick()


def kept(db, who):
    """Return what is kept of somebody's sessions."""
    with db.reading() as c:
        return load_sessions(c, who.id)


def test_a_session_asks_for_tonights_sheet(db, kim, tmp_path):
    """What the sheet asks is what the session asks, set by set, with the plan's prescriptions."""
    sessions = sessions_in(db, tmp_path)

    _, live, _ = begun(sessions, kim)

    assert [s.exercise for s in live.program.sets] == list(TWO)
    assert [w.prescription for w in live.wishes] == list(TWO)
    sessions.close()


def test_caution_goes_through_to_the_watching(db, kim, tmp_path):
    """Under caution a session asks for half, half as far, and at 0.85 of the speed limits."""
    put_conditions(db, kim.id, ["hypertension_controlled"], [], DAYS[0])
    all_no(db, kim.id, NOW - timedelta(minutes=30))
    found = evening_of(db, kim.id, NOW)
    gentle = [item for item in found.sheet.tonight.items if item.depth < 1]

    _, live, _ = begun(sessions_in(db, tmp_path), kim)

    asked = {s.exercise: (s.n_reps, s.depth, s.speed) for s in live.program.sets}
    assert {i.amount.exercise: (i.amount.reps, 0.5, 0.85) for i in gentle}.items() <= asked.items()


def test_a_set_is_kept_when_it_ends_and_the_session_at_its_end(db, kim, tmp_path):
    """After the first set the records have it, as running; at the end all of it, once, and the journal goes."""
    sessions = sessions_in(db, tmp_path)
    id_, live, clock = begun(sessions, kim)

    wait(live, clock, 90)
    assert live.state.at == 1
    sessions.recorder._worker.submit(int).result()
    [early] = kept(db, kim)
    wait(live, clock, 600)
    live.take(person.Finished(0.0, 2, "yes", "fine"))
    sessions.put_away(id_)
    sessions.close()

    [record] = kept(db, kim)
    assert (early.state, early.sets[0].outcome) == ("running", "done")
    assert (record.id, record.state, record.ending) == (id_, "finished", "done")
    assert [s.outcome for s in record.sets] == ["done", "done"]
    assert (record.pain_before, record.pain_after, record.on_day) == (3, 2, DAYS[0])
    assert list((tmp_path / "state" / "running").glob("*")) == []
    assert [(p.moment, p.level) for p in pains_of(record)] == [("before", 3), ("after", 2)]


@pytest.mark.parametrize("n_lines", [2, 5, 20, 60])
def test_what_a_crash_left_is_kept_at_the_next_start(db, kim, tmp_path, n_lines):
    """Cut at any line, a session of the day before is kept as left, once, whatever the number of starts."""
    sessions = sessions_in(db, tmp_path)
    id_, live, clock = begun(sessions, kim)
    for _ in range(40):
        wait(live, clock, 2)
    path = live.journal.path
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:n_lines]) + '{"input": "Ti')
    sessions.recorder.close()
    os.utime(path, (1, 1))

    first = keep_left(db, sessions.book, tmp_path / "state")
    again = keep_left(db, sessions.book, tmp_path / "state")

    [record] = kept(db, kim)
    assert (first, again) == (1, 0)
    assert (record.id, record.state, len(record.sets)) == (id_, "left", 2)
    assert not path.exists()


def test_looking_for_ones_own_session_leaves_those_of_others_alone(db, kim, tmp_path):
    """Another person's newer journal is not opened, gets no pause, and is not what is gone on with."""
    first = sessions_in(db, tmp_path)
    mine, live, clock = begun(first, kim)
    wait(live, clock, 20)
    alex, _ = somebody(db, name="Alex")
    all_no(db, alex.id, NOW)
    other, theirs, their_clock = begun(first, alex)
    wait(theirs, their_clock, 20)
    first.recorder.close()
    os.utime(live.journal.path, (time.time() - 60,) * 2)
    before = theirs.journal.path.read_bytes()

    second = sessions_in(db, tmp_path)

    assert second.latest(kim.id) == mine
    assert theirs.journal.path.read_bytes() == before
    assert other not in second._running


def test_a_session_of_just_now_can_be_gone_on_with(db, kim, tmp_path):
    """After a crash the session is kept as running, stays to be gone on with, and is one session when it ends."""
    first = sessions_in(db, tmp_path)
    id_, live, clock = begun(first, kim)
    wait(live, clock, 90)
    first.recorder.close()

    second = sessions_in(db, tmp_path)
    assert second.latest(kim.id) == id_
    again = second.find(id_)
    assert again.whose.person == kim.id
    clock = Clock()
    again._clock, again._started_s = clock, clock() - again.state.t_s
    again.take(person.Resumed(0.0))
    wait(again, clock, 900)
    again.take(person.Finished(0.0, 3))
    second.put_away(id_)
    second.close()

    [record] = kept(db, kim)
    assert (record.state, [s.outcome for s in record.sets]) == ("finished", ["done", "done"])


def test_keeping_twice_doubles_nothing(db, kim, tmp_path):
    """A session saved again and again is there once, with its pains; a finished one is not made running again."""
    _, live, clock = begun(sessions_in(db, tmp_path), kim)
    wait(live, clock, 20)
    live.take(person.PainFelt(0.0))
    live.hurt(PainAnswers("lower back", 5))
    running = live.record()
    wait(live, clock, 900)
    live.take(person.Finished(0.0, 4))
    done = live.record()

    for record in (running, done, done, running):
        assert keep_session(db, record, "seed_strict")

    assert kept(db, kim) == (done,)
    with db.reading() as c:
        assert [(p.moment, p.level, p.rule) for p in load_pains(c, kim.id)] == [
            ("before", 3, ""), ("during", 5, "seed_strict"), ("after", 4, ""),
        ]  # fmt: skip


def test_an_emergency_in_a_session_lasts(db, kim, tmp_path):
    """Chest pain said in a session shows the own number, and the next evenings there is nothing until it is cleared."""
    sessions = sessions_in(db, tmp_path)
    id_, live, clock = begun(sessions, kim)
    wait(live, clock, 20)
    live.take(person.PainFelt(0.0))
    decision, _ = live.hurt(PainAnswers("chest", 6, "stop_chest"))
    sessions.put_away(id_)
    sessions.close()
    all_no(db, kim.id, evening_at(2, 17))

    found = evening_of(db, kim.id, evening_at(2))

    assert (decision.action, "0118 999" in decision.says) == ("emergency", True)
    assert (found.sheet.tonight.level, found.sheet.tonight.items) == ("emergency", ())


def test_a_yes_after_pain_is_an_answer(db, kim, tmp_path):
    """What was answered to the questions after pain is kept with all other answers."""
    sessions = sessions_in(db, tmp_path)
    _, live, clock = begun(sessions, kim)
    wait(live, clock, 20)
    live.take(person.PainFelt(0.0))
    live.hurt(PainAnswers("leg", 6, "stop_radiating", ("ces_saddle",)))
    sessions.recorder._worker.submit(int).result()

    assert [a.said for a in answers(db, kim.id) if a.question == "ces_saddle"] == ["no", "yes"]


def test_the_plans_pain_rule_and_the_own_baseline_decide(db, kim, tmp_path):
    """Without a rating before the session the last one at rest is the baseline; the rule is the plan's."""
    put_pain(db, kim.id, "rest", 4, NOW - timedelta(hours=2))

    _, live, _ = begun(sessions_in(db, tmp_path), kim, pain=None)

    assert (live.whose.baseline, live.whose.rule) == (4, "seed_strict")
    assert live.whose.care_for("chair_spinal_twist").number == "0118 999"


def test_a_session_refuses_where_the_sheet_does(db, kim, tmp_path):
    """Strong pain, open questions and an emergency each refuse the beginning, and say why."""
    sessions = sessions_in(db, tmp_path)
    id_ = sessions.new_id()
    sessions.begin(id_, person=kim.id)

    strong = sessions.may_begin(id_, 8)
    say(db, kim.id, "ces_saddle", "yes", NOW - timedelta(minutes=5))
    urgent = sessions.may_begin(id_, 2)
    tomorrow = sessions_in(db, tmp_path, NOW + timedelta(days=1))
    tomorrow.begin("t", person=kim.id)

    assert strong.action == "clinician"
    assert (urgent.action, "0118 999" in urgent.says) == ("emergency", True)
    assert tomorrow.may_begin("t", 2).action == "emergency"


def test_a_day_of_rest_is_said(db, kim, tmp_path):
    """On a day of rest a session cannot begin, and why is said in the sheet's own words."""
    sessions = sessions_in(db, tmp_path)
    id_, live, clock = begun(sessions, kim)
    for _ in range(2):
        wait(live, clock, 25)
        live.take(person.PainFelt(0.0))
        live.hurt(PainAnswers())
    sessions.put_away(id_)
    sessions.close()
    all_no(db, kim.id, evening_at(1, 17))
    tomorrow = sessions_in(db, tmp_path, evening_at(1))
    tomorrow.begin("t", person=kim.id)

    refusal = tomorrow.may_begin("t", 3)

    assert live.record().ending == "pain"
    assert (refusal.action, refusal.why) == ("end", f"A day of rest, until {DAYS[2]}.")


def test_nobody_gets_more_than_the_sheet_asks(db, kim, tmp_path):
    """Wishes from a page are cut down to the sheet; less than it counts as eased, and what is closed is not begun."""
    put_conditions(db, kim.id, ["osteoporosis"], [], DAYS[0])
    all_no(db, kim.id, NOW - timedelta(minutes=30))
    sessions = sessions_in(db, tmp_path)
    id_ = sessions.new_id()
    live = sessions.begin(id_, person=kim.id)
    asked = live.wishes[0]

    wanted = (Wish("chair_spinal_twist"), Wish(asked.exercise, 1, 60.0), Wish("pelvic_tilt"))
    assert sessions.may_begin(id_, 2, wanted) is None

    assert [w.exercise for w in live.wishes] == [asked.exercise, "pelvic_tilt"]
    first, extra = live.wishes
    assert (first.n_reps, first.hold_s, first.eased, first.prescription) == (1, asked.hold_s, True, asked.prescription)
    assert extra.prescription == ""


def test_what_is_erased_does_not_come_back(db, kim, tmp_path):
    """A session that runs while its person is erased is not kept, and their journals can be deleted."""
    sessions = sessions_in(db, tmp_path)
    id_, live, clock = begun(sessions, kim)
    wait(live, clock, 30)
    erase_person(db, kim.id)
    wait(live, clock, 600)
    live.close(finished=False)
    sessions.recorder.close()

    assert not keep_session(db, live.record("left"))
    assert forget_journals(tmp_path / "state", kim.id) == 1
    with db.reading() as c:
        assert load_session(c, id_) is None


def test_a_morning_and_an_after_can_be_rated_later(db, kim, tmp_path):
    """Pain after and the next morning are kept by their own doors, within 0 to 10."""
    sessions = sessions_in(db, tmp_path)
    id_, live, clock = begun(sessions, kim)
    wait(live, clock, 900)
    sessions.put_away(id_)
    sessions.close()

    rate_after(db, kim.id, id_, 4)
    rate_morning(db, kim.id, 5, evening_at(1, 8))

    with db.reading() as c:
        assert [(p.moment, p.level) for p in load_pains(c, kim.id)] == [
            ("before", 3),
            ("after", 4),
            ("next_morning", 5),
        ]
    for wrong in (-1, 11):
        with pytest.raises(ProblemsError):
            rate_morning(db, kim.id, wrong, evening_at(1, 8))
    with pytest.raises(ProblemsError):
        rate_after(db, "somebody else", id_, 4)


def test_what_happens_while_the_program_ends_is_in_the_journal(db, kim, tmp_path):
    """A set that ends when the records are closed already raises nothing, and is kept at the next start."""
    sessions = sessions_in(db, tmp_path)
    id_, live, clock = begun(sessions, kim)
    sessions.recorder.close()

    wait(live, clock, 90)

    assert kept(db, kim) == ()
    assert keep_left(db, sessions.book, tmp_path / "state") == 1
    assert [(r.id, r.state, r.sets[0].outcome) for r in kept(db, kim)] == [(id_, "running", "done")]


def test_without_records_everything_is_as_before(tmp_path):
    """A program without records gives everybody the four stretches and puts their journals aside."""
    sessions = Sessions(tmp_path / "state")
    id_ = sessions.new_id()
    live = sessions.begin(id_)

    assert sessions.may_begin(id_, 8).action == "clinician"
    assert sessions.may_begin(id_, 2) is None
    live.take(person.Begun(0.0, 2))
    sessions.put_away(id_)

    assert [p.stem for p in (tmp_path / "state" / "sessions").glob("*")] == [id_]
