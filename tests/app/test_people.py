"""People of this computer, their settings and their PIN."""

from datetime import UTC, datetime, timedelta

import pytest

from uncrick.app.people import (
    FREE_TRIES,
    Settings,
    change_settings,
    check_pin,
    erase_person,
    new_person,
    number_here,
    people,
    person,
    person_named,
    rename_person,
    set_pin,
)
from uncrick.app.records import open_records
from uncrick.errors import ProblemsError

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)


@pytest.fixture
def db(tmp_path):
    """Records in a file of their own."""
    opened = open_records(tmp_path / "uncrick.db")
    yield opened
    opened.close()


def test_a_person_is_kept_with_what_they_set(db):
    """A name, a number and a time of rising are there again; another name too."""
    kim = new_person(db, "  Kim   Lee ")

    change_settings(db, kim.id, Settings(emergency_number="112", rises_at="06:30"))
    rename_person(db, kim.id, "Kim")

    assert [(p.name, p.settings.emergency_number, p.settings.rises_at) for p in people(db)] == [("Kim", "112", "06:30")]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x07b"])
def test_a_name_that_is_none_is_refused(db, name):
    """An empty, endless or unprintable name is refused, and nobody is kept."""
    with pytest.raises(ProblemsError):
        new_person(db, name)

    assert people(db) == ()


def test_settings_out_of_reach_are_all_told(db):
    """All that is wrong with settings is told at once, and what was set before stays."""
    kim = new_person(db, "Kim")

    with pytest.raises(ProblemsError) as caught:
        change_settings(db, kim.id, Settings(rises_at="25:00", pace=0))

    assert [p.where for p in caught.value.problems] == ["rises_at", "pace"]
    assert person(db, kim.id).settings == Settings()


def test_who_is_meant_without_a_name(db):
    """Without a name it is the only one, made new where there is nobody; of several one must be named."""
    me = person_named(db)
    new_person(db, "Kim")

    assert [p.name for p in people(db)] == [me.name, "Kim"]
    assert person_named(db, "Kim").name == "Kim"
    for name in ("", "Kin"):
        with pytest.raises(ProblemsError):
            person_named(db, name)


def test_wrong_pins_make_the_next_try_wait(db):
    """Five wrong PINs cost nothing, then each waits longer; while it lasts the right one is not looked at."""
    kim = new_person(db, "Kim")
    set_pin(db, kim.id, "4711")

    tries = [check_pin(db, kim.id, "0000", NOW) for _ in range(FREE_TRIES)]

    assert [t.wait_s for t in tries] == [0, 0, 0, 0, 30]
    assert check_pin(db, kim.id, "4711", NOW + timedelta(seconds=10)).wait_s == 20
    assert check_pin(db, kim.id, "0000", NOW + timedelta(seconds=31)).wait_s == 60
    assert check_pin(db, kim.id, "4711", NOW + timedelta(seconds=99)).fits
    assert person(db, kim.id).pin_failures == 0


def test_a_clock_set_back_waits_no_longer(db):
    """With the clock set back by a year the wait is still the one of its rule."""
    kim = new_person(db, "Kim")
    set_pin(db, kim.id, "4711")
    for _ in range(FREE_TRIES):
        check_pin(db, kim.id, "0000", NOW)

    assert check_pin(db, kim.id, "4711", NOW - timedelta(days=365)).wait_s == 30


def test_a_short_pin_is_refused_and_none_is_needed(db):
    """A PIN of three characters is refused; without one everybody comes in."""
    kim = new_person(db, "Kim")

    with pytest.raises(ProblemsError):
        set_pin(db, kim.id, "123")

    assert check_pin(db, kim.id, "", NOW).fits
    assert not check_pin(db, "nobody", "", NOW).fits


def test_an_erased_person_is_gone(db):
    """After erasing there is nobody of that id."""
    kim = new_person(db, "Kim")

    erase_person(db, kim.id)

    assert person(db, kim.id) is None


def test_the_number_here_is_the_only_persons(db, tmp_path):
    """Without anybody named, the only person's own number holds; of several none, and no records are made to look."""
    new_person(db, "Kim", Settings(emergency_number="0118 999"))
    alone = number_here(str(tmp_path / "uncrick.db"))
    new_person(db, "Lou", Settings(emergency_number="112"))

    assert (alone, number_here(str(tmp_path / "uncrick.db"))) == ("0118 999", "")
    assert number_here(str(tmp_path / "none.db")) == ""
    assert not (tmp_path / "none.db").exists()
