"""Starting the companion: the lock, the clocks, the sources of this machine, and the way to the break's page."""

import asyncio
import subprocess
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from socket import create_connection
from time import monotonic, sleep
from typing import Final
from urllib.parse import quote

from uncrick.app.desk import Desk
from uncrick.app.desk_control import ask, runs
from uncrick.app.desk_keeping import keep_days
from uncrick.app.desk_offer import exercise_names, offer_now
from uncrick.app.desk_running import Offering, Running, only_one
from uncrick.app.desk_sources import notifier, program, sources_of, this_run
from uncrick.app.secret import link_token
from uncrick.desk.offer import Break
from uncrick.desk.source import Source
from uncrick.errors import Problem, ProblemsError
from uncrick.files.journal_file import state_folder

PORT = 8642

BREAK_NOW: Final = "/desk?break=now"
"""The page that goes on into the break without another press, as far as no question is open."""


def start(folder: Path | None, ready: Callable[[], None], port: int = PORT) -> None:
    """Run the companion here until it is stopped.

    Raises ProblemsError when one runs already (which then tells of it in its status), or when its settings are wrong.
    """
    home = folder or state_folder()
    try:
        with only_one(home):
            desk = Desk(this_run(), home)
            running = Running(desk, sources_of(camera=_camera(desk)), notifier(), _offering(home, port))
            asyncio.run(running.run(ready))
    except ProblemsError as error:
        if any("runs already" in problem.says for problem in error.problems):
            _tell_the_first(home)
        raise
    except OSError as error:
        says = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise ProblemsError([Problem(str(home), says, "the companion keeps its journal there")]) from None


def _camera(desk: Desk) -> Source | None:
    """Return the companion's own camera when it was asked for; the neural networks are loaded only then."""
    if not desk.written.camera:
        return None
    from uncrick.app.desk_camera import DeskCamera, hindrance

    return DeskCamera(lambda: hindrance(desk))


def start_apart(folder: Path | None = None) -> None:
    """Start the companion in a process of its own, which stays when this one ends."""
    command = [*program(), "desk", "start"]
    if folder is not None:
        command += ["--folder", str(folder)]
    subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def wait_until_runs(folder: Path | None = None, wait_s: float = 10.0) -> None:
    """Wait until a companion answers. Raises ProblemsError when none does."""
    until_s = monotonic() + wait_s
    while not runs(folder):
        if monotonic() > until_s:
            hint = "see what it says itself: uncrick desk start"
            raise ProblemsError([Problem("desk companion", "did not start", hint)])
        sleep(0.1)


def break_link(folder: Path | None, port: int = PORT) -> str:
    """Return the link that leads into the break; the token is the one that every start of the pages uses."""
    return f"http://localhost:{port}/?token={link_token(folder)}&to={quote(BREAK_NOW)}"


def open_break(folder: Path | None, port: int = PORT) -> None:
    """Open the break's page in the browser; where no pages are served yet, start serving them first."""
    if not _serves(port):
        command = [*program(), "serve", "--no-browser", "--port", str(port)]
        if folder is not None and folder != state_folder():
            command += ["--folder", str(folder)]
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        _wait_for(port)
    webbrowser.open(break_link(folder, port))


def _offering(home: Path, port: int) -> Offering:
    def now() -> Break | None:
        return offer_now(home)

    def names() -> Mapping[str, str]:
        return exercise_names()

    return Offering(now, names, lambda: open_break(home, port), lambda: keep_days(home))


def _tell_the_first(home: Path) -> None:
    try:
        ask({"do": "second"}, home, 1.0)
    except ProblemsError:
        return  # it is on its way out, or hangs: there is nobody to tell


def _serves(port: int) -> bool:
    try:
        with create_connection(("127.0.0.1", port), 0.5):
            return True
    except OSError:
        return False


def _wait_for(port: int) -> None:
    until_s = monotonic() + 20.0
    while monotonic() < until_s and not _serves(port):
        sleep(0.2)
