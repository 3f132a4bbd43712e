"""The session page with a person at it: real program, real browser, keys, sizes, both themes, and a power cut."""

import json
import time
from collections.abc import Iterator

import pytest

from tests.web.coach_page import Person, Program, run_program, without_records
from tests.web.looked_at import AXE, TAGS, WIDTHS
from tests.web.pose_server import skip_without

SKIPPED = "#bar [data-outcome=skipped]"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program for all that need no own."""
    folder = tmp_path_factory.mktemp("coach")
    with run_program(folder, *without_records(folder)) as program:
        yield program


@pytest.fixture
def person(browser, program) -> Iterator[Person]:
    """Open the link as somebody new; what they leave behind is put away."""
    someone = Person(browser, program.link)
    yield someone
    someone.put_away()
    someone.close()


def press_tab_to(person: Person, element: str) -> None:
    """Tab until *element* has the focus."""
    for _ in range(80):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("document.activeElement?.id") == element:
            return
    raise AssertionError(f"Tab never came to #{element}")


def test_a_session_needs_no_mouse(person) -> None:
    """From the link to the summary with keys alone: start, go on, easier, skip with a reason, pain, answers, finish."""
    keys = person.page.keyboard
    person.take_time()
    press_tab_to(person, "begin")
    keys.press("Enter")
    person.wait_stage("get_ready")
    for stage in ("show", "move_in", "hold"):
        keys.press("n")
        person.wait_stage(stage)
    keys.press("e")
    keys.press("Space")
    person.page.wait_for_selector("body[data-paused=yes]")
    keys.press("Space")
    person.page.wait_for_selector("body[data-paused=no]")
    keys.press("Escape")
    person.page.wait_for_selector("#pain-sheet[open]")
    for _ in range(3):
        keys.press("Tab")
        keys.press("Enter")
    person.page.wait_for_selector("#pain-done:visible")
    press_tab_to(person, "pain-done")
    keys.press("Enter")
    person.wait_stage("rest")
    for n in range(3):
        keys.press("s")
        person.page.wait_for_selector("#skip-sheet[open]")
        keys.press("Tab")
        keys.press("Enter")
        person.page.wait_for_selector(f"{SKIPPED} >> nth={n}", state="attached")
    person.wait_stage("after")
    press_tab_to(person, "finish")
    keys.press("Enter")
    person.wait_stage("ended")

    rows = person.page.locator("#summary-table tbody tr")
    assert rows.count() == 4
    assert "it hurt" in rows.nth(0).inner_text()
    assert "no time" in rows.nth(1).inner_text()
    assert person.errors == []


def test_pain_stops_before_the_program_even_hears_of_it(person) -> None:
    """In the very turn of the key the questions are open and the voice is shut; no cue comes after."""
    person.to_hold()
    person.page.evaluate("window.spoken = []; document.addEventListener('spoken', (e) => spoken.push(e.detail))")

    at_once = person.page.evaluate(
        """() => {
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "p", bubbles: true }));
            return [document.getElementById("pain-sheet").open, document.body.dataset.stage];
        }"""
    )
    person.page.wait_for_timeout(1500)

    assert at_once == [True, "pain"]
    assert {s["rank"] for s in person.page.evaluate("spoken")} <= {"safety"}
    assert person.stage == "pain"


def test_pressed_by_mistake_goes_back_to_the_way_in(person) -> None:
    """A slip of the finger costs nothing: the hold is begun again from its way in."""
    person.to_hold()
    person.page.keyboard.press("p")
    person.wait_stage("pain")

    person.page.click("#pain-mistaken")

    person.wait_stage("move_in")
    assert not person.page.locator("#pain-sheet").is_visible()


def test_single_keys_can_be_switched_off_but_escape_stays(person) -> None:
    """With shortcuts off a letter does nothing, and Escape still means that it hurts."""
    person.page.click("#open-settings")
    person.page.uncheck("#shortcuts")
    person.page.click("#settings-close")
    person.page.click("#begin")
    person.wait_stage("get_ready")
    person.page.keyboard.press("n")
    person.page.keyboard.press("p")
    still = person.stage

    person.page.keyboard.press("Escape")

    person.wait_stage("pain")
    assert still == "get_ready"


@pytest.mark.parametrize("key", ["p", "Escape"])
def test_pain_is_heard_over_the_question_why_to_skip(person, key) -> None:
    """Who skips because it hurts and presses the key for pain is stopped, not sent back to the movement."""
    person.page.click("#begin")
    person.wait_stage("get_ready")
    person.page.keyboard.press("s")
    person.page.wait_for_selector("#skip-sheet[open]")

    person.page.keyboard.press(key)

    person.wait_stage("pain")
    assert not person.page.locator("#skip-sheet").is_visible()


def test_every_sentence_spoken_is_a_caption(person) -> None:
    """What is given to the voice stands on the screen at the same moment."""
    person.page.evaluate(
        """window.pairs = []; document.addEventListener("spoken", (e) =>
            pairs.push([e.detail.text, document.getElementById("caption").textContent]))"""
    )
    person.page.click("#begin")
    person.wait_stage("get_ready")
    person.page.keyboard.press("n")
    person.wait_stage("show")

    pairs = person.page.evaluate("pairs")
    assert len(pairs) >= 2
    assert all(said == shown for said, shown in pairs)


def test_with_motion_reduced_nothing_moves_by_itself(browser, program) -> None:
    """Reduced motion shows the end position, still; a press moves it."""
    person = Person(browser, program.link, reduced_motion="reduce")
    person.page.click("#begin")
    person.wait_stage("get_ready")
    paused = "document.getElementById('figure-video').paused"
    person.page.wait_for_timeout(600)
    still = person.page.evaluate(paused)

    person.page.click("#figure-pause")
    person.page.wait_for_function(f"!{paused}")

    assert still
    person.put_away()
    person.close()


def through_pain(person: Person) -> Iterator[str]:
    """Walk through the questions after pain, to the rest that follows."""
    page = person.page
    page.keyboard.press("p")
    person.wait_stage("pain")
    yield "pain: where"
    page.click("#pain-where button >> nth=2")
    yield "pain: how much"
    page.click("#pain-level button >> nth=4")
    yield "pain: what kind"
    page.click("#pain-kind button >> nth=1")
    yield "pain: follow-up"
    page.click("#pain-back")
    page.click("#pain-kind button >> nth=0")
    page.wait_for_selector("#pain-done:visible")
    yield "pain: decision"
    page.click("#pain-done")
    person.wait_stage("rest")


def to_every_screen(person: Person) -> Iterator[str]:
    """Walk through every screen of the page, saying each one's name."""
    page = person.page
    yield "start"
    page.click("#open-settings")
    yield "settings"
    page.click("#settings-close")
    page.click("#tutorial")
    yield "tutorial"
    page.click("#tutorial-close")
    page.click("#begin")
    person.wait_stage("get_ready")
    yield "get_ready"
    page.keyboard.press("h")
    yield "how"
    page.click("#how-done")
    for stage in ("show", "move_in", "hold"):
        page.keyboard.press("n")
        person.wait_stage(stage)
        if stage == "hold":
            for _ in range(9):
                page.keyboard.press("m")
        yield stage
    page.keyboard.press("Space")
    page.wait_for_selector("body[data-paused=yes]")
    yield "paused"
    page.keyboard.press("Space")
    for stage in ("release", "other_side"):
        page.keyboard.press("n")
        person.wait_stage(stage)
        yield stage
    yield from through_pain(person)
    yield "rest"
    page.keyboard.press("s")
    yield "skip"
    for n in range(3):
        page.keyboard.press("s")
        page.click("#skip-sheet button[value=no_time]")
        page.wait_for_selector(f"{SKIPPED} >> nth={n}", state="attached")
    person.wait_stage("after")
    yield "after"
    page.click("#finish")
    person.wait_stage("ended")
    yield "summary"


