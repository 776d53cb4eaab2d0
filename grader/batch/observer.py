"""Observers of a batch while it runs; their methods do nothing unless overridden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from grader.batch.plan import GradingTask
    from grader.batch.scheduler import Job
    from grader.report.models import Report


class BatchObserver:
    """An observer of a batch whose methods do nothing."""

    def worker_started(self, pid: int) -> None:
        """A worker is ready, under this process ID."""

    def entry_judged(self, entry: GradingTask, report: Report) -> None:
        """An entry has its full report, as it is stored."""

    def row_done(self, status: str, *, stored: bool) -> None:
        """A row has its status; ``stored`` when its result was there before."""


class JobReceiver(Protocol):
    """Takes what a scheduler's workers bring."""

    def job_done(self, job: Job, report: Report) -> None:
        """Take the report of a job: each has one, whatever became of its worker."""

    def worker_started(self, pid: int) -> None:
        """A worker is ready, under this process ID."""
