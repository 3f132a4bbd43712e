"""A session by ear alone: what is read aloud, what a key answers, and what is said back."""

from collections.abc import Iterator

import pytest

from tests.web.coach_page import Person, Program, run_program, without_records
from uncrick.files.session_words_file import read_session_words

SAID = read_session_words().said


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program for all."""
    folder = tmp_path_factory.mktemp("coach")
    with run_program(folder, *without_records(folder)) as program:
        yield program


@pytest.fixture
def listener(browser, program) -> Iterator[Person]:
    """Open the link as somebody who only listens; what they leave behind is put away."""
    person = Person(browser, program.link, hears=True)
    yield person
    assert person.errors == []
    person.put_away()
    person.close()


def answer(person: Person, key: str, chosen: str, then: str) -> None:
    """Press a number, hear which answer it is, take it with Enter, and hear *then*."""
    person.forget_heard()
    person.page.keyboard.press(key)
    person.wait_heard(chosen)
    person.wait_heard(SAID["ask_enter"])
    person.forget_heard()
    person.page.keyboard.press("Enter")
    person.wait_heard(then)


def test_pain_is_answered_by_ear(listener) -> None:
    """Questions are read with numbers, each answer is said back, the decision is read; no cue comes between."""
    listener.to_hold()
    listener.forget_heard()
    listener.page.keyboard.press("p")
    listener.wait_heard(SAID["pain_slip"])
    asked = listener.heard

    answer(listener, "3", "Lower back", "How much")
    back = listener.heard
    answer(listener, "4", "4", "What is it like?")
    answer(listener, "1", "It hurts", "1: I am resting")
    decided = listener.heard
    listener.page.keyboard.press("Enter")

    listener.page.wait_for_selector("#pain-sheet:not([open])", state="attached")
    assert listener.stage == "rest"
    places = [f"{i + 1}: {place}" for i, place in enumerate(("Neck", "Upper back", "Lower back"))]
    assert asked[:6] == [SAID["pain_ask"], SAID["ask_keys"], "Where does it hurt?", *places]
    assert back[0] == f"{SAID['ask_heard']} Lower back"
    assert decided[1].startswith("Rest a little.")
    assert {row["rate"] for row in listener.page.evaluate("heard")} == {0.85}


def test_ten_is_one_and_then_nothing(listener) -> None:
    """Of numbers 1 and then 0 is 10, however long is waited between, and another number takes its place."""
    listener.to_hold()
    listener.page.keyboard.press("p")
    listener.page.keyboard.press("ArrowDown")
    listener.page.keyboard.press("Enter")
    listener.wait_heard("How much")
    focused = "document.activeElement.value"

    values = []
    for key in ("1", "0", "7", "0"):
        listener.page.keyboard.press(key)
        values.append(listener.page.evaluate(focused))

    assert values == ["1", "10", "7", "0"]


def test_pain_is_heard_while_its_decision_is_read(listener) -> None:
    """The key for pain asks anew over a decision, and a decision closes by itself before anything moves again."""
    listener.to_hold()
    for _ in range(2):
        listener.page.keyboard.press("p")
        listener.page.wait_for_selector("#pain-sheet[data-decided=no][open]", state="attached")
    for _ in range(3):
        listener.page.keyboard.press("ArrowDown")
        listener.page.keyboard.press("Enter")
    listener.page.wait_for_selector("#pain-done:visible")
    listener.wait_stage("rest")

    listener.page.keyboard.press("p")
    listener.wait_stage("pain")
    asks = listener.page.locator("#pain-where").is_visible()
    listener.page.keyboard.press("ArrowUp")
    listener.page.keyboard.press("Enter")
    listener.wait_stage("rest")

    assert asks
    assert not listener.page.locator("#pain-sheet").is_visible()


def test_the_reading_can_be_switched_off_and_letters_too(listener) -> None:
    """Who wants no reading hears none, and where single keys are off arrows and Enter still answer."""
    listener.page.evaluate("localStorage.setItem('uncrick.settings', JSON.stringify({ shortcuts: false }))")
    listener.page.reload()
    listener.page.wait_for_selector("body[data-ready=yes]")
    listener.page.click("#begin")
    listener.wait_stage("get_ready")
    listener.page.keyboard.press("Escape")
    listener.wait_heard("Where does it hurt?")
    listener.page.keyboard.press("3")
    untouched = listener.page.evaluate("document.activeElement.tagName")

    listener.page.click("#pain-aloud")
    listener.forget_heard()
    listener.page.keyboard.press("ArrowDown")
    listener.page.keyboard.press("ArrowDown")
    chosen = listener.page.evaluate("document.activeElement.value")
    listener.page.keyboard.press("Enter")
    listener.page.wait_for_selector("#pain-level:visible")

    assert untouched == "H3"
    assert chosen == "Neck"
    assert listener.heard == []


def test_what_is_pressed_is_said_back(listener) -> None:
    """Pause, going on, more time and the time left are heard; how it is done is read while the session stands."""
    listener.to_hold()
    listener.wait_heard(SAID["hold_for"].format(seconds=15))
    for key, said in ((" ", SAID["paused"]), (" ", SAID["resumed"]), ("m", SAID["extended"]), ("t", "seconds left")):
        listener.forget_heard()
        listener.page.keyboard.press(key)
        listener.wait_heard(said)

    listener.page.keyboard.press("h")
    listener.wait_heard("Stop at a mild stretch.")
    listener.page.wait_for_selector("body[data-paused=yes]")
    listener.page.keyboard.press("Enter")

    listener.page.wait_for_selector("body[data-paused=no]")
    listener.wait_heard(SAID["resumed"])


def test_the_end_is_heard_too(listener) -> None:
    """Skipping asks aloud; after the session its one number, its end, and what was done are heard, by keys to Today."""
    listener.choose(0)
    listener.page.click("#begin")
    listener.wait_stage("get_ready")
    listener.page.keyboard.press("s")
    listener.wait_heard("2: No time")
    listener.page.keyboard.press("2")
    listener.page.keyboard.press("Enter")
    listener.wait_stage("after")
    listener.wait_heard(SAID["ask_after"])
    listener.page.keyboard.press("3")
    listener.wait_heard("3")
    listener.page.keyboard.press("Enter")
    listener.wait_stage("ended")
    listener.wait_heard(SAID["ask_back"])
    told = listener.heard
    listener.page.evaluate("document.getElementById('again').addEventListener('click', (e) => e.preventDefault())")
    listener.page.evaluate("document.getElementById('again').addEventListener('click', () => { window.left = true; })")

    listener.page.keyboard.press("Enter")

    assert any("Chair Spinal Twist: Skipped: no time." in text for text in told)
    assert [felt["pain"] for felt in listener.played("felt_after")] == [3]
    assert listener.page.evaluate("left")
