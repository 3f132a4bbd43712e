"""The desk's page without a companion and with one: every form, the day, a break, and nobody else's posts."""

import socket
import threading
from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from tests.app.desks import Clocks, begin, work
from tests.web.answering import answering as answered_by
from tests.web.pages import Visitor
from uncrick.app import answering
from uncrick.app.desk_control import control_path
from uncrick.app.people import people
from uncrick.app.sessions import Sessions
from uncrick.app.whose import local_now
from uncrick.desk.activity import CallBegan, Idle, Locked, Standing, Unlocked
from uncrick.desk.asked import BreakBegan, BreakEnded
from uncrick.web.door import COOKIE, Door, hosts_for
from uncrick.web.server import make_app

PORT = 8642
HERE = f"http://localhost:{PORT}"


@pytest.fixture(autouse=True)
def nobodys_records(tmp_path, monkeypatch):
    """Nothing of whoever runs the tests is read or written."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture
def client(tmp_path):
    """A browser that came in by the link."""
    door = Door(hosts_for(("localhost",), PORT))
    client = TestClient(make_app(door, Sessions(tmp_path)), base_url=HERE, headers={"origin": HERE})
    client.cookies.set(COOKIE, door.token)
    return client


def made_day(folder, on):
    """Write a day through the companion: two spells, a call, a break, standing."""
    clocks = Clocks(on)
    desk = begin(folder, clocks)
    work(desk, clocks, 50)
    desk.hear(BreakBegan(desk.now_s(), ("butterfly_stretch",)))
    work(desk, clocks, 2)
    desk.hear(BreakEnded(desk.now_s(), "done"))
    work(desk, clocks, 60, CallBegan(desk.now_s()))
    work(desk, clocks, 20, Standing(desk.now_s()))
    work(desk, clocks, 5, Locked(desk.now_s()), Unlocked(desk.now_s()), Idle(desk.now_s(), desk.now_s()))
    desk.close()


def test_without_a_companion_the_page_is_whole(client):
    """It says that none runs, how to start one, offers a break all the same, and shows the settings."""
    html = client.get("/desk").text

    assert "The companion is not running." in html
    assert "Start the companion" in html
    assert "Start the break" in html
    assert 'value="45"' in html


def test_a_walk_is_offered_before_the_questions_are_answered(client):
    """Nobody has answered anything: no stretch is offered, and the page says why."""
    html = client.get("/desk").text

    assert "Stand up and walk about for 90 seconds." in html
    assert "the safety questions are not answered yet" in html


def test_a_break_begins_in_the_player(client):
    """Starting the break leads to the coach's player with just that."""
    page = client.post("/desk/break")

    assert page.status_code == 200
    assert "/desk/break/" in str(page.url)
    assert "A break at the desk" in page.text
    assert "walking" in page.text
    assert "camera=(self)" in page.headers["permissions-policy"]


def test_the_questions_of_a_day_come_before_its_first_break(tmp_path):
    """Who pressed Start with questions open answers them and is led on into the break; with none open, at once."""
    visitor = Visitor(tmp_path)
    visitor.arrive()
    who, now = people(visitor.db)[-1], local_now()
    with_none = visitor.client.get("/questions?then=break")
    answering.put_answer(visitor.db, who.id, answering.answer_now("ces_saddle", "not_sure", now, plainer=False))

    open_page = visitor.get("/desk?break=now")
    after = visitor.post("/questions", {"question": "ces_saddle", "plainer": "yes", "said": "no", "then": "break"})

    assert str(with_none.url).endswith("/desk?break=now") and 'data-now="yes"' in with_none.text
    assert "/questions?then=break" in open_page and 'data-now="yes"' not in open_page
    assert str(after.url).endswith("/desk?break=now")
    visitor.db.close()


def test_a_break_that_is_not_there_leads_back(client):
    """An old link to a break shows the desk."""
    assert str(client.get("/desk/break/0123456789ab-cdef").url).endswith("/desk")


