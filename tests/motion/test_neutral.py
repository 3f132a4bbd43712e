"""The person's own resting values: when they are still, how the camera sees them, what each measure reads at rest."""

import math
from itertools import pairwise

import numpy as np
import pytest

from tests.motion.sights import frame_of, measure
from uncrick.motion import angle, neutral
from uncrick.motion.measure import Layout, Raw, Sight, reader, sight_of
from uncrick.motion.neutral import DEPTH_TRUST, Rest, Stillness

BODY_PX = {  # facing the camera: the person's left is at the picture's right; the trunk is 200 px long
    "nose": (320, 100, -20), "ear_left": (330, 105, 0), "ear_right": (310, 105, 0),
    "shoulder_left": (370, 150, 0), "shoulder_right": (270, 150, 0),
    "elbow_left": (390, 230, 0), "elbow_right": (250, 230, 0),
    "hip_left": (350, 350, 0), "hip_right": (290, 350, 0),
}  # fmt: skip
SQUARE_M = {"shoulder_left": (0.2, 0, 0), "shoulder_right": (-0.2, 0, 0), "hip_left": (0.1, 0, 0),
    "hip_right": (-0.1, 0, 0)}  # fmt: skip
DEPTH_GAIN = 0.6
TURN = measure("turn", "shoulder_left", "shoulder_right", gain=DEPTH_GAIN)


def sights(n: int = 15, drift_px: float = 0.0, jitter_px: float = 0.0, image=BODY_PX, world=SQUARE_M) -> list[Sight]:
    """Return *n* sights of a body that drifts sideways by *drift_px* over all of them, with white jitter."""
    rng = np.random.default_rng(3)
    window = []
    for i in range(n):
        frame = frame_of(image, world)
        frame.image_px[:, 0] += drift_px * i / n
        frame.image_px[:, :2] += rng.normal(0, jitter_px, (33, 2)) if jitter_px else 0.0
        window.append(sight_of(frame, 0.5))
    return window


@pytest.mark.parametrize("part", [0.0, 0.01, 0.02])
def test_the_jitter_of_a_real_recording_is_still(part):
    """Points that jitter by 1-2 % of the trunk, as those of somebody sitting still do, count as still."""
    assert neutral.is_still(Stillness(), sights(27, jitter_px=part * 200))


def test_shaking_is_not_still():
    """Jitter of 6 % of the trunk is no rest."""
    assert not neutral.is_still(Stillness(), sights(27, jitter_px=0.06 * 200))


@pytest.mark.parametrize("begins_deg", [0, 10, 20, 30])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_slow_turn_is_not_still(begins_deg, sign):
    """A turn of 30 deg/s moves no point by much, but always one way, and is not taken for rest."""
    window = []
    for i in range(14):
        frame = frame_of(BODY_PX, SQUARE_M)
        turned = math.radians(begins_deg + 30 * i / 15)
        frame.image_px[0, 0] = 320 + sign * 45 * math.sin(turned)
        for name, reach in (("shoulder_left", 72), ("shoulder_right", -72), ("elbow_left", 88), ("elbow_right", -88)):
            frame.image_px[neutral.point_index(name, "left"), 0] = 320 + reach * math.cos(turned)
        window.append(sight_of(frame, 0.5))

    assert not neutral.is_still(Stillness(), window)


@pytest.mark.parametrize(("drift", "expected"), [(0.03, True), (0.10, False)])
def test_drift_counts_as_a_part_of_the_trunk(drift, expected):
    """Halves of the window that lie a few hundredths of the trunk apart are still, a tenth of drift is not."""
    assert neutral.is_still(Stillness(), sights(drift_px=drift * 200)) is expected


def test_a_body_without_trunk_is_not_still():
    """Without shoulders and hips in every sight, or with a trunk of no length, nobody is still."""
    no_hips = {name: place for name, place in BODY_PX.items() if "hip" not in name}
    flat = dict.fromkeys(BODY_PX, (1.0, 1.0, 0.0))

    assert not neutral.is_still(Stillness(), sights(image=no_hips))
    assert not neutral.is_still(Stillness(), [*sights(5), *sights(1, image=no_hips)])
    assert not neutral.is_still(Stillness(), sights(image=flat))


