"""One suite for both kinds of database: what is saved comes back equal, once, and goes with its person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, StatementError

from tests.store import chance
from tests.store.samples import DAY, NOON, a_key, a_person, a_plan, a_session
from uncrick.care.pain import PainRecord
from uncrick.care.screening import Answer
from uncrick.plan.progress import Decision, Standing
from uncrick.plan.record import Amount
from uncrick.store.answers import (
    load_answers,
    load_clearances,
    load_conditions,
    save_answers,
    save_clearance,
    save_condition,
)
from uncrick.store.columns import METADATA
from uncrick.store.desk import (
    load_breaks,
    load_changes,
    load_owed,
    load_spells,
    save_breaks,
    save_changes,
    save_owed,
    save_spells,
)
from uncrick.store.pain import load_pains, save_pain
from uncrick.store.people import delete_person, load_people, load_person, save_person, save_pin_failure
from uncrick.store.plans import (
    KeptDecision,
    delete_known_key,
    load_decisions,
    load_known_keys,
    load_plan,
    load_plans,
    load_standings,
    save_decisions,
    save_known_key,
    save_plan,
    save_standings,
)
from uncrick.store.sessions import load_session, load_sessions, save_session
from uncrick.store.urges import load_urges, save_urge

# A database stays open for all examples of a law; each example keeps and deletes people of its own.
law = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


class UndoneError(Exception):
    """Raised at the end of an example, so that nothing of it is kept."""


def kept_and_loaded(db, save, load):
    """Save in a transaction in which Kim exists, load in the same, then undo all; returns what was loaded."""
    loaded = None
    try:
        with db.writing() as c:
            save_person(c, a_person())
            save(c)
            loaded = load(c)
            raise UndoneError
    except UndoneError:
        pass
    return loaded


@law
@given(person=chance.people)
def test_a_person_comes_back(db, person):
    """Whoever is saved is loaded again, equal."""

    def saved(c):
        delete_person(c, "kim")
        save_person(c, person)

    assert kept_and_loaded(db, saved, lambda c: load_person(c, person.id)) == person


@law
@given(answers=st.lists(chance.answers, max_size=4, unique_by=lambda a: (a.question, a.at, a.plainer)))
def test_answers_come_back(db, answers):
    """Answers are loaded in the order of their time, each with its wording, its moment and the zone it was given in."""
    loaded = kept_and_loaded(db, lambda c: save_answers(c, "kim", answers), lambda c: load_answers(c, "kim"))

    assert set(loaded) == set(answers)
    assert [a.at for a in loaded] == sorted(a.at for a in answers)
    assert {(a.question, a.at.date()) for a in loaded} == {(a.question, a.at.date()) for a in answers}


@law
@given(condition=chance.conditions, clearance=chance.clearances)
def test_conditions_and_clearances_come_back(db, condition, clearance):
    """A condition, known or in somebody's own words, and what a clinician cleared are loaded as they were told."""

    def saved(c):
        save_condition(c, "kim", condition)
        save_clearance(c, "kim", clearance)

    loaded = kept_and_loaded(db, saved, lambda c: (load_conditions(c, "kim"), load_clearances(c, "kim")))

    assert loaded == ((condition,), (clearance,))


@law
@given(spell=chance.spells, owed=chance.owed, taken=chance.desk_breaks, change=chance.changes)
def test_the_desk_comes_back(db, spell, owed, taken, change):
    """Spells, owed breaks, breaks and changes of position come back as they were; saved twice they are there once."""

    def saved(c):
        for _ in range(2):
            save_spells(c, "kim", [spell, replace(spell, why=None)])
            save_owed(c, "kim", [owed])
            save_breaks(c, "kim", [taken])
            save_changes(c, "kim", [change])

    def loaded(c):
        return load_spells(c, "kim"), load_owed(c, "kim"), load_breaks(c, "kim"), load_changes(c, "kim")

    found = kept_and_loaded(db, saved, loaded)

    assert found == ((spell,), (owed,), (taken,), (change,))
    assert found[0][0].began.utcoffset() == spell.began.utcoffset()


@law
@given(pain=chance.pains, urge=chance.urges)
def test_pain_and_urges_come_back(db, pain, urge):
    """A rating keeps its local day and an urge its swap."""

    def saved(c):
        save_pain(c, "kim", pain)
        save_urge(c, "kim", urge)

    (pains, urges) = kept_and_loaded(db, saved, lambda c: (load_pains(c, "kim"), load_urges(c, "kim")))

    assert (pains, urges) == ((pain,), (urge,))
    assert pains[0].at.date() == pain.at.date()
    assert urges[0].urge.at.utcoffset() == urge.urge.at.utcoffset()


