"""The form of a plan without a browser: what buttons do, what is refused, and what the program gives back."""

import re
from datetime import date

import pytest
from hypothesis import given
from starlette.testclient import TestClient

from tests.files.test_plan_file import plans
from uncrick.app.plan_writing import choices
from uncrick.app.planning import check_text, new_person_key, new_signing_key, read_public_key, read_text
from uncrick.app.session import open_book
from uncrick.app.sessions import Sessions
from uncrick.files.marked_yaml import MAX_BYTES
from uncrick.plan.sketch import Sketch, sketch_of
from uncrick.web.door import COOKIE, Door, hosts_for
from uncrick.web.plan_form import minutes_of, pressed, seconds_of, sketch_from
from uncrick.web.posted import Posted
from uncrick.web.server import make_app

HOST = "localhost:8642"
ORIGIN = {"origin": f"http://{HOST}"}
ON = date(2026, 11, 28)
CHOICES = choices(open_book())
FIELDS = {
    "plan.title": "For the desk", "plan.for_person": "Kim", "plan.written_by": "Ann Lee, PT",
    "plan.author": "therapist",
    "plan.written_on": "2026-11-28", "plan.from_on": "2026-11-28", "plan.pain_rule": "seed_strict",
    "row": "r0", "r0.exercise": "chair_spinal_twist", "r0.reps": "2", "r0.hold_s": "15", "r0.sets": "1",
    "r0.days": ["mon", "wed", "fri"], "r0.at": ["morning", "evening"], "r0.sides": "own",
}  # fmt: skip


@pytest.fixture
def client(tmp_path):
    """A browser that came in by the link."""
    door = Door(hosts_for(("localhost",), 8642))
    client = TestClient(make_app(door, Sessions(tmp_path)), base_url=f"http://{HOST}", headers=ORIGIN)
    client.cookies.set(COOKIE, door.token)
    return client


def form_of(sketch: Sketch) -> Posted:
    """Return the fields that the page has for a sketch, as a browser would send them."""
    fields = {f"plan.{n}": (getattr(sketch, n),) for n in ("id", "title", "written_by", "author", "written_on")}
    fields |= {f"plan.{n}": (getattr(sketch, n),) for n in ("for_person", "from_on", "until", "notes", "pain_rule")}
    fields |= {"plan.goals": ("\r\n".join(sketch.goals),), "row": tuple(r.key for r in sketch.rows)}
    for r in sketch.rows:
        plain = {"exercise", "id", "sets", "reps", "hold_s", "sides", "most_reps", "most_hold_s", "depth"}
        fields |= {f"{r.key}.{n}": (getattr(r, n),) for n in plain | {"pain_rule", "note"}}
        fields |= {f"{r.key}.days": r.days, f"{r.key}.instead": (", ".join(r.instead),)}
        fields |= {f"{r.key}.minutes": (minutes_of(r.duration_s),), f"{r.key}.fixed": ("yes" if r.fixed else "",)}
        fields |= {f"{r.key}.at": () if "any" in r.at else r.at, f"{r.key}.any": (" ".join(r.at),)}
    return Posted(fields, {})


@given(plans)
def test_the_form_loses_nothing_of_a_plan(plan):
    """A plan whose days are in the week's order goes into the fields of the page and comes back as it was."""
    sketch = sketch_of(plan)
    ordered = tuple(r for r in sketch.rows if list(r.days) == sorted(r.days, key=WEEK.index))

    back = sketch_from(form_of(sketch))

    assert tuple(r for r in back.rows if r.key in {o.key for o in ordered}) == ordered
    assert (back.title, back.notes, back.until) == (sketch.title, sketch.notes, sketch.until)
    assert back.goals == tuple(goal.strip() for goal in sketch.goals)


WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.mark.parametrize(("minutes", "seconds"), [("2", "120"), ("1.5", "90"), ("", ""), ("two", "two"), ("-1", "-60")])
def test_minutes_are_seconds_in_the_file(minutes, seconds):
    """Walks are typed in minutes and kept in seconds; what is no number stays as it was typed."""
    assert seconds_of(minutes) == seconds
    assert seconds_of(minutes_of(seconds)) == seconds


