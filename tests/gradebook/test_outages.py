"""Databases that go away, fill up or are busy: a typed error, and nothing lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.gradebook import engine
from grader.gradebook.errors import (
    GradebookBusyError,
    GradebookUnavailableError,
    MissingDriverError,
)
from grader.gradebook.store import Store

WRITER = """\
import sys
from grader.gradebook.store import Store
with Store.open(sys.argv[1]) as store:
    for number in range(25):
        store.add_student(f"{sys.argv[2]}-{number}", "name")
"""
# A file that may not grow stands for a full disk: SQLite's writes fail in the middle.
FILLED = """\
import os, resource, sys
from grader.gradebook.errors import GradebookUnavailableError
from grader.gradebook.store import Store
with Store.open(sys.argv[1]) as store:
    store.add_student("before", "name")
    size = os.path.getsize(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        store.add_student("after", "x" * 100_000)
    except GradebookUnavailableError as error:
        print("gone", error.where)
"""


def start(program, *arguments):
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_server_that_dies_in_the_middle_loses_nothing_recorded(server, report):
    with Store.open(server.database()) as store:
        store.record(report(3), "s1", "Zoë")
        server.kill()
        try:
            with pytest.raises(GradebookUnavailableError) as gone:
                store.record(report(4), "s2", "Max")
        finally:
            server.start()
        assert gone.value.detail
        # The same store goes on once the server is back.
        store.record(report(4), "s2", "Max")
        assert [grade.points for grade in store.grades()] == [3, 4]


def test_a_server_that_dies_within_a_transaction_keeps_none_of_it(server, report):
    def half():
        with store.transaction():
            store.record(report(4), "s2", "Max")
            server.kill()
            store.record(report(5), "s3", "Eve")

    with Store.open(server.database()) as store:
        store.record(report(3), "s1", "Zoë")
        try:
            with pytest.raises(GradebookUnavailableError):
                half()
        finally:
            server.start()
        assert [student.id for student in store.students()] == ["s1"]


def test_a_server_that_is_not_there(server):
    url = server.database().replace(str(server.folder), f"{server.folder}/nowhere")
    with pytest.raises(GradebookUnavailableError):
        Store.open(url)


def test_a_file_that_was_removed_is_not_made_again(tmp_path, report):
    file = tmp_path / "gradebook.sqlite"
    with Store.open(file) as store:
        store.record(report(3), "s1", "Zoë")
        file.rename(tmp_path / "moved.sqlite")
        with pytest.raises(GradebookUnavailableError):
            store.record(report(4), "s2", "Max")
        assert not file.exists()
        (tmp_path / "moved.sqlite").rename(file)
        store.record(report(4), "s2", "Max")
    with Store.open(file) as store:
        assert len(store.students()) == 2


def test_a_disk_that_is_full(tmp_path):
    file = tmp_path / "gradebook.sqlite"
    done = start(FILLED, file)
    out, err = done.communicate(timeout=300)
    assert out.split() == ["gone", str(file)], err
    with Store.open(file) as store:
        assert [student.id for student in store.students()] == ["before"]


@pytest.mark.parametrize("target", [Path("missing") / "gradebook.sqlite", Path()])
def test_a_place_where_no_file_can_be(tmp_path, target):
    with pytest.raises(GradebookUnavailableError):
        Store.open(tmp_path / target)


def test_two_writers_take_turns(place):
    writers = [start(WRITER, place, name) for name in ("a", "b")]  # both make the tables, too
    for writer in writers:
        _, err = writer.communicate(timeout=300)
        assert writer.returncode == 0, err
    with Store.open(place) as store:
        assert len(store.students()) == 50


def test_a_writer_that_does_not_end_is_not_waited_for_for_ever(place, monkeypatch):
    Store.open(place).close()
    monkeypatch.setattr(engine, "PATIENCE", 1)
    with Store.open(place) as one, Store.open(place) as other:
        with one.transaction():
            one.add_student("s1", "Zoë")
            with pytest.raises(GradebookBusyError):
                other.add_student("s2", "Max")
            assert other.students() == []  # reading goes on
        other.add_student("s2", "Max")
        assert len(one.students()) == 2


def test_without_the_driver_of_postgresql_there_is_a_typed_error(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingDriverError) as missing:
        Store.open("postgresql://somewhere/db")
    assert missing.value.detail == "postgresql"
