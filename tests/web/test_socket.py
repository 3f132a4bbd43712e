"""The socket and the door: who is let in, why a line is closed, what goes over it, and what survives it."""

import json
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from uncrick.app.sessions import Sessions
from uncrick.files.clip_file import read_clip
from uncrick.pose.frame import empty_frame
from uncrick.web import wire
from uncrick.web.door import COOKIE, Door, hosts_for
from uncrick.web.server import make_app

CLIPS = Path(__file__).parents[1] / "clips"
HOST = "localhost:8642"
SESSION = "0123456789ab-cdef"


@pytest.fixture
def door() -> Door:
    """Return the door of a program on this machine."""
    return Door(hosts_for(("localhost", "127.0.0.1"), 8642))


@pytest.fixture
def client(door, tmp_path):
    """Return a browser that came in by the link."""
    with TestClient(make_app(door, Sessions(tmp_path)), base_url=f"http://{HOST}") as client:
        client.cookies.set(COOKIE, door.token)
        yield client


def headers(**changes: str) -> dict[str, str]:
    """Return the headers of a page of this program."""
    return {"origin": f"http://{HOST}", "host": HOST} | changes


class Page:
    """A page's end of the line."""

    def __init__(self, ws) -> None:
        self.ws = ws
        self.heard: list[dict] = []
        self.acknowledged: list[bytes] = []

    def say(self, kind: str, **values) -> None:
        """Say something."""
        self.ws.send_text(json.dumps({"type": kind, **values}))

    def until(self, wanted) -> dict:
        """Hear until a message fulfils *wanted*; return it."""
        while True:
            message = self.ws.receive()
            if message["type"] == "websocket.close":
                raise WebSocketDisconnect(message["code"], message.get("reason"))
            if message.get("bytes") is not None:
                self.acknowledged.append(message["bytes"])
                continue
            told = json.loads(message["text"])
            self.heard.append(told)
            if wanted(told):
                return told

    def stage(self, stage: str) -> dict:
        """Hear until the screen is in *stage*."""
        return self.until(lambda m: m["type"] == "screen" and m["stage"] == stage)


def call(client, session: str = SESSION, **changes: str):
    """Open a line."""
    return client.websocket_connect(f"/session/{session}", headers=headers(**changes))


def greet(ws, *, resume: bool = False) -> Page:
    """Say hello."""
    page = Page(ws)
    page.say("hello", version=wire.VERSION, resume=resume)
    return page


def closing_code(client, act, **changes: str) -> int:
    """Return the code with which the program closes a line on which *act* was done."""
    with pytest.raises(WebSocketDisconnect) as caught, call(client, **changes) as ws:
        act(ws)
        Page(ws).until(lambda _: False)
    return caught.value.code


def test_the_link_opens_the_door_and_leaves_a_cookie(door, tmp_path) -> None:
    """The link's token becomes a cookie that scripts cannot read and other sites do not send."""
    with TestClient(make_app(door, Sessions(tmp_path)), base_url=f"http://{HOST}") as stranger:
        assert stranger.get("/session").status_code == 401
        assert stranger.get("/book.json").status_code == 401
        assert stranger.get("/?token=wrong").status_code == 401

        entered = stranger.get(f"/?token={door.token}", follow_redirects=False)

        cookie = entered.headers["set-cookie"].lower()
        assert entered.status_code == 303
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert stranger.get("/session").status_code == 200


def test_another_name_for_this_machine_is_refused(client) -> None:
    """A request under a strange Host is refused, so that no other site's name can be pointed here."""
    assert client.get("/session", headers={"host": "evil.example:8642"}).status_code == 403


def test_no_inline_script_or_style_is_allowed_or_needed(client) -> None:
    """The policy allows nothing inline, and the page has nothing inline."""
    page = client.get("/session")

    policy = page.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert " onclick=" not in page.text
    assert page.text.count("<script") == page.text.count('<script type="module" src="/static/')


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"origin": "http://evil.example"}, "origin"),
        ({"host": "evil.example"}, "origin"),
        ({"origin": ""}, "origin"),
        ({"cookie": f"{COOKIE}=wrong"}, "token"),
    ],
)
def test_strangers_are_closed_with_a_code(client, changes, why) -> None:
    """A page from another origin, or without the token, is closed with the code that says so."""
    if "cookie" in changes:
        client.cookies.clear()

    assert closing_code(client, lambda ws: None, **changes) == wire.CLOSE[why]


def frame(t_s: float) -> bytes:
    """Return a frame in which nobody is seen."""
    return wire.write_frame(empty_frame(t_s))


