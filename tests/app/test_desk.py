"""The companion's journal: whatever ends it, it goes on with the spell and the break it owed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.app.desks import NINE, Clocks, begin, sees, work
from uncrick.app.desk import Desk
from uncrick.app.desk_day import day_record, day_rows
from uncrick.app.desk_settings import settings_changed, settings_record
from uncrick.app.desk_status import status_record
from uncrick.app.desk_words import WITHOUT
from uncrick.desk.activity import (
    CallBegan,
    CallEnded,
    CameraLight,
    CameraPosture,
    DoNotDisturb,
    Idle,
    Input,
    Known,
    Locked,
    Suspended,
    Unknown,
    Unlocked,
    Woke,
)  # fmt: skip
from uncrick.desk.asked import Snoozed
from uncrick.desk.day import day_of
from uncrick.desk.found import BreakResolved, Nudged
from uncrick.errors import ProblemsError
from uncrick.files.desk_journal import facts_of


def spell_min(desk: Desk) -> float | None:
    return status_record(desk)["spell_min"]


def test_killed_and_started_again_it_goes_on(tmp_path):
    """Killed without a word and started again half a minute later: same spell, same owed break, nothing said twice."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 46)
    desk.hear(CallBegan(desk.now_s()))
    work(desk, clocks, 1)
    before = desk.state

    clocks.on(30.0)
    again = Desk(clocks.run(), tmp_path)

    assert before is not None and again.state is not None
    assert again.state.nudge.owed is not None and before.nudge.owed is not None
    assert again.state.nudge.owed.n == before.nudge.owed.n == 1
    assert spell_min(again) == pytest.approx(47.5, abs=0.1)
    sees(again)
    work(again, clocks, 30)
    small = [
        f for f in facts_of(tmp_path, date(2026, 3, 2)) if isinstance(f.found, Nudged) and f.found.phase == "small"
    ]
    assert len(small) == 1


def test_what_a_kill_kept_from_being_written_is_found_again(tmp_path):
    """A fact that was decided but not written when the companion died is in the day's file after the restart."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 46)
    path = tmp_path / "desk" / "days" / "2026-03-02.jsonl"
    lines = path.read_text().splitlines()
    last = max(i for i, line in enumerate(lines) if '"Nudged"' in line)
    path.write_text("\n".join(line for i, line in enumerate(lines) if i != last) + '\n{"heard":"Ti')

    again = Desk(clocks.run(), tmp_path)

    facts = [type(f.found).__name__ for f in facts_of(tmp_path, date(2026, 3, 2))]
    assert facts.count("Nudged") == 1
    assert again.state is not None and again.state.nudge.owed is not None


def test_a_new_start_of_the_machine_goes_on_in_time(tmp_path):
    """After a night with the machine off the time has gone on by the wall clock, and the spell is over."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 20)
    then_s = desk.now_s()

    again = Desk(Clocks(clocks.local + timedelta(hours=14), boot="two", up_s=5.0).run(), tmp_path)

    assert again.now_s() == pytest.approx(then_s + 14 * 3600, abs=60)
    assert spell_min(again) == 0
    assert any("Nothing was heard for 14.0 h" in s for s in status_record(again)["sentences"])


def test_three_days_with_the_lid_closed_are_told_and_cost_nothing(tmp_path):
    """A lid closed on Friday and opened on Monday: one sentence, no sitting, no nudge."""
    clocks = Clocks(datetime(2026, 3, 6, 16, tzinfo=UTC))
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 50)
    desk.hear(Suspended(desk.now_s()))
    clocks.on(3 * 86400.0)

    found = [*desk.hear(Woke(desk.now_s())), *desk.tick()]

    assert [f.became for f in found if isinstance(f, BreakResolved)] == ["taken_away"]
    record = status_record(desk)
    assert record["spell_min"] == 0
    assert any("72.0 h" in s for s in record["sentences"])


