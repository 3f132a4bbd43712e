"""The desk's page in a real browser with a real companion: the break by keys alone, both themes, every width."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.app.desks import Clocks, begin, work
from tests.app.lives import all_no, somebody
from tests.web.coach_page import Program, run_program
from tests.web.looked_at import violations
from uncrick.app.desk_control import ask, runs
from uncrick.app.records import open_records
from uncrick.desk.activity import Locked, Unlocked
from uncrick.desk.asked import BreakBegan, BreakEnded

UNPRESSED = "Object.defineProperty(Navigator.prototype, 'userActivation', {get: () => ({hasBeenActive: false})})"
"""As in a window that a notice opened: whatever drives the browser here counts as a press."""
COMPANION = "from uncrick.cli.main import run; run()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with somebody's records, a day of theirs, and a companion that runs."""
    folder = tmp_path_factory.mktemp("desk")
    before = {name: os.environ.get(name) for name in ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")}
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    os.environ.pop("DISPLAY", None)
    db = open_records(folder / "uncrick.db")
    who, _ = somebody(db)
    all_no(db, who.id, datetime.now().astimezone())
    db.close()
    _yesterday(folder)
    command = [sys.executable, "-c", COMPANION, "desk", "start", "--folder", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not runs(folder):
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.1)
    yield folder
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    for name, value in before.items():
        os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def _yesterday(folder: Path) -> None:
    """Write a day with spells, a break and a lock."""
    nine = datetime.now().astimezone().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)
    clocks = Clocks(nine)
    desk = begin(folder, clocks)
    work(desk, clocks, 50)
    desk.hear(BreakBegan(desk.now_s(), ("butterfly_stretch",)))
    work(desk, clocks, 2)
    desk.hear(BreakEnded(desk.now_s(), "done"))
    work(desk, clocks, 40)
    work(desk, clocks, 20, Locked(desk.now_s()))
    desk.hear(Unlocked(desk.now_s()))
    desk.close()


@pytest.fixture(scope="module")
def program(folder: Path) -> Iterator[Program]:
    """Run the pages on that folder."""
    with run_program(folder) as program:
        yield program


@pytest.fixture
def page(browser: Any, program: Program) -> Iterator[Any]:
    """Come in by the link and go to the desk."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
    page.goto(program.link)
    page.goto(f"http://localhost:{program.port}/desk")
    page.wait_for_selector("body[data-ready=yes]")
    yield page
    assert page.errors == []
    context.close()


def tab_to(page: Any, text: str) -> None:
    """Tab until a control with *text* has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.innerText ?? ''").strip() == text:
            return
    raise AssertionError(f"Tab never came to '{text}'")


def until_stage(page: Any, *stages: str) -> str:
    """Wait until the player is in one of *stages*."""
    for _ in range(200):
        stage = str(page.evaluate("document.body.dataset.stage"))
        if stage in stages:
            return stage
        page.wait_for_timeout(50)
    raise AssertionError(f"never in {stages}, but in {stage}")


def test_a_break_by_keys_alone_and_the_companion_hears_of_it(page: Any, folder: Path) -> None:
    """From the desk through the player to its end without a mouse; the companion knows of it."""
    tab_to(page, "Start the break")
    page.keyboard.press("Enter")
    page.wait_for_selector("#begin", state="visible")
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    until_stage(page, "get_ready")
    during = ask({"do": "status"}, folder)
    for _ in range(120):
        if page.evaluate("document.body.dataset.stage") in ("after", "ended"):
            break
        page.keyboard.press("n")
        page.wait_for_timeout(120)
    until_stage(page, "after", "ended")
    page.wait_for_timeout(300)
    after = ask({"do": "status"}, folder)

    assert during["on_break"] and during["why"] == "break"
    assert not after["on_break"]


def test_start_on_a_notice_leads_into_the_break(page: Any, program: Program, folder: Path) -> None:
    """A notice's Start ends in the break itself, silent until a press, with the stop at hand; Back is safe."""
    page.add_init_script(UNPRESSED)
    page.goto(f"{program.link}&to=%2Fdesk%3Fbreak%3Dnow")
    until_stage(page, "get_ready")

    assert page.is_visible("#silent") and page.is_visible("#pain")
    assert ask({"do": "status"}, folder)["on_break"]
    page.keyboard.press("Shift")
    assert not page.is_visible("#silent")
    page.keyboard.press("p")
    page.wait_for_selector("#pain-sheet[open]")
    page.go_back()
    page.wait_for_selector("#now")
    ask({"do": "ended"}, folder)


def test_the_buttons_reach_the_companion_and_the_page_tells(page: Any, folder: Path) -> None:
    """In a meeting, then on again: the page says after each press how things stand now."""
    page.click("text=In a meeting for 1 h")
    page.wait_for_selector("text=you are in a meeting")
    assert ask({"do": "status"}, folder)["silent"] == "meeting"

    page.click("text=Go on now")
    page.wait_for_selector("body[data-ready=yes]")
    assert ask({"do": "status"}, folder)["silent"] is None


def test_it_hurts_in_a_break_stops_it_at_once(page: Any, folder: Path) -> None:
    """P in a break opens the questions in that moment, as in every session."""
    page.click("text=Start the break")
    page.wait_for_selector("#begin", state="visible")
    page.click("#begin")
    until_stage(page, "get_ready")
    page.keyboard.press("p")

    assert until_stage(page, "pain") == "pain"
    page.click("#pain-mistaken")


def test_yesterday_is_a_picture_with_the_same_in_a_table(page: Any) -> None:
    """The day before has its bars and its rows."""
    page.click("text=Day before")
    page.wait_for_selector("text=butterfly stretch: done")

    assert page.locator(".day-sheet .band .bar-seen").count() == 2
    assert page.locator(".day-sheet tbody tr").count() >= 4


@pytest.mark.parametrize("width", [1366, 390, 320])
def test_nothing_scrolls_sideways(page: Any, width: int) -> None:
    """The page fits laptop and phone, and every control is 24 px or more."""
    page.set_viewport_size({"width": width, "height": 760})

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    small = page.evaluate(
        """[...document.querySelectorAll("main button, main input:not([type=hidden]), main summary")]
            .filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect())
            .filter((r) => r.width > 0 && (r.width < 24 || r.height < 24)).length"""
    )
    assert small == 0


def test_axe_finds_nothing_in_either_theme(page: Any) -> None:
    """axe finds no violation on the desk, light or dark, up to WCAG 2.2 AA."""
    assert violations(page) == {}
