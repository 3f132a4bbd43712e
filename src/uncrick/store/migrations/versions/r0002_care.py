"""What care decides by: answers, conditions, clearances, pain, urges."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each after those that it names."""
    _answers()
    _clearances()
    _conditions()
    _urges()
    _pains()


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "utc_offset_min",
            sa.Integer(),
            sa.CheckConstraint("utc_offset_min BETWEEN -1439 AND 1439", name=op.f("ck_answers_utc_offset_min")),
            nullable=False,
        ),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("plainer", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_answers_person"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_answers_person_at"), "answers", ["person", "at"])
    op.create_index(op.f("ix_answers_person_said_at_question"), "answers", ["person", "said", "at", "question"])


def _clearances() -> None:
    op.create_table(
        "clearances",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearances")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_clearances_person"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_clearances_person"), "clearances", ["person"])


def _conditions() -> None:
    op.create_table(
        "conditions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_conditions_person"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_conditions_person"), "conditions", ["person"])


def _urges() -> None:
    op.create_table(
        "urges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "utc_offset_min",
            sa.Integer(),
            sa.CheckConstraint("utc_offset_min BETWEEN -1439 AND 1439", name=op.f("ck_urges_utc_offset_min")),
            nullable=False,
        ),
        sa.Column(
            "urge",
            sa.Integer(),
            sa.CheckConstraint("urge BETWEEN 0 AND 10", name=op.f("ck_urges_urge")),
            nullable=False,
        ),
        sa.Column(
            "stiffness",
            sa.Integer(),
            sa.CheckConstraint("stiffness BETWEEN 0 AND 10", name=op.f("ck_urges_stiffness")),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Integer(),
            sa.CheckConstraint("after BETWEEN 0 AND 10", name=op.f("ck_urges_after")),
            nullable=True,
        ),
        sa.Column("swap", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urges")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_urges_person"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_urges_person_at"), "urges", ["person", "at"])


def _pains() -> None:
    op.create_table(
        "pains",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "utc_offset_min",
            sa.Integer(),
            sa.CheckConstraint("utc_offset_min BETWEEN -1439 AND 1439", name=op.f("ck_pains_utc_offset_min")),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Integer(),
            sa.CheckConstraint("level BETWEEN 0 AND 10", name=op.f("ck_pains_level")),
            nullable=True,
        ),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pains")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_pains_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_pains_session"), ondelete="SET NULL"),
    )
    op.create_index(op.f("ix_pains_person_on_day"), "pains", ["person", "on_day"])
    op.create_index(op.f("ix_pains_session"), "pains", ["session"])
