"""The batch that has seen an attempt last, so that a file handed in again is the last again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Number attempts in their present order; explicit numbers count as before."""
    with op.batch_alter_table("attempts") as attempts:
        attempts.add_column(sa.Column("numbered", sa.Boolean))
        attempts.add_column(sa.Column("seen", sa.Integer))
        attempts.add_column(sa.Column("seen_at", sa.Text))
    attempts_now = sa.table(
        "attempts", *map(sa.column, ("id", "numbered", "seen", "seen_at", "recorded_at"))
    )
    op.execute(
        attempts_now.update().values(
            numbered=sa.true(), seen=attempts_now.c.id, seen_at=attempts_now.c.recorded_at
        )
    )
    with op.batch_alter_table("attempts") as attempts:
        attempts.alter_column("numbered", existing_type=sa.Boolean, nullable=False)
        attempts.alter_column("seen", existing_type=sa.Integer, nullable=False)
        attempts.alter_column("seen_at", existing_type=sa.Text, nullable=False)
        attempts.create_index("ix_attempts_seen", ["seen"])


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("attempts") as attempts:
        attempts.drop_index("ix_attempts_seen")
        attempts.drop_column("seen_at")
        attempts.drop_column("seen")
        attempts.drop_column("numbered")
