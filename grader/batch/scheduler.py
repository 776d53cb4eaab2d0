"""Handing submissions to judge workers: a few to each at a time, none lost when one dies.

Theory of operation. One asyncio loop in the coordinator, one task (`_slot`) for each worker. A
worker (`worker.py`) is a process of its own that reads jobs and writes reports as lines of JSON on
its socket, one judge at a time. Each worker holds a window of WINDOW jobs, so that it never waits
for the coordinator; answers come back in the order of the jobs.

When a worker dies, or says nothing for longer than its oldest job may take, each job in its window
is queued once more, `alone`: a worker that has such a job is given no other, so the next death
names the submission that caused it. A second fault is delivered (`ungraded`, never a zero). A
worker that cannot even start is tried STARTS times.

Workers judge strangers' code but are our own processes: their reports are believed, their silence
is not. Only the coordinator writes files.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from itertools import count
from typing import TYPE_CHECKING

from grader.batch.job_queue import Job, JobQueue
from grader.batch.worker_process import CannotStartError, WorkerDiedError, started
from grader.report.models import Report

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from grader.batch.early_worker import EarlyWorker
    from grader.batch.observer import JobReceiver
    from grader.batch.worker_process import WorkerProcess
    from grader.batch.worker_settings import WorkerSettings

WINDOW = 3  # jobs in a worker's window: one is judged, the others wait in its socket
STARTS = 3  # attempts to start a worker, before the batch is given up


class Scheduler:
    """Keeps a number of workers busy with jobs, and delivers a report for every one of them.

    ``jobs`` yields None where it did some work of its own and has no job yet.
    """

    def __init__(
        self,
        settings: WorkerSettings,
        jobs: Iterator[Job | None],
        receiver: JobReceiver,
        early: EarlyWorker | None = None,
    ) -> None:
        """``early``: the first worker, if it was started already."""
        self.settings = settings
        self._early = early
        self._queue = JobQueue(jobs, receiver)
        self._receiver = receiver
        self._numbers = count(1)
        self._failed_starts = 0

    async def run(self, workers: int) -> None:
        """Have all jobs judged.

        Raises:
            CannotStartError: no worker can be started.
            BatchError: a temporary file cannot be written.

        """
        failure: Exception | None = None
        try:
            async with asyncio.TaskGroup() as slots:
                for _ in range(workers):
                    slots.create_task(self._slot())
        except ExceptionGroup as group:
            # The first failure has ended all slots, and is the cause of the others.
            failure = group.exceptions[0]
        if failure is not None:
            raise failure

    async def _slot(self) -> None:
        """Run one worker, replaced whenever it has died, as long as there are jobs."""
        held: deque[Job] = deque()
        while True:
            if not held:
                job = await self._queue.take(())
                if job is None:
                    return
                held.append(job)
            with contextlib.suppress(WorkerDiedError):
                async with self._worker() as worker:
                    await self._feed(worker, held)

    async def _feed(self, worker: WorkerProcess, held: deque[Job]) -> None:
        """Send the held jobs, fill the window, deliver answers, until no jobs are left."""
        sent: dict[int, Job] = {}
        try:
            while True:
                while len(sent) < WINDOW:
                    job = held.popleft() if held else await self._queue.take(sent.values())
                    if job is None:
                        break
                    number = next(self._numbers)
                    sent[number] = job
                    await worker.send(job.message(number), job.timeout)
                    if job.alone:
                        break
                if not sent:
                    return
                answer = await worker.receive(next(iter(sent.values())).timeout)
                job = sent.pop(answer["id"])
                self._queue.settle(job, Report.model_validate(answer["report"]))
        except WorkerDiedError as error:
            for job in sent.values():
                self._queue.lose(job, error)
            raise

    @contextlib.asynccontextmanager
    async def _worker(self) -> AsyncIterator[WorkerProcess]:
        """Start a worker that is ready for jobs, or take the early one; end it afterwards."""
        spawned = None if self._early is None else self._early.take()
        async with started(spawned) as (worker, scratch):
            if spawned is None:
                await self._greet(worker, scratch)
            self._receiver.worker_started(worker.process.pid)
            yield worker

    async def _greet(self, worker: WorkerProcess, scratch: str) -> None:
        """Send a worker its settings and wait until it is ready."""
        try:
            await self.settings.greet(worker, scratch)
        except WorkerDiedError as error:
            self._failed_starts += 1
            if self._failed_starts >= STARTS:
                raise CannotStartError(str(error)) from error
            raise
        self._failed_starts = 0
