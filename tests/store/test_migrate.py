"""The migrations make exactly the tables that the code works with, and the file names tell their order."""

import re

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from uncrick.store.migrate import upgrade
from uncrick.store.revisions import FOLDER, HEAD, REVISIONS
from uncrick.store.tables import METADATA


def schema_of(c) -> dict[str, str]:
    """Return how each table and index of a SQLite database was made, in one spelling."""
    rows = c.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"))
    return {name: ", ".join(sorted(re.split(r",\s+", re.sub(r"\s+", " ", sql)))) for name, sql in rows}


def test_migrations_make_the_tables_of_the_code():
    """A database that was migrated from nothing has the same tables, bounds, links and indexes as the code's."""
    migrated, made = create_engine("sqlite://"), create_engine("sqlite://")

    with migrated.begin() as c:
        upgrade(c)
        by_migration = schema_of(c)
    with made.begin() as c:
        METADATA.create_all(c)
        by_code = schema_of(c)

    assert by_migration == by_code
    assert len(by_code) > 20


def test_migrations_make_the_same_on_postgresql(db):
    """On both databases there are the tables of the code, with their columns, and none of which it knows nothing."""
    with db.reading() as c:
        found = inspect(c)
        columns = {name: [one["name"] for one in found.get_columns(name)] for name in found.get_table_names()}

    assert columns.pop("alembic_version")
    assert columns == {table.name: [column.name for column in table.columns] for table in METADATA.sorted_tables}


def test_the_numbers_of_the_files_are_the_order_of_the_migrations():
    """`REVISIONS`, read off the file names, is what Alembic follows from the first to the last: one line, no branch."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory.from_config(config)

    assert script.get_heads() == [HEAD]
    assert tuple(one.revision for one in reversed(list(script.walk_revisions()))) == REVISIONS


def test_every_row_belongs_to_somebody():
    """Each table leads to a person, by its own columns or through one other, so that nothing outlives its person."""
    owned = {"people"}
    for table in METADATA.sorted_tables:
        leads = [key for key in table.foreign_keys if key.ondelete == "CASCADE" and key.column.table.name in owned]
        assert table.name == "people" or leads, table.name
        owned.add(table.name)