SAME_PARTS = {"show", "move_in", "release", "other_side"}
"""Stages with the same parts as the hold: only their colours are others, as in the other theme."""


def test_axe_finds_nothing_on_any_screen_in_either_theme(browser, program) -> None:
    """axe finds no violation on any screen, light or dark, up to WCAG 2.2 AA."""
    skip_without(str(AXE) if AXE.is_file() else None, "axe is not here: npm ci brings it")
    person = Person(browser, program.link, bypass_csp=True, reduced_motion="reduce")
    person.take_time()
    person.page.add_script_tag(path=AXE)
    colours = {"type": "rule", "values": ["color-contrast"]}
    found = {}
    for screen in to_every_screen(person):
        for theme in ("light", "dark"):
            person.page.emulate_media(color_scheme=theme)
            person.page.wait_for_selector(f"html[data-theme={theme}]", state="attached")
            only = colours if screen in SAME_PARTS or theme == "dark" else list(TAGS)
            result = person.page.evaluate("(only) => axe.run({ runOnly: only })", only)
            found[screen, theme] = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in result["violations"]]
    person.close()

    assert {screen: violations for screen, violations in found.items() if violations} == {}


def test_every_screen_fits_every_width(browser, program) -> None:
    """No screen scrolls sideways, from 320 px up, and every control is 24 px or more."""
    person = Person(browser, program.link)
    person.take_time()
    wide, small = {}, {}
    for screen in to_every_screen(person):
        for name, (width, height) in WIDTHS.items():
            person.page.set_viewport_size({"width": width, "height": height})
            wide[screen, name] = person.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            small[screen, name] = person.page.evaluate(
                """[...document.querySelectorAll("button, input, select, summary")]
                    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 0)
                    .filter((e) => e.getBoundingClientRect().width < 24 || e.getBoundingClientRect().height < 24)
                    .map((e) => e.id || e.outerHTML.slice(0, 80))"""
            )
    person.close()

    assert {screen: by for screen, by in wide.items() if by > 0} == {}
    assert {screen: which for screen, which in small.items() if which} == {}


