"""Alembic's environment: it runs on the connection that `migrate.py` passes."""

from alembic import context

from grader.gradebook.migrations import VERSION_TABLE
from grader.gradebook.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite alters a table by copying it
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
