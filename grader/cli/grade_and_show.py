"""From a file to a report that a person can read: what `grade` and `demo` share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.course.errors import CourseError
from grader.course.unreadable import UnreadableSubmissionError
from grader.judge.reading.submission import read
from grader.judge.run import Judge, Options, fault_report, unreadable_report
from grader.report.audience import for_audience
from grader.report.localise import localise
from grader.report.way import way_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.loading import Course, LoadedExercise
    from grader.judge.reading.submission import Submission
    from grader.report.models import Audience, Report

# Exit codes of the commands that grade.
PASSED, NOT_PASSED, UNREADABLE, FAULT = 0, 1, 2, 3


def grade_file(
    exercise: LoadedExercise,
    path: Path,
    options: Options,
    seed_for: Callable[[str, Submission], int] | None = None,
) -> Report:
    """Judge a file; any error becomes a report as well.

    ``seed_for`` returns the seed of the inputs of a submission to an exercise, by default that of
    the options.
    """
    try:
        submission = read(path, exercise.model.kind)
        if seed_for is not None:
            submission = replace(submission, seed=seed_for(exercise.model.id, submission))
        with Judge(exercise, options) as judge:
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
    """Return the report for its audience, in the reader's language.

    For a student it includes the next step; ``answer``: the arguments by which commands find the
    answer.
    """
    course = exercise.course
    told = for_audience(report, audience, course.index.seed, show_calls=True)
    if audience == "student":
        hints = _has_hints(exercise, context.lang)
        # A submission must not disclose the folders of a machine.
        named, answer = ("", "") if context.json else (course.option, answer)
        order = in_order(course)
        told.next = way_on(told, hints=hints, order=order, course=named, answer=answer)
    return localise(told, course, context.lang)


def _has_hints(exercise: LoadedExercise, lang: str) -> bool:
    try:
        return bool(exercise.prose(lang).front.hints)
    except CourseError:
        return False  # a report is always shown: a broken course is reported elsewhere


def in_order(course: Course) -> list[str]:
    """Return the ids of the exercises of a course, in its order."""
    folders = (name for section in course.index.sections for name in section.exercises)
    return [name.partition("_")[0] for name in folders]


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
