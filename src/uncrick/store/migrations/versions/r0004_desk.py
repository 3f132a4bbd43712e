"""The desk: spells of sitting, owed breaks, breaks begun, changes of position."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    ended = sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False)
    _table("desk_breaks", ended, sa.Column("what", sa.JSON(), nullable=False), _text("ending"))
    _table("desk_changes", _text("to_position"), _text("by"))
    _table("desk_owed", _text("became"), sa.Column("offered", sa.Boolean(), nullable=False), _text("held"))
    _table(
        "desk_spells",
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sat_s", sa.Double(), nullable=False),
        sa.Column("unseen_s", sa.Double(), nullable=False),
        _text("why"),
    )


def _table(name: str, *columns: sa.Column[Any]) -> None:
    check = f"ck_{name}_utc_offset_min"
    op.create_table(
        name,
        _text("id"),
        _text("person"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "utc_offset_min",
            sa.Integer(),
            sa.CheckConstraint("utc_offset_min BETWEEN -1439 AND 1439", name=op.f(check)),
            nullable=False,
        ),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f(f"fk_{name}_person"), ondelete="CASCADE"),
    )
    op.create_index(op.f(f"ix_{name}_person_at"), name, ["person", "at"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
