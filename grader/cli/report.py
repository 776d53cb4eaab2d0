"""``grader report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.grade_and_show import print_report
from grader.cli.options import (
    PLACE,
    LocalisedUsageError,
    everything_option,
    grader_command,
    html_option,
    pictures_option,
)
from grader.cli.page import called, require_pages, write_page
from grader.cli.stored_report import read_report, refused
from grader.course.errors import UnknownExerciseError
from grader.course.languages import msgid
from grader.course.unreadable import UnreadableSubmissionError
from grader.report.audience import for_audience
from grader.report.consistency import differs
from grader.report.localise import localise

if TYPE_CHECKING:
    from grader.cli.context import Context
    from grader.report.models import Audience, Report


@grader_command(msgid("Show a report again, in another language or for another reader."))
@click.argument("file", type=PLACE)
@click.option(
    "--audience",
    type=click.Choice(["student", "teacher"]),
    metavar="WHO",
    help=msgid("student (leaves out hidden checks) or teacher; the report's own if not given"),
)
@everything_option
@pictures_option
@html_option
@click.option(
    "--answer",
    type=PLACE,
    metavar="FILE",
    help=msgid("with --html: the file that was graded, to show it with the lines marked"),
)
def command(
    context: Context,
    file: Path,
    audience: Audience | None,
    everything: bool,
    pictures: Path | None,
    html: Path | None,
    answer: Path | None,
) -> None:
    """Read a report, translate it, print it."""
    if answer is not None and html is None:
        raise LocalisedUsageError(context.t("--answer goes with --html."))
    if html is not None:
        require_pages(context)
    report = read_report(file, context)
    if answer is not None:
        _require_graded(answer, report, context)
    index = context.course.index
    if index.id == report.exercise.course:
        _compare(report, file, context)
    localised = localise(report, context.course, context.lang)
    public_seed = index.seed if index.id == report.exercise.course else None
    shown = for_audience(localised, audience or report.audience, public_seed)
    print_report(shown, context, everything=everything)
    if pictures is not None:
        from grader.cli.pictures import show_answer  # noqa: PLC0415 - few ask for them

        show_answer(context, pictures, shown)
    if html is not None:
        write_page(context, html, shown, everything=everything, answer=answer)


def _require_graded(answer: Path, report: Report, context: Context) -> None:
    """Refuse an answer that cannot be read, or is not the one that was graded."""
    from grader.judge.reading.submission import read  # noqa: PLC0415 - few reports need it
    from grader.report.messages import sentence  # noqa: PLC0415

    try:
        submission = read(answer, report.exercise.kind, called=called(report.exercise))
    except UnreadableSubmissionError as error:
        said = sentence(error.id, error.arguments, context.lang)
        raise LocalisedUsageError(str(said)) from None
    if submission.hash != report.submission_hash:
        raise LocalisedUsageError(
            context.t(
                "{{file}} is not the file that was graded for this report. Name that one, or grade "
                "this one.",
                file=answer,
            )
        )


def _compare(report: Report, file: Path, context: Context) -> None:
    """Refuse a report that the given course cannot have made."""
    try:
        exercise = context.course.exercise(report.exercise.id)
    except UnknownExerciseError:
        return  # of another version of the course: its own texts are shown
    found = differs(report, exercise)
    if found is not None:
        raise refused(file, found.sentence(context.t), context)
