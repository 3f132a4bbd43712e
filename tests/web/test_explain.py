"""The explain page's data and questions: who may ask, what is refused, and that what ships is what is computed."""

import asyncio
import base64
import threading
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from uncrick.app import explaining, explaining_live
from uncrick.app.explaining import AT_ONCE, MOST_WAITING, Bench, BusyError
from uncrick.app.joints import stretch_joint
from uncrick.app.sessions import Sessions
from uncrick.crack.joint import COMPLIANT, STIFF, Joint
from uncrick.errors import ProblemsError
from uncrick.files.stretches_file import read_stretches
from uncrick.web.door import COOKIE, Door, hosts_for
from uncrick.web.explain import Explaining, band_row, in_parts
from uncrick.web.server import make_app

HOST = "localhost:8642"
ORIGIN = {"origin": f"http://{HOST}"}


@pytest.fixture(scope="module")
def door() -> Door:
    """Return the door of a program on this machine."""
    return Door(hosts_for(("localhost",), 8642))


@pytest.fixture(scope="module")
def client(door, tmp_path_factory):
    """Return a browser that came in by the link."""
    app = make_app(door, Sessions(tmp_path_factory.mktemp("sessions")))
    with TestClient(app, base_url=f"http://{HOST}") as client:
        client.cookies.set(COOKIE, door.token)
        yield client


def test_a_live_stretch_comes_whole(client) -> None:
    """Asked for a joint, the program answers with its moments, what became of it, its wave and its sound."""
    asked = {"force_n": 52.0, "ramp_s": 0.07, "capsule_mm3_kpa": 0.2}

    answer = client.post("/api/joint", json={"values": asked}, headers=ORIGIN)

    told = answer.json()
    assert answer.status_code == 200
    assert told["joint"] == asked
    assert told["outcome"]["sound_from"] == "growth"
    assert {len(told[name]) for name in ("t_10us", "gap_um", "volume_001mm3", "rim_01kpa", "co2_pct")} == {40}
    assert np.all(np.diff(told["t_10us"]) > 0)
    samples = np.frombuffer(base64.b64decode(told["sound"]["int16"]), "<i2")
    assert 0.85 * 32767 < np.abs(samples).max() <= 0.9 * 32767 + 1
    assert max(abs(v) for v in told["wave"]["mpa"]) == pytest.approx(
        20e-3 * 10 ** (told["outcome"]["level_db"] / 20), rel=1e-3
    )


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"values": {"force_n": -3}}', "-3 N is outside"),
        (b'{"values": {"force_m": 3}}', "did you mean 'force_n'"),
        (b'{"values": {"force_n": NaN}}', ""),
        (b'{"values": {"force_n": "40"}}', "valid number"),
        (b'{"values": {"force_n": 1e400}}', ""),
        (b'{"values": {}, "run": "rm"}', "Extra inputs"),
        (b"[]", ""),
        (b"", ""),
        (b"\xff\xfe", ""),
        (b'{"values": {"nucleus_um": 40, "gap_um": 10}}', "does not fit"),
    ],
)
def test_a_question_that_makes_no_sense_is_told_why(client, body, says) -> None:
    """Numbers out of range, strange names, no numbers and no JSON are answered with a problem, never a failure."""
    answer = client.post("/api/joint", content=body, headers=ORIGIN)

    assert answer.status_code in (422, 429)
    if answer.status_code == 422:
        assert says in " ".join(p["says"] for p in answer.json()["problems"])


def test_a_long_question_is_cut_off(client) -> None:
    """More than 2 kB are not read."""
    answer = client.post("/api/joint", content=b"{" * 5000, headers=ORIGIN)

    assert answer.status_code == 413


def test_strangers_are_not_answered(client, door) -> None:
    """Without the link's cookie, from another page, or under another name, nothing is told."""
    question = {"values": {}}
    other_page = client.post("/api/joint", json=question, headers={"origin": "http://evil.example"})
    no_origin = client.post("/api/joint", json=question)
    other_name = client.get("/explain", headers={"host": "evil.example"})
    with TestClient(client.app, base_url=f"http://{HOST}") as stranger:
        answers = [
            stranger.get("/explain"),
            stranger.get("/explain/stretches.json"),
            stranger.post("/api/joint", json=question, headers=ORIGIN),
        ]

    assert [a.status_code for a in (other_page, no_origin, other_name)] == [403, 403, 403]
    assert [a.status_code for a in answers] == [401, 401, 401]


