"""Gradebooks of other versions, and what is no gradebook."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from grader.gradebook.engine import WRITES, connect
from grader.gradebook.engine import place as url_of
from grader.gradebook.errors import NewerGradebook, NoGradebook, NotAGradebook
from grader.gradebook.migrate import upgrade
from grader.gradebook.migrations import VERSION_TABLE, VERSIONS
from grader.gradebook.models import Base
from grader.gradebook.store import Store

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
        store.enrol("s2", "Max")


def test_the_tables_are_those_of_the_models(place):
    Store.open(place).close()
    engine = connect(url_of(place), create=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrations_lead_back_as_well(place):
    def down(connection):
        from alembic import command  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", "grader.gradebook:migrations")
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")

    Store.open(place).close()
    run(place, down)
    Store.open(place).close()


def test_the_versions_are_those_of_the_migrations():
    config = Config()
    config.set_main_option("script_location", "grader.gradebook:migrations")
    revisions = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(revision.revision for revision in revisions)[::-1] == VERSIONS


def test_a_newer_gradebook_is_refused_and_left_alone(place):
    with Store.open(place) as store:
        store.enrol("s1", "Zoë")
    run(place, "UPDATE gradebook_version SET version_num = '9999'")
    with pytest.raises(NewerGradebook) as refused:
        Store.open(place)
    assert refused.value.detail == "9999"
    run(place, "UPDATE gradebook_version SET version_num = '0002'")
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
    with pytest.raises(NotAGradebook):
        Store.open(place)
    run(place, "INSERT INTO students VALUES ('still there')")


def test_a_file_of_another_kind_is_left_alone(tmp_path):
    file = tmp_path / "grades.xlsx"
    file.write_bytes(b"PK\x03\x04" + b"not a database" * 100)
    before = file.read_bytes()
    with pytest.raises(NotAGradebook):
        Store.open(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("url", ["mysql://root:secret@host/db", "sqlite://", "postgres//x://y"])
def test_other_databases_are_refused_without_telling_the_password(url):
    with pytest.raises(NotAGradebook) as refused:
        Store.open(url)
    assert "secret" not in str(refused.value)


def test_reading_makes_no_gradebook(tmp_path):
    file = tmp_path / "gradebook.sqlite"
    with pytest.raises(NoGradebook):
        Store.open(file, create=False)
    assert not file.exists()
    sqlite3.connect(file).close()
    file.touch()
    with pytest.raises(NoGradebook):
        Store.open(file, create=False)


def test_no_gradebook_in_an_empty_postgresql_database(server):
    with pytest.raises(NoGradebook):
        Store.open(server.database(), create=False)
