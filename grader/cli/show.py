"""``grader show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises
from grader.cli.options import grader_command
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context


@grader_command(msgid("Show what an exercise asks: EXERCISE is ex11, 11 or softmax."))
@click.argument("exercise", shell_complete=exercises)
def command(context: Context, exercise: str) -> None:
    """Print the page of an exercise."""
    from grader.course.page import page, page_data  # noqa: PLC0415 - see the table in main

    loaded = context.course.exercise(exercise)
    if context.json:
        context.echo_json(page_data(loaded, context.lang))
    else:
        context.markdown(page(loaded, context.lang))
