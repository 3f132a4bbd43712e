"""A week of evenings on a file and on a server: the same facts make the same sheets."""

from datetime import timedelta

from tests.app.lives import DAYS, all_no, evening, evening_at, good_morning, keep, somebody
from tests.store.conftest import cluster, db, open_again
from uncrick.app.answering import put_conditions
from uncrick.app.evening import evening_of
from uncrick.app.plans import decisions

__all__ = ["cluster", "db", "open_again"]


def test_a_week_of_evenings(db):
    """Three good evenings, a stop, a bad morning and a new condition: each day's sheet is what its facts say."""
    kim, kept = somebody(db)
    all_no(db, kim.id, evening_at(0, 17))
    asked = []
    for day in range(8):
        all_no(db, kim.id, evening_at(day, 17), short=True)
        keep(db, good_morning(day, 6 if day == 6 else 3), person=kim.id)
        if day == 7:
            put_conditions(db, kim.id, ["osteoporosis"], ["a sore toe"], DAYS[day])
        tonight = evening_of(db, kim.id, evening_at(day)).sheet.tonight
        asked.append([(i.amount.exercise[:4], i.amount.reps) for i in tonight.items])
        if tonight.items:
            keep(db, evening(kept, day, stopped=("butterfly_stretch",) * (day == 3)))

    assert asked[:3] == [[("butt", 5), ("chai", 2)]] * 3
    assert asked[3] == [("butt", 6), ("chai", 2)]
    assert asked[4] == [("chai", 2)]
    assert asked[5] == [("butt", 5), ("chai", 3)]
    assert asked[6] == []
    assert "chai" not in {name for name, _ in asked[7]}
    changed = {(d.on_day, d.decision.prescription, d.decision.rule) for d in decisions(db, kept.id)}
    assert (DAYS[3], "butterfly_stretch", "three_clean") in changed
    assert (DAYS[4], "butterfly_stretch", "after_stop") in changed
    assert evening_of(db, kim.id, evening_at(7) + timedelta(hours=1)).sheet.n_days >= 6
