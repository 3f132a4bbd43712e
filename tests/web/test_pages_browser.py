"""The pages with a person at a real browser and the real program: keys alone, both themes, every width."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web import looked_at
from tests.web.coach_page import Program, run_program
from tests.web.looked_at import opened_up, too_wide, violations
from tests.web.pages import n_questions
from uncrick.app.answering import answer_now, put_answer
from uncrick.app.people import new_person
from uncrick.app.records import open_records
from uncrick.app.whose import local_now

WIDTHS = {"wall": (1920, 1080)} | looked_at.WIDTHS
PAGES = (
    "/today", "/library", "/library/chair_spinal_twist", "/library/walking", "/help", "/settings", "/settings/answers",
    "/settings/erase", "/people", "/urge", "/conditions", "/begin", "/begin/pain", "/begin/plan", "/begin/first",
    "/questions?again=ces_saddle", "/library/nothing",
)  # fmt: skip
SMALL = """[...document.querySelectorAll("button, select, summary, input, .places a, .ways a, a.button, a.go")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 0)
    .filter((e) => e.getBoundingClientRect().width < 24 || e.getBoundingClientRect().height < 24)
    .map((e) => e.id || e.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program, with records, for all."""
    with run_program(tmp_path_factory.mktemp("pages")) as program:
        yield program


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def to(self, selector: str) -> None:
        """Tab until *selector* has the focus."""
        for _ in range(90):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(s) => document.activeElement?.matches(s) ?? false", selector):
                return
        raise AssertionError(f"Tab never came to {selector} on {self.page.url}")

    def press(self, selector: str) -> None:
        """Tab to *selector* and press it; wait for the page that follows."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def arrived(browser, program) -> Iterator[Any]:
    """Go through the whole first run with keys alone, and stay at its last page."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(program.link)
    keys = Keys(page)
    keys.to("input[name=brings]")
    page.keyboard.press("ArrowDown")
    keys.to("#name")
    page.keyboard.type("Ada Wilhelmine Featherstonehaugh")
    keys.to("#number")
    page.keyboard.type("112")
    keys.press("button.go")
    keys.to("input[name=pain]")
    page.keyboard.press("ArrowRight")
    keys.press("button.go")
    n = 0
    while "/questions" in page.url:
        keys.to(".skip-link")
        page.keyboard.press("Enter")
        keys.press("button[value=no]")
        n += 1
        assert n < 60
    page.n_asked = n
    keys.press("button[name=none]")
    keys.press("button.go")
    yield page
    page.context.close()


def test_the_first_run_to_the_first_session_needs_no_mouse(arrived, program) -> None:
    """From the link to a running first session with keys alone, and what was done is kept for the next evening."""
    keys = Keys(arrived)
    assert arrived.url.endswith("/begin/first")
    assert arrived.n_asked == n_questions() - 1
    keys.press("a[href='/session?of=first']")
    arrived.wait_for_selector("body[data-ready=yes]")
    assert arrived.locator("#pain-before:checked, input[name=pain_before]:checked").get_attribute("value") == "1"
    keys.to("#begin")
    arrived.keyboard.press("Enter")
    arrived.wait_for_selector("body[data-stage=get_ready]", state="attached", timeout=20000)
    for _ in range(4):
        if arrived.locator("body[data-stage=after]").count():
            break
        arrived.keyboard.press("s")
        arrived.wait_for_selector("#skip-sheet[open]")
        arrived.keyboard.press("Tab")
        arrived.keyboard.press("Enter")
        arrived.wait_for_timeout(200)
    arrived.wait_for_selector("body[data-stage=after]", state="attached")
    keys.to("#finish")
    arrived.keyboard.press("Enter")
    arrived.wait_for_selector("body[data-stage=ended]", state="attached")
    keys.press("#again")

    assert arrived.url.endswith("/today")
    assert arrived.errors == []


def test_axe_finds_nothing_on_any_page_in_either_theme(arrived, browser, program) -> None:
    """axe finds no violation on any page, light or dark, up to WCAG 2.2 AA."""
    found = {}
    context = browser.new_context(storage_state=arrived.context.storage_state(), bypass_csp=True)
    page = context.new_page()
    for path in PAGES:
        page.goto(f"http://localhost:{program.port}{path}")
        opened_up(page)
        found |= {(path, theme): what for theme, what in violations(page).items()}
    context.close()

    assert found == {}


def test_every_page_fits_every_width(arrived, browser, program) -> None:
    """No page scrolls sideways, from 320 px to a wall, everything unfolded; what is pressed is 24 px or more."""
    wide, small = {}, {}
    context = browser.new_context(storage_state=arrived.context.storage_state())
    page = context.new_page()
    for path in PAGES:
        page.goto(f"http://localhost:{program.port}{path}")
        opened_up(page)
        for name, size in WIDTHS.items():
            wide[path, name] = too_wide(page, {name: size})
            small[path, name] = page.evaluate(SMALL)
    context.close()

    assert {where: by for where, by in wide.items() if by} == {}
    assert {where: which for where, which in small.items() if which} == {}


def test_with_motion_reduced_a_figure_stands_still_until_it_is_asked(arrived, browser, program) -> None:
    """In the library a figure moves by itself only where motion is wanted; a press starts and stops it."""
    moves = {}
    for motion in ("reduce", "no-preference"):
        context = browser.new_context(storage_state=arrived.context.storage_state(), reduced_motion=motion)
        page = context.new_page()
        page.goto(f"http://localhost:{program.port}/library/chair_spinal_twist")
        page.wait_for_timeout(700)
        before = not page.evaluate("document.querySelector('.moving video').paused")
        page.click(".moving-switch")
        page.wait_for_timeout(300)
        moves[motion] = (before, not page.evaluate("document.querySelector('.moving video').paused"))
        context.close()

    assert moves == {"reduce": (False, True), "no-preference": (True, False)}


def test_without_scripts_the_pages_are_whole(arrived, browser, program) -> None:
    """With scripts off a question is answered, the library sifted, a figure has the browser's own controls."""
    context = browser.new_context(storage_state=arrived.context.storage_state(), java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://localhost:{program.port}/questions?again=weight_loss")
    page.click("button[value=no]")
    page.wait_for_url("**/today*")
    page.goto(f"http://localhost:{program.port}/library")
    page.select_option("select[name=region]", "neck")
    page.click(".sieve button")
    neck = page.locator(".book").count()
    page.goto(f"http://localhost:{program.port}/library/chin_tuck")
    controls = page.locator(".moving video").get_attribute("controls")
    context.close()

    assert 0 < neck < 32
    assert controls is not None


def test_the_emergency_message_is_read_by_everybody_and_fits(arrived, browser, program) -> None:
    """The message, and who else may be here beside it: axe finds nothing, it fits, and the number is a link to call."""
    db = open_records(program.folder / "uncrick.db")
    ben = new_person(db, "Ben")
    put_answer(db, ben.id, answer_now("ces_saddle", "yes", local_now()))
    db.close()
    context = browser.new_context(storage_state=arrived.context.storage_state(), bypass_csp=True)
    page = context.new_page()
    page.goto(f"http://localhost:{program.port}/people")
    page.click("li:has-text('Ben') button")

    found, wide, says = [], [], {}
    for path in ("/today", "/people"):
        page.goto(f"http://localhost:{program.port}{path}")
        opened_up(page)
        says[path] = page.locator("main").inner_text()
        found.append(violations(page))
        wide.append(too_wide(page))
    context.close()

    assert (found, wide) == ([{}, {}], [{}, {}])
    assert "emergency department now" in says["/today"]
    assert "Ada" in says["/people"] and "Somebody new" not in says["/people"]
