"""A glance through a camera, with a recording in its place."""

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from uncrick.vision.glance import N_BUFFERS, GlanceSettings, frames_of, glance
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


class Stale:
    """A camera and its clock: what waits in its buffers is black and there at once, what is of now is white."""

    def __init__(self):
        self.now_s = 0.0
        self.n_waiting = 0
        self.is_open = True
        self.white = False

    def monotonic(self):
        return self.now_s

    def sleep(self, for_s):
        self.now_s += for_s
        self.n_waiting = N_BUFFERS

    def grab(self):
        self.white = self.n_waiting == 0
        self.now_s += 0.033 if self.white else 0.0
        self.n_waiting = max(self.n_waiting - 1, 0)
        return True

    def retrieve(self):
        return True, np.full((4, 4, 3), 255 * self.white)

    def set(self, *_):
        return True

    def isOpened(self):  # noqa: N802 - OpenCV's name
        return self.is_open

    def release(self):
        self.is_open = False


def test_what_waited_in_a_buffer_is_passed_over(monkeypatch):
    """Pictures from before the camera found its exposure are not looked at, however many of them wait."""
    camera = Stale()
    monkeypatch.setattr("uncrick.vision.glance.time", camera)

    shots = glance(0, GlanceSettings(opened=lambda _: camera))

    assert [shot.picture.bgr.min() for shot in shots] == [255] * 3
    assert not camera.is_open


def test_a_camera_that_gives_nothing_is_no_picture(capfd, demo):
    """A camera that is not there, and one that stops giving any, give no picture, no error and no talk."""

    def at_its_end(path):
        capture = cv2.VideoCapture(path)
        while capture.grab():
            pass
        return capture

    assert glance(97, QUICK) == []
    assert glance(str(demo), replace(QUICK, opened=at_its_end)) == []
    assert capfd.readouterr() == ("", "")


def test_somebody_and_nobody_are_told_apart(eyes, twist, room):
    """Every picture becomes a frame, with a body or empty."""
    there = frames_of(eyes, [Shot(i / 10, Picture(bgr)) for i, bgr in enumerate(twist[:2])])
    nobody = frames_of(eyes, [Shot(0.0, Picture(room))])

    assert [frame.has_body for frame in (*there, *nobody)] == [True, True, False]
