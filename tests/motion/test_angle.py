"""The plane and space geometry behind the measures, on points whose angles are known."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncrick.motion import angle

NAN = (math.nan, math.nan, math.nan)
O = (0.0, 0.0)  # noqa: E741 - the origin
coordinates = st.floats(-1000, 1000, allow_subnormal=False).map(lambda x: round(x, 3))
points = st.tuples(coordinates, coordinates, coordinates)


@pytest.mark.parametrize(
    ("distal", "expected"), [((1, 0), 0.0), ((1, 1), 45.0), ((0, 1), 90.0), ((0, -1), 90.0), ((-1, 0), 180.0)]
)
def test_joint_angle_is_0_folded_and_180_straight(distal, expected):
    """The angle between two segments is read at their common point, whichever way the joint bends."""
    assert angle.joint_angle_deg((2, 0), O, distal) == pytest.approx(expected)


@given(points, points, points)
def test_joint_angle_is_the_same_in_a_mirror_and_the_other_way_round(a, b, c):
    """Flipping the picture, or naming the limb from its other end, changes no joint angle."""
    here = angle.joint_angle_deg(a, b, c)
    flipped = angle.joint_angle_deg(*((-x, y, z) for x, y, z in (a, b, c)))

    assert flipped == pytest.approx(here, nan_ok=True)
    assert angle.joint_angle_deg(c, b, a) == pytest.approx(here, nan_ok=True)


@pytest.mark.parametrize("unseen", range(3))
def test_joint_angle_of_unseen_points_is_unseen(unseen):
    """An angle with a point out of sight is NaN, never a number."""
    three = [(1.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 1.0, 0.0)]
    three[unseen] = NAN

    assert math.isnan(angle.joint_angle_deg(*three))


@pytest.mark.parametrize(("a", "c"), [(O, (1, 1)), ((1, 1), O), (O, O)])
def test_joint_angle_of_coincident_points_is_unseen(a, c):
    """A segment without length has no direction, so there is no angle."""
    assert math.isnan(angle.joint_angle_deg(a, O, c))


@pytest.mark.parametrize(
    ("upper", "facing", "expected"),
    [
        ((0, -1), 1, 0.0),
        ((1, -1), 1, 45.0),
        ((1, -1), -1, -45.0),
        ((-1, -1), -1, 45.0),
        ((1, 0), 1, 90.0),
        ((0, 1), 1, 180.0),
        ((0, 1), -1, 180.0),
    ],
)
def test_inclination_is_0_upright_and_positive_forward(upper, facing, expected):
    """Leaning the way one faces is positive, leaning back negative, and hanging upside down is 180, never -180."""
    assert angle.inclination_deg(O, upper, facing) == pytest.approx(expected)


@given(points, points)
def test_inclination_is_the_same_in_a_mirror(lower, upper):
    """Somebody who faces the other way in a flipped picture leans just as far."""
    flipped = angle.inclination_deg((-lower[0], lower[1]), (-upper[0], upper[1]), -1.0)

    assert flipped == pytest.approx(angle.inclination_deg(lower, upper, 1.0))


def test_bend_is_what_the_upper_segment_leans_more_than_the_lower():
    """A straight back that leans is no bend; a head dropped forward is a positive one."""
    straight = angle.bend_deg((0, 0), (1, -1), (2, -2), 1.0)
    dropped = angle.bend_deg((0, 0), (0, -1), (1, -1), 1.0)

    assert straight == pytest.approx(0.0)
    assert dropped == pytest.approx(90.0)
    assert angle.bend_deg((0, 0), (0, -1), (1, -1), -1.0) == pytest.approx(-90.0)
    assert math.isnan(angle.bend_deg(O, NAN, (1, 1), 1.0))


def test_bend_beyond_upside_down_is_wrapped():
    """From a segment leaning 135 deg back to one leaning 135 deg forward is a bend of 90 deg backwards."""
    assert angle.bend_deg((0, 0), (-1, 1), (0, 2), 1.0) == pytest.approx(-90.0)


@pytest.mark.parametrize("ahead", [1.0, -1.0])
def test_pitch_is_positive_head_end_up_whichever_way_the_head_points(ahead):
    """A lying trunk with its head end raised by half its reach is tilted by 26.6 deg, in either direction."""
    assert angle.pitch_deg(O, (2 * ahead, -1)) == pytest.approx(26.565, abs=0.001)
    assert angle.pitch_deg(O, (2 * ahead, 1)) == pytest.approx(-26.565, abs=0.001)
    assert math.isnan(angle.pitch_deg(O, NAN))


def test_yaw_is_positive_with_the_left_side_further_away():
    """Square to the camera is 0, a turn to the person's left moves the left side away and is positive."""
    right = (-1.0, 0.0, 0.0)

    assert angle.yaw_deg(right, (1.0, 0.0, 0.0)) == pytest.approx(0.0)
    assert angle.yaw_deg(right, (1.0, 0.0, 2.0)) == pytest.approx(45.0)
    assert angle.yaw_deg(right, (1.0, 0.0, -2.0)) == pytest.approx(-45.0)
    assert angle.yaw_deg((1.0, 0.0, 0.0), (-1.0, 0.0, -0.0)) == pytest.approx(180.0)
    assert math.isnan(angle.yaw_deg(right, NAN))


