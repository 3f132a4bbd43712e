"""The explain page with a person at it: without scripts, by keys, by ear, on every width, in both themes."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.coach_page import Program, run_program, without_records
from tests.web.looked_at import opened_up, too_wide, violations


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program for all."""
    folder = tmp_path_factory.mktemp("explain")
    with run_program(folder, *without_records(folder)) as program:
        yield program


@pytest.fixture
def visit(browser, program) -> Iterator[Any]:
    """Open the page as somebody who came in by the link; says what went wrong on it."""
    contexts = []

    def open_page(**values: Any) -> Any:
        scripted = values.get("java_script_enabled", True)
        context = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | values))
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.goto(program.link)  # without records this page itself answers that it has trouble
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        page.goto(f"http://localhost:{program.port}/explain")
        if scripted:
            page.wait_for_selector("body[data-ready=yes]")
        return page

    yield open_page
    for context in contexts:
        context.close()


def until(page: Any, expression: str) -> None:
    """Wait until an expression holds; the page's policy forbids the browser to evaluate it by itself."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def test_without_scripts_it_says_the_same(visit) -> None:
    """Text, figures with words for them, and a table beside each chart are there before any script."""
    page = visit(java_script_enabled=False)

    text = page.locator("main").inner_text()
    for sentence in (
        "Scientists have not settled this",
        "Fitted to knuckles, not predicted",
        "What the pop does not do",
    ):
        assert sentence in text
    charts = page.locator("figure.chart:has(svg)")
    assert charts.count() == 8
    for i in range(charts.count()):
        assert charts.nth(i).locator("svg title, svg desc").count() == 2
        assert charts.nth(i).locator("tbody tr").count() >= 5
    assert not page.locator("#dials").is_visible()
    assert page.locator("#joint desc").text_content()


def test_keys_move_the_sliders_and_the_joint(visit) -> None:
    """An arrow key moves a slider, what is shown first is the nearest known stretch, then this very one."""
    page = visit()
    page.wait_for_selector("body[data-known=live]", timeout=90_000)
    before = page.locator("#verdict").inner_text()
    assert "collapse" in before

    page.focus("#capsule_mm3_kpa")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    at_once = page.evaluate("document.body.dataset.known"), page.locator("#how-known").inner_text()
    page.wait_for_selector("body[data-known=live]")

    assert at_once[0] == "before"
    assert "nearest of 270" in at_once[1]
    assert "growth" in page.locator("#verdict").inner_text()
    assert "exactly these numbers" in page.locator("#how-known").inner_text()
    assert page.get_attribute("#capsule_mm3_kpa", "aria-valuetext") == "gives 0.25 mm³ per kPa"
    assert page.errors == []


def test_buttons_do_what_the_slider_does(visit) -> None:
    """Less and more beside each slider move it by two steps: more is harder, faster, stiffer."""
    page = visit()

    for name in ("force_n", "ramp_s", "capsule_mm3_kpa"):
        page.click(f"button[data-dial={name}][aria-label$=more]")

    assert page.input_value("#force_n") == "22"
    assert page.inner_text("#force_n-says") == "44 newtons on this joint"
    assert page.inner_text("#ramp_s-says") == "full force in 0.084 s"
    assert page.inner_text("#capsule_mm3_kpa-says") == "gives 0.79 mm³ per kPa"


def test_the_moments_can_be_gone_through(visit) -> None:
    """The joint opens along the moments: the gap read out grows, and each moment is put into words."""
    page = visit()
    gaps = []
    for moment in (0, 12, 39):
        page.locator("#moment").evaluate("(s, v) => { s.value = v; s.dispatchEvent(new Event('input')); }", moment)
        gaps.append(float(page.inner_text("#now-gap").removesuffix(" mm")))

    assert gaps == sorted(gaps)
    assert gaps[0] == 0.01
    assert 0.5 < gaps[2] < 1.0
    assert "the loudest moment: gap" in page.get_attribute("#moment", "aria-valuetext")


def test_sound_is_heard_on_a_press_only(visit) -> None:
    """Nothing sounds by itself; a press plays the computed sound, another the same slower."""
    page = visit()
    page.evaluate("window.heard = []; document.addEventListener('heard', (e) => heard.push(e.detail))")
    page.wait_for_selector("body[data-known=live]", timeout=90_000)
    page.wait_for_timeout(300)
    before = page.evaluate("heard.length")

    page.click("#hear")
    page.click("#hear-slowly")
    until(page, "heard.length === 2")

    heard = page.evaluate("heard")
    assert before == 0
    assert [h["slowly"] for h in heard] == [False, True]
    assert heard[0]["n"] > 4000


def test_nothing_moves_until_play_is_pressed(visit) -> None:
    """The joint stands still at first, also for those who want no motion; a press plays it, another stops it."""
    page = visit(reduced_motion="reduce")
    page.wait_for_selector("body[data-known=live]", timeout=90_000)
    drawn = "document.querySelector('#joint [data-part=upper]').getAttribute('transform')"
    first = page.evaluate(drawn), page.input_value("#moment")
    page.wait_for_timeout(500)
    still = page.evaluate(drawn), page.input_value("#moment")

    page.click("#play")
    until(page, f"{drawn} !== {still[0]!r}")
    page.click("#play")

    assert first == still


def test_axe_finds_nothing_and_it_fits(visit) -> None:
    """axe finds no violation in either theme, and nothing scrolls sideways from 320 px up."""
    page = visit(bypass_csp=True)
    page.wait_for_selector("body[data-known=live]", timeout=90_000)
    opened_up(page)

    assert violations(page) == {}
    assert too_wide(page) == {}


def test_the_start_page_leads_here(visit, program) -> None:
    """From the start page and from the settings' help a link leads to the page."""
    page = visit()
    page.goto(f"http://localhost:{program.port}/session")
    page.wait_for_selector("body[data-ready=yes]")

    assert page.locator("a[href='/explain']").count() == 2
    page.locator("#start a[href='/explain']").click()
    page.wait_for_url("**/explain")
