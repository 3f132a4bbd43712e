"""`uncrick plan add`, `tonight`, `history`, `pain`, `urge` and `people` as one person's evenings in a terminal."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from tests.app.lives import evening, evening_at, keep, under_traffic_light
from uncrick.app.people import person_named, set_pin
from uncrick.app.plans import current_plan
from uncrick.app.records import open_records
from uncrick.app.whose import local_now
from uncrick.cli.main import app

RUN = CliRunner()
NO = "no\n" * 40


@pytest.fixture
def where(tmp_path):
    """Where the records of these tests are."""
    return str(tmp_path / "uncrick.db")


@pytest.fixture
def un(where):
    """Run a command on the records."""

    def run(*args: str, code: int = 0, typed: str = ""):
        result = RUN.invoke(app, [*args, "--database", where], input=typed)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def plan(tmp_path, un):
    """A plan that is kept."""
    path = tmp_path / "plan.yaml"
    made = RUN.invoke(app, ["plan", "new", "--programme", "article_four", "--on", "2026-01-05", "-o", str(path)])
    assert made.exit_code == 0, made.output
    return path


def rows(result) -> list[dict]:
    """Return the JSON lines of stdout."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_first_evening_in_a_terminal(plan, un):
    """The plan is kept, every question asked once with its reason, and the sheet shown."""
    added = un("plan", "add", str(plan))
    told = un("plan", "tonight", typed="\n" + NO)

    assert "4 exercises" in added.stdout
    assert told.stderr.count("why: ") > 20
    assert "All questions, because this is the first time." in told.stderr
    assert "butterfly_stretch" in told.stdout
    again = un("plan", "tonight")
    assert "why: " not in again.stderr


def test_conditions_are_asked_at_the_first_evening(plan, un):
    """What somebody has is asked for with the first questions, and leaves out what it excludes."""
    un("plan", "add", str(plan))

    un("plan", "tonight", typed="osteoporosis\n" + NO)
    found = rows(un("plan", "tonight", "--json"))

    left = {row["exercise"]: row["reasons"][0]["rule"] for row in found if "left_out" in row}
    assert left["chair_spinal_twist"] == "excluded"


def test_an_emergency_ends_the_asking_and_stays(plan, un):
    """A yes to the first question ends it all: the message alone, today and the next time, and exit code 1."""
    un("people", "--new", "Kim", "--emergency-number", "0118 999")
    un("plan", "add", str(plan))

    told = un("plan", "tonight", typed="\nyes\n", code=1)
    later = un("plan", "tonight", code=1)

    for output in (told.stdout, later.stdout):
        assert "0118 999" in output
        assert len(output.splitlines()) == 1


def test_without_asking_nothing_is_begun(plan, un):
    """With --no-ask the sheet says which questions are due, and leaves everything out until then."""
    un("plan", "add", str(plan))

    found = rows(un("plan", "tonight", "--no-ask", "--json"))

    assert len(found[0]["questions_due"]) > 20
    assert not [row for row in found if "tonight" in row]


def test_a_bad_plan_is_not_kept(tmp_path, un):
    """Of a plan with problems every one is told with its line, and nothing is kept."""
    path = tmp_path / "bad.yaml"
    path.write_text("plan: x\n")

    told = un("plan", "add", str(path), code=1)

    assert "bad.yaml" in told.stderr
    assert rows(un("plan", "history", "--json")) == []


def test_history_tells_what_changed_and_why(plan, un, where):
    """After a stop the history has the step back with its reason and what would undo it."""
    un("plan", "add", str(plan))
    db = open_records(where)
    me = person_named(db)
    kept = current_plan(db, me.id)
    ago = (local_now().date() - evening_at(0).date()).days - 2
    record = evening(kept, 0, stopped=("butterfly_stretch",))
    from dataclasses import replace

    day = record.on_day + timedelta(days=ago)
    keep(db, replace(record, on_day=day, started_at=record.started_at + timedelta(days=ago)))
    db.close()
    un("plan", "tonight", "--no-ask")

    [head, change] = rows(un("plan", "history", "--json"))
    told = un("plan", "history")

    assert head["title"]
    assert (change["prescription"], change["change"], change["rule"]) == ("butterfly_stretch", "easier", "after_stop")
    assert change["says"] and change["undo"]
    assert "One step back after a stop." in told.stdout


def test_a_morning_is_rated(plan, un):
    """A morning is kept; a number out of reach is wrong use."""
    un("plan", "add", str(plan))

    assert "3 of 10 this morning" in un("pain", "morning", "3").stdout
    un("pain", "morning", "11", code=2)
    assert "no exercises today" in un("pain", "now", "8").stdout


def test_amber_is_asked_for_in_the_terminal(un, where, tmp_path):
    """Under the traffic light `pain morning` says what still has to settle, and `plan tonight` asks for it."""
    un("people", "--new", "Kim")
    db = open_records(where)
    kept = under_traffic_light(db, person_named(db).id, tmp_path)
    began = local_now() - timedelta(days=1)
    offset = int(began.utcoffset().total_seconds()) // 60
    keep(db, evening(kept, 0, started_at=began, ended_at=began, utc_offset_min=offset, pain_after=5))
    db.close()

    told = un("pain", "morning", "3", "--not-settled")
    asked = un("plan", "tonight", typed="yes\n\n" + NO)

    assert "yesterday it rose to 5" in told.stderr
    assert "within 24 hours, was it back to what it was before the session" in asked.stderr
    assert "butterfly_stretch" in asked.stdout and "day of rest" not in asked.stdout
    assert "within 24 hours" not in un("plan", "tonight").stderr


def test_an_urge_gets_a_minute_and_no_pop_is_counted(plan, un):
    """The urge gets something of tonight's sheet, is kept before and after, and the trend waits for enough of them."""
    un("plan", "add", str(plan))
    un("plan", "tonight", typed="\n" + NO)

    told = un("urge", "--urge", "6", "--stiffness", "4", "--after", "2", "--no-wait")
    trend = rows(un("urge", "--trend", "--json"))

    assert "times" in told.stdout
    assert (trend[-2]["urges"], trend[-2]["urge"], trend[-1]["direction"]) == (1, None, "too_little")
    assert not any("pop" in key for row in trend for key in row)


def test_an_urge_before_any_answer_is_breathing_and_walking(un):
    """Without answers there is no exercise instead: breathe and walk, and which questions are due."""
    told = un("urge", "--no-wait", typed="5\n\n\n")

    assert "breathe slowly" in told.stdout
    assert "safety questions" in told.stdout


def test_people_are_listed_and_named(un):
    """Several people are told apart by name; without a name it is not known who is meant."""
    un("people", "--new", "Kim")
    un("people", "--new", "Lou")

    assert [row["name"] for row in rows(un("people", "--json"))] == ["Kim", "Lou"]
    assert "several people" in un("plan", "history", code=2).stderr
    un("plan", "history", "--person", "Lou")


def test_a_pin_is_asked_for(un, where):
    """Who has a PIN is asked for it; a wrong one opens nothing."""
    un("people", "--new", "Kim")
    db = open_records(where)
    set_pin(db, person_named(db).id, "4711")
    db.close()

    un("plan", "history", typed="4711\n")
    told = un("plan", "history", typed="0000\n" * 5, code=1)

    assert "too many wrong PINs" in told.stderr