def test_what_is_said_and_how_long_stay_in_sight_on_a_low_screen(browser, program) -> None:
    """On a small phone, upright or on its side, controls cover neither the caption nor the ring's seconds."""
    person = Person(browser, program.link)
    person.page.click("#begin")
    covered = {}
    for stage in ("get_ready", "show", "move_in", "hold"):
        if stage != "get_ready":
            person.page.keyboard.press("n")
        person.wait_stage(stage)
        for width, height in ((320, 568), (390, 664), (844, 390)):
            person.page.set_viewport_size({"width": width, "height": height})
            bottoms = person.page.evaluate(
                """() => {
                    const box = (what) => document.querySelector(what).getBoundingClientRect();
                    return ["#caption", "#seconds"].map((what) => box(what).bottom - box(".controls").top);
                }"""
            )
            covered[stage, width, height] = max(bottoms)
    person.put_away()
    person.close()

    assert {where: by for where, by in covered.items() if by > 0} == {}


def test_nothing_is_asked_from_elsewhere(person, program) -> None:
    """Every request of the page goes to the program itself, and nothing goes wrong on the way."""
    person.page.click("#begin")
    person.wait_stage("get_ready")
    person.page.keyboard.press("n")
    person.wait_stage("show")

    assert {url.split("/")[2] for url in person.asked if not url.startswith("blob:")} == {f"localhost:{program.port}"}
    assert person.errors == []


def test_a_power_cut_loses_nothing(browser, tmp_path) -> None:
    """Killed in the middle of a hold and started again, the page stands still, then goes on by itself where it was."""
    with run_program(tmp_path, *without_records(tmp_path)) as program:
        person = Person(browser, program.link)
        person.choose(0, 1, hold_s=8)
        person.to_hold()
        person.page.wait_for_selector("#seconds:text-is('6')")
        before = [m for m in person.told if m["type"] == "screen"][-1]

        program.kill()
        ran_s = time.monotonic() - before["heard_s"]
        person.page.wait_for_selector("#connection:visible")
        stood = [person.page.inner_text("#phase"), person.page.inner_text("#seconds")]
        person.page.wait_for_timeout(1100)
        still = [person.page.inner_text("#phase"), person.page.inner_text("#seconds")]
        n_told = len(person.told)
        program.start()
        person.page.wait_for_selector("#connection", state="hidden", timeout=15000)
        while not any(m["type"] == "screen" for m in person.told[n_told:]):
            person.page.wait_for_timeout(100)
        after = next(m for m in person.told[n_told:] if m["type"] == "screen")
        person.wait_stage("release", 20)
        person.close()

    assert stood == still == ["Paused", stood[1]]
    same = ("stage", "at", "side", "rep", "n_sets", "outcomes")
    assert {k: after[k] for k in same} == {k: before[k] for k in same}
    assert not after["paused"]
    assert before["left_s"] - ran_s - 0.5 <= after["left_s"] <= before["left_s"] + 1.2
    lines = [json.loads(line) for line in next((tmp_path / "running").glob("*.jsonl")).read_text().splitlines()]
    assert [r["input"] for r in lines if r.get("input") == "Begun"] == ["Begun"]


def test_a_new_page_is_asked_whether_to_go_on(browser, program) -> None:
    """A page that is opened while a session is not over says where it was, and goes on at a press."""
    person = Person(browser, program.link)
    person.page.click("#begin")
    person.wait_stage("get_ready")
    person.page.reload()
    person.page.wait_for_selector("#goes-on[open]")
    where = person.page.inner_text("#goes-on-where")

    person.page.click("#go-on")

    person.page.wait_for_selector("body[data-paused=no]")
    assert "Chair Spinal Twist" in where
    person.put_away()
    person.close()
