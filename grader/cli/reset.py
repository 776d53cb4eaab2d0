"""``grader reset``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completing import exercises
from grader.cli.options import grader_command, writing
from grader.course.languages import msgid

if TYPE_CHECKING:
    from grader.cli.context import Context


@grader_command(
    msgid(
        "Begin an exercise anew in this folder: bring its file back as it was at first, and keep "
        "yours beside it."
    )
)
@click.argument("exercise", shell_complete=exercises)
def command(context: Context, exercise: str) -> None:
    """Replace the answer by the stub, and print where the answer is now."""
    from grader.course.workspace import reset  # noqa: PLC0415 - see the table in main

    loaded = context.course.exercise(exercise)
    with writing(Path(loaded.stub_name), context.t):
        done = reset(Path(), loaded, context.lang)
    if context.json:
        context.echo_json([{"path": str(path), "kept": kept and str(kept)} for path, kept in done])
        return
    t = context.t
    written, yours = t("written"), t("your answer so far")
    for path, kept in done:
        context.echo(f"{path}  {written}")
        if kept is not None:
            context.echo(f"{kept}  {yours}")
    if not done:
        same = t("{{file}} is as it was at first: nothing was changed.", file=loaded.stub_name)
        context.echo(same)
