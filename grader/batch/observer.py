"""Observers of a running batch; silent by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from grader.batch.job_queue import Job
    from grader.batch.plan import GradingTask
    from grader.report.models import Report


class BatchObserver:
    """An observer that ignores every event."""

    def worker_started(self, pid: int) -> None:
        """Note that a worker is ready, with its process ID."""

    def entry_judged(self, entry: GradingTask, report: Report) -> None:
        """Note the full report of an entry, as it is stored."""

    def row_done(self, status: str, *, stored: bool) -> None:
        """Note the status of a row; ``stored``: its result was cached."""


class JobReceiver(Protocol):
    """Receiver of the results of a scheduler."""

    def job_done(self, job: Job, report: Report) -> None:
        """Take the report of a job; each job has one, even if its worker died."""

    def worker_started(self, pid: int) -> None:
        """Note that a worker is ready, with its process ID."""
