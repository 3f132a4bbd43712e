"""Whether somebody is there, and whether a frame can show the same body as the one before it."""

import math

import pytest

from uncrick.pose import quality
from uncrick.pose.landmark import INDEX, N_LANDMARKS
from uncrick.pose.quality import Joints, Presence, Presented, joints_of
from uncrick.step import run

NAN = (math.nan, math.nan, math.nan)
AT = {"shoulder_left": (60.0, 0.0), "shoulder_right": (0.0, 0.0), "hip_left": (50.0, 100.0), "hip_right": (10.0, 100.0)}
"""A trunk 100 px long."""


def seen(t_s: float, x_px: float = 0.0, **changes) -> Joints:
    """Return the joints of a body that stands *x_px* to the right, with some of them changed."""
    points = [NAN] * N_LANDMARKS
    for name, (x, y) in (AT | changes).items():
        points[INDEX[name]] = (x + x_px, y, 0.0)
    return joints_of(t_s, points)


def unseen(t_s: float) -> Joints:
    """Return the joints of nobody."""
    return joints_of(t_s, [NAN] * N_LANDMARKS)


def presented(xs: list[Joints]) -> list[Presented]:
    """Run joints through presence."""
    return list(run(quality.step, Presence(), xs))


def times(found: list[Presented], xs: list[Joints], what: str) -> list[float]:
    """Return when the body was *found* or *lost*."""
    return [x.t_s for x, p in zip(xs, found, strict=True) if getattr(p, what)]


def test_a_body_is_found_when_it_has_been_seen_for_a_fifth_of_a_second():
    """One frame is no body yet, though it may be judged; 0.2 s of them are, and that is told once."""
    xs = [seen(i / 15) for i in range(10)]

    out = presented(xs)

    assert times(out, xs, "found") == [pytest.approx(3 / 15)]
    assert all(p.usable for p in out)


def test_a_flash_is_nobody():
    """Somebody seen for a tenth of a second now and then, with long gaps, is never found."""
    xs = [x for k in range(5) for x in (seen(k), seen(k + 0.07), unseen(k + 0.14), unseen(k + 0.5))]

    assert times(presented(xs), xs, "found") == []


def test_a_body_is_lost_when_it_has_been_missing_for_half_a_second():
    """That is told once, however long the picture stays empty."""
    xs = [*(seen(i / 10) for i in range(10)), *(unseen(1 + i / 10) for i in range(20))]

    assert times(presented(xs), xs, "lost") == [pytest.approx(1.5, abs=0.11)]


def test_a_short_gap_is_no_loss():
    """Missing for 0.4 s, the body is neither lost nor found again."""
    xs = [
        *(seen(i / 10) for i in range(10)),
        *(unseen(1 + i / 10) for i in range(4)),
        *(seen(1.4 + i / 10) for i in range(10)),
    ]

    out = presented(xs)

    assert times(out, xs, "lost") == []
    assert len(times(out, xs, "found")) == 1


def test_who_was_lost_is_found_anew():
    """After a loss it takes another fifth of a second."""
    xs = [
        *(seen(i / 10) for i in range(5)),
        *(unseen(0.5 + i / 10) for i in range(10)),
        *(seen(2 + i / 10) for i in range(5)),
    ]

    assert times(presented(xs), xs, "found") == pytest.approx([0.2, 2.2])


@pytest.mark.parametrize("shoulder", ["shoulder_left", "shoulder_right"])
def test_one_shoulder_is_a_body(shoulder):
    """In a side view only the nearer shoulder may be seen; with none there is nobody to judge."""
    points = [NAN] * N_LANDMARKS
    points[INDEX[shoulder]] = (1.0, 2.0, 0.0)

    assert presented([joints_of(0.0, points)])[0].usable
    assert not presented([unseen(0.0)])[0].usable


def test_a_leap_is_set_aside():
    """Shoulders that swap sides, 60 px of a trunk of 100, from one frame to the next are not judged."""
    swapped = seen(0.2, shoulder_left=(0.0, 0.0), shoulder_right=(60.0, 0.0))

    out = presented([seen(0.1), swapped, seen(0.3)])

    assert [p.usable for p in out] == [True, False, True]


@pytest.mark.parametrize(("far_px", "expected"), [(49.0, True), (51.0, False)])
@pytest.mark.parametrize("joint", list(AT))
def test_a_leap_is_more_than_half_a_trunk_of_any_joint(joint, far_px, expected):
    """A joint may move by half a trunk length in a frame, and no further, to any side."""
    x, y = AT[joint]

    for dx, dy in ((far_px, 0), (-far_px, 0), (0, far_px), (0, -far_px)):
        out = presented([seen(0.0), seen(1 / 15, **{joint: (x + dx, y + dy)})])
        assert out[1].usable is expected


