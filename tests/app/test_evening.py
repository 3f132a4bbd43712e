"""Tonight out of the records: what was answered, did and felt goes in, tomorrow's sheet comes out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.app.lives import (
    DAYS,
    TWO,
    all_no,
    evening,
    evening_at,
    good_morning,
    keep,
    plan_text_of,
    say,
    somebody,
    spoilt,
    under_traffic_light,
)
from uncrick.app.answering import Clearance, put_clearance, put_conditions, put_pain
from uncrick.app.evening import Asking, evening_of
from uncrick.app.people import new_person
from uncrick.app.plans import add_plan, decisions, end_plan
from uncrick.app.recording import rate_morning
from uncrick.app.records import open_records
from uncrick.errors import ProblemsError


@pytest.fixture
def db(tmp_path):
    """Records in a file of their own."""
    opened = open_records(tmp_path / "uncrick.db")
    yield opened
    opened.close()


def asked(found) -> list[str]:
    """Return what a sheet asks."""
    return [item.amount.exercise for item in found.sheet.tonight.items]


def why_not(found) -> dict[str, str]:
    """Return what a sheet leaves out, and by which rule."""
    return {left.exercise: left.reason.rule for left in found.sheet.tonight.left_out}


def test_the_first_evening_asks_everything_first(db):
    """Before any answer the full set is due and nothing is begun; all answered, the plan is on."""
    kim, _ = somebody(db)

    before = evening_of(db, kim.id, evening_at(0))
    all_no(db, kim.id, evening_at(0, 17))
    after = evening_of(db, kim.id, evening_at(0))

    assert (before.sheet.extent, before.sheet.because) == ("full", "first_time")
    assert set(why_not(before).values()) == {"answers_missing"}
    assert len(before.sheet.questions) > 20
    assert asked(after) == ["butterfly_stretch", "chair_spinal_twist"]
    assert after.sheet.questions == ()


def test_the_next_evening_asks_the_short_set_again(db):
    """Yesterday's answers do not open today: the few questions come again, and once more before a second session."""
    kim, kept = somebody(db)
    all_no(db, kim.id, evening_at(0, 17))
    keep(db, evening(kept, 0))

    second = evening_of(db, kim.id, evening_at(0, 20))
    tomorrow = evening_of(db, kim.id, evening_at(1))

    assert (tomorrow.sheet.extent, tomorrow.sheet.because) == ("short", "session")
    assert 0 < len(tomorrow.sheet.questions) < 20
    assert [a.question.id for a in second.sheet.questions] == [a.question.id for a in tomorrow.sheet.questions]


@pytest.mark.parametrize("kind", ["break", "swap"])
def test_a_break_or_a_swap_asks_once_a_day(kind, db):
    """A minute at the desk or instead of a pop rests on answers of the same day, also when a session came between."""
    kim, kept = somebody(db)
    all_no(db, kim.id, evening_at(0, 17))
    keep(db, evening(kept, 0))

    same_day, next_day = (evening_of(db, kim.id, evening_at(day, 21), Asking(kind)) for day in (0, 1))

    assert asked(same_day) and not same_day.sheet.questions
    assert not asked(next_day) and next_day.sheet.questions


@pytest.mark.parametrize(
    ("day", "asking", "because"),
    [(5, Asking(fell=True), "fell"), (5, Asking(rest_pain=7), "pain"), (16, Asking(), "away"), (31, Asking(), "away")],
)
def test_when_everything_is_asked_again(db, day, asking, because):
    """After a fall, at pain of 7, and after two weeks away all questions are asked again, and it says why."""
    kim, kept = somebody(db)
    all_no(db, kim.id, evening_at(0, 17))
    keep(db, evening(kept, 0))

    found = evening_of(db, kim.id, evening_at(day), asking)

    assert (found.sheet.extent, found.sheet.because) == ("full", because)


def test_after_a_month_everything_is_asked_again(db):
    """With sessions all along, the full set comes after 30 days, though the short one was answered every day."""
    kim, kept = somebody(db)
    all_no(db, kim.id, evening_at(0, 17))
    for day in range(1, 30):
        all_no(db, kim.id, evening_at(day, 17), short=True)
        keep(db, evening(kept, day))

    assert evening_of(db, kim.id, evening_at(29, 20)).sheet.extent == "short"
    assert evening_of(db, kim.id, evening_at(30)).sheet.because == "every_days"


