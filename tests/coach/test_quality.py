"""Quality: the parts of a repetition, and the number made of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coach.moving_body import body, hills
from tests.coach.test_recognise import courses_of
from uncrick.coach import quality
from uncrick.coach.course import course_of
from uncrick.coach.quality import RULE, TYPICAL, Judging, Parts
from uncrick.coach.segment import Span
from uncrick.coach.shape import shape_of

ARM = ("arm_right",)
STANDARD = quality.steadied(quality.standard_of([courses_of(ARM)]), TYPICAL)


def parts(limbs=ARM, earlier=0, **how):
    courses = courses_of(limbs, earlier + 1, **how)
    return quality.parts_of(STANDARD, courses[-1], courses[:-1])


def test_the_reference_itself():
    """Done as in the reference, every part that compares is about 0."""
    got = parts(jitter_m=0.0)

    assert got.path_deg < 1
    assert got.still_deg < 1
    assert got.range_ln == pytest.approx(0, abs=0.03)
    assert got.tempo_ln == pytest.approx(0)
    assert got.uneven_deg == pytest.approx(0, abs=2)


def test_range():
    """Half as far is told as ln of about a half."""
    assert parts(top_deg=45).range_ln == pytest.approx(math.log(50 / 95), abs=0.05)


def test_tempo():
    """Twice as long is ln 2."""
    clip_s, out = hills(1, period_s=5.0)
    clip = body(clip_s, 90 * out)
    course = course_of(clip.t_s.tolist(), [shape_of(f) for f in clip.frames()], Span(0, 5))

    assert quality.parts_of(STANDARD, course, []).tempo_ln == pytest.approx(math.log(2))


def test_bones_that_should_rest():
    """A leg that moves along shows in the part of the bones that should rest, and in the path."""
    along = parts(("arm_right", "leg_left"))

    assert along.still_deg > 15
    assert along.path_deg > 5
    assert parts().still_deg < 5


def test_both_sides():
    """Done on the other side, a repetition is judged alike."""
    assert parts(("arm_left",), jitter_m=0.0) == pytest.approx(parts(jitter_m=0.0), abs=0.01, nan_ok=True)


def test_ones_own_repetitions():
    """Repetitions that differ from each other are told so; the first one has nothing to be compared with."""
    alike, unlike = parts(earlier=2), parts(earlier=2, height=(1.0, 0.5))

    assert unlike.unlike_deg > alike.unlike_deg + 0.8
    assert unlike.unsteady > alike.unsteady + 0.3
    assert math.isnan(parts().unlike_deg)


def test_the_score_falls_with_every_fault():
    """Less far, with a leg that moves along, unlike one's own: each scores less than done as shown."""
    good, short, loose = parts(earlier=3), parts(earlier=3, top_deg=45), parts(("arm_right", "leg_left"), earlier=3)

    scores = [quality.score(RULE, STANDARD, p) for p in (good, short, loose)]

    assert scores[0] > 80
    assert scores[1] < scores[0] - 10
    assert scores[2] < scores[0] - 10


def test_the_reasons_name_the_fault():
    """What took most from the score comes first."""
    off = quality.spreads_off(STANDARD, parts(("arm_right", "leg_left"), earlier=3))

    assert quality.reasons(RULE, off)[0][0] == "still_deg"
    assert sum(v for _, v in quality.reasons(RULE, off)) + RULE.base == pytest.approx(quality.log_odds(RULE, off))


@given(st.lists(st.floats(-100, 100) | st.just(math.nan), min_size=10, max_size=10))
def test_no_part_decides_alone(values):
    """Whatever the parts, even unseen ones, each counts for no more than three spreads and the score is 0..100."""
    off = quality.spreads_off(STANDARD, Parts(*values))

    assert max(abs(z) for z in off) <= quality.FARTHEST
    assert 0 <= quality.score(RULE, STANDARD, Parts(*values)) <= 100


def test_the_rule_rewards_nothing_that_is_worse():
    """Only range and tempo may be right by being higher; of all other parts more never scores more."""
    for name, weight in RULE.towards._asdict().items():
        assert weight <= 0 or name in ("range_ln", "tempo_ln")
    assert max(RULE.away) <= 0


def test_several_people_set_usual_and_spread():
    """With more than one person the spread is theirs, steadied by the typical one; with one it is the typical one."""
    people = [courses_of(ARM, top_deg=t) for t in (80, 90, 100)]

    own = quality.standard_of(people)
    steadied = quality.steadied(own, TYPICAL)

    assert STANDARD.spread == TYPICAL.spread
    assert steadied.spread.range_ln == pytest.approx(math.sqrt((own.spread.range_ln**2 + 0.16**2) / 2))
    assert own.usual.path_deg > 0.5
    assert np.isfinite(quality.typical_of([own, own]).spread).all()


def test_steps_remember_the_last_three():
    """Judged one after the other, each repetition is compared with the three before it."""
    state, scores = None, []
    for i, course in enumerate(courses_of(ARM, 5)):
        state, judged = quality.step(Judging(STANDARD), state, (float(i), course))
        scores.append(judged.score)

    assert len(state) == 3
    assert min(scores) > 80
    assert judged.t_s == 4.0
