"""Grading of all changed answers in a folder, one line each."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from grader.cli.choosing import is_untouched
from grader.cli.grade_and_show import NOT_PASSED, PASSED, UNREADABLE, exit_code
from grader.cli.grading import graded_before
from grader.cli.options import LocalisedUsageError
from grader.course.plain_text import markdown_to_text
from grader.course.workspace import workspace_of
from grader.judge.reading.submission import find
from grader.progress.progress_file import read
from grader.report.causes import first_sentence, nothing_but_open
from grader.report.messages import sentence
from grader.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.cli.context import Context
    from grader.cli.grading import Grading
    from grader.course.loading import LoadedExercise
    from grader.progress.models import Attempt
    from grader.report.models import Report

# Columns that the first sentence gets even on a narrow terminal.
NARROWEST = 20


def grade_changed(grading: Grading, folder: Path) -> int:
    """Grade the answers in a folder that changed since the last grading; return the exit code."""
    context = grading.context
    known, told = read(workspace_of(folder) or folder)
    context.note(told)
    kept: dict[str, Attempt] = {}
    codes: list[int] = []
    reports: list[Report] = []
    begun = False
    for exercise in context.course.exercises():
        files = _files(folder, exercise)
        begun = begun or bool(files)
        if len(files) > 1:
            click.echo(_several(context, exercise, files), err=context.json)
            codes.append(UNREADABLE)
            continue
        for path in files:
            before = graded_before(known, exercise, path)
            if before is not None:
                kept[exercise.model.id] = before
                continue
            report = grading.report(exercise, path)
            grading.remember(folder, path, report, only_known=False)
            codes.append(exit_code(report))
            localised = grading.presented(report, exercise)
            reports.append(localised)
            if not context.json:
                context.echo(one_line(context, localised))
    if not begun:
        raise LocalisedUsageError(_nothing(context, folder))
    if context.json:
        context.echo_json([report.model_dump(mode="json") for report in reports])
    else:
        _tell_of_the_rest(context, kept, some=bool(codes))
    codes += [PASSED if result.passed else NOT_PASSED for result in kept.values()]
    return max(codes, default=PASSED)


def _files(folder: Path, exercise: LoadedExercise) -> list[Path]:
    """Return the answers to an exercise in a folder, except unchanged stubs."""
    model = exercise.model
    found = find(folder, model.id, model.kind, exercise.is_called)
    return [path for path in found if not is_untouched(path, exercise)]


def one_line(context: Context, report: Report) -> str:
    """Return status, exercise, points and the first sentence of a report, on one line."""
    if report.passed:
        status = "passed"
    elif report.status == "needs_review":
        status = "needs_review"
    elif report.status in {"graded", "incomplete"}:
        status = "unanswered" if nothing_but_open(report) else "failed"
    else:
        status = "error"
    word = sentence(f"status.{status}", {}, context.lang) or status
    points = context.t(
        "{{reached}} of {{maximum}}",
        reached=number(report.reached),
        maximum=number(report.reachable),
    )
    head = f"{word}  {report.exercise.id}  {points}"
    said = "" if report.passed else _first_sentence(report)
    room = max(NARROWEST, context.width - len(head) - 2)
    short = textwrap.shorten(
        markdown_to_text(said, 10 * context.width).replace("\n", " "), room, placeholder="…"
    )
    return f"{head}  {short}".rstrip()


def _first_sentence(report: Report) -> str:
    """Return the sentence about the first mistake to fix, as in the report."""
    first = next((first_sentence(report, cause) for cause in report.causes), "")
    return first or (report.headline.text if report.headline else "")


def _several(context: Context, exercise: LoadedExercise, files: list[Path]) -> str:
    names = ", ".join(path.name for path in files)
    return context.t(
        "Several files answer {{exercise}}: {{names}}. Name one, or move the others away.",
        exercise=exercise.model.id,
        names=names,
    )


def _nothing(context: Context, folder: Path) -> str:
    return context.t(
        "There is nothing to grade in {{folder}}: no file there answers an exercise, or none is "
        "begun. Write into one of those that `grader init` makes, or name a file.",
        folder=folder.resolve(),
    )


def _tell_of_the_rest(context: Context, kept: Mapping[str, Attempt], *, some: bool) -> None:
    """List the unchanged answers, those of them that are not right yet, and how to read more."""
    t = context.t
    if kept:
        sentence = t.plural(
            "{{n}} answer is as it was when last graded.",
            "{{n}} answers are as they were when last graded.",
            len(kept),
        )
        wrong = ", ".join(id_ for id_, result in kept.items() if not result.passed)
        more = t("Not all right yet: {{exercises}}.", exercises=wrong) if wrong else ""
        context.echo(f"{sentence} {more}".rstrip())
    if some:
        context.echo(t("To read more: {{command}}", command=f"grade {t('EXERCISE')}"))