def test_an_emergency_stays_until_it_is_cleared(db):
    """After a yes to an emergency there is only the message with the own number; a later no does not end it."""
    kim, _ = somebody(db, number="0118 999")
    all_no(db, kim.id, evening_at(0, 16))
    say(db, kim.id, "chest_pain", "yes", evening_at(0, 17))
    say(db, kim.id, "chest_pain", "no", evening_at(1, 17))

    found = evening_of(db, kim.id, evening_at(1))

    assert (found.sheet.tonight.level, found.sheet.tonight.items, found.sheet.questions) == ("emergency", (), ())
    assert "0118 999" in found.message
    put_clearance(db, kim.id, Clearance("chest_pain", "Dr Lee", DAYS[2], "heart looked at"), evening_at(2))
    all_no(db, kim.id, evening_at(2, 17))
    assert asked(evening_of(db, kim.id, evening_at(2)))


def test_a_condition_leaves_out_what_it_excludes_until_it_ends(db):
    """With osteoporosis the twist is left out; when the condition ends it is back."""
    kim, _ = somebody(db)
    all_no(db, kim.id, evening_at(0, 17))

    put_conditions(db, kim.id, ["osteoporosis"], [], DAYS[0])
    with_it = evening_of(db, kim.id, evening_at(0))
    put_conditions(db, kim.id, [], [], DAYS[0])
    without = evening_of(db, kim.id, evening_at(0))

    assert "chair_spinal_twist" not in asked(with_it)
    assert why_not(with_it)["chair_spinal_twist"] == "excluded"
    assert "chair_spinal_twist" in asked(without)


def test_three_good_evenings_make_one_thing_harder(db):
    """The loop: three whole sessions with good mornings, and the sheet asks one repetition more, with its reason."""
    kim, kept = somebody(db)
    for day in range(3):
        keep(db, evening(kept, day), good_morning(day + 1), person=kim.id)
        evening_of(db, kim.id, evening_at(day, 23))
    all_no(db, kim.id, evening_at(3, 17))

    found = evening_of(db, kim.id, evening_at(3))

    [first, _] = found.sheet.tonight.items
    assert first.amount.reps == 6
    assert [(d.change, d.rule) for d in found.decided.decisions] == [
        ("harder", "three_clean"),
        ("same", "one_at_a_time"),
    ]
    assert [one.decision.rule for one in decisions(db, kept.id, DAYS[3])] == ["three_clean", "one_at_a_time"]


def test_a_stop_closes_today_rests_tomorrow_and_comes_back_easier(db):
    """What a stop ended is not repeated today, rests tomorrow, and then asks for less."""
    kim, kept = somebody(db)
    for day in range(3):
        all_no(db, kim.id, evening_at(day, 17))
    keep(db, evening(kept, 0, stopped=("butterfly_stretch",)))
    all_no(db, kim.id, evening_at(0, 19))

    today, tomorrow, after = (evening_of(db, kim.id, evening_at(day, 20)) for day in range(3))

    assert why_not(today) == {"butterfly_stretch": "stopped_today"}
    assert why_not(tomorrow) == {"butterfly_stretch": "rests_after_stop"}
    assert [i.amount.hold_s for i in after.sheet.tonight.items if i.prescription == "butterfly_stretch"] == [4]


def test_a_session_that_pain_ended_brings_a_day_of_rest(db):
    """After the second stop of a session the next day is one of rest, said with its day."""
    kim, kept = somebody(db)
    all_no(db, kim.id, evening_at(1, 17))
    keep(db, evening(kept, 0, stopped=("butterfly_stretch",), ending="pain"))

    assert set(why_not(evening_of(db, kim.id, evening_at(1))).values()) == {"day_of_rest"}


def test_two_bad_mornings_lead_to_a_clinician(db):
    """Two mornings two points worse within a week: a day of rest each, and the advice to see somebody."""
    kim, kept = somebody(db)
    keep(db, evening(kept, 0), good_morning(1, 5), evening(kept, 2), person=kim.id)
    all_no(db, kim.id, evening_at(3, 17))
    before = evening_of(db, kim.id, evening_at(3))

    keep(db, good_morning(3, 5), person=kim.id)
    after = evening_of(db, kim.id, evening_at(3))

    assert before.sheet.advice == ()
    assert [reason.rule for reason in after.sheet.advice] == ["bad_mornings"]
    assert set(why_not(after).values()) == {"day_of_rest"}