def test_a_hand_on_a_slider_is_answered_and_a_flood_is_not() -> None:
    """A dozen at once pass, then four a second; more than a few waiting are refused."""
    now = [0.0]
    bench = Bench(lambda: now[0])
    for _ in range(MOST_WAITING):
        bench.admit()
    with pytest.raises(BusyError):
        bench.admit()

    bench._n_waiting = 0
    passed = 0
    for _ in range(100):
        try:
            bench.admit()
            bench._n_waiting = 0
            passed += 1
        except BusyError:
            now[0] += 0.025

    assert passed == pytest.approx(AT_ONCE - MOST_WAITING + 100 * 0.025 * 4.0, abs=3)


def test_a_stretch_that_takes_too_long_ends_and_the_next_is_answered(monkeypatch) -> None:
    """A question that is not answered in time is a problem; the process is ended and started anew."""
    bench = Bench()
    monkeypatch.setattr(explaining, "FIRST_S", 0.0)
    bench.admit()
    with pytest.raises(ProblemsError, match="in time"):
        bench.stretch({})
    monkeypatch.undo()

    bench.admit()
    told = bench.stretch({"capsule_mm3_kpa": 0.3})
    bench.close()

    assert told["outcome"]["verdict"] == "crack"


def test_a_program_that_ends_tells_whoever_waits_for_a_stretch(monkeypatch) -> None:
    """A question cut off by the end of the program is answered with a sentence, so no terminal fills with errors."""
    asked, over = asyncio.Event(), threading.Event()
    frame = SimpleNamespace(visitors=SimpleNamespace(knows=lambda request: True))
    explain = Explaining(cast(Any, frame), Environment(autoescape=True))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b'{"values": {}}'}

    async def ask_and_end() -> Response:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(Bench, "stretch", lambda *_: (loop.call_soon_threadsafe(asked.set), over.wait()))
        question = asyncio.create_task(explain.joint(Request({"type": "http", "method": "POST"}, receive)))
        await asked.wait()
        question.cancel()
        answer = await question
        over.set()
        return answer

    answer = asyncio.run(ask_and_end())

    assert answer.status_code == 503
    assert b"the program is ending" in answer.body


def test_what_ships_is_what_is_computed_now() -> None:
    """The two theories and three stretches of the shipped grid are, to a few per cent, what the equations give now."""
    shipped = read_stretches()
    grid = {tuple(record["joint"].values()): record for record in shipped.grid}
    some = [(40.0, 0.1, 1.0), (16.0, 0.8, 0.1), (100.0, 0.025, 10.0)]

    assert len(grid) == 5 * 6 * 9
    for record, joint in (
        (shipped.theories["growth"], STIFF),
        (shipped.theories["collapse"], COMPLIANT),
        *((grid[key], Joint(force_n=key[0], ramp_s=key[1], capsule_mm3_kpa=key[2])) for key in some),
    ):
        now = explaining_live.stretch_record(stretch_joint(joint))
        assert record["says"] == now["says"]
        assert record["outcome"]["opened_mm"] == pytest.approx(now["outcome"]["opened_mm"], rel=0.02)
        assert np.allclose(record["gap_um"], now["gap_um"], rtol=0.05, atol=20)


def test_sentences_that_ship_are_those_of_the_report() -> None:
    """The page says of the theories and of what the pop does not do what the report of a stretch says."""
    shipped = read_stretches()

    assert tuple(shipped.unsettled) == explaining_live.UNSETTLED
    assert tuple(shipped.does_not) == explaining_live.DOES_NOT


def test_a_session_does_not_wait_for_a_stretch(client) -> None:
    """While a stretch is computed the program's loop is free: the bench answers from another process."""
    bench = Bench()

    async def beats_meanwhile() -> tuple[int, dict]:
        n, told = 0, asyncio.create_task(asyncio.to_thread(bench.stretch, {}))
        while not told.done():
            await asyncio.sleep(0.005)
            n += 1
        return n, await told

    bench.admit()
    n, told = asyncio.run(beats_meanwhile())
    bench.close()

    assert told["outcome"]["verdict"] == "crack"
    assert n > 20


def test_sentences_name_their_sources_where_they_stand() -> None:
    """A source in brackets becomes a piece of its own, wherever it stands; a sentence without one stays whole."""
    assert in_parts("Films show it (kawchuk2015); a model, too.") == [
        ("Films show it ", "kawchuk2015"),
        ("; a model, too.", ""),
    ]
    assert in_parts("Nothing (to cite).") == [("Nothing (to cite).", "")]


def test_a_share_is_shown_in_per_cent() -> None:
    """No number of the table has more digits than it deserves, and a share is per cent."""
    row = band_row({"what": "CO2 in it", "got": 0.7473, "wanted": "0.7 to 0.85", "unit": "share", "joint": "knuckle"})

    assert (row["what"], row["got"], row["wanted"], row["joint"]) == ("CO₂ in it", "74.7 %", "70 to 85 %", "knuckle")