def test_steps_stay_within_the_exercises_own_range():
    """However often a stepper is pressed, the dose stays between the least and the most of the exercise."""
    sketch, key = pressed(Sketch(), "add:chair_spinal_twist", CHOICES, ON)
    for _ in range(9):
        sketch, _ = pressed(sketch, f"step:{key}:reps:+1", CHOICES, ON)
        sketch, _ = pressed(sketch, f"step:{key}:hold_s:-1", CHOICES, ON)
    walk, walking = pressed(sketch, "add:walking", CHOICES, ON)
    for _ in range(40):
        walk, _ = pressed(walk, f"step:{walking}:minutes:+1", CHOICES, ON)

    assert (sketch.rows[0].reps, sketch.rows[0].hold_s) == ("4", "5")
    assert walk.rows[1].duration_s == "1800"
    assert walk.rows[1].days == ("mon", "tue", "wed", "thu", "fri")


@pytest.mark.parametrize("do", ["", "add:nothing", "step:r9:reps:+1", "step:r0:note:+1", "up:", "programme:", "x:y"])
def test_an_unknown_button_changes_nothing(do):
    """What no button of the page asks for leaves the plan as it is."""
    sketch, _ = pressed(Sketch(), "add:cat_cow", CHOICES, ON)

    assert pressed(sketch, do, CHOICES, ON)[0] == sketch


def test_it_works_without_a_script(client):
    """Buttons alone: add, step, move, take out, start from a programme; each answer is the whole page."""
    page = client.post("/plan/write", data=FIELDS | {"do": "add:cat_cow"}).text
    assert re.findall(r'name="row" value="(\w+)"', page) == ["r0", "r1"]

    page = client.post("/plan/write", data=FIELDS | {"do": "step:r0:reps:+1"}).text
    assert 'id="r0.reps" value="3"' in page
    assert "3 times to each side, each held 15 seconds. Monday, Wednesday and Friday" in page

    page = client.post("/plan/write", data=FIELDS | {"do": "start", "programme": "article_four"}).text
    assert "chair_spinal_twist_2" in page
    page = client.post("/plan/write", data=FIELDS | {"do": "remove:r0"}).text
    assert "No exercise yet" in page


def test_the_file_is_the_plan(client):
    """What is saved is a plan file without a problem, and says what was typed."""
    answer = client.post("/plan/write/file", data=FIELDS | {"do": "save"})

    plan = check_text(answer.text).plan
    assert answer.headers["content-disposition"] == f'attachment; filename="{plan.id}.yaml"'
    assert plan.id == f"kim_{date.today().isoformat()}"
    only = plan.prescriptions[0]
    assert (only.amount.reps, only.amount.hold_s, only.days) == (2, 15, ("mon", "wed", "fri"))
    assert only.at == ("morning", "evening")


def test_a_signed_and_closed_plan_opens_for_one_person(client, tmp_path):
    """Signed with a locked key and closed: only the person's key opens it, and the signature is the therapist's."""
    (tmp_path / "ann.pub").write_text(new_signing_key(tmp_path / "ann.key", "seven words"))
    kim = new_person_key(tmp_path / "kim.age")
    files = {"key": ("ann.key", (tmp_path / "ann.key").read_bytes())}

    answer = client.post(
        "/plan/write/file", data=FIELDS | {"do": "sign", "passphrase": "seven words", "recipient": kim}, files=files
    )

    read = check_text(
        read_text(answer.content, "plan.age", (tmp_path / "kim.age").read_bytes()),
        key=read_public_key(tmp_path / "ann.pub"),
    )
    assert read.trusted
    assert read.seal.by == "Ann Lee, PT"
    assert answer.headers["content-disposition"].endswith('.yaml.age"')


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"do": "sign"}, "none was chosen"),
        ({"do": "sign", "passphrase": "wrong"}, "is the passphrase right?"),
        ({"do": "save", "recipient": "age1nobody"}, "wanted a recipient like age1"),
    ],
)
def test_a_key_that_does_not_fit_is_told(client, tmp_path, sent, says):
    """No key, a wrong passphrase, a recipient that is none: a sentence, the form as it was, and no file."""
    new_signing_key(tmp_path / "ann.key", "seven words")
    files = {"key": ("ann.key", (tmp_path / "ann.key").read_bytes())} if "passphrase" in sent else None

    answer = client.post("/plan/write/file", data=FIELDS | sent, files=files)

    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="Ann Lee, PT"' in answer.text
    assert "PRIVATE KEY" not in answer.text


def test_a_key_never_comes_over_the_network(tmp_path):
    """From another machine of the home network nothing is signed: the key would have travelled."""
    door = Door(hosts_for(("localhost",), 8642))
    far = TestClient(
        make_app(door, Sessions(tmp_path)), base_url=f"http://{HOST}", headers=ORIGIN, client=("10.0.0.9", 5)
    )
    far.cookies.set(COOKIE, door.token)
    new_signing_key(tmp_path / "ann.key", "")
    files = {"key": ("ann.key", (tmp_path / "ann.key").read_bytes())}

    answer = far.post("/plan/write/file", data=FIELDS | {"do": "sign"}, files=files)

    assert answer.status_code == 422
    assert "a key never leaves its machine" in answer.text


