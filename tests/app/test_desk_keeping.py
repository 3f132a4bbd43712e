"""The desk in the records: each fact once, gone with its person, compared with what they noted."""

from datetime import datetime, timedelta

import pytest

from tests.app.desks import Clocks, begin, work
from tests.app.lives import somebody
from uncrick.app.desk_compare import comparisons
from uncrick.app.desk_keeping import keep_days, rated_days
from uncrick.app.records import open_records
from uncrick.app.taking_out import erase
from uncrick.care.urge import Urge
from uncrick.desk.activity import Idle, Input, Locked, Suspended, Unlocked, Woke
from uncrick.files.desk_journal import days_kept
from uncrick.store.desk import load_owed, load_spells
from uncrick.store.urges import KeptUrge, save_urge

TODAY = datetime.now().astimezone().replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    """Nothing of whoever runs the tests is read, written or spoken to."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture
def db(tmp_path):
    """The records of a folder that was named."""
    opened = open_records(tmp_path / "uncrick.db")
    yield opened
    opened.close()


def lived(folder, n_days, minutes=lambda day: 50):
    """Write days with one spell each, the last one yesterday."""
    clocks = Clocks(TODAY - timedelta(days=n_days))
    desk = begin(folder, clocks)
    for day in range(n_days):
        work(desk, clocks, minutes(day), Input(desk.now_s()))
        work(desk, clocks, 5, Locked(desk.now_s()))
        desk.hear(Suspended(desk.now_s()))
        clocks.on((TODAY - timedelta(days=n_days - day - 1) - clocks.local).total_seconds())
        desk.hear(Woke(desk.now_s()))
        desk.hear(Unlocked(desk.now_s()))
        desk.hear(Idle(desk.now_s(), desk.now_s()))
    desk.close()


def test_facts_are_kept_once_however_often(db, tmp_path):
    """Kept after every find and at every start, a spell and what became of its break are one row each."""
    who, _ = somebody(db)
    lived(tmp_path, 2)

    said = [keep_days(tmp_path, db) for _ in range(3)]

    with db.reading() as c:
        spells, owed = load_spells(c, who.id), load_owed(c, who.id)
    assert said == ["", "", ""]
    assert [round(s.sat_s / 60) for s in spells][:2] == [50, 50]
    assert [o.became for o in owed] == ["taken_away", "taken_away"]


def test_nobody_in_the_records_keeps_nothing(tmp_path):
    """Without records no file is made for the desk's sake."""
    lived(tmp_path, 1)

    assert keep_days(tmp_path) == ""
    assert not (tmp_path / "uncrick.db").exists()


def test_damaged_records_are_told(tmp_path):
    """Records that cannot be written are a sentence, and the journal stays."""
    (tmp_path / "uncrick.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    lived(tmp_path, 1)

    assert "uncrick.db" in keep_days(tmp_path)
    assert days_kept(tmp_path)


def test_erasing_a_person_takes_the_desk_along(db, tmp_path):
    """Nothing of the desk is left of somebody who is erased, neither rows nor the journal."""
    who, _ = somebody(db)
    lived(tmp_path, 2)
    keep_days(tmp_path, db)

    erase(db, [who.id], tmp_path)

    assert days_kept(tmp_path) == ()
    with db.reading() as c:
        assert load_spells(c, who.id) == ()


def test_with_few_days_there_is_too_little_to_say(db, tmp_path):
    """Three days with an urge each say nothing, and that is what is said."""
    who, _ = somebody(db)
    lived(tmp_path, 3)
    _urges(db, who, range(3), lambda day: 5)

    said = comparisons(tmp_path, rated_days(db, who.id))

    assert all("too little data to say" in sentence for sentence in said)
    assert "there are 3 days with both" in said[1]


def test_with_enough_days_both_halves_are_told_and_no_cause(db, tmp_path):
    """Six days of short and six of long sitting: medians, middle halves, and that it tells no cause."""
    who, _ = somebody(db)
    lived(tmp_path, 12, lambda day: 30 if day % 2 else 90)
    _urges(db, who, range(12), lambda day: 2 if day % 2 else 7)

    stiffness, urge = comparisons(tmp_path, rated_days(db, who.id))

    assert "2 (middle half 2 to 2) on 6 days" in urge and "7 (7 to 7) on 6 days" in urge
    assert "These lie apart" in urge and "does not tell what led to what" in urge
    assert stiffness.startswith("Stiffness: 3")


def _urges(db, who, days, level):
    n = len(days)
    with db.writing() as c:
        for day in days:
            at = TODAY - timedelta(days=n - day) + timedelta(hours=8)
            save_urge(c, who.id, KeptUrge(f"urge-{day}", Urge(at, level(day), 3)))
