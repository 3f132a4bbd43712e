"""Every kind of measure, from a frame's landmarks to the reading."""

import math

import numpy as np
import pytest

from tests.clips.replaying import clip_of
from tests.motion.sights import frame_of, measure, sight
from uncrick.files.library import read_library
from uncrick.motion.measure import POINT_NAMES, Layout, for_model, needs_of, point_index, reader, sight_of
from uncrick.pose.landmark import INDEX, N_LANDMARKS, mirrored_name

LEFT, RIGHT = Layout("left", 1.0), Layout("right", 1.0)
NAN = math.nan


def read(made, image, world=None, layout=LEFT):
    """Read one measure from named points."""
    return reader(made, layout)(sight(image, world))


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (("shoulder_left", "elbow_left", "wrist_left"), 90.0),
        (("wrist_left", "elbow_left", "shoulder_left"), 90.0),
        (("hip_left", "shoulder_left", "wrist_left"), 45.0),
    ],
)
def test_angle_is_read_at_its_middle_point(points, expected):
    """An angle takes (proximal, vertex, distal) and is read at the vertex."""
    image = {"shoulder_left": (0, 0), "elbow_left": (0, 10), "wrist_left": (10, 10), "hip_left": (0, 30)}

    assert read(measure("angle", *points), image).value == pytest.approx(expected)


@pytest.mark.parametrize(("facing", "expected"), [(1.0, 45.0), (-1.0, -45.0)])
def test_inclination_and_bend_go_by_the_way_the_person_faces(facing, expected):
    """Leaning to the right of the picture is forward for who faces right, backward for who faces left."""
    image = {"hip_left": (0, 30), "shoulder_left": (0, 20), "ear_left": (10, 10)}
    layout = Layout("left", facing)

    lean = read(measure("inclination", "shoulder_left", "ear_left"), image, layout=layout)
    bend = read(measure("bend", "hip_left", "shoulder_left", "ear_left"), image, layout=layout)

    assert lean.value == pytest.approx(expected)
    assert bend.value == pytest.approx(expected)


def test_pitch_is_read_without_regard_to_facing():
    """The tilt of a lying trunk is the same whether the head lies left or right in the picture."""
    made = measure("pitch", "hip_left", "shoulder_left")

    for ahead in (-10, 10):
        assert read(made, {"hip_left": (0, 0), "shoulder_left": (ahead, -10)}).value == pytest.approx(45.0)


def test_rise_grows_upwards():
    """The picture's y runs down, a rise runs up."""
    assert read(measure("rise", "ankle_left"), {"ankle_left": (3, 40)}).value == -40


@pytest.mark.parametrize(
    ("along", "facing", "expected"),
    [
        ("any", 1.0, 5.0),
        ("vertical", 1.0, 4.0),
        ("down", 1.0, -4.0),
        ("sideways", 1.0, 3.0),
        ("forward", 1.0, -3.0),
        ("forward", -1.0, 3.0),
    ],
)
def test_distance_is_read_along_what_is_asked(along, facing, expected):
    """A distance is the whole one, or its part up and down, sideways, or the way the person faces."""
    made = measure("distance", "elbow_left", "wrist_left", along=along, unit="ratio")

    raw = read(made, {"elbow_left": (3, 4), "wrist_left": (0, 0)}, layout=Layout("left", facing))

    assert raw.value == pytest.approx(expected)
    assert raw.over == 1.0


def test_distance_is_divided_by_a_distance():
    """The divisor of a distance is read from the same frame."""
    made = measure("distance", "elbow_left", "wrist_left", unit="ratio", over=("shoulder_left", "elbow_left"))

    raw = read(made, {"elbow_left": (0, 0), "wrist_left": (3, 4), "shoulder_left": (0, -20)})

    assert (raw.value, raw.over) == pytest.approx((5.0, 20.0))


def test_turn_reads_width_depth_and_room():
    """A turn brings the signed width of the line, its yaw in the picture's depth and its yaw in the room."""
    made = measure("turn", "shoulder_left", "shoulder_right")
    image = {"shoulder_left": (60, 0, 25), "shoulder_right": (10, 0, -25)}
    world = {"shoulder_left": (0.1, 0, -0.1), "shoulder_right": (-0.1, 0, 0.1)}

    raw = read(made, image, world)

    assert raw == pytest.approx((50.0, 45.0, -45.0))


def test_yaw_is_read_in_the_room_with_gain_and_without_the_part_of_another_line():
    """A yaw is multiplied by its gain, and a part of another line's yaw is taken away."""
    world = {
        "hip_left": (0.1, 0, 0.1), "hip_right": (-0.1, 0, -0.1),
        "shoulder_left": (0.1, 0, 0.0), "shoulder_right": (0.0, 0, -0.1),
    }  # fmt: skip
    plain = measure("yaw", "hip_right", "hip_left", gain=1.2)
    less = measure("yaw", "hip_right", "hip_left", less=0.5, less_points=("shoulder_right", "shoulder_left"))

    assert read(plain, {}, world).value == pytest.approx(54.0)
    assert read(less, {}, world).value == pytest.approx(45.0 - 22.5)


