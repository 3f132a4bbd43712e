"""Without records - damaged, a full disk, no right to them - the pages say so, and the four stretches run."""

import pytest
from starlette.testclient import TestClient

from tests.web.pages import ORIGIN, PORT, words_of
from uncrick.app.sessions import Sessions
from uncrick.web.door import COOKIE, Door, hosts_for
from uncrick.web.server import make_app
from uncrick.web.serving import Serving, open_or_tell


@pytest.fixture
def client(tmp_path):
    """Somebody at the pages of a program whose records are damaged."""
    (tmp_path / "uncrick.db").write_text("This is no database.")
    sessions, trouble = open_or_tell(Serving(folder=tmp_path))
    door = Door(hosts_for(("localhost",), PORT))
    client = TestClient(make_app(door, sessions, trouble), base_url=ORIGIN)
    client.cookies.set(COOKIE, door.token)
    return client


@pytest.mark.parametrize("path", ["/", "/today", "/questions", "/begin", "/people", "/settings/answers", "/urge"])
def test_a_page_about_somebody_says_why_it_cannot(client, path):
    """Every page that needs the records says in a sentence what is wrong, and leads to the four stretches."""
    page = client.get(path)

    assert page.status_code == 503
    assert "is no database" in page.text
    assert 'href="/session"' in page.text


def test_the_damaged_file_is_left_as_it_is(client, tmp_path):
    """Nothing of it is changed by looking at the pages."""
    client.get("/today")

    assert (tmp_path / "uncrick.db").read_text() == "This is no database."


def test_the_four_stretches_the_library_and_the_device_still_work(client):
    """The session screen asks for its four stretches; library, help and the settings of this device are there."""
    session, settings = client.get("/session").text, words_of(client.get("/settings").text)

    assert "data-wishes" not in session
    assert 'id="begin"' in session
    assert "The records cannot be opened" in settings
    assert "This device" in settings
    assert client.get("/library").status_code == 200
    assert client.get("/help").status_code == 200


def test_a_form_about_somebody_says_why_it_cannot(client):
    """A form that would be kept is answered with the same sentence."""
    for path in ("/begin", "/questions", "/urge", "/settings/export"):
        assert client.post(path, data={"name": "Ada"}, headers={"origin": ORIGIN}).status_code == 503


def test_records_that_break_while_they_are_open_are_told(tmp_path):
    """When the file breaks under a running program, the page says so and nothing else fails."""
    sessions, trouble = open_or_tell(Serving(folder=tmp_path))
    door = Door(hosts_for(("localhost",), PORT))
    client = TestClient(make_app(door, sessions, trouble), base_url=ORIGIN)
    client.cookies.set(COOKIE, door.token)
    client.post("/begin", data={"name": "Ada"}, headers={"origin": ORIGIN})
    assert isinstance(sessions, Sessions)
    for path in tmp_path.glob("uncrick.db*"):
        path.write_bytes(b"\0" * 8192)

    page = client.get("/today")

    assert page.status_code == 503
    assert "The records cannot be opened" in page.text
