"""Students, attempts, marks and settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "students",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_students"),
    )
    _attempts()
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("exercise", sa.Text, nullable=False),
        sa.Column("points", sa.Integer),
        sa.Column("maximum", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("marked_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name="fk_marks_student"),
    )
    op.create_index("ix_marks_student", "marks", ["student", "exercise"])
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("exercise", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("submission_hash", sa.Text, nullable=False),
        sa.Column("late", sa.Boolean),
        sa.Column("submitted_at", sa.Text),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("graded_at", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("points", sa.Integer),
        sa.Column("maximum", sa.Integer, nullable=False),
        sa.Column("grading_hash", sa.Text),
        sa.Column("grader_version", sa.Text),
        sa.Column("seed", sa.Text),
        sa.Column("report_path", sa.Text),
        sa.Column("report_hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name="fk_attempts_student"),
        sa.UniqueConstraint(
            "student", "exercise", "submission_hash", "attempt", name="uq_attempts_handed_in"
        ),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("settings", "marks", "attempts", "students"):
        op.drop_table(table)