@law
@given(session=chance.sessions)
def test_a_session_comes_back_whole(db, session):
    """A session is loaded with every set, hold, stop, pain and pop, and what no camera saw is not seen, never 0."""
    loaded = kept_and_loaded(db, lambda c: save_session(c, session), lambda c: load_sessions(c, "kim"))

    assert loaded == (session,)


@law
@given(standings=st.dictionaries(chance.ids, chance.standings, max_size=3), decided=chance.decisions)
def test_standings_and_decisions_come_back(db, standings, decided):
    """Where a plan stands and what was decided, with its rule and inputs, is loaded as it was."""

    def saved(c):
        save_plan(c, a_plan())
        save_standings(c, "kim", "plan-1", standings)
        save_decisions(c, "plan-1", DAY, [decided])

    loaded = kept_and_loaded(db, saved, lambda c: (load_standings(c, "plan-1"), load_decisions(c, "plan-1")))

    assert loaded == (standings, (KeptDecision(DAY, decided),))


def test_it_is_there_after_closing(open_again):
    """What was kept is there when the database is opened again."""
    first = open_again()
    with first.writing() as c:
        save_person(c, a_person())
        save_plan(c, a_plan())
        save_known_key(c, a_key())
        save_session(c, a_session(plan="plan-1"))
    first.close()

    second = open_again()

    with second.reading() as c:
        assert load_people(c) == (a_person(),)
        assert load_plan(c, "plan-1") == a_plan()
        assert load_known_keys(c, "kim") == (a_key(),)
        assert load_session(c, "s1") == a_session(plan="plan-1")
    second.close()


def test_a_session_saved_twice_is_there_once(db):
    """Saving a session again, also with less in it, leaves what it is now: nothing is doubled, nothing old stays."""
    whole = a_session()
    with db.writing() as c:
        save_person(c, a_person())
        save_session(c, whole)
        save_session(c, whole)
    with db.reading() as c:
        assert load_sessions(c, "kim") == (whole,)

    fewer = replace(whole, sets=whole.sets[:1], holds=(), stops=(), hurts=(), pops=())
    with db.writing() as c:
        save_session(c, fewer)

    with db.reading() as c:
        assert load_sessions(c, "kim") == (fewer,)


def test_a_session_saved_again_keeps_its_pain(db):
    """Ratings that belong to a session still do after it was saved again."""
    rating = PainRecord("p1", NOON, DAY, "after", 3, session="s1")
    with db.writing() as c:
        save_person(c, a_person())
        save_session(c, a_session())
        save_pain(c, "kim", rating)

        save_session(c, a_session())

        assert load_pains(c, "kim") == (rating,)


def test_an_answer_saved_twice_is_there_once(db):
    """The same answer sent again is the same answer; one in plainer words at the same moment is another."""
    answer = Answer("bladder", "not_sure", NOON, "w1")
    plainer = replace(answer, plainer=True, said="no")
    with db.writing() as c:
        save_person(c, a_person())

        save_answers(c, "kim", [answer])
        save_answers(c, "kim", [answer, plainer])

        assert load_answers(c, "kim") == (answer, plainer)


def test_only_the_wanted_days_and_parts_are_loaded(db):
    """`load_sessions` keeps to its days and leaves out the parts that nobody asked for."""
    with db.writing() as c:
        save_person(c, a_person())
        for n in range(4):
            save_session(c, a_session(f"s{n}", at=NOON + timedelta(days=n)))

        found = load_sessions(c, "kim", DAY + timedelta(days=1), DAY + timedelta(days=2), parts=("sets",))

        assert [s.id for s in found] == ["s1", "s2"]
        assert [(len(s.sets), s.holds, s.stops) for s in found] == [(2, (), ())] * 2


def test_plans_end_and_keys_are_forgotten(db):
    """A plan that ended is history, not the plan; a key that is forgotten is known no longer."""
    old, new = a_plan("old"), replace(a_plan("new"), added_at=NOON + timedelta(hours=1))
    with db.writing() as c:
        save_person(c, a_person())
        for plan in (old, new):
            save_plan(c, plan)
        save_known_key(c, a_key())

        save_plan(c, replace(old, ended_at=NOON))
        delete_known_key(c, "kim", a_key().public_key)

        assert load_plans(c, "kim", running=True) == (new,)
        assert load_plans(c, "kim") == (new, replace(old, ended_at=NOON))
        assert load_known_keys(c, "kim") == ()


def test_decisions_of_a_day_take_the_place_of_those_before(db):
    """Deciding again on the same evening leaves one decision a prescription; other days stay."""
    amount = Amount("bridge", 1, 5, 5.0)
    before = Decision("p1", "same", amount, amount, "not_tried", ())
    after = before._replace(rule="not_yet", inputs=(("clean", 1),))
    with db.writing() as c:
        save_person(c, a_person())
        save_plan(c, a_plan())
        save_decisions(c, "plan-1", DAY - timedelta(days=1), [before])
        save_decisions(c, "plan-1", DAY, [before, before._replace(prescription="p2")])

        save_decisions(c, "plan-1", DAY, [after])

        assert load_decisions(c, "plan-1", DAY) == (KeptDecision(DAY, after),)
        assert len(load_decisions(c, "plan-1")) == 2