def test_every_problem_is_told_at_once_with_its_line(client):
    """Unknown exercise, negative dose, no day, dates that contradict each other: all at once, and where they are."""
    wrong = FIELDS | {
        "plan.until": "2026-11-01", "r0.reps": "-3", "row": ["r0", "r1", "r2"], "r1.exercise": "cat_crow",
        "r1.days": ["mon"], "r2.exercise": "cat_cow", "r2.reps": "5",
    }  # fmt: skip

    page = client.post("/plan/write", data=wrong | {"do": "check"}).text

    assert 'name="r0.reps" id="r0.reps" value="-3"' in page
    for says in ("found -3, wanted at least 1", "did you mean", "names no day", "before it begins"):
        assert says in page
    assert "4 things to put right" in page
    assert client.post("/plan/write/file", data=wrong | {"do": "save"}).status_code == 422
    assert client.post("/plan/write/print", data=wrong | {"do": "pdf"}).status_code == 422


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)
)
GOOD = "plan: x\ntitle: X\nwritten_by: J\nauthor: person\nwritten_on: 2026-11-22\nfor: K\nfrom: 2026-11-22\nexercises: [{exercise: cat_cow}]\n"  # noqa: E501


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"x: " + b"y" * (10 * MAX_BYTES), 413, "has more than 3,000,000 bytes"),
        (b"x: " + b"y" * (2 * MAX_BYTES), 200, "has more than 1,000,000 bytes"),
        (BOMB.encode(), 200, "with its aliases written out"),
        (GOOD.encode("utf-16"), 200, "is written in UTF-16"),
        (GOOD.replace("J", "J\u00fcrgen").encode("latin-1"), 200, "not UTF-8"),
        (GOOD.replace("title: X", "title: X\ntitle: Y").encode(), 200, "is written twice"),
        (GOOD.replace("cat_cow", "cat_crow").encode(), 200, "plan.yaml:8"),
        (b"", 200, "the file is empty"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_and_nothing_of_it_taken(client, content, status, says):
    """Ten megabytes, a bomb, wrong encodings, keys twice, unknown ids: a sentence with its line, the form as it was."""
    answer = client.post("/plan/write", data=FIELDS | {"do": "open"}, files={"taken": ("plan.yaml", content)})

    assert answer.status_code == status
    assert says in answer.text
    assert 'value="X"' not in answer.text
    assert status == 413 or 'value="For the desk"' in answer.text


def test_conditions_show_what_would_be_left_out(client):
    """With a condition the page says what stays, what is left out, by which rule, and offers to relax it by name."""
    page = client.post("/plan/write", data=FIELDS | {"do": "check", "condition": "osteoporosis"}).text

    assert "left out" in page
    assert 'value="relax:osteoporosis.spine_rotation&gt;=3"' in page
    page = client.post("/plan/write", data=FIELDS | {"do": "relax:osteoporosis.spine_rotation>=3"}).text
    assert 'name="o0.what" value="osteoporosis.spine_rotation&gt;=3"' in page
    assert "relax[0].reason" in page


def test_paper_comes_as_page_and_as_pdf(client):
    """The page for paper has its pictures and style from this program alone; the PDF is one."""
    page = client.post("/plan/write/print", data=FIELDS | {"do": "paper"})
    pdf = client.post("/plan/write/print", data=FIELDS | {"do": "pdf", "paper": "us-letter"})

    assert '<img src="/figures/chair_spinal_twist.webp"' in page.text
    assert "<style" not in page.text
    assert client.get("/plan/print.css").headers["content-type"].startswith("text/css")
    assert pdf.content.startswith(b"%PDF")


def test_strangers_and_other_origins_get_nothing(client):
    """Without the link's cookie, or from a page elsewhere, nothing is shown, made or signed."""
    elsewhere = {"origin": "http://elsewhere.example"}
    for path in ("/plan/write", "/plan/write/file", "/plan/write/print"):
        assert client.post(path, data=FIELDS, headers=elsewhere).status_code == 403
    client.cookies.clear()
    for path in ("/plan/write", "/plan/write/file", "/plan/write/print"):
        assert client.post(path, data=FIELDS).status_code == 401
