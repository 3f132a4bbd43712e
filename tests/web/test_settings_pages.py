"""Profiles, PIN, settings, and the records taken out, brought back and erased, without a script."""

import io
import zipfile

import pytest

from tests.web.pages import ORIGIN, Visitor, words_of
from uncrick.app.answering import answers
from uncrick.app.people import people
from uncrick.web.door import COOKIE
from uncrick.web.visitor import COOKIE as PERSON

FORMS = (
    "/begin", "/begin/pain", "/begin/plan", "/questions", "/conditions", "/emergency", "/today/morning",
    "/today/looked-at", "/people/enter", "/settings", "/settings/pin", "/settings/export", "/settings/import",
    "/settings/backup", "/settings/erase", "/urge",
)  # fmt: skip


@pytest.fixture
def visitor(tmp_path):
    """Ada, with a plan."""
    someone = Visitor(tmp_path)
    someone.arrive()
    return someone


def enter(visitor, name: str, pin: str = ""):
    """Choose *name* on the page of people."""
    id_ = next(p.id for p in people(visitor.db) if p.name == name)
    return visitor.post("/people/enter", {"id": id_, "pin": pin})


def carry(visitor, cookie: str) -> None:
    """Have the browser say that *cookie* is who is at it."""
    visitor.client.cookies.delete(PERSON)
    visitor.client.cookies.set(PERSON, cookie, domain="localhost.local")


def test_a_form_refuses_another_origin(visitor):
    """What another page posts, or a page without an origin, changes nothing: no form of any page is read."""
    for path in FORMS:
        for origin in ("https://evil.example", "null", "http://localhost:1", ""):
            headers = {"origin": origin} if origin else {}
            answer = visitor.client.post(path, data={"name": "Mallory", "sure": "yes"}, headers=headers)
            assert answer.status_code == 403, (path, origin)

    assert [p.name for p in people(visitor.db)] == ["Ada"]


def test_a_form_refuses_a_stranger(visitor):
    """Without the link's cookie no form is read."""
    visitor.client.cookies.delete(COOKIE)
    for path in FORMS:
        answer = visitor.client.post(path, data={"name": "Mallory", "sure": "yes"}, headers={"origin": ORIGIN})
        assert answer.status_code == 401, path

    assert [p.name for p in people(visitor.db)] == ["Ada"]


def test_a_wrong_pin_opens_nothing_and_five_times_it_waits(visitor):
    """Five wrong PINs make the next try wait, and while it waits not even the right one opens the pages."""
    visitor.post("/settings/pin", {"new": "2468"})
    visitor.client.cookies.delete(PERSON)
    wrong = [enter(visitor, "Ada", "1111") for _ in range(5)]

    right = enter(visitor, "Ada", "2468")

    assert {answer.status_code for answer in (*wrong, right)} == {403}
    assert "That is not the PIN" in wrong[0].text
    assert "The next try counts in 30 seconds" in words_of(right.text)
    assert "Who is here?" in words_of(visitor.get("/today"))


def test_the_right_pin_opens_the_pages_and_a_new_one_closes_older_browsers(visitor):
    """A browser is in by its PIN; when the PIN changes, what an older browser has kept is worth nothing."""
    visitor.post("/settings/pin", {"new": "2468"})
    visitor.client.cookies.delete(PERSON)
    locked = words_of(visitor.get("/today"))
    enter(visitor, "Ada", "2468")
    older = visitor.client.cookies[PERSON]
    opened = words_of(visitor.get("/today"))

    visitor.post("/settings/pin", {"old": "2468", "new": "13579"})
    carry(visitor, older)

    assert "Who is here?" in locked
    assert "From your plan" in opened
    assert "Who is here?" in words_of(visitor.get("/today"))


def test_a_pin_is_changed_only_by_whoever_knows_it(visitor):
    """Changing or removing a PIN asks for the old one."""
    visitor.post("/settings/pin", {"new": "2468"})

    refused = visitor.post("/settings/pin", {"old": "0000", "new": ""})
    visitor.post("/settings/pin", {"old": "2468", "new": ""})

    assert refused.status_code == 403
    assert people(visitor.db)[0].pin_hash == ""


def test_a_cookie_that_somebody_made_up_is_nobody(visitor):
    """The id of a person alone, or with a made-up proof, lets nobody in."""
    visitor.post("/settings/pin", {"new": "2468"})
    id_ = people(visitor.db)[0].id
    for made_up in (id_, f"{id_}.", f"{id_}.{'0' * 64}"):
        carry(visitor, made_up)
        assert "Who is here?" in words_of(visitor.get("/today"))


