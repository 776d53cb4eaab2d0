"""The grading of answers in one run of a command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.cli.answer_hash import own_hash
from grader.cli.grade_and_show import grade_file, localised_for
from grader.cli.waiting import spinner
from grader.judge.checking.bare_reports import fault_report
from grader.judge.failures import SystemFaultError
from grader.judge.processes.devices import Choice, chosen
from grader.judge.processes.open_factory import open_process_factory
from grader.progress import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.devices import Device, Wanted
    from grader.course.loading import LoadedExercise
    from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions
    from grader.judge.run import Options
    from grader.progress.models import Attempt, Progress
    from grader.report.models import Audience, Report


@dataclass(frozen=True)
class Grading:
    """Settings of grading in one run of a command, and for which audience."""

    context: Context
    options: Options
    audience: Audience
    device: Wanted = "auto"
    opened: Callable[[SandboxOptions], ProcessFactory] = open_process_factory

    def report(self, exercise: LoadedExercise, path: Path) -> Report:
        """Judge a file on one device. The report has no texts yet."""
        return self.reports(exercise, path)[0]

    def reports(self, exercise: LoadedExercise, path: Path) -> list[Report]:
        """Judge a file on each requested device. The reports have no texts yet."""
        try:
            devices = self.choice(exercise).devices
        except SystemFaultError as error:
            return [fault_report(exercise, error)]
        return [self._report(exercise, path, device) for device in devices]

    def choice(self, exercise: LoadedExercise) -> Choice:
        """Return the devices on which an answer is judged.

        Raises:
            SystemFaultError: a requested device is not available.

        """
        return chosen(exercise, self.device)

    def _report(self, exercise: LoadedExercise, path: Path, device: Device) -> Report:
        with spinner(self.context, exercise) as progress:
            options = replace(self.options, observer=progress, device=device)
            if self.audience == "teacher" and self.options.seed is None:
                # For marks: students who know the public seed could hand in a table of its inputs.
                from grader.cli.secret import seed_for  # noqa: PLC0415 - practice needs none

                return grade_file(exercise, path, options, seed_for, self.opened)
            return grade_file(exercise, path, options, opened=self.opened)

    def presented(self, report: Report, exercise: LoadedExercise, answer: str = "") -> Report:
        """Return a report for its audience, in the reader's language.

        ``answer``: the arguments by which commands find the answer.
        """
        return localised_for(report, exercise, self.context, self.audience, answer=answer)

    def remember(self, folder: Path, path: Path, report: Report, *, only_known: bool) -> None:
        """Record a practice result in the progress; with ``only_known`` only in a workspace.

        A reason why that is not possible is printed.
        """
        whole = self.device == "auto" or report.reachable == report.maximum
        if self.audience == "student" and self.options.seed is None and whole:
            kept = report.model_copy(update={"submission_hash": self._own_hash(path, report)})
            self.context.note(record(folder, kept, path, anywhere=not only_known))

    def _own_hash(self, path: Path, report: Report) -> str | None:
        """Return the hash of what answers the exercise in a file: of a notebook its own cells."""
        if path.suffix.lower() != ".ipynb" or report.submission_hash is None:
            return report.submission_hash
        return own_hash(self.context.course.exercise(report.exercise.id), path)


def graded_before(progress: Progress, exercise: LoadedExercise, path: Path) -> Attempt | None:
    """Return the attempt of the same file at the same checks, None if there was none."""
    known = progress.attempts(exercise).get(own_hash(exercise, path) or "")
    return known if known and known.grading_hash == exercise.grading_hash else None
