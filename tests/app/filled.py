"""Databases with something of everything, for the tests that take records out, put them in, copy and erase them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings

from tests.store.conftest import cluster
from tests.store.samples import DAY, NOON, a_key, a_person, a_plan, a_session
from uncrick.care.pain import PainRecord
from uncrick.care.screening import Answer
from uncrick.plan.progress import Decision, Standing
from uncrick.plan.record import Amount
from uncrick.store.answers import save_answers
from uncrick.store.database import Database, open_database
from uncrick.store.owned import load_rows, tables
from uncrick.store.pain import save_pain
from uncrick.store.people import delete_person, load_people, save_person
from uncrick.store.plans import save_decisions, save_known_key, save_plan, save_standings
from uncrick.store.sessions import save_session
from uncrick.store.settled import save_settled

__all__ = ["cluster"]

law = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def rows_of(db: Database) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table."""
    with db.reading() as c:
        return {table.name: list(load_rows(c, table)) for table in tables()}


def fill(db: Database, person: str = "kim", word: str = "warm room") -> None:
    """Keep something of everything of one person; *word* stands in the note of the session."""
    plan, session = a_plan(f"plan-{person}", person), f"s-{person}"
    amount = Amount("bridge", 1, 5, 5.0)
    with db.writing() as c:
        save_person(c, a_person(person, person.title()))
        save_plan(c, plan)
        save_known_key(c, a_key(person))
        save_standings(c, person, plan.id, {"p1": Standing(amount, (amount,), 1, raised_on=DAY)})
        save_decisions(c, plan.id, DAY, [Decision("p1", "same", amount, amount, "not_yet", (("clean", 1),))])
        save_session(c, replace(a_session(session, person, plan=plan.id), note=word))
        save_settled(c, plan.id, [session])
        save_answers(c, person, [Answer("bladder", "no", NOON, "w1")])
        save_pain(c, person, PainRecord(f"p-{person}", NOON, DAY, "after", 3, session, "low back", ("dull",)))


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Iterator[tuple[Database, Database]]:
    """Two databases, for laws that empty them themselves."""
    folder = tmp_path_factory.mktemp("two")
    both = open_database(folder / "here.db"), open_database(folder / "there.db")
    yield both
    for database in both:
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def there(request, tmp_path) -> Iterator[Database]:
    """Another database, of each kind, to put records in."""
    where = tmp_path / "there.db" if request.param == "sqlite" else request.getfixturevalue("cluster").new_database()
    database = open_database(where)
    yield database
    database.close()


@pytest.fixture
def here(tmp_path) -> Iterator[Database]:
    """A database with something of everything of two people."""
    database = open_database(tmp_path / "kept" / "uncrick.db")
    fill(database, "kim")
    fill(database, "lou")
    yield database
    database.close()


def emptied(db: Database) -> Database:
    with db.writing() as c:
        for person in load_people(c):
            delete_person(c, person.id)
    return db
