"""Reports as pages, for the commands that show one."""

from __future__ import annotations

import importlib.util
from functools import partial
from typing import TYPE_CHECKING

import click

from grader.cli.options import LocalisedUsageError, writing
from grader.course.unreadable import UnreadableSubmissionError

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context
    from grader.course.languages import Translator
    from grader.judge.reading.marks import Called
    from grader.pages.source import MarkedSource
    from grader.report.models import ExerciseInfo, Report

_NEEDED = ("jinja2", "latex2mathml")


def pages_are_installed() -> bool:
    """Return whether the packages for pages are installed."""
    return all(map(importlib.util.find_spec, _NEEDED))


def require_pages(context: Context) -> None:
    """Check that the packages for pages are installed.

    Raises:
        LocalisedUsageError: they are not.

    """
    if not pages_are_installed():
        raise LocalisedUsageError(
            context.t(
                "Pages need Jinja2 and latex2mathml, which are not installed: {{command}}",
                command="pip install 'nn-grader[pages]'",
            )
        )


def called(exercise: ExerciseInfo) -> Called:
    """Return the function that tells whether a name is one of a report's exercise."""
    from grader.course.exercise_names import is_called  # noqa: PLC0415 - few ask for a page

    return partial(is_called, f"{exercise.id}_{exercise.slug}")


def write_page(
    context: Context, file: Path, report: Report, *, everything: bool, answer: Path | None
) -> None:
    """Write a localised report as a page, and print its path.

    ``answer``: the file that was graded. With --json standard output contains only JSON: then the
    path goes to standard error.
    """
    from grader.pages.report_page import report_page  # noqa: PLC0415 - few ask for a page

    source, why = _source(context.t, report, answer)
    page = report_page(report, everything=everything, source=source, without_source=why)
    with writing(file, context.t):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8", newline="\n")
    click.echo(context.t("Page: {{file}}", file=file), err=context.json)


def _source(t: Translator, report: Report, answer: Path | None) -> tuple[MarkedSource | None, str]:
    """Return the file that was graded with its marks, or why it is not there."""
    from grader.judge.reading.submission import read  # noqa: PLC0415 - few ask for a page
    from grader.judge.reading.written_lines import lines_as_written  # noqa: PLC0415
    from grader.pages.source import Line, marked_source  # noqa: PLC0415

    if answer is None:
        return None, t(
            "A report does not contain the answer itself. To see it here with the lines marked, "
            "name its file: `grader report … --answer FILE --html PAGE`."
        )
    try:
        submission = read(
            answer, report.exercise.kind, name=answer.name, called=called(report.exercise)
        )
    except UnreadableSubmissionError:
        return None, ""  # the report says why
    if submission.hash != report.submission_hash:
        return None, t(
            "{{file}} is not shown: it has changed since it was graded.", file=answer.name
        )
    lines = [Line(at.cell, at.line, text) for at, text in lines_as_written(submission)]
    return marked_source(report, submission.name, lines), ""
