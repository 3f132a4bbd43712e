"""Recognition: which exercise is this."""

import math

import pytest

from tests.coach.moving_body import raises
from uncrick.coach import recognise
from uncrick.coach.course import Course, course_of
from uncrick.coach.recognise import Recognising
from uncrick.coach.segment import Span
from uncrick.coach.shape import shape_of

MOVES = {"arm": ("arm_right",), "leg": ("leg_right",), "both arms": ("arm_left", "arm_right")}


def courses_of(limbs, n=3, **how):
    clip = raises(n, limbs, period_s=2.5, **how)
    shapes = [shape_of(f) for f in clip.frames()]
    return [course_of(clip.t_s.tolist(), shapes, Span(2.5 * i, 2.5 * i + 2.5)) for i in range(n)]


KNOWN = tuple(recognise.reference_of(name, courses_of(limbs)) for name, limbs in MOVES.items())


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("top_deg", [60, 90, 120])
def test_each_movement_is_recognised(name, top_deg):
    """Done further or less far than the reference, a movement is still itself."""
    first = recognise.likenesses(KNOWN, courses_of(MOVES[name], top_deg=top_deg)[0])[0]

    assert first.name == name


def test_either_side_is_the_same_exercise():
    """A movement learned on the right is recognised on the left."""
    best, second, *_ = recognise.likenesses(KNOWN, courses_of(("arm_left",))[0])

    assert best.name == "arm"
    assert best.difference_deg < 2 < second.difference_deg


def test_the_last_repetitions_decide_together():
    """One odd repetition among others does not change the name."""
    settings, state = Recognising(KNOWN), None
    names = []
    for course in [*courses_of(MOVES["arm"]), courses_of(MOVES["both arms"])[0], *courses_of(MOVES["arm"], 1)]:
        state, seen = recognise.step(settings, state, (0.0, course))
        names.append(seen.name)

    assert names == ["arm"] * 5


def test_after_a_change_the_new_movement_is_named():
    """When another movement goes on, its name comes within the repetitions looked back upon."""
    settings, state = Recognising(KNOWN, n_last=3), None
    for course in [*courses_of(MOVES["arm"]), *courses_of(MOVES["leg"])]:
        state, seen = recognise.step(settings, state, (0.0, course))

    assert seen.name == "leg"
    assert len(state.last) == 3


def test_what_is_like_nothing_known_has_no_name():
    """A repetition too different from every reference is of no known exercise."""
    _, seen = recognise.step(Recognising(KNOWN[:1], unlike_deg=3), None, (1.0, courses_of(MOVES["leg"])[0]))

    assert seen.name == ""
    assert seen.likeness.name == "arm"
    assert seen.runner_up.difference_deg == math.inf


def test_nothing_known_and_nothing_seen():
    """Without references, or without a bone to compare, nothing is named and nothing raises."""
    course = courses_of(MOVES["arm"])[0]
    unseen = Course(course.directions * math.nan, 2.0, math.nan)

    _, alone = recognise.step(Recognising(()), None, (0.0, course))
    _, blind = recognise.step(Recognising(KNOWN), None, (0.0, unseen))

    assert (alone.name, alone.likeness.difference_deg) == ("", math.inf)
    assert (blind.name, blind.likeness.difference_deg) == ("", math.inf)