def test_points_out_of_sight_do_not_keep_a_body_from_being_still():
    """A hidden elbow says nothing about rest."""
    image = {name: place for name, place in BODY_PX.items() if "elbow" not in name}

    assert neutral.is_still(Stillness(), sights(image=image))


@pytest.mark.parametrize("n", [0, 1])
def test_one_sight_alone_is_not_still(n):
    """Somebody seen once may be moving."""
    assert not neutral.is_still(Stillness(), sights(2)[:n])


@pytest.mark.parametrize("wild", [math.inf, -math.inf, 1e308])
def test_a_point_from_nowhere_is_not_still_and_raises_nothing(wild):
    """Coordinates that no picture has are movement, not an error."""
    window = sights(10)
    for at in (3, 7):
        window[at].image[neutral.point_index("elbow_left", "left")] = (wild, 1.0, wild)

    assert not neutral.is_still(Stillness(), window)
    assert neutral.layout_of(window) in [Layout(near, f) for near in ("left", "right") for f in (1.0, -1.0)]


@pytest.mark.parametrize(("depth", "near"), [(30.0, "left"), (-30.0, "right")])
@pytest.mark.parametrize("facing", [1.0, -1.0])
def test_layout_is_the_nearer_side_and_the_way_the_nose_points(depth, near, facing):
    """The side with the smaller depth is nearer; nose ahead of the ears tells which way the person faces."""
    image = {
        "nose": (320 + 30 * facing, 100, 0), "ear_left": (320, 100, 0), "ear_right": (320, 100, 0),
        "shoulder_left": (320, 150, 0), "shoulder_right": (320, 150, depth),
        "hip_left": (320, 350, 0), "hip_right": (320, 350, depth),
    }  # fmt: skip

    assert neutral.layout_of(sights(image=image)) == Layout(near, facing)


@pytest.mark.parametrize(("yaw_deg", "expected"), [(0.0, 0.0), (-10.0, -8.5), (20.0, 17.0), (-30.0, -25.5)])
def test_a_body_is_turned_against_the_camera_by_less_than_the_room_says(yaw_deg, expected):
    """The turn of a resting body is 0.85 of what the room coordinates of its shoulders and hips say."""
    turned = {
        name: (x * math.cos(math.radians(yaw_deg)), 0, x * math.sin(math.radians(yaw_deg)))
        for name, (x, _, _) in SQUARE_M.items()
    }

    assert neutral.body_turn_deg(sights(world=turned)) == pytest.approx(expected)


def test_a_body_without_room_coordinates_counts_as_square():
    """Where the source gives no room, the turn against the camera cannot be told from none."""
    assert neutral.body_turn_deg(sights(world={})) == 0.0


def test_the_resting_value_is_the_median_and_the_jitter_its_spread():
    """One wild reading moves neither; the jitter is the standard deviation of the values at rest."""
    made = measure("inclination", "hip_left", "shoulder_left", zero="subtract")
    raws = [Raw(x) for x in (9.0, 10.0, 11.0, 10.0, 10.0)]

    rest = neutral.rest_of(made, raws, 0.0)

    assert (rest.value, rest.over, rest.aside) == (10.0, 1.0, 0.0)
    assert rest.jitter == pytest.approx(math.sqrt(2 / 5))


def test_a_measure_seen_less_than_half_the_time_has_no_neutral():
    """Two readings of five are not enough, three are."""
    made = measure("inclination", "hip_left", "shoulder_left", zero="subtract")
    seen, unseen = Raw(10.0), Raw(math.nan)

    few, enough = ([*[seen] * n, *[unseen] * (5 - n)] for n in (2, 3))

    assert math.isnan(neutral.rest_of(made, few, 0.0).value)
    assert math.isnan(neutral.rest_of(made, few, 0.0).jitter)
    assert neutral.rest_of(made, enough, 0.0).value == 10.0
    assert math.isnan(neutral.rest_of(made, [], 0.0).value)


