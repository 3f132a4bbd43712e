"""The companion's own camera: a recording in its place, and every reason to keep it shut."""

import asyncio
import re
import threading
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.app.desks import Clocks, begin
from tests.desktop.pretend import listening
from uncrick.app import desk_camera
from uncrick.app.desk_camera import DeskCamera, hindrance, limits
from uncrick.desk import asked
from uncrick.desk.activity import CallBegan, CallEnded, CameraLight, CameraPosture, Known, Locked, Unknown, Unlocked
from uncrick.desk.neck import Posture
from uncrick.desktop.camera_use import CameraUse
from uncrick.files.library import read_library
from uncrick.vision.glance import GlanceSettings

SIDE = Path(__file__).parents[1] / "clips" / "rounded_male_side.mp4"
QUICK = GlanceSettings(settle_s=0.0, apart_s=0.02)


def camera(tmp_path, **changes):
    """Return a camera that plays a recording, on a machine where nobody else has one open."""
    given = {"camera": str(SIDE), "every_s": 0.02, "glancing": QUICK, "use": CameraUse(tmp_path)} | changes
    return DeskCamera(**{"hindered": lambda: "", "on_battery": lambda: None} | given)


@asynccontextmanager
async def looking(source):
    async with listening(source, lambda: 5.0) as heard:
        yield heard


async def news_of(source, n):
    async with looking(source) as heard:
        return [await heard.next(30) for _ in range(n)]


def test_a_glance_is_told_with_its_light(tmp_path):
    """The light goes on and off around each glance; three glances make the neutral, and then the angles are told."""
    news = asyncio.run(news_of(camera(tmp_path), 14))

    light = [each for each in news if isinstance(each, CameraLight)]
    assert [each.on for each in light[:6]] == [True, False] * 3
    assert "no picture is kept" in light[0].why
    known = [each.how for each in news if isinstance(each, Known)]
    assert "not known yet" in known[0]
    assert re.match(r"from the side: head [+-]\d ± 5 degrees, lean [+-]\d ± 6 degrees", known[1])
    posture = [each for each in news if isinstance(each, CameraPosture)][-1]
    assert posture.present
    assert abs(posture.head_forward_deg) < 3
    assert abs(posture.lean_deg) < 3


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"hindered": lambda: "you said so"}, "you said so"),
        ({"on_battery": lambda: True}, "the camera is off on battery"),
        ({"camera": "nothing.mp4"}, "camera nothing.mp4 gives no picture: it is missing, in use, or not allowed"),
    ],
)
def test_every_reason_not_to_look_is_one_sentence(changes, why, tmp_path):
    """With a reason the camera stays shut; a camera that gives nothing is said, and its light counts as off."""
    news = asyncio.run(news_of(camera(tmp_path, **changes), 1 if "camera" not in changes else 3))

    assert news[-1] == Unknown(5.0, "camera", why)
    assert [each.on for each in news[:-1]] == ([True, False] if "camera" in changes else [])


class InUse:
    """A camera that another program has open until told otherwise."""

    def __init__(self):
        self.by = ["cheese"]

    def users(self):
        return self.by


def test_another_program_goes_first(tmp_path):
    """While another program has the camera open it is left alone, and looked through again afterwards."""

    async def run():
        use = InUse()
        async with looking(camera(tmp_path, use=use)) as heard:
            first, silent = await heard.next(), await heard.silent()
            use.by = []
            return first, silent, await heard.next()

    first, silent, after = asyncio.run(run())

    assert first == Unknown(5.0, "camera", "the camera is left to cheese, which uses it")
    assert silent
    assert isinstance(after, CameraLight)


def test_a_lock_stops_a_glance(tmp_path, monkeypatch):
    """When the screen is locked in the middle of a glance, the glance ends and nothing of it is told."""
    reasons = []
    began = threading.Event()

    def endless(number, settings, stop):
        began.set()
        while not stop():
            threading.Event().wait(0.01)
        return []

    monkeypatch.setattr(desk_camera, "glance", endless)

    async def run():
        async with looking(camera(tmp_path, hindered=lambda: "".join(reasons))) as heard:
            light = await heard.next()
            await asyncio.to_thread(began.wait)
            reasons.append("the screen is locked")
            return light, await heard.next(), await heard.next()

    light, off, why = asyncio.run(run())

    assert (light.on, off.on) == (True, False)
    assert why == Unknown(5.0, "camera", "the screen is locked")


def test_a_camera_that_hangs_holds_nothing_up(tmp_path, monkeypatch):
    """A driver that never answers is one sentence, that its light may be on too, and the program can end."""
    monkeypatch.setattr(desk_camera, "SLOW_S", 0.1)
    never = threading.Event()
    monkeypatch.setattr(desk_camera, "glance", lambda *_: never.wait() or [])

    news = asyncio.run(news_of(camera(tmp_path), 3))
    never.set()

    assert news[1] == CameraLight(5.0, True, desk_camera.HANGS)
    assert news[2].why == f"camera {SIDE} does not answer"


def test_the_companion_says_when_to_keep_it_shut(tmp_path):
    """Paused, locked and in a call there is a reason; a meeting or nothing at all is none."""
    clocks = Clocks()
    desk = begin(tmp_path, clocks)

    def after(*news):
        for each in news:
            desk.hear(each)
        return hindrance(desk)

    now_s = desk.now_s()
    assert after() == ""
    assert "paused" not in after(asked.InMeeting(now_s, 600.0))
    assert "pause" in after(asked.Paused(now_s, 600.0))
    assert after(asked.GoneOn(now_s)) == ""
    assert "locked" in after(Locked(now_s))
    assert "another program" in after(Unlocked(now_s), CallBegan(now_s, "talk"))
    assert after(CallEnded(now_s)) == ""
    desk.close()


def test_limits_are_sentences():
    """What the camera sees is told with its errors, changes and long stillnesses; from the front without the head."""
    measures = read_library().measures

    front = limits(Posture(0.0, True, lean_deg=1.0, view="front", n_moved=1, n_still=2), measures)
    side = limits(Posture(0.0, True, 4.0, -2.0, view="side"), measures)

    counted = "1 change of position, 2 kept longer than 20 min"
    assert front == f"from the front: lean +1 ± 3 degrees, against how you sat at the start; {counted}"
    assert side.startswith("from the side: head +4 ± 5 degrees, lean -2 ± 6 degrees, against")
    assert limits(Posture(0.0, False), measures) == "nobody is in the picture"
