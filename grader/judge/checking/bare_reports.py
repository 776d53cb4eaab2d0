"""Reports of what no check was run on: an unreadable file, a fault of the grader or its author."""

from __future__ import annotations

import datetime as dt
import platform
import time
import traceback
from decimal import Decimal
from typing import TYPE_CHECKING

from grader.course.errors import CourseError
from grader.judge.checking.report_parts import exercise_info, messages
from grader.judge.failures import Finding, SystemFaultError
from grader.report.causes import causes_of
from grader.report.models import LoadResult, Message, Report, RunMetadata
from grader.version import __version__

if TYPE_CHECKING:
    from grader.course.loading import LoadedExercise
    from grader.course.unreadable import UnreadableSubmissionError
    from grader.report.models import Blame, SubmissionStatus


class RunClock:
    """When judging began; what varies between equal runs."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.at = dt.datetime.now(dt.UTC)

    def run(self, versions: dict[str, str]) -> RunMetadata:
        """Return a run's metadata; seconds count from the last call, or the start of judging."""
        now = time.monotonic()
        seconds, self.began = now - self.began, now
        return RunMetadata(
            graded_at=self.at.isoformat(timespec="seconds"),
            seconds=round(seconds, 6),
            host=platform.node(),
            versions={"nn-grader": __version__, **versions},
        )


def unreadable_report(exercise: LoadedExercise, error: UnreadableSubmissionError) -> Report:
    """Return the report of a file that could not be read."""
    reason = Message(id=error.id, args=error.arguments)
    return _report_without_checks(exercise, "unreadable", reason, "student")


def fault_report(exercise: LoadedExercise, error: Exception) -> Report:
    """Return the report of a submission that could not be judged through no fault of its own.

    ``run.faults`` describes the fault, for the author or the operator.
    """
    blame: Blame = "system"
    match error:
        case SystemFaultError():
            finding = error.finding
        case CourseError():
            finding, blame = _broken(error), "author"
        case _:
            finding = Finding("system.fault", {"type": type(error).__name__})
    report = _report_without_checks(exercise, "ungraded", messages([finding])[0], blame)
    known = isinstance(error, (SystemFaultError, CourseError))
    report.run.faults = [str(error) if known else "".join(traceback.format_exception(error))]
    return report


def _broken(error: CourseError) -> Finding:
    """Return which file of the course is broken, and where as far as that is known."""
    file = {"file": error.file.name}
    if error.line is not None:
        return Finding("author.exercise_line", {**file, "line": error.line})
    if error.field:
        return Finding("author.exercise", {**file, "field": error.field})
    return Finding("author.exercise_file", file)


def _report_without_checks(
    exercise: LoadedExercise, status: SubmissionStatus, reason: Message, blame: Blame
) -> Report:
    report = Report(
        exercise=exercise_info(exercise),
        status=status,
        headline=Message(id=f"headline.{status}"),
        reachable=Decimal(exercise.model.maximum),
        maximum=Decimal(exercise.model.maximum),
        load=LoadResult(status="error", blame=blame, feedback=[reason]),
        grading_hash=exercise.grading_hash,
        text_hash=exercise.text_hash,
        run=RunClock().run({"python": platform.python_version()}),
    )
    report.causes = causes_of(report)
    return report
