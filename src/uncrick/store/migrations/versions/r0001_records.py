"""People, their plans, and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each after those that it names."""
    _people()
    _known_keys()
    _plans()
    _decisions()
    _sessions()
    _standings()
    _holds()
    _hurts()
    _pops()
    _sets()
    _stops()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column(
            "pin_failures",
            sa.Integer(),
            sa.CheckConstraint("pin_failures BETWEEN 0 AND 2147483647", name=op.f("ck_people_pin_failures")),
            nullable=False,
        ),
        sa.Column("pin_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )


def _known_keys() -> None:
    op.create_table(
        "known_keys",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", "public_key", name=op.f("pk_known_keys")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_known_keys_person"), ondelete="CASCADE"),
    )


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("signer_key", sa.Text(), nullable=False),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_plans_person"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_plans_person_added_at"), "plans", ["person", "added_at"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("prescription", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("plan", "on_day", "prescription", name=op.f("pk_decisions")),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name=op.f("fk_decisions_plan"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_decisions_plan_rule_on_day"), "decisions", ["plan", "rule", "on_day"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column(
            "utc_offset_min",
            sa.Integer(),
            sa.CheckConstraint("utc_offset_min BETWEEN -1439 AND 1439", name=op.f("ck_sessions_utc_offset_min")),
            nullable=False,
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column(
            "pain_before",
            sa.Integer(),
            sa.CheckConstraint("pain_before BETWEEN 0 AND 10", name=op.f("ck_sessions_pain_before")),
            nullable=True,
        ),
        sa.Column(
            "pain_after",
            sa.Integer(),
            sa.CheckConstraint("pain_after BETWEEN 0 AND 10", name=op.f("ck_sessions_pain_after")),
            nullable=True,
        ),
        sa.Column("felt_right", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("watched", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_sessions_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name=op.f("fk_sessions_plan"), ondelete="SET NULL"),
    )
    op.create_index(op.f("ix_sessions_person_on_day"), "sessions", ["person", "on_day"])
    op.create_index(op.f("ix_sessions_plan_id"), "sessions", ["plan", "id"])
    days = ["person", "kind", "on_day", "started_at", "utc_offset_min"]
    op.create_index(op.f("ix_sessions_person_kind_on_day_started_at_utc_offset_min"), "sessions", days)


def _standings() -> None:
    op.create_table(
        "standings",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("prescription", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("plan", "prescription", name=op.f("pk_standings")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_standings_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name=op.f("fk_standings_plan"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_standings_person"), "standings", ["person"])


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column(
            "set_n",
            sa.Integer(),
            sa.CheckConstraint("set_n BETWEEN 0 AND 2147483647", name=op.f("ck_holds_set_n")),
            nullable=False,
        ),
        sa.Column(
            "n", sa.Integer(), sa.CheckConstraint("n BETWEEN 0 AND 2147483647", name=op.f("ck_holds_n")), nullable=False
        ),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("hold_s", sa.Double(), nullable=False),
        sa.Column("asked_s", sa.Double(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("peak", sa.Double(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "set_n", "n", name=op.f("pk_holds")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_holds_session"), ondelete="CASCADE"),
    )


def _hurts() -> None:
    op.create_table(
        "hurts",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column(
            "n", sa.Integer(), sa.CheckConstraint("n BETWEEN 0 AND 2147483647", name=op.f("ck_hurts_n")), nullable=False
        ),
        sa.Column(
            "set_n",
            sa.Integer(),
            sa.CheckConstraint("set_n BETWEEN -1 AND 2147483647", name=op.f("ck_hurts_set_n")),
            nullable=False,
        ),
        sa.Column("at_s", sa.Double(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Integer(),
            sa.CheckConstraint("level BETWEEN 0 AND 10", name=op.f("ck_hurts_level")),
            nullable=True,
        ),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "n", name=op.f("pk_hurts")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_hurts_session"), ondelete="CASCADE"),
    )


def _pops() -> None:
    op.create_table(
        "pops",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column(
            "n", sa.Integer(), sa.CheckConstraint("n BETWEEN 0 AND 2147483647", name=op.f("ck_pops_n")), nullable=False
        ),
        sa.Column(
            "set_n",
            sa.Integer(),
            sa.CheckConstraint("set_n BETWEEN -1 AND 2147483647", name=op.f("ck_pops_set_n")),
            nullable=False,
        ),
        sa.Column("at_s", sa.Double(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("hurt", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("session", "n", name=op.f("pk_pops")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_pops_session"), ondelete="CASCADE"),
    )


def _sets() -> None:
    op.create_table(
        "sets",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column(
            "n", sa.Integer(), sa.CheckConstraint("n BETWEEN 0 AND 2147483647", name=op.f("ck_sets_n")), nullable=False
        ),
        sa.Column(
            "at",
            sa.Integer(),
            sa.CheckConstraint("at BETWEEN 0 AND 2147483647", name=op.f("ck_sets_at")),
            nullable=False,
        ),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("prescription", sa.Text(), nullable=False),
        sa.Column(
            "n_asked",
            sa.Integer(),
            sa.CheckConstraint("n_asked BETWEEN 0 AND 2147483647", name=op.f("ck_sets_n_asked")),
            nullable=False,
        ),
        sa.Column(
            "n_done",
            sa.Integer(),
            sa.CheckConstraint("n_done BETWEEN 0 AND 2147483647", name=op.f("ck_sets_n_done")),
            nullable=False,
        ),
        sa.Column("hold_asked_s", sa.Double(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("easier", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("seen_fraction", sa.Double(), nullable=True),
        sa.Column(
            "n_seen",
            sa.Integer(),
            sa.CheckConstraint("n_seen BETWEEN 0 AND 2147483647", name=op.f("ck_sets_n_seen")),
            nullable=False,
        ),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("session", "n", name=op.f("pk_sets")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_sets_session"), ondelete="CASCADE"),
    )


def _stops() -> None:
    op.create_table(
        "stops",
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column(
            "n", sa.Integer(), sa.CheckConstraint("n BETWEEN 0 AND 2147483647", name=op.f("ck_stops_n")), nullable=False
        ),
        sa.Column(
            "set_n",
            sa.Integer(),
            sa.CheckConstraint("set_n BETWEEN -1 AND 2147483647", name=op.f("ck_stops_set_n")),
            nullable=False,
        ),
        sa.Column("at_s", sa.Double(), nullable=False),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session", "n", name=op.f("pk_stops")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_stops_session"), ondelete="CASCADE"),
    )
