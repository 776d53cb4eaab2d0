"""Workers that die, hang or cannot start."""

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
from support.text_blocks import block

import grader.batch.scheduler as scheduler_module
import grader.batch.worker_process as process_module
from grader.batch.observer import BatchObserver
from grader.batch.plan import BatchRunError
from grader.batch.worker_settings import WorkerSettings

RIGHT = block("""
    def double(x):
        return 2 * x
""")
CLASS = [(f"s{number:02}", "ex01", f"{RIGHT}# {number}\n") for number in range(12)]


def ended(pid):
    """Whether nothing is left alive of a worker and of what it started."""
    deadline = time.monotonic() + 120  # against hanging only
    while alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def alive(group):
    """Return the processes of a group that are no mere zombies."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(stat)
    return found


def test_a_worker_that_dies_loses_nothing(tiny, four):
    killed = []

    def told(_status, _stored):
        if not killed:
            killed.append(tiny.pids[0])
            os.kill(tiny.pids[0], signal.SIGKILL)

    graded = tiny.grade(*CLASS, told=told)
    assert killed
    assert len(tiny.pids) >= 2
    assert {(row.status, row.reached) for row in graded.rows} == {four}
    assert len(graded.rows) == len(CLASS)
    assert all(ended(pid) for pid in tiny.pids)


def test_a_submission_that_loses_its_worker_twice_is_ungraded(tiny):
    tiny.on_start = lambda pid: (tiny.pids.append(pid), os.kill(pid, signal.SIGKILL))
    graded = tiny.grade(*CLASS[:4])
    assert {row.status for row in graded.rows} == {"ungraded"}
    assert {row.reached for row in graded.rows} == {None}
    assert not graded.complete


def test_only_the_submission_at_fault_is_lost(tiny, four):
    """Whatever has the marked submission at hand dies; the others had no part in it."""
    planned = tiny.entries(CLASS[:6])
    marked = planned[2].handed.read()
    sending = scheduler_module.Job.message

    def message(job, number):
        if job.data == marked:
            os.kill(tiny.pids[-1], signal.SIGKILL)
        return sending(job, number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scheduler_module.Job, "message", message)
        graded = tiny.run(planned)
    statuses = [row.status for row in graded.rows]
    assert statuses == ["graded", "graded", "ungraded", "graded", "graded", "graded"]
    assert (graded.rows[5].status, graded.rows[5].reached) == four


def test_a_worker_that_says_nothing_is_replaced(tiny, four, monkeypatch):
    stopped, known = [], []

    def told(_status, _stored):
        if not stopped:
            stopped.append(tiny.pids[0])
            known.extend(tiny.pids)
            os.kill(tiny.pids[0], signal.SIGSTOP)

    def patience(_job):
        """Be impatient until the worker is replaced; those that do speak may be slow."""
        return 2.0 if stopped and tiny.pids == known else 300.0

    monkeypatch.setattr(scheduler_module.Job, "timeout", property(patience))

    graded = tiny.grade(*CLASS[:5], told=told)
    assert {(row.status, row.reached) for row in graded.rows} == {four}
    assert all(ended(pid) for pid in tiny.pids)


def test_a_fork_server_that_dies_costs_no_grade(tiny, four):
    killed = []

    def told(_status, _stored):
        if not killed:
            killed.append(fork_server(tiny.pids[0]))
            os.kill(killed[0], signal.SIGKILL)

    graded = tiny.grade(*CLASS, told=told)
    assert {(row.status, row.reached) for row in graded.rows} == {four}


def fork_server(worker):
    """Return the process number of a worker's fork server."""
    children = Path(f"/proc/{worker}/task/{worker}/children").read_text().split()
    return int(children[0])


def test_a_machine_on_which_no_worker_starts_is_told_at_once(tiny, monkeypatch):
    monkeypatch.setattr(process_module.sys, "executable", "/bin/false")
    with pytest.raises(BatchRunError, match="no_worker"):
        tiny.grade(*CLASS)


def test_no_room_for_temporary_files_is_told(tiny, monkeypatch):
    monkeypatch.setattr(process_module.tempfile, "tempdir", "/proc")
    with pytest.raises(BatchRunError) as error:
        tiny.grade(*CLASS)
    assert (error.value.id, str(error.value.arguments["path"])) == ("unwritable", "/proc")


def test_ctrl_c_ends_every_process_and_keeps_what_is_done(tiny):
    done = []

    def told(_status, _stored):
        done.append(1)
        if len(done) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        tiny.grade(*CLASS, workers=2, told=told)
    assert all(ended(pid) for pid in tiny.pids)
    stored = len(list((tiny.folder / "out" / "results").rglob("*.json")))
    assert stored == len(done)
    graded = tiny.grade(*CLASS)
    assert graded.judged == len(CLASS) - stored


def test_workers_leave_no_folder_behind(tiny, monkeypatch, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(process_module.tempfile, "tempdir", str(scratch))
    tiny.grade(*CLASS[:2])
    assert list(scratch.iterdir()) == []


def test_a_worker_whose_coordinator_is_gone_ends_and_cleans_up(tiny, tmp_path, monkeypatch):
    monkeypatch.setattr(process_module.tempfile, "tempdir", str(tmp_path))
    settings = WorkerSettings(tiny.course.root)
    scheduler = scheduler_module.Scheduler(settings, iter(()), BatchObserver())

    async def leave():
        async with scheduler._worker() as worker:
            worker.hang_up()
            return await asyncio.to_thread(worker.process.wait, 60), left()

    def left():
        return list(tmp_path.glob("grader-batch-*"))

    assert asyncio.run(leave()) == (0, [])
