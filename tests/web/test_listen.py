"""The page's ear: it hears what the program's own detector hears, and what a person says of a pop is noted."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.web.pose_server import open_browser, serve_page
from uncrick.app.session import Wish, open_book, program_for
from uncrick.coach import person, player
from uncrick.coach.played import PopNoted, StageEntered
from uncrick.coach.program import Program
from uncrick.crack import hearing, pop

LISTEN = Path(pop.__file__).parents[1] / "web" / "page" / "listen"

HEAR = """async ([base, sound64, rate_hz, n_piece]) => {
    const { Powers } = await import(`${base}/static/listen/powers.js`);
    const { PopStream } = await import(`${base}/static/listen/pop.js`);
    const bytes = Uint8Array.from(atob(sound64), (c) => c.charCodeAt(0));
    const sound = new Float32Array(bytes.buffer);
    const powers = new Powers(rate_hz), stream = new PopStream(powers.hop_s), pops = [];
    for (let at = 0; at < sound.length; at += n_piece) {
        pops.push(...stream.push(powers.push(sound.subarray(at, at + n_piece))));
    }
    return pops;
}"""


def made_sound(rate_hz: float, seed: int) -> np.ndarray:
    """Return 14 s of room noise with pops of many loudnesses and lengths, a burst of typing and a spoken tone."""
    rng = np.random.default_rng(seed)
    sound = 1e-4 * rng.standard_normal(round(14 * rate_hz))
    t = np.arange(round(0.05 * rate_hz)) / rate_hz

    def add(at_s: float, piece: np.ndarray) -> None:
        at = round(at_s * rate_hz)
        sound[at : at + len(piece)] += piece

    for at_s in (1.2, 2.9, 3.05, 6.0, 11.0):
        fade_s, hz = rng.uniform(1e-3, 4e-3), rng.uniform(200, 2500)
        add(at_s, rng.uniform(0.02, 0.5) * np.exp(-t / fade_s) * np.sin(2 * np.pi * hz * t))
    for at_s in np.arange(8.0, 9.5, 0.16):
        add(at_s, 0.05 * np.exp(-t / 2e-3) * rng.standard_normal(len(t)))
    add(4.4, 0.05 * np.sin(2 * np.pi * 220 * np.arange(round(0.6 * rate_hz)) / rate_hz))
    return np.concatenate([sound, np.zeros(round(2.2 * rate_hz))]).astype(np.float32)


@pytest.fixture(scope="module")
def page() -> Iterator[Any]:
    """Open a page of this origin in the machine's browser."""
    with serve_page() as site, open_browser() as browser:
        page = browser.new_page()
        page.goto(f"{site.base}/tests/pose_page.html")
        yield page, site.base


@pytest.mark.parametrize(("rate_hz", "n_piece", "seed"), [(48_000, 128, 1), (44_100, 1000, 2), (48_000, 4801, 3)])
def test_the_page_hears_what_the_program_hears(page, rate_hz, n_piece, seed) -> None:
    """The same samples give the same pops, times and probabilities, in the browser and in crack/pop."""
    browser, base = page
    sound = made_sound(rate_hz, seed)

    heard = browser.evaluate(HEAR, [base, base64.b64encode(sound.tobytes()).decode(), rate_hz, n_piece])
    _, pops = pop.step(pop.Hearing(rate_hz=rate_hz), None, sound)

    assert len(pops) >= 2
    assert [h["n_others"] for h in heard] == [p.n_others for p in pops]
    assert [h["knock"]["t_s"] for h in heard] == pytest.approx([p.t_s for p in pops], abs=1e-9)
    assert [h["probability"] for h in heard] == pytest.approx([p.probability for p in pops], abs=1e-6)
    for mine, theirs in zip(heard, pops, strict=True):
        assert list(mine["knock"].values()) == pytest.approx(list(theirs.knock), rel=1e-6)