def test_a_middle_is_midway_between_both_sides_and_unseen_with_either():
    """A point called _mid needs both of its landmarks."""
    made = measure("rise", "ear_mid")

    assert read(made, {"ear_left": (0, 10), "ear_right": (0, 20)}).value == -15
    assert math.isnan(read(made, {"ear_left": (0, 10)}).value)


def test_a_near_point_is_the_one_of_the_side_towards_the_camera():
    """A point called _near is the left or the right landmark, as the person sits to the camera."""
    made = measure("rise", "wrist_near")
    image = {"wrist_left": (0, 10), "wrist_right": (0, 20)}

    assert read(made, image, layout=LEFT).value == -10
    assert read(made, image, layout=RIGHT).value == -20


@pytest.mark.parametrize(
    ("take", "left", "right", "expected"),
    [
        ("larger", 10, 20, -10), ("larger", 20, 10, -10), ("smaller", 10, 20, -20), ("smaller", 20, 10, -20),
        ("larger", None, 20, -20), ("larger", 10, None, -10), ("smaller", None, 10, -10), ("smaller", 20, None, -20),
    ],
)  # fmt: skip
def test_either_side_counts_by_what_is_taken_and_alone_when_the_other_is_unseen(take, left, right, expected):
    """The larger or the smaller of both sides counts; a side out of sight leaves it to the other."""
    image = {f"ankle_{side}": (0, y) for side, y in (("left", left), ("right", right)) if y is not None}

    assert read(measure("rise", "ankle_left", take=take), image).value == expected


def test_either_side_unseen_is_unseen():
    """With both sides out of sight there is no value."""
    assert math.isnan(read(measure("rise", "ankle_left", take="larger"), {}).value)


@pytest.mark.parametrize(("left", "right", "expected"), [(30, 20, 5.0), (20, 30, 8.0)])
def test_the_divisor_is_of_the_side_that_counts(left, right, expected):
    """When the right ankle counts, it is the right shank that divides it."""
    made = measure("rise", "ankle_left", take="larger", over=("knee_left", "ankle_left"))
    image = {"ankle_left": (0, left), "ankle_right": (0, right)}
    image |= {"knee_left": (0, left - 8), "knee_right": (0, right - 5)}

    assert read(made, image).over == expected


def test_a_landmark_that_is_hardly_visible_is_unseen_in_picture_and_room():
    """Below the asked visibility neither the place in the picture nor the one in the room counts; NaN is below."""
    frame = frame_of({"nose": (1, 2, 3), "ear_left": (4, 5, 6)}, {"nose": (1, 2, 3), "ear_left": (4, 5, 6)})
    frame.visibility[INDEX["nose"]] = 0.49
    frame.visibility[INDEX["mouth_left"]] = NAN

    seen = sight_of(frame, 0.5)

    assert all(math.isnan(x) for x in (*seen.image[INDEX["nose"]], *seen.world[INDEX["nose"]]))
    assert all(math.isnan(x) for x in seen.image[INDEX["mouth_left"]])
    assert tuple(seen.image[INDEX["ear_left"]]) == (4, 5, 6)


def test_a_sight_leaves_its_frame_as_it_was():
    """Hiding points in the sight does not change the frame, which is recorded as it came."""
    frame = frame_of({"nose": (1, 2, 3)})
    frame.visibility[:] = 0.0

    sight_of(frame, 0.5)

    assert np.array_equal(frame.image_px[INDEX["nose"]], (1, 2, 3))


def test_every_name_is_a_point_and_every_near_point_has_both_sides():
    """Each name of a point leads to a place in a sight; left and right of a near one are twins."""
    here = sight_of(frame_of({}), 0.5)

    for name in POINT_NAMES:
        left, right = point_index(name, "left"), point_index(name, "right")
        assert left < len(here.image) and right < len(here.image)
        if name.endswith("_near"):
            assert mirrored_name(list(INDEX)[left]) == list(INDEX)[right] and left != right
        else:
            assert left == right
    assert len(here.image) > len(here.world) == N_LANDMARKS


def test_what_a_measure_needs_is_enough_to_read_it():
    """For every measure of the library a sight of only what it needs gives the reading of the whole sight."""
    frame = clip_of("chair_spinal_twist_both_sides")
    frame = next(f for f in frame.frames() if f.t_s > 3)

    for made in read_library().measures.values():
        whole, needed = sight_of(frame, 0.5), sight_of(frame, 0.5, needs_of([made]))
        for layout in (LEFT, RIGHT):
            expected, actual = reader(made, layout)(whole), reader(made, layout)(needed)
            assert actual == pytest.approx(expected, nan_ok=True), made.name


def test_a_measure_takes_the_gain_of_its_landmark_model():
    """A model named in the measure brings its own gain; any other source takes the measure's."""
    twist = read_library().measures["trunk_rotation"]

    assert for_model(twist, "blazepose-full") == for_model(twist, "kinect-22") == twist
    assert for_model(twist, "blazepose-heavy").gain < twist.gain
