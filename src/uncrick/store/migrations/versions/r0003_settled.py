"""Which sessions an evening has been decided from."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "settled",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", name=op.f("pk_settled")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_settled_session"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name=op.f("fk_settled_plan"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_settled_plan"), "settled", ["plan"])