def test_each_person_has_records_of_their_own(visitor):
    """Somebody new begins with nothing; switching back shows the first one's evening again."""
    visitor.begin(name="Ben", number="999")
    new = words_of(visitor.get("/today"))
    visitor.get("/people")

    enter(visitor, "Ada")

    back = visitor.get("/today")
    assert "You have no plan yet" in new
    assert "From your plan" in back
    assert "Ada" in words_of(back)


def test_a_new_name_is_no_way_round_an_emergency(visitor):
    """While the message stands nobody new is made, neither by the page nor by posting its form."""
    visitor.begin(name="Ben", number="999")
    visitor.post("/questions", {"question": "ces_saddle", "plainer": "no", "said": "yes"})

    page = words_of(visitor.get("/begin"))
    posted = words_of(visitor.begin(name="Not Ben").text)

    assert "Call 999" in page and "Call 999" in posted
    assert [p.name for p in people(visitor.db)] == ["Ada", "Ben"]


def test_one_persons_emergency_does_not_close_the_pages_for_another(visitor):
    """The message is on every page of whoever named it, and somebody else can still choose themselves."""
    visitor.begin(name="Ben", number="999")
    visitor.post("/questions", {"question": "ces_saddle", "plainer": "no", "said": "yes"})
    closed, choose = words_of(visitor.get("/today")), words_of(visitor.get("/people"))

    enter(visitor, "Ada")

    assert "Call 999" in closed
    assert "This is me , Ada" in choose
    assert "Library" not in choose
    assert "Somebody new" not in choose
    assert "From your plan" in words_of(visitor.get("/today"))


def test_settings_are_kept_and_shown_again(visitor):
    """Name, emergency number, hour of rising and props are there again; a time that is none is refused, by name."""
    said = {"name": "Ada L.", "emergency_number": "911", "rises_at": "06:30", "prop": ["chair", "mat"]}
    page = visitor.post("/settings", said).text

    refused = visitor.post("/settings", said | {"rises_at": "half past"})

    who = people(visitor.db)[0]
    assert (who.name, who.settings.emergency_number, who.settings.rises_at) == ("Ada L.", "911", "06:30")
    assert who.settings.props == ("chair", "mat")
    assert 'value="06:30"' in page
    assert refused.status_code == 422
    assert "wanted a time like 06:30" in refused.text


def test_what_is_exported_comes_back_after_erasing(visitor):
    """Export, erase, begin anew, import: the answers are all there again; erase asks first, and then forgets."""
    id_ = people(visitor.db)[0].id
    before = answers(visitor.db, id_)
    archive = visitor.post("/settings/export")
    unsure = visitor.post("/settings/erase", {})
    gone = visitor.post("/settings/erase", {"sure": "yes"})
    left = people(visitor.db)
    visitor.begin(name="Ben")

    visitor.client.post(
        "/settings/import", files={"file": ("mine.zip", archive.content, "application/zip")}, headers={"origin": ORIGIN}
    )

    assert zipfile.is_zipfile(io.BytesIO(archive.content))
    assert archive.headers["content-disposition"].endswith('.zip"')
    assert unsure.status_code == 422
    assert "What brings you here?" in words_of(gone.text)
    assert left == ()
    assert answers(visitor.db, id_) == before
    assert {p.name for p in people(visitor.db)} == {"Ada", "Ben"}


def test_what_is_no_archive_is_refused_by_its_name_and_nothing_is_kept(visitor):
    """A file that is none of ours is told with what is wrong; no row is put in."""
    answer = visitor.client.post(
        "/settings/import", files={"file": ("holiday.zip", b"not a zip", "application/zip")}, headers={"origin": ORIGIN}
    )

    assert answer.status_code == 422
    assert "holiday.zip" in answer.text
    assert len(people(visitor.db)) == 1


def test_a_backup_of_the_whole_file_waits_for_nobody_elses_pin(visitor):
    """The whole file is given to whoever lives here, but not past somebody else's PIN."""
    given = visitor.post("/settings/backup")
    visitor.post("/settings/pin", {"new": "2468"})
    visitor.begin(name="Ben")

    refused = visitor.post("/settings/backup")

    assert given.content.startswith(b"SQLite format 3")
    assert refused.status_code == 403


def test_a_form_that_is_too_large_is_refused(visitor):
    """More than a form can hold is told, and nothing of it is kept."""
    answer = visitor.post("/settings", {"name": "A" * 100_000})

    assert answer.status_code == 413
    assert people(visitor.db)[0].name == "Ada"


def test_the_answers_are_shown_with_their_wording_and_time(visitor):
    """The page of answers has each question that was answered, what was said, and to which wording."""
    page = words_of(visitor.get("/settings/answers"))

    kept = answers(visitor.db, people(visitor.db)[0].id)
    assert page.count("Why we ask") == len({a.question for a in kept})
    assert kept[0].wording in page