def test_the_jitter_of_a_turn_is_that_of_the_mean_of_width_and_depth():
    """At 35 deg of turn, 1 % of width is 1 deg; depth adds its own 0.6 x 2; the mean of both is half of their root."""
    raws = [Raw(100 * (1 + 0.01 * s), 2.0 * d) for s, d in ((1, 1), (-1, 1), (1, -1), (-1, -1))]
    wide = math.degrees(0.01 / math.sin(math.radians(35)))

    rest = neutral.rest_of(TURN, raws, 0.0)

    assert rest.jitter == pytest.approx(math.hypot(wide, DEPTH_GAIN * 2.0) / 2, rel=0.01)


def test_a_resting_body_is_turned_as_room_and_depth_say_together():
    """The room counts 0.7, depth 0.3, each as far as it is believed."""
    seen = math.degrees(math.atan(math.tan(math.radians(20)) / DEPTH_GAIN))

    rest = neutral.rest_of(TURN, [Raw(94.0, seen)] * 9, 10.0)

    assert rest.aside == pytest.approx(0.7 * 10 + 0.3 * 20)


@pytest.mark.parametrize(
    ("zero", "over_neutral", "expected"),
    [
        ("none", False, 3.0),
        ("none", True, 2.0),
        ("subtract", False, 1.5),
        ("subtract", True, 1.0),
        ("ratio", False, 3.0),
    ],
)
def test_the_neutral_is_left_subtracted_or_divides(zero, over_neutral, expected):
    """A ratio is divided by its own divisor or the one at rest; the neutral does nothing, is subtracted, or divides."""
    made = measure("distance", "elbow_left", "elbow_right", unit="ratio", zero=zero, over_neutral=over_neutral)

    assert neutral.value_of(made, Raw(6.0, 2.0), Rest(3.0, 3.0, 0.0, 0.0)) == pytest.approx(expected)


def test_an_angle_is_subtracted_the_short_way_round():
    """From 170 deg at rest to -170 now is a change of 20, not of -340."""
    made = measure("inclination", "hip_left", "shoulder_left", zero="subtract")

    assert neutral.value_of(made, Raw(-170.0), Rest(170.0, 1.0, 0.0, 0.0)) == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("zero", "raw", "rest"),
    [
        ("none", Raw(1.0, 0.0), Rest(1.0, 1.0, 0.0, 0.0)),
        ("subtract", Raw(1.0, 0.0), Rest(1.0, 1.0, 0.0, 0.0)),
        ("ratio", Raw(1.0, 1.0), Rest(0.0, 1.0, 0.0, 0.0)),
        ("ratio", Raw(1.0, 1.0), Rest(1.0, 0.0, 0.0, 0.0)),
        ("ratio", Raw(1.0, 0.0), Rest(1.0, 1.0, 0.0, 0.0)),
        ("none", Raw(math.nan, 1.0), Rest(1.0, 1.0, 0.0, 0.0)),
        ("subtract", Raw(1.0, 1.0), Rest(math.nan, 1.0, 0.0, 0.0)),
    ],
)
def test_without_a_divisor_or_a_neutral_a_value_is_unseen(zero, raw, rest):
    """Points that fall together make a divisor of nothing: the value is NaN, and nothing raises."""
    made = measure("distance", "elbow_left", "elbow_right", unit="ratio", zero=zero)

    assert math.isnan(neutral.value_of(made, raw, rest))


def turned(width: float, depth_deg: float, rest: Rest | None = None) -> float:
    """Return the value of a turn that looks *width* wide, 100 at rest, with *depth_deg* of depth."""
    return neutral.value_of(TURN, Raw(width, depth_deg), rest or Rest(100.0, 0.0, 0.0, 1.0))


def depth_of(turn_deg: float) -> float:
    """Return the depth yaw that the model draws of a line turned by *turn_deg*."""
    return math.degrees(math.atan(math.tan(math.radians(turn_deg)) / DEPTH_GAIN))


@pytest.mark.parametrize("turn_deg", [-50.0, -25.0, -3.0, 0.0, 8.0, 40.0])
def test_where_foreshortening_and_depth_agree_the_turn_is_what_both_say(turn_deg):
    """A line as narrow and as deep as at a turn reads that turn, to its side."""
    assert turned(100 * math.cos(math.radians(turn_deg)), depth_of(turn_deg)) == pytest.approx(turn_deg)


