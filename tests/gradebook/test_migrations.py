"""Gradebooks of other versions, and what is no gradebook."""

import sqlite3
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from grader.gradebook.engine import WRITES, connect
from grader.gradebook.engine import database_url as url_of
from grader.gradebook.errors import NewerGradebookError, NoGradebookError, NotAGradebookError
from grader.gradebook.migrate import upgrade
from grader.gradebook.migrations import VERSION_TABLE, VERSIONS
from grader.gradebook.models import Base
from grader.gradebook.store import Store
from grader.gradebook.undo import Decision, Undo

FIRST = """\
INSERT INTO students VALUES ('s1', 'Zoë');
INSERT INTO attempts (id, student, course, exercise, attempt, submission_hash, recorded_at,
  status, points, maximum, report_hash)
  VALUES (1, 's1', 'nn', 'ex11', 1, 'aa', '2026-01-01T00:00:00+00:00', 'needs_review', 250, 1000,
  'rr');
INSERT INTO marks (id, student, exercise, points, maximum, reason, who, marked_at)
  VALUES (1, 's1', 'ex11', 725, 1000, 'because', 'teacher', '2026-01-02T00:00:00+00:00');
INSERT INTO settings VALUES ('policy', 'best');
"""


def run(place, *statements):
    engine = connect(url_of(place), create=True, migrating=True)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        for statement in statements:
            if callable(statement):
                statement(connection)
            else:
                connection.execute(text(statement))
    engine.dispose()


def test_a_gradebook_of_the_first_version_keeps_everything(place):
    run(place, lambda connection: upgrade(connection, "0001"), *FIRST.strip().split(";\n"))
    with Store.open(place, create=False) as store:
        grade = store.grade("s1", "ex11")
        assert (grade.status, str(grade.points), store.policy) == ("marked", "7.25", "best")
        assert store.needs_review() == []
        (attempt,) = store.history("s1").attempts
        assert store.submission(attempt) is None
        assert store.report(attempt) is None
        store.add_student("s2", "Max")


SECOND = """\
INSERT INTO students VALUES ('s1', 'Zoë');
INSERT INTO attempts (student, course, exercise, attempt, submission_hash, file, late,
  submitted_at, recorded_at, status, points, maximum, report_hash) VALUES
  ('s1', 'nn', 'ex11', 1, 'good', 'ex11.py', NULL, NULL, '2026-01-01', 'graded', 400, 400, 'r'),
  ('s1', 'nn', 'ex11', 1, 'bad', 'ex11.py', NULL, NULL, '2026-01-02', 'graded', 0, 400, 'r'),
  ('s1', 'nn', 'ex15', 2, 'new', 'ex15.py', NULL, NULL, '2026-01-03', 'graded', 300, 400, 'r'),
  ('s1', 'nn', 'ex15', 1, 'old', 'ex15.py', NULL, NULL, '2026-01-03', 'graded', 100, 400, 'r'),
  ('s1', 'nn', 'ex42', 1, 'late', 'ex42.py', NULL, '2026-01-09', '2026-01-03', 'graded', 200,
   400, 'r'),
  ('s1', 'nn', 'ex42', 1, 'early', 'ex42.py', NULL, '2026-01-08', '2026-01-03', 'graded', 100,
   400, 'r');
INSERT INTO changes (attempt, changed_at, old_status, old_points, new_status, new_points, why)
  VALUES (2, '2026-01-02', 'graded', 400, 'graded', 0, 'seed');
INSERT INTO marks (student, exercise, points, maximum, reason, who, marked_at, "after")
  VALUES ('s1', 'ex15', NULL, 400, 'because', 'teacher', '2026-01-04', 4);
"""


def second(place):
    run(place, lambda connection: upgrade(connection, "0002"), *SECOND.strip().split(";\n"))


def test_a_gradebook_of_the_second_version_keeps_its_grades_and_their_order(place):
    second(place)
    with Store.open(place, create=False) as store:
        assert [int(grade.points) for grade in store.grades()] == [0, 3, 2]
        history = store.history("s1")
        assert [one.id for one in history.attempts] == [1, 2, 3, 4, 5, 6]
        assert [(one.seen, one.seen_at, one.numbered) for one in history.attempts[:2]] == [
            (1, "2026-01-01", True),
            (2, "2026-01-02", True),
        ]
        assert [change.attempt for change in history.changes] == [2]
        assert store.needs_review() == []


def test_in_a_gradebook_of_the_second_version_a_file_handed_in_again_counts(place, report):
    second(place)
    with Store.open(place) as store:
        bad, good = report(0, handed_in="bad"), report(4, handed_in="good")
        store.record(bad, "s1", "Zoë", numbered=False)
        assert [one.seen for one in store.attempts("ex11")] == [1, 2]
        store.record(good, "s1", "Zoë", numbered=False)
        assert store.grade("s1", "ex11").points == 4
        assert [one.seen for one in store.attempts("ex11")] == [7, 2]
        store.record(report(1, handed_in="worse"), "s1", "Zoë", numbered=False)
        assert store.grade("s1", "ex11").points == 1


def test_references_hold_after_the_migration(place):
    second(place)
    Store.open(place).close()
    engine = connect(url_of(place), create=False)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("DELETE FROM attempts WHERE id = 2"))
    engine.dispose()


def test_a_gradebook_with_data_leads_back_and_up_again(place):
    second(place)
    Store.open(place).close()
    run(place, lambda connection: down(connection, "0002"))
    with Store.open(place) as store:
        assert [int(grade.points) for grade in store.grades()] == [0, 3, 2]


def test_the_tables_are_those_of_the_models(place):
    Store.open(place).close()
    engine = connect(url_of(place), create=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def down(connection, target):
    from alembic import command  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "grader.gradebook:migrations")
    config.attributes["connection"] = connection
    command.downgrade(config, target)


