"""Handing submissions to judge workers: a few to each at a time, none lost when one dies.

Theory of operation. One asyncio loop in the coordinator, one task (`_slot`) for each worker. A
worker (`worker.py`) is a process of its own that reads jobs and writes reports as lines of JSON on
its pipes, one judge at a time. Each worker holds a window of WINDOW jobs, so that it never waits
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
import base64
import contextlib
from collections import deque
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.worker import blames_system
from grader.batch.worker_process import CannotStartError, WorkerDiedError, started
from grader.judge.checking.bare_reports import fault_report
from grader.judge.failures import Finding, SystemFaultError
from grader.report.localise import localise
from grader.report.models import Report
from grader.wire.levels import LOWEST, Level

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterator

    from grader.batch.observer import JobReceiver
    from grader.batch.worker_process import WorkerProcess
    from grader.course.devices import Device
    from grader.course.loading import LoadedExercise

WINDOW = 3  # jobs in a worker's window: one is judged, the others wait in its pipe
START_SECONDS = 120.0
STARTS = 3  # attempts to start a worker, before the batch is given up


@dataclass(frozen=True)
class Job:
    """One submission to be judged; ``alone``: a worker has died or failed with it in its window."""

    key: str
    exercise: LoadedExercise
    name: str
    data: bytes
    seed: int
    device: Device = "cpu"
    alone: bool = False

    @property
    def timeout(self) -> float:
        """Seconds without an answer after which a worker is taken to hang."""
        limits = getattr(self.exercise.model, "limits", None)
        own = 0.0 if limits is None else limits.load_seconds + limits.budget_seconds
        # Checks may wait five times their CPU limit and are retried once; the rest is for a busy
        # machine.
        return START_SECONDS + 10 * own

    def message(self, number: int) -> dict[str, object]:
        """Return the line that a worker reads, with the number that its answer has."""
        return {
            "id": number,
            "exercise": self.exercise.model.id,
            "name": self.name,
            "data": base64.b64encode(self.data).decode(),
            "seed": self.seed,
            "device": self.device,
        }


@dataclass(frozen=True)
class WorkerSettings:
    """The settings that a worker receives before its first job."""

    course: Path
    required_level: Level = LOWEST

    async def greet(self, worker: WorkerProcess, scratch: str) -> None:
        """Send the settings to a worker, with its scratch folder, and wait until it is ready.

        Raises:
            WorkerDiedError: it cannot start.

        """
        settings = {**vars(self), "course": str(self.course), "scratch": scratch}
        await worker.send(settings, START_SECONDS)
        await worker.receive(START_SECONDS)


class Scheduler:
    """Keeps a number of workers busy with jobs, and delivers a report for every one of them.

    ``jobs`` yields None where it did some work of its own and has no job yet.
    """

    def __init__(
        self,
        settings: WorkerSettings,
        jobs: Iterator[Job | None],
        receiver: JobReceiver,
    ) -> None:
        self.settings = settings
        self._jobs = jobs
        self._receiver = receiver
        self._again: deque[Job] = deque()
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
                job = await self._take(())
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
                    job = held.popleft() if held else await self._take(sent.values())
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
                self._settle(job, Report.model_validate(answer["report"]))
        except WorkerDiedError as error:
            for job in sent.values():
                self._settle(job, _lost(job, error))
            raise

    async def _take(self, busy_with: Collection[Job]) -> Job | None:
        """Return the next job for a worker that holds these."""
        if any(job.alone for job in busy_with):
            return None
        if self._again:
            return None if busy_with else self._again.popleft()
        for job in self._jobs:
            if job is not None:
                return job
            await asyncio.sleep(0)  # let answers and Ctrl-C be processed
        return None

    def _settle(self, job: Job, report: Report) -> None:
        """Deliver a report; a fault of the grader itself is retried once, alone."""
        if blames_system(report) and not job.alone:
            self._again.append(replace(job, alone=True))
        else:
            self._receiver.job_done(job, report)

    @contextlib.asynccontextmanager
    async def _worker(self) -> AsyncIterator[WorkerProcess]:
        """Start a worker that is ready for jobs; end it afterwards."""
        async with started() as (worker, scratch):
            await self._greet(worker, scratch)
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
        self._receiver.worker_started(worker.process.pid)


def _lost(job: Job, error: WorkerDiedError) -> Report:
    """Return the report of a submission whose worker died."""
    fault = SystemFaultError(Finding("system.nursery"), f"the judge worker died\n{error}")
    return localise(fault_report(job.exercise, fault), job.exercise.course, "en")
