"""What the tests of the pages run on: the application with records of its own, and somebody who posts its forms."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from starlette.testclient import TestClient

from uncrick.app import answering
from uncrick.app.people import people
from uncrick.app.records import open_records
from uncrick.app.screening import rulebook
from uncrick.app.sessions import Sessions
from uncrick.app.whose import local_now
from uncrick.web.door import COOKIE, Door, hosts_for
from uncrick.web.server import make_app

PORT = 8642
ORIGIN = f"http://localhost:{PORT}"


class Visitor:
    """Somebody at a browser without scripts. db : the records behind the pages."""

    def __init__(self, folder: Path) -> None:
        self.db = open_records(folder / "uncrick.db")
        self.door = Door(hosts_for(("localhost",), PORT))
        app = make_app(self.door, Sessions(folder, database=self.db))
        self.client = TestClient(app, base_url=ORIGIN, follow_redirects=True)
        self.client.cookies.set(COOKIE, self.door.token)

    def get(self, path: str) -> str:
        """Return the text of a page."""
        return self.client.get(path).text

    def post(self, path: str, said: Mapping[str, object] | None = None):
        """Post a form as a browser does, with the origin of the page; return the answer after its redirects."""
        return self.client.post(path, data=dict(said or {}), headers={"origin": ORIGIN})

    def begin(self, brings: str = "stiff", name: str = "Ada", number: str = "112"):
        """Come here for the first time; return the first question."""
        return self.post("/begin", {"brings": brings, "name": name, "emergency_number": number})

    def answer_all(self, said: Mapping[str, str] | None = None) -> int:
        """Answer every question that is asked, *said* by id, else no; return how many were asked."""
        n = 0
        while (page := self.get("/questions")) and (found := re.search(r'name="question" value="(\w+)"', page)):
            plainer = "yes" if 'name="plainer" value="yes"' in page else "no"
            answer = (said or {}).get(found[1], "no")
            self.post("/questions", {"question": found[1], "plainer": plainer, "said": answer})
            n += 1
            assert n < 60, "the questions do not end"
        return n

    def arrive(self, conditions: tuple[str, ...] = ()) -> None:
        """Have the whole first run behind them: every question answered with no, a plan for the lower back."""
        self.begin()
        who, now = people(self.db)[-1], local_now()
        for id_ in rulebook().questions:
            answering.put_answer(self.db, who.id, answering.answer_now(id_, "no", now))
        self.post("/conditions", {"condition": list(conditions), "other": ""})
        self.make_plan()

    def make_plan(self, **wish: object):
        """Make a plan from answers."""
        props = ["chair", "mat", "wall", "doorway", "pillow", "strap"]
        return self.post("/begin/plan", {"part": "lower", "minutes": "8", "place": "floor", "prop": props} | wish)


def words_of(html: str) -> str:
    """Return what a person reads of a page: without tags, spaces made one."""
    body = re.sub(r"<head>.*?</head>|<script.*?</script>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def n_questions() -> int:
    """Return how many questions everybody is asked the first time."""
    return sum(not q.applies_with for q in rulebook().questions.values())
