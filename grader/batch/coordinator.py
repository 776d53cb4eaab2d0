"""One batch, from its entries to rows: cached results are looked up, the others judged."""

from __future__ import annotations

import asyncio
import hashlib
import signal
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from grader.batch.atomic_files import write_atomic
from grader.batch.entry_settings import BatchPolicy
from grader.batch.job_queue import Job
from grader.batch.models import GradeRow
from grader.batch.outputs.rules import worth
from grader.batch.plan import RESULTS, BatchFolder, BatchRunError, GradingTask, unwritable
from grader.batch.result_cache import GradingEnvironment, ResultCache, submission_id
from grader.batch.scheduler import Scheduler
from grader.batch.submission_bytes import bundle
from grader.batch.worker_process import CannotStartError
from grader.batch.worker_settings import WorkerSettings
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.report.audience import for_audience
from grader.report.localise import localise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.batch.early_worker import EarlyWorker
    from grader.batch.observer import BatchObserver, JobReceiver
    from grader.course.loading import Course
    from grader.report.models import Report
    from grader.wire.levels import Level

MISSING = "missing"


class JudgingCluster(Protocol):
    """Other machines that judge in place of this one."""

    @property
    def levels(self) -> Sequence[Level]:
        """Isolation levels of results that hold there, the best first."""

    async def judge(
        self, jobs: Iterator[Job | None], receiver: JobReceiver, entries: Sequence[GradingTask]
    ) -> None:
        """Have all jobs judged: ``jobs`` yields one, or None, for each of the entries."""


@dataclass
class BatchResult:
    """The result of a batch: its rows, and a sentence for each recognised mistake."""

    rows: list[GradeRow] = field(default_factory=list)
    sentences: dict[tuple[str, str], str] = field(default_factory=dict)
    judged: int = 0  # the others were cached

    @property
    def complete(self) -> bool:
        """Whether every row has a grade, or lacks it through the student's fault."""
        return all(row.status != "ungraded" for row in self.rows)


@dataclass(frozen=True)
class BatchOptions:
    """Settings of a batch: language, number of workers, isolation level.

    ``show_calls``: students' reports contain inputs and right values. ``early``: the first worker,
    where it was started already.
    """

    lang: str
    workers: int
    required_level: Level
    show_calls: bool = False
    early: EarlyWorker | None = None


