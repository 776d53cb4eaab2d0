"""``grader show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises
from grader.cli.options import grader_command, pictures_option
from grader.course.languages import msgid

if TYPE_CHECKING:
    from pathlib import Path

    from grader.cli.context import Context


@grader_command(msgid("Show what an exercise asks: EXERCISE is ex11, 11 or softmax."))
@click.argument("exercise", shell_complete=exercises)
@pictures_option
def command(context: Context, exercise: str, pictures: Path | None) -> None:
    """Print the page of an exercise, or write its pictures."""
    from grader.course.page import page, page_data  # noqa: PLC0415 - see the table in main

    loaded = context.course.exercise(exercise)
    if pictures is not None:
        from grader.cli.pictures import show_task  # noqa: PLC0415 - few ask for them

        show_task(context, pictures, loaded)
        return
    if context.json:
        context.echo_json(page_data(loaded, context.lang))
    else:
        context.markdown(page(loaded, context.lang))