def test_daylight_saving_is_told_and_changes_no_length(tmp_path):
    """The clock goes an hour forward in the middle of a spell: the spell is as long as it was, and status says so."""
    clocks = Clocks(datetime(2026, 3, 29, 9, 0, tzinfo=timezone(timedelta(hours=1))))
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 20)
    clocks.local = clocks.local.astimezone(timezone(timedelta(hours=2)))

    work(desk, clocks, 10)

    assert spell_min(desk) == pytest.approx(30, abs=0.1)
    assert any("zone changed from UTC+0100 to UTC+0200" in s for s in status_record(desk)["sentences"])


def test_a_clock_that_is_set_is_told_and_changes_no_length(tmp_path):
    """The wall clock is set an hour back: the spell is as long as it was."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 20)
    clocks.local -= timedelta(hours=1)

    work(desk, clocks, 10)

    assert spell_min(desk) == pytest.approx(30, abs=0.1)
    assert any("set by -60 min" in s for s in status_record(desk)["sentences"])


def test_a_clock_set_a_day_ahead_and_back_loses_nothing(tmp_path):
    """The file of a day that never was lies ahead by its name; the restart goes on from what came last."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 10)
    clocks.local += timedelta(days=1)
    work(desk, clocks, 1)
    clocks.local -= timedelta(days=1)
    work(desk, clocks, 10)

    again = Desk(clocks.run(), tmp_path)

    assert spell_min(again) == pytest.approx(21, abs=0.1)


def test_a_full_disk_is_told_and_the_companion_goes_on(tmp_path, monkeypatch):
    """When nothing can be written any more, the nudges still come, and status says what is not kept."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("uncrick.files.journal_file.os.write", full)
    work(desk, clocks, 46)

    assert desk.state is not None and desk.state.nudge.owed is not None
    assert any("no space left on device" in s for s in status_record(desk)["sentences"])


def test_midnight_opens_a_new_file_that_is_enough(tmp_path):
    """The file of the new date begins with all there is to know; the old one could be gone."""
    clocks = Clocks(datetime(2026, 3, 2, 23, 40, tzinfo=UTC))
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 40)
    (tmp_path / "desk" / "days" / "2026-03-02.jsonl").unlink()

    again = Desk(clocks.run(), tmp_path)

    assert spell_min(again) == pytest.approx(40, abs=0.1)


def test_the_cameras_light_is_told_and_not_kept(tmp_path):
    """On and off every quarter of a minute is for the status of the moment: it would keep the disk awake."""
    desk = begin(tmp_path, Clocks())
    before = (tmp_path / "desk" / "days" / "2026-03-02.jsonl").read_text()

    desk.hear(CameraLight(desk.now_s(), True, "a glance"))
    told = status_record(desk)["camera_light"]
    desk.close()

    assert told["on"]
    assert (tmp_path / "desk" / "days" / "2026-03-02.jsonl").read_text() == before


def test_one_position_is_kept_now_and_then(tmp_path):
    """An unchanged look is written every half minute; a change, and the first after blindness, at once."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    log = tmp_path / "desk" / "days" / "2026-03-02.jsonl"

    def n_kept(after_s, *, present=True, moved=False):
        clocks.on(after_s)
        desk.hear(CameraPosture(desk.now_s(), present, 0.0, 0.0, moved))
        return log.read_text().count("CameraPosture")

    kept = [n_kept(s) for s in (0, 15, 15, 15)] + [n_kept(15, moved=True), n_kept(1, present=False)]
    desk.hear(Unknown(desk.now_s(), "camera", "on battery"))
    kept.append(n_kept(1, present=False))

    assert kept == [1, 1, 2, 2, 3, 4, 5]
    again = Desk(clocks.run(), tmp_path)
    assert desk.state is not None and again.state is not None
    assert again.state.sitting.spell == desk.state.sitting.spell


