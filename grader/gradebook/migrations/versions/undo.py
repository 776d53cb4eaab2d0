"""Removals with reasons, the batch that brought an attempt, and seeds that end with a batch."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing is removed yet. For old attempts only the last batch that brought them is known."""
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("student", sa.Text),
        sa.Column("exercise", sa.Text),
        sa.Column("number", sa.Integer),
        sa.Column("into", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("removed_at", sa.Text, nullable=False),
        sa.Column("restored_at", sa.Text),
        sa.Column("restored_by", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_removals"),
    )
    with op.batch_alter_table("students") as students:
        students.add_column(sa.Column("batch", sa.Integer))
        students.add_column(sa.Column("merged_into", sa.Text))
        students.add_column(sa.Column("removal", sa.Integer))
        students.create_foreign_key("fk_students_merged_into", "students", ["merged_into"], ["id"])
        students.create_foreign_key("fk_students_removal", "removals", ["removal"], ["id"])
    for name in ("attempts", "marks"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("removal", sa.Integer))
            table.create_foreign_key(f"fk_{name}_removal", "removals", ["removal"], ["id"])
    with op.batch_alter_table("attempts") as attempts:
        attempts.add_column(sa.Column("batch", sa.Integer))
    op.execute("UPDATE attempts SET batch = seen")
    op.execute(
        "UPDATE students SET batch = (SELECT coalesce(min(attempts.batch), 0) FROM attempts"
        " WHERE attempts.student = students.id)"
    )
    for name in ("attempts", "students"):
        with op.batch_alter_table(name) as table:
            table.alter_column("batch", existing_type=sa.Integer, nullable=False)
    # Reports of the seed in use may have been handed back: later submissions get another one.
    op.execute("INSERT INTO settings SELECT 'ended_seed', value FROM settings WHERE name = 'seed'")


def downgrade() -> None:
    """Drop removals: what was removed counts again. Merges stay."""
    op.execute("DELETE FROM settings WHERE name = 'ended_seed'")
    for name, columns in (
        ("attempts", ("removal", "batch")),
        ("marks", ("removal",)),
        ("students", ("removal", "merged_into", "batch")),
    ):
        with op.batch_alter_table(name) as table:
            for column in columns:
                if column in {"removal", "merged_into"}:
                    table.drop_constraint(f"fk_{name}_{column}", type_="foreignkey")
                table.drop_column(column)
    op.drop_table("removals")
