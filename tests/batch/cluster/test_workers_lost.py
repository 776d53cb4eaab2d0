"""Workers that die, hang, are slow or differ; schedulers that die: one row each, nothing lost."""

import os
import signal
from decimal import Decimal

import pytest
from support.text_blocks import block

import grader.batch.cluster.cluster_scheduler as scheduler_module
from grader.batch.cluster.errors import ClusterError

pytestmark = pytest.mark.slow

RIGHT = block("""
    def double(x):
        return 2 * x
""")
CLASS = [(f"s{number:03}", "ex01", f"{RIGHT}# {number}\n") for number in range(60)]
FOUR = ("graded", Decimal(4))
SLOW = block("""
    import asyncio
    import grader.batch.cluster.judge_pool as pool

    feed = pool._feed


    async def slowly(process, waiting, result):
        await asyncio.sleep(0.5 * len(waiting))
        await feed(process, waiting, result)


    pool._feed = slowly
""")
OTHER_VERSION = block("""
    import grader.version

    grader.version.__version__ = "0.1.7"
""")
NO_GRADER = block("""
    import sys

    sys.modules["grader"] = None
""")
KILLER = block("""
    import os
    import grader.batch.cluster.judge_pool as pool

    feed = pool._feed


    async def dying(process, waiting, result):
        import base64

        if any(b"poison" in base64.b64decode(job.line["data"]) for job in waiting):
            os._exit(1)
        await feed(process, waiting, result)


    pool._feed = dying
""")

JUDGES_DIE = block("""
    import os
    import signal
    import grader.batch.cluster.judge_pool as pool

    start, started = pool._start, []


    async def dying(settings):
        judge = await start(settings)
        started.append(judge)
        if len(started) <= 2:
            os.kill(judge.process.process.pid, signal.SIGKILL)
        return judge


    pool._start = dying
""")


def states(graded):
    return [(row.status, row.reached) for row in graded.rows]


def once(function):
    """Return a listener that calls a function at the first row that is judged."""
    done = []

    def told(_status, stored):
        if not stored and not done:
            done.append(1)
            function()

    return told


def test_a_worker_killed_in_the_middle_loses_nothing(tiny, dask):
    workers = [dask.worker(), dask.worker()]
    graded = tiny.run(CLASS, dask.address, told=once(workers[0].kill))
    assert states(graded) == [FOUR] * len(CLASS)
    assert any("is gone" in sentence for sentence in tiny.notices)


def test_judges_that_die_cost_no_grade_and_no_worker(tiny, dask):
    worker = dask.worker(JUDGES_DIE)
    graded = tiny.run(CLASS[:20], dask.address)
    assert states(graded) == [FOUR] * 20
    assert worker.poll() is None
    assert tiny.notices == []


def test_a_worker_that_hangs_is_replaced_by_the_others(tiny, dask, monkeypatch):
    monkeypatch.setattr(scheduler_module, "SILENCE", 4.0)
    workers = [dask.worker(), dask.worker()]
    stop = once(lambda: os.kill(workers[0].pid, signal.SIGSTOP))
    graded = tiny.run(CLASS, dask.address, told=stop)
    assert states(graded) == [FOUR] * len(CLASS)


def test_a_slow_worker_gets_little(tiny, dask):
    dask.worker()
    dask.worker(SLOW)
    graded = tiny.run(CLASS, dask.address)
    assert states(graded) == [FOUR] * len(CLASS)
    assert graded.judged == len(CLASS)


def test_only_the_submission_that_kills_workers_is_ungraded(tiny, dask):
    poisoned = ("s030", "ex01", f"{RIGHT}# poison\n")
    submissions = [*CLASS[:8], poisoned, *CLASS[9:16]]
    dask.worker(KILLER)
    told = once(lambda: [dask.worker(KILLER) for _ in range(2)])
    graded = tiny.run(submissions, dask.address, told=told, wait=120)
    found = {row.student: (row.status, row.reached) for row in graded.rows}
    assert found.pop("s030") == ("ungraded", None)
    assert set(found.values()) == {FOUR}
    assert len(graded.rows) == len(submissions)


def test_a_dead_scheduler_is_reported_and_the_same_command_goes_on(tiny, dask):
    dask.worker()
    with pytest.raises(ClusterError) as error:
        tiny.run(CLASS, dask.address, told=once(dask.scheduler.kill))
    assert (error.value.id, error.value.is_fault) == ("cluster_gone", True)
    stored = len(list((tiny.folder / "out" / "results").rglob("*.json")))
    assert 0 < stored < len(CLASS)
    graded = tiny.run(CLASS, "local:1")
    assert states(graded) == [FOUR] * len(CLASS)
    assert graded.judged == len(CLASS) - stored


def test_without_workers_it_stops_and_keeps_what_is_done(tiny, dask):
    worker = dask.worker()
    with pytest.raises(ClusterError) as error:
        tiny.run(CLASS, dask.address, told=once(worker.kill), wait=3)
    assert error.value.id == "cluster_no_workers"
    stored = len(list((tiny.folder / "out" / "results").rglob("*.json")))
    assert 0 < stored < len(CLASS)


def test_a_cluster_without_workers_is_reported(tiny, dask):
    with pytest.raises(ClusterError) as error:
        tiny.run(CLASS, dask.address, wait=1)
    assert error.value.id == "cluster_no_workers"


def test_workers_of_other_versions_are_refused_with_the_list(tiny, dask):
    dask.worker(OTHER_VERSION)
    with pytest.raises(ClusterError) as error:
        tiny.run(CLASS, dask.address)
    assert error.value.id == "cluster_versions"
    assert "nn-grader 0.1.7" in error.value.arguments["workers"]
    assert not (tiny.folder / "out" / "results").exists()


def test_a_worker_without_the_grader_is_refused_and_lives_on(tiny, dask):
    worker = dask.worker(NO_GRADER)
    with pytest.raises(ClusterError) as error:
        tiny.run(CLASS, dask.address)
    assert error.value.id == "cluster_no_grader"
    assert "tcp://127.0.0.1" in error.value.arguments["workers"]
    assert worker.poll() is None


def test_a_worker_of_another_version_that_comes_later_is_left_out(tiny, dask):
    dask.worker(SLOW)
    graded = tiny.run(CLASS[:30], dask.address, told=once(lambda: dask.worker(OTHER_VERSION)))
    assert states(graded) == [FOUR] * 30
    assert any("is not used: it differs" in sentence for sentence in tiny.notices)


def test_a_worker_that_comes_later_takes_part(tiny, dask):
    dask.worker(SLOW)
    graded = tiny.run(CLASS, dask.address, told=once(lambda: dask.worker(threads=2)))
    assert states(graded) == [FOUR] * len(CLASS)
