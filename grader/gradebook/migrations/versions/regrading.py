"""Columns for regrading: the submitted bytes, the whole reports, and changes with reasons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Store submissions and reports, log changes of grades, and record what a mark has seen."""
    op.create_table(
        "submissions",
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_submissions"),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("old_status", sa.Text, nullable=False),
        sa.Column("old_points", sa.Integer),
        sa.Column("new_status", sa.Text, nullable=False),
        sa.Column("new_points", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name="fk_changes_attempt"),
    )
    op.create_index("ix_changes_attempt", "changes", ["attempt"])
    with op.batch_alter_table("attempts") as attempts:
        attempts.add_column(sa.Column("file", sa.Text))
        attempts.add_column(sa.Column("report", sa.LargeBinary))
        attempts.create_index("ix_attempts_submission_hash", ["submission_hash"])
    with op.batch_alter_table("marks") as marks:
        marks.add_column(sa.Column("after", sa.Integer))
    # Marks of the first version were given by a teacher who could see all attempts of the time.
    op.execute(
        'UPDATE marks SET "after" = (SELECT coalesce(max(attempts.id), 0) FROM attempts'
        " WHERE attempts.student = marks.student AND attempts.exercise = marks.exercise"
        " AND attempts.recorded_at <= marks.marked_at)"
    )
    with op.batch_alter_table("marks") as marks:
        marks.alter_column("after", existing_type=sa.Integer, nullable=False)


def downgrade() -> None:
    """Drop the columns and tables."""
    with op.batch_alter_table("marks") as marks:
        marks.drop_column("after")
    with op.batch_alter_table("attempts") as attempts:
        attempts.drop_index("ix_attempts_submission_hash")
        attempts.drop_column("report")
        attempts.drop_column("file")
    op.drop_table("changes")
    op.drop_table("submissions")