@pytest.mark.parametrize("path", ["/desk/do", "/desk/start", "/desk/settings", "/desk/break"])
def test_a_form_of_another_origin_is_refused(client, path):
    """A page from elsewhere cannot press any button here, and a stranger neither."""
    assert client.post(path, headers={"origin": "http://evil.example"}).status_code == 403
    client.cookies.clear()
    assert client.post(path).status_code == 401


def test_settings_are_kept_or_refused_with_the_reason(client, tmp_path):
    """What is in range is kept; what is not is told, and nothing is changed."""
    good = client.post("/desk/settings", data={"every_min": "30", "quiet_from": "19:00"})
    bad = client.post("/desk/settings", data={"every_min": "5"})

    assert 'value="30"' in good.text and 'value="19:00"' in good.text
    assert bad.status_code == 409 and "--every-min" in bad.text
    assert 'value="30"' in client.get("/desk").text


def test_it_starts_with_the_desktop_and_no_more(client, tmp_path, monkeypatch):
    """The page writes and takes away the same file as the command, in the person's own folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    assert client.post("/desk/install").status_code == 200
    written = list((tmp_path / "config").rglob("uncrick-desk*"))
    client.post("/desk/install", data={"out": "yes"})

    assert len(written) == 1
    assert not any((tmp_path / "config").rglob("uncrick-desk*"))


@pytest.mark.parametrize("do", ["", "erase", "status; stop"])
def test_only_what_has_a_button_can_be_asked(client, do):
    """Anything else that is posted is refused."""
    assert client.post("/desk/do", data={"do": do}).status_code == 400


def test_too_large_a_form_is_refused(client):
    """Nobody can fill the memory by a form."""
    assert client.post("/desk/settings", content=b"x=" + b"y" * 100_000).status_code == 413


def test_the_day_is_a_picture_and_a_table(client, tmp_path):
    """Every spell is a bar and a row; the sentence says the same as both."""
    made_day(tmp_path, Clocks().local)

    html = client.get("/desk?on=2026-03-02").text

    assert html.count('class="bar-seen"') >= 2
    assert "butterfly stretch: done" in html
    assert "stood up, said by you" in html
    assert "Monday, 02 March 2026" in html
    assert "too little data to say" in html


def test_a_day_to_come_is_today(client):
    """An address with a day to come, or with none, shows today."""
    tomorrow = (date.today() + timedelta(days=1)).isoformat()

    for written in (tomorrow, "yesterday", "2026-13-40"):
        assert f"{date.today():%d %B %Y}" in client.get(f"/desk?on={written}").text


def test_the_page_holds_no_inline_style_or_script(client, tmp_path):
    """The policy would refuse them."""
    made_day(tmp_path, Clocks().local)
    html = client.get("/desk?on=2026-03-02").text

    assert " style=" not in html and "<style" not in html and " onclick=" not in html
    assert "camera=()" in client.get("/desk").headers["permissions-policy"]


def test_with_a_companion_buttons_reach_it(client, tmp_path):
    """Silence, its end, standing and an owed break are asked of the companion, and the page tells what it answers."""
    with answered_by(tmp_path) as desk:
        work(desk.desk, desk.clocks, 46)
        assert "Not this one" in client.get("/desk").text

        client.post("/desk/do", data={"do": "dismiss"})
        paused = client.post("/desk/do", data={"do": "pause", "minutes": "30"}).text
        assert "Nothing is shown now: you paused it." in paused
        assert "Go on now" in paused

        client.post("/desk/do", data={"do": "resume"})
        assert "I sit again" in client.post("/desk/do", data={"do": "standing"}).text
        assert 'id="now"' in client.get("/desk/now").text


def test_a_companion_that_hangs_is_told(client, tmp_path):
    """A companion that takes the line and says nothing does not hang the page."""
    path = control_path(tmp_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.bind(str(path))
        line.listen()
        html = client.get("/desk").text

    assert "The companion does not answer within" in html
    assert threading.active_count() < 50
