"""A history says what was kept: no rating, set, hold, stop or pop more or less, by the day and by the week."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app.lives import plan_text_of
from uncrick.app.history import history
from uncrick.app.people import new_person
from uncrick.app.plans import add_plan
from uncrick.app.records import open_records
from uncrick.app.reporting import story, write_report
from uncrick.care.pain import PainRecord
from uncrick.care.urge import Urge
from uncrick.coach.record import HoldRecord, HurtRecord, PopRecord, SessionRecord, SetRecord, StopRecord
from uncrick.errors import ProblemsError
from uncrick.files.library import read_library
from uncrick.report.history import RATINGS, History, weekly
from uncrick.report.past import bucket_of
from uncrick.store.ids import new_id
from uncrick.store.pain import load_pains, save_pain
from uncrick.store.sessions import load_sessions, save_session
from uncrick.store.urges import KeptUrge, save_urge

LAST = date(2026, 11, 28)
EXERCISES = ("chair_spinal_twist", "butterfly_stretch", "cat_cow")
levels = st.none() | st.integers(0, 10)
outcomes = st.sampled_from(
    [("done", ""), ("skipped", "no_time"), ("stopped", "abrupt"), ("pain", "hurts"), ("left", "")]
)


def at(day: date, hour: int = 19) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@st.composite
def evenings(draw, most_days: int = 200) -> SessionRecord:
    """A session as it is kept, on some day of the past."""
    on = LAST - timedelta(days=draw(st.integers(0, most_days)))
    sets, holds, stops, pops, hurts = [], [], [], [], []
    for n in range(draw(st.integers(0, 3))):
        outcome, reason = draw(outcomes)
        n_done = draw(st.integers(0, 4))
        exercise = draw(st.sampled_from(EXERCISES))
        seen = draw(st.booleans())
        sets.append(SetRecord(n, n, exercise, exercise, 4, n_done, 5.0, outcome, reason, draw(st.booleans()), seen))
        for k in range(draw(st.integers(0, 3))):
            peak = draw(st.none() | st.floats(-60, 60)) if seen else None
            side = draw(st.sampled_from(["", "left", "right"]))
            holds.append(HoldRecord(n, k, side, draw(st.floats(1, 30)), 5.0, seen, True, peak, "trunk_rotation", "deg"))
        if outcome == "stopped":
            stops.append(StopRecord(len(stops), n, 10.0 * n, exercise, reason, "left", "camera"))
        if outcome == "pain":
            hurts.append(HurtRecord(len(hurts), n, 10.0 * n, exercise, "", "hold", "low back", 4, ("stop_pain",), "go"))
        if draw(st.booleans()):
            pops.append(PopRecord(len(pops), n, 5.0, exercise, draw(st.booleans())))
    return SessionRecord(
        new_id(), "", "", draw(st.sampled_from(["session", "session", "break", "swap"])), at(on), at(on, 20), on, 0,
        draw(st.sampled_from(["finished", "finished", "left", "running"])), "done", draw(levels), draw(levels), "", "",
        "camera", tuple(sets), tuple(holds), tuple(stops), tuple(hurts), tuple(pops),
    )  # fmt: skip


@st.composite
def ratings(draw) -> PainRecord:
    """A rating that stands alone."""
    on = LAST - timedelta(days=draw(st.integers(0, 200)))
    moment = draw(st.sampled_from(["before", "after", "next_morning", "rest", "during"]))
    return PainRecord(new_id(), at(on, 8), on, moment, draw(levels))


def kept(sessions: list[SessionRecord], pains: list[PainRecord]) -> tuple:
    """Return a new database with all of it, of somebody, and of somebody else as well."""
    folder = TemporaryDirectory()
    db = open_records(Path(folder.name) / "u.db")
    who, other = new_person(db, "Kim"), new_person(db, "Lee")
    with db.writing() as c:
        for s in sessions:
            save_session(c, replaced(s, who.id))
        for p in pains:
            save_pain(c, who.id, p)
        save_pain(c, other.id, PainRecord(new_id(), at(LAST), LAST, "before", 9))
    return db, who, folder


def replaced(s: SessionRecord, person: str) -> SessionRecord:
    from dataclasses import replace

    return replace(s, person=person)


@settings(max_examples=25)
@given(st.lists(evenings(), max_size=8), st.lists(ratings(), max_size=8), st.sampled_from([1, 12, 40, None]))
def test_what_is_shown_is_what_was_kept(sessions, pains, weeks):
    """Counts, sums and ends of everything shown are those of the records, whatever the span and its step."""
    db, who, folder = kept(sessions, pains)
    facts = history(db, who.id, LAST, weeks)
    with db.reading() as c:
        stored = [s for s in load_sessions(c, who.id, facts.first, facts.last) if s.state != "running"]
        alone = [p for p in load_pains(c, who.id, facts.first) if p.session is None and p.level is not None]
    db.close()
    folder.cleanup()

    shown = [s for s in stored if s.kind in ("session", "break")]
    only = [s for s in shown if s.kind == "session"]
    assert facts.n_sessions == len(only) == facts.sessions.n
    assert facts.n_days == len({s.on_day for s in only})
    _pain_agrees(facts, only, alone)
    _work_agrees(facts, shown)
    _holds_agree(facts, shown)


def _pain_agrees(facts: History, only: list[SessionRecord], alone: list[PainRecord]) -> None:
    for series in facts.pain:
        own = {"before": [s.pain_before for s in only], "after": [s.pain_after for s in only]}.get(series.key, [])
        given = [v for v in own if v is not None] + [p.level for p in alone if p.moment == series.key]
        assert series.n == len(given)
        assert sum(p.n * p.mean for p in series.points if p.n) == pytest.approx(sum(given))
        if given:
            assert min(p.least for p in series.points if p.n) == min(given)
            assert max(p.greatest for p in series.points if p.n) == max(given)
        if series.key != "next_morning":
            assert sum(p.n_asked for p in series.points) >= len(only)


def _work_agrees(facts: History, shown: list[SessionRecord]) -> None:
    sets = [one for s in shown for one in s.sets]
    done = {d.exercise: d for d in facts.done if d.n_sets}
    assert {e: d.n_sets for e, d in done.items()} == Counter(one.exercise for one in sets)
    assert sum(d.n_done for d in done.values()) == sum(one.n_done for one in sets)
    assert sum(d.n_asked for d in done.values()) == sum(one.n_asked for one in sets)
    ends = Counter()
    for d in done.values():
        ends.update({(outcome, reason): n for outcome, reason, n in d.ends})
    assert ends == Counter((one.outcome, one.reason) for one in sets if one.outcome != "done")
    for exercise, d in done.items():
        assert d.n_days == len({s.on_day for s in shown for one in s.sets if one.exercise == exercise})
    assert len(facts.stops) == sum(len(s.stops) for s in shown)
    assert Counter(h.level for h in facts.hurts) == Counter(h.level for s in shown for h in s.hurts)
    assert sorted(p.hurt for p in facts.pops) == sorted(p.hurt for s in shown for p in s.pops)


def _holds_agree(facts: History, shown: list[SessionRecord]) -> None:
    holds = [h for s in shown if s.on_day >= facts.held_from for h in s.holds]
    assert sum(h.n_seen for h in facts.holds) == sum(h.seen for h in holds)
    assert sum(h.n_told for h in facts.holds) == sum(not h.seen for h in holds)
    peaks = [h.peak for h in holds if h.peak is not None]
    series = [s for r in facts.ranges for s in r.sides]
    assert sum(s.n for s in series) == len(peaks)
    points = [p for s in series for p in s.points if p.n]
    assert sum(p.n * p.mean for p in points) == pytest.approx(sum(peaks), abs=1e-6)
    for s in series:
        assert weekly(s).n == s.n
        assert {bucket_of(p.on, "week") for p in s.points if p.n} == {p.on for p in weekly(s).points if p.n}


def test_nothing_kept_is_too_little_to_say(tmp_path):
    """Somebody new has a history that says so, everywhere, and no chart."""
    db = open_records(tmp_path / "u.db")
    who = new_person(db, "Kim")

    span, sections = story(db, who.id, LAST, 12)

    assert span == "From 6 September 2026 to 28 November 2026: no session."
    assert all(not s.charts for s in sections)
    assert sum("Too little data to say" in " ".join(s.says) for s in sections) == 4


@pytest.fixture
def three_weeks(tmp_path):
    """Somebody with three weeks of evenings, a plan, two urges."""
    db = open_records(tmp_path / "u.db")
    who = new_person(db, "Kim <script>")
    with db.writing() as c:
        for n in range(21):
            on = LAST - timedelta(days=n)
            sets = (
                SetRecord(0, 0, "chair_spinal_twist", "", 4, 4, 5.0, "done", "", False, True),
                SetRecord(1, 1, "cat_cow", "", 6, 2, 0.0, "stopped" if n == 3 else "skipped", "no_time", False, False),
            )
            holds = tuple(
                HoldRecord(0, k, side, 5.2, 5.0, True, True, 30.0 + n, "trunk_rotation", "deg")
                for k, side in enumerate(("left", "right"))
            )
            before = 3 if n % 3 else None
            record = SessionRecord(
                new_id(), who.id, "", "session", at(on), at(on, 20), on, 0, "finished", "done", before, 2, "", "",
                "camera", sets, holds,
            )  # fmt: skip
            save_session(c, record)
        save_urge(c, who.id, KeptUrge(new_id(), Urge(at(LAST), 6, 5)))
    add_plan(db, who.id, plan_text_of("chair_spinal_twist", "butterfly_stretch", goals=("sit through a film",)))
    return db, who


def test_the_report_holds_the_facts_and_names_nobody_elses(three_weeks, tmp_path):
    """As HTML it stands alone, escapes what people wrote, and has each section; as PDF it has text and tags."""
    from tests.app.test_printing import poppler

    db, who = three_weeks
    write_report(db, who, tmp_path / "r.html", LAST, 6)
    write_report(db, who, tmp_path / "r.pdf", LAST, 6)

    page, text = (tmp_path / "r.html").read_text(), poppler("pdftotext", "-raw", str(tmp_path / "r.pdf"), "-")
    assert "<script" not in page
    assert "http" not in page
    assert "Before a session: rated 14 times, not rated seven times. 3 each time." in page
    assert "21 of 21" in page
    assert "1 stopped (no time); 20 skipped (no time)" in page or "20 skipped (no time); 1 stopped (no time)" in page
    assert "Goal: sit through a film" in page
    assert page.count('class="history-chart"') == 4
    assert "Kim <script>" in text
    assert "rated 14 times, not rated seven times" in text
    assert "Tagged:          yes" in poppler("pdfinfo", str(tmp_path / "r.pdf"))
    with pytest.raises(ProblemsError):
        write_report(db, who, tmp_path / "r.doc", LAST)


def test_asked_days_are_the_plans(three_weeks):
    """A plan asks from the day on which it was added, by its own days; what no plan asked says so."""
    db, who = three_weeks
    today = datetime.now(UTC).astimezone().date()

    facts = history(db, who.id, max(today, LAST), 600)

    asked = {d.exercise: d.n_days_asked for d in facts.done}
    assert asked["butterfly_stretch"] is not None
    assert asked["cat_cow"] is None
    assert [s.key for s in facts.pain] == list(RATINGS)
    assert read_library().measures["trunk_rotation"].error == facts.ranges[0].error
