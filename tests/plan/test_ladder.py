"""The steps a dose can take."""

from hypothesis import given
from hypothesis import strategies as st

from tests.plan.evenings import EXERCISES, LADDER
from uncrick.plan.ladder import gentler, harder_form, is_no_more, next_easier, next_harder, own_amount
from uncrick.plan.record import Amount, Limits

exercises = st.sampled_from(sorted(EXERCISES))


def climbed(exercise: str, limits: Limits = Limits()) -> list[Amount]:  # noqa: B008
    """Every amount on the way from the least dose up."""
    steps = [LADDER[exercise].least]
    while (up := next_harder(LADDER, limits, steps[-1])) is not None:
        steps.append(up)
    return steps


def test_repetitions_grow_before_the_hold():
    """One thing at a time: all repetitions first, then the hold, second by second."""
    steps = climbed("butterfly_stretch")

    assert [(a.reps, a.hold_s) for a in steps] == [(r, 3) for r in range(3, 11)] + [(10, s) for s in range(4, 11)]


def test_long_holds_grow_by_five_seconds_and_walks_by_a_minute():
    """A hold of ten seconds or more grows by five, a walk from two to thirty minutes by one."""
    holds = [a.hold_s for a in climbed("childs_pose")]

    assert holds[-5:] == [10, 15, 20, 25, 30]
    assert [a.duration_s for a in climbed("walking")] == [60.0 * m for m in range(2, 31)]


@given(exercises)
def test_a_step_up_changes_one_thing_and_never_the_exercise(exercise):
    """Between two neighbouring steps exactly one number differs, and it is larger."""
    for a, b in zip(climbed(exercise), climbed(exercise)[1:], strict=False):
        assert sum(x != y for x, y in zip(a, b, strict=True)) == 1
        assert is_no_more(a, b)


@given(exercises)
def test_going_down_ends_at_the_least_dose_and_never_asks_for_more(exercise):
    """From an exercise's own dose, steps down end at its least, each asking for no more than the one before."""
    amount, least = own_amount(EXERCISES[exercise]), LADDER[exercise].least
    n_steps = 0
    while (down := next_easier(LADDER, amount)) is not None:
        assert is_no_more(down, amount)
        amount, n_steps = down, n_steps + 1
        assert n_steps < 200

    assert is_no_more(amount, least)


def test_limits_of_the_plan_end_the_climb_early():
    """A plan's own most is never passed."""
    steps = climbed("butterfly_stretch", Limits(most_reps=6, most_hold_s=4))

    assert (steps[-1].reps, steps[-1].hold_s) == (6, 4)


def test_harder_form_begins_at_its_least_dose():
    """Single knee to chest leads to both knees, at their least; butterfly leads nowhere."""
    single, butterfly = (own_amount(EXERCISES[e]) for e in ("single_knee_to_chest", "butterfly_stretch"))

    assert harder_form(LADDER, single) == LADDER["double_knee_to_chest"].least
    assert harder_form(LADDER, butterfly) is None


@given(exercises, st.floats(0.1, 1))
def test_gentler_asks_for_less_but_never_for_nothing(exercise, part):
    """A part of a dose is no more than the dose, and still something to do."""
    own = own_amount(EXERCISES[exercise])

    less = gentler(own, part)

    assert is_no_more(less, own)
    assert less.reps >= 1


def test_caution_halves_repetitions():
    """Half of eight repetitions are four, half of five are two, half of one is one."""
    assert [gentler(Amount("x", 1, n, 5), 0.5).reps for n in (8, 5, 1)] == [4, 2, 1]