def test_far_aside_the_width_counts_and_near_square_the_depth():
    """Where they differ by 10 deg, the turn lies nearer to the width at 60 deg, nearer to the depth at 10."""
    far = turned(100 * math.cos(math.radians(60)), depth_of(50))
    near = turned(100 * math.cos(math.radians(12)), depth_of(8))

    assert 57 < far < 60
    assert 8 < near < 9


def test_drawn_together_shoulders_are_no_turn():
    """A line that looks narrow without any depth is not turned: it counts at most 1.5 times what depth says."""
    assert turned(60.0, 0.0) == 0.0
    assert turned(60.0, depth_of(4.0)) == pytest.approx(DEPTH_TRUST * 4.0)


def test_depth_at_rest_is_taken_away():
    """A camera that sees 10 deg of depth at rest sees none when nothing has changed."""
    assert turned(100.0, 10.0, Rest(100.0, 10.0, 0.0, 1.0)) == 0.0


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("turn_deg", [-40.0, -20.0, 0.0, 30.0])
def test_seen_aslant_the_turn_at_rest_is_taken_away(sign, turn_deg):
    """At 20 deg to the camera a further 30 reads 30, back to square -20, and through square to the other side -40."""
    rest = Rest(100.0 * math.cos(math.radians(20)), depth_of(20.0 * sign), 20.0 * sign, 1.0)
    line = sign * (20 + turn_deg)

    raw = Raw(100.0 * math.cos(math.radians(line)), depth_of(line))

    assert neutral.value_of(TURN, raw, rest) == pytest.approx(sign * turn_deg)


def test_a_turn_may_take_a_share_of_the_yaw_in_the_room():
    """A measure with a room share of 0.4 is 0.6 of the turn in the picture and 0.4 of what the room says."""
    made = measure("turn", "shoulder_left", "shoulder_right", gain=DEPTH_GAIN, room=1.25, room_share=0.4)
    rest = Rest(100.0, 0.0, 0.0, 1.0, room=4.0)
    raw = Raw(100 * math.cos(math.radians(40)), depth_of(40), 28.0)

    assert neutral.value_of(made, raw, rest) == pytest.approx(0.6 * 40 + 0.4 * 1.25 * 24)


def test_a_turn_grows_all_the_way():
    """Narrower and deeper always reads as a larger turn."""
    values = [turned(100 * math.cos(math.radians(d)), depth_of(d)) for d in range(0, 80, 5)]

    assert all(a < b for a, b in pairwise(values))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (TURN, 0.0),
        (measure("inclination", "hip_left", "shoulder_left", zero="subtract"), 0.0),
        (measure("distance", "ear_mid", "shoulder_mid", zero="ratio", unit="ratio"), 1.0),
        (measure("distance", "elbow_left", "elbow_right", unit="ratio"), 2.5),
    ],
)
def test_the_resting_value_is_0_subtracted_1_divided_and_else_the_reading(made, expected):
    """What the measure reads at the neutral itself follows from what the neutral does to it."""
    assert neutral.resting_value(made, Rest(5.0, 2.0, 0.0, 0.1)) == pytest.approx(expected)


def test_a_neutral_is_taken_of_all_measures_in_their_order():
    """Time, layout, trunk length and one rest a measure come from the still window."""
    lean = measure("inclination", "hip_left", "shoulder_left", zero="subtract")
    layouts = [Layout(near, facing) for near in ("left", "right") for facing in (1.0, -1.0)]
    readers = {layout: (reader(lean, layout), reader(TURN, layout)) for layout in layouts}

    taken = neutral.take((lean, TURN), readers, 4.2, sights())

    expected_deg = angle.inclination_deg(BODY_PX["hip_left"], BODY_PX["shoulder_left"], 1.0)
    assert taken.t_s == 4.2
    assert taken.layout == Layout("left", 1.0)
    assert taken.trunk_px == pytest.approx(200.0)
    assert [rest.value for rest in taken.rests] == pytest.approx([expected_deg, 100.0])
