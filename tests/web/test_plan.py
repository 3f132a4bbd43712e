"""The plan page without a browser: loading, knowing a key, printing, ending; and whatever must not be loaded."""

import re
from datetime import date

import pytest

from tests.app.lives import plan_text_of, spoilt
from tests.web.pages import ORIGIN, Visitor, words_of
from uncrick.app.planning import check_text, new_person_key, new_signing_key, signed
from uncrick.app.plans import current_plan, plans
from uncrick.files.marked_yaml import MAX_BYTES
from uncrick.files.plan_seal import close_for

THERAPISTS = """\
plan: for_ada
title: Turning again
written_by: Ann Lee, PT
author: therapist
written_on: 2026-11-22
for: Ada
from: 2026-11-22
relax: [{rule: "osteoporosis.spine_rotation>=3", to: allow, on: 2026-11-22, reason: turns well}]
exercises: [{exercise: chair_spinal_twist, reps: 3}, {exercise: chin_tuck}]
"""


@pytest.fixture
def ada(tmp_path):
    """Somebody at a browser who has answered everything, and has a plan from answers."""
    visitor = Visitor(tmp_path / "home")
    visitor.arrive()
    return visitor


@pytest.fixture
def keys(tmp_path):
    """The therapist's key, and the plan signed with it. Returns the public key and the signed text."""
    public = new_signing_key(tmp_path / "ann.key", "")
    read = check_text(THERAPISTS)
    return public, signed(read, tmp_path / "ann.key", "", date(2026, 11, 22))


def person_of(visitor: Visitor) -> str:
    from uncrick.app.people import people

    return people(visitor.db)[0].id


def load(visitor: Visitor, data: bytes, **more):
    """Load a file by the form of the page."""
    files = {"plan": ("plan.yaml", data)} | {k: v for k, v in more.items() if isinstance(v, tuple)}
    said = {k: v for k, v in more.items() if isinstance(v, str)}
    return visitor.client.post("/plan/load", data=said, files=files, headers={"origin": ORIGIN})


def test_the_plan_page_shows_what_is_asked(ada):
    """Each exercise with how much and when, when to stop, that oneself wrote it, and every plan so far."""
    page = words_of(ada.get("/plan"))

    assert "What it asks" in page
    assert "you wrote it for yourself" in page
    assert "When to stop" in page
    assert "The dose did not change." in page
    kept = current_plan(ada.db, person_of(ada))
    assert kept.title in page


def test_a_signed_plan_is_loaded_and_its_key_learned(ada, keys):
    """Loaded without the key it is shown as not known, and relaxes nothing; compared and known, it counts."""
    public, text = keys

    page = words_of(load(ada, text.encode()).text)
    kept = current_plan(ada.db, person_of(ada))

    assert "The plan is loaded" in page
    assert "Signed by Ann Lee, PT" in page
    assert "not known to you" in page
    assert "does not count" in page
    assert kept.text == text
    assert not kept.trusted

    page = words_of(ada.post("/plan/key", {"plan": kept.id}).text)
    assert "was not compared" in page
    page = words_of(ada.post("/plan/key", {"plan": kept.id, "compared": "yes"}).text)
    assert "known to you" in page
    assert "What your therapist has decided for you" in page
    assert current_plan(ada.db, person_of(ada)).trusted

    page = words_of(ada.post("/plan/key/forget", {"key": public}).text)
    assert "known no longer" in page
    assert not current_plan(ada.db, person_of(ada)).trusted


def test_with_their_key_it_must_be_theirs(ada, keys, tmp_path):
    """Given the right key it is trusted at once; given somebody else's, it is refused, and nothing is kept."""
    public, text = keys
    other = new_signing_key(tmp_path / "other.key", "")
    before = len(plans(ada.db, person_of(ada)))

    refused = load(ada, text.encode(), key=other)
    assert refused.status_code == 422
    assert "somebody else" in words_of(refused.text)
    assert len(plans(ada.db, person_of(ada))) == before

    load(ada, text.encode(), key=public)
    assert current_plan(ada.db, person_of(ada)).trusted


def test_a_plan_closed_for_one_opens_with_their_key_file(ada, keys, tmp_path):
    """A closed plan needs the person's own key file; the text that is kept is the therapist's."""
    _, text = keys
    closed = close_for(text, new_person_key(tmp_path / "ada.age"))

    assert "is closed for one person" in words_of(load(ada, closed).text)
    load(ada, closed, identity=("ada.age", (tmp_path / "ada.age").read_bytes()))

    assert current_plan(ada.db, person_of(ada)).text == text


