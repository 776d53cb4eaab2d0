"""The points that an attempt could reach where it was judged, and before and after a change."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_PARTLY = ("incomplete", "needs_review")  # all others were judged completely, or not at all
_HUNDREDTHS = 100


def upgrade() -> None:
    """Fill the columns from the reports; an attempt without a report counts as fully reachable."""
    with op.batch_alter_table("attempts") as attempts:
        attempts.add_column(sa.Column("reachable", sa.Integer))
    with op.batch_alter_table("changes") as changes:
        changes.add_column(sa.Column("old_reachable", sa.Integer))
        changes.add_column(sa.Column("new_reachable", sa.Integer))
    op.execute("UPDATE attempts SET reachable = maximum")
    attempts_now = sa.table(
        "attempts",
        sa.column("id", sa.Integer),
        sa.column("status", sa.Text),
        sa.column("report", sa.LargeBinary),
        sa.column("reachable", sa.Integer),
    )
    connection = op.get_bind()
    partly = attempts_now.c.status.in_(_PARTLY), attempts_now.c.report.is_not(None)
    for id_ in connection.scalars(sa.select(attempts_now.c.id).where(*partly)).all():
        of_one = attempts_now.c.id == id_
        packed = connection.execute(sa.select(attempts_now.c.report).where(of_one)).scalar_one()
        told = json.loads(zlib.decompress(packed))["reachable"]
        reachable = round(told * _HUNDREDTHS)
        connection.execute(attempts_now.update().where(of_one).values(reachable=reachable))
    with op.batch_alter_table("attempts") as attempts:
        attempts.alter_column("reachable", existing_type=sa.Integer, nullable=False)


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("changes") as changes:
        changes.drop_column("new_reachable")
        changes.drop_column("old_reachable")
    with op.batch_alter_table("attempts") as attempts:
        attempts.drop_column("reachable")
