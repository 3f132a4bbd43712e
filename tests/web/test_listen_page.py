"""The microphone in a session: off until asked for, seen while it is on, a question after a pop, nothing sent."""

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.web.coach_page import Person, Program, run_program, without_records
from tests.web.looked_at import too_wide, violations
from tests.web.pose_server import open_browser

RATE_HZ = 48_000


def write_pops(path: Path) -> None:
    """Write 6 s with a pop every 3 s into a sound file, which the browser takes for a microphone, over and over."""
    rng = np.random.default_rng(7)
    sound = 3e-4 * rng.standard_normal(6 * RATE_HZ)
    t = np.arange(RATE_HZ // 20) / RATE_HZ
    for at_s in (1.0, 4.0):
        at = round(at_s * RATE_HZ)
        sound[at : at + len(t)] += 0.6 * np.exp(-t / 2.5e-3) * np.sin(2 * np.pi * 600 * t)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open a browser whose microphone hears pops."""
    path = tmp_path_factory.mktemp("sound") / "pops.wav"
    write_pops(path)
    fake = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={path}")
    with open_browser("--mute-audio", *fake) as browser:
        yield browser


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program for all."""
    folder = tmp_path_factory.mktemp("listen")
    with run_program(folder, *without_records(folder)) as program:
        yield program


@pytest.fixture
def someone(browser, program) -> Iterator[Person]:
    """Open the session as somebody who allows the microphone when asked."""
    person = Person(browser, program.link, permissions=["microphone"])
    yield person
    person.put_away()
    person.close()


def turn_on(person: Person) -> None:
    """Switch the microphone on in the settings."""
    person.page.click("#open-settings")
    person.page.check("#microphone-switch")
    person.page.wait_for_selector("#microphone-on", state="attached")
    person.page.click("#settings-close")
    person.page.wait_for_selector("#microphone-on:visible")


def hold(person: Person) -> None:
    """Begin a long hold."""
    person.choose(1, n_reps=1, hold_s=10)
    person.page.click("#begin")
    for stage in ("show", "move_in", "hold"):
        person.page.keyboard.press("n")
        person.wait_stage(stage)
    for _ in range(3):
        person.page.keyboard.press("m")


def to_the_end(person: Person) -> None:
    """Leave out what is left and finish."""
    for _ in range(8):
        if person.stage in ("after", "ended"):
            break
        person.page.keyboard.press("s")
        person.page.click("#skip-sheet button[value=no_time]")
        person.page.wait_for_timeout(200)
    person.wait_stage("after")
    person.page.click("#finish")
    person.wait_stage("ended")


def test_the_microphone_is_off_until_it_is_switched_on(someone) -> None:
    """Nothing listens at first; the switch turns it on, its sign is seen and turns it off again."""
    page = someone.page
    opened = "(await navigator.mediaDevices.enumerateDevices()).length"
    assert page.evaluate(f"(async () => {opened})()") > 0
    before = page.is_checked("#microphone-switch"), page.is_visible("#microphone-on")

    turn_on(someone)
    during = page.inner_text("#microphone-on")
    page.click("#microphone-on")
    page.wait_for_selector("#microphone-on", state="hidden")

    assert before == (False, False)
    assert "Microphone on" in during
    assert not page.is_checked("#microphone-switch")
    assert someone.errors == []


def test_a_pop_in_a_hold_is_asked_about_and_noted_as_a_fact(someone) -> None:
    """A pop in a hold is asked about; yes without pain is noted, the hold goes on, the summary says it plainly."""
    sent: list[str | bytes] = []
    someone.page.on("websocket", lambda line: line.on("framesent", lambda data: sent.append(data)))
    someone.page.reload()
    someone.page.wait_for_selector("body[data-ready=yes]")
    turn_on(someone)
    hold(someone)
    n_said = len(sent)

    someone.page.wait_for_selector("#pop-question:visible", timeout=15_000)
    said_before_the_answer = sent[n_said:]
    someone.page.click("#pop-question button[value=yes]")
    someone.page.wait_for_timeout(300)
    stage = someone.stage
    to_the_end(someone)

    noted = someone.played("pop_noted")
    assert said_before_the_answer == []
    assert stage == "hold"
    assert [(n["pain"], n["stage"]) for n in noted] == [(False, "hold")]
    assert 0.5 <= noted[0]["probability"] <= 1
    said = someone.page.inner_text("#summary-pops")
    assert "once, without pain" in said
    assert "pointless" in said
    assert "no such time is known for a back" in said
    assert not someone.page.is_visible("#microphone-on")


def test_a_pop_that_hurt_stops_at_once(someone) -> None:
    """Yes, and it hurt: the pain questions open in that very moment, as by the pain control."""
    turn_on(someone)
    hold(someone)
    someone.page.wait_for_selector("#pop-question:visible", timeout=15_000)

    someone.page.click("#pop-question button[value=hurt]")
    at_once = someone.page.evaluate(
        "[document.getElementById('pain-sheet').open, document.body.dataset.stage, "
        "document.getElementById('pop-question').hidden]"
    )
    someone.wait_stage("pain")
    someone.page.wait_for_timeout(300)

    assert at_once == [True, "pain", True]
    assert [n["pain"] for n in someone.played("pop_noted")] == [True]


def test_something_else_notes_nothing_and_outside_a_stretch_nothing_is_asked(someone) -> None:
    """Before the session pops are not asked about; the answer that it was something else sends nothing."""
    turn_on(someone)
    someone.page.wait_for_timeout(5500)
    assert not someone.page.is_visible("#pop-question")

    hold(someone)
    someone.page.wait_for_selector("#pop-question:visible", timeout=15_000)
    someone.page.click("#pop-question button[value=no]")
    to_the_end(someone)

    assert someone.played("pop_noted") == []
    assert not someone.page.is_visible("#summary-pops")


def test_a_microphone_that_is_not_allowed_says_so(browser, program) -> None:
    """Refused, the switch goes back and a sentence says that the session works without it."""
    person = Person(browser, program.link)
    person.page.click("#open-settings")
    person.page.locator("#microphone-switch").click()
    person.page.wait_for_selector("#microphone-note:visible")

    assert "works the same without it" in person.page.inner_text("#microphone-note")
    assert not person.page.is_checked("#microphone-switch")
    assert not person.page.is_visible("#microphone-on")
    person.close()


def test_axe_finds_nothing_at_the_question(browser, program) -> None:
    """axe finds no violation while the microphone is on and the question is open, light or dark; it fits any width."""
    person = Person(browser, program.link, permissions=["microphone"], bypass_csp=True, reduced_motion="reduce")
    turn_on(person)
    hold(person)
    person.page.wait_for_selector("#pop-question:visible", timeout=15_000)

    found, wide = violations(person.page), too_wide(person.page)

    person.page.click("#pop-question button[value=no]")
    person.put_away()
    person.close()
    assert (found, wide) == ({}, {})