def test_the_text_of_the_code_can_be_pasted(ada, keys):
    """What a telephone reads from the paper can be pasted, with the line ends of a browser, and its signature holds."""
    public, text = keys
    said = {"text": text.replace("\n", "\r\n"), "key": public}

    ada.post("/plan/load", said)

    assert current_plan(ada.db, person_of(ada)).trusted


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)
)
WRONG = (
    THERAPISTS.replace("chair_spinal_twist, reps: 3", "chair_spinal_twits, reps: -3")
    .replace("chin_tuck}", "chin_tuck, days: [mon, mon]}")
    .replace("from: 2026-11-22", "from: 2026-11-22\nuntil: 2026-11-01")
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x: " + b"y" * (10 * MAX_BYTES), ["more than 3,000,000 bytes"]),
        (b"x: " + b"y" * (2 * MAX_BYTES), ["more than 1,000,000 bytes"]),
        (BOMB.encode(), ["with its aliases written out"]),
        (THERAPISTS.encode("utf-16"), ["is written in UTF-16"]),
        (THERAPISTS.replace("Ada", "Ad\u00e4").encode("latin-1"), ["plan.yaml:6", "not UTF-8"]),
        (THERAPISTS.replace("title:", "title: A\ntitle:").encode(), ["plan.yaml:3", "is written twice"]),
        (WRONG.encode(), ["plan.yaml:10", "found -3", "before it begins", "did you mean", "names mon twice"]),
        (b"", ["the file is empty"]),
        (b"\x00\x01", ["U+0000"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_whole_and_nothing_kept(ada, data, says):
    """Unknown ids, negative doses, days that contradict each other, 10 MB, a bomb, keys twice, encodings: all told."""
    before = plans(ada.db, person_of(ada))

    answer = load(ada, data)

    page = words_of(answer.text)
    assert answer.status_code in (413, 422)
    for one in says:
        assert one in page
    assert plans(ada.db, person_of(ada)) == before


def test_a_changed_plan_with_a_wrong_dose_is_told_both(ada, keys):
    """What else is wrong in a file does not hide that its text is not what was signed."""
    public, text = keys

    page = words_of(load(ada, text.replace("reps: 3", "reps: -3").encode(), key=public).text)

    assert "found -3" in page
    assert "was changed after" in page


def test_a_changed_plan_is_refused(ada, keys):
    """One character changed after signing, or a line added below: refused, nothing kept."""
    public, text = keys
    before = plans(ada.db, person_of(ada))

    for changed in (text.replace("reps: 3", "reps: 4"), text + "exercises: [{exercise: cat_cow}]\n"):
        answer = load(ada, changed.encode(), key=public)
        assert answer.status_code == 422
        assert "Nothing was loaded" in answer.text
    assert plans(ada.db, person_of(ada)) == before


def test_nothing_chosen_and_a_key_that_is_none(ada):
    """An empty form and a key that is none are told; a key's problem and the plan's own at once."""
    assert "none was chosen" in words_of(ada.post("/plan/load", {}).text)

    page = words_of(load(ada, WRONG.replace("-3", "3").encode(), key="abc").text)
    assert "is no public key" in page
    assert "before it begins" in page


def test_ending_printing_and_the_file(ada):
    """The plan goes on paper, comes out as the file that it was, and ends; afterwards it is still in the list."""
    kept = current_plan(ada.db, person_of(ada))

    assert "data:image" not in ada.get("/plan/print")
    assert "To tick" in ada.get("/plan/print")
    assert ada.client.get("/plan/print.pdf").content.startswith(b"%PDF")
    assert ada.client.get(f"/plan/kept/{kept.id}/file").content == kept.text.encode()
    assert "What it asked" in ada.get(f"/plan/kept/{kept.id}")
    page = words_of(ada.post("/plan/end").text)
    assert "No plan holds" in page
    assert kept.title in page
    assert ada.client.get("/plan/kept/nothing").status_code == 404


def test_what_was_written_becomes_the_plan(ada):
    """From the page to write one, a plan for oneself is made one's own; one's plan is taken up again as the next."""
    fields = {
        "plan.title": "Mine", "plan.for_person": "Ada", "plan.written_by": "Ada", "plan.author": "person",
        "plan.written_on": "2026-11-28", "plan.from_on": "2026-11-28", "plan.pain_rule": "seed_strict", "row": "r0",
        "r0.exercise": "chin_tuck", "r0.days": "mon",
    }  # fmt: skip

    page = words_of(ada.post("/plan/write/mine", fields).text)
    again = ada.get("/plan/write?from=mine")

    assert "The plan is loaded" in page
    assert current_plan(ada.db, person_of(ada)).title == "Mine"
    assert 'value="Mine"' in again
    assert re.findall(r'name="r0\.exercise" value="(\w+)"', again) == ["chin_tuck"]
    assert ada.post("/plan/write/mine", fields | {"r0.reps": "99"}).status_code == 422


def test_only_pages_of_this_program_may_post(ada):
    """A form from elsewhere loads, ends and trusts nothing."""
    before = plans(ada.db, person_of(ada))
    for path in ("/plan/load", "/plan/end", "/plan/key", "/plan/key/forget", "/plan/write/mine"):
        answer = ada.client.post(path, data={"text": plan_text_of()}, headers={"origin": "http://elsewhere.example"})
        assert answer.status_code == 403
    assert plans(ada.db, person_of(ada)) == before


def test_in_an_emergency_there_is_no_plan(ada):
    """While an emergency answer stands, plan, paper and history show its message and nothing else."""
    ada.post("/questions", {"question": "ces_bladder", "plainer": "no", "said": "yes"})

    for path in ("/plan", "/plan/print", "/history", "/history/report.pdf", "/plan/write"):
        page = words_of(ada.get(path))
        assert "What it asks" not in page
        assert "112" in page


def test_every_page_goes_on_when_the_plan_cannot_be_read(ada):
    """A kept plan that this version refuses is told on its pages, with its file to take out; no page fails for it."""
    before = current_plan(ada.db, person_of(ada))
    load(ada, THERAPISTS.encode())
    refused = current_plan(ada.db, person_of(ada))
    spoilt(ada.db, refused)

    pages = {
        path: ada.client.get(path)
        for path in ("/today", "/plan", "/history", "/session", "/urge", "/plan/write?from=mine")
    }
    one = words_of(ada.get(f"/plan/kept/{refused.id}"))
    file = ada.client.get(f"/plan/kept/{refused.id}/file")

    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)
    for path in ("/today", "/plan"):
        assert f"cannot read your plan “{refused.title}”" in words_of(pages[path].text)
        assert f"“{before.title}”, holds" in words_of(pages[path].text)
    assert "cannot be read" in words_of(pages["/plan"].text)
    assert "no exercise 'old_" in one
    assert "old_" in file.text
