"""What the tests of the session page run on: the real program in a process of its own, and a person at the browser."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = "import typer; from uncrick.cli.serve import serve; typer.run(serve)"
START_S = 30.0


class Program:
    """The program, started as a person starts it. folder : where it keeps its sessions."""

    def __init__(self, folder: Path, *flags: str) -> None:
        self.folder = folder
        self.flags = flags
        self.port = 0
        self.link = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait for the link it prints."""
        command = [
            sys.executable,
            "-c",
            PROGRAM,
            "--no-browser",
            "--port",
            str(self.port),
            "--folder",
            str(self.folder),
            *self.flags,
        ]
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self._process.stdout is not None
        self.link = self._process.stdout.readline().strip()
        assert "://localhost:" in self.link, self.link
        self.port = int(self.link.split(":")[2].partition("/")[0])

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()


def without_records(folder: Path) -> tuple[str, str]:
    """Return the flags under which there are no records to be had: then it is the four stretches, for anybody."""
    folder.mkdir(parents=True, exist_ok=True)
    damaged = folder / "damaged.db"
    damaged.write_text("This is no database.", encoding="utf-8")
    return "--database", str(damaged)


@contextmanager
def run_program(folder: Path, *flags: str) -> Iterator[Program]:
    """Run the program for the length of a test."""
    program = Program(folder, *flags)
    program.start()
    try:
        yield program
    finally:
        program.stop()


class Person:
    """Somebody at the page. told : every message the page heard, with the time it came.

    hears : they listen; `heard` then has what the page gave to the voice.
    """

    def __init__(self, browser: Any, link: str, *, hears: bool = False, **context: Any) -> None:
        self.context = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | context))
        if hears:
            self.context.add_init_script(path=Path(__file__).parent / "ear.js")
        self.page = self.context.new_page()
        self.told: list[dict[str, Any]] = []
        self.errors: list[str] = []
        self.asked: list[str] = []
        self.page.goto(link)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda line: line.on("framereceived", self._hear))
        self.page.goto(link.partition("/?")[0] + "/session")
        self.page.wait_for_selector("body[data-ready=yes]")

    def _hear(self, data: str | bytes) -> None:
        if isinstance(data, str):
            self.told.append(json.loads(data) | {"heard_s": time.monotonic()})

    def wait_stage(self, stage: str, timeout_s: float = 20.0) -> None:
        """Wait until the screen is in *stage*."""
        self.page.wait_for_selector(f"body[data-stage={stage}]", timeout=timeout_s * 1000, state="attached")

    @property
    def heard(self) -> list[str]:
        """What the page gave to the voice so far, sentence by sentence."""
        return list(self.page.evaluate("heard.map((row) => row.text)"))

    def wait_heard(self, text: str) -> None:
        """Wait until a sentence with *text* in it was begun."""
        self.page.wait_for_function("(text) => heard.some((row) => row.text.includes(text))", arg=text, timeout=20000)

    def forget_heard(self) -> None:
        """Listen afresh."""
        self.page.evaluate("heard.length = 0")

    @property
    def stage(self) -> str:
        """The stage that the screen shows."""
        return str(self.page.evaluate("document.body.dataset.stage"))

    def played(self, event: str) -> list[dict[str, Any]]:
        """Return what the player said of one kind."""
        return [m["played"] for m in self.told if m["type"] == "event" and m.get("played", {}).get("event") == event]

    def seen(self, event: str) -> list[dict[str, Any]]:
        """Return what the engine said of one kind."""
        return [m["seen"] for m in self.told if m["type"] == "event" and m.get("seen", {}).get("event") == event]

    def choose(self, *exercises: int, n_reps: int | None = None, hold_s: int | None = None) -> None:
        """Choose stretches by their place on the start screen, with a dose that suits a recording."""
        cards = self.page.locator(".card")
        for i in range(cards.count()):
            if i not in exercises:
                cards.nth(i).locator("input[type=checkbox]").uncheck()
                continue
            for place, wanted in ((0, n_reps), (1, hold_s)):
                steppers = cards.nth(i).locator(".stepper")
                if wanted is None or steppers.count() <= place:
                    continue
                value = steppers.nth(place).locator("b")
                while (now := int("".join(c for c in value.inner_text() if c.isdigit()))) != wanted:
                    steppers.nth(place).get_by_role("button").nth(0 if now > wanted else 1).click()

    def take_time(self) -> None:
        """Stretch everything but the holds tenfold, so that nothing goes on by itself while a slow test looks at it."""
        self.page.evaluate("localStorage.setItem('uncrick.settings', JSON.stringify({ pace: 10 }))")
        self.page.reload()
        self.page.wait_for_selector("body[data-ready=yes]")

    def to_hold(self) -> None:
        """Start, and go on by key to the first hold."""
        self.page.click("#begin")
        self.wait_stage("get_ready")
        for stage in ("show", "move_in", "hold"):
            self.page.keyboard.press("n")
            self.wait_stage(stage)

    def put_away(self) -> None:
        """Leave no session behind that the next test would be asked to go on with."""
        if self.stage == "pain":
            self.page.click("#pain-mistaken")
            self.page.wait_for_selector("#pain-sheet:not([open])", state="attached")
        if self.stage not in ("waiting", "ended", "loading"):
            self.page.reload()
            self.page.wait_for_selector("#goes-on[open]")
            self.page.click("#start-anew")
            self.page.wait_for_selector("body[data-stage=waiting]")

    def close(self) -> None:
        """Leave."""
        self.context.close()
