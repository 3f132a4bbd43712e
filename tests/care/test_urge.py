"""The urge to pop: a minute of something else, and whether it fades."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.care.urge import Offer, Swap, Trend, Urge, choose_swap, trend

TODAY = date(2026, 11, 22)
offers_st = st.lists(
    st.builds(
        Offer, st.sampled_from("abcde"), st.floats(0, 200), st.booleans(), st.booleans(), most_reps=st.integers(1, 9)
    ),
    max_size=6,
)


def urges(*per_week: list[int]) -> list[Urge]:
    """Urges of the last weeks, oldest first, one a day."""
    first = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=7 * len(per_week) - 1)
    return [
        Urge(first + timedelta(days=7 * week + day), urge, stiffness=5)
        for week, row in enumerate(per_week)
        for day, urge in enumerate(row)
    ]


def test_swap_takes_the_chair_before_the_floor_and_fills_a_minute():
    """Two things from tonight's list, in the chair first, together about a minute."""
    offers = [Offer("rocking", 6, on_floor=True), Offer("butterfly", 9, on_floor=False), Offer("tuck", 7, False)]

    swap = choose_swap(offers)

    assert swap == Swap((("butterfly", 3), ("tuck", 4)), 55)


@given(offers_st)
def test_swap_never_lasts_longer_than_a_minute_nor_invents_anything(offers):
    """A swap holds only what was offered, and never more than its time."""
    swap = choose_swap(offers)

    assert swap.lasts_s <= 60.0 + 1e-9
    assert {e for e, _ in swap.parts} <= {o.exercise for o in offers}


@given(offers_st)
def test_swap_never_asks_for_more_than_tonight_does(offers):
    """However short a repetition is, no exercise comes more often than on tonight's sheet."""
    most = {o.exercise: max(x.most_reps for x in offers if x.exercise == o.exercise) for o in offers}

    assert all(n <= most[exercise] for exercise, n in choose_swap(offers).parts)


def test_nothing_allowed_gives_an_empty_swap():
    """Where nothing is allowed the swap is empty: breathe and walk."""
    assert choose_swap([]) == Swap((), 0)


@pytest.mark.parametrize(
    ("per_week", "direction"),
    [
        (([8, 8, 7], [7, 7, 7], [6, 5, 5], [4, 4, 3]), "fading"),
        (([3, 3, 3], [3, 4, 4], [5, 5, 5], [6, 6, 6]), "growing"),
        (([5, 5, 5], [5, 5, 6], [5, 5, 5], [5, 5, 5]), "steady"),
        (([5, 5], [5, 5], [5], [4, 4]), "too_little"),
        (([8, 8, 8], [], [], []), "too_little"),
    ],
)
def test_trend_compares_weeks_that_have_enough(per_week, direction):
    """The trend is the change between weeks with three urges or more; with fewer it says that it cannot say."""
    assert trend(urges(*per_week), TODAY).direction == direction


def test_trend_counts_urges_and_never_pops():
    """A trend holds urges and stiffness; there is no place in it for how often something popped."""
    assert Trend.__slots__ == ("weeks", "direction")
    assert not [field for field in Urge.__slots__ if "pop" in field]