@pytest.mark.parametrize(
    ("x", "says"),
    [
        (CallBegan(0.0, "zoom"), "a camera or microphone is in use"),
        (DoNotDisturb(0.0, True), "Do Not Disturb is on"),
        (Snoozed(0.0, 600.0), "you put it off"),
    ],
)
def test_status_says_what_keeps_it_silent(tmp_path, x, says):
    """Whatever keeps nudges back is a sentence of the status."""
    desk = begin(tmp_path, Clocks())

    desk.hear(x)

    assert any(says in sentence for sentence in status_record(desk)["sentences"])


def test_the_journal_is_the_owners_alone(tmp_path):
    """Nobody else may read what was written, and keys pressed are not in it."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    for _ in range(200):
        desk.hear(Input(desk.now_s()))
        clocks.on(1.0)

    path = tmp_path / "desk" / "days" / "2026-03-02.jsonl"
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_text().count('"Input"') == 1


def test_a_damaged_journal_is_gone_past(tmp_path):
    """A file that cannot be read as a journal keeps nobody from starting."""
    folder = tmp_path / "desk" / "days"
    folder.mkdir(parents=True)
    (folder / "2026-03-02.jsonl").write_bytes(b'\xff\xfe not json\n{"state": {"x": 1}, "boot": "b", "offset_s": 0}\n')

    desk = begin(tmp_path, Clocks())

    assert spell_min(desk) == 0


def test_the_day_is_told_in_order(tmp_path):
    """Sitting, an owed break taken by leaving, and sitting again, with the minutes of each."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 50)
    work(desk, clocks, 10, Locked(desk.now_s()))
    work(desk, clocks, 20, Unlocked(desk.now_s()), Input(desk.now_s()))
    desk.hear(Idle(desk.now_s(), desk.now_s()))
    work(desk, clocks, 6)

    day = day_of(NINE.date(), facts_of(tmp_path, NINE.date()))

    record = day_record(day)
    assert (record["n_spells"], record["n_owed"], record["n_taken"]) == (2, 1, 1)
    assert (record["sat_min"], record["longest_min"]) == (pytest.approx(70, abs=0.5), pytest.approx(50, abs=0.5))
    assert [row["what"] for row in day_rows(day)] == ["sitting", "owed", "sitting"]


def test_settings_out_of_range_are_refused_all_at_once(tmp_path):
    """Two wrong values are two problems, and nothing is changed."""
    with pytest.raises(ProblemsError) as error:
        settings_changed({"every_min": 5, "most_a_day": 20}, tmp_path)

    assert [p.where for p in error.value.problems] == ["--every-min", "--most-a-day"]
    assert settings_record(tmp_path)["every_min"] == 45


def test_a_call_that_ends_brings_the_break_that_was_owed(tmp_path):
    """An hour in a call, then its end: the small sign comes, and once."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)
    work(desk, clocks, 60, CallBegan(desk.now_s()))

    found = desk.hear(CallEnded(desk.now_s()))

    assert [f.phase for f in found if isinstance(f, Nudged)] == ["small"]


def test_what_cannot_be_seen_is_one_sentence_a_trouble(tmp_path):
    """One missing bus behind three things is one sentence; what to do without them is said in plain words."""
    desk = begin(tmp_path, Clocks())
    for what, why in (("activity", "no bus; no display"), ("quiet", "no bus"), ("call", "no bus")):
        desk.hear(Unknown(desk.now_s(), what, why))
    for what in ("lock", "sleep", "fullscreen", "notice"):
        desk.hear(Known(desk.now_s(), what, "somehow"))

    unseen = [says for says in status_record(desk)["sentences"] if "cannot be seen" in says or "Not seen" in says]
    desk.close()

    assert unseen == [
        WITHOUT["activity"],
        WITHOUT["call"],
        "Not seen here because no bus: keys and mouse, calls, Do Not Disturb.",
        "Not seen here because no display: keys and mouse.",
    ]
