"""One worker of a cluster, as the coordinator keeps it busy: a window of chunks, none lost."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from grader.batch.cluster import tasks
from grader.batch.cluster.chunks import BYTES, Chunk, chunk_size
from grader.batch.cluster.connection import CallFailedError, SchedulerGoneError
from grader.batch.cluster.crew import NotUsedError
from grader.errors import GraderError
from grader.report.consistency import contradiction
from grader.report.models import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.batch.cluster.connection import Link, SeenWorker
    from grader.batch.cluster.crew import Crew
    from grader.batch.cluster.worker_facts import WorkerFacts
    from grader.batch.job_queue import Job, JobQueue

CHUNKS_AHEAD = 2  # for each thread of a worker: one is judged, the other waits
STARTS = 3  # attempts to start a judge on a worker, before it is left out


class NotThatReportError(GraderError):
    """What a worker has sent is no report of the submission that it was given."""


@dataclass
class Work:
    """What all workers of a batch share.

    ``total`` is how much the queue yields, ``slots`` how many submissions are judged at a time.
    """

    link: Link
    crew: Crew
    queue: JobQueue
    run: str
    total: int
    numbers: Iterator[int]
    slots: Callable[[], int]
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Wake all drivers that wait: something has changed."""
        self._news.set()
        self._news = asyncio.Event()

    async def news(self, seconds: float | None = None) -> None:
        """Wait until something changes, or for some seconds."""
        news = self._news
        try:
            async with asyncio.timeout(seconds):
                await news.wait()
        except TimeoutError:
            pass


class WorkerDriver:
    """Keeps one worker busy until there is nothing left, or it is abandoned."""

    def __init__(self, work: Work, worker: SeenWorker) -> None:
        self.worker = worker
        self.joined = False
        self._work = work
        self._out: dict[asyncio.Task[bytes], Chunk] = {}
        self._gathered: dict[int, Job] = {}  # of the next chunk
        self._each: float | None = None  # seconds that one submission takes here
        self._failed_starts = 0
        self._equipped = False

    @property
    def busy(self) -> bool:
        """Whether it has submissions at hand."""
        return bool(self._out)

    async def run(self) -> None:
        """Judge until there is nothing left.

        Raises:
            NotUsedError: the worker may not judge with the others, or cannot.
            SchedulerGoneError: the connection has broken off.
            BatchError: a report cannot be kept.

        """
        facts = await self._work.crew.join(self._work.link, self.worker.address)
        self.joined = True
        self._work.wake()
        try:
            await self._serve(facts)
        finally:
            for task in self._out:
                task.cancel()

    def abandon(self, why: object) -> None:
        """Take back all that the worker has at hand: it is gone."""
        gathered, self._gathered = self._gathered, {}
        out, self._out = self._out, {}
        for job in gathered.values():
            self._work.queue.put_back(job)
        for task, chunk in out.items():
            task.cancel()
            for job in chunk.jobs.values():
                self._work.queue.lose(job, why)
        self._work.wake()

    async def _serve(self, facts: WorkerFacts) -> None:
        queue = self._work.queue
        while True:
            while len(self._out) < CHUNKS_AHEAD * self.worker.threads:
                chunk = await self._next_chunk()
                if chunk is None:
                    break
                self._send(chunk, facts)
            if self._out:
                done, _ = await asyncio.wait(self._out, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    self._settle(self._out.pop(task), task)
                self._work.wake()
            elif queue.finished:
                self._work.wake()
                return
            else:
                await self._work.news()

    async def _next_chunk(self) -> Chunk | None:
        """Take submissions from the queue; None if there are none for this worker now."""
        work = self._work
        busy = [job for chunk in self._out.values() for job in chunk.jobs.values()]
        size = chunk_size(self._each, work.total - work.queue.seen, work.slots())
        room = BYTES
        while len(self._gathered) < size and room > 0:
            job = await work.queue.take([*busy, *self._gathered.values()])
            if job is None:
                break
            self._gathered[next(work.numbers)] = job
            room -= len(job.data)
        if self._gathered and not self._equipped:
            await work.crew.equip(work.link, self.worker.address)
            self._equipped = True
        gathered, self._gathered = self._gathered, {}
        return Chunk(gathered) if gathered else None

    def _send(self, chunk: Chunk, facts: WorkerFacts) -> None:
        crew, run = self._work.crew, self._work.run
        payload = chunk.payload(run, crew.bundle.hash, crew.required_level, facts)
        call = self._work.link.call(
            *(self.worker.address, tasks.judge_chunk, payload), key=chunk.key(run, payload)
        )
        self._out[asyncio.get_running_loop().create_task(call)] = chunk

    def _settle(self, chunk: Chunk, task: asyncio.Task[bytes]) -> None:
        """Deliver what has become of a chunk."""
        try:
            result: dict[str, Any] = json.loads(task.result())
            answers, unbegun = result["answers"], set(result["unbegun"])
            lost, why, seconds = set(result["lost"]), result["why"], float(result["seconds"])
        except CallFailedError as error:
            if self._work.link.broken:
                raise SchedulerGoneError(str(error)) from error
            answers, unbegun, lost, why, seconds = [], set(), set(chunk.jobs), str(error), 0.0
        except (ValueError, KeyError, TypeError) as error:
            answers, unbegun, lost, why, seconds = [], set(), set(chunk.jobs), repr(error), 0.0
        left = dict(chunk.jobs)
        for answer in answers:
            self._deliver(answer, left)
        if answers:
            self._each = seconds / len(answers)
        for number, job in left.items():
            if number in unbegun and number not in lost:
                self._work.queue.put_back(job)
            else:
                self._work.queue.lose(job, why)
        self._failed_starts = self._failed_starts + 1 if unbegun and not answers else 0
        if self._failed_starts >= STARTS:
            raise NotUsedError("no_judge", str(why))

    def _deliver(self, answer: object, left: dict[int, Job]) -> None:
        """Deliver one answer, if it is one to a submission of the chunk that has none yet."""
        number = answer.get("id") if isinstance(answer, dict) else None
        job = left.pop(number, None) if isinstance(number, int) else None
        if job is None or not isinstance(answer, dict):
            return
        try:
            report = self._checked(job, answer.get("report"))
        except NotThatReportError as error:
            self._work.queue.lose(job, error)
        else:
            self._work.queue.settle(job, report)

    def _checked(self, job: Job, sent: object) -> Report:
        """Return the report of a job.

        Raises:
            NotThatReportError: it is of something else, or contradicts itself.

        """
        try:
            report = Report.model_validate(sent)
        except ValidationError as error:
            raise NotThatReportError(str(error)) from error
        if report.exercise.id != job.exercise.model.id:
            raise NotThatReportError(f"a report of {report.exercise.id}")
        if report.grading_hash != job.exercise.grading_hash:
            raise NotThatReportError("a report by other files of the course")
        if report.isolation is not None and report.isolation.level < self._work.crew.required_level:
            raise NotThatReportError(f"a report of the isolation level {report.isolation.name}")
        if (found := contradiction(report)) is not None:
            raise NotThatReportError(f"a report that contradicts itself: {found}")
        return report
