"""The plan and history pages with a person at them: on every width, in both themes, with weeks of records behind."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.web.coach_page import Program, run_program
from tests.web.looked_at import opened_up, too_wide, violations
from uncrick.app.people import new_person
from uncrick.app.planning import check_text, new_plan, new_signing_key, signed
from uncrick.app.plans import add_plan
from uncrick.app.records import open_records
from uncrick.coach.record import HoldRecord, SessionRecord, SetRecord, StopRecord
from uncrick.plan.draft import Signatory
from uncrick.store.ids import new_id
from uncrick.store.sessions import save_session

PAGES = ("plan", "history", "history?weeks=all")


def lived(folder: Path) -> str:
    """Fill the records of *folder* with somebody's three weeks; return the signed text of another plan for them."""
    db = open_records(folder / "uncrick.db")
    who = new_person(db, "Kim")
    today = datetime.now(UTC).astimezone().date()
    with db.writing() as c:
        for n in range(21):
            save_session(c, evening(who.id, today - timedelta(days=n), n))
    text = new_plan("no_floor", Signatory("Ann Lee, PT", "therapist", "Kim", today), frozenset())
    new_signing_key(folder / "ann.key", "")
    text = signed(check_text(text), folder / "ann.key", "", today)
    add_plan(db, who.id, text)
    db.close()
    return text


def evening(person: str, on: date, n: int) -> SessionRecord:
    at = datetime(on.year, on.month, on.day, 19, tzinfo=UTC)
    sets = (
        SetRecord(0, 0, "chair_spinal_twist", "", 4, 4, 5.0, "done", "", False, True),
        SetRecord(1, 1, "chin_tuck", "", 8, 2, 0.0, "stopped" if n == 3 else "skipped", "no_time", False, False),
    )
    holds = tuple(
        HoldRecord(0, k, side, 5.2, 5.0, True, True, 30.0 + n % 5, "trunk_rotation", "deg")
        for k, side in enumerate(("left", "right"))
    )
    stops = (StopRecord(0, 1, 9.0, "chin_tuck", "abrupt", "", "camera"),) if n == 3 else ()
    return SessionRecord(
        new_id(), person, "", "session", at, at + timedelta(minutes=9), on, 0, "finished", "done",
        3 if n % 3 else None, 2, "", "", "both", sets, holds, stops,
    )  # fmt: skip


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run one program for all, with records."""
    folder = tmp_path_factory.mktemp("plan_pages")
    lived(folder)
    with run_program(folder) as program:
        yield program


@pytest.fixture
def visit(browser, program) -> Iterator[Any]:
    """Open a page as somebody who came in by the link."""
    contexts = []

    def open_page(path: str, **values: Any) -> Any:
        context = browser.new_context(**({"viewport": {"width": 1366, "height": 768}} | values))
        contexts.append(context)
        page = context.new_page()
        page.goto(program.link)
        page.goto(f"http://localhost:{program.port}/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_it_fits(visit, path) -> None:
    """axe finds no violation in either theme with everything open, and nothing scrolls sideways from 320 px up."""
    page = visit(path, bypass_csp=True)
    page.wait_for_selector("body[data-ready=yes]")
    opened_up(page)

    assert violations(page) == {}
    assert too_wide(page) == {}


def test_history_is_whole_without_scripts(visit) -> None:
    """Charts with words for them, a table beside each, what was not rated, and no score: before any script."""
    page = visit("history", java_script_enabled=False)

    text = page.locator("main").inner_text()
    for says in ("21 sessions on 21 days", "not rated seven times", "One stop", "Nothing here is a score"):
        assert says in text
    charts = page.locator(".wide svg.history-chart, .several .narrow svg.history-chart")
    assert charts.count() == 2
    assert all(charts.nth(i).get_attribute("aria-label") for i in range(2))
    assert page.locator("#pain ~ details tbody tr").count() == 21


def test_the_report_is_given_as_a_file(visit, tmp_path) -> None:
    """The page for the next visit is saved as PDF or as a page, with a press."""
    page = visit("history?weeks=6")
    for kind, begins in (("pdf", b"%PDF"), ("html", b"<!doctype html>")):
        with page.expect_download() as coming:
            page.click(f"a[href*='report.{kind}']")
        coming.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(begins)


def test_a_key_is_compared_and_known_by_keys_alone(visit) -> None:
    """The tick and the button are reached and pressed by keys; the key is known then, and can be forgotten again."""
    page = visit("plan")
    assert "not known to you" in page.locator("main").inner_text()

    page.focus("input[name=compared]")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan?done=known")
    known = page.locator("main").inner_text()
    page.click("button:has-text('Forget')")
    page.wait_for_url("**/plan?done=forgotten")

    assert "The key is known now" in known
    assert "not known to you" not in known