@given(points, points)
def test_yaw_changes_its_sign_in_a_mirror(right, left):
    """In a mirror the sides change names, and a turn to the left is one to the right."""
    flipped = angle.yaw_deg((-left[0], left[1], left[2]), (-right[0], right[1], right[2]))

    assert math.sin(math.radians(flipped)) == pytest.approx(-math.sin(math.radians(angle.yaw_deg(right, left))))


@pytest.mark.parametrize("turn", [-170.0, -60.0, 0.0, 35.0, 120.0])
def test_a_deep_yaw_gives_the_turn_back_whose_depth_was_stretched(turn):
    """A line whose depth is drawn 1.6 times too deep reads its own turn again, on its side and before or behind."""
    x, z = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    assert angle.deep_yaw_deg(math.degrees(math.atan2(1.6 * z, x)), 1 / 1.6) == pytest.approx(turn)


@pytest.mark.parametrize(("turn_deg", "neutral_deg"), [(0, 0), (30, 0), (60, 0), (90, 0), (120, 0), (50, 20)])
def test_foreshortening_gives_the_turn_back(turn_deg, neutral_deg):
    """The width that a line shows at a turn gives that turn back, also when the neutral itself was turned."""
    full = 100.0
    width, neutral = (full * math.cos(math.radians(d)) for d in (turn_deg, neutral_deg))

    assert angle.foreshortened_turn_deg(width, neutral, neutral_deg) == pytest.approx(turn_deg, abs=1e-5)


def test_a_line_wider_than_at_neutral_counts_as_square():
    """Jitter makes a line wider than it can be; that is no turn, and no error."""
    assert angle.foreshortened_turn_deg(105.0, 100.0, 0.0) == 0.0
    assert angle.foreshortened_turn_deg(-105.0, 100.0, 0.0) == pytest.approx(180.0)


@pytest.mark.parametrize(("width", "neutral"), [(math.nan, 100.0), (50.0, math.nan), (50.0, 0.0), (50.0, -1.0)])
def test_foreshortening_without_a_width_is_unseen(width, neutral):
    """Without a width now or at neutral there is no turn to tell."""
    assert math.isnan(angle.foreshortened_turn_deg(width, neutral, 0.0))


@pytest.mark.parametrize(
    ("turn", "expected"), [(0, 0), (180, 180), (-180, 180), (181, -179), (-181, 179), (540, 180), (725, 5)]
)
def test_wrapped_is_the_same_direction(turn, expected):
    """A direction is told in (-180, 180]."""
    assert angle.wrapped_deg(turn) == pytest.approx(expected)


@given(st.floats(-1e6, 1e6))
def test_wrapped_stays_in_its_range_and_changes_whole_turns_only(turn):
    """Whatever the turn, it is brought into (-180, 180] by whole turns."""
    wrapped = angle.wrapped_deg(turn)

    assert -180.0 < wrapped <= 180.0
    assert (turn - wrapped) / 360 == pytest.approx(round((turn - wrapped) / 360), abs=1e-6)


def test_wrapped_unseen_is_unseen():
    """NaN stays NaN."""
    assert math.isnan(angle.wrapped_deg(math.nan))
