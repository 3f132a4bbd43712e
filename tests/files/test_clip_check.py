"""files/clip_check: what every clip is asked, and what is put right by the body itself."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.errors import Problem
from uncrick.files.clip_check import MAX_TOLD, few, righted, time_problems, two_persons
from uncrick.pose.clip import Clip
from uncrick.pose.room import trunk_length


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, unique=True))
def test_rising_times_are_no_problem_in_any_order_but_their_own(times: list[float]) -> None:
    """Sorted times pass; turned round they give a problem for every step."""
    rising = np.array(sorted(times))

    assert time_problems(rising, str) == []
    assert len(time_problems(rising[::-1], str)) == len(times) - 1


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=20))
def test_times_pass_exactly_if_they_rise(times: list[float]) -> None:
    """No problem is told exactly where there are finite times that strictly rise."""
    t_s = np.array(times, dtype=float)
    with np.errstate(all="ignore"):
        rise = bool(len(t_s) and np.isfinite(t_s).all() and (t_s[1:] > t_s[:-1]).all())

    assert (time_problems(t_s, str) == []) == rise


def test_only_the_rest_is_counted() -> None:
    """Of each kind the first twenty are told, and one line counts the others."""
    problems = [Problem(f"f:{i}", "wrong", kind) for i in range(30) for kind in ("a", "b")]

    told = few(problems, "f")

    assert len(told) == 2 * MAX_TOLD + 1
    assert str(told[-1]) == "f  and 20 more problems like these"
    assert few(problems[:4], "f") == problems[:4]


@pytest.mark.parametrize("factor", [1000.0, 100.0, 1 / 0.0254])
def test_the_unit_of_world_points_is_seen_by_the_trunk(clip: Clip, factor: float) -> None:
    """World points in another unit become metres, and the note says which they were."""
    read = righted(replace(clip, world_m=clip.world_m * factor))

    assert trunk_length(read.clip.world_m) == pytest.approx(0.5)
    assert len(read.notes) == 1


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_an_axis_against_the_picture_is_turned_over(clip: Clip, axis: int) -> None:
    """World points with one axis the other way round are turned to agree with the picture."""
    sign = np.where(np.arange(3) == axis, -1.0, 1.0)

    read = righted(replace(clip, world_m=clip.world_m * sign))

    np.testing.assert_allclose(read.clip.world_m, clip.world_m)
    assert read.notes == [f"the {'xyz'[axis]} axis of the world points was turned over to agree with the picture"]


def test_a_good_clip_is_left_alone(clip: Clip) -> None:
    """Nothing is changed in a clip that is right, nor in one without world points."""
    flat = replace(clip, world_m=np.full_like(clip.world_m, np.nan))

    assert righted(clip).notes == []
    assert righted(flat).notes == []
    np.testing.assert_array_equal(righted(clip).clip.world_m, clip.world_m)


def test_times_a_second_apart_are_asked_about(clip: Clip) -> None:
    """Frames 66 s apart are read, with the question whether the times are milliseconds."""
    assert "milliseconds?" in righted(replace(clip, t_s=clip.t_s * 1000)).notes[0]


def test_somebody_walking_is_one_person(clip: Clip) -> None:
    """A body that crosses the picture fast is no second person; two bodies taking turns are."""
    walking, turns = clip.image_px.copy(), clip.image_px.copy()
    walking[..., 0] += np.linspace(0, 4000, len(clip))[:, None]
    turns[::2, :, 0] += 500

    assert not two_persons(clip)
    assert not two_persons(replace(clip, image_px=walking))
    assert two_persons(replace(clip, image_px=turns))