def test_migrations_lead_back_as_well(place):
    Store.open(place).close()
    run(place, lambda connection: down(connection, "0001"))
    Store.open(place).close()


def test_the_versions_are_those_of_the_migrations():
    config = Config()
    config.set_main_option("script_location", "grader.gradebook:migrations")
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(revision.revision for revision in revisions)[::-1] == VERSIONS


def test_a_newer_gradebook_is_refused_and_left_alone(place):
    with Store.open(place) as store:
        store.add_student("s1", "Zoë")
    run(place, "UPDATE gradebook_version SET version_num = '9999'")
    with pytest.raises(NewerGradebookError) as refused:
        Store.open(place)
    assert refused.value.detail == "9999"
    today = VERSIONS[-1]
    run(place, f"UPDATE gradebook_version SET version_num = '{today}'")  # noqa: S608
    with Store.open(place) as store:
        assert [student.id for student in store.students()] == ["s1"]


def test_a_migration_that_fails_leaves_the_old_version(place, monkeypatch):
    from grader.gradebook import migrate  # noqa: PLC0415

    run(place, lambda connection: upgrade(connection, "0001"), *FIRST.strip().split(";\n"))

    def fails(connection):
        upgrade(connection)
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", fails)
        with pytest.raises(RuntimeError):
            Store.open(place)
    with Store.open(place) as store:
        assert store.grade("s1", "ex11").points == store.history("s1").marks[0].points


def test_somebody_elses_tables_are_left_alone(place):
    run(place, "CREATE TABLE students (id TEXT)")
    with pytest.raises(NotAGradebookError):
        Store.open(place)
    run(place, "INSERT INTO students VALUES ('still there')")


def test_a_file_of_another_kind_is_left_alone(tmp_path):
    file = tmp_path / "grades.xlsx"
    file.write_bytes(b"PK\x03\x04" + b"not a database" * 100)
    before = file.read_bytes()
    with pytest.raises(NotAGradebookError):
        Store.open(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("url", ["mysql://root:secret@host/db", "sqlite://", "postgres//x://y"])
def test_other_databases_are_refused_without_telling_the_password(url):
    with pytest.raises(NotAGradebookError) as refused:
        Store.open(url)
    assert "secret" not in str(refused.value)


def test_reading_makes_no_gradebook(tmp_path):
    file = tmp_path / "gradebook.sqlite"
    with pytest.raises(NoGradebookError):
        Store.open(file, create=False)
    assert not file.exists()
    sqlite3.connect(file).close()
    file.touch()
    with pytest.raises(NoGradebookError):
        Store.open(file, create=False)


def test_no_gradebook_in_an_empty_postgresql_database(server):
    with pytest.raises(NoGradebookError):
        Store.open(server.database(), create=False)


THIRD = """\
INSERT INTO students VALUES ('s1', 'Zoë'), ('s2', 'Max');
INSERT INTO attempts (student, course, exercise, attempt, numbered, submission_hash, file,
  recorded_at, seen, seen_at, status, points, maximum, seed, report_hash) VALUES
  ('s1', 'nn', 'ex11', 1, true, 'a', 'ex11.py', '2026-01-01', 1, '2026-01-01', 'graded', 400, 400,
   '7', 'r'),
  ('s1', 'nn', 'ex15', 1, false, 'b', 'ex15.py', '2026-01-02', 2, '2026-01-02', 'graded', 100, 400,
   '7', 'r');
INSERT INTO marks (student, exercise, points, maximum, reason, who, marked_at, "after")
  VALUES ('s1', 'ex14', 400, 400, 'typo', 'teacher', '2026-01-04', 0),
  ('s1', 'ex14', NULL, 400, 'undone', 'teacher', '2026-01-05', 0);
INSERT INTO settings VALUES ('seed', '7'), ('policy', 'best');
"""


def test_a_gradebook_of_the_third_version_can_undo_and_draws_from_another_seed(place):
    run(place, lambda connection: upgrade(connection, "0003"), *THIRD.strip().split(";\n"))
    with Store.open(place, create=False) as store:
        assert {(one.student, one.exercise): one.points for one in store.grades()} == {
            ("s1", "ex11"): 4,
            ("s1", "ex15"): 1,
            ("s2", "ex11"): 0,
            ("s2", "ex15"): 0,
        }
        assert [(one.number, one.attempts) for one in store.batches()] == [(1, 1), (2, 1)]
        assert store.seed == 7
        assert store.open_seed() != 7, "reports of this seed may have been handed back"
        assert {seed for *_, seed in store.judged_under()} == {7}
        Undo(store).remove_batch(2, Decision("wrong folder", "Eve"))
        assert {one.exercise for one in store.grades()} == {"ex11"}
    run(place, lambda connection: down(connection, "0003"))
    with Store.open(place) as store:
        assert {one.exercise for one in store.grades()} == {"ex11", "ex15"}


def has_no_reachable(connection):
    for table in ("attempts", "changes"):
        names = {column["name"] for column in inspect(connection).get_columns(table)}
        assert not [name for name in names if "reachable" in name]


def test_a_gradebook_of_the_fourth_version_takes_what_was_in_reach_from_its_reports(place, report):
    with Store.open(place) as store:
        for status, reachable in (("incomplete", 8), ("needs_review", 8), ("graded", 10)):
            part = report(7, status, reachable=Decimal(reachable))
            store.record(part, status, "Zoë")
    run(place, lambda connection: down(connection, "0004"))
    run(place, has_no_reachable)
    with Store.open(place) as store:
        assert [one.reachable for one in store.attempts()] == [8, 8, 10]
        assert [one.points for one in store.attempts()] == [7, 7, 7]