def hello_and(*frames: bytes):
    """Return what greets and then sends *frames*."""

    def act(ws) -> None:
        greet(ws)
        for data in frames:
            ws.send_bytes(data)

    return act


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (hello_and(frame(2.0), frame(1.0)), "order"),
        (hello_and(b"123"), "malformed"),
        (hello_and(b"0" * 2000), "large"),
        (hello_and(b"\x00\x00\x00\x00\x00\x00\xf8\x7f"), "nan"),
        (hello_and(*(frame(float(i)) for i in range(wire.MAX_FRAMES_PER_S + 2))), "many"),
        (lambda ws: ws.send_text("nonsense"), "malformed"),
        (lambda ws: ws.send_text('{"type": "hello", "version": 99}'), "malformed"),
        (lambda ws: (greet(ws), ws.send_text('{"type": "hello", "version": 1}')), "malformed"),
        (lambda ws: (greet(ws), ws.send_text("x" * (wire.MAX_BYTES + 1))), "large"),
    ],
    ids=["order", "short", "large", "nan", "many", "nonsense", "version", "twice", "long text"],
)
def test_what_cannot_be_taken_ends_the_line_with_a_code(client, act, why) -> None:
    """Frames out of order, too many, too large or without numbers, and messages of no kind, end in their own code."""
    assert closing_code(client, act) == wire.CLOSE[why]


def test_every_frame_is_answered_with_its_time(client) -> None:
    """The program acknowledges each frame, so that a page never has more than two on their way."""
    with call(client) as ws:
        page = greet(ws)
        page.say("camera", on=True)
        for i in range(5):
            ws.send_bytes(frame(float(i)))
        page.say("begin")
        page.stage("get_ready")

    assert page.acknowledged == [frame(float(i)) for i in range(5)]


def test_a_second_page_takes_the_session_over(client) -> None:
    """The newest page has the session; the older one is told so and closed."""
    with call(client) as first:
        page = greet(first)
        page.stage("waiting")
        with call(client) as second:
            greet(second).stage("waiting")
            with pytest.raises(WebSocketDisconnect) as caught:
                page.until(lambda _: False)

    assert caught.value.code == wire.CLOSE["taken_over"]


def test_pain_is_answered_within_a_tenth_of_a_second_and_silences_everything(client) -> None:
    """From the pain press the next words are the stop's, and no cue is spoken after."""
    with call(client) as ws:
        page = greet(ws)
        page.say("begin")
        page.stage("get_ready")
        for _ in range(3):
            page.say("next")
        page.stage("hold")
        heard = len(page.heard)

        page.say("pain")
        page.stage("pain")

        after = page.heard[heard:]
        page.say("pain_answers", where="Lower back", level=4, stop="stop_pain")
        decision = page.until(lambda m: m["type"] == "decision")

    assert [m["sound"] for m in after if m["type"] == "sound"] == ["stop"]
    assert [m for m in after if m["type"] == "say" and m["rank"] != "safety"] == []
    assert decision["action"] == "go_on"
    assert decision["sources"]


@pytest.mark.parametrize(
    ("answers", "action"),
    [
        ({"stop": "stop_chest", "level": 3}, "emergency"),
        ({"stop": "stop_radiating", "level": 3}, "clinician"),
        ({"stop": "stop_radiating", "level": 3, "yes": ["ces_saddle"]}, "emergency"),
        ({"stop": "stop_dizzy", "level": 2}, "end"),
        ({"stop": "stop_pain", "level": 8}, "clinician"),
    ],
)
def test_what_care_decides_ends_the_session(client, answers, action) -> None:
    """Warning signs end the session with care's own decision."""
    with call(client) as ws:
        page = greet(ws)
        page.say("begin")
        page.stage("get_ready")
        page.say("pain")
        page.say("pain_answers", **answers)
        decision = page.until(lambda m: m["type"] == "decision")
        page.stage("after")

    assert decision["action"] == action


def test_the_second_pain_ends_the_session(client) -> None:
    """After the second stop for pain the session is over."""
    with call(client) as ws:
        page = greet(ws)
        page.say("begin")
        for expected in ("go_on", "end"):
            page.say("pain")
            page.say("pain_answers", level=2)
            decision = page.until(lambda m: m["type"] == "decision")
            assert decision["action"] == expected
        page.stage("after")


def test_with_seven_or_more_at_rest_there_are_no_exercises_today(client) -> None:
    """Pain of seven at rest is refused with the reason, and the session does not begin."""
    with call(client) as ws:
        page = greet(ws)
        page.say("begin", pain=7)
        refusal = page.until(lambda m: m["type"] == "refusal")
        page.say("begin", pain=6)
        page.stage("get_ready")

    assert "7" in refusal["why"]