def test_the_morning_after_is_asked_for_until_it_is_rated(db):
    """The day after a session its morning is to be rated, once; two days later it is no longer asked."""
    kim, kept = somebody(db)
    keep(db, evening(kept, 0))

    put_pain(db, kim.id, "rest", 1, evening_at(1, 7))
    due = evening_of(db, kim.id, evening_at(1, 8)).sheet
    put_pain(db, kim.id, "next_morning", 3, evening_at(1, 8))

    assert (due.mornings, due.compared_with, due.baseline) == ((DAYS[0],), 3, 1)
    assert evening_of(db, kim.id, evening_at(1, 9)).sheet.mornings == ()
    assert evening_of(db, kim.id, evening_at(0, 22)).sheet.mornings == ()


def test_a_morning_rated_after_midnight_is_the_one_that_was_asked_for(db):
    """Until four the day before still lasts: its morning is asked for and rated, and not the one to come."""
    kim, kept = somebody(db)
    keep(db, evening(kept, 0), evening(kept, 1))

    rate_morning(db, kim.id, 3, evening_at(2, 1))

    assert evening_of(db, kim.id, evening_at(2, 2)).sheet.mornings == ()
    assert evening_of(db, kim.id, evening_at(2, 8)).sheet.mornings == (DAYS[1],)


def test_amber_is_asked_for_until_it_has_settled(db, tmp_path):
    """Under the traffic light pain of 5 after a session is asked for; not yet means rest, settled takes that back."""
    kim = new_person(db, "Kim")
    kept = under_traffic_light(db, kim.id, tmp_path)
    keep(db, evening(kept, 0, pain_after=5))
    all_no(db, kim.id, evening_at(1, 7))

    before = evening_of(db, kim.id, evening_at(1, 8)).sheet
    rate_morning(db, kim.id, 3, evening_at(1, 8), settled=False)
    not_yet = evening_of(db, kim.id, evening_at(1, 9))
    rate_morning(db, kim.id, 3, evening_at(1, 16), settled=True)
    settled = evening_of(db, kim.id, evening_at(1, 17))

    assert (before.settling.rose_to, before.settling.within_h, before.settling.settled) == (5, 24, None)
    assert (not_yet.sheet.settling.morning, not_yet.sheet.settling.settled) == (3, False)
    assert set(why_not(not_yet).values()) == {"day_of_rest"}
    assert (settled.sheet.settling, asked(settled)) == (None, list(TWO))


def test_the_strict_rule_asks_nothing_of_settling(db):
    """Without a therapist's rule no pain has hours to settle, and nothing is asked."""
    kim, kept = somebody(db)
    keep(db, evening(kept, 0, pain_after=5))

    assert evening_of(db, kim.id, evening_at(1, 8)).sheet.settling is None


def test_a_plan_that_cannot_be_read_gives_way_to_the_one_before(db):
    """A kept plan that this version refuses is told in a sentence; the one it took the place of holds meanwhile."""
    kim, first = somebody(db)
    second = add_plan(db, kim.id, plan_text_of("walking", title="The second"))
    third = add_plan(db, kim.id, plan_text_of("walking", title="The third"))
    all_no(db, kim.id, evening_at(0, 17))

    spoilt(db, third)
    one_refused = evening_of(db, kim.id, evening_at(0))
    spoilt(db, second)
    two_refused = evening_of(db, kim.id, evening_at(0))
    spoilt(db, first)
    all_refused = evening_of(db, kim.id, evening_at(0))

    assert (one_refused.plan.id, two_refused.plan.id, all_refused.plan) == (second.id, first.id, None)
    assert asked(two_refused) == list(TWO)
    assert "cannot read your plan “The third” (plan:" in two_refused.refused
    assert "no exercise 'old_walking'" in two_refused.refused
    assert "“Two stretches”, holds" in two_refused.refused
    assert "the four stretches of the article stand in" in all_refused.refused


