"""The frame and what needs no database: library, help, the headers of every page, and forms of another origin."""

import pytest
from starlette.testclient import TestClient

from uncrick.app.sessions import Sessions
from uncrick.web.door import COOKIE, Door, hosts_for
from uncrick.web.server import make_app

PORT = 8642
PAGES = ("/library", "/library/chair_spinal_twist", "/library/walking", "/help")


@pytest.fixture
def client(tmp_path):
    """A browser that came in by the link."""
    door = Door(hosts_for(("localhost",), PORT))
    client = TestClient(make_app(door, Sessions(tmp_path)), base_url=f"http://localhost:{PORT}")
    client.cookies.set(COOKIE, door.token)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_sees_no_page(client, path):
    """Without the link's cookie every page asks to open the link first."""
    client.cookies.clear()

    page = client.get(path)

    assert page.status_code == 401
    assert "Open the link first" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_frame_may_use_no_camera(client, path):
    """The browser is told to refuse camera and microphone on every page of the frame, and to keep no copy of it."""
    headers = client.get(path).headers

    assert "camera=()" in headers["permissions-policy"]
    assert "microphone=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"
    assert "unsafe-inline" not in headers["content-security-policy"]


def test_the_session_screen_may_ask_for_the_camera(client):
    """The page that is watched by a camera keeps its right to ask."""
    assert "camera=(self)" in client.get("/session").headers["permissions-policy"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_inline_style_or_script(client, path):
    """No style attribute, no handler, no script without an address: the policy would refuse them."""
    html = client.get(path).text

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert html.count("<script") == html.count('<script type="module" src=')


def test_the_way_to_a_page_is_shown_where_the_page_exists(client):
    """The frame leads to the library, which is there, and says which page one is on."""
    html = client.get("/library/chair_spinal_twist").text

    assert '<a href="/library" aria-current="page">' in html
    assert 'href="/nowhere"' not in html


def test_the_library_shows_every_exercise(client):
    """Each exercise of the library has its card and its page, with steps, sources and what the camera judges."""
    exercises = Sessions(keeps=False).book.library.exercises
    shelf = client.get("/library").text

    for id_ in exercises:
        assert f'href="/library/{id_}"' in shelf
        page = client.get(f"/library/{id_}")
        assert page.status_code == 200
        assert "How it is done" in page.text
        assert "Who says so?" in page.text
        assert ("Timer and voice lead it" in page.text) is not exercises[id_].is_tracked


def test_the_library_can_be_sifted(client):
    """By part of the body and without props, without a script; a sieve nothing passes says so."""
    neck = client.get("/library", params={"region": "neck", "props": "none"}).text
    none = client.get("/library", params={"region": "no such region"}).text

    assert 'href="/library/chin_tuck"' in neck
    assert 'href="/library/glute_bridge"' not in neck
    assert "None fits." in none


def test_an_exercise_that_does_not_exist_is_said_to_be_missing(client):
    """An unknown exercise is 404 and named, escaped."""
    page = client.get("/library/<b>nothing")

    assert page.status_code == 404
    assert "<b>nothing" not in page.text
    assert "&lt;b&gt;nothing" in page.text


def test_help_says_how_to_stop_before_anything_else(client):
    """The first thing on the help page is how to stop; the notice and every source are on it."""
    html = client.get("/help").text
    book = Sessions(keeps=False).book

    assert html.index("How to stop") < html.index("Keys during a session")
    assert html.count(book.words.notice) >= 1
    assert 'id="source-finucane2020"' in html
