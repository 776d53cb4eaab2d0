"""From a file to a report that a person can read: what `grade` and `demo` share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.checking.bare_reports import fault_report, unreadable_report
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.reading.submission import read
from grader.judge.run import Judge, Options
from grader.report.reader import for_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.loading import LoadedExercise
    from grader.judge.processes.student_processes import ProcessFactory, SandboxOptions
    from grader.judge.reading.submission import Submission
    from grader.report.models import Audience, Report

# Exit codes of the commands that grade.
PASSED, NOT_PASSED, UNREADABLE, FAULT = 0, 1, 2, 3


def grade_file(
    exercise: LoadedExercise,
    path: Path,
    options: Options,
    seed_for: Callable[[str, Submission], int] | None = None,
    opened: Callable[[SandboxOptions], ProcessFactory] = open_process_factory,
) -> Report:
    """Judge a file; any error becomes a report as well.

    ``seed_for`` returns the seed of the inputs of a submission to an exercise, by default that of
    the options. ``opened`` starts the student's side.
    """
    try:
        submission = read(path, exercise.model.kind, called=exercise.is_called)
        if seed_for is not None:
            submission = replace(submission, seed=seed_for(exercise.model.id, submission))
        with Judge(exercise, options, opened) as judge:
            return judge.judge(submission)
    except UnreadableSubmissionError as error:
        return unreadable_report(exercise, error)
    except Exception as error:  # noqa: BLE001 - a report is always made; it names the fault
        return fault_report(exercise, error)


def localised_for(
    report: Report,
    exercise: LoadedExercise,
    context: Context,
    audience: Audience,
    *,
    answer: str = "",
) -> Report:
    """Return the report as the reader of a command gets it.

    ``answer``: what further commands need to find the answer.
    """
    # What is handed in says nothing of the folders of a machine.
    option, answer = ("", "") if context.json else (exercise.course.option, answer)
    return for_reader(report, exercise, context.lang, audience, option=option, answer=answer)


def print_report(report: Report, context: Context, *, everything: bool = False) -> None:
    """Print a report: JSON for programs, else the view for people, in full with ``everything``."""
    if context.json:
        context.echo_json(report.model_dump(mode="json"))
        return
    from grader.report.terminal import render  # noqa: PLC0415 - a program needs no view

    render(report, context.console, plain=not context.fancy, everything=everything)


def exit_code(report: Report) -> int:
    """Return the exit code for a report."""
    if report.status == "unreadable":
        return UNREADABLE
    if report.status == "ungraded":
        return FAULT
    return PASSED if report.passed else NOT_PASSED
