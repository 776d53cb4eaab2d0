"""Regrading of a gradebook with the means of a batch: workers, cached results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from grader.batch.errors import BatchError
from grader.batch.models import MatchedFile
from grader.batch.plan import GradingTask
from grader.batch.recorder import AT_ONCE
from grader.course.errors import UnknownExerciseError
from grader.gradebook.regrade import NewJudgement, RegradeOutcome, apply_regrade, outdated
from grader.gradebook.regrade_diff import keep_old_grade, public_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.batch.coordinator import Coordinator
    from grader.batch.result_cache import GradingEnvironment
    from grader.course.loading import Course, LoadedExercise
    from grader.course.models import Device
    from grader.gradebook.models import Attempt
    from grader.gradebook.store import Store
    from grader.report.models import Report


@dataclass(frozen=True)
class RegradeTask(GradingTask):
    """An attempt of the gradebook that is to be judged again.

    ``newest``: of the student's attempts with this number, it is the one handed in last. Only its
    report has a file.
    """

    kept: Attempt
    newest: bool


class RegradeRun:
    """One regrade: ``entries`` are to be judged, ``done`` are the results of all attempts.

    ``devices`` says on what an exercise computes.
    """

    def __init__(
        self,
        store: Store,
        course: Course,
        circumstances: GradingEnvironment,
        *,
        dry_run: bool = False,
        reports: bool = False,
    ) -> None:
        self.store = store
        self.course = course
        self.dry_run = dry_run
        self.done: list[RegradeOutcome] = []
        self.devices: Callable[[LoadedExercise], Device] = lambda _exercise: "cpu"
        self._reports = reports and not dry_run
        self._circumstances = circumstances
        self._today = cache(self._uncached_today)
        self._waiting: list[NewJudgement] = []

    def plan(self, exercises: Sequence[str] = ()) -> list[GradingTask]:
        """Return the outdated attempts, of these exercises or of all; others go to ``done``."""
        attempts = [
            attempt
            for attempt in self.store.attempts()
            if not exercises or attempt.exercise in exercises
        ]
        seen = sorted(attempts, key=lambda one: (one.seen, one.id))
        newest = {(one.student, one.exercise, one.attempt): one.id for one in seen}
        names = {one.id: one.name for one in self.store.students()}
        entries: list[GradingTask] = []
        for found in outdated(self.store, attempts, self._today):
            if isinstance(found, RegradeOutcome):
                self.done.append(found)
                continue
            key = (found.student, found.exercise, found.attempt)
            entries.append(self._entry(found, names[found.student], newest[key] == found.id))
        entries.sort(key=lambda entry: (entry.exercise.model.id, entry.student, entry.attempt))
        return entries

    def _entry(self, attempt: Attempt, name: str, newest: bool) -> RegradeTask:
        handed = MatchedFile(
            student=attempt.student,
            name=name,
            exercise=attempt.exercise,
            file=str(attempt.file),
            read=partial(self._read, attempt),
            attempt=attempt.attempt,
            late=attempt.late,
            submitted_at=attempt.submitted_at,
        )
        exercise = self.course.exercise(attempt.exercise)
        return RegradeTask(attempt.student, name, exercise, handed, attempt, newest)

    def _read(self, attempt: Attempt) -> bytes:
        file = self.store.submission(attempt)
        assert file is not None  # noqa: S101 - else it would not have been planned
        return file.data

    def _uncached_today(self, course: str, exercise: str) -> dict[str, Any] | None:
        if course != self.course.index.id:
            return None
        try:
            loaded = self.course.exercise(exercise)
        except UnknownExerciseError:
            return None
        here = self._circumstances
        libraries = {name: public_version(version) for name, version in here.libraries}
        return {
            "grading_hash": loaded.grading_hash,
            "grader_version": here.grader,
            "isolation": here.isolation,
            "python": here.python,
            "device": self.devices(loaded),
            **{name: version for name, version in libraries.items() if version is not None},
        }

    def judge(self, coordinator: Coordinator) -> None:
        """Judge the planned entries, storing a few at a time: an interruption loses no more."""
        coordinator.seeds = self._seed
        coordinator.writes = self._writes
        coordinator.recorded = self._record
        try:
            coordinator.run()
        except (BatchError, KeyboardInterrupt):
            self._flush()
            raise
        self._flush()
        if not self.dry_run:
            self.store.end_round(self._circumstances.seed)

    def _seed(self, entry: GradingTask, _submission: str) -> int:
        """Return the seed of the last judgement: the same submission has the same inputs."""
        assert isinstance(entry, RegradeTask)  # noqa: S101 - they are all of our making
        kept = entry.kept.seed
        return self._circumstances.seed if kept is None else kept

    def _writes(self, entry: GradingTask, report: Report) -> bool:
        assert isinstance(entry, RegradeTask)  # noqa: S101 - they are all of our making
        return self._reports and entry.newest and not keep_old_grade(entry.kept, report)

    def _record(self, entry: GradingTask, report: Report) -> None:
        assert isinstance(entry, RegradeTask)  # noqa: S101
        path = entry.report_path() if self._writes(entry, report) else None
        self._waiting.append(NewJudgement(entry.kept, report, path))
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        self.done += apply_regrade(self.store, waiting, dry_run=self.dry_run)