def test_standings_are_all_there_is(db):
    """A prescription that a new standing does not name is gone."""
    standing = Standing(Amount("bridge", 1, 5, 5.0), raised_on=DAY)
    with db.writing() as c:
        save_person(c, a_person())
        save_plan(c, a_plan())
        save_standings(c, "kim", "plan-1", {"p1": standing, "p2": standing})

        save_standings(c, "kim", "plan-1", {"p1": standing})

        assert load_standings(c, "plan-1") == {"p1": standing}


def test_a_person_goes_with_all_rows(db):
    """Deleting a person deletes their rows in every table, and nobody else's."""
    with db.writing() as c:
        for id_ in ("kim", "lou"):
            save_person(c, a_person(id_))
            save_plan(c, a_plan(f"plan-{id_}", id_))
            save_known_key(c, a_key(id_))
            save_session(c, a_session(f"s-{id_}", id_, plan=f"plan-{id_}"))
            save_answers(c, id_, [Answer("bladder", "no", NOON, "w1")])
            save_pain(c, id_, PainRecord(f"p-{id_}", NOON, DAY, "before", 2, session=f"s-{id_}"))
            save_standings(c, id_, f"plan-{id_}", {"p1": Standing(Amount("bridge", 1, 5, 5.0))})

        counts = {t.name: c.scalar(select(func.count()).select_from(t)) for t in METADATA.sorted_tables}
        delete_person(c, "kim")

        left = {t.name: c.scalar(select(func.count()).select_from(t)) for t in METADATA.sorted_tables}
        assert left == {name: n // 2 for name, n in counts.items()}
        assert load_session(c, "s-lou") is not None


def test_nothing_is_kept_of_a_writing_that_fails(db):
    """On an exception in the middle, all of it is undone."""
    with db.writing() as c:
        save_person(c, a_person())

    with pytest.raises(IntegrityError), db.writing() as c:
        save_session(c, a_session())
        save_session(c, a_session("s2", person="nobody"))

    with db.reading() as c:
        assert load_sessions(c, "kim") == ()


@pytest.mark.parametrize("level", [-1, 11])
def test_the_database_keeps_its_bounds(db, level):
    """A pain that is no 0 to 10 is refused by the database itself."""
    with pytest.raises(IntegrityError), db.writing() as c:
        save_person(c, a_person())
        save_pain(c, "kim", PainRecord("p1", NOON, DAY, "rest", level))


def test_a_time_without_a_zone_is_refused(db):
    """Nobody could say when it was."""
    with pytest.raises(StatementError, match="without a zone"), db.writing() as c:
        save_person(c, a_person())
        save_answers(c, "kim", [Answer("bladder", "no", datetime(2026, 11, 28), "w1")])


def test_an_evening_keeps_its_day_whatever_the_zone(db):
    """At half past eleven in the evening in Auckland, and in Honolulu, it is that day there, read from anywhere."""
    evenings = {hours: datetime(2026, 11, 28, 23, 30, tzinfo=timezone(timedelta(hours=hours))) for hours in (13, -10)}
    with db.writing() as c:
        save_person(c, a_person())
        save_answers(c, "kim", [Answer(f"q{hours}", "no", at, "w1") for hours, at in evenings.items()])

        loaded = load_answers(c, "kim")

    assert [a.question for a in loaded] == ["q13", "q-10"]
    assert [a.at.date().isoformat() for a in loaded] == ["2026-11-28"] * 2
    assert [a.at.astimezone(UTC).date().isoformat() for a in loaded] == ["2026-11-28", "2026-11-29"]


def test_wrong_pins_are_counted(db):
    """Each wrong PIN counts one more and keeps its time; the right one forgets them."""
    with db.writing() as c:
        save_person(c, a_person())
        save_pin_failure(c, "kim", NOON)
        save_pin_failure(c, "kim", NOON + timedelta(seconds=1))

        found = load_person(c, "kim")
        assert (found.pin_failures, found.pin_failed_at) == (2, NOON + timedelta(seconds=1))

        save_pin_failure(c, "kim", None)
        assert load_person(c, "kim") == a_person()


def test_a_reading_sees_one_state(db):
    """What another connection writes meanwhile is not seen in the middle of a reading."""
    with db.writing() as c:
        save_person(c, a_person())
    with db.reading() as before:
        assert len(load_people(before)) == 1
        with db.writing() as c:
            save_person(c, a_person("lou", "Lou"))

        assert len(load_people(before)) == 1

    with db.reading() as after:
        assert len(load_people(after)) == 2