class Coordinator:
    """Runs one batch. Only it writes files, so that a dying worker leaves none incomplete.

    ``policy`` decides on seed, device and files of each entry; by default all have the seed of the
    circumstances. ``observers`` are notified of each event in their order. With a ``cluster``, its
    workers judge, and none is started here.
    """

    def __init__(
        self,
        course: Course,
        folder: BatchFolder,
        entries: list[GradingTask],
        circumstances: GradingEnvironment,
        manner: BatchOptions,
        policy: BatchPolicy | None = None,
        observers: Sequence[BatchObserver] = (),
        cluster: JudgingCluster | None = None,
    ) -> None:
        self.course = course
        self.folder = folder
        self.entries = entries
        self.circumstances = circumstances
        self.manner = manner
        self.policy = policy or BatchPolicy(circumstances.seed)
        self.observers = observers
        self.cluster = cluster
        self._results = ResultCache(folder.folder / RESULTS)
        self._rows: dict[int, GradeRow] = {}
        self._waiting: dict[str, list[int]] = {}
        self._graded = BatchResult()

    def run(self) -> BatchResult:
        """Grade everything.

        Raises:
            BatchRunError: the batch cannot be run.
            KeyboardInterrupt: the process was asked to end.

        """
        try:
            asyncio.run(self._run())
        except CannotStartError as error:
            raise BatchRunError("no_worker", why=error.args[0]) from error
        except asyncio.CancelledError as error:
            raise KeyboardInterrupt from error
        self._graded.rows = [self._rows[index] for index in range(len(self.entries))]
        return self._graded

    async def _run(self) -> None:
        # SIGTERM is an orderly end like Ctrl-C, and also where that is ignored: behind `&`.
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - this runs in one
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        if self.cluster is not None:
            await self.cluster.judge(self._jobs(), self, self.entries)
            return
        settings = WorkerSettings(self.course.root, self.manner.required_level)
        scheduler = Scheduler(settings, self._jobs(), self, self.manner.early)
        await scheduler.run(self.manner.workers)

    def _jobs(self) -> Iterator[Job | None]:
        """Yield the submissions to be judged, and None for each entry that needs no judge."""
        for index, entry in enumerate(self.entries):
            yield self._job(index, entry)

    def _job(self, index: int, entry: GradingTask) -> Job | None:
        if entry.handed is None:
            self._note(index, MISSING, Decimal(0), stored=True)
            return None
        try:
            data = bundle(entry.handed)
        except UnreadableSubmissionError as error:
            report = unreadable_report(entry.exercise, error)
            self._finish(index, localise(report, self.course, "en"), stored=False)
            return None
        except OSError as error:
            report = fault_report(entry.exercise, error)
            self._finish(index, localise(report, self.course, "en"), stored=False)
            return None
        seed = self._seed(entry, data)
        device = self.policy.device_of(entry.exercise)
        here = replace(self.circumstances, seed=seed, device=device)
        key = here.key(entry.exercise, entry.submission_name, data)
        if key in self._waiting:  # a file handed in twice is judged once
            self._waiting[key].append(index)
            return None
        stored = self._stored(key, here, entry, data)
        if stored is not None:
            self._finish(index, self._fresh(stored, entry), stored=True)
            return None
        self._waiting[key] = [index]
        return Job(key, entry.exercise, entry.submission_name, data, seed, device)

    def _stored(
        self, key: str, here: GradingEnvironment, entry: GradingTask, data: bytes
    ) -> Report | None:
        """Return the stored result; that of a cluster may be of any level that suffices."""
        if self.cluster is None:
            return self._results.get(key)
        of_levels = (replace(here, isolation=level) for level in self.cluster.levels)
        keys = (one.key(entry.exercise, entry.submission_name, data) for one in of_levels)
        return next(filter(None, map(self._results.get, keys)), None)

    def _key(self, job: Job, report: Report) -> str:
        """Return the key of a result: workers of a cluster may differ in their level."""
        if self.cluster is None or report.isolation is None:
            return job.key
        level = report.isolation.level
        there = replace(self.circumstances, seed=job.seed, device=job.device, isolation=level)
        return there.key(job.exercise, job.name, job.data)

    def _seed(self, entry: GradingTask, data: bytes) -> int:
        if entry.exercise.model.kind != "code":
            return 0  # questions draw nothing
        hash_ = hashlib.sha256(data).hexdigest()
        known_by = submission_id(entry.exercise.model.id, entry.submission_name, hash_)
        return self.policy.seed_of(entry, known_by)

    @staticmethod
    def _fresh(report: Report, entry: GradingTask) -> Report:
        """Return a stored report with the current texts: corrected prose requires no regrading."""
        report.text_hash = entry.exercise.text_hash
        return report

    def worker_started(self, pid: int) -> None:
        """Notify the observers of a worker."""
        for observer in self.observers:
            observer.worker_started(pid)

    def job_done(self, job: Job, report: Report) -> None:
        """Keep what a worker has answered, and tell it to all who handed that in."""
        report.submission_hash = hashlib.sha256(job.data).hexdigest()
        try:
            self._results.put(self._key(job, report), report)
        except OSError as error:
            raise unwritable(self._results.folder, error) from error
        for index in self._waiting.pop(job.key):
            self._finish(index, report, stored=False)

    def _finish(self, index: int, report: Report, *, stored: bool) -> None:
        """Write the reports of one row."""
        entry = self.entries[index]
        localised = localise(report, self.course, self.manner.lang)
        localised.student = _text(entry.student)
        localised.attempt = entry.attempt
        localised.submitted_at = None if entry.handed is None else entry.handed.submitted_at
        if self.policy.writes(entry, report):
            self._write(entry, localised)
        # In English, as stored: a gradebook must not see a change in another language.
        whose = {name: getattr(localised, name) for name in ("student", "attempt", "submitted_at")}
        of_entry = report.model_copy(update=whose)
        for observer in self.observers:
            observer.entry_judged(entry, of_entry)
        known = {f"exercise.{check.misconception}": check for check in localised.checks}
        for check in localised.checks:
            for message in check.feedback:
                if check.misconception and known.get(message.id) is not None:
                    key = (entry.exercise.model.id, check.misconception)
                    self._graded.sentences.setdefault(key, message.text)
        self._graded.judged += not stored
        self._note(index, localised.status, localised.reached, stored=stored, report=localised)

    def _write(self, entry: GradingTask, localised: Report) -> None:
        public, calls = self.course.index.seed, self.manner.show_calls
        student = for_audience(localised, "student", public, show_calls=calls)
        for audience, report in (("teacher", localised), ("student", student)):
            path = self.folder.folder / entry.report_path(audience)
            try:
                write_atomic(path, report.model_dump_json(indent=2).encode())
            except OSError as error:
                raise unwritable(path, error) from error

    def _note(
        self,
        index: int,
        status: str,
        reached: Decimal,
        *,
        stored: bool,
        report: Report | None = None,
    ) -> None:
        entry = self.entries[index]
        checks = [] if report is None else report.checks
        found = (check.misconception for check in checks if check.misconception)
        self._rows[index] = GradeRow(
            student=entry.student,
            name=entry.name,
            exercise=entry.exercise.model.id,
            status=status,
            reached=None if status == "ungraded" else reached,
            maximum=Decimal(entry.exercise.model.maximum),
            late=None if entry.handed is None else entry.handed.late,
            attempt=entry.attempt,
            submitted_at=None if entry.handed is None else entry.handed.submitted_at,
            graded_at=None if report is None else report.run.graded_at,
            report=None if report is None else entry.report_path(),
            isolation=None if report is None or report.isolation is None else report.isolation.name,
            misconceptions=tuple(dict.fromkeys(found)),
            why="" if report is None else _why(report),
            reachable=self._reachable(entry, report),
            undecided=report is not None and report.undecided,
            submission_hash="" if report is None else report.submission_hash or "",
        )
        for observer in self.observers:
            observer.row_done(status, stored=stored)

    def _reachable(self, entry: GradingTask, report: Report | None) -> Decimal:
        """Return the number of reachable points: only a report has it for sure."""
        if report is None or report.status in {"ungraded", "unreadable"}:
            return worth(entry.exercise, self.policy.device_of(entry.exercise)).reachable
        return report.reachable


def _why(report: Report) -> str:
    """Return why a submission could not be read or judged: the last sentence says most."""
    if report.status == "ungraded" and report.run.faults:
        return report.run.faults[0].strip().rpartition("\n")[2]
    if report.status == "unreadable" or report.undecided:
        load = [] if report.load is None else report.load.feedback
        messages = [*load, *(message for check in report.checks for message in check.feedback)]
        return next((message.text for message in messages if message.text), "")
    return ""


def _text(id_: str) -> str:
    """Return an id as JSON can represent it: a file name may not be UTF-8."""
    return id_.encode("utf-8", "replace").decode()
