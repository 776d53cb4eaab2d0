"""Judging again what a gradebook holds: the judge and the course, which it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import grader
from grader.cli.gradebook_options import show_lines
from grader.course.errors import UnknownExercise
from grader.gradebook.regrade import Versions, regrade
from grader.gradebook.view import regraded_data, regraded_line
from grader.judge.run import Judge, Options, fault_report, unreadable_report
from grader.judge.submission import read_bytes
from grader.judge.unreadable import Unreadable
from grader.report.localise import localise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.cli.context import Context
    from grader.course.loading import Course, LoadedExercise
    from grader.gradebook.store import File, Store
    from grader.judge.submission import Submission
    from grader.report.models import Report


class CourseJudge:
    """Judges by a course; keeps the judge of an exercise until the next one is asked for."""

    def __init__(self, course: Course, seed: int, required_level: int) -> None:
        self.course = course
        self.seed = seed
        self._options = Options(seed=seed, required_level=required_level, ahead=True)
        self._judge: Judge | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process."""
        if self._judge is not None:
            self._judge.close()
            self._judge = None

    def versions(self, course: str, exercise: str) -> Versions | None:
        """Return what decides today, None where the course has no such exercise (any more)."""
        if course != self.course.index.id:
            return None
        try:
            loaded = self.course.exercise(exercise)
        except UnknownExercise:
            return None
        return Versions(loaded.grading_hash, grader.__version__, self.seed)

    def judge(self, exercise: str, files: Sequence[File]) -> list[Report]:
        """Return the report of each file, ``ungraded`` where one cannot be judged."""
        loaded = self.course.exercise(exercise)
        reports: dict[int, Report] = {}
        readable: list[tuple[int, Submission]] = []
        for index, file in enumerate(files):
            try:
                readable.append((index, read_bytes(file.data, file.name, loaded.model.kind)))
            except Unreadable as error:
                reports[index] = unreadable_report(loaded, error)
        waiting = [index for index, _ in readable]
        try:
            self._judge_of(loaded).judge_each(
                [submission for _, submission in readable],
                lambda judged: reports.__setitem__(waiting.pop(0), judged.report),
            )
        except Exception as error:  # noqa: BLE001 - whatever broke, no grade is lost
            self.close()
            reports.update((index, fault_report(loaded, error)) for index in waiting)
        return [localise(reports[index], self.course, "en") for index in range(len(files))]

    def _judge_of(self, loaded: LoadedExercise) -> Judge:
        if self._judge is None or self._judge.exercise.name != loaded.name:
            self.close()
            self._judge = Judge(loaded, self._options)
        return self._judge


def regraded(
    context: Context, store: Store, judge: CourseJudge, exercises: list[str], *, dry_run: bool
) -> int:
    """Regrade, telling each change as it comes; return how many could not be judged."""
    t = context.t
    grades = {(grade.student, grade.exercise): grade for grade in store.grades()}
    results = []
    for result in regrade(store, judge, exercises, dry_run=dry_run):
        results.append(result)
        line = regraded_line(result, grades[result.attempt.student, result.attempt.exercise], t)
        if line is not None and not context.json:
            show_lines(context, [line])
    failed = sum(result.problem is not None for result in results)
    if context.json:
        context.echo_json([regraded_data(result) for result in results])
        return failed
    changed = sum(result.change is not None for result in results)
    told = t(
        "Judged again: {{judged}}. Changed: {{changed}}. Could not be judged: {{failed}}.",
        judged=len(results) - failed,
        changed=changed,
        failed=failed,
    )
    if dry_run:
        told += " " + t("Nothing was written.")
    context.echo(told)
    return failed
