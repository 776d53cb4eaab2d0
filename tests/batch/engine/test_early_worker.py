"""The first worker of a batch gets ready before the class is read, and leaves nothing behind."""

import os
import signal
import time
from pathlib import Path

import pytest
from support.text_blocks import block

import grader.batch.worker_process as process_module
from grader.batch.early_worker import EarlyWorker
from grader.batch.isolation import IsolationProbe, sufficient
from grader.batch.plan import BatchRunError
from grader.batch.worker_settings import WorkerSettings
from grader.wire.levels import LOWEST, NO_OPEN, Level

RIGHT = block("""
    def double(x):
        return 2 * x
""")
CLASS = [(f"s{number:02}", "ex01", f"{RIGHT}# {number}\n") for number in range(4)]


@pytest.fixture
def settings(tiny, tmp_path, monkeypatch):
    """Settings of a worker whose temporary files are in this test's folder."""
    monkeypatch.setattr(process_module.tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    yield WorkerSettings(tiny.course.root)
    assert list((tmp_path / "temporary").iterdir()) == []


def killed(early):
    """Kill the worker, and wait until it has ended without reaping it."""
    pid = early._spawned.process.pid
    os.killpg(pid, signal.SIGKILL)
    deadline = time.monotonic() + 60  # against hanging only
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_tells_the_level_that_a_probe_finds(settings):
    with IsolationProbe() as probe, EarlyWorker(settings) as early:
        assert early.level() == probe.sufficient_level(LOWEST)
        assert early.level() == early.level()


def test_one_that_nobody_takes_is_ended(settings):
    with EarlyWorker(settings) as early:
        process = early._spawned.process
    assert process.returncode == -signal.SIGKILL


def test_one_that_has_died_tells_nothing_and_is_not_taken(settings):
    with EarlyWorker(settings) as early:
        killed(early)
        assert early.level() is None
        assert early.take() is None


def test_one_that_cannot_start_tells_nothing(settings, monkeypatch):
    monkeypatch.setattr(process_module.sys, "executable", "/nowhere/python")
    with EarlyWorker(settings) as early:
        assert early.level() is None
        assert early.take() is None


@pytest.mark.parametrize("dies", [False, True])
def test_it_judges_first_or_is_replaced(tiny, settings, four, dies):
    with EarlyWorker(settings) as early:
        pid = early._spawned.process.pid
        assert early.level() is not None
        if dies:
            killed(early)
        graded = tiny.grade(*CLASS, early=early)
    assert {(row.status, row.reached) for row in graded.rows} == {four}
    assert tiny.pids[0] == pid
    assert len(tiny.pids) == 1 + dies


def test_what_it_tells_must_suffice():
    assert sufficient(NO_OPEN, LOWEST) == NO_OPEN
    with pytest.raises(BatchRunError) as refused:
        sufficient(LOWEST, NO_OPEN)
    assert refused.value.id == "isolation"
    assert isinstance(sufficient(None, LOWEST), Level)
