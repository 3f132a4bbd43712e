"""A glance through a camera, with a recording in its place."""

from itertools import pairwise

from uncrick.vision.glance import GlanceSettings, frames_of, glance
from uncrick.vision.picture import Picture
from uncrick.vision.source import Shot

QUICK = GlanceSettings(settle_s=0.05, apart_s=0.02)


def test_a_glance_takes_a_few_pictures(demo):
    """It passes over what comes first, then takes three pictures, some time apart."""
    shots = glance(str(demo), QUICK)

    assert len(shots) == 3
    assert all(later.t_s - sooner.t_s >= QUICK.apart_s for sooner, later in pairwise(shots))
    assert (shots[0].picture.width_px, shots[0].picture.height_px) == (640, 480)


def test_a_glance_stops_when_told(demo):
    """As soon as there is a reason, no further picture is taken."""
    asked = []

    def stop():
        asked.append(None)
        return len(asked) > 1

    assert len(glance(str(demo), GlanceSettings(settle_s=0.0, apart_s=0.0), stop)) == 1


def test_a_camera_that_gives_nothing_is_no_picture(capfd, demo):
    """A camera that is not there, and a recording that ends first, give no picture, no error and no talk."""
    assert glance(97, QUICK) == []
    assert glance(str(demo), GlanceSettings(settle_s=7.0)) == []
    assert capfd.readouterr() == ("", "")


def test_somebody_and_nobody_are_told_apart(eyes, twist, room):
    """Every picture becomes a frame, with a body or empty."""
    there = frames_of(eyes, [Shot(i / 10, Picture(bgr)) for i, bgr in enumerate(twist[:2])])
    nobody = frames_of(eyes, [Shot(0.0, Picture(room))])

    assert [frame.has_body for frame in (*there, *nobody)] == [True, True, False]