def test_a_fast_walker_does_not_leap():
    """A body that crosses the picture at a tenth of a trunk length a frame is judged all the way."""
    assert all(p.usable for p in presented([seen(i / 15, x_px=10.0 * i) for i in range(40)]))


@pytest.mark.parametrize(
    ("gap_s", "far_px", "expected"), [(0.25, 85, True), (0.25, 90, False), (1.9, 105, False), (2.1, 300, True)]
)
def test_after_a_longer_pause_a_body_may_have_gone_further(gap_s, far_px, expected):
    """A quarter of a second allows less than a trunk length, any time no more than one, and two seconds a new body."""
    assert presented([seen(0.0), seen(gap_s, x_px=far_px)])[1].usable is expected


def test_who_stays_where_they_leapt_to_is_somebody_new():
    """The body that was there is lost half a second later; two seconds later the other one is believed and found."""
    xs = [*(seen(i / 15) for i in range(15)), *(seen(1 + i / 15, x_px=200.0) for i in range(45))]

    out = presented(xs)

    assert times(out, xs, "lost") == [pytest.approx(1.5, abs=0.07)]
    assert [x.t_s for x, p in zip(xs, out, strict=True) if p.usable and x.t_s >= 1] == [
        x.t_s for x in xs if x.t_s > 2.94
    ]
    assert times(out, xs, "found") == pytest.approx([0.2, 3.2], abs=0.07)


@pytest.mark.parametrize(("larger", "expected"), [(1.15, True), (1.25, False), (0.8, False)])
def test_after_a_gap_only_a_body_of_the_same_size_comes_back(larger, expected):
    """Who appears a second later, where somebody was, is the same only when the trunk is as long by a fifth."""
    back = seen(1.0, **{name: (x * larger, y * larger) for name, (x, y) in AT.items()})

    assert presented([seen(0.0), back])[1].usable is expected


def boned(t_s: float, shoulders_m: float, hips_m: float = 0.25) -> Joints:
    """Return joints that never move in the picture, with bones of these lengths in the room."""
    return seen(t_s)._replace(bones=(shoulders_m, hips_m))


@pytest.mark.parametrize(("bones", "expected"), [((0.24, 0.25), True), ((0.14, 0.25), False), ((0.34, 0.4), False)])
def test_no_bone_changes_its_length_from_one_frame_to_the_next(bones, expected):
    """Shoulders or hips that are suddenly half as wide again, or two thirds, belong to nobody; a little is noise."""
    assert presented([boned(0.0, 0.34), boned(1 / 15, *bones)])[1].usable is expected


def test_bones_that_are_not_known_are_not_compared():
    """Where there is no room, or a joint is hidden, the bones do not count."""
    out = presented([boned(0.0, 0.34), boned(0.1, math.nan, math.nan), seen(0.2), boned(0.3, 0.1)])

    assert all(p.usable for p in out)


def test_bones_are_measured_between_shoulders_and_between_hips():
    """The two bones are distances in the room, in metres."""
    room = [NAN] * N_LANDMARKS
    for name, point in (("shoulder_left", (0.2, 0, 0)), ("shoulder_right", (-0.1, 0, 0.4))):
        room[INDEX[name]] = point

    bones = joints_of(0.0, [NAN] * N_LANDMARKS, room).bones

    assert bones[0] == pytest.approx(0.5)
    assert math.isnan(bones[1])


def test_what_leapt_is_told_once_and_doubted_for_as_long_as_speed_looks_back():
    """The first frame that is set aside says so; from the last one on no speed is told for 0.7 s."""
    xs = [boned(i / 10, 0.1 if i in (5, 6) else 0.34) for i in range(20)]
    state, leapt, doubted = None, [], []

    for x in xs:
        state, p = quality.step(Presence(), state, x)
        leapt += [x.t_s] if p.leapt else []
        doubted += [x.t_s] if quality.is_doubted(Presence(), state, x.t_s) else []

    assert leapt == [0.5]
    assert (doubted[0], doubted[-1]) == (0.5, pytest.approx(1.3, abs=0.11))


def test_a_trunk_of_no_length_leaps_nowhere():
    """Where shoulders and hips fall together there is no scale, and no frame is set aside for it."""
    flat = dict.fromkeys(AT, (5.0, 5.0))

    assert all(p.usable for p in presented([seen(0.0, **flat), seen(0.05, x_px=900.0, **flat)]))
