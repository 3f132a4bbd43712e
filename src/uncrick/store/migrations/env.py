"""Alembic's way in: the migrations run on the connection that is handed over, within its transaction."""

from alembic import context
from sqlalchemy import Connection

from uncrick.store.tables import METADATA

connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
