"""Migration of a gradebook's tables to the current version, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from grader.gradebook.engine import WRITES
from grader.gradebook.errors import NewerGradebookError, NoGradebookError, NotAGradebookError
from grader.gradebook.migrations import VERSION_TABLE, VERSIONS
from grader.gradebook.models import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def version(connection: Connection, where: str) -> str | None:
    """Return the version of the tables, None if there are none.

    Raises:
        NewerGradebookError: this grader does not support it.
        NotAGradebookError: the tables belong to another program.

    """
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        ours = tables if connection.dialect.name == "sqlite" else tables & set(Base.metadata.tables)
        if ours:
            raise NotAGradebookError(where)
        return None
    found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    if found is None:
        return None
    if found not in VERSIONS:
        raise NewerGradebookError(where, str(found))
    return str(found)


def migrate(engine: Engine, where: str, *, create: bool) -> None:
    """Create the tables, or migrate them; current ones are only read.

    Raises:
        NoGradebookError: there are no tables, and ``create`` is false.
        NewerGradebookError: this grader does not support their version.
        NotAGradebookError: they belong to another program.

    """
    with engine.begin() as connection:
        found = version(connection, where)
    if found is None and not create:
        raise NoGradebookError(where)
    if found != VERSIONS[-1]:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            if version(connection, where) != VERSIONS[-1]:  # no other process was faster
                upgrade(connection)


def upgrade(connection: Connection, target: str = "head") -> None:
    """Run the migrations up to the version ``target``."""
    from alembic import command  # noqa: PLC0415 - takes its time, and is rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "grader.gradebook:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
