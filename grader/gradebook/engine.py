"""Connections to a database, SQLite or PostgreSQL, and the translation of its errors."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from grader.course.phrases import Phrase
from grader.course.system_errors import REASONS, reason
from grader.gradebook.column_types import DamagedValueError
from grader.gradebook.errors import (
    DamagedGradebookError,
    GradebookBusyError,
    GradebookError,
    GradebookUnavailableError,
    MissingDriverError,
    NoGradebookError,
    NotAGradebookError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30  # seconds that one writer waits for another
WRITES = "gradebook_writes"
_LOCK = 0x67726164  # pg_advisory_lock key ("grad") of writers of a gradebook
_POSTGRES_BUSY = ("55P03", "40001", "40P01")  # lock timeout, serialisation, deadlock
_SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
# SQLite's system errors, with the error number of the same meaning.
_SQLITE_SYSTEM = (
    ("SQLITE_CANTOPEN_ISDIR", errno.EISDIR),
    ("SQLITE_READONLY", errno.EROFS),
    ("SQLITE_FULL", errno.ENOSPC),
    ("SQLITE_IOERR", errno.EIO),
    ("SQLITE_NOMEM", errno.ENOMEM),
    ("SQLITE_PERM", errno.EACCES),
)


def database_url(gradebook: str | Path) -> URL:
    """Return the URL of a gradebook, named by a URL or as the path of a file.

    Raises:
        NotAGradebookError: the database is of another kind.

    """
    if "\0" in str(gradebook):
        raise NotAGradebookError(str(gradebook))
    if isinstance(gradebook, Path) or "://" not in gradebook:
        return URL.create("sqlite", database=str(gradebook))
    try:
        url = make_url(gradebook)
    except (ArgumentError, ValueError):
        raise NotAGradebookError(gradebook.split("://", 1)[0] + "://…") from None
    kind = url.drivername.split("+")[0]
    if kind in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or not url.database:
        raise NotAGradebookError(url.render_as_string())
    return URL.create("sqlite", database=url.database)


def display_name(url: URL) -> str:
    """Return the name of a gradebook in messages: its path, or its URL without the password."""
    if url.drivername == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string()


def connect(url: URL, *, create: bool, migrating: bool = False) -> Engine:
    """Return an engine. One for migrating does not enforce foreign keys while a table is copied."""
    try:
        if url.drivername == "sqlite":
            return _sqlite(url, create=create, migrating=migrating)
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        raise MissingDriverError(display_name(url), "postgresql") from None
    event.listen(engine, "begin", _wait_for_other_writers)
    return engine


def _sqlite(url: URL, *, create: bool, migrating: bool) -> Engine:
    path = Path(str(url.database))
    if not create and not path.exists():
        raise NoGradebookError(display_name(url))

    def connection() -> sqlite3.Connection:
        # A file that vanishes during a run is never created again.
        mode = "rwc" if migrating and create else "rw"
        uri = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
        opened = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE)
        opened.execute(f"PRAGMA foreign_keys = {0 if migrating else 1}")
        return opened

    pool = NullPool if migrating else None  # None: SQLAlchemy's own choice
    engine = create_engine("sqlite://", creator=connection, poolclass=pool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Emit BEGIN at once: the sqlite3 module delays it, and leaves changes of tables outside."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_for_other_writers(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


@contextmanager
def translate_db_errors(where: str) -> Iterator[None]:
    """Translate the exceptions of a database into a GradebookError."""
    try:
        yield
    except DBAPIError as error:
        raise _typed(error, where) from error
    except (DamagedValueError, UnicodeDecodeError) as error:
        raise DamagedGradebookError(where) from error
    except SQLAlchemyError as error:
        raise GradebookUnavailableError(where, _first_line(error)) from error
    except OSError as error:
        raise GradebookUnavailableError(where, _first_line(error), reason(error)) from error
    except sqlite3.Error as error:
        raise GradebookUnavailableError(where, _first_line(error), _reason(error)) from error


def _typed(error: DBAPIError, where: str) -> GradebookError:
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", "")
    if name.startswith(_SQLITE_BUSY) or getattr(cause, "sqlstate", None) in _POSTGRES_BUSY:
        return GradebookBusyError(where)
    if name == "SQLITE_NOTADB":
        return NotAGradebookError(where)
    if name.startswith("SQLITE_CORRUPT"):
        return DamagedGradebookError(where)
    return GradebookUnavailableError(where, _first_line(cause or error), _reason(cause))


def _reason(error: BaseException | None) -> Phrase | None:
    """Return the reason of an SQLite error as a phrase, None if there is none."""
    name = getattr(error, "sqlite_errorname", "")
    number = next((number for kind, number in _SQLITE_SYSTEM if name.startswith(kind)), None)
    return None if number is None else Phrase(REASONS[number])


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
