"""A streak that rest and stops never break: days on which something was done, in a row."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

MOST_DAYS = 3650
"""No streak is looked at further back than ten years."""


def streak(done: Collection[date], is_free: Callable[[date], bool], today: date) -> int:
    """Return how many days in a row something was done, up to *today*.

    A free day (nothing asked, rest, the day after a stop) neither counts nor breaks it; nor does today while it lasts.
    """
    n_days, first = 0, min(done, default=today)
    for back in range(MOST_DAYS):
        day = today - timedelta(days=back)
        if day in done:
            n_days += 1
        elif day < first or not (back == 0 or is_free(day)):
            break
    return n_days
