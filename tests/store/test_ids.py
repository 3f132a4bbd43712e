"""Ids rise, whatever the clock does, and are UUIDs of version 7."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from uncrick.store.ids import MOST_IN_A_MS, Ids, new_id

moments_ms = st.integers(0, 2**47)


@given(st.lists(moments_ms, min_size=2, max_size=50))
def test_ids_rise_whatever_the_clock_does(times):
    """With a clock that jumps back and forth, each id is greater than the one before, and none comes twice."""
    clock = iter(times)
    ids = Ids(lambda: next(clock))

    made = [ids.new() for _ in times]

    assert made == sorted(set(made))


def test_more_ids_than_a_millisecond_holds_still_rise():
    """When a clock stands still, ids borrow from the next millisecond."""
    ids = Ids(lambda: 1_000)

    made = [ids.new() for _ in range(MOST_IN_A_MS + 10)]

    assert made == sorted(set(made))
    assert int(made[-1].replace("-", "")[:12], 16) == 1_001


def test_an_id_is_a_uuid_of_version_7_with_its_moment():
    """The text is a UUID that others read as version 7, and begins with the moment it was made at."""
    made = uuid.UUID(Ids(lambda: 0x0123456789AB).new())

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 0x0123456789AB
    assert uuid.UUID(new_id()).version == 7
