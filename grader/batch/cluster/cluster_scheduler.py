"""Handing submissions to the workers of a cluster, which come and go.

Theory of operation. One asyncio loop in the coordinator, one task (`WorkerDriver`) for each worker
that the scheduler knows. A driver asks its worker what it is, sends it the course, and keeps a
bounded window of chunks there, each a Dask task for that worker alone. On the worker a chunk goes
to one warm judge (`judge_pool.py`), whose reports come back as they are.

When a worker is gone, or has not reported to the scheduler for SILENCE seconds, what it had at hand
is queued once more, `alone`: a worker that has such a submission is given no other, so the next
loss names the one that caused it. A second loss is delivered (`ungraded`, never a zero). Workers
that start later are let in. Only the coordinator writes files.
"""

from __future__ import annotations

import asyncio
import secrets
from itertools import count
from typing import TYPE_CHECKING

from grader.batch.cluster import tasks
from grader.batch.cluster.connection import SchedulerGoneError
from grader.batch.cluster.crew import NotUsedError
from grader.batch.cluster.errors import ClusterError, left_out
from grader.batch.cluster.worker_driver import Work, WorkerDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.batch.cluster.connection import Link, SeenWorker
    from grader.batch.cluster.crew import Crew
    from grader.batch.job_queue import JobQueue
    from grader.course.phrases import Phrase

POLL = 1.0  # seconds between two looks at the workers
SILENCE = 120.0  # seconds without a heartbeat, after which a worker is taken to hang


class ClusterScheduler:
    """Has all jobs judged by the workers of a cluster.

    ``total`` is how much the queue yields, ``wait`` how many seconds there may be no worker,
    ``notice`` receives a sentence for each worker that is not used.
    """

    def __init__(
        self,
        link: Link,
        crew: Crew,
        queue: JobQueue,
        *,
        total: int,
        wait: float,
        notice: Callable[[Phrase], None],
    ) -> None:
        self._link = link
        self._queue = queue
        self._wait = wait
        self._notice = notice
        run = secrets.token_hex(8)
        self._work = Work(link, crew, queue, run, total, count(1), self._slots)
        self._drivers: dict[str, tuple[WorkerDriver, asyncio.Task[None]]] = {}
        self._refused: dict[str, Phrase] = {}
        self._heartbeats: dict[str, tuple[float, float]] = {}  # the last one, and when it came
        self._silent: set[str] = set()

    async def run(self, address: str) -> None:
        """Have all jobs judged.

        Raises:
            ClusterError: the scheduler is gone, or there are no workers.
            BatchError: a report cannot be kept.

        """
        failure: Exception | None = None
        try:
            async with asyncio.TaskGroup() as group:
                await self._watch(group, address)
        except ExceptionGroup as errors:
            # The first failure has ended all drivers, and is the cause of the others.
            failure = errors.exceptions[0]
        finally:
            if not self._link.broken and self._drivers:
                await self._link.tell(list(self._drivers), tasks.dismiss, self._work.run)
        if isinstance(failure, SchedulerGoneError):
            raise ClusterError("cluster_gone", address=address) from failure
        if failure is not None:
            raise failure

    async def _watch(self, group: asyncio.TaskGroup, address: str) -> None:
        """Look who is there until all is judged."""
        loop = asyncio.get_running_loop()
        last_worker = loop.time()
        while not self._queue.finished:
            if self._link.broken:
                raise SchedulerGoneError
            workers = await self._link.workers()
            self._notice_silence(workers, loop.time())
            self._abandon_gone(workers)
            for worker in workers.values():
                if worker.running and not self._knows(worker.address):
                    driver = WorkerDriver(self._work, worker)
                    task = group.create_task(self._driven(driver))
                    self._drivers[worker.address] = driver, task
            if self._drivers:
                last_worker = loop.time()
            elif loop.time() - last_worker > self._wait:
                why = "\n".join(f"  {phrase}" for phrase in self._refused.values())
                seconds = round(self._wait)
                raise ClusterError("cluster_no_workers", address=address, seconds=seconds, why=why)
            await self._work.news(POLL)
        for _driver, task in self._drivers.values():
            task.cancel()  # nothing is at hand; some may just be asking their worker what it is

    def _knows(self, worker: str) -> bool:
        return worker in self._drivers or worker in self._refused or worker in self._silent

    async def _driven(self, driver: WorkerDriver) -> None:
        """Run the driver of one worker; one that cannot be used is left out."""
        worker = driver.worker.address
        try:
            await driver.run()
        except NotUsedError as error:
            self._refused[worker] = left_out(error.reason, worker, error.why)
            self._notice(self._refused[worker])
            del self._drivers[worker]
            driver.abandon(error)

    def _notice_silence(self, workers: Mapping[str, SeenWorker], now: float) -> None:
        """Note which workers have not reported for long."""
        for address, worker in workers.items():
            last, since = self._heartbeats.get(address, (None, now))
            if worker.heartbeat != last:
                self._heartbeats[address] = worker.heartbeat, now
                self._silent.discard(address)
            elif now - since > SILENCE and address not in self._silent:
                self._silent.add(address)

    def _abandon_gone(self, workers: Mapping[str, SeenWorker]) -> None:
        """Take back what workers have at hand that are gone or silent."""
        for address, (driver, task) in list(self._drivers.items()):
            if address in workers and address not in self._silent:
                continue
            reason = "silent" if address in workers else "gone"
            if driver.busy:
                self._notice(left_out(reason, address))
            task.cancel()
            del self._drivers[address]
            driver.abandon(f"the worker {address} is gone")
        for known in (self._refused, self._heartbeats):
            for address in known.keys() - workers.keys():
                del known[address]
        self._silent &= workers.keys()

    def _slots(self) -> int:
        """Return how many submissions are judged at a time."""
        return sum(driver.worker.threads for driver, _ in self._drivers.values())
