"""A streak that rest and stops never break."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from uncrick.plan.streak import streak

TODAY = date(2026, 11, 28)
days = st.sets(st.integers(0, 30).map(lambda n: TODAY - timedelta(days=n)))


def test_a_day_left_out_ends_it_and_rest_does_not():
    """Three days with a day of rest between are three; a day on which something was asked and nothing done ends it."""
    done = {TODAY - timedelta(days=n) for n in (1, 3, 4, 6)}
    rest = TODAY - timedelta(days=2)

    assert streak(done, lambda day: day == rest, TODAY) == 3


@given(days, days)
def test_rest_never_shortens_it(done, rest):
    """Any day that becomes a day of rest leaves the streak as long or makes it longer."""
    assert streak(done, rest.__contains__, TODAY) >= streak(done, lambda _: False, TODAY)
