"""The class page, for the commands that write one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.options import writing
from grader.course.errors import UnknownExerciseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.classpage.answers import Answer
    from grader.cli.context import Context


def write_class_page(
    context: Context, file: Path, answers: Sequence[Answer], feedback: Mapping[str, str]
) -> None:
    """Write the page of a class, and print its path; ``feedback``: see `class_page`.

    With --json standard output contains only JSON: then the path goes to standard error.
    """
    from grader.classpage.page import class_page  # noqa: PLC0415 - few ask for a page
    from grader.gradebook.texts import status_text  # noqa: PLC0415

    titles = {name: _title(context, name) for name in {one.exercise for one in answers}}
    page = class_page(
        *(answers, context.lang, titles, lambda one: status_text(one, context.t), feedback)
    )
    with writing(file, context.t):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8", errors="replace", newline="\n")
    click.echo(context.t("Page: {{file}}", file=file), err=context.json)


def _title(context: Context, exercise: str) -> str:
    try:
        return context.course.exercise(exercise).prose(context.lang).front.title
    except UnknownExerciseError:  # graded once, and no more in the course
        return ""
