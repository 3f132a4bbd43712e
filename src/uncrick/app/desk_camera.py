"""The companion's own camera, only when asked for: a glance now and then, and every reason not to take one.

The camera is opened for each glance and closed again, so that another program finds it free nearly always, and its
light is on only while a picture is being taken. Pictures are looked at and dropped; only angles and changes leave.
"""

import asyncio
import math
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Final

from uncrick.app.desk import Desk
from uncrick.desk import neck
from uncrick.desk.activity import Activity, CameraLight, Known, Unknown
from uncrick.desk.neck import Look, NeckSettings, NeckState, Posture
from uncrick.desk.source import Clock
from uncrick.desktop.camera_use import CameraUse
from uncrick.desktop.power import on_battery
from uncrick.errors import ProblemsError
from uncrick.files.library import read_library
from uncrick.motion.measure import Measure
from uncrick.pose.frame import Frame
from uncrick.vision.blazepose import Eyes, VisionSettings, open_eyes
from uncrick.vision.glance import LONGEST_S, GlanceSettings, frames_of, glance

EVERY_S: Final = 15.0
"""From one glance to the next. Our default: stillness matters in minutes, and the cost stays far below its limit."""

SLOW_S: Final = LONGEST_S + 4.0
"""A glance that takes longer hangs: the camera's driver does not answer."""

HANGS: Final = "The camera does not answer, so its light may stay on until this program ends."
LIGHT: Final = "A glance of a second or two, every {every:.0f} s; no picture is kept."


def hindrance(desk: Desk) -> str:
    """Return why the companion may not look now, in a sentence without a full stop; empty when it may."""
    state = desk.state
    if state is None:
        return "nothing has been heard yet"
    if state.nudge.silent_until_s > desk.now_s() and state.nudge.silent_why == "paused":
        return "the camera is off while you pause the companion"
    if state.sitting.locked or state.sitting.asleep:
        return "the camera is off while the screen is locked"
    if state.sitting.call:
        return "the camera is off while another program uses a camera or microphone"
    return ""


@dataclass(slots=True)
class DeskCamera:
    """A `Source` of how somebody sits. hindered : why not now; empty when a glance may be taken.

    camera : its number, or a recording that stands in for one. use : who else has a camera open.
    """

    hindered: Callable[[], str]
    camera: int | str = 0
    every_s: float = EVERY_S
    glancing: GlanceSettings = field(default_factory=GlanceSettings)
    use: CameraUse = field(default_factory=CameraUse)
    on_battery: Callable[[], bool | None] = on_battery
    name: str = "camera"

    async def events(self, now: Clock) -> AsyncGenerator[Activity]:
        """See `Source.events`."""
        try:
            measures = read_library().measures
            settings, eyes = neck.neck_settings(measures), await asyncio.to_thread(_open)
        except ProblemsError as error:
            yield Unknown(now(), "camera", "; ".join(problem.says for problem in error.problems))
            return
        run = _Looking(self, settings, eyes, now)
        said = ""
        while True:
            why = self.why_not() or self._who_else()
            if not why:
                yield CameraLight(now(), True, LIGHT.format(every=self.every_s))
                posture = await run.look()
                yield CameraLight(now(), run.hangs, HANGS if run.hangs else "")
                why = run.trouble
            says = why or limits(posture, measures)
            if says != said:
                yield Unknown(now(), "camera", why) if why else Known(now(), "camera", says)
                said = says
            if not why:
                yield posture.news()
            await asyncio.sleep(self.every_s)

    def why_not(self) -> str:
        """Return why no glance may be taken or go on, as far as that can be told at once."""
        if why := self.hindered():
            return why
        return "the camera is off on battery" if self.on_battery() else ""

    def _who_else(self) -> str:
        users = self.use.users()
        return f"the camera is left to {users[0]}, which uses it" if users else ""


@dataclass(slots=True)
class _Looking:
    """What goes on from glance to glance."""

    source: DeskCamera
    settings: NeckSettings
    eyes: Eyes
    now: Clock
    state: NeckState | None = None
    trouble: str = ""
    glancing: asyncio.Future[tuple[Frame, ...]] | None = None

    @property
    def hangs(self) -> bool:
        """Whether the last glance has not come back yet."""
        return self.glancing is not None and not self.glancing.done()

    async def look(self) -> Posture:
        """Take a glance and return what it came to; *trouble* says why there is none."""
        stopped: list[str] = []
        frames: tuple[Frame, ...] = ()
        if not self.hangs:
            self.glancing = _apart(lambda: self._glance(stopped))
            try:
                done, _ = await asyncio.wait((self.glancing,), timeout=SLOW_S)
            except asyncio.CancelledError:
                stopped.append("the companion ends")
                raise
            frames = self.glancing.result() if done else ()
        if stopped:
            self.trouble = stopped[0]
        elif not frames:
            why = "does not answer" if self.hangs else "gives no picture: it is missing, in use, or not allowed"
            self.trouble = f"camera {self.source.camera} {why}"
        else:
            self.trouble = ""
        self.state, posture = neck.step(self.settings, self.state, Look(self.now(), frames))
        return posture

    def _glance(self, stopped: list[str]) -> tuple[Frame, ...]:
        """Glance, in a thread of its own, and before every picture and at the end ask whether it may go on."""

        def stop() -> bool:
            if not stopped and (why := self.source.why_not()):
                stopped.append(why)
            return bool(stopped)

        shots = glance(self.source.camera, self.source.glancing, stop)
        frames = () if stop() else frames_of(self.eyes, shots)
        return () if stop() else frames


def _apart(work: Callable[[], tuple[Frame, ...]]) -> asyncio.Future[tuple[Frame, ...]]:
    """Do *work* in a thread that the program's end does not wait for: a driver may never answer."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[tuple[Frame, ...]] = loop.create_future()

    def run() -> None:
        try:
            found = work()
        except Exception as trouble:  # it is raised where the glance is awaited
            _told(loop, done.set_exception, trouble)
        else:
            _told(loop, done.set_result, found)

    Thread(target=run, daemon=True, name="glance").start()
    return done


def _told(loop: asyncio.AbstractEventLoop, tell: Callable[[Any], None], what: object) -> None:
    """Call *tell* in the loop's own thread, unless the loop has ended."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(tell, what)


def _open() -> Eyes:
    """Return the networks, on one thread: a glance is not in a hurry."""
    return open_eyes(VisionSettings(n_threads=1, turn=0))


def limits(posture: Posture, measures: Mapping[str, Measure]) -> str:
    """Return what the camera sees and how sure that is, for the status."""
    if posture.present is not True:
        return "nobody is in the picture"
    if math.isnan(posture.lean_deg):
        return f"{posture.limit}; {_counted(posture)}"
    head, lean = measures[neck.HEAD].error, measures[neck.LEAN[posture.view]].error
    known = not math.isnan(posture.head_forward_deg)
    forward = f"head {round(posture.head_forward_deg):+d} ± {head:g} degrees, " if known else ""
    seen = f"{forward}lean {round(posture.lean_deg):+d} ± {lean:g} degrees, against how you sat at the start"
    also = f"; {posture.limit}" if posture.limit else ""
    return f"from the {posture.view}: {seen}; {_counted(posture)}{also}"


def _counted(posture: Posture) -> str:
    """Return how often the position changed, and how often it was kept for long, in words."""
    changes = "change" if posture.n_moved == 1 else "changes"
    return f"{posture.n_moved} {changes} of position, {posture.n_still} kept longer than {neck.STILL_S / 60:g} min"
