"""The submissions of a batch that are still to be judged, here or elsewhere.

A submission that lost its judge is taken once more, `alone`; one that loses it again is delivered
as ``ungraded``, never as a zero. A fault of the grader itself counts like a lost judge.
"""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.batch.worker_jobs import blames_system
from grader.batch.worker_settings import START_SECONDS
from grader.judge.checking.bare_reports import fault_report
from grader.judge.failures import Finding, SystemFaultError
from grader.report.localise import localise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grader.batch.observer import JobReceiver
    from grader.course.devices import Device
    from grader.course.loading import LoadedExercise
    from grader.report.models import Report


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


class JobQueue:
    """Gives out each job, and delivers a report for every one of them.

    ``jobs`` yields None where it did some work of its own and has no job yet.
    """

    def __init__(self, jobs: Iterator[Job | None], receiver: JobReceiver) -> None:
        self.seen = 0  # what ``jobs`` has yielded
        self._jobs = jobs
        self._receiver = receiver
        self._again: deque[Job] = deque()
        self._returned: deque[Job] = deque()
        self._out = 0  # taken, and neither delivered nor queued again
        self._exhausted = False

    @property
    def finished(self) -> bool:
        """Whether every job has its report."""
        return self._exhausted and not (self._again or self._returned or self._out)

    async def take(self, busy_with: Collection[Job]) -> Job | None:
        """Return the next job for a worker that holds these."""
        if any(job.alone for job in busy_with):
            return None
        if self._again:
            return None if busy_with else self._given(self._again.popleft())
        if self._returned:
            return self._given(self._returned.popleft())
        for job in self._jobs:
            self.seen += 1
            if job is not None:
                return self._given(job)
            await asyncio.sleep(0)  # let answers and Ctrl-C be processed
        self._exhausted = True
        return None

    def put_back(self, job: Job) -> None:
        """Queue a job that nobody has begun."""
        self._out -= 1
        (self._again if job.alone else self._returned).append(job)

    def settle(self, job: Job, report: Report) -> None:
        """Deliver a report; a fault of the grader itself is retried once, alone."""
        self._out -= 1
        if blames_system(report) and not job.alone:
            self._again.append(replace(job, alone=True))
        else:
            self._receiver.job_done(job, report)

    def lose(self, job: Job, why: object) -> None:
        """Note that the judge of a job is lost: it is retried once, alone."""
        fault = SystemFaultError(Finding("system.nursery"), f"the judge worker died\n{why}")
        report = localise(fault_report(job.exercise, fault), job.exercise.course, "en")
        self.settle(job, report)

    def _given(self, job: Job) -> Job:
        self._out += 1
        return job
