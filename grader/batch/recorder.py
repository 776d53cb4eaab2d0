"""Recording of a batch in a gradebook: many judgements in one transaction, each repeatable."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from grader.batch.observer import BatchObserver
from grader.batch.submission_bytes import bundle
from grader.course.unreadable import UnreadableSubmissionError
from grader.gradebook.handin_order import BatchImport
from grader.gradebook.store import SubmittedFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.batch.models import Student
    from grader.batch.plan import GradingTask
    from grader.gradebook.store import Store
    from grader.report.models import Report

# Judgements in a transaction: an interrupted run loses at most these, and re-records them.
AT_ONCE = 100


class Recorder(BatchObserver):
    """Records rows. What a stopped run did not record, the next one does: from stored results."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._run = BatchImport()
        self._waiting: list[tuple[GradingTask, Report]] = []

    def add_students(self, students: Iterable[Student]) -> None:
        """Store all students, including those who have handed in nothing."""
        with self.store.transaction(self._run):
            for student in students:
                self.store.add_student(student.id, student.name)

    def entry_judged(self, entry: GradingTask, report: Report) -> None:
        """Keep a judgement, soon."""
        self._waiting.append((entry, report))
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def flush(self) -> None:
        """Store all queued judgements: the batch is complete."""
        self._flush(complete=True)

    def _flush(self, *, complete: bool = False) -> None:
        waiting, self._waiting = self._waiting, []
        with self.store.transaction(self._run, complete=complete):
            for entry, report in waiting:
                self._record(entry, report)

    def _record(self, entry: GradingTask, report: Report) -> None:
        handed = entry.handed
        if handed is None:
            return
        file = None
        with contextlib.suppress(OSError, UnreadableSubmissionError):
            file = SubmittedFile(entry.submission_name, bundle(handed))
        self.store.record(
            report,
            entry.student,
            entry.name,
            late=handed.late,
            submitted_at=handed.submitted_at,
            report_path=entry.report_path(),
            file=file,
            numbered=handed.numbered,
        )
