"""``grader show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises
from grader.cli.options import grader_command, order_option
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context


@grader_command(msgid("Show what an exercise asks: EXERCISE is ex11, 11 or softmax."))
@click.argument("exercise", shell_complete=exercises)
@order_option
def command(context: Context, exercise: str, *, order: int | None) -> None:
    """Print the page of an exercise."""
    from grader.course.page import page, page_data  # noqa: PLC0415 - see the table in main
    from grader.course.workspace import order_of  # noqa: PLC0415

    loaded = context.course.exercise(exercise)
    if order is None:
        order = order_of()
    if context.json:
        context.echo_json(page_data(loaded, context.lang, order))
    else:
        context.markdown(page(loaded, context.lang, order))