def test_a_plan_that_was_ended_does_not_come_back(db):
    """Only what a refused plan took the place of holds again, not what somebody had ended before."""
    kim, _ = somebody(db)
    end_plan(db, kim.id)
    spoilt(db, add_plan(db, kim.id, plan_text_of("walking")))

    assert evening_of(db, kim.id, evening_at(0)).plan is None


def test_strong_pain_at_rest_leaves_walking_only(db):
    """Pain of 7 at rest, rated today, closes everything but walking, and all questions come first."""
    kim, _ = somebody(db, "butterfly_stretch", "walking")
    put_pain(db, kim.id, "rest", 7, evening_at(0, 16))
    all_no(db, kim.id, evening_at(0, 17))

    found = evening_of(db, kim.id, evening_at(0))

    assert (asked(found), why_not(found)) == (["walking"], {"butterfly_stretch": "pain_at_rest"})


def test_looking_again_changes_nothing(db):
    """The same evening looked at ten times, and by somebody who opens the records anew, is the same evening."""
    kim, kept = somebody(db)
    for day in range(4):
        keep(db, evening(kept, day, stopped=("chair_spinal_twist",) * (day == 1)), good_morning(day + 1), person=kim.id)
    once = evening_of(db, kim.id, evening_at(5))

    again = [evening_of(db, kim.id, evening_at(5)) for _ in range(9)]

    assert {found.sheet.tonight for found in again} == {once.sheet.tonight}
    assert {tuple(found.sheet.standings.items()) for found in again} == {tuple(once.sheet.standings.items())}


def test_a_clock_set_back_decides_nothing_twice(db):
    """An evening seen with the clock a week back, then right again, stands where it stood."""
    kim, kept = somebody(db)
    for day in range(6):
        keep(db, evening(kept, day), good_morning(day + 1), person=kim.id)
    right = evening_of(db, kim.id, evening_at(7)).sheet.standings

    evening_of(db, kim.id, evening_at(0) - timedelta(days=3))
    evening_of(db, kim.id, evening_at(2))

    assert evening_of(db, kim.id, evening_at(7)).sheet.standings == right


def test_a_session_of_a_wrong_clock_blocks_nothing(db):
    """A stop recorded a year ahead takes one step back, and nothing rests for a year."""
    kim, kept = somebody(db)
    ahead = evening(kept, 0, stopped=("butterfly_stretch",))
    year = timedelta(days=365)
    keep(
        db,
        evening(kept, 0, id="ahead", started_at=ahead.started_at + year, on_day=ahead.on_day + year, stops=ahead.stops),
    )

    evening_of(db, kim.id, evening_at(0))
    all_no(db, kim.id, evening_at(3, 17))
    found = evening_of(db, kim.id, evening_at(3))

    assert [i.amount.hold_s for i in found.sheet.tonight.items if i.prescription == "butterfly_stretch"] == [4]


def test_a_no_from_a_wrong_clock_hides_no_yes(db):
    """A no that bears next year's date does not outweigh a yes of today."""
    kim, _ = somebody(db)
    all_no(db, kim.id, evening_at(365, 17))
    all_no(db, kim.id, evening_at(0, 16))
    say(db, kim.id, "chest_pain", "yes", evening_at(0, 17))

    assert evening_of(db, kim.id, evening_at(0)).sheet.tonight.level == "emergency"


def test_the_day_is_the_persons_own(db):
    """East of here it is tomorrow already: the evening is of the day that the person's clock shows."""
    kim, _ = somebody(db)
    tokyo = datetime(2026, 11, 23, 20, tzinfo=UTC).astimezone(timezone(timedelta(hours=9)))

    assert evening_of(db, kim.id, tokyo).sheet.on == DAYS[1]
    assert evening_of(db, kim.id, datetime(2026, 11, 24, 1, tzinfo=UTC)).sheet.on == DAYS[0]


def test_without_a_plan_the_four_of_the_article_stand_in(db):
    """Somebody without a plan has an evening too, of which nothing gets harder and nothing is decided."""
    kim, _ = somebody(db)
    end_plan(db, kim.id)
    all_no(db, kim.id, evening_at(0, 17))
    found = evening_of(db, kim.id, evening_at(0))

    assert found.plan is None
    assert len(asked(found)) == 4


def test_nobody_has_no_evening(db):
    """For an id that is nobody's there is a problem, not an evening."""
    with pytest.raises(ProblemsError):
        evening_of(db, "nobody", evening_at(0))
