"""Regrading of a gradebook with the means of a batch: workers, cached results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from grader.batch.coordinator import BatchOptions, Coordinator
from grader.batch.entry_settings import BatchPolicy
from grader.batch.errors import BatchError
from grader.batch.models import MatchedFile
from grader.batch.observer import BatchObserver
from grader.batch.plan import GradingTask
from grader.batch.recorder import AT_ONCE
from grader.course.errors import UnknownExerciseError
from grader.gradebook.regrade import NewJudgement, RegradeOutcome, apply_regrade, outdated
from grader.gradebook.regrade_diff import keep_old_grade, public_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.batch.plan import BatchFolder
    from grader.batch.result_cache import GradingEnvironment
    from grader.course.devices import One
    from grader.course.loading import Course
    from grader.gradebook.models import Attempt
    from grader.gradebook.regrade_diff import Inputs
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


class _KeptSeeds(BatchPolicy):
    """The seeds of the last judgements, and files for the newest attempt of each number."""

    def __init__(self, seed: int, device: One, *, reports: bool) -> None:
        super().__init__(seed, device)
        self._reports = reports

    def seed_of(self, entry: GradingTask, _submission: str) -> int:
        """Return the seed of the last judgement: the same submission has the same inputs."""
        assert isinstance(entry, RegradeTask)  # noqa: S101 - they are all of our making
        return self.seed if entry.kept.seed is None else entry.kept.seed

    def writes(self, entry: GradingTask, report: Report) -> bool:
        """Whether it is the newest attempt, and its grade is replaced."""
        assert isinstance(entry, RegradeTask)  # noqa: S101
        return self._reports and entry.newest and not keep_old_grade(entry.kept, report)


class RegradeRun(BatchObserver):
    """One regrade: ``done`` are the results of all attempts."""

    def __init__(
        self,
        store: Store,
        course: Course,
        circumstances: GradingEnvironment,
        device: One = "cpu",
        *,
        dry_run: bool = False,
        reports: bool = False,
    ) -> None:
        self.store = store
        self.course = course
        self.dry_run = dry_run
        self.done: list[RegradeOutcome] = []
        self._policy = _KeptSeeds(circumstances.seed, device, reports=reports and not dry_run)
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

    def _uncached_today(self, course: str, exercise: str) -> Inputs | None:
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
            "device": self._policy.device_of(loaded),
            **{name: version for name, version in libraries.items() if version is not None},
        }

    def judge(
        self,
        planned: list[GradingTask],
        folder: BatchFolder,
        manner: BatchOptions,
        observers: Sequence[BatchObserver] = (),
    ) -> None:
        """Have the planned entries judged, a few kept at once: an interruption loses no more."""
        coordinator = Coordinator(
            *(self.course, folder, planned, self._circumstances, manner),
            policy=self._policy,
            observers=(self, *observers),
        )
        try:
            coordinator.run()
        except (BatchError, KeyboardInterrupt):
            self._flush()
            raise
        self._flush()
        if not self.dry_run:
            self.store.end_round(self._circumstances.seed)

    def entry_judged(self, entry: GradingTask, report: Report) -> None:
        """Queue a new judgement for the gradebook."""
        assert isinstance(entry, RegradeTask)  # noqa: S101
        path = entry.report_path() if self._policy.writes(entry, report) else None
        self._waiting.append(NewJudgement(entry.kept, report, path))
        if len(self._waiting) >= AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        self.done += apply_regrade(self.store, waiting, dry_run=self.dry_run)