MOMENTS = """async (base) => {
    const { Moments } = await import(`${base}/static/listen/moments.js`);
    const moments = new Moments();
    const screen = (stage, left_s, whole_s, paused = false) => ({ stage, left_s, whole_s, paused });
    moments.see(screen("show", 5, 8), 0);
    moments.see(screen("move_in", 4, 5), 1000);
    moments.see(screen("hold", 5, 5), 5000);
    moments.see(screen("hold", 3, 5, true), 7000);
    moments.see(screen("hold", 3, 5), 9000);
    moments.sounded(10000);
    moments.see(screen("rest", 15, 15), 12000);
    return [500, 1500, 3500, 6000, 8000, 9500, 10300, 11500, 12500].map((ms) => moments.hold(ms));
}"""


def test_only_a_stretch_near_its_end_or_held_counts(page) -> None:
    """Watching, the beginning of the way in, a pause, the program's own sounds and a rest do not count."""
    browser, base = page

    held = browser.evaluate(MOMENTS, base)

    assert held == [False, False, True, True, False, True, False, True, False]


def test_the_page_has_the_programs_numbers() -> None:
    """Weights, thresholds and times in listen/constants.js are those of crack/pop and crack/hearing."""
    script = (LISTEN / "constants.js").read_text(encoding="utf-8")

    def value(name: str) -> Any:
        found = re.search(rf"export const {name} = (.*?);", script, re.S)
        assert found is not None, name
        return json.loads(re.sub(r",\s*([}\]])", r"\1", re.sub(r"(\w+):", r'"\1":', found[1])))

    settings = pop.Hearing()._asdict()
    assert value("HEARING") == {k: v for k, v in settings.items() if k != "rate_hz"}
    assert tuple(value("WEIGHTS")) == pop.WEIGHTS
    assert value("HOP_S") == pop.HOP_S
    assert (value("BEFORE"), value("AFTER")) == (pop._BEFORE, pop._AFTER)
    assert value("LONGEST_MS") == pop.LONGEST_MS
    assert value("ONE_CRACK_S") == hearing.ONE_CRACK_S


@pytest.fixture(scope="module")
def program() -> Program:
    """Return a session of one stretch."""
    return program_for(open_book(), [Wish("butterfly_stretch", 2, 5.0)])


def in_hold(program: Program) -> player.PlayerState:
    """Return a session that holds."""
    state, _ = player.step(program, None, person.Begun(0.0, 2))
    t_s = 0.0
    while state.stage != "hold":
        t_s += 1.0
        state, _ = player.step(program, state, person.WentOn(t_s))
    return state


def test_a_pop_without_pain_is_noted_and_nothing_follows(program) -> None:
    """The session goes on exactly as without it: same stage, same end; the pop is a fact in the record."""
    state = in_hold(program)

    after, events = player.step(program, state, person.PopHeard(state.t_s + 1.0, False, 0.8))

    assert events == (PopNoted(after.t_s, 0, "butterfly_stretch", "hold", False, 0.8),)
    assert after == state._replace(t_s=after.t_s)


def test_a_pop_with_pain_stops_as_the_pain_control_does(program) -> None:
    """A pop that hurt leads where the pain control leads, whether or not the page presses that too."""
    state = in_hold(program)
    t_s = state.t_s + 1.0

    popped, events = player.step(program, state, person.PopHeard(t_s, True, 0.8))
    pained, _ = player.step(program, state, person.PainFelt(t_s))

    assert popped == pained
    assert isinstance(events[0], PopNoted)
    assert [e.stage for e in events if isinstance(e, StageEntered)] == ["pain"]


@pytest.mark.parametrize("stage", ["before", "after"])
def test_outside_of_a_session_no_pop_is_noted(program, stage) -> None:
    """Before the start and after the end nothing is noted, and nothing raises."""
    state, _ = player.step(program, None, person.Tick(0.0))
    if stage == "after":
        state = in_hold(program)._replace(stage="after")

    _, events = player.step(program, state, person.PopHeard(state.t_s + 1.0, True, 0.9))

    assert events == ()
