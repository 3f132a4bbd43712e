"""Times of packed pictures: a rate where they come evenly, milliseconds where they do not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.vision.packing import FINEST_HZ, counted, n_packets, pack


@pytest.mark.parametrize("rate_hz", [15, 25, 29.97, 23.976, 30])
def test_even_pictures_get_their_rate(rate_hz) -> None:
    """Times that a file rounded to milliseconds are still seen to be even, minutes long."""
    times_s = [round(3 + i / rate_hz, 3) for i in range(5000)]

    assert counted(times_s) == (pytest.approx(rate_hz, abs=1e-3), list(range(5000)))


def test_a_picture_left_out_leaves_a_gap() -> None:
    """Dropped pictures do not make the rest come sooner, nor the rate another."""
    times_s = [i / 30 for i in range(300) if i % 7 != 3]

    assert counted(times_s) == (30, [i for i in range(300) if i % 7 != 3])


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=50, unique=True))
def test_whatever_the_times_ticks_rise_and_are_near(times_s) -> None:
    """The first tick is 0 and every other later than the one before; apart by milliseconds they are true to one."""
    times_s = sorted(times_s)

    rate_hz, ticks = counted(times_s)

    assert ticks[0] == 0
    assert all(a < b for a, b in pairwise(ticks))
    if all(b - a >= 1.5 / FINEST_HZ for a, b in pairwise(times_s)):
        found_s = [times_s[0] + tick / rate_hz for tick in ticks]
        assert found_s == pytest.approx(times_s, abs=2.1e-3)


def test_what_is_no_video_has_no_pictures(tmp_path) -> None:
    """Nothing can be counted in or packed from a file that is none."""
    path = tmp_path / "none.mkv"
    path.write_bytes(b"no video at all")

    assert n_packets(path) == 0
    assert pack(path, tmp_path / "out.mp4", [0.0, 0.1]) == 0
    assert not (tmp_path / "out.mp4").exists()