def test_a_lost_line_pauses_and_the_same_page_goes_on(client) -> None:
    """A line that breaks stops the clock; when the page is back it goes on exactly where it was."""
    with call(client) as ws:
        page = greet(ws)
        page.say("begin")
        page.stage("get_ready")
        page.say("next")
        before = page.stage("show")
    time.sleep(0.3)
    with call(client) as ws:
        waiting = greet(ws).stage("show")
    with call(client) as ws:
        going = greet(ws, resume=True).stage("show")

    assert waiting["paused"]
    assert not going["paused"]
    assert going["left_s"] == pytest.approx(before["left_s"], abs=0.25)


def test_a_restarted_program_goes_on_where_it_was(door, tmp_path) -> None:
    """With the program gone and started anew, the session stands where it stood, and nothing recorded is lost."""
    wish = {"exercise": "butterfly_stretch", "n_reps": 2, "hold_s": 3}
    with TestClient(make_app(door, Sessions(tmp_path)), base_url=f"http://{HOST}") as client:
        client.cookies.set(COOKIE, door.token)
        with call(client) as ws:
            page = greet(ws)
            page.say("begin", pain=2, wishes=[wish, {"exercise": "chair_spinal_twist"}])
            page.stage("get_ready")
            page.say("skip", reason="dislike")
            page.until(lambda m: m["type"] == "screen" and m["at"] == 1)
            page.say("next")
            page.stage("show")
            page.say("easier")
            before = page.until(lambda m: m["type"] == "screen" and m["easier"])
    with TestClient(make_app(door, Sessions(tmp_path)), base_url=f"http://{HOST}") as client:
        client.cookies.set(COOKIE, door.token)
        html = client.get("/session").text
        assert SESSION in html
        with call(client) as ws:
            after = greet(ws, resume=True).stage("show")

    same = ("stage", "at", "side", "rep", "n_reps", "n_sets", "easier", "outcomes", "exercise")
    assert {k: after[k] for k in same} == {k: before[k] for k in same}
    assert after["left_s"] == pytest.approx(before["left_s"], abs=0.3)


def test_a_journal_of_another_version_is_set_aside(client, tmp_path) -> None:
    """A running session that cannot be read is kept aside, and the page begins a new one."""
    path = tmp_path / "running" / f"{SESSION}.jsonl"
    path.parent.mkdir()
    path.write_text('{"wishes": [], "session": "x"}\n{"input": "Danced", "t_s": 1.0}\n', encoding="utf-8")

    with call(client) as ws:
        greet(ws).stage("waiting")

    assert not path.exists()
    assert path.with_suffix(".unreadable").exists()


def test_pages_that_never_begin_are_forgotten(door, tmp_path) -> None:
    """A page that is opened and closed again leaves nothing behind, neither in memory nor on the disk."""
    sessions = Sessions(tmp_path)
    with TestClient(make_app(door, sessions), base_url=f"http://{HOST}") as client:
        client.cookies.set(COOKIE, door.token)
        for i in range(5):
            with call(client, f"{i:012x}-0") as ws:
                greet(ws).stage("waiting")
        assert [sessions.find(f"{i:012x}-0") for i in range(4)] == [None] * 4

    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_finished_session_is_put_away_and_not_offered_again(client, tmp_path) -> None:
    """A session that is over moves from the running to the finished ones, with what was felt after it."""
    with call(client) as ws:
        page = greet(ws)
        page.say("begin", pain=3, wishes=[{"exercise": "butterfly_stretch"}])
        page.stage("get_ready")
        page.say("skip", reason="no_time")
        page.stage("after")
        page.say("finish", pain=2, felt_right="yes", note="fine")
        page.stage("ended")

    kept = tmp_path / "sessions" / f"{SESSION}.jsonl"
    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert not list((tmp_path / "running").glob("*"))
    assert [r["input"] for r in lines if "input" in r][-1] == "Finished"
    assert SESSION not in client.get("/session").text


def test_the_recorded_twist_is_seen_counted_and_told(client) -> None:
    """Landmarks of the recorded twist sent as a page sends them bring its holds, both sides, seen."""
    clip = read_clip(CLIPS / "chair_spinal_twist_both_sides.parquet").clip
    with call(client) as ws:
        page = greet(ws)
        page.say("begin", wishes=[{"exercise": "chair_spinal_twist", "n_reps": 1, "hold_s": 5}])
        page.say("next")
        page.say("camera", on=True)
        page.stage("show")
        for one in clip.frames():
            ws.send_bytes(wire.write_frame(one))
            time.sleep(0.018)
        page.say("camera", on=False)
        told = page.until(lambda m: m["type"] == "event" and m.get("seen", {}).get("event") == "set_summary")

    sides = [hold["side"] for hold in told["seen"]["holds"]]
    assert sides == ["left", "right"]
    assert any(m.get("played", {}).get("event") == "hold_done" for m in page.heard)
