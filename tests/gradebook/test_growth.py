"""A further attempt costs the same in a large gradebook: recording it reads no table as a whole."""

import sqlite3

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from grader.gradebook.handin_order import BatchImport
from grader.gradebook.store import Store, SubmittedFile


@pytest.fixture
def statements():
    """The statements that are sent, with their parameters."""
    sent = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        sent.append((statement, parameters))

    event.listen(Engine, "after_cursor_execute", note)
    yield sent
    event.remove(Engine, "after_cursor_execute", note)


@pytest.mark.parametrize("again", [False, True])
def test_recording_scans_nothing(tmp_path, report, statements, again):
    place = tmp_path / "book.sqlite"

    def record(number):
        file = SubmittedFile("ex11.py", f"# {number}\n".encode())
        store.record(report(), f"s{number}", f"s{number}", file=file)

    with Store.open(place) as store, store.transaction(BatchImport()):
        record(1)
        record(2)  # what a run asks once has been asked
        del statements[:]
        record(2 if again else 3)
        asked = list(statements)
    assert asked
    with sqlite3.connect(place) as connection:
        plans = {
            statement: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", p)]
            for statement, p in asked
            if not statement.startswith("SAVEPOINT") and not statement.startswith("RELEASE")
        }
    connection.close()
    assert {s for s, steps in plans.items() if any(x.startswith("SCAN") for x in steps)} == set()
